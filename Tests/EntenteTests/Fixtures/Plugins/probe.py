"""Analyses that try what contract 1.1 gives, each against what it can see for itself."""

import entente_plugin as entente

plugin = entente.Plugin("probe", "1.0.0", "Tries what the contract gives")


class NumpyNumber:
    """What an integer of numpy looks like."""

    dtype = "int64"

    def __init__(self, number):
        self.number = number

    def tolist(self):
        return self.number


def bounds(value):
    """The first and last day of a cell; None where it is no date."""
    return (value.first_day, value.last_day) if isinstance(value, entente.Date) else None


def holds(is_, cell, value):
    """What a condition means, said once more."""
    if isinstance(value, entente.Date):
        if bounds(cell) is None:
            return False
        first, last = bounds(cell)
        return {"at least": last >= value.first_day, "at most": first <= value.last_day,
                "above": last > value.last_day, "below": first < value.first_day}[is_]
    if cell is None:
        return False
    return {"at least": cell >= value, "at most": cell <= value, "above": cell > value, "below": cell < value}[is_]


CONDITIONS = {"at least": entente.at_least, "at most": entente.at_most, "above": entente.above, "below": entente.below}


@plugin.analysis(
    "probe-conditions", "Whether each condition leaves what it says",
    parameters=[
        entente.text("relation", "what is read"), entente.text("column", "what is compared"),
        entente.date("day", "with a date", optional=True), entente.number("number", "with a number", optional=True),
        entente.text("word", "with a text", optional=True),
    ],
    columns=[entente.Column("is", "text", "how"), entente.Column("kept", "integer", "rows"),
             entente.Column("expected", "integer", "rows"), entente.Column("same", "boolean", "whether all are the same")],
)
def conditions(call):
    relation, column = call["relation"], call["column"]
    value = next(call[name] for name in ("day", "number", "word") if call[name] is not None)
    rows = [row[0] for row in call.rows(relation, [column])]
    show = lambda cells: sorted(map(str, cells))
    for is_, condition in CONDITIONS.items():
        kept = [row[0] for row in call.rows(relation, [column], None, condition(column, value))]
        expected = [cell for cell in rows if holds(is_, cell, value)]
        call.emit(is_, len(kept), len(expected), show(kept) == show(expected))
    some = rows[0] if rows else "x"
    named = [row[0] for row in call.rows(relation, [column], None, entente.is_in(column, some, None))]
    others = [row[0] for row in call.rows(relation, [column], None, entente.not_in(column, some, None))]
    call.emit("in and not in", len(named) + len(others), len(rows), show(named + others) == show(rows))
    both = [row[0] for row in call.rows(relation, [column], None, entente.at_least(column, value), entente.at_most(column, value))]
    call.emit("both", len(both), sum(holds("at least", c, value) and holds("at most", c, value) for c in rows),
              all(holds("at least", cell, value) for cell in both))


@plugin.analysis(
    "probe-times", "How many memberships there are at each of some times, read beside each other",
    parameters=[entente.text("point", "a point of the registry", optional=True)],
    columns=[entente.Column("when", "text", "as of when"), entente.Column("rows", "integer", "how many")],
)
def times(call):
    # Opened at once and read in turns, so that none may disturb another.
    opened = {
        "call": call.rows("memberships", ["statement"]),
        "on 2019": call.rows("memberships", ["statement"], on="2019-06-01"),
        "on 2025": call.rows("memberships", ["statement"], on=entente.Date("2025-06-01")),
        "all": call.rows("memberships", ["statement"], on=entente.ALL, published_by=entente.ALL),
        "published": call.rows("memberships", ["statement"], on=entente.ALL, published_by="2025-11"),
    }
    if call["point"]:
        opened["recorded"] = call.rows("memberships", ["statement"], on=entente.ALL, recorded_by=call["point"])
    counts = dict.fromkeys(opened, 0)
    while opened:
        for name in list(opened):
            if next(opened[name], None) is None:
                del opened[name]
            else:
                counts[name] += 1
    for name, count in counts.items():
        call.emit(name, NumpyNumber(count))


@plugin.analysis(
    "probe-tables", "Several tables, with what stands behind them",
    columns=[entente.Column("member", "key", "who")], adds_columns=True,
    tables=[entente.Table("by-year", "a row a year", [entente.Column("year", "integer", "the year")], adds_columns=True,
                          view={"kind": "bar", "columns": ["year", "year"]}, evidence=["*"])],
)
def tables(call):
    rows = list(call.rows("memberships", ["member", "statement", "start_earliest"],
                          {"initiative": ["five-eyes", "quad"]}))
    call.columns([entente.Column("member", "key", "who"), entente.Column("times", "integer", "how often")],
                 evidence=["times", "*"])
    for member in sorted({row.member for row in rows}):
        mine = [row.statement for row in rows if row.member == member]
        call.emit(member, len(mine), because={"times": mine, "*": mine[:1]})
    call.table("by-year", [entente.Column("year", "integer", "the year"), entente.Column("members", "list", "who")])
    call.emit(2025, [entente.Key("USA"), None], because=[row.statement for row in rows])


@plugin.analysis(
    "probe-parameters", "What is given",
    parameters=[
        entente.property("part", "a property", default="member", positional=True),
        entente.boolean("strict", "whether", default=False), entente.date("since", "from when", default="today - 30 days"),
        entente.choices("kinds", ["a", "b", "c"], "some", default=["a", "c"]), entente.types("of-types", "types", optional=True),
        entente.file("data", "a file", at_most=100000, optional=True), entente.integer("most", "at most", 1, 9, default=3),
    ],
    columns=[entente.Column("name", "text", "of what"), entente.Column("value", "text", "what")],
)
def parameters(call):
    for name in ("part", "strict", "since", "kinds", "of-types", "most"):
        call.emit(name, repr(call[name]) if name != "since" else str(call[name]))
    data = call["data"]
    call.emit("data", f"{data.path} {len(data.text)} {data.text[:9]}" if data else None)


plugin.main()
