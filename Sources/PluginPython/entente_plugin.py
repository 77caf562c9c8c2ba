"""Analyses for Entente in Python 3.9 or later, without any other package.

    import entente_plugin as entente

    plugin = entente.Plugin("companions", "1.0.0", "Who sits with whom")

    @plugin.analysis(
        "companions", "With whom an actor shares its initiatives",
        parameters=[entente.entity("actor", of="actor", summary="whose companions", positional=True)],
        columns=[entente.Column("companion", "key", "who is in them too")],
    )
    def companions(call):
        for row in call.rows("memberships", ["initiative", "member"]):
            call.emit(row.member)

    plugin.main()

The host starts the program, asks it on standard input and reads its answers, lines of JSON, from what was its standard
output; `print` goes to standard error. An analysis reads relations of the registry and emits rows; the host applies the
times that the user asks for, and draws the result. Cells are `str` (texts and keys), `int`, `float`, `bool`,
`decimal.Decimal`, `Date`, `list`, or `None` where nothing is stated, which is neither zero nor "no". Numbers of numpy and
other packages are taken as they are.

The protocol is documented with PluginKit. Python has no way out of the worker either: there is no network, no other
program can be started, and only the folder that TMPDIR names can be written to.
"""

import builtins
import json
import os
import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence

CONTRACT = 1
_BATCH = 500


class Failure(Exception):
    """Ends a run in words for the user: a code (words joined by hyphens), what is wrong, and what to do about it."""

    def __init__(self, code: str, message: str, hint: str = ""):
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class Cancelled(Exception):
    """The run is over: pass it on."""


@dataclass(frozen=True)
class Date:
    """A date at the precision of its source: EDTF level 1, and the first and last day since 1970-01-01 that it can mean."""

    edtf: str
    first_day: int = 0
    last_day: int = 0

    def __str__(self) -> str:
        return self.edtf


class Key(str):
    """A key inside a list; in a column of keys a `str` is one."""


@dataclass(frozen=True)
class Column:
    """A column of a result: text, key, integer, real, decimal, date, boolean, list or any."""

    name: str
    type: str
    summary: str


@dataclass(frozen=True)
class Example:
    """A command that shows an analysis at work; `plugin test` runs it. `fixture` is a file beside the plugin, commands
    that fill the registry which it is run on; `expected` another, the table that it gives, as `as tsv` writes it."""

    command: str
    summary: str
    fixture: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter of an analysis, as the manifest has it; the functions below make them."""

    name: str
    manifest: Dict[str, Any]


def _parameter(name: str, type: str, summary: str, default: Any, positional: bool, optional: bool, **more: Any) -> Parameter:
    values = [] if default is None else [str(default)]
    manifest = {"name": name, "type": type, "summary": summary, "isPositional": positional, "default": values}
    manifest["isRequired"] = default is None and not optional
    manifest.update({key: value for key, value in more.items() if value is not None})
    return Parameter(name, manifest)


def _list(name: str, type: str, summary: str, default: Sequence[str], positional: bool, optional: bool, **more: Any) -> Parameter:
    made = _parameter(name, type, summary, None, positional, optional, isList=True, **more)
    made.manifest["default"] = [str(value) for value in default]
    made.manifest["isRequired"] = not default and not optional
    return made


def entity(name: str, of: str, summary: str, default: Optional[str] = None, positional: bool = False, optional: bool = False) -> Parameter:
    """The key of an entity of a type."""
    return _parameter(name, "entity", summary, default, positional, optional, of=of)


def entities(name: str, of: str, summary: str, at_least: int = 1, positional: bool = False, optional: bool = False) -> Parameter:
    """The keys of at least so many entities of a type."""
    return _parameter(name, "entity", summary, None, positional, optional, of=of, isList=True, minimumCount=0 if optional else at_least)


def text(name: str, summary: str, default: Optional[str] = None, positional: bool = False, optional: bool = False) -> Parameter:
    """A text."""
    return _parameter(name, "text", summary, default, positional, optional)


def choice(name: str, choices: Sequence[str], summary: str, default: Optional[str] = None, optional: bool = False) -> Parameter:
    """One of a few words."""
    return _parameter(name, "choice", summary, default, False, optional, choices=list(choices))


def integer(name: str, summary: str, minimum: Optional[int] = None, maximum: Optional[int] = None, default: Optional[int] = None, optional: bool = False) -> Parameter:
    """A whole number in a range."""
    return _parameter(name, "integer", summary, default, False, optional, minimum=minimum, maximum=maximum)


def number(name: str, summary: str, minimum: Optional[float] = None, maximum: Optional[float] = None, default: Optional[float] = None, optional: bool = False) -> Parameter:
    """An exact number in a range."""
    return _parameter(name, "number", summary, default, False, optional, minimum=minimum, maximum=maximum)


def choices(name: str, choices: Sequence[str], summary: str, default: Sequence[str] = (), optional: bool = False) -> Parameter:
    """Some of a few words."""
    return _list(name, "choice", summary, default, False, optional, choices=list(choices))


def date(name: str, summary: str, default: Optional[str] = None, optional: bool = False) -> Parameter:
    """A date at any precision; its default is EDTF, `today`, or counted from it: `today - 90 days`."""
    return _parameter(name, "date", summary, default, False, optional)


def boolean(name: str, summary: str, default: Optional[bool] = None, optional: bool = False) -> Parameter:
    """`yes` or `no`: True or False."""
    word = None if default is None else "yes" if default else "no"
    return _parameter(name, "boolean", summary, word, False, optional)


def type(name: str, summary: str, default: Optional[str] = None, positional: bool = False, optional: bool = False) -> Parameter:
    """The key of a type that is defined."""
    return _parameter(name, "type", summary, default, positional, optional)


def property(name: str, summary: str, default: Optional[str] = None, positional: bool = False, optional: bool = False) -> Parameter:
    """The key of a property that is defined."""
    return _parameter(name, "property", summary, default, positional, optional)


def types(name: str, summary: str, default: Sequence[str] = (), optional: bool = False) -> Parameter:
    """The keys of types that are defined."""
    return _list(name, "type", summary, default, False, optional)


def properties(name: str, summary: str, default: Sequence[str] = (), optional: bool = False) -> Parameter:
    """The keys of properties that are defined."""
    return _list(name, "property", summary, default, False, optional)


@dataclass(frozen=True)
class File:
    """A file that the user named and the host read: a plugin cannot open it."""

    path: str
    text: str


def file(name: str, summary: str, at_most: Optional[int] = None, positional: bool = False, optional: bool = False) -> Parameter:
    """A file of UTF-8 text, of at most so many bytes: a `File`."""
    return _parameter(name, "file", summary, None, positional, optional, maximum=at_most)


# What the rows of a relation must have in a column.

def at_least(column: str, value: Any) -> Dict[str, Any]:
    """It is this or more; of dates, it can be. Where nothing is stated, it is not."""
    return {"column": column, "is": "at least", "values": [value]}


def at_most(column: str, value: Any) -> Dict[str, Any]:
    """It is this or less; of dates, it can be."""
    return {"column": column, "is": "at most", "values": [value]}


def above(column: str, value: Any) -> Dict[str, Any]:
    """It is more than this; of dates, it can be later."""
    return {"column": column, "is": "above", "values": [value]}


def below(column: str, value: Any) -> Dict[str, Any]:
    """It is less than this; of dates, it can be earlier."""
    return {"column": column, "is": "below", "values": [value]}


def is_in(column: str, *values: Any) -> Dict[str, Any]:
    """It has one of these values; None is among them where nothing stated will do."""
    return {"column": column, "is": "in", "values": list(values)}


def not_in(column: str, *values: Any) -> Dict[str, Any]:
    """It has none of these values: all rows but those of `is_in`, also those where nothing is stated."""
    return {"column": column, "is": "not in", "values": list(values)}


@dataclass(frozen=True)
class Table:
    """A further table of an analysis. `evidence` has the columns of which a row can name the statements behind it, `*`
    for all of a row; with `adds_columns` it has further columns, which are said when it is begun."""

    name: str
    summary: str
    columns: Sequence[Column]
    adds_columns: bool = False
    view: Optional[Dict[str, Any]] = None
    evidence: Sequence[str] = ()


# What `rows` takes for a time of its own that is all there is.
ALL = object()
_OF_CALL = object()


class Row:
    """One row of a relation: `row.member`, `row["member"]` or `row[0]`."""

    __slots__ = ("_columns", "values")

    def __init__(self, columns: Dict[str, int], values: List[Any]):
        self._columns, self.values = columns, values

    def __getitem__(self, place: Any) -> Any:
        return self.values[self._columns[place] if isinstance(place, str) else place]

    def __getattr__(self, name: str) -> Any:
        if name in self._columns:
            return self.values[self._columns[name]]
        raise AttributeError(f"the column {name} was not asked for")

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values)


class Call:
    """One run of an analysis: its arguments, the registry's relations, and where its rows go.

    `today`, `on` and `published_by` are the times asked for (`Date` or None), `recorded_by` and `snapshot` texts.
    """

    def __init__(self, host: "_Host", analysis: "_Analysis", request: Dict[str, Any]):
        self._host, self._analysis = host, analysis
        self._arguments = {name: [_value(v) for v in values] for name, values in request["arguments"].items()}
        self.today, self.on = _value(request.get("today")), _value(request.get("on"))
        self.published_by = _value(request.get("published_by"))
        self.recorded_by, self.snapshot = request.get("recorded_by", ""), request.get("snapshot", "")
        self._columns, self._evidence = list(analysis.columns), list(analysis.evidence)
        self._table: Optional[str] = None
        self._rows: List[List[Any]] = []
        self._said = False

    def __getitem__(self, name: str) -> Any:
        """The value given for a parameter, or its default; of a list, all of them; None where it was left out."""
        values = self._arguments.get(name, [])
        for parameter in self._analysis.parameters:
            if parameter.name == name:
                if parameter.manifest["type"] == "file":
                    return File(values[0], "".join(values[1:])) if values else None
                return values if parameter.manifest.get("isList") else values[0] if values else None
        raise KeyError(f"{self._analysis.name} has no parameter {name}")

    def rows(self, relation: str, columns: Sequence[str], where: Optional[Dict[str, Iterable[Any]]] = None,
             *conditions: Dict[str, Any], on: Any = _OF_CALL, published_by: Any = _OF_CALL,
             recorded_by: Any = _OF_CALL) -> Iterator[Row]:
        """The rows of a relation with these columns, read as they are iterated. `where` keeps the rows in which a
        column has one of the values; conditions are made by `at_least`, `below`, `not_in` and so on. `on`, `published_by`
        (a `Date` or EDTF) and `recorded_by` (`t12` or a date) are read in place of the call's; `ALL` is all that there is."""
        filters = {name: [_cell(v) for v in (values if isinstance(values, (list, tuple, set, frozenset)) else [values])]
                   for name, values in (where or {}).items()}
        query: Dict[str, Any] = {"relation": relation, "columns": list(columns), "where": filters}
        if conditions:
            query["conditions"] = [dict(each, values=[_cell(v) for v in each["values"]]) for each in conditions]
        for name, time in (("on", on), ("published_by", published_by), ("recorded_by", recorded_by)):
            if time is not _OF_CALL:
                query[name] = ("" if name == "recorded_by" else None) if time is ALL else str(time)
        answer = self._host.ask({"open": query})
        places = {name: place for place, name in enumerate(columns)}
        cursor = answer["cursor"]
        try:
            while True:
                batch = self._host.ask({"next": cursor})["rows"]
                if not batch:
                    return
                for values in batch:
                    yield Row(places, [_value(v) for v in values])
        finally:
            self._host.tell({"close": cursor})

    def emit(self, *values: Any, because: Any = ()) -> None:
        """Adds a row to the result. `because` has the ids of the statements behind it: a list for the row, or a dict of
        lists by column; the analysis declares as `evidence` of which there is any."""
        if len(values) != len(self._columns):
            raise Failure("row-width", f"a row of {len(values)} values was emitted for {len(self._columns)} columns",
                          "This is a fault of the plugin: report it to its author")
        behind = because if isinstance(because, dict) else {"*": because} if because else {}
        for column in behind:
            if column not in self._evidence:
                raise Failure("evidence-undeclared", f"evidence was given of {column}, of which none is declared",
                              f"This is a fault of the plugin: its author adds {column} to evidence")
        self._rows.append([_cell(value) for value in values]
                          + [[str(one) for one in behind[column]] if column in behind else None for column in self._evidence])
        if len(self._rows) >= _BATCH:
            self._flush()

    def columns(self, columns: Sequence[Column], evidence: Sequence[str] = ()) -> None:
        """Says the columns of the first table where they are known only now; before its first row."""
        if self._said or self._rows or self._table:
            raise Failure("columns-late", "columns were said after the first row",
                          "This is a fault of the plugin: report it to its author")
        self._columns, self._evidence = list(columns), list(evidence)
        self._say()

    def table(self, name: str, columns: Optional[Sequence[Column]] = None) -> None:
        """Begins one of the further tables that the analysis declares; rows are its from here on. `columns` are all of
        its columns, where it has more than are declared."""
        declared = next((table for table in self._analysis.tables if table.name == name), None)
        if declared is None:
            raise KeyError(f"{self._analysis.name} declares no table {name}")
        self._flush()
        self._table, self._said = name, False
        self._columns, self._evidence = list(columns or declared.columns), list(declared.evidence)
        self._say()

    def note(self, sentence: str) -> None:
        """Adds a sentence for the reader, shown beside the result."""
        self._host.tell({"note": str(sentence)})

    def log(self, line: str) -> None:
        """Writes a line for whoever looks into the plugin's working."""
        self._host.tell({"log": str(line)})

    def progress(self, fraction: Optional[float] = None, message: str = "") -> None:
        """Says how far the run is, from 0 to 1, or None where that is not known."""
        self._host.tell({"progress": -1 if fraction is None else fraction, "message": message})

    def _say(self) -> None:
        columns = [{"name": c.name, "type": c.type} for c in self._columns]
        columns += [{"name": name, "type": "list", "evidence": True} for name in self._evidence]
        self._host.tell({"table": {"name": self._table, "columns": columns}} if self._table else {"columns": columns})
        self._said = True

    def _flush(self) -> None:
        if not self._said:
            self._say()
        if self._rows:
            self._host.tell({"emit": self._rows})
            self._rows = []


@dataclass(frozen=True)
class _Analysis:
    name: str
    summary: str
    parameters: Sequence[Parameter]
    columns: Sequence[Column]
    examples: Sequence[Example]
    view: Optional[Dict[str, Any]]
    run: Callable[[Call], None]
    tables: Sequence[Table] = ()
    evidence: Sequence[str] = ()
    adds_columns: bool = False
    about: Optional[Dict[str, Any]] = None


class Plugin:
    """A plugin: its name (lower-case words joined by hyphens), its version, and what it is about."""

    def __init__(self, name: str, version: str, summary: str):
        self.name, self.version, self.summary = name, version, summary
        self._analyses: Dict[str, _Analysis] = {}

    def analysis(self, name: str, summary: str, columns: Sequence[Column], parameters: Sequence[Parameter] = (),
                 examples: Sequence[Example] = (), view: Optional[Dict[str, Any]] = None, tables: Sequence[Table] = (),
                 evidence: Sequence[str] = (), adds_columns: bool = False,
                 about: Optional[Dict[str, Any]] = None) -> Callable[[Callable[[Call], None]], Callable[[Call], None]]:
        """Makes an analysis of a function. `view` may say how it is best drawn: {"kind": "bar", "columns": [...]}, of the
        kinds bar, timeline, matrix, network and map. `tables` are those that it may give beside the first; `evidence` has the
        columns of which a row can name the statements behind it, `*` for all of a row; with `adds_columns` it says
        further columns when it runs (`call.columns`). `about` is what the command of this name prints: {"definition": "...",
        "formulas": [...], "sources": [...], "known": [...], "limits": [...]}, all but the first at will."""
        def declare(run: Callable[[Call], None]) -> Callable[[Call], None]:
            self._analyses[name] = _Analysis(name, summary, parameters, columns, examples, view, run, tables,
                                             evidence, adds_columns, about)
            return run
        return declare

    @builtins.property
    def manifest(self) -> Dict[str, Any]:
        """What the plugin says of itself."""
        return {"contract": CONTRACT, "name": self.name, "version": self.version, "summary": self.summary,
                "analyses": [_described(analysis) for analysis in self._analyses.values()]}

    def main(self) -> None:
        """Serves the host until it is gone; with `--manifest` prints the manifest."""
        if "--manifest" in sys.argv[1:]:
            print(json.dumps(self.manifest, indent=2, ensure_ascii=False))
            return
        host = _Host()
        host.tell({"entente": CONTRACT, "manifest": self.manifest})
        while True:
            message = host.listen()
            if message is None:
                return
            if "run" in message:
                self._run(host, message["run"])

    def _run(self, host: "_Host", request: Dict[str, Any]) -> None:
        try:
            analysis = self._analyses.get(request["analysis"])
            if analysis is None:
                raise Failure("analysis-unknown", f"this plugin has no analysis {request['analysis']}")
            call = Call(host, analysis, request)
            analysis.run(call)
            call._flush()
            host.tell({"done": True})
        except Failure as failure:
            host.tell({"fail": {"code": failure.code, "message": failure.message, "hint": failure.hint}})
        except Cancelled:
            sys.exit(0)
        except Exception as error:  # An analysis may raise anything.
            import traceback

            traceback.print_exc()
            host.tell({"fail": {"code": "analysis-error", "message": f"{error.__class__.__name__}: {error}",
                                "hint": "This is a fault of the plugin: report it to its author"}})


def _described(analysis: _Analysis) -> Dict[str, Any]:
    described = {"name": analysis.name, "summary": analysis.summary,
                 "parameters": [parameter.manifest for parameter in analysis.parameters],
                 "columns": [{"name": c.name, "type": c.type, "summary": c.summary} for c in analysis.columns],
                 "examples": [{key: value for key, value in vars(e).items() if value} for e in analysis.examples]}
    if analysis.view:
        described["view"] = analysis.view
    if analysis.about:
        described["about"] = analysis.about
    if analysis.adds_columns:
        described["addsColumns"] = True
    if analysis.tables:
        described["tables"] = [_described_table(table) for table in analysis.tables]
    return described


def _described_table(table: Table) -> Dict[str, Any]:
    described: Dict[str, Any] = {"name": table.name, "summary": table.summary, "columns":
                                 [{"name": c.name, "type": c.type, "summary": c.summary} for c in table.columns]}
    if table.adds_columns:
        described["addsColumns"] = True
    if table.view:
        described["view"] = table.view
    return described


def _value(cell: Any) -> Any:
    """What a cell of the protocol is in Python."""
    if isinstance(cell, dict):
        if "decimal" in cell:
            return Decimal(cell["decimal"])
        return Date(cell["date"], cell["first"], cell["last"])
    return [_value(item) for item in cell] if isinstance(cell, list) else cell


def _cell(value: Any) -> Any:
    """What a value of Python is in the protocol."""
    if isinstance(value, Decimal):
        return {"decimal": format(value, "f")}
    if isinstance(value, Date):
        return {"date": value.edtf}
    if isinstance(value, Key):
        return {"key": str(value)}
    if isinstance(value, (list, tuple)):
        return [_cell(item) for item in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise Failure("not-finite", "a number that is infinite or none (NaN) was emitted",
                          "This is a fault of the plugin: report it to its author")
        return value
    # Numbers and arrays of numpy and the like say by themselves what they are.
    for name in ("tolist", "item"):
        plain = getattr(value, name, None)
        if callable(plain) and hasattr(value, "dtype"):
            return _cell(plain())
    if hasattr(value, "__index__"):
        return value.__index__()
    if hasattr(value, "__float__"):
        return _cell(float(value))
    raise Failure("cell-type", f"a value of type {value.__class__.__name__} was emitted, which no cell can be",
                  "Of a date emit its text: value.isoformat()" if hasattr(value, "isoformat")
                  else "This is a fault of the plugin: report it to its author")


class Graph:
    """A graph of what a relation says of pairs: `Graph(((row.member, row.initiative) for row in rows))`.

    Nodes are named by `str` and sorted, and so are neighbours, whatever order the pairs came in. Several edges between
    two nodes are one, whose weight is their number."""

    def __init__(self, edges: Iterable[Sequence[str]], isolated: Iterable[str] = (), directed: bool = False):
        self.adjacency: Dict[str, Dict[str, int]] = {name: {} for name in isolated}
        for start, end in edges:
            for one, other in ((start, end),) if directed or start == end else ((start, end), (end, start)):
                neighbours = self.adjacency.setdefault(one, {})
                neighbours[other] = neighbours.get(other, 0) + 1
            self.adjacency.setdefault(end, {})
        self.adjacency = {name: dict(sorted(self.adjacency[name].items())) for name in sorted(self.adjacency)}

    @builtins.property
    def nodes(self) -> List[str]:
        """The names of the nodes, sorted."""
        return list(self.adjacency)

    def neighbours(self, node: str) -> List[str]:
        """A node's neighbours, sorted."""
        return list(self.adjacency[node])

    def degree(self, node: str) -> int:
        """How many neighbours a node has."""
        return len(self.adjacency[node])

    def weight(self, start: str, end: str) -> int:
        """How many edges lead from one node to another."""
        return self.adjacency[start].get(end, 0)

    def distances(self, start: str) -> Dict[str, int]:
        """How many steps each node that can be reached is away, at least."""
        found, queue = {start: 0}, [start]
        for node in queue:
            for neighbour in self.adjacency[node]:
                if neighbour not in found:
                    found[neighbour] = found[node] + 1
                    queue.append(neighbour)
        return found

    def projection(self, keeps: Callable[[str], bool]) -> "Graph":
        """Of a graph whose edges join two kinds of nodes: who shares how many of the other kind with whom."""
        pairs = []
        for between in self.adjacency:
            if not keeps(between):
                mine = [name for name in self.adjacency[between] if keeps(name)]
                pairs += [(one, other) for place, one in enumerate(mine) for other in mine[place + 1:]]
        return Graph(pairs, isolated=[name for name in self.adjacency if keeps(name)])


class _Host:
    """The host, on what were standard input and output. Whatever prints goes to standard error."""

    def __init__(self) -> None:
        self._input, self._output = os.dup(0), os.dup(1)
        os.dup2(2, 1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        self._pending = b""

    def tell(self, message: Dict[str, Any]) -> None:
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        try:
            line = text.encode("utf-8") + b"\n"
        except UnicodeEncodeError:
            if "emit" in message:
                raise Failure("lone-surrogate", "a text was emitted that has half a character in it (a lone surrogate)",
                              "This is a fault of the plugin: report it to its author") from None
            line = text.encode("utf-8", "replace") + b"\n"
        while line:
            line = line[os.write(self._output, line):]

    def listen(self) -> Optional[Dict[str, Any]]:
        while b"\n" not in self._pending:
            more = os.read(self._input, 1 << 20)
            if not more:
                return None
            self._pending += more
        line, self._pending = self._pending.split(b"\n", 1)
        return json.loads(line)

    def ask(self, message: Dict[str, Any]) -> Dict[str, Any]:
        self.tell(message)
        answer = self.listen()
        if answer is None:
            raise Cancelled()
        return answer
