import CEntentePlugin
import Foundation
import RegistryModel
import RegistryStore
import Testing

@testable import PluginHost

extension PluginHostTests {
  /// What version 1.1 of the contract added, with the plugin in the program and in a worker.
  @Suite("Contract 1.1") struct ContractEleven {
    private static let places = [Plugin.Place.inProcess, .worker]

    /// A plugin whose analysis may give two more tables, and takes a parameter of each new kind.
    private static let manifest = #"""
      {"contract": 1, "name": "probe", "version": "1", "summary": "s", "analyses": [{"name": "probe", "summary": "s",
       "parameters": [{"name": "strict", "summary": "s", "type": "boolean", "default": ["no"]},
        {"name": "since", "summary": "s", "type": "date", "default": ["today - 90 days"]},
        {"name": "data", "summary": "s", "type": "file"},
        {"name": "kinds", "summary": "s", "type": "choice", "choices": ["a", "b", "c"], "isList": true,
         "default": ["a", "c"]},
        {"name": "part", "summary": "s", "type": "property", "default": ["member"]},
        {"name": "what", "summary": "s", "type": "type"}],
       "columns": [{"name": "a", "type": "text", "summary": "s"}, {"name": "b", "type": "real", "summary": "s"}],
       "tables": [{"name": "second", "summary": "s", "columns": [{"name": "n", "type": "integer", "summary": "s"}]},
        {"name": "wide", "summary": "s", "addsColumns": true,
         "columns": [{"name": "n", "type": "integer", "summary": "s"}]}],
       "examples": []}]}
      """#

    private func run(
      _ body: String, arguments: [String: [ArgumentValue]] = [:], relations: FixtureRelations = .init(),
      limits: PluginLimits = PluginLimits(), moment: PluginMoment = PluginMoment(),
      _ place: Plugin.Place
    ) throws -> Result<ResultTable, PluginProblem> {
      // A library of its own for each run: one that is loaded in the process stays.
      let directory = try TemporaryDirectory()
      let library = try CPlugin(run: body, manifest: Self.manifest).build(in: directory)
      let manifest = try PluginManifest(json: Data(Self.manifest.utf8), path: library)
      let plugin = Plugin(path: library, manifest: manifest, manifestPath: nil, place: place)
      let analysis = InstalledAnalysis(description: manifest.analyses[0], plugin: plugin)
      return Result { () throws(PluginProblem) in
        try PluginHost.run(
          analysis, arguments: arguments, relations: relations, moment: moment, limits: limits)
      }
    }

    private static let second = """
      entente_column number[] = {{TEXT("n"), ENTENTE_INTEGER, 0}};
      entente_cell one;
      memset(&one, 0, sizeof one);
      one.type = ENTENTE_INTEGER;
      one.value.integer = 7;
      host->columns(call, columns, 2);
      host->emit(call, row, 1);
      """

    // MARK: Several tables

    @Test("several tables come back in their order, each with its columns and rows", arguments: places)
    func tables(place: Plugin.Place) throws {
      let body =
        Self.second + """
          host->table(call, TEXT("second"), number, 1);
          host->emit(call, &one, 1);
          host->emit(call, &one, 1);
          return host->note(call, TEXT("all of it"));
          """
      let table = try run(body, place).get()
      #expect(table.rows == [[.text("x"), .real(1.5)]] && table.notes == ["all of it"])
      #expect(table.following.map(\.name) == ["second"])
      #expect(table.following.map(\.rows) == [[[.integer(7)], [.integer(7)]]])
      #expect(table.following.map(\.columns) == [[Column("n", alignsRight: true)]])
    }

    @Test("a table without rows is there, and columns can be known when it runs", arguments: places)
    func ofRunTime(place: Plugin.Place) throws {
      let body =
        Self.second + """
          entente_column more[] = {{TEXT("n"), ENTENTE_INTEGER, 0}, {TEXT("y_2024"), ENTENTE_INTEGER, 0},
                                   {TEXT("y_2025"), ENTENTE_INTEGER, 0}};
          return host->table(call, TEXT("wide"), more, 3);
          """
      let table = try run(body, place).get()
      #expect(table.following.map { $0.columns.map(\.name) } == [["n", "y_2024", "y_2025"]])
      #expect(table.following.map(\.rows) == [[]])
    }

    @Test(
      "what a plugin does wrongly with tables ends the run and names it",
      arguments: [
        (#"return host->table(call, TEXT("third"), number, 1);"#, "does not declare"),
        (#"return host->table(call, TEXT("second"), columns, 2);"#, "other columns of the table `second`"),
        (#"return host->table(call, TEXT("wide"), columns, 2);"#, "other columns of the table `wide`"),
        (#"return host->table(call, TEXT("Second"), number, 1);"#, "whose name is none"),
        (#"return host->table(call, TEXT("second"), number, 0);"#, "other columns"),
        (
          #"host->table(call, TEXT("second"), number, 1); return host->table(call, TEXT("second"), number, 1);"#,
          "twice"
        ),
        (#"host->table(call, TEXT("second"), number, 1); return host->columns(call, columns, 2);"#, "twice"),
        (#"host->table(call, TEXT("second"), number, 1); return host->emit(call, row, 1);"#, "column `n`"),
      ], places)
    func wrongTables(fault: (body: String, words: String), place: Plugin.Place) throws {
      let problem = try #require(try run(Self.second + fault.body, place).failure)
      #expect(problem.message.contains(fault.words), "\(problem.message)")
    }

    @Test("the limits are those of all tables together", arguments: places)
    func limits(place: Plugin.Place) throws {
      let body =
        Self.second + """
          host->table(call, TEXT("second"), number, 1);
          for (int i = 0; i < 9; i++) if (host->emit(call, &one, 1)) return 2;
          return 0;
          """
      #expect(try run(body, limits: PluginLimits(rows: 10), place).get().following[0].rows.count == 9)
      #expect(try run(body, limits: PluginLimits(rows: 9), place).failure?.code == "plugin-limit")
    }

    // MARK: Provenance

    private static let explained = """
      entente_column explained[] = {
        {TEXT("a"), ENTENTE_TEXT, 0}, {TEXT("*"), ENTENTE_LIST, ENTENTE_COLUMN_EVIDENCE},
        {TEXT("b"), ENTENTE_REAL, 0}, {TEXT("b"), ENTENTE_TEXT, ENTENTE_COLUMN_EVIDENCE}};
      entente_cell ids[2], cells[4];
      memset(ids, 0, sizeof ids);
      memset(cells, 0, sizeof cells);
      ids[0].type = ids[1].type = ENTENTE_TEXT;
      ids[0].value.text = TEXT("abc");
      ids[1].value.text = TEXT("@def");
      cells[0] = row[0];
      cells[1].type = ENTENTE_LIST;
      cells[1].value.list.cells = ids;
      cells[1].value.list.count = 2;
      cells[2] = row[1];
      cells[3] = ids[0];
      """

    @Test("what stands behind a row and a cell is kept beside the table, and not shown", arguments: places)
    func evidence(place: Plugin.Place) throws {
      let body =
        Self.explained + """
          if (host->columns(call, explained, 4)) return 2;
          host->emit(call, cells, 1);
          memset(cells + 1, 0, sizeof *cells);
          memset(cells + 3, 0, sizeof *cells);
          return host->emit(call, cells, 1);
          """
      let table = try run(body, place).get()
      #expect(table.columns.map(\.name) == ["a", "b"])
      #expect(table.rows == [[.text("x"), .real(1.5)], [.text("x"), .real(1.5)]])
      let (abc, def) = (StatementID("abc"), StatementID("def"))
      #expect(
        table.evidence
          == ResultEvidence([
            ResultEvidence.Behind(column: nil, statements: [[abc, def], []]),
            ResultEvidence.Behind(column: "b", statements: [[abc], []]),
          ]))
    }

    @Test(
      "evidence that can be behind nothing is refused",
      arguments: [
        ("explained[3].name = TEXT(\"c\");", "of a column that there is not: `c`"),
        ("explained[3].name = TEXT(\"*\");", "twice"),
        ("explained[3].type = ENTENTE_REAL;", "holds no ids"),
        ("explained[3].flags = 2;", "flags that are not known: 2"),
        ("explained[0].flags = explained[2].flags = 1;", "no column that is shown"),
      ], places)
    func wrongEvidence(fault: (body: String, words: String), place: Plugin.Place) throws {
      let body = Self.explained + fault.body + " return host->columns(call, explained, 4);"
      let problem = try #require(try run(body, place).failure)
      #expect(problem.code == "plugin-misuse" && problem.message.contains(fault.words), "\(problem.message)")
    }

    // MARK: Conditions and times

    private static let query = """
      entente_text wanted[] = {TEXT("initiative"), TEXT("member")};
      entente_cell value;
      memset(&value, 0, sizeof value);
      entente_condition condition = {TEXT("start_earliest"), ENTENTE_AT_LEAST, 0, &value, 1};
      entente_query query;
      memset(&query, 0, sizeof query);
      query.size = sizeof query;
      query.relation = TEXT("memberships");
      query.columns = wanted;
      query.column_count = 2;
      query.conditions = &condition;
      query.condition_count = 1;
      value.type = ENTENTE_DATE;
      value.value.date.edtf = TEXT("2026-02");
      entente_cursor *cursor;
      host->columns(call, columns, 2);
      """

    private func asked(_ body: String, _ place: Plugin.Place) throws -> PluginQuery {
      var relations = FixtureRelations(rows: ["memberships": []])
      let asked = FixtureRelations.AskedQueries()
      relations.asked = asked
      _ = try run(
        Self.query + body + " return host->open(call, &query, &cursor);", relations: relations, place
      )
      .get()
      return try #require(asked.queries.last)
    }

    @Test("conditions beyond equality reach the registry as they were asked", arguments: places)
    func conditions(place: Plugin.Place) throws {
      for (name, comparison) in [
        ("IN", RelationQuery.Comparison.isIn), ("NOT_IN", .isNotIn), ("AT_LEAST", .isAtLeast),
        ("AT_MOST", .isAtMost), ("ABOVE", .isAbove), ("BELOW", .isBelow),
      ] {
        let query = try asked("condition.comparison = ENTENTE_\(name);", place)
        #expect(query.filters.map(\.comparison) == [comparison])
        #expect(query.filters.map(\.column.name) == ["start_earliest"])
        #expect(query.times == OwnTimes())
      }
      #expect(
        try asked("condition.comparison = ENTENTE_NOT_IN; condition.count = 0;", place).filters[0].values
          == [])
    }

    @Test("a relation can be opened as of times of its own", arguments: places)
    func times(place: Plugin.Place) throws {
      var times = OwnTimes()
      times.on = .own(try PartialDate(edtf: "2026-02"))
      #expect(try asked("query.own_times = ENTENTE_OWN_ON; query.on = value;", place).times == times)
      // What is not said to be its own is not looked at.
      #expect(try asked("query.on = value; query.recorded_by = TEXT(\"junk\");", place).times == OwnTimes())
      times = OwnTimes()
      times.on = .own(nil)
      times.published = .own(try PartialDate(edtf: "2026-02"))
      times.recorded = .own(.transaction(TransactionID(12)))
      let body = """
        query.own_times = ENTENTE_OWN_ON | ENTENTE_OWN_PUBLISHED_BY | ENTENTE_OWN_RECORDED_BY;
        query.published_by = value;
        query.recorded_by = TEXT("t12");
        """
      #expect(try asked(body, place).times == times)
    }

    @Test("a query of version 1.0's size asks for no more than that has", arguments: places)
    func oldQuery(place: Plugin.Place) throws {
      let query = try asked("query.size = 56; query.own_times = 7; query.reserved = 9;", place)
      #expect(query.filters.isEmpty && query.times == OwnTimes() && query.columns.count == 2)
    }

    @Test(
      "what no condition and no time can be is refused",
      arguments: [
        ("condition.comparison = 6;", "not known"), ("condition.flags = 1;", "not known"),
        ("condition.count = 0;", "no bound"), ("condition.column = TEXT(\"begin\");", "begin"),
        ("value.type = ENTENTE_INTEGER;", "no bound"),
        ("value.value.date.edtf = TEXT(\"soon\");", "no bound"),
        ("condition.values = NULL;", "not there"), ("query.conditions = NULL;", "not there"),
        ("query.condition_count = 5000;", "not there"), ("query.size = 48;", "size"),
        ("query.own_times = 8;", "times"), ("query.reserved = 1;", "times"),
        ("query.own_times = ENTENTE_OWN_ON; query.on.type = ENTENTE_KEY;", "a time that cannot be taken"),
        (
          "query.own_times = ENTENTE_OWN_ON; query.on = value; query.on.value.date.edtf = TEXT(\"2026-13\");",
          "2026-13"
        ),
        (
          "query.own_times = ENTENTE_OWN_RECORDED_BY; query.recorded_by = TEXT(\"yesterday\");", "yesterday"
        ),
      ], places)
    func wrongQueries(fault: (body: String, words: String), place: Plugin.Place) throws {
      let body = Self.query + fault.body + " return host->open(call, &query, &cursor);"
      let problem = try #require(
        try run(body, relations: FixtureRelations(rows: ["memberships": []]), place).failure)
      #expect(problem.message.contains(fault.words), "\(problem.message)")
    }

    // MARK: Parameters

    /// Says each argument as `name=type:count`, and the text or number of its first value.
    private static let telling = """
      host->columns(call, columns, 2);
      for (uint64_t i = 0; i < request->argument_count; i++) {
        entente_argument argument = request->arguments[i];
        const entente_cell *value = argument.values;
        static char words[2000];
        entente_text text = value->type == ENTENTE_DATE ? value->value.date.edtf : value->value.text;
        if (value->type == ENTENTE_BOOLEAN) text = value->value.integer ? TEXT("true") : TEXT("false");
        snprintf(words, sizeof words, "%.*s=%u:%d %.*s", (int)argument.name.length, argument.name.bytes, value->type,
                 (int)argument.count, (int)text.length, text.bytes);
        row[0].value.text = (entente_text){words, strlen(words)};
        if (host->emit(call, row, 1)) return 2;
      }
      return 0;
      """

    @Test("defaults of every kind are filled in, dates counted from today", arguments: places)
    func defaults(place: Plugin.Place) throws {
      let table = try run(
        Self.telling, moment: PluginMoment(today: Day(year: 2026, month: 11, day: 28)), place
      ).get()
      #expect(
        table.rows.map { $0[0] }
          == ["strict=7:1 false", "since=6:1 2026-08-30", "kinds=1:2 a", "part=2:1 member"].map { .text($0) })
    }

    @Test("given values of every kind arrive as what they are, a long file in pieces", arguments: places)
    func given(place: Plugin.Place) throws {
      let content = String(repeating: "äö\n", count: 300_000)
      let table = try run(
        Self.telling,
        arguments: [
          "strict": [.boolean(true)], "since": [.date(try PartialDate(edtf: "2025"))],
          "data": [.file(path: "x.csv", content: content)], "kinds": [.text("b")],
          "part": [.key(Key(unchecked: "chair"))], "what": [.key(Key(unchecked: "state"))],
        ], place
      ).get()
      #expect(
        table.rows.map { $0[0] }
          == [
            "strict=7:1 true", "since=6:1 2025", "data=1:3 x.csv", "kinds=1:1 b", "part=2:1 chair",
            "what=2:1 state",
          ].map { .text($0) })
      let pieces = content.pieces(of: Int(ENTENTE_MAX_TEXT_BYTES))
      #expect(pieces.joined() == content && pieces.allSatisfy { $0.utf8.count <= ENTENTE_MAX_TEXT_BYTES })
    }

    @Test(
      "a manifest that promises what cannot be is refused, and says why",
      arguments: [
        (
          #""type": "boolean", "default": ["no"]"#, #""type": "boolean", "default": ["maybe"]"#,
          "does not allow"
        ),
        (#""default": ["today - 90 days"]"#, #""default": ["someday"]"#, "does not allow"),
        (#""type": "file"}"#, #""type": "file", "default": ["x"]}"#, "a file and has a default"),
        (#""type": "file"}"#, #""type": "file", "isList": true}"#, "takes one file"),
        (#""default": ["a", "c"]"#, #""default": ["a", "d"]"#, "does not allow: d"),
        (#"{"name": "wide""#, #"{"name": "second""#, "stands twice"),
        (#"{"name": "wide""#, #"{"name": "Wide""#, "must be named"),
        (#""examples": []"#, #""view": {"kind": "bar", "columns": ["a"]}"#, "draws a label, a number"),
        (
          #""examples": []"#, #""view": {"kind": "bar", "columns": ["b", "a"]}"#, "`a` of type text cannot be"
        ),
        (#""examples": []"#, #""view": {"kind": "timeline", "columns": ["a", "b", "b"]}"#, "a start"),
        (#""examples": []"#, #""view": {"kind": "network", "columns": ["a", "b"]}"#, "to, which `b`"),
        (#""examples": []"#, #""view": {"kind": "map", "columns": ["a"]}"#, "a place"),
        (#""examples": []"#, #""view": {"kind": "map", "columns": ["c"]}"#, "that there is not: `c`"),
      ])
    func manifests(part: String, instead: String, words: String) throws {
      #expect(Self.manifest.contains(part))
      let json = Self.manifest.replacing(part, with: instead)
      let problem = try #require(
        Result { () throws(PluginProblem) in try PluginManifest(json: Data(json.utf8), path: "x") }.failure)
      #expect(
        problem.code == "plugin-manifest-invalid" && problem.message.contains(words), "\(problem.message)")
    }

    @Test("every drawing of the contract is allowed, drawn or not, and those of later versions")
    func drawings() throws {
      for view in [
        #"{"kind": "bar", "columns": ["a", "b"]}"#, #"{"kind": "matrix", "columns": ["a", "b", "a"]}"#,
        #"{"kind": "globe", "columns": ["a"]}"#,
      ] {
        let json = Self.manifest.replacing(#""examples": []"#, with: #""view": \#(view)"#)
        #expect(try PluginManifest(json: Data(json.utf8), path: "x").analyses[0].view != nil)
      }
      let columns =
        #"{"name": "a", "type": "key", "summary": "s"}, {"name": "b", "type": "date", "summary": "s"}"#
      for view in [
        #"{"kind": "timeline", "columns": ["a", "b", "b"]}"#, #"{"kind": "network", "columns": ["a", "a"]}"#,
        #"{"kind": "map", "columns": ["a"]}"#,
      ] {
        let json = """
          {"contract": 1, "name": "p", "version": "1", "summary": "s", "analyses": [{"name": "p", "summary": "s",
           "columns": [\(columns)], "view": \(view)}]}
          """
        #expect(try PluginManifest(json: Data(json.utf8), path: "x").analyses[0].view != nil)
      }
    }
  }
}
