import Foundation
import PseudoTerminal

/// What stands between a user and an answer: the start, the memory of a session that waits, and the Tab key.
extension Benchmarks {
  /// A shell to compare with, and how its prompt is known.
  private struct Shell {
    var name: String
    var path: String
    var arguments: [String]
    var isPrompt: (String) -> Bool
  }

  /// The others on a database of their own or on the registry's file, which is one of SQLite. DuckDB and litecli are
  /// looked for where `make bench` puts them.
  private var shells: [Shell] {
    let peers = URL(filePath: ProcessInfo.processInfo.environment["ENTENTE_BENCH_PEERS"] ?? "/nowhere")
    let packages =
      (try? FileManager.default.contentsOfDirectory(atPath: peers.appending(path: "lib").path)) ?? []
    let duckdb = packages.first.map { "lib/\($0)/site-packages/duckdb_cli/duckdb" } ?? "bin/duckdb"
    return [
      Shell(name: "sqlite3", path: "/usr/bin/sqlite3", arguments: ["-interactive", registry]) {
        $0.hasPrefix("sqlite>")
      },
      // The program itself, without the Python script that starts it, and without asking the terminal for its colours.
      Shell(name: "DuckDB", path: peers.appending(path: duckdb).path, arguments: ["-dark-mode"]) {
        $0.hasSuffix(" D")
      },
      Shell(name: "litecli", path: peers.appending(path: "bin/litecli").path, arguments: [registry]) {
        $0.hasSuffix(">")
      },
    ].filter { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  func reportPrompts() throws {
    let own = Shell(name: "entente", path: program, arguments: ["--registry", registry]) { $0 == "entente>" }
    let time = try prompt(own)
    for shell in shells { report("start to prompt", time, (shell.name, try prompt(shell))) }
  }

  func reportMemory() throws {
    let own = Shell(name: "entente", path: program, arguments: ["--registry", registry]) { $0 == "entente>" }
    let memory = try memory(own)
    for shell in shells {
      report("memory of an idle session", memory, (shell.name, try self.memory(shell)), unit: "MB")
    }
  }

  /// From the start of a program to its first prompt on the rendered screen.
  private func prompt(_ shell: Shell) throws -> Double {
    try median(15) { try start(shell).terminate() }
  }

  private func start(_ shell: Shell) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      executable: shell.path, arguments: shell.arguments, environment: environment,
      size: (columns: 160, rows: 50))
    try terminal.waitFor("the prompt") { shell.isPrompt($0.cursorLine) }
    return terminal
  }

  /// The resident memory of a session that waits at its prompt, in megabytes.
  private func memory(_ shell: Shell) throws -> Double {
    let terminal = try start(shell)
    let status = try String(contentsOfFile: "/proc/\(terminal.process)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
    return (line.flatMap { Double($0.filter(\.isNumber)) } ?? 0) / 1024
  }

  /// From the Tab key to what it offers, among a million entities more than the Seed's.
  func reportCompletion() throws {
    let large = folder.appending(path: "large.entente").path
    try FileManager.default.copyItem(atPath: registry, toPath: large)
    try spawn("/usr/bin/sqlite3", [large, Self.million])
    let terminal = try PseudoTerminal(
      executable: program, arguments: ["--registry", large], environment: environment,
      size: (columns: 120, rows: 60))
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    for (row, typed, offered) in [
      ("Tab, keys that begin so, among a million", "show kq-00", "kq-0000426"),
      (
        "Tab, a source, among a million", "show forge according to globalt",
        "entente> show forge according to globaltimes"
      ),
      ("Tab, a slip, among a million", "show qk-0001778", "kq-0001778"),
    ] {
      report(row, try tab(typed, offered, terminal), nil)
    }
  }

  /// The median of several presses, each behind a line typed anew.
  private func tab(_ typed: String, _ offered: String, _ terminal: PseudoTerminal) throws -> Double {
    var times: [Double] = []
    for _ in 0..<15 {
      terminal.send("\u{3}")
      try terminal.waitFor("an empty line") { $0.cursorLine == "entente>" }
      terminal.send(typed)
      try terminal.waitFor("the line") { $0.cursorLine == "entente> " + typed }
      let before = terminal.screen.transcript.count { $0.hasPrefix(offered) }
      times.append(
        try milliseconds {
          terminal.send("\t")
          try terminal.waitFor("what Tab offers") { $0.transcript.count { $0.hasPrefix(offered) } > before }
        })
    }
    return times.sorted()[times.count / 2]
  }

  /// Rows as the registry keeps them for keys and names.
  private static let million = """
    CREATE TEMP TABLE made AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
      SELECT 100000000 + i AS id, char(97 + i % 26, 97 + i / 26 % 26) || printf('-%07d', i) AS key
      FROM n;
    INSERT INTO entity_now(id, key, type, name) SELECT id, key, 'person', 'Person ' || key FROM made;
    INSERT INTO name(folded, place, entity, text) SELECT replace(key, '-', ' '), 0, id, key FROM made;
    INSERT INTO name(folded, place, entity, text)
      SELECT 'person ' || replace(key, '-', ' '), 1, id, 'Person ' || key FROM made;
    """
}
