import Foundation
import Glibc
import PseudoTerminal

/// What `make bench` measures: each row beside a named peer in the same run, as a ratio. Medians, on a registry that the
/// Seed fills in a folder of its own.
@main
struct Benchmarks {
  /// How much could not be measured.
  private final class Failures { var count = 0 }

  let program: String
  let folder: URL
  let results: Results
  private let failures = Failures()
  var registry: String { folder.appending(path: "registry.entente").path }

  static func main() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "entente-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let kept = ProcessInfo.processInfo.environment["ENTENTE_BENCH_RESULTS"].map { URL(filePath: $0) }
    let results = Results(file: kept)
    let program = try PseudoTerminal.executable(named: "entente")
    let benchmarks = Benchmarks(program: program, folder: folder, results: results)
    // A server alone, where that is asked for.
    if ProcessInfo.processInfo.environment["ENTENTE_BENCH_SERVER"] != nil {
      benchmarks.attempt("a server") {
        try ServerBenchmarks(
          program: program, folder: folder, results: results, environment: benchmarks.environment
        ).run()
      }
      try results.save()
      try? FileManager.default.removeItem(at: folder)
      exit(benchmarks.failures.count > 0 ? 1 : 0)
    }
    // Where sizes are asked for, nothing else is.
    if ProcessInfo.processInfo.environment["ENTENTE_BENCH_SIZES"] == nil { benchmarks.run() }
    let scale = Scale(
      program: program, folder: folder, results: results, environment: benchmarks.environment)
    benchmarks.attempt("registries of growing size") { try scale.run() }
    try results.save()
    guard benchmarks.failures.count > 0 else { return }
    try? FileManager.default.removeItem(at: folder)
    exit(1)
  }

  private func run() {
    attempt("the Seed") { try runOnSeed() }
    attempt("a long script") {
      try ScriptBenchmarks(program: program, folder: folder, results: results, environment: environment).run()
    }
    attempt("two desks") {
      try UnitingBenchmarks(program: program, folder: folder, results: results, environment: environment)
        .run()
    }
    attempt("a server") {
      try ServerBenchmarks(program: program, folder: folder, results: results, environment: environment).run()
    }
    attempt("plugins") {
      try PluginBenchmarks(program: program, folder: folder, results: results, spawn: spawn).run()
    }
    attempt("Membership") {
      try MembershipBenchmarks(program: program, folder: folder, results: results, environment: environment)
        .run()
    }
    attempt("Network") {
      try NetworkBenchmarks(program: program, folder: folder, results: results, environment: environment)
        .run()
    }
  }

  /// Measures one thing; where that fails it is said, and the others are measured all the same.
  private func attempt(_ what: String, _ body: () throws -> Void) {
    do { try body() } catch {
      failures.count += 1
      FileHandle.standardError.write(Data("\(what) could not be measured: \(error)\n".utf8))
    }
  }

  private func runOnSeed() throws {
    let fill = try milliseconds {
      try spawn(program, ["--registry", registry, "--new", "-c", "count initiatives"])
    }
    report("fill a new registry from the Seed", fill, nil)
    // The peer answers the same question from the same file.
    let query =
      "SELECT count(*) FROM entity_now WHERE type IN ('agreement', 'project', 'partnership', 'plan', 'fund', 'initiative')"
    report(
      "count initiatives, whole process",
      try median(41) { try spawn(program, ["--registry", registry, "-c", "count initiatives"]) },
      ("sqlite3", try median(41) { try spawn("/usr/bin/sqlite3", [registry, query]) }))
    report(
      "count initiatives, whole process, without plugins",
      try median(41) {
        try spawn(program, ["--registry", registry, "--no-plugins", "-c", "count initiatives"])
      }, nil)
    try reportPrompts()
    for command in [
      "show forge", "why forge.chair", "list initiatives where member = japan",
      "list initiatives where member = japan including groups",
      "list initiatives where member = japan published by 2026-01-12", "find \"price floor\"",
    ] {
      report(command, try answer(command), nil)
    }
    try reportMemory()
    try reportCompletion()
  }

  func report(_ row: String, _ own: Double, _ peer: (name: String, value: Double)?, unit: String = "ms") {
    results.add(row, own, peer, unit: unit)
  }

  func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000_000
  }

  func median(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<count { times.append(try milliseconds(body)) }
    return times.sorted()[count / 2]
  }

  func spawn(_ path: String, _ arguments: [String]) throws {
    _ = try runToEnd(path, arguments, environment: environment)
  }

  var environment: [String: String] {
    [
      "HOME": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color",
      "USER": "bench",
      // An answer may be longer than the screen.
      "PAGER": "",
    ]
  }

  /// From Enter to the next prompt, in a session that has answered before.
  private func answer(_ command: String) throws -> Double {
    let terminal = try PseudoTerminal(
      executable: program, arguments: ["--registry", registry], environment: environment,
      size: (columns: 120, rows: 50))
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    var asked = 0
    return try median(15) {
      asked += 1
      terminal.send(command + "\r")
      try terminal.waitFor("the answer") {
        $0.cursorLine == "entente>" && $0.transcript.filter { $0 == "entente> \(command)" }.count == asked
      }
    }
  }
}
