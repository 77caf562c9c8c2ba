import Foundation
import PseudoTerminal
import Testing

@Suite("Editing a line")
struct EditingTests {
  @Test("Characters go in at the cursor, and Ctrl-A, Ctrl-E and Ctrl-K work on the line")
  func editing() throws {
    let probe = try Probe()
    try probe.type("lst" + Key.left + Key.left + "i", expecting: "probe> list", column: 9)
    try probe.type(Key.controlA + "x ", expecting: "probe> x list", column: 9)
    try probe.type(Key.controlE + "!", expecting: "probe> x list!", column: 14)
    try probe.type(Key.left + Key.left + Key.controlK, expecting: "probe> x lis", column: 12)
    try probe.type(Key.controlA + Key.controlY, expecting: "probe> t!x lis", column: 9)
    try probe.type(Key.enter, printing: "1: t!x lis")
  }

  @Test(
    "A character is one step of the cursor and as wide as it is drawn",
    arguments: [("é", 1), ("漢字", 4), ("😀", 2), ("ß字", 3)])
  func unicode(text: String, width: Int) throws {
    let probe = try Probe()
    let steps = String(repeating: Key.left, count: text.unicodeScalars.count)
    try probe.type("a" + text + "z", expecting: "probe> a\(text)z", column: 9 + width)
    try probe.type(Key.left + steps + "<", expecting: "probe> a<\(text)z", column: 9)
    try probe.type(Key.controlE + Key.left + ">", expecting: "probe> a<\(text)>z", column: 10 + width)
    try probe.type(Key.enter, printing: "1: a<\(text)>z")
  }

  @Test("A line that wraps is edited at its start and comes back whole")
  func wrapping() throws {
    let probe = try Probe(size: (20, 10))
    let text = "abcdefghijklmnopqrstuvwxyz0123456789"
    try probe.type(text, showing: ["probe> abcdefghijklm", "nopqrstuvwxyz0123456", "789"])
    try probe.type(Key.controlA + "漢", showing: ["probe> 漢abcdefghijk", "lmnopqrstuvwxyz01234", "56789"])
    probe.terminal.send(Key.enter)
    try probe.terminal.waitFor("the echo") {
      $0.text.contains("1: 漢abcdefghijklmno\npqrstuvwxyz012345678\n9")
    }
  }

  @Test(
    "Accents arrive whatever the locale says",
    arguments: [["LANG": ""], ["LC_ALL": "C"], ["LC_ALL": "POSIX"], ["LANG": "xx_XX.ISO-8859-1"]])
  func locale(environment: [String: String]) throws {
    let probe = try Probe(environment: environment)
    try probe.type("héllo 漢", expecting: "probe> héllo 漢", column: 15)
    try probe.type(Key.enter, printing: "1: héllo 漢")
  }

  @Test("A dumb terminal gets no escapes, and reads a statement of several lines line by line")
  func dumb() throws {
    let probe = try Probe(environment: ["TERM": "dumb"])
    try probe.type("é" + Key.backspace + "e {" + Key.enter, expecting: "…", column: 2)
    try probe.type("b }" + Key.enter, printing: "1: e {⏎b }")
    #expect(!probe.terminal.output.contains(0x1B))
    #expect(try probe.leave() == .exited(0))
  }

  @Test("NO_COLOR takes the colours and leaves the editing")
  func noColor() throws {
    let probe = try Probe(environment: ["NO_COLOR": "1"])
    try probe.type("sho" + Key.tab, expecting: "probe> sho", column: 10)
    try probe.terminal.waitFor(line: "shore  Ein Ufer")
    #expect(!probe.terminal.screen.usedStyles)
    let coloured = try Probe()
    #expect(coloured.terminal.screen.usedStyles)
  }

  @Test("~/.editrc is honoured, vi mode and pastes in it included, and Enter stays ours")
  func settings() throws {
    let home = Home()
    try home.write(
      "terminal-probe:bind -v\nterminal-probe:bind ^M ed-insert\nother:edit off\n", to: ".editrc")
    let probe = try Probe(home: home)
    try probe.type("abc", expecting: "probe> abc", column: 10)
    try probe.type("\u{1B}0ix", expecting: "probe> xabc", column: 8)
    try probe.type(Key.paste("1\r2"), showing: ["probe> x1", "2abc"])
    try probe.type(Key.enter, printing: "1: x1⏎2abc")
  }

  @Test("With editing off in ~/.editrc lines are read plainly and Ctrl-C still drops one")
  func editingOff() throws {
    let home = Home()
    try home.write("edit off\n", to: ".editrc")
    let probe = try Probe(home: home)
    probe.terminal.send("abc")
    try probe.terminal.waitFor("the echo") { $0.cursorLine.hasSuffix("abc") }
    try probe.type(Key.controlC, printing: "interrupted")
    try probe.type("a {\r", expecting: "…")
    try probe.type("}\r", printing: "1: a {⏎}")
  }

  @Test("Keys pressed while a command runs are there for the next line")
  func typeAhead() throws {
    let probe = try Probe()
    probe.terminal.send("wait\r")
    try probe.terminal.waitFor(line: "waiting")
    probe.terminal.send("ahead")
    try probe.terminal.waitFor("the echo") { $0.text.contains("ahead") }
    probe.terminal.kill(SIGINT)
    try probe.terminal.waitFor(line: "probe> ahead")
  }
}
