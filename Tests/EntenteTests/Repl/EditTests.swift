import Foundation
import PseudoTerminal
import Testing

@Suite("Editing in $EDITOR")
struct EditTests {
  /// A session whose editor is a script that gets the file.
  private func start(_ editor: String, arguments: [String] = []) throws -> Repl {
    let program = try Program()
    let path = try program.write("\(editor)\n", to: "editor")
    return try Repl(program, arguments: arguments, environment: ["EDITOR": "sh \(path)"])
  }

  @Test("edit shows what would come and go, and carries it out where that is wanted")
  func entity() throws {
    let repl = try start(
      "sed -i '/forge.chair/d' \"$1\"; echo 'claim forge.chair = JPN from 2026-07' >> \"$1\"")
    try repl.type("edit forge\r", until: "the question") {
      $0.cursorLine == "carry this out: yes, no, or edit again?"
    }
    #expect(repl.screen.lines.contains { $0.hasPrefix("- claim forge.chair = KOR through 2026-06") })
    #expect(repl.screen.lines.contains("+ claim forge.chair = JPN from 2026-07"))
    try repl.type("no\r", until: "nothing") {
      $0.text.contains("nothing was changed") && $0.cursorLine == "entente>"
    }
    try repl.type("edit forge\r", until: "the question") { $0.cursorLine.hasPrefix("carry this out") }
    try repl.type("yes\r", until: "the transaction") {
      $0.text.contains("t2: edit forge") && $0.cursorLine == "entente>"
    }
    try repl.enter("show forge.chair")
    #expect(repl.screen.lines.suffix(8).contains { $0.hasPrefix("JPN") })
    try repl.type("undo\r", until: "the question") { $0.cursorLine.hasSuffix("yes or no:") }
    try repl.enter("yes")
    #expect(repl.text.contains("undid t2"))
  }

  @Test("an editor that changes nothing, or fails, changes nothing", arguments: ["true", "exit 1"])
  func nothing(editor: String) throws {
    let repl = try start(editor)
    try repl.enter("edit forge")
    #expect(repl.text.contains(editor == "true" ? "nothing was changed" : "the editor failed"))
  }

  @Test("a mistake in the edited text is told at its place, and can be put right")
  func mistake() throws {
    let repl = try start("grep -q frob \"$1\" && sed -i '/frob/d' \"$1\" || echo 'frob forge' >> \"$1\"")
    try repl.type("edit forge\r", until: "the error") { $0.cursorLine == "edit again? [yes]" }
    #expect(repl.text.contains("error: there is no command `frob`"))
    try repl.type("\r", until: "the end") {
      $0.text.contains("nothing was changed") && $0.cursorLine == "entente>"
    }
  }

  @Test(".edit opens the statement before, shows the difference, and puts it where Up finds it")
  func last() throws {
    let repl = try start("sed -i 's/wrong-name/right-name/' \"$1\"")
    try repl.enter("show wrong-name")
    try repl.type(".edit\r", until: "the answer") {
      $0.text.contains("there is nothing called right-name") && $0.cursorLine == "entente>"
    }
    try repl.enter("begin", after: "entente*>")
    try repl.enter("add person wrong-name", prompt: "entente*>")
    try repl.type(".edit\r", until: "the question") { $0.cursorLine.hasPrefix("carry this out") }
    #expect(repl.screen.lines.contains("+ claim right-name.type = \"person\""))
    try repl.type("y\r", until: "the prompt") { $0.cursorLine == "entente*>" }
    try repl.type("\u{1B}[A", until: "the recall") { $0.cursorLine == "entente*> add person right-name" }
  }

  @Test("--read-only refuses edit and every change, --safe also editors, shell commands and files")
  func refused() throws {
    let readOnly = try start("true", arguments: ["--read-only"])
    #expect(readOnly.text.contains("(read-only)"))
    for statement in ["edit forge", "add person x-one", "begin", "undo", "import \"x.csv\" { }"] {
      try readOnly.enter(statement)
      #expect(readOnly.screen.lines.suffix(6).contains { $0.contains("read-only") }, "\(statement)")
    }
    let safe = try start("true", arguments: ["--safe"])
    #expect(safe.text.contains("(safe)"))
    for statement in [
      "edit forge", ".edit", ".output |cat", ".output x", ".once x", ".tee x", ".record x", ".read x",
      ".pager cat",
      "count states save \"x\"", "import \"x.csv\" { }",
    ] {
      try safe.enter(statement)
      #expect(
        safe.screen.lines.suffix(6).contains {
          $0.contains("error: ") && $0.hasSuffix("is off in this session")
        }, "\(statement)")
    }
    try safe.type("count\u{18}\u{5}", until: "the bell") { $0.bells > 0 }
    try safe.enter("\u{15}add person still-allowed")
    #expect(safe.text.contains("added still-allowed"))
    #expect(!FileManager.default.fileExists(atPath: safe.program.home.appending(path: "x").path))
  }
}
