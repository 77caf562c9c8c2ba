import Foundation
import Glibc
import RegistryModel
import Testing

@testable import PluginHost

/// What plugins do to their host. Each case has a clear message, and the host goes on.
extension PluginHostTests {
  @Suite("Hostile plugins") struct Hostile {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static let emitting =
      "if (host->columns(call, columns, 2)) return 2; return host->emit(call, row, 1);"

    private func run(
      _ analysis: InstalledAnalysis, limits: PluginLimits = PluginLimits(),
      cancellation: @escaping () -> Bool = { false }
    ) -> Result<ResultTable, PluginProblem> {
      Result { () throws(PluginProblem) in
        try PluginHost.run(
          analysis, arguments: [:], relations: FixtureRelations(), limits: limits, cancellation: cancellation)
      }
    }

    @Test(
      "a crash in a worker is told, and the next run has a new worker",
      arguments: [
        ("raise(SIGSEGV);", "SIGSEGV"), ("abort();", "SIGABRT"), ("__builtin_trap();", "SIG"),
        ("exit(0);", "status 0"), ("_exit(3);", "status 3"), ("raise(SIGKILL);", "SIGKILL"),
        ("volatile int *nowhere = 0; *nowhere = 1;", "SIG"), ("close(3);", "status 0"),
        ("char nonsense[64] = {0}; write(3, nonsense, 64);", "closed the line"),
      ])
    func crash(body: String, words: String) throws {
      let file = directory.path + "/crashes"
      _ = try directory.write(Data(), to: "crashes")
      let text = "if (access(\"\(file)\", F_OK) == 0) { \(body) } \(Self.emitting)"
      let analysis = try CPlugin(run: text).analysis(in: directory, .worker)
      let problem = try #require(run(analysis).failure)
      #expect(problem.code == "plugin-crashed")
      #expect(problem.message.contains(words), "\(problem.message)")
      try FileManager.default.removeItem(atPath: file)
      #expect(try run(analysis).get().rows.count == 1)
    }

    @Test(
      "what never returns is ended at its deadline, and its rows are marked as partial",
      arguments: [
        "sleep(100);", "for (;;) {}", "signal(SIGUSR1, SIG_IGN); signal(SIGTERM, SIG_IGN); for (;;) pause();",
        "while (1) host->progress(call, 0.5, TEXT(\"on and on\"));",
      ])
    func deadline(body: String) throws {
      let text =
        "host->columns(call, columns, 2); host->emit(call, row, 1); host->note(call, TEXT(\"so far\")); \(body) return 2;"
      let analysis = try CPlugin(run: text).analysis(in: directory, .worker)
      let start = DispatchTime.now()
      let problem = try #require(run(analysis, limits: PluginLimits(seconds: 0.4)).failure)
      #expect(problem.code == "analysis-deadline")
      #expect(problem.message.contains("0.4 seconds"))
      #expect(DispatchTime.now() < start + 5)
      let partial = try #require(problem.partial)
      #expect(partial.title == "probe, partial" && partial.rows.count == 1)
      #expect(partial.notes.contains { $0.hasPrefix("partial: 1 row") })
    }

    @Test("in the program, a run that asks ends at its deadline")
    func deadlineInProcess() throws {
      let text = "host->columns(call, columns, 2); while (!host->emit(call, row, 1)) usleep(100); return 1;"
      let analysis = try CPlugin(run: text).analysis(in: directory, .inProcess)
      let problem = try #require(run(analysis, limits: PluginLimits(seconds: 0.2)).failure)
      #expect(problem.code == "analysis-deadline" && problem.partial != nil)
    }

    @Test("a worker that ended while it waited is replaced without a word")
    func replaced() throws {
      // Ends by itself some time after the run.
      let analysis = try CPlugin(run: "ualarm(50000, 0); \(Self.emitting)").analysis(in: directory, .worker)
      #expect(try run(analysis).get().rows.count == 1)
      usleep(200_000)
      #expect(try run(analysis).get().rows.count == 1)
    }

    @Test("what never returns is ended when the user wants it")
    func cancelled() throws {
      let analysis = try CPlugin(run: "for (;;) {} return 0;").analysis(in: directory, .worker)
      let wanted = DispatchTime.now() + 0.2
      let problem = try #require(run(analysis) { DispatchTime.now() > wanted }.failure)
      #expect(problem.isCancellation)
    }

    @Test("a plugin that listens when it is cancelled returns by itself")
    func listening() throws {
      let text = "while (!host->progress(call, -1, TEXT(\"\"))) usleep(1000); return 1;"
      let analysis = try CPlugin(run: text).analysis(in: directory, .worker)
      let wanted = DispatchTime.now() + 0.1
      #expect(run(analysis) { DispatchTime.now() > wanted }.failure?.isCancellation == true)
    }

    @Test("a plugin that hangs while it starts does not hold up the host for ever, nor one that crashes then")
    func hangingStart() throws {
      let crashing = try CPlugin(start: "raise(SIGSEGV);").analysis(in: directory, .worker)
      let problem = try #require(run(crashing).failure)
      #expect(problem.code == "plugin-start-failed")
      #expect(problem.message.contains("SIGSEGV"))
      let other = try TemporaryDirectory()
      let hanging = try CPlugin(start: "sleep(100);").analysis(in: other, .worker)
      let wanted = DispatchTime.now() + 0.2
      #expect(run(hanging) { DispatchTime.now() > wanted }.failure?.isCancellation == true)
    }

    @Test(
      "memory without end is refused at the limit, and the message says how to allow more",
      .disabled(
        if: SanitizedWorker.isEverywhere, "a worker that AddressSanitizer watches has no limit of memory"))
    func memory() throws {
      let text = "for (;;) { char *more = malloc(1 << 20); memset(more, 1, 1 << 20); }"
      let analysis = try CPlugin(run: text).analysis(in: directory, .worker)
      let problem = try #require(run(analysis, limits: PluginLimits(memory: 128 << 20)).failure)
      #expect(problem.code == "plugin-crashed")
      #expect(problem.message.contains("128 MB"), "\(problem.message)")
      #expect(problem.help?.contains("--plugin-memory") == true)
    }

    @Test("ten million rows end at the limit of rows", arguments: [Plugin.Place.inProcess, .worker])
    func rows(place: Plugin.Place) throws {
      let text =
        "host->columns(call, columns, 2); int32_t s = 0; for (int i = 0; i < 10000000 && !s; i++) s = host->emit(call, row, 1); return s;"
      let analysis = try CPlugin(run: text).analysis(in: directory, place)
      let problem = try #require(run(analysis, limits: PluginLimits(rows: 200_000)).failure)
      #expect(problem.code == "plugin-limit")
      #expect(problem.message.contains("200000"))
    }

    @Test("what a plugin in a worker prints lands in no result")
    func printing() throws {
      let text = "printf(\"polluted\"); fflush(stdout); write(1, \"polluted\", 8); \(Self.emitting)"
      #expect(
        try run(CPlugin(run: text).analysis(in: directory, .worker)).get().rows == [[.text("x"), .real(1.5)]])
    }

    @Test(
      "a thousand runs leave no process, no descriptor, no folder and no memory behind",
      .timeLimit(.minutes(20)))
    func thousandRuns() throws {
      // The plugin forgets 100 kB at each run.
      let text = "memset(malloc(100000), 1, 100000); \(Self.emitting)"
      let analysis = try CPlugin(run: text).analysis(in: directory, .worker)
      for _ in 0..<200 { #expect(try run(analysis).get().rows.count == 1) }
      let before = Self.footprint()
      for _ in 0..<1000 { #expect(try run(analysis).get().rows.count == 1) }
      let after = Self.footprint()
      #expect(after.descriptors <= before.descriptors)
      #expect(after.memory < before.memory + 8 << 20, "\(before.memory) to \(after.memory) bytes")
      analysis.plugin.workers.drain()
      #expect(!analysis.plugin.workers.isWaiting)
    }

    private static func footprint() -> (descriptors: Int, memory: Int) {
      let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
      let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
      return (open, (pages.flatMap { Int($0[1]) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))))
    }
  }
}
