import Foundation
import Glibc
import RegistryModel
import Testing

@testable import PluginHost

extension PluginHostTests {
  @Suite("Running") struct Running {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func run(
      _ body: String, arguments: [String: [ArgumentValue]] = [:], limits: PluginLimits = PluginLimits(),
      relations: FixtureRelations = FixtureRelations(), place: Plugin.Place = .inProcess,
      cancellation: @escaping () -> Bool = { false }
    ) throws -> Result<ResultTable, PluginProblem> {
      let analysis = try CPlugin(run: body).analysis(in: directory, place)
      return Result { () throws(PluginProblem) in
        try PluginHost.run(
          analysis, arguments: arguments, relations: relations, limits: limits, cancellation: cancellation)
      }
    }

    private static let emitting =
      "if (host->columns(call, columns, 2)) return 2; return host->emit(call, row, 1);"

    private static let places = [Plugin.Place.inProcess, .worker]

    @Test("rows, columns and notes come back as a table", arguments: places)
    func table(place: Plugin.Place) throws {
      let table = try run("host->note(call, TEXT(\"remark\")); " + Self.emitting, place: place).get()
      #expect(table.columns == [Column("a"), Column("b", alignsRight: true)])
      #expect(table.rows == [[.text("x"), .real(1.5)]])
      #expect(table.notes == ["remark"])
    }

    @Test(
      "what a plugin emits wrongly ends the run and names the fault",
      arguments: [
        ("return host->emit(call, row, 1);", "plugin-misuse", "before"),
        (
          "host->columns(call, columns, 2); host->columns(call, columns, 2); return 0;", "plugin-misuse",
          "twice"
        ),
        ("return host->columns(call, columns, 0);", "plugin-misuse", "columns"),
        ("return 0;", "plugin-no-columns", "probe"),
        ("host->columns(call, columns, 2); return 5;", "plugin-run-failed", "5"),
        ("host->columns(call, columns, 1); return host->emit(call, row + 1, 1);", "plugin-cell", "real"),
        ("row[1].value.real = NAN; \(emitting)", "plugin-cell", "NaN"),
        ("row[1].value.real = INFINITY; \(emitting)", "plugin-cell", "column `b`"),
        ("row[0].value.text = TEXT(\"\\xc3\\x28\"); \(emitting)", "plugin-cell", "UTF-8"),
        ("row[0].value.text.length = UINT64_C(1) << 40; \(emitting)", "plugin-cell", "bytes"),
        ("row[0].type = 99; \(emitting)", "plugin-cell", "99"),
        (
          "host->columns(call, columns, 2); return host->emit(call, row, UINT64_MAX);", "plugin-limit", "rows"
        ),
        (
          "host->columns(call, columns, 2); return host->emit(call, NULL, 3);", "plugin-misuse",
          "without cells"
        ),
        ("return host->open(call, NULL, NULL);", "plugin-misuse", "query"),
        (
          "uint64_t n; const entente_cell *c; return host->next(call, NULL, &c, &n);", "plugin-misuse",
          "cursor"
        ),
        ("row[0].flags = 7; \(emitting)", "plugin-cell", "flags 7"),
      ], places)
    func faults(fault: (body: String, code: String, words: String), place: Plugin.Place) throws {
      let (body, code, words) = fault
      let problem = try #require(try run(body, place: place).failure)
      #expect(problem.code == code)
      #expect(problem.message.contains(words), "\(problem.message)")
    }

    @Test("a wrong number of cells is told from right ones by the type of the cell that slides in")
    func wrongCellCount() throws {
      let body = "entente_cell odd[4]; odd[0] = row[0]; odd[1] = odd[2] = odd[3] = row[1];"
      let problem = try run(body + "host->columns(call, columns, 2); return host->emit(call, odd, 2);")
        .failure
      #expect(problem?.code == "plugin-cell")
      #expect(problem?.message.contains("row 2, column `a`") == true)
    }

    @Test(
      "a plugin's own failure keeps its code, words and hint, and the first one counts", arguments: places)
    func ownFailure(place: Plugin.Place) throws {
      let body =
        "host->fail(call, TEXT(\"too-few\"), TEXT(\"one member\"), TEXT(\"name two\")); return host->emit(call, row, 1);"
      let problem = try #require(try run(body, place: place).failure)
      #expect(problem.code == "plugin:too-few")
      #expect(problem.message == "one member")
      #expect(problem.help == "name two")
    }

    @Test("more rows than allowed end the run", arguments: places)
    func rowLimit(place: Plugin.Place) throws {
      let body = "host->columns(call, columns, 2); while (!host->emit(call, row, 1)) {} return 2;"
      #expect(try run(body, limits: PluginLimits(rows: 100), place: place).failure?.code == "plugin-limit")
      let problem = try run(body, limits: PluginLimits(bytes: 50), place: place).failure
      #expect(problem?.message.contains("bytes") == true)
    }

    @Test("a run that asks is told when it is cancelled, and its rows are dropped")
    func cancelled() throws {
      var asked = 0
      let body =
        "host->columns(call, columns, 2); int32_t s; while (!(s = host->emit(call, row, 1))) {} return s;"
      let problem = try run(body) {
        asked += 1
        return asked > 10
      }.failure
      #expect(problem?.isCancellation == true)
      #expect(asked == 11)
    }

    @Test(
      "arguments are checked before the plugin is called",
      arguments: [
        (["limit": [ArgumentValue.number(10)]], "cannot be 10"),
        (["limit": [.number(0)]], "cannot be 0"),
        (["limit": [.number(Decimal(string: "1.5")!)]], "whole number"),
        (["limit": [.number(1), .number(2)]], "one value"),
        (["limit": [.text("three")]], "whole number"),
        (["shape": [.text("square")]], "square"),
        (["colour": [.text("red")]], "no parameter `colour`"),
      ])
    func arguments(given: [String: [ArgumentValue]], words: String) throws {
      let problem = try #require(try run("return 0;", arguments: given).failure)
      #expect(problem.code == "analysis-argument")
      #expect(problem.message.contains(words), "\(problem.message)")
    }

    @Test("a default is filled in, and what is left out without one is not passed", arguments: places)
    func defaults(place: Plugin.Place) throws {
      let body = """
        host->columns(call, columns, 2);
        row[0].value.text = request->arguments[0].values[0].value.text;
        row[1].value.real = (double)request->argument_count;
        return host->emit(call, row, 1);
        """
      #expect(try run(body, place: place).get().rows == [[.text("flat"), .real(1)]])
    }

    @Test("relations are read with filters on columns that are not shown", arguments: places)
    func relations(place: Plugin.Place) throws {
      let body = """
        entente_text shown[] = {TEXT("name")};
        entente_cell wanted = {ENTENTE_TEXT, 0, {.text = TEXT("state")}};
        entente_filter filter = {TEXT("type"), &wanted, 1};
        entente_query query = {sizeof query, TEXT("RELATION"), shown, 1, &filter, 1};
        entente_cursor *cursor; const entente_cell *cells; uint64_t rows; int32_t s;
        if ((s = host->open(call, &query, &cursor))) return s;
        host->columns(call, columns, 1);
        while (!(s = host->next(call, cursor, &cells, &rows)) && rows) if ((s = host->emit(call, cells, rows))) return s;
        host->close(call, cursor);
        return s;
        """
      let types: [(String, String)] = [
        ("A", "state"), ("B", "group"), ("C", "group"), ("D", "group"), ("E", "state"),
      ]
      let relations = FixtureRelations(
        rows: ["entities": types.map { ["name": .text($0.0), "type": key($0.1)] }])
      let table = try run(body.replacing("RELATION", with: "entities"), relations: relations, place: place)
        .get()
      #expect(table.rows == [[.text("A")], [.text("E")]])
    }

    @Test(
      "a relation or column that there is not is named with those that there are",
      arguments: [("nonsense", "relation-unknown"), ("figures", "relation-column-unknown")], places)
    func unknownRelation(asked: (relation: String, code: String), place: Plugin.Place) throws {
      let (relation, code) = asked
      let body = """
        entente_text shown[] = {TEXT("name")};
        entente_query query = {sizeof query, TEXT("\(relation)"), shown, 1, NULL, 0};
        entente_cursor *cursor;
        return host->open(call, &query, &cursor);
        """
      let problem = try #require(try run(body, place: place).failure)
      #expect(problem.code == code)
      #expect(problem.help?.isEmpty == false)
    }

    @Test("what a plugin prints does not reach standard output")
    func printing() throws {
      let capture = try directory.write(Data(), to: "stdout")
      fflush(nil)
      let saved = dup(STDOUT_FILENO)
      let file = open(capture, O_WRONLY | O_APPEND)
      dup2(file, STDOUT_FILENO)
      defer {
        dup2(saved, STDOUT_FILENO)
        close(saved)
        close(file)
      }
      let result = try run("printf(\"polluted\"); \(Self.emitting)")
      write(STDOUT_FILENO, "clean", 5)
      #expect(try result.get().rows.count == 1)
      let captured = try String(contentsOfFile: capture, encoding: .utf8)
      #expect(captured.contains("clean"))
      #expect(!captured.contains("polluted"))
    }
  }
}
