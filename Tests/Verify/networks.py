"""Compares the plugin Network with networkx and igraph, number by number: python networks.py ENTENTE [FOLDER].

The data are treaties and their parties (FOLDER/parties-DESTA.csv, else the few that the tests have), and a registry of members and
initiatives drawn with a seed, with a part of its own and things that nothing ties. Prints a row for each measure, and ends with 1
where a difference is 1e-9 or more and nothing explains it.
"""
import csv, json, math, os, random, subprocess, sys, tempfile
import igraph
import networkx as nx
from networkx.algorithms import bipartite

entente, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../RegistryCommandsTests/Fixtures")
TOLERANCE = 1e-9
failed = False


def row(data, measure, count, difference, peer, why=""):
    global failed
    good = difference < TOLERANCE
    if not good and not why:
        failed = True
    verdict = "same" if good else "explained" if why else "DIFFERENT"
    print("\t".join([data, measure, str(count), f"{difference:.1e}", peer, verdict, why]))


def difference(own, other):
    """The greatest difference, by the number where that is above 1; what one alone has is no number's difference."""
    greatest = 0.0
    for key, value in other.items():
        mine = own.get(key)
        if mine is None or (isinstance(value, float) and math.isnan(value)):
            if (mine is None) != (isinstance(value, float) and math.isnan(value)):
                return math.inf
            continue
        greatest = max(greatest, abs(mine - value) / max(1.0, abs(value)))
    return greatest


class Registry:
    def __init__(self, ties, weighted=False):
        self.place = tempfile.TemporaryDirectory()
        self.file = os.path.join(self.place.name, "r.entente")
        with open(os.path.join(self.place.name, "ties.csv"), "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["initiative", "member", "weight"])
            writer.writerows(ties)
        script = os.path.join(self.place.name, "fill.ent")
        with open(script, "w") as file:
            file.write("""define type actor
define type initiative
define property member of initiative to actor many
define property knows of entity to entity many
define property strength of statement to number one
source verify "Data of the comparison"
import "ties.csv" citing verify {
  add initiative i:$initiative
  add actor m:$member
  claim i:$initiative.member = m:$member
  claim i:$initiative.knows = m:$member strength $weight
}
""")
        self.run(["--seed", "none", "--new", script])

    def run(self, arguments):
        done = subprocess.run([entente, "--registry", self.file, *arguments], capture_output=True, text=True,
                              env={**os.environ, "NO_COLOR": "1"})
        if done.returncode:
            sys.exit(f"{arguments}: {done.stderr}")
        return done.stdout

    def table(self, command):
        """The rows of the first table, in full digits."""
        text = self.run(["--format", "json", "-c", command])
        return json.JSONDecoder().raw_decode(text.lstrip())[0]

    def numbers(self, command, column):
        return {line["node"]: (None if line.get(column) in (None, "") else float(line[column])) for line in self.table(command)}


def eigenvector(graph):
    """networkx's, by its matrices, of the graph as a whole, with the greatest entry 1."""
    found = nx.eigenvector_centrality_numpy(graph, weight="weight")
    most = max(abs(value) for value in found.values())
    return {node: abs(value) / most for node, value in found.items()}


def compare(name, ties):
    registry = Registry(ties)
    members = sorted({"m:" + member for _, member, _ in ties})
    graph = nx.Graph()
    graph.add_nodes_from(members)
    for initiative, member, weight in ties:
        graph.add_edge("i:" + initiative, "m:" + member, weight=float(weight))
    nodes = list(graph)
    other = igraph.Graph(len(nodes), [(nodes.index(a), nodes.index(b)) for a, b in graph.edges]) if len(nodes) < 20000 else None

    def by_igraph(values):
        return dict(zip(nodes, values))

    print_count = len(nodes)
    two = {column: registry.numbers("centrality", column) for column in
           ["degree_norm", "betweenness", "betweenness_norm", "closeness"]}
    row(name, "degree, two-mode", print_count, difference(two["degree_norm"], bipartite.degree_centrality(graph, members)), "networkx")
    row(name, "betweenness, two-mode", print_count,
        difference(two["betweenness_norm"], bipartite.betweenness_centrality(graph, members)), "networkx")
    row(name, "closeness, two-mode", print_count,
        difference(two["closeness"], bipartite.closeness_centrality(graph, members)), "networkx")
    row(name, "betweenness, raw", print_count, difference(two["betweenness"], by_igraph(other.betweenness())), "igraph")
    if nx.is_connected(graph):
        both = registry.numbers("centrality eigenvector both", "eigenvector")
        wanted = by_igraph(other.eigenvector_centrality())
        for side in ["i:", "m:"]:
            most = max(value for node, value in wanted.items() if node.startswith(side))
            row(name, f"eigenvector of both modes, {side[0]}", print_count,
                difference(both, {node: value / most for node, value in wanted.items() if node.startswith(side)}), "igraph")
    projected = bipartite.weighted_projected_graph(graph, members)
    names = list(projected)
    one = igraph.Graph(len(names), [(names.index(a), names.index(b)) for a, b in projected.edges])
    one.es["weight"] = [projected[a][b]["weight"] for a, b in projected.edges]
    largest = max(nx.connected_components(projected), key=len)
    central = {column: registry.numbers("centrality mode members", column) for column in
               ["degree", "strength", "betweenness", "closeness", "eigenvector"]}
    row(name, "strength, members", len(names), difference(central["strength"], dict(projected.degree(weight="weight"))), "networkx")
    row(name, "betweenness, members", len(names), difference(central["betweenness"], dict(zip(names, one.betweenness()))), "igraph")
    row(name, "closeness, members", len(names), difference(central["closeness"], nx.closeness_centrality(projected)), "networkx")
    wanted = eigenvector(projected.subgraph(largest))
    row(name, "eigenvector, members", len(wanted), difference(central["eigenvector"], wanted), "networkx")
    holes = {column: registry.numbers("brokerage mode members", column) for column in ["constraint", "effective_size"]}
    row(name, "constraint, members", len(names), difference(holes["constraint"], nx.constraint(projected, weight="weight")), "networkx")
    row(name, "constraint, members", len(names),
        difference(holes["constraint"], dict(zip(names, one.constraint(weights="weight")))), "igraph")
    # Node by node it takes long: some.
    row(name, "effective size, members", min(25, len(names)),
        difference(holes["effective_size"], nx.effective_size(projected, nodes=names[:25], weight="weight")), "networkx, node by node")
    row(name, "effective size, members", len(names),
        difference(holes["effective_size"], nx.effective_size(projected, weight="weight")), "networkx, by matrices",
        "where ties have weights it divides by the greatest tie of q and not, as Burt and its own node by node, of j")
    inverse = registry.numbers("centrality mode members distance inverse", "betweenness")
    lengths = {(a, b): 1 / data["weight"] for a, b, data in projected.edges(data=True)}
    nx.set_edge_attributes(projected, lengths, "length")
    row(name, "betweenness by 1/weight, members", len(names),
        difference(inverse, nx.betweenness_centrality(projected, normalized=False, weight="length")), "networkx",
        "paths whose lengths differ by rounding alone are of one length here, and not there")
    row(name, "betweenness by 1/weight, members", len(names),
        difference(inverse, dict(zip(names, one.betweenness(weights=[1 / w for w in one.es["weight"]])))), "igraph")
    coreness = registry.numbers("core mode members", "coreness")
    row(name, "coreness, members", len(names), difference(coreness, {n: float(c) for n, c in zip(names, one.coreness())}), "igraph")
    blocs = registry.numbers("blocs", "bloc")
    text = registry.run(["-c", "blocs"])
    value = float(next(line.split("\t")[1] for line in text.split("\n") if line.startswith("modularity\t")))
    membership = [int(blocs[node]) - 1 for node in names]
    row(name, "modularity of the blocs found", len(names),
        abs(value - one.modularity(membership, weights="weight")), "igraph")
    groups = {}
    for node, bloc in blocs.items():
        groups.setdefault(bloc, set()).add(node)
    row(name, "modularity of the blocs found", len(names),
        abs(value - nx.community.modularity(projected, groups.values(), weight="weight")), "networkx")
    best = max(one.community_leiden("modularity", weights="weight", n_iterations=-1).modularity for _ in range(20))
    row(name, "modularity beside the best of 20 by igraph", len(names), max(0.0, best - value), "igraph",
        "" if best - value < TOLERANCE else "chance: neither search is sure to find the best")
    # One mode and one way: the left of a statement leads to its right.
    directed = nx.DiGraph()
    directed.add_weighted_edges_from((("i:" + i, "m:" + m, float(w)) for i, m, w in ties))
    out = "property knows mode one-mode weight strength"
    row(name, "betweenness, one way", len(directed), difference(
        registry.numbers(f"centrality {out} direction out", "betweenness"),
        nx.betweenness_centrality(directed, normalized=False)), "networkx")
    row(name, "closeness, one way", len(directed), difference(
        registry.numbers(f"centrality {out} direction in", "closeness"), nx.closeness_centrality(directed)), "networkx")


def treaties():
    with open(os.path.join(folder, "parties-DESTA.csv"), newline="") as file:
        pairs = sorted({(line["treatyID"], line["stateID"]) for line in csv.DictReader(file) if line["stateID"]})
    return [(treaty.replace("[", "-").replace("]", "-"), state, 1) for treaty, state in pairs]


def drawn(seed=11, initiatives=160, members=90):
    chance = random.Random(seed)
    ties = set()
    for initiative in range(initiatives):
        for member in chance.choices(range(members), [1 / (m + 3) for m in range(members)], k=chance.randint(1, 12)):
            ties.add((f"a{initiative}", f"x{member}"))
    # A part that nothing joins to the rest.
    ties |= {("b0", "y0"), ("b0", "y1"), ("b1", "y1")}
    return [(i, m, chance.randint(1, 5)) for i, m in sorted(ties)]


print("data\tmeasure\tnumbers\tgreatest difference\tpeer\tverdict\twhy")
compare("treaties", treaties())
compare("drawn with a seed", drawn())
print(f"by networkx {nx.__version__} and igraph {igraph.__version__}")
sys.exit(1 if failed else 0)
