"""What igraph takes for a measure, in milliseconds, and its peak memory: python network_times.py FOLDER MEASURE."""
import csv, os, resource, sys, time
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
    spent = took(graph, lambda graph: graph.bipartite_projection(multiplicity=True, which=False))
else:
    graph = igraph.Graph.TupleList(pairs("network-ties.csv"))
    spent = took(graph, {
        "betweenness": lambda graph: graph.betweenness(),
        "leiden": lambda graph: graph.community_leiden("modularity", n_iterations=-1),
        "constraint": lambda graph: graph.constraint(),
    }[measure])
print("igraph", spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
