import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// `undo` took back the newest edit, whoever had made it, without a word.
@Suite("Undoing what others did")
struct UndoAskingTests {
  private func run(_ program: Program, _ author: String, _ arguments: String...) throws -> Program.Outcome {
    try program.run(["--registry", program.registry, "--no-plugins", "--author", author] + arguments)
  }

  @Test("a script names the transaction, and is told what to write")
  func script() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try run(program, "ann", "-c", "add person ann-one \"Ann's\"").status == 0)
    #expect(try run(program, "bob", "-c", "add person bob-one \"Bob's\"").status == 0)
    for options in [[], ["--keep-going"], ["--no-transaction"], ["--dry-run"]] {
      let outcome = try program.run(
        ["--registry", program.registry, "--no-plugins", "--author", "ann"] + options + ["-c", "undo"])
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("in a script, undo names its transaction"))
      #expect(outcome.errors.contains("help: undo t2 takes back t2 by ann, "))
      #expect(outcome.errors.contains("; + claim ann-one.name = \"Ann's\""))
      #expect(!outcome.errors.contains("\\n"), "\(outcome.errors)")
    }
    #expect(try run(program, "carl", "-c", "undo").errors.contains("there is nothing of yours to undo"))
    #expect(try run(program, "carl", "-c", "undo").errors.contains("undo t3 takes back t3 by bob, "))
    #expect(try !run(program, "carl", "-c", "undo").errors.contains("\\n"))
    #expect(try run(program, "ann", "-c", "undo t3").status == 0)
    #expect(try run(program, "ann", "-c", "redo").errors.contains("redo t3 brings back t3 by bob"))
    #expect(try run(program, "ann", "-c", "show t4").output.contains("undoes\tt3"))
    #expect(try run(program, "bob", "-c", "redo").errors.contains("there is nothing of yours to redo"))
    #expect(try run(program, "bob", "-c", "redo t3").status == 0)
  }

  @Test("at the prompt the newest of one's own is shown and asked about, and what others did stays")
  func prompt() throws {
    let program = try Program()
    #expect(try run(program, "ann", "-c", "add person ann-one \"Ann's\"").status == 0)
    #expect(try run(program, "bob", "-c", "add person bob-one \"Bob's\"").status == 0)
    let repl = try Repl(program, arguments: ["--author", "ann"])
    try repl.type("undo\r", until: "the question") { $0.cursorLine == "take this back? yes or no:" }
    #expect(repl.text.contains("t2 by ann, "))
    #expect(repl.text.contains("  + claim ann-one.name = \"Ann's\""))
    try repl.enter("no")
    #expect(repl.text.contains("nothing was undone"))
    try repl.type("undo\r", until: "the question") { $0.cursorLine == "take this back? yes or no:" }
    try repl.enter("yes")
    #expect(repl.text.contains("t4: undid t2"))
    try repl.type("redo\r", until: "the question") { $0.cursorLine == "bring this back? yes or no:" }
    try repl.enter("no")
    try repl.enter("undo t3")
    #expect(repl.text.contains("t5: undid t3, by bob"))
    try repl.enter("undo")
    #expect(repl.text.contains("there is nothing to undo but the Seed"))
  }

  @Test("what another registry recorded is asked about even where it is named")
  func arrived() throws {
    let program = try Program()
    let other = try Program()
    defer { other.remove() }
    #expect(try run(program, "ann", "-c", "count people").status == 0)
    #expect(try run(other, "bob", "-c", "add person bob-one \"Bob's\"").status == 0)
    #expect(try run(program, "ann", "-c", "unite \"\(other.registry)\"").status == 0)
    let number =
      try run(program, "ann", "-c", "sql SELECT max(id) FROM tx").output.split(separator: "\n").last ?? ""
    let repl = try Repl(program, arguments: ["--author", "ann"])
    try repl.type("undo t\(number)\r", until: "the question") {
      $0.cursorLine == "take this back? yes or no:"
    }
    #expect(repl.text.contains("by bob"))
    try repl.enter("no")
    #expect(repl.text.contains("nothing was undone"))
    #expect(try run(program, "ann", "-c", "show bob-one").status == 0)
    try repl.type("undo t\(number)\r", until: "the question") {
      $0.cursorLine == "take this back? yes or no:"
    }
    try repl.enter("yes")
    #expect(repl.text.contains("undid t\(number), by bob"))
    #expect(try run(program, "ann", "-c", "show bob-one").status != 0)
  }
}
