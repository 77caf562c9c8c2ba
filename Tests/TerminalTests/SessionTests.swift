import Foundation
import PseudoTerminal
import Testing

@Suite("A session at the terminal")
struct SessionTests {
  @Test("Ctrl-C drops the text, says so where it ended, and the session goes on")
  func interrupt() throws {
    let probe = try Probe()
    try probe.type("a {\rbcd" + Key.left + Key.left, expecting: "bcd", column: 1)
    try probe.type(
      Key.controlC, showing: ["probe> a {", "bcd^C", "interrupted", "probe>"])
    try probe.type("on\r", printing: "1: on")
    #expect(try probe.home.statements() == ["on"])
  }

  @Test("Ctrl-C while a command runs reaches the command, which polls for it")
  func cancel() throws {
    let probe = try Probe()
    probe.terminal.send("wait\r")
    try probe.terminal.waitFor(line: "waiting")
    #expect(probe.terminal.modes == (echoes: true, isCanonical: true, hasSignals: true))
    probe.terminal.send(Key.controlC)
    try probe.terminal.waitFor(line: "^Ccancelled")
    try probe.type("on\r", printing: "1: on")
  }

  @Test("Ctrl-D leaves on an empty line, with status 0, and deletes on another")
  func leave() throws {
    let probe = try Probe()
    try probe.type("ab" + Key.left + Key.controlD, expecting: "probe> a", column: 8)
    try probe.type(Key.backspace, expecting: "probe>", column: 7)
    #expect(try probe.leave() == .exited(0))
    #expect(!probe.terminal.screen.bracketedPaste)
  }

  @Test(
    "SIGTERM and SIGHUP in the middle of a block leave the terminal as the shell wants it",
    arguments: [SIGTERM, SIGHUP])
  func terminated(signal: Int32) throws {
    let probe = try Probe()
    try probe.type("a {\rbc" + Key.up, expecting: "probe> a {", column: 9)
    #expect(probe.terminal.modes == (echoes: false, isCanonical: false, hasSignals: false))
    #expect(probe.terminal.screen.bracketedPaste)
    probe.terminal.kill(signal)
    #expect(try probe.terminal.waitForExit() == .exited(128 + signal))
    #expect(probe.terminal.modes == (echoes: true, isCanonical: true, hasSignals: true))
    #expect(!probe.terminal.screen.bracketedPaste)
    #expect(probe.terminal.screen.cursor == .init(row: 2, column: 0))
  }

  @Test("SIGINT from elsewhere drops the line as Ctrl-C does")
  func signalled() throws {
    let probe = try Probe()
    try probe.type("abc", expecting: "probe> abc")
    probe.terminal.kill(SIGINT)
    try probe.terminal.waitFor(line: "probe> abc^C")
    try probe.terminal.waitFor(line: "interrupted")
  }

  @Test("The terminal's end ends the session")
  func endOfInput() throws {
    let probe = try Probe()
    try probe.type("{\r", expecting: "", column: 0)
    probe.terminal.hangUp()
    let status = try probe.terminal.waitForExit()
    #expect([.exited(0), .exited(128 + SIGHUP)].contains(status))
  }

  @Test("Nothing that the editor sends is unknown to the screen")
  func sequences() throws {
    let probe = try Probe(size: (20, 5))
    try probe.type(
      "abcdefghijklmnop qrstuvwxyz" + Key.controlA + "漢" + Key.controlE + Key.tab,
      expecting: "lmnop qrstuvwxyz")
    #expect(probe.terminal.screen.unknown.isEmpty)
  }
}
