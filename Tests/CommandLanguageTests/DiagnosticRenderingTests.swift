import CommandLanguage
import Testing

@Suite("Diagnostics on a terminal")
struct DiagnosticRenderingTests {
  private func rendered(_ marked: String, help: String? = nil) -> String {
    let source = MarkedSource(marked)
    return Diagnostic(code: "x", message: "wrong", help: help, span: source.span)
      .rendered(in: source.text, file: "a.ent")
  }

  @Test("The place, the line, a caret and the help")
  func whole() {
    #expect(
      rendered("one\ntwo 1️⃣three2️⃣ four\r\nfive", help: "mend it")
        == "a.ent:2:5: error: wrong\ntwo three four\n    ^~~~~\nhelp: mend it")
  }

  @Test(
    "The caret stands below its text",
    arguments: [
      ("日本 1️⃣x2️⃣", "日本 x\n     ^"), ("\t1️⃣日本2️⃣", "\t日本\n\t^~~~"), ("é 1️⃣a2️⃣", "é a\n  ^"),
      ("\u{1B}[31m1️⃣a2️⃣", "\\u{1B}[31ma\n          ^"), ("ab1️⃣2️⃣", "ab\n  ^"), ("1️⃣a\nb2️⃣", "a\n^"),
    ])
  func caret(_ marked: String, _ expected: String) {
    let lines = rendered(marked).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.dropFirst().joined(separator: "\n") == expected)
  }

  @Test("Of a long line stands what is around the mark, and the caret keeps its place")
  func longLine() {
    let line = String(repeating: "a", count: 1_000)
    let text = line + " é " + line
    for (start, end) in [(0, 1), (1_001, 1_003), (500, 1_900), (text.utf8.count, text.utf8.count)] {
      let lines = Diagnostic(code: "x", message: "wrong", span: Span(start, end)).rendered(
        in: text, file: "f"
      )
      .split(separator: "\n")
      #expect(lines.count == 3 && lines[1].count <= 202 && lines[2].count <= 203)
    }
    let short = Diagnostic(code: "x", message: "wrong", span: Span(1_001, 1_003)).rendered(
      in: text, file: "f"
    )
    .split(separator: "\n")
    let caret = short[2].firstIndex(of: "^").map { short[2].distance(from: short[2].startIndex, to: $0) } ?? 0
    #expect(short[1].dropFirst(caret).first == "é")
  }

  @Test("Without a place there is only the message")
  func noSpan() {
    #expect(
      Diagnostic(code: "x", message: "wr\u{1B}ong").rendered(in: "", file: "f") == "f: error: wr\\u{1B}ong")
  }

  @Test("A place outside the text is brought into it")
  func outside() {
    let map = SourceMap("a\nb")
    #expect(map.position(of: 99) == map.position(of: 3))
    #expect(map.position(of: -1).line == 1)
  }
}
