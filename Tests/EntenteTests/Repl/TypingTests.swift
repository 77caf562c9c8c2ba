import Foundation
import PseudoTerminal
import Testing

@Suite("Typing statements")
struct TypingTests {
  private func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }

  @Test("a paste of 500 lines waits for Enter, runs as one statement, and is one entry of the history")
  func longPaste() throws {
    let repl = try Repl(rows: 30)
    let lines = (1...500).map { "add person pasted-\($0) \"Person \($0)\"" }
    let text = "begin\n" + lines.joined(separator: "\n") + "\ncommit"
    repl.terminal.send(paste(text))
    try repl.terminal.waitFor("the paste", timeout: .seconds(20)) { $0.cursorLine == "commit" }
    #expect(!repl.screen.transcript.contains { $0.contains("added") })
    repl.terminal.send("\r")
    try repl.terminal.waitFor("the end", timeout: .seconds(60)) {
      $0.text.contains("committed") && $0.cursorLine == "entente>"
    }
    #expect(try repl.history() == [text])
    try repl.enter("count people where key ~ \"pasted\"")
    #expect(repl.screen.lines.suffix(5).contains { $0.hasSuffix("500") })
  }

  @Test("a line of 10,000 characters is typed, wrapped, edited at its start and kept whole")
  func longLine() throws {
    let repl = try Repl(columns: 100, rows: 110)
    let quote = String(repeating: "0123456789", count: 1_000)
    repl.terminal.send("dd person long-named \"\(quote)\"")
    try repl.terminal.waitFor("the line", timeout: .seconds(30)) {
      $0.text.filter { $0.isNumber }.count >= 10_000
    }
    repl.terminal.send("\u{1}a\u{5}")
    try repl.terminal.waitFor("the start") { $0.lines.contains { $0.hasPrefix("entente> add person long") } }
    repl.terminal.send("\r")
    try repl.terminal.waitFor("the answer", timeout: .seconds(20)) { $0.text.contains("added long-named") }
    #expect(try repl.history() == ["add person long-named \"\(quote)\""])
  }

  @Test("wide characters at the right margin wrap whole and are deleted whole", arguments: [30, 31])
  func margin(columns: Int) throws {
    let repl = try Repl(columns: columns)
    // Nine columns of prompt, and so many pairs that one would stand half beyond the edge.
    let text = String(repeating: "漢", count: 14)
    try repl.type(text + "x", until: "the text") {
      $0.text.filter { $0 == "漢" }.count == 14 && $0.cursorLine.hasSuffix("x")
    }
    for line in repl.screen.lines { #expect(line.reduce(0) { $0 + ($1 == "漢" ? 2 : 1) } <= columns) }
    try repl.type(String(repeating: "\u{7F}", count: 14), until: "one left") {
      $0.text.filter { $0 == "漢" }.count == 1 && $0.cursorLine == "entente> 漢" && $0.cursor.column == 11
    }
  }

  @Test("a letter and its mark become one character, typed or pasted")
  func combining() throws {
    let repl = try Repl()
    repl.terminal.send("add person e\u{301}mile \"Ame\u{301}lie\"")
    try repl.terminal.waitFor("the text") { $0.cursorLine.unicodeScalars.contains("\u{E9}") }
    repl.terminal.send(String(repeating: "\u{1B}[D", count: 4) + "X")
    try repl.terminal.waitFor("an insertion") {
      $0.cursorLine == "entente> add person \u{E9}mile \"Am\u{E9}Xlie\""
    }
    repl.terminal.send("\u{3}" + paste("o\u{308}"))
    try repl.terminal.waitFor("the paste") { Array($0.cursorLine.unicodeScalars).last == "\u{F6}" }
  }

  @Test("vi keys from ~/.editrc work in a block, and Tab still completes")
  func vi() throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write("entente:bind -v\n", to: ".editrc")
    let repl = try Repl(program)
    try repl.type("sow forge\u{1B}0", until: "the start") { $0.cursor.column == 9 }
    try repl.type("lih\u{1B}", until: "the insertion") { $0.cursorLine == "entente> show forge" }
    try repl.type("A.cha\t", until: "the completion") { $0.cursorLine == "entente> show forge.chair" }
    repl.terminal.send("\r")
    try repl.terminal.waitFor("the answer") { $0.text.contains("KOR") && $0.cursorLine == "entente>" }
  }

  @Test("Ctrl-X Ctrl-E edits what is typed in $EDITOR, and it waits for Enter")
  func outside() throws {
    let program = try Program()
    defer { program.remove() }
    let editor = try program.write("sed -i s/initiatives/states/ \"$1\"\n", to: "editor")
    let repl = try Repl(program, environment: ["EDITOR": "sh \(editor)"])
    try repl.type("count initiatives\u{18}\u{5}", until: "the edited line") {
      $0.cursorLine == "entente> count states"
    }
    #expect(!repl.text.contains("261"))
    repl.terminal.send("\r")
    try repl.terminal.waitFor("the answer") { $0.text.contains("261") }
  }

  @Test("hints and candidates stand below the line, which stays as it was")
  func hints() throws {
    let repl = try Repl()
    try repl.type("list initiatives limit \t", until: "the hint") {
      $0.text.contains("limit N: at most so many; a whole number such as 10")
        && $0.cursorLine == "entente> list initiatives limit"
    }
    try repl.type("\u{3}shwo f\u{1}\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\t", until: "what is near") {
      $0.cursorLine == "entente> show f"
    }
  }

  @Test("names of files complete behind .read, folders first to go on in")
  func files() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createDirectory(
      at: program.home.appending(path: "scripts"), withIntermediateDirectories: true)
    _ = try program.write("count initiatives\n", to: "scripts/one.ent")
    let repl = try Repl(program)
    try repl.type(".read scr\t", until: "the folder") { $0.cursorLine == "entente> .read scripts/" }
    try repl.type("\t\r", until: "the answer") { $0.text.contains("(1 row)") && $0.cursorLine == "entente>" }
  }
}
