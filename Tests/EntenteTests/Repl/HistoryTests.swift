import Foundation
import PseudoTerminal
import Testing

@Suite("The history at the prompt")
struct ReplHistoryTests {
  @Test("two sessions at once lose nothing, and each walks its own statements first")
  func two() throws {
    let program = try Program()
    defer { program.remove() }
    let (one, other) = (try Repl(program), try Repl(program))
    try one.enter("count states")
    try other.enter("count people")
    try one.enter("count events")
    try other.enter("count meetings")
    try one.type("\u{1B}[A\u{1B}[A", until: "its own") { $0.cursorLine == "entente> count states" }
    try one.type("\u{3}", until: "the prompt") { $0.cursorLine == "entente>" }
    #expect(try other.leave() == .exited(0))
    #expect(try one.leave() == .exited(0))
    #expect(try one.history() == ["count states", "count people", "count events", "count meetings"])
    let next = try Repl(program)
    try next.type("\u{12}count p", until: "Ctrl-R finds the other's") { $0.text.contains("count people") }
  }

  @Test(".history finds statements of all sessions, with how they ended")
  func search() throws {
    let program = try Program()
    defer { program.remove() }
    let first = try Repl(program)
    try first.enter("show nothing-there")
    try first.enter("count states")
    _ = try first.leave()
    let repl = try Repl(program)
    try repl.enter(".format csv")
    try repl.enter(".history nothing")
    let line = try #require(repl.screen.lines.first { $0.contains(",show nothing-there") })
    #expect(
      line.wholeMatch(of: /\d{4}-\d\d-\d\dT[\d:]+Z,registry\.entente,1,\d+,show nothing-there/) != nil,
      "\(line)")
    try repl.enter(".history STATES")
    #expect(repl.screen.lines.contains { $0.hasSuffix(",count states") })
  }

  @Test("a statement that begins with a space is carried out and not kept")
  func secret() throws {
    let repl = try Repl()
    repl.terminal.send(" count states\r")
    try repl.terminal.waitFor("the answer") { $0.text.contains("261") && $0.cursorLine == "entente>" }
    try repl.enter("count people")
    try repl.type("\u{1B}[A\u{1B}[A", until: "the only one") { $0.cursorLine == "entente> count people" }
    #expect(try repl.history() == ["count people"])
  }

  @Test("a damaged history stops no start and is not lost")
  func damaged() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home.appending(path: ".local/state/entente")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data([0xFF, 0x00, 0x0A] + Array("{\"statement\":\"count states\",\"session\":\"s\"".utf8))
      .write(to: folder.appending(path: "history.jsonl"))
    let repl = try Repl(program)
    try repl.enter("count people")
    _ = try repl.leave()
    let data = try Data(contentsOf: folder.appending(path: "history.jsonl"))
    #expect(data.starts(with: [0xFF, 0x00, 0x0A]))
    #expect(String(decoding: data, as: UTF8.self).contains("\"statement\":\"count people\""))
  }

  @Test("a statement of several lines is one entry and comes back as a block")
  func block() throws {
    let program = try Program()
    defer { program.remove() }
    let repl = try Repl(program)
    try repl.type("citing clash {\r  claim forge.note = 1\r}\r", until: "the answer") {
      $0.text.contains("error") && $0.cursorLine == "entente>"
    }
    _ = try repl.leave()
    let next = try Repl(program)
    try next.type("\u{1B}[A", until: "the block") {
      $0.lines.suffix(3) == ["entente> citing clash {", "  claim forge.note = 1", "}"]
    }
  }
}
