import entente_plugin as entente
import twomode

plugin = entente.Plugin("centrality", "1.0.0", "Who stands in the middle of what")


@plugin.analysis(
    "centrality",
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
    examples=[entente.Example("centrality by betweenness", "the ladies of Davis, Gardner and Gardner", "fixture.ent", "expected.tsv")],
)
def centrality(call):
    wanted = None
    if call["of-types"]:
        under = {row.key: row.parent for row in call.rows("types", ["key", "parent"])}
        def counts(kind):
            while kind and kind not in call["of-types"]:
                kind = under.get(kind)
            return kind is not None
        wanted = {row.key for row in call.rows("initiatives", ["key", "type"]) if counts(row.type)}
    ties = {}
    for row in call.rows("memberships", ["member", "initiative", "certainty", "statement"]):
        if (call["possible"] or row.certainty != "possibly") and (wanted is None or row.initiative in wanted):
            ties.setdefault((row.member, row.initiative), []).append(row.statement)
    # What is a member of something and has members itself would be of both kinds.
    graph = entente.Graph(("actor " + member, "initiative " + initiative) for member, initiative in ties)
    adjacency = {node: graph.neighbours(node) for node in graph.nodes}
    actors = [node for node in adjacency if node.startswith("actor ")]
    if len(adjacency) < 3:
        raise entente.Failure("no-network", "there are too few memberships for a network", "Look at them: list initiatives columns member")
    measures = {
        "degree": twomode.degree(adjacency, actors),
        "betweenness": twomode.betweenness(adjacency, actors, call.progress),
        "closeness": twomode.closeness(adjacency, actors),
    }
    behind = {node: [] for node in adjacency}
    for (member, initiative), statements in ties.items():
        behind["actor " + member] += statements
        behind["initiative " + initiative] += statements
    for node in sorted(adjacency, key=lambda node: (-measures[call["by"]][node], node)):
        kind, key = node.split(" ", 1)
        call.emit(key, kind, *(round(measures[name][node], 4) for name in measures), because=behind[node])
    call.note("two-mode measures, normalised as Borgatti and Halgin (2011): " + ", ".join(measures))
    call.table("ties")
    for (member, initiative), statements in sorted(ties.items()):
        call.emit(member, initiative, because=statements)


plugin.main()
