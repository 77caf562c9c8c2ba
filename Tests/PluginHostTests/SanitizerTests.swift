import Foundation
import RegistryModel
import Testing

@testable import PluginHost

/// The C of the program, built so that AddressSanitizer and UndefinedBehaviorSanitizer look on: neither
/// may find anything, whatever a plugin does or a user types.
extension PluginHostTests {
  @Suite("Under sanitizers") struct Sanitized {
    private static let sources = SanitizedWorker.checkout + "/Sources"
    private static let support = SanitizedWorker.checkout + "/Tests/Support"
    private static let flags = [
      "-std=gnu11", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined",
      "-fno-sanitize-recover=all", "-fuse-ld=lld",
    ]

    /// Runs a library in a worker that is watched, confined as any.
    private func run(_ body: String, seconds: Double = 5) throws -> (
      Result<ResultTable, PluginProblem>, found: String
    ) {
      let directory = try TemporaryDirectory()
      let analysis = try CPlugin(run: body).analysis(in: directory, .worker)
      let rows: [[String: Cell]] = (0..<300).map { ["name": .text("row \($0)"), "type": key("state")] }
      return try SanitizedWorker.watch {
        let result = Result { () throws(PluginProblem) in
          try PluginHost.run(
            analysis, arguments: [:], relations: FixtureRelations(rows: ["entities": rows]),
            limits: PluginLimits(seconds: seconds))
        }
        analysis.plugin.workers.drain()
        return result
      }
    }

    private static let emitting =
      "if (host->columns(call, columns, 2)) return 2; return host->emit(call, row, 1);"
    private static let reading = """
      entente_text shown[] = {TEXT("name"), TEXT("type")};
      entente_cell wanted = {ENTENTE_TEXT, 0, {.text = TEXT("state")}};
      entente_filter filter = {TEXT("type"), &wanted, 1};
      entente_query query = {sizeof query, TEXT("entities"), shown, 2, &filter, 1};
      entente_cursor *cursor; const entente_cell *cells; uint64_t rows; int32_t s;
      """

    @Test(
      "the worker is sound, whatever a library gives it",
      arguments: [
        emitting, "return 0;", "return host->emit(call, row, 1);",
        "host->columns(call, columns, 2); host->columns(call, columns, 2); return 0;",
        "return host->columns(call, columns, 0);", "return host->columns(call, NULL, 99999);",
        "row[1].value.real = NAN; \(emitting)", "row[0].value.text = TEXT(\"\\xc3\\x28\"); \(emitting)",
        "row[0].value.text.length = UINT64_C(1) << 40; \(emitting)",
        "row[0].value.text.bytes = NULL; \(emitting)",
        "row[0].value.text = (entente_text){NULL, 0}; \(emitting)", "row[0].type = 99; \(emitting)",
        "row[0].flags = 7; \(emitting)",
        "host->columns(call, columns, 2); return host->emit(call, row, UINT64_MAX);",
        "host->columns(call, columns, 2); return host->emit(call, NULL, 3);",
        "return host->open(call, NULL, NULL);",
        "uint64_t n; const entente_cell *c; return host->next(call, NULL, &c, &n);",
        "host->note(call, (entente_text){NULL, 0}); host->note(call, (entente_text){NULL, 5}); \(emitting)",
        "host->log(call, 1, (entente_text){NULL, 0}); host->progress(call, NAN, TEXT(\"\")); \(emitting)",
        "return host->fail(call, TEXT(\"a\"), (entente_text){NULL, 0}, TEXT(\"c\"));",
        "static entente_cell none[1000]; row[0] = (entente_cell){ENTENTE_LIST, 0, {.list = {none, 1000}}}; entente_column any = {TEXT(\"l\"), ENTENTE_LIST, 0}; host->columns(call, &any, 1); return host->emit(call, row, 1);",
        "row[0] = (entente_cell){ENTENTE_DATE, 0, {.date = {TEXT(\"2026\"), INT64_MIN, INT64_MAX}}}; entente_column any = {TEXT(\"l\"), ENTENTE_DATE, 0}; host->columns(call, &any, 1); return host->emit(call, row, 1);",
        "\(reading) if ((s = host->open(call, &query, &cursor))) return s; host->columns(call, columns, 1); while (!(s = host->next(call, cursor, &cells, &rows)) && rows) for (uint64_t i = 0; i < rows; i++) if ((s = host->emit(call, cells + 2 * i, 1))) return s; host->close(call, cursor); host->close(call, cursor); return s;",
        "\(reading) for (int i = 0; i < 50; i++) if ((s = host->open(call, &query, &cursor)) || (s = host->next(call, cursor, &cells, &rows))) return s; \(emitting)",
        "\(reading) query.column_count = 5000; return host->open(call, &query, &cursor);",
        "\(reading) query.filters = NULL; return host->open(call, &query, &cursor);",
        "\(reading) query.size = 8; return host->open(call, &query, &cursor);",
        "\(reading) wanted.value.text.length = UINT64_MAX; return host->open(call, &query, &cursor);",
        "host->columns(call, columns, 2); for (int i = 0; i < 20000; i++) { int32_t s = host->emit(call, row, 1); if (s) return s; } return 0;",
      ])
    func worker(body: String) throws {
      let (result, found) = try run(body)
      #expect(found == "")
      if let problem = result.failure { #expect(problem.code != "plugin-crashed", "\(problem)") }
    }

    @Test("the worker is sound, whatever a library says without end", arguments: HoldingUp.endless.dropLast())
    func endlessly(body: String) throws {
      let (result, found) = try run(body + " return 2;", seconds: 1)
      #expect(result.failure?.code == "analysis-deadline", "\(result)")
      #expect(found == "")
    }

    @Test(
      "the sanitizers look on, in a worker that is confined: what is done wrong is found and kept",
      arguments: [
        // Of memory that is watched, whoever uses it.
        (
          "char *four = malloc(4); memset(four, 1, (size_t)request->size); free(four);",
          "heap-buffer-overflow"
        ),
        ("char *gone = malloc(4); free(gone); free(gone);", "double-free"),
        (
          "char *gone = strdup(\"gone\"); free(gone); host->log(call, 1, (entente_text){gone, 4});",
          "use-after-free"
        ),
      ])
    func lookOn(body: String, words: String) throws {
      let (result, found) = try run("\(body) \(Self.emitting)")
      #expect(result.failure?.code == "plugin-crashed", "\(result)")
      #expect(found.contains("AddressSanitizer: ") && found.contains(words), "\(found)")
    }

    @Test("libraries of released versions, and all of contract 1.1 and of running, leave the worker sound")
    func contracts() throws {
      let (_, found) = try SanitizedWorker.watch {
        #if arch(x86_64)
          try Contract().archived(place: .worker)
          try Contract().archivedEleven(place: .worker)
        #endif
        let eleven = ContractEleven()
        for test in [
          eleven.tables, eleven.ofRunTime, eleven.limits, eleven.evidence, eleven.conditions, eleven.times,
          eleven.oldQuery, eleven.defaults, eleven.given,
        ] { try test(.worker) }
        let running = try Running()
        for test in [
          running.table, running.ownFailure, running.rowLimit, running.defaults, running.relations,
        ] {
          try test(.worker)
        }
      }
      #expect(found == "")
    }

    @Test("attacks on a worker that is watched are refused as on others", arguments: PluginUser.there)
    func attacks(user: PluginUser) throws {
      let (_, found) = try SanitizedWorker.watch {
        let isolation = IsolationTests()
        try isolation.needed(user: user, kernel: OlderKernel.all[0])
        for kernel in OlderKernel.all { try isolation.enforced(user: user, kernel: kernel) }
      }
      #expect(found == "")
    }

    /// Builds a program of the sanitizers' own and runs it.
    private func drive(_ driver: String, _ arguments: [String], words: [String]) throws {
      let folder = try TemporaryDirectory()
      let program = folder.path + "/" + driver
      try Compiler.run(Self.flags + words + ["-o", program, "\(Self.support)/Sanitizer/\(driver).c"])
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments.map { $0.replacing("FOLDER", with: folder.path) }
      process.environment = ["ASAN_OPTIONS": "detect_leaks=0"]
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0 && process.terminationReason == .exit, "\(said)")
      #expect(said == "")
    }

    @Test("the editor is sound, whatever is typed, pasted, recalled and inserted, and what tests start it by")
    func editor() throws {
      let folder = "\(Self.sources)/CLibEdit"
      let files = ["editor", "input", "signals", "terminal"].map { "\(folder)/\($0).c" }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".c") }
      #expect(names.count == files.count, "a file that is not watched: \(names)")
      try drive(
        "editor", [],
        words: [
          "-I", "\(folder)/include", "-I", "\(Self.support)/CPseudoTerminal/include",
          "\(Self.support)/CPseudoTerminal/CPseudoTerminal.c", "-ledit", "-lutil",
        ] + files)
    }

    @Test("the settings of SQLite are sound, and do what they say")
    func settings() throws {
      let folder = "\(Self.sources)/CSQLite"
      try drive(
        "settings", ["FOLDER"],
        words: ["-I", "\(folder)/include", "\(folder)/settings.c", "-lsqlite3"])
    }

    @Test("what reads cells and lines is sound for the kept corpus, and for what becomes of it by chance")
    func transport() throws {
      let folder = try TemporaryDirectory()
      let driver = Self.sources + "/../Tests/Support/Fuzz/transport.c"
      let program = folder.path + "/transport"
      let parts = ["cells", "check", "json"].map { Self.sources + "/CPluginTransport/\($0).c" }
      try Compiler.run(
        Self.flags + ["-I", Self.sources + "/CPluginTransport/include", "-DREPLAY", "-o", program, driver]
          + parts)
      let corpus = Self.sources + "/../Tests/PluginHostTests/Corpus"
      let files = try ["cells", "lines", "frames"].flatMap { kind in
        try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/\(kind)").sorted()
          .map { "\(corpus)/\(kind)/\($0)" }
      }
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = files
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0 && process.terminationReason == .exit, "\(words)")
    }
  }
}
