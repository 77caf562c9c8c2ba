import Foundation
import Glibc
import PseudoTerminal
import TestRegistry
import Testing

/// Programs that misbehave, seen from a session and from a script.
@Suite("Hostile programs", .serialized)
struct HostilePluginTests {
  private let program: Program

  init() throws { program = try Program() }

  /// Writes a plugin in Python without the SDK, whose lines are those of a run.
  private func install(_ body: String, start: String = "") throws {
    let folder = program.home.appending(path: "hostile")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let manifest =
      #"{"contract": 1, "name": "hostile", "version": "1", "summary": "s", "analyses": [{"name": "hostile", "summary": "s", "columns": [{"name": "a", "type": "text", "summary": "s"}, {"name": "b", "type": "decimal", "summary": "s"}]}]}"#
    try """
    import json, os, sys, time, socket  # entente_plugin
    def say(**line): print(json.dumps(line), flush=True)
    def columns(): say(columns=[{"name": "a", "type": "text"}, {"name": "b", "type": "decimal"}])
    \(start)
    say(entente=1, manifest=json.loads('''\(manifest)'''))
    for line in sys.stdin:
        request = json.loads(line).get("run")
        if not request: continue
        \(body.replacing("\n", with: "\n    "))
    """.write(to: folder.appending(path: "hostile.py"), atomically: true, encoding: .utf8)
    try #"{"program": "hostile.py", \#(manifest.dropFirst())"#.write(
      to: folder.appending(path: "hostile.entente-plugin.json"), atomically: true, encoding: .utf8)
  }

  private var options: [String] {
    ["--registry", program.registry, "--plugin-path", program.home.appending(path: "hostile").path]
  }

  @Test(
    "each ends with a clear message, status 5, and a session that lives on",
    arguments: [
      ("sys.exit(0)", "ended with status 0"), ("os._exit(7)", "ended with status 7"),
      ("os.kill(os.getpid(), 11)", "SIGSEGV"), ("raise ValueError('oh')", "ended with status 1"),
      ("print('hello', flush=True)", "no JSON object"), ("say(nonsense=1)", "asks for nothing known"),
      ("say(emit=[['x', 1]])", "before it said its columns"),
      ("columns(); say(emit=[['x']])", "row 1 has not the 2 cells"),
      ("columns(); say(emit=[['x', 1], [1, 1]])", "row 2, column `a`: a cell of type integer"),
      ("columns(); say(emit=[['x', 'one']])", "`one` is no decimal"),
      ("columns(); say(columns=[])", "twice"), ("say(columns=[])", "0 columns"),
      ("say(columns=[{'name': 'a', 'type': 'colour'}])", "known type"),
      ("say(open={'relation': 'nonsense', 'columns': ['a']})", "no relation `nonsense`"),
      ("say(open={'relation': 'entities', 'columns': ['colour']})", "no column `colour`"),
      ("say(next=99)", "cursor that is closed"), ("say(note=7)", "note that is no UTF-8"),
      ("say(done=True)", "without saying the columns"),
      ("say(fail={'code': 'too-few', 'message': 'one member', 'hint': 'name two'})", "one member"),
      ("sys.stdout.write('{' * 100000 + '\\n'); sys.stdout.flush()", "no JSON object"),
      ("sys.stdout.buffer.write(b'{\"note\": \"\\xff\"}\\n'); sys.stdout.flush()", "no JSON object"),
      ("socket.socket()", "ended with status 1"), ("os.fork()", "ended with status 1"),
      ("open('/tmp/escaped', 'w')", "ended with status 1"),
      ("open(os.path.expanduser('~root/x'))", "status 1"),
    ])
  func cases(body: String, words: String) throws {
    defer { program.remove() }
    try install(body)
    let script = try program.run(options + ["-c", "hostile", "-c", "count initiatives"])
    #expect(script.status == 5 && script.output.isEmpty, "\(script)")
    #expect(script.errors.contains(words), "\(script.errors)")
    #expect(script.errors.contains("hostile"))
    let session = try program.run(options + ["--keep-going"], input: "hostile\ncount initiatives\n")
    #expect(session.output.contains("ever\ttoday\n"))
    #expect(!FileManager.default.fileExists(atPath: "/tmp/escaped"))
  }

  @Test(
    "what prints and hangs is ended in time; a start that hangs is no matter to a session that does not ask")
  func hanging() throws {
    defer { program.remove() }
    try install("columns(); say(emit=[['x', 1]]); time.sleep(100)")
    let late = try program.run(options + ["--plugin-seconds", "0.5", "-c", "hostile"])
    #expect(late.status == 5 && late.errors.contains("longer than 0.5 seconds"))
    #expect(late.errors.contains("--plugin-seconds") && late.output.isEmpty)
    try install("pass", start: "time.sleep(100)")
    let start = Date()
    #expect(try program.run(options + ["-c", "count initiatives", "-c", "plugin list"]).status == 0)
    #expect(Date().timeIntervalSince(start) < 5)
  }

  /// What a program says without end.
  private static let endless = [
    "while True: say(log='on and on')", "while True: say(close=7)", "while True: say(progress=0.5)",
    """
    say(open={"relation": "statements", "columns": ["id", "value", "quote"[:0] or "unit"]})
    while True: say(next=1)
    """,
    "while True: time.sleep(0.003); sys.stdout.write('x'); sys.stdout.flush()",
  ]

  @Test("what a program says without end has an end at the deadline", arguments: endless)
  func endlessly(body: String) throws {
    defer { program.remove() }
    try install(body)
    let start = Date()
    let late = try program.run(options + ["--plugin-seconds", "0.5", "-c", "hostile"])
    #expect(late.status == 5 && late.errors.contains("longer than 0.5 seconds"), "\(late)")
    #expect(Date().timeIntervalSince(start) < 5)
  }

  @Test("a line without an end is refused")
  func longLine() throws {
    defer { program.remove() }
    try install("while True: sys.stdout.write('x' * 100000)")
    let endless = try program.run(options + ["-c", "hostile"])
    #expect(endless.status == 5 && endless.errors.contains("a line of more than 64 MB"), "\(endless)")
  }

  @Test(
    "a line that would take the host more than its size is refused",
    .disabled(if: Program.watchedWorker != nil, "where memory is limited, AddressSanitizer cannot start"))
  func wideLine() throws {
    defer { program.remove() }
    // 20 million cells of two bytes, which are no row: the host keeps the line and nothing beside it.
    try install(
      "columns(); sys.stdout.write('{\"emit\":[[' + '1,' * 20000000 + '1]]}\\n'); sys.stdout.flush()")
    let wide = try program.run(
      options + ["-c", "hostile"],
      behind: ["/bin/bash", "-c", "ulimit -v 1500000; exec \"$@\"", "bash"])
    #expect(wide.status == 5 && wide.errors.contains("row 1 has not the 2 cells"), "\(wide)")
  }

  @Test("a line asks for one thing, and a cursor is the number that was given")
  func oneThing() throws {
    defer { program.remove() }
    try install("say(note='x', log='y')")
    #expect(try program.run(options + ["-c", "hostile"]).errors.contains("several things: note, log"))
    try install(
      """
      say(open={"relation": "entities", "columns": ["key"]})
      say(next=json.loads(sys.stdin.readline())["cursor"] + 2 ** 32)
      """)
    #expect(try program.run(options + ["-c", "hostile"]).errors.contains("cursor that is closed"))
  }

  @Test(
    "a start that does not end is ended by Ctrl-C, wherever it is asked for",
    arguments: ["install", "doctor", "info", "test"])
  func startInterrupted(command: String) throws {
    defer { program.remove() }
    try install("pass", start: "while True: time.sleep(0.003); sys.stdout.write('x'); sys.stdout.flush()")
    let path = program.home.appending(path: "hostile/hostile.py").path
    let process = try program.process(["--registry", program.registry, "-c", "plugin \(command) \"\(path)\""])
    // The tests may run where Ctrl-C is ignored.
    process.arguments = ["--default-signal=INT", try Program.path] + (process.arguments ?? [])
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    _ = wait(seconds: 10) { Self.children(of: process.processIdentifier).first }
    usleep(300_000)
    let start = Date()
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(Date().timeIntervalSince(start) < 3)
  }

  @Test(
    "a script that keeps going ends with 5 where a plugin failed",
    arguments: ["hostile", "plugin test hostile"])
  func keepGoing(command: String) throws {
    defer { program.remove() }
    try install("sys.exit(3)")
    let outcome = try program.run(options + ["--keep-going"], input: "\(command)\ncount initiatives\n")
    #expect(outcome.status == 5, "\(outcome)")
  }

  @Test("Ctrl-C ends an analysis, its rows are shown as partial, and the session lives on")
  func interrupt() throws {
    defer { program.remove() }
    try install("columns(); say(emit=[['rows so far', 1]]); time.sleep(100)")
    let terminal = try program.start(["--plugin-path", program.home.appending(path: "hostile").path])
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    terminal.send("hostile\r")
    usleep(700_000)
    terminal.send("\u{3}")
    try terminal.waitFor("the partial rows") { screen in
      screen.transcript.contains { $0.contains("hostile, partial") }
        && screen.transcript.contains { $0.contains("rows so far") }
        && screen.transcript.contains { $0.contains("cancelled") } && screen.cursorLine == "entente>"
    }
    terminal.send("count initiatives\r")
    try terminal.waitFor("an answer") { $0.transcript.contains { $0.contains("(1 row)") } }
    terminal.terminate()
  }

  @Test("what a plugin says of its progress is one line of the terminal, which is taken away again")
  func progressLines() throws {
    defer { program.remove() }
    try install(
      """
      columns()
      for i in range(30): say(progress=0.5, message="first\\nsecond line\\r\\x1b[2Jthird"); time.sleep(0.1)
      say(emit=[['x', 1]]); say(done=True)
      """)
    let terminal = try program.start(["--plugin-path", program.home.appending(path: "hostile").path])
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    terminal.send("hostile\r")
    try terminal.waitFor("the progress") { $0.transcript.contains { $0.contains("first") } }
    try terminal.waitFor("the rows") { screen in
      screen.transcript.contains { $0.contains("(1 row)") } && screen.cursorLine == "entente>"
        && !screen.transcript.contains { line in
          ["first", "second line", "third"].contains(where: line.contains)
        }
    }
    terminal.terminate()
  }

  @Test("where the program is killed, its worker goes too")
  func orphans() throws {
    defer { program.remove() }
    try install("columns(); say(emit=[['x', 1]])\nwhile True: pass")
    let process = try program.process(options + ["-c", "hostile"])
    process.standardError = FileHandle.nullDevice
    try process.run()
    let worker = try #require(wait(seconds: 10) { Self.children(of: process.processIdentifier).first })
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(wait(seconds: 5) { kill(worker, 0) != 0 ? true : nil } == true)
  }

  private static func children(of process: pid_t) -> [pid_t] {
    let file = "/proc/\(process)/task/\(process)/children"
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { pid_t($0) }
  }

  private func wait<Result>(seconds: Double, for body: () -> Result?) -> Result? {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if let result = body() { return result }
      usleep(20_000)
    }
    return nil
  }

  @Test("a worker reads what the session sees: the open transaction's changes, and the times asked for")
  func snapshot() throws {
    defer { program.remove() }
    try install(
      """
      say(open={"relation": "memberships", "columns": ["initiative", "member", "certainty"], "where": {"member": ["ZZZ"]}})
      cursor = json.loads(sys.stdin.readline())["cursor"]
      columns()
      while True:
          say(next=cursor)
          rows = json.loads(sys.stdin.readline())["rows"]
          if not rows: break
          say(emit=[[f"{row[0]} {row[2]}", len(rows)] for row in rows])
      say(done=True)
      """)
    let outcome = try program.run(
      options + ["--keep-going"],
      input: """
        hostile
        begin
        add state ZZZ "Zedland"
        claim forge.member = ZZZ from 2026-03
        hostile
        hostile on 2026-03-15
        hostile on 2026-02-01
        rollback
        hostile
        """)
    #expect(
      outcome.output == "a\tb\na\tb\nforge None\t1\na\tb\nforge possibly\t1\na\tb\na\tb\n", "\(outcome)")
    #expect(outcome.errors.contains("with the changes of the open transaction"))
  }
}
