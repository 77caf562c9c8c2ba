import Foundation
import Glibc
import PseudoTerminal
import Testing

@Suite("Signals at the prompt")
struct SignalTests {
  /// Presses Ctrl-C until it is heard: nothing on the screen tells when a command has begun.
  private func interrupt(_ repl: Repl, until words: String) throws {
    let heard = (0..<30).contains { _ in
      repl.terminal.send("\u{3}")
      let answered: ()? = try? repl.terminal.waitFor("the interruption", timeout: .milliseconds(300)) {
        $0.text.contains(words) && $0.cursorLine.hasPrefix("entente") && $0.cursorLine.hasSuffix(">")
      }
      return answered != nil
    }
    #expect(heard, "\(repl.text)")
  }

  @Test("Ctrl-C stops a query within 100 ms, the quickest of five, and says that nothing was changed")
  func query() throws {
    let repl = try Repl()
    // The machine may have other work at any one time.
    var quickest = Duration.seconds(1_000)
    for _ in 1...5 where quickest >= .milliseconds(100) {
      try repl.enter("count initiatives")
      repl.terminal.send("sql SELECT count(*) FROM statements a, statements b, statements c, statements d\r")
      // Its progress line says that it runs.
      try repl.terminal.waitFor("the progress line") { $0.cursorLine.hasPrefix("working, ") }
      let start = ContinuousClock.now
      let told = repl.screen.transcript.count { $0.contains("interrupted: the command changed nothing") }
      try repl.type("\u{3}", until: "the prompt") {
        $0.cursorLine == "entente>"
          && $0.transcript.count { $0.contains("interrupted: the command changed nothing") } > told
      }
      quickest = min(quickest, ContinuousClock.now - start)
    }
    #expect(quickest < .milliseconds(100))
    #expect(!repl.text.contains("working,"))
    try repl.enter("count initiatives")
    #expect(repl.text.contains("(1 row)"))
  }

  @Test("Ctrl-C stops a script between its commands, and all of it is taken back")
  func script() throws {
    let repl = try Repl()
    let lines = (1...200_000).map { "add person made-\($0)" }.joined(separator: "\n")
    _ = try repl.program.write(lines, to: "long.ent")
    repl.terminal.send(".read long.ent\r")
    try repl.terminal.waitFor("the progress line", timeout: .seconds(30)) {
      $0.cursorLine.hasPrefix("long.ent: ") && $0.cursorLine.contains(" left, Ctrl-C stops it")
    }
    try interrupt(repl, until: "interrupted: the command changed nothing")
    try repl.enter("show made-1")
    #expect(repl.text.contains("there is nothing called made-1"))
  }

  @Test("Ctrl-C stops an import, and none of its rows is kept")
  func imported() throws {
    let repl = try Repl()
    let rows = (1...300_000).map { "made-\($0),Person \($0)" }.joined(separator: "\n")
    _ = try repl.program.write("key,name\n" + rows + "\n", to: "people.csv")
    repl.terminal.send("import \"people.csv\" citing clash { add person $key \"$name\" }\r")
    try repl.terminal.waitFor("the progress line", timeout: .seconds(30)) {
      $0.cursorLine.hasPrefix("people.csv: ") && $0.cursorLine.contains("left")
    }
    let start = ContinuousClock.now
    try interrupt(repl, until: "interrupted: the command changed nothing")
    #expect(ContinuousClock.now - start < .seconds(2))
    try repl.enter("show made-1")
    #expect(repl.text.contains("there is nothing called made-1"))
  }

  @Test("in an open transaction Ctrl-C leaves what was done before")
  func openTransaction() throws {
    let repl = try Repl()
    try repl.enter("begin", after: "entente*>")
    try repl.enter("add person kept-one", prompt: "entente*>")
    repl.terminal.send("sql SELECT count(*) FROM statements a, statements b, statements c, statements d\r")
    try repl.terminal.waitFor("the progress line") { $0.cursorLine.hasPrefix("working, ") }
    try interrupt(repl, until: "the transaction is still open")
    try repl.enter("commit", prompt: "entente*>", after: "entente>")
    try repl.enter("show kept-one")
    #expect(!repl.text.contains("there is nothing called"))
  }

  @Test("Ctrl-C stops a long output")
  func output() throws {
    let repl = try Repl(environment: ["PAGER": ""])
    repl.terminal.send(
      "sql WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n\r"
    )
    try repl.terminal.waitFor("output", timeout: .seconds(20)) { $0.scrolledOff.count > 500 }
    try interrupt(repl, until: "interrupted")
  }

  @Test(
    "SIGTERM and SIGHUP in the middle of a line restore the terminal and keep what was typed before",
    arguments: [SIGTERM, SIGHUP])
  func terminated(signal: Int32) throws {
    let repl = try Repl()
    try repl.enter("add person kept-one")
    try repl.enter("begin", after: "entente*>")
    try repl.type("show for", until: "the line") { $0.cursorLine == "entente*> show for" }
    repl.terminal.kill(signal)
    #expect(try repl.terminal.waitForExit() == .exited(128 + signal))
    #expect(repl.terminal.modes == (echoes: true, isCanonical: true, hasSignals: true))
    #expect(!repl.screen.bracketedPaste)
    #expect(repl.text.contains("the open transaction was rolled back"))
    #expect(try repl.history() == ["add person kept-one", "begin"])
    let next = try Repl(repl.program)
    try next.enter("show kept-one")
    #expect(next.text.contains("kept-one"))
  }

  @Test("after kill −9 in the middle of a line the next session has the history, and the registry is whole")
  func killed() throws {
    let program = try Program()
    defer { program.remove() }
    let repl = try Repl(program)
    try repl.enter("add person kept-one")
    try repl.type("add person lost-", until: "the line") { $0.cursorLine.hasSuffix("lost-") }
    repl.terminal.kill(SIGKILL)
    #expect(try repl.terminal.waitForExit() == .signalled(SIGKILL))
    let next = try Repl(program)
    try next.type("\u{1B}[A", until: "the recall") { $0.cursorLine == "entente> add person kept-one" }
    try next.type("\u{3}", until: "the prompt") { $0.cursorLine == "entente>" }
    try next.enter("show kept-one.name")
    try next.enter("check")
    #expect(next.text.contains("ok"))
  }

  @Test("Ctrl-Z stops the program, fg brings it back with its line, and the shell's terminal is as it was")
  func suspended() throws {
    let program = try Program()
    defer { program.remove() }
    let shell = try PseudoTerminal(
      executable: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
      environment: program.environment(["TERM": "xterm-256color", "PS1": "shell> "]),
      size: (columns: 100, rows: 40))
    try shell.waitFor("the shell") { $0.cursorLine == "shell>" }
    shell.send("\(try Program.path) --registry \(program.registry)\r")
    try shell.waitFor("the prompt") { $0.cursorLine == "entente>" }
    shell.send("show for")
    try shell.waitFor("the line") { $0.cursorLine == "entente> show for" }
    shell.send("\u{1A}")
    try shell.waitFor("the shell") { $0.cursorLine == "shell>" }
    shell.send("echo $((6 * 7))\r")
    try shell.waitFor("an echo") { $0.lines.contains("42") }
    shell.send("fg\r")
    try shell.waitFor("the line again") { $0.cursorLine == "entente> show for" }
    shell.send("ge.chair\r")
    try shell.waitFor("the answer") { $0.text.contains("KOR") && $0.cursorLine == "entente>" }
    shell.send("\u{4}")
    try shell.waitFor("the shell") { $0.cursorLine == "shell>" }
  }

  @Test("a window that is resized while a line is typed shows it once")
  func resized() throws {
    let repl = try Repl(columns: 80)
    try repl.type("list initiatives where member = japan", until: "the line") {
      $0.cursorLine.hasSuffix("japan")
    }
    repl.terminal.resize(columns: 60, rows: 20)
    try repl.type(" limit 1", until: "the line") {
      $0.cursorLine == "entente> list initiatives where member = japan limit 1"
    }
    #expect(repl.screen.lines.count { $0.contains("list initiatives where") } == 1)
  }
}
