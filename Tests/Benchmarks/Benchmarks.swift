import Foundation
import Glibc
import PseudoTerminal

/// What `make bench` measures: each row beside a named peer in the same run, as a ratio. Medians, on a registry that the
/// Seed fills in a folder of its own.
@main
struct Benchmarks {
  let program: String
  let folder: URL
  var registry: String { folder.appending(path: "registry.entente").path }

  static func main() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "entente-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Benchmarks(program: try PseudoTerminal.executable(named: "entente"), folder: folder).run()
  }

  private func run() throws {
    let fill = try milliseconds { try spawn(program, ["--registry", registry, "-c", "count initiatives"]) }
    print("row\tentente\tpeer\tpeer's name\tratio\tunit")
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
    try PluginBenchmarks(program: program, folder: folder, spawn: spawn).run()
  }

  func report(_ row: String, _ own: Double, _ peer: (name: String, value: Double)?, unit: String = "ms") {
    let ratio = peer.map { String(format: "%.1f", own / $0.value) } ?? ""
    let other = peer.map { String(format: "%.1f", $0.value) } ?? ""
    print("\(row)\t\(String(format: "%.1f", own))\t\(other)\t\(peer?.name ?? "")\t\(ratio)\t\(unit)")
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
    try runToEnd(path, arguments, environment: environment)
  }

  var environment: [String: String] {
    [
      "HOME": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color",
      "USER": "bench",
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

/// Runs a program to its end, without output. Foundation's Process notices an end only every 50 ms or so.
private func runToEnd(_ path: String, _ arguments: [String], environment: [String: String]) throws {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  var argv = ([path] + arguments).map { strdup($0) } + [nil]
  var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for pointer in argv + envp { free(pointer) } }
  var process: pid_t = 0
  var status: Int32 = 0
  guard posix_spawn(&process, path, &actions, nil, &argv, &envp) == 0,
    waitpid(process, &status, 0) == process,
    status == 0
  else { throw CocoaError(.executableNotLoadable) }
}
