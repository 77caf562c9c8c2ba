import Foundation
import PseudoTerminal
import TestRegistry
import Testing

@Suite("The REPL at a terminal", .serialized)
struct InteractiveTests {
  private let prompt = "entente>"

  private func atPrompt(_ terminal: PseudoTerminal) throws {
    try terminal.waitFor("an empty prompt") { $0.cursorLine == "entente>" && $0.cursor.column == 9 }
  }

  /// Types a statement and waits until it is answered and the prompt is there again.
  private func enter(
    _ statement: String, _ terminal: PseudoTerminal, prompt: String = "entente>", after: String? = nil
  ) throws {
    terminal.send(statement + "\r")
    let echo = "\(prompt) \(statement)"
    try terminal.waitFor("the answer to \(statement)") {
      $0.cursorLine == (after ?? prompt) && $0.transcript.contains(echo)
    }
  }

  @Test("greets, answers in a table that fits, and leaves by Ctrl-D")
  func session() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start(columns: 80)
    try atPrompt(terminal)
    #expect(terminal.screen.text.contains("help explains the commands"))
    try enter("list initiatives where succeeds = msp", terminal)
    #expect(terminal.screen.text.contains("forge"))
    #expect(terminal.screen.text.contains("(1 row)"))
    terminal.send("\u{4}")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test("an error shows its place and keeps the session")
  func error() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    try enter("shw forge", terminal)
    #expect(terminal.screen.text.contains("<input>:1:1: error:"))
    #expect(terminal.screen.text.contains("show"))
  }

  @Test("Ctrl-C drops the line and keeps the session")
  func interrupt() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    terminal.send("show nobody at all")
    try terminal.waitFor("the line") { $0.cursorLine.hasSuffix("at all") }
    terminal.send("\u{3}")
    try atPrompt(terminal)
    try enter("count initiatives", terminal)
    #expect(terminal.screen.text.contains("count"))
    #expect(!terminal.screen.text.contains("error"))
  }

  @Test("history is kept across starts")
  func history() throws {
    let program = try Program()
    defer { program.remove() }
    let first = try program.start()
    try atPrompt(first)
    try enter("count initiatives by type", first)
    first.send("\u{4}")
    _ = try first.waitForExit()
    let second = try program.start()
    try atPrompt(second)
    second.send("\u{1B}[A")
    try second.waitFor("the statement of the first session") {
      $0.cursorLine == "entente> count initiatives by type"
    }
  }

  @Test("Tab completes commands, properties and stored names")
  func completion() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    terminal.send("hist\t")
    try terminal.waitFor("the command") { $0.cursorLine == "entente> history" }
    terminal.send("pax-s\t")
    try terminal.waitFor("the key") { $0.cursorLine.hasPrefix("entente> history pax-silica") }
    terminal.send("\u{7F}.laun\t\t")
    try terminal.waitFor("properties") { $0.text.contains("launcher") && $0.text.contains("launched") }
  }

  @Test("wide and combining characters are edited and shown in their cells")
  func wide() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start(columns: 60)
    try atPrompt(terminal)
    try enter("add topic wide-one \"漢字 é\u{301} café\"", terminal)
    try enter("list topics where key = wide-one", terminal)
    #expect(terminal.screen.text.contains("漢字"))
    for line in terminal.screen.lines { #expect(line.count <= 60) }
  }

  @Test("a begun transaction shows in the prompt, and rollback drops it")
  func transaction() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    try enter("begin", terminal, after: "entente*>")
    try enter(#"add person nobody-else "Nobody""#, terminal, prompt: "entente*>")
    #expect(terminal.screen.text.contains("added nobody-else"))
    try enter("rollback", terminal, prompt: "entente*>", after: "entente>")
    try enter("show nobody-else", terminal)
    #expect(terminal.screen.text.contains("there is nothing called nobody-else"))
  }

  @Test("several pasted lines are one block, run at Enter")
  func paste() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    terminal.send("\u{1B}[200~count people where name ~ bessent\ncount states\u{1B}[201~")
    try terminal.waitFor("the block") { $0.text.contains("count states") }
    #expect(!terminal.screen.text.contains("(1 row)"))
    terminal.send("\r")
    try terminal.waitFor("both answers") {
      $0.text.components(separatedBy: "(1 row)").count == 3 && $0.cursorLine == "entente>"
    }
    #expect(terminal.screen.text.contains("261"))
  }

  @Test("after the window has become narrow, tables fit it")
  func narrow() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start(columns: 100)
    try atPrompt(terminal)
    terminal.resize(columns: 40, rows: 30)
    try enter("show forge.chair", terminal)
    #expect(terminal.screen.lines.contains("  value = KOR"))
    #expect(terminal.screen.lines.allSatisfy { $0.count <= 40 })
  }

  @Test("control characters and those that reorder text are shown, not carried out")
  func visible() throws {
    let program = try Program()
    defer { program.remove() }
    let script = try program.write("add person odd-one \"a\u{1B}[2Jb\u{202E}c\u{7}\"\n", to: "odd.ent")
    #expect(try program.run(["--registry", program.registry, script]).status == 0)
    let terminal = try program.start()
    try atPrompt(terminal)
    try enter("show odd-one.name", terminal)
    #expect(terminal.screen.text.contains("a\\u{1B}[2Jb\\u{202E}c\\u{7}"))
  }

  @Test("Ctrl-D with changes that are not committed asks: staying keeps them, rolling back drops them")
  func leaveTransaction() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    try enter("begin", terminal, after: "entente*>")
    try enter("add person nobody-else", terminal, prompt: "entente*>")
    let question = "1 change is not committed: commit, rollback, or stay?"
    terminal.send("\u{4}")
    try terminal.waitFor("the question") { $0.cursorLine == question }
    terminal.send("stay\r")
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente*>" }
    terminal.send(".quit\r")
    try terminal.waitFor("the question") { $0.cursorLine == question }
    terminal.send("rollback\r")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.text.contains("the open transaction was rolled back"))
    #expect(try program.run(["--registry", program.registry, "-c", "show nobody-else"]).status == 1)
  }

  @Test("Asked on leaving, commit keeps the changes")
  func commitOnLeaving() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    try enter("begin", terminal, after: "entente*>")
    try enter("add person somebody-new", terminal, prompt: "entente*>")
    terminal.send("\u{4}")
    try terminal.waitFor("the question") { $0.cursorLine.hasSuffix("or stay?") }
    terminal.send("c\r")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(try program.run(["--registry", program.registry, "-c", "show somebody-new"]).status == 0)
  }

  @Test("a time that is set for the session shows in the prompt until it is cleared")
  func times() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    try enter(".on 2026-01-12", terminal, after: "entente on 2026-01-12>")
    try enter("begin", terminal, prompt: "entente on 2026-01-12>", after: "entente* on 2026-01-12>")
    try enter(".on", terminal, prompt: "entente* on 2026-01-12>", after: "entente*>")
  }

  @Test(
    "a dumb terminal and NO_COLOR give no escapes in results",
    arguments: [["TERM": "dumb"], ["NO_COLOR": "1"]])
  func plain(_ environment: [String: String]) throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start(environment: environment)
    try terminal.waitFor("a prompt") { $0.cursorLine.hasPrefix("entente>") }
    terminal.send("count initiatives\r")
    try terminal.waitFor("the answer") { $0.text.contains("(1 row)") }
    #expect(!terminal.screen.usedStyles)
  }

  @Test("Ctrl-C stops a running query, and the session goes on")
  func interruptsQuery() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try atPrompt(terminal)
    terminal.send("sql SELECT count(*) FROM statements a, statements b, statements c, statements d\r")
    // Pressed until it is heard: nothing on the screen tells when the command has begun.
    let stopped = (0..<20).contains { _ in
      terminal.send("\u{3}")
      let answered: ()? = try? terminal.waitFor(
        "the prompt after the interruption", timeout: .milliseconds(500)
      ) {
        $0.cursorLine == "entente>" && $0.text.contains("interrupted")
      }
      return answered != nil
    }
    #expect(stopped)
    try enter("count initiatives", terminal)
    #expect(terminal.screen.text.contains("(1 row)"))
  }
}
