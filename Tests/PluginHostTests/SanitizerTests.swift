import CPluginTransport
import Foundation
import Glibc
import RegistryModel
import Synchronization
import Testing

@testable import PluginHost

/// The C of the worker and of what travels, built so that AddressSanitizer and UndefinedBehaviorSanitizer look on: neither
/// may find anything, whatever a plugin does.
extension PluginHostTests {
  @Suite("Under sanitizers") struct Sanitized {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources").standardizedFileURL.path
    private static let flags = [
      "-std=gnu11", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined",
      "-fno-sanitize-recover=undefined", "-I", sources + "/CPluginTransport/include",
    ]

    private static func c(of folder: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: "\(sources)/\(folder)").sorted()
        .filter { $0.hasSuffix(".c") }.map { "\(sources)/\(folder)/\($0)" }
    }

    private static let folder = Result { try TemporaryDirectory() }

    /// The worker, built once for all tests.
    private static let worker = Result { () throws -> String in
      let program = try folder.get().path + "/entente-worker"
      let files = try c(of: "entente-worker") + c(of: "CPluginTransport") + c(of: "CEntentePlugin")
      try Compiler.run(flags + ["-o", program] + files + ["-ldl", "-lm"])
      return program
    }

    /// What the worker and the plugin wrote.
    private final class Said: Sendable {
      let lines = Mutex<[String]>([])
    }

    private func run(_ body: String, seconds: Double = 5) throws -> (
      Result<ResultTable, PluginProblem>, [String]
    ) {
      let directory = try TemporaryDirectory()
      let library = try CPlugin(run: body).build(in: directory)
      let worker = try Self.worker.get()
      let said = Said()
      let manifest = try PluginManifest(json: Data(CPlugin.manifest.utf8), path: library)
      let plugin = Plugin(
        path: library, manifest: manifest, manifestPath: nil, place: .worker,
        runner: { request, run, plugin in
          do {
            let process = try WorkerProcess(
              WorkerProcess.Start(
                executable: worker,
                arguments: { ["--unconfined", "yes", "--scratch", $0.path, "--library", plugin.path] },
                environment: { _ in
                  [
                    "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1",
                    "PATH": "/usr/bin",
                  ]
                }))
            let ready = Deadline(seconds: 20)
            _ = try process.frame { ready.isPast }
            if case .done = LibraryService(process, run).serve(request) {
            } else if run.problem == nil {
              run.fail(.workerEnded(request.analysis, process.terminate(grace: 500)))
            }
            process.terminate()
            said.lines.withLock { $0 += process.errors.takeRest() }
          } catch {
            run.fail(.misuse("the sanitized worker did not start: \(error)"))
          }
          return run.status
        })
      let rows: [[String: Cell]] = (0..<300).map { ["name": .text("row \($0)"), "type": key("state")] }
      let result = Result { () throws(PluginProblem) in
        try PluginHost.run(
          InstalledAnalysis(description: manifest.analyses[0], plugin: plugin), arguments: [:],
          relations: FixtureRelations(rows: ["entities": rows]), limits: PluginLimits(seconds: seconds))
      }
      return (result, said.lines.withLock { $0 })
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
        "static entente_cell none[1000]; row[0] = (entente_cell){ENTENTE_LIST, 0, {.list = {none, 1000}}}; entente_column any = {TEXT(\"a\"), ENTENTE_LIST, 0}; host->columns(call, &any, 1); return host->emit(call, row, 1);",
        "row[0] = (entente_cell){ENTENTE_DATE, 0, {.date = {TEXT(\"2026\"), INT64_MIN, INT64_MAX}}}; entente_column any = {TEXT(\"a\"), ENTENTE_DATE, 0}; host->columns(call, &any, 1); return host->emit(call, row, 1);",
        "\(reading) if ((s = host->open(call, &query, &cursor))) return s; host->columns(call, columns, 1); while (!(s = host->next(call, cursor, &cells, &rows)) && rows) for (uint64_t i = 0; i < rows; i++) if ((s = host->emit(call, cells + 2 * i, 1))) return s; host->close(call, cursor); host->close(call, cursor); return s;",
        "\(reading) for (int i = 0; i < 50; i++) if ((s = host->open(call, &query, &cursor)) || (s = host->next(call, cursor, &cells, &rows))) return s; \(emitting)",
        "\(reading) query.column_count = 5000; return host->open(call, &query, &cursor);",
        "\(reading) query.filters = NULL; return host->open(call, &query, &cursor);",
        "\(reading) query.size = 8; return host->open(call, &query, &cursor);",
        "\(reading) wanted.value.text.length = UINT64_MAX; return host->open(call, &query, &cursor);",
        "host->columns(call, columns, 2); for (int i = 0; i < 20000; i++) { int32_t s = host->emit(call, row, 1); if (s) return s; } return 0;",
      ])
    func worker(body: String) throws {
      let (result, lines) = try run(body)
      #expect(!lines.contains { $0.contains("Sanitizer") || $0.contains("runtime error") }, "\(lines)")
      if let problem = result.failure { #expect(problem.code != "plugin-crashed", "\(problem) \(lines)") }
    }

    @Test("the worker is sound, whatever a library says without end", arguments: HoldingUp.endless.dropLast())
    func endlessly(body: String) throws {
      let (result, lines) = try run(body + " return 2;", seconds: 1)
      #expect(result.failure?.code == "analysis-deadline", "\(result)")
      #expect(!lines.contains { $0.contains("Sanitizer") || $0.contains("runtime error") }, "\(lines)")
    }

    @Test("the sanitizers look on: what a library does wrong in the worker is found")
    func lookOn() throws {
      // The library is no part of ours; that the memory behind what it has is watched shows that the worker is built so.
      let (result, lines) = try run(
        "char *four = malloc(4); memset(four, 1, (size_t)request->size); free(four); \(Self.emitting)")
      #expect(
        result.failure?.code == "plugin-crashed" && lines.contains { $0.contains("AddressSanitizer") },
        "\(result) \(lines)")
    }

    @Test("what reads cells and lines is sound for the kept corpus, and for what becomes of it by chance")
    func transport() throws {
      let folder = try Self.folder.get()
      let driver = Self.sources + "/../Tests/Support/Fuzz/transport.c"
      let program = folder.path + "/transport"
      let parts = ["cells", "check", "json"].map { Self.sources + "/CPluginTransport/\($0).c" }
      try Compiler.run(Self.flags + ["-DREPLAY", "-o", program, driver] + parts)
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
