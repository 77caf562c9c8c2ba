import Foundation
import PseudoTerminal
import Testing

@testable import Terminal

@Suite("The history over sessions")
struct HistorySessionTests {
  @Test("A second start walks the first one's statements, blocks and all, and Ctrl-R finds them")
  func twoStarts() throws {
    let home = Home()
    let first = try Probe(home: home)
    try first.type("alpha é\r", printing: "1: alpha é")
    try first.type("beta {\r}\r", printing: "2: beta {⏎}")
    #expect(try first.leave() == .exited(0))
    let second = try Probe(home: home)
    try second.type(Key.up, showing: ["probe> beta {", "}"])
    try second.type(Key.up + Key.up, expecting: "probe> alpha é")
    try second.type(Key.down, expecting: "}")
    try second.type(Key.down, expecting: "probe>")
    second.terminal.send(Key.controlR + "alph")
    try second.terminal.waitFor("the match") { $0.text.contains("alpha é") }
    try second.type(Key.enter, printing: "1: alpha é")
  }

  @Test("Two sessions at once lose nothing")
  func twoSessions() throws {
    let home = Home()
    let one = try Probe(home: home)
    let two = try Probe(home: home)
    for number in 1...5 {
      try one.type("one-\(number)\r", printing: "\(number): one-\(number)")
      try two.type("two-\(number)\r", printing: "\(number): two-\(number)")
    }
    one.terminal.terminate()
    #expect(try two.leave() == .exited(0))
    #expect(try home.statements() == (1...5).flatMap { ["one-\($0)", "two-\($0)"] })
  }

  @Test("A damaged file starts a session, gives what is whole, and is not destroyed")
  func damaged() throws {
    let home = Home()
    let whole = #"{"statement":"kept","session":"s","time":"2026-01-01T00:00:00Z","registry":"r"}"#
    try home.write(
      "not json\n\(whole)\n\u{0}\u{1}\n{\"statement\":7}\n{\"statement\":\"cut o", to: "state/history.jsonl")
    let probe = try Probe(home: home)
    try probe.type(Key.up, expecting: "probe> kept")
    try probe.type(Key.controlC, printing: "interrupted")
    try probe.type("new\r", printing: "1: new")
    #expect(try probe.leave() == .exited(0))
    let next = try Probe(home: home)
    try next.type(Key.up, expecting: "probe> new")
    try next.type(Key.up, expecting: "probe> kept")
  }

  @Test("A history that cannot be read or written is said, and the session goes on")
  func unusable() throws {
    let home = Home()
    try FileManager.default.createDirectory(at: home.history, withIntermediateDirectories: true)
    let probe = try Probe(home: home)
    #expect(probe.terminal.screen.text.contains("note: the history could not be read"))
    try probe.type("a\r", printing: "1: a")
    #expect(probe.terminal.screen.text.contains("note: the history could not be written"))
  }
}

@Suite("The history file")
struct HistoryFileTests {
  private let home = Home()

  private func history(_ session: String = "s") -> StatementHistory {
    StatementHistory(
      path: home.history.path, session: session, registry: "r", now: { Date(timeIntervalSince1970: 0) })
  }

  @Test("A line holds the statement with its newlines, and who, when and where")
  func line() throws {
    try history().append("a {\n\"é\"\n}")
    let text = try String(contentsOf: home.history, encoding: .utf8)
    #expect(
      text
        == #"{"registry":"r","session":"s","statement":"a {\n\"é\"\n}","time":"1970-01-01T00:00:00Z"}"# + "\n"
    )
    #expect(try history().load().map(\.statement) == ["a {\n\"é\"\n}"])
  }

  @Test("How a statement ended stands on a line of its own, and belongs to its session's last statement")
  func outcomes() throws {
    let (one, other) = (history("one"), history("other"))
    try one.append("a")
    try other.append("b")
    try one.conclude(status: 1, milliseconds: 7)
    try one.conclude(status: 0, milliseconds: 0)
    try other.append(" secret")
    try other.conclude(status: 3, milliseconds: 9)
    let lines = try String(contentsOf: home.history, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.last == #"{"milliseconds":7,"session":"one","status":1}"#)
    let entries = try history().load()
    #expect(entries.map(\.statement) == ["a", "b"])
    #expect(entries.map(\.status) == [1, nil])
    #expect(entries.map(\.milliseconds) == [7, nil])
  }

  @Test("Only its owner reads it")
  func mode() throws {
    try history().append("a")
    let mode = try FileManager.default.attributesOfItem(atPath: home.history.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test("Twins beside each other are kept once, and a leading space keeps a statement out")
  func leftOut() throws {
    let history = history()
    let added = try ["a", "a", " secret", "\n", "b", "a"].map { try history.append($0) }
    #expect(added == [true, false, false, false, true, true])
    #expect(try home.statements() == ["a", "b", "a"])
  }

  @Test("The last 5,000 are read")
  func limit() throws {
    let lines = (1...5_003).map {
      #"{"statement":"n\#($0)","session":"s","time":"2026-01-01T00:00:00Z","registry":"r","later":true}"#
    }
    try home.write(lines.joined(separator: "\n") + "\n", to: "state/history.jsonl")
    let entries = try history().load()
    #expect(entries.count == 5_000)
    #expect(entries.first?.statement == "n4" && entries.last?.statement == "n5003")
  }

  @Test(
    "A line reads the same however its JSON is written",
    arguments: [
      #"{"statement":"é\n\"x\"\\/\t","session":"s","time":"t","registry":"r"}"#,
      #"{ "registry": "r", "statement": "\u00e9\n\"x\"\\\/\t", "time": "t", "session": "s", "status": null }"#,
    ])
  func spelling(line: String) throws {
    try home.write(line, to: "state/history.jsonl")
    let expected = HistoryEntry(statement: "é\n\"x\"\\/\t", session: "s", time: "t", registry: "r")
    #expect(try history().load() == [expected])
  }

  @Test("No file is an empty history")
  func none() throws { #expect(try history().load().isEmpty) }
}
