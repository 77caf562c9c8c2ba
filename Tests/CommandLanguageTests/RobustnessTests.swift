import CommandLanguage
import Testing

@Suite("Any text can be read")
struct RobustnessTests {
  private static let soup = [
    "show", "list", "claim", "citing", "add", "sql", "find", "define", "type", "property", "source", "where",
    "and",
    "or", "not", "is", "sort", "by", "as", "on", "with", "from", "within", "one", "per", "at", "new", "about",
    "least", "USD", "8.5bn", "47..87%", "2026-02", "2026-02..2026-06", "@4k", "t12", "$x", "forge.chair", ".",
    "..",
    "\"a\"", "\"", "“", "”", "\"\"\"", "{", "}", "[", "]", "(", ")", ",", ";", "=", "!=", "<=", "~", "\\",
    "\n",
    "\\\n", "#", "\r\n", "\u{0}", "\u{202E}", "日本", "-", "'", "\t", "alias", ".read", "\u{FEFF}", "/",
  ]

  private func check(_ text: String) {
    let tree = parse(text)
    let end = text.utf8.count
    let map = SourceMap(text)
    for diagnostic in tree.diagnostics {
      let span = diagnostic.span ?? Span(0, 0)
      #expect(span.start >= 0 && span.start <= span.end && span.end <= end)
      #expect(!diagnostic.rendered(in: map, file: "f").isEmpty)
    }
    for command in tree.commands { #expect(command.span.start < command.span.end && command.span.end <= end) }
    _ = isComplete(text)
    _ = CompletionPoint(text: text, cursor: end, signatures: TestSignatures.table)
  }

  @Test("Soups of tokens end", arguments: 0..<40)
  func tokens(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed + 1))
    for _ in 0..<100 {
      let count = Int.random(in: 0..<30, using: &generator)
      let words = (0..<count).map { _ in Self.soup.randomElement(using: &generator) ?? "" }
      check(words.joined(separator: Bool.random(using: &generator) ? " " : ""))
    }
  }

  @Test("Random bytes end", arguments: 0..<20)
  func bytes(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed + 1))
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      check(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("Changed commands end", arguments: SketchTests.sketch)
  func mutations(_ line: String) {
    var generator = SeededGenerator(seed: UInt64(line.utf8.count))
    for _ in 0..<30 {
      var characters = Array(line)
      let place = Int.random(in: 0..<characters.count, using: &generator)
      characters.replaceSubrange(
        place..<place + 1, with: Array(Self.soup.randomElement(using: &generator) ?? ""))
      check(String(characters))
      check(String(line.prefix(place)))
    }
  }

  /// Texts that would take for ever in a parser that looks at anything more than a few times.
  @Test(
    "Long texts of one thing end", .timeLimit(.minutes(20)),
    arguments: [
      "{", "}", "(", "[", "\"", "“", "\"\"\"", "a ", "a.", "\\", "#", ";", "show x[", "sql (\n", "sql {\n",
      "list x where (", "list x where not ", "citing a {", "find on 2026 ", "claim x.y = a, ", "show a b\n",
      "new person x ", "1", "at least ", "add a b { c = d; ", "\u{202E}", "日", ". ", ".x\n", "\"\\",
    ])
  func long(_ piece: String) {
    _ = parse(String(repeating: piece, count: 1_000_000 / piece.utf8.count))
    check(String(repeating: piece, count: 50_000 / piece.utf8.count))
  }

  @Test("After too many errors reading stops with a word about it")
  func tooManyErrors() {
    let tree = parse(String(repeating: "oops\n", count: 1000))
    #expect(tree.diagnostics.count == 101)
    #expect(tree.diagnostics.last?.code == "too-many-errors")
  }
}
