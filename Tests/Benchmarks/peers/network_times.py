"""What igraph takes for a measure, in milliseconds, and its peak memory: python network_times.py FOLDER MEASURE."""
import time
began = time.perf_counter()
import csv, os, sys
import igraph

folder, measure = sys.argv[1:]


def pairs(name):
    with open(os.path.join(folder, name), newline="") as file:
        return [tuple(line) for line in list(csv.reader(file))[1:]]


def took(graph, body):
    start = time.perf_counter()
    body(graph)
    return (time.perf_counter() - start) * 1000


if measure == "projection":
    ties = pairs("network-members.csv")
    graph = igraph.Graph.TupleList(ties)
    initiatives = {initiative for initiative, _ in ties}
    graph.vs["type"] = [name in initiatives for name in graph.vs["name"]]
    graph.bipartite_projection(multiplicity=True, which=False).coreness()
    # The reading counts on both sides: what the projection takes by itself cannot be told apart from outside.
    spent = (time.perf_counter() - began) * 1000
else:
    graph = igraph.Graph.TupleList(pairs("network-ties.csv"))
    spent = took(graph, {
        "betweenness": lambda graph: graph.betweenness(),
        "leiden": lambda graph: graph.community_leiden("modularity", n_iterations=-1),
        "constraint": lambda graph: graph.constraint(),
    }[measure])
# What getrusage tells counts what the parent held before this became another program.
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
print("igraph", spent, peak / 1024)
