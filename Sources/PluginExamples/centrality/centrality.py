import os
import sys

import entente_plugin as entente

# Packages that come with the plugin: pip install --no-deps --target vendor networkx
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "vendor"))
import networkx
from networkx.algorithms import bipartite

plugin = entente.Plugin("centrality", "1.1.0", "Who stands in the middle of what")


@plugin.analysis(
    "middle",
    "How central actors and initiatives are in the network of memberships",
    parameters=[
        entente.types("of-types", "only initiatives of these types", optional=True),
        entente.choice("by", ["degree", "betweenness", "closeness"], "what orders the rows", default="betweenness"),
        entente.boolean("possible", "whether who is only possibly in it counts", default=False),
    ],
    columns=[
        entente.Column("node", "key", "an actor or an initiative"),
        entente.Column("kind", "text", "actor or initiative"),
        entente.Column("degree", "real", "neighbours, as a part of all of the other kind"),
        entente.Column("betweenness", "real", "the part of shortest paths that lead over it, of the most possible"),
        entente.Column("closeness", "real", "how near it is to all others, 1 at best"),
    ],
    evidence=["*"],
    view={"kind": "bar", "columns": ["node", "betweenness"]},
    tables=[entente.Table("ties", "who is in what", [
        entente.Column("actor", "key", "who"), entente.Column("initiative", "key", "in what")],
        view={"kind": "network", "columns": ["actor", "initiative"]}, evidence=["*"])],
    examples=[entente.Example("middle by betweenness", "the ladies of Davis, Gardner and Gardner", "fixture.ent", "expected.tsv")],
)
def middle(call):
    ties = ties_of(call)
    # What is a member of something and has members itself is two nodes, one of each kind.
    network = networkx.Graph()
    for (member, initiative), statements in sorted(ties.items()):
        network.add_edge(("actor", member), ("initiative", initiative), statements=statements)
    actors = [node for node in network if node[0] == "actor"]
    if len(actors) < 2 or len(network) - len(actors) < 2:
        raise entente.Failure("no-network", "a network of both kinds needs two actors and two initiatives at least",
                              "Look at the memberships: list initiatives columns member")
    measures = {"degree": bipartite.degree_centrality, "betweenness": bipartite.betweenness_centrality,
                "closeness": bipartite.closeness_centrality}
    for place, (name, measure) in enumerate(measures.items()):
        call.progress(place / len(measures), name)
        measures[name] = {node: round(value, 4) for node, value in measure(network, actors).items()}
    for node in sorted(network, key=lambda node: (-measures[call["by"]][node], node)):
        kind, key = node
        behind = [one for _, _, statements in network.edges(node, data="statements") for one in statements]
        call.emit(key, kind, *(measure[node] for measure in measures.values()), because=behind)
    call.note(f"two-mode measures, normalised as Borgatti and Halgin (2011) do, by networkx {networkx.__version__}")
    call.table("ties")
    for (member, initiative), statements in sorted(ties.items()):
        call.emit(member, initiative, because=statements)


def ties_of(call):
    """Who is in what: of each pair of a member and an initiative, the statements that say so."""
    wanted = initiatives_of(call, call["of-types"]) if call["of-types"] else None
    ties = {}
    for row in call.rows("memberships", ["member", "initiative", "certainty", "statement"]):
        if (call["possible"] or row.certainty != "possibly") and (wanted is None or row.initiative in wanted):
            ties.setdefault((row.member, row.initiative), []).append(row.statement)
    return ties


def initiatives_of(call, types):
    """The initiatives of some types, or of types under them."""
    under = {row.key: row.parent for row in call.rows("types", ["key", "parent"])}

    def counts(kind):
        while kind and kind not in types:
            kind = under.get(kind)
        return kind is not None

    return {row.key for row in call.rows("initiatives", ["key", "type"]) if counts(row.type)}


plugin.main()
