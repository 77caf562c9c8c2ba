import CommandLanguage
import Testing

/// A text that is read in stretches says what it says when it is read whole.
@Suite("Commands one after the other")
struct CommandStreamTests {
  /// What a text says: its commands as they are written with their places, and what is wrong where.
  private struct Reading: Equatable {
    var commands: [String] = []
    var problems: [String] = []
  }

  private func whole(_ text: String) -> Reading {
    let (tree, map, bytes) = (parse(text), SourceMap(text), Array(text.utf8))
    return Reading(
      commands: tree.commands.map { said($0, in: bytes, at: map.position(of: $0.span.start)) },
      problems: tree.diagnostics.map { $0.rendered(in: map, file: "f") })
  }

  private func said(_ command: CommandSyntax, in bytes: [UInt8], at place: SourceMap.Position) -> String {
    let text = String(decoding: bytes[command.span.start..<command.span.end], as: UTF8.self)
    return
      "\(place.line):\(place.column) \(command.name.content) \(command.clauses.map(\.keyword.content)) \(text)"
  }

  /// - Returns: with how many bytes the longest stretch had.
  private func inStretches(_ text: String, of size: Int) -> (Reading, longest: Int) {
    let bytes = Array(text.utf8)
    var stream = CommandStream<Never>(signatures: TestSignatures.table, atOnce: size) { offset, count in
      let end = min(offset + max(count, 1), bytes.count)
      let line = bytes[max(offset, end - 1)...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      return .init(bytes: Array(bytes[offset..<line]), isLast: line == bytes.count)
    }
    var (reading, longest) = (Reading(), 0)
    while let step = stream.next() {
      let stretch = stream.stretch
      longest = max(longest, stretch.text.utf8.count)
      let map = SourceMap(stretch.text, starts: [stretch.start])
      if let command = step.command {
        reading.commands.append(
          said(command, in: Array(stretch.text.utf8), at: map.position(of: command.span.start)))
      }
      reading.problems += step.diagnostics.map { $0.rendered(in: map, file: "f") }
    }
    return (reading, longest)
  }

  private func check(_ text: String) {
    let expected = whole(text)
    for size in [1, 64] {
      let (reading, _) = inStretches(text, of: size)
      #expect(reading == expected, "stretches of \(size) bytes: \(text.debugDescription)")
    }
  }

  @Test("Commands over lines, braces, quotes, comments and other languages are not cut")
  func kinds() {
    check("")
    check("\u{FEFF}show forge\n\nshow forge")
    check("show forge; show forge\r\nshow \\\r\n  forge # behind\n# alone\n; ;\nlist initiatives")
    check("add initiative x \"X\" {\n  chair = KOR\n\n  member = JPN # who\n}\nshow x\n")
    check("sql {\n  select '}' from x\n}\nshow forge\nsql select (\n1)\nshow forge")
    check(
      "claim forge.chair = KOR citing a quote \"\"\"\nshow\n\n\"\"\"\nshow forge\n.read \"my file\" a;b\nshow x"
    )
    check("show (\n\n\nforge\nshow forge\n")
    check("show \"open\nshow forge\nclaim x = “open\n\nshow forge\n")
    check("add initiative x {\nshow forge\n\nlist initiatives\n")
    check("}\n}\nshow forge }\nbogus\nshow forge\n")
  }

  @Test("Soups of tokens and changed commands", arguments: 0..<8)
  func soups(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed + 1))
    let words =
      ["\n", "\n", ";", "{", "}", "\"", "“", "”", "\"\"\"", "#", "\\\n", "\r\n", "(", ")", "bogus", "else"]
      + SketchTests.sketch
    for _ in 0..<8 {
      let text = (0..<12).map { _ in words.randomElement(using: &generator) ?? "" }.joined(
        separator: Bool.random(using: &generator) ? "\n" : " ")
      check(text)
    }
  }

  @Test("No more is held than a stretch and a command; of a line without end what is to be read")
  func isBounded() {
    let lines = String(repeating: "show forge\n", count: 3_000)
    let (reading, longest) = inStretches(lines, of: 1_000)
    #expect(reading.commands.count == 3_000 && longest < 3_000)
    #expect(reading.commands.last == "3000:1 show [] show forge")
  }

  @Test("After a hundred errors no more is read")
  func limit() {
    check(String(repeating: "bogus\nshow forge\n", count: 300))
  }
}
