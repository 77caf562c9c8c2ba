import PseudoTerminal
import Testing

@Suite("A statement of several lines")
struct BlockTests {
  @Test("Enter goes on while a brace is open, and the whole is one statement")
  func several() throws {
    let probe = try Probe()
    try probe.type("add x {\rname = y\r}", showing: ["probe> add x {", "name = y", "}"])
    try probe.type(Key.enter, printing: "1: add x {⏎name = y⏎}")
  }

  @Test("It is recalled as one block, edited in the middle, and drawn as it is")
  func recalled() throws {
    let probe = try Probe()
    try probe.type("before\r", printing: "1: before")
    try probe.type("a {\rbb\r}\r", printing: "2: a {⏎bb⏎}")
    let past = ["probe> before", "1: before", "probe> a {", "bb", "}", "2: a {⏎bb⏎}"]
    try probe.type(Key.up, showing: past + ["probe> a {", "bb", "}"])
    try probe.type(Key.up + "X", showing: past + ["probe> a {", "bXb", "}"])
    try probe.type(Key.controlA + "<" + Key.controlE + ">", showing: past + ["probe> a {", "<bXb>", "}"])
    try probe.type(Key.controlA + Key.controlK, showing: past + ["probe> a {", "", "}"])
    try probe.type(Key.controlY, showing: past + ["probe> a {", "<bXb>", "}"])
    try probe.type(Key.controlK, showing: past + ["probe> a {", "<bXb>}"])
    try probe.type(Key.enter, printing: "3: a {⏎<bXb>}")
  }

  @Test("Up leaves a block at its first line, Down at its last, and what was begun comes back")
  func history() throws {
    let probe = try Probe()
    try probe.type("one\r", printing: "1: one")
    try probe.type("a {\r}\r", printing: "2: a {⏎}")
    try probe.type("draft", expecting: "probe> draft")
    try probe.type(Key.up, expecting: "}")
    try probe.type(Key.up, expecting: "probe> a {", column: 8)
    try probe.type(Key.up, expecting: "probe> one")
    try probe.type(Key.down, expecting: "}")
    try probe.type(Key.down, expecting: "probe> draft", column: 12)
  }

  @Test("Alt-Enter begins a line in a statement that is complete")
  func altEnter() throws {
    let probe = try Probe()
    try probe.type("ab" + Key.left + "\u{1B}\r", showing: ["probe> a", "b"])
    try probe.type(Key.enter, printing: "1: a⏎b")
  }

  @Test("At the bottom of the screen the block scrolls and stays whole")
  func bottom() throws {
    let probe = try Probe(size: (30, 6))
    try probe.type("1\r", printing: "1: 1")
    try probe.type("2\r", printing: "2: 2")
    try probe.type("{\raa\rbb\rcc", showing: ["probe> 2", "2: 2", "probe> {", "aa", "bb", "cc"])
    try probe.type(Key.up + Key.up + "漢", showing: ["probe> 2", "2: 2", "probe> {", "aa漢", "bb", "cc"])
    try probe.type(Key.down + Key.down + "\r}\r", printing: "3: {⏎aa漢⏎bb⏎cc⏎}")
  }

  @Test(
    "A paste of several lines waits for Enter, whatever ends its lines",
    arguments: ["\n", "\r", "\r\n"])
  func paste(newline: String) throws {
    let probe = try Probe()
    let text = ["one", "two", "thrée"].joined(separator: newline) + newline
    try probe.type(Key.paste(text), showing: ["probe> one", "two", "thrée"])
    try probe.type("!", showing: ["probe> one", "two", "thrée!"])
    try probe.type(Key.enter, printing: "1: one⏎two⏎thrée!")
  }

  @Test("A paste presses no keys: control characters in it are left out")
  func pasteOfControls() throws {
    let probe = try Probe()
    try probe.type(Key.paste("a\u{3}\u{4}\u{1B}[2Jb\tc\u{1B}["), showing: ["probe> a[2Jb    c["])
    try probe.type(Key.enter, printing: "1: a[2Jb        c[")
  }

  @Test("A long statement is pasted and recalled to its last character")
  func long() throws {
    let probe = try Probe(size: (80, 60))
    let text = String(repeating: "0123456789", count: 350) + "end"
    probe.terminal.send(Key.paste(text) + Key.enter)
    try probe.terminal.waitFor("the echo") { $0.lines.joined().contains("1: " + text) }
    try probe.waitForPrompt()
    probe.terminal.send(Key.up)
    try probe.terminal.waitFor("the recall") { $0.cursorLine.hasSuffix("end") }
    try probe.type(Key.backspace + "!" + Key.enter, expecting: "probe>")
    let statements = try probe.home.statements()
    #expect(statements == [text, text.dropLast() + "!"])
  }

  @Test("After a new width the block is drawn once, and the cursor is where it was")
  func resize() throws {
    let probe = try Probe(size: (60, 12))
    try probe.type("a {\rsecond line of it", showing: ["probe> a {", "second line of it"])
    probe.terminal.resize(columns: 40, rows: 12)
    try probe.type(Key.left + "X", showing: ["probe> a {", "second line of iXt"])
    probe.terminal.resize(columns: 12, rows: 12)
    try probe.type("\r}\r", expecting: "probe>")
    #expect(try probe.home.statements() == ["a {\nsecond line of iX\n}t"])
  }
}
