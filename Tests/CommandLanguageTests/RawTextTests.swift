import CommandLanguage
import Testing

@Suite("Texts in other languages, and session commands")
struct RawTextTests {
  private func text(_ source: String, _ argument: String) -> String? {
    let tree = parse(source)
    #expect(tree.diagnostics.map(\.message) == [])
    guard case .text(let word) = tree.commands.first?.arguments[argument] else { return nil }
    return word.content
  }

  @Test(
    "SQL is taken as it stands",
    arguments: [
      ("sql SELECT 'it\"s # y' # x;", "SELECT 'it\"s # y'"),
      ("sql SELECT ';'", "SELECT ';'"),
      ("sql SELECT count(\n*) FROM x\nshow y", "SELECT count(\n*) FROM x"),
      ("sql SELECT 1 \\\n FROM x", "SELECT 1 \n FROM x"),
      ("sql SELECT 1\r\nshow y", "SELECT 1"),
      ("sql on 2026 { SELECT '}' {x}\n}", " SELECT '}' {x}\n"),
    ])
  func sql(_ source: String, _ expected: String) { #expect(text(source, "query") == expected) }

  @Test("Inside a block, SQL ends at the block's brace")
  func insideBlock() {
    let tree = parse("citing x { sql SELECT 1 }\nshow y")
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.commands.map(\.name.content) == ["citing", "show"])
  }

  @Test("SQL that is missing or does not end is told", arguments: ["sql", "sql on 2026", "sql { SELECT"])
  func missing(_ source: String) { #expect(parse(source).diagnostics.count == 1) }

  @Test(
    "Words to find go to the line's end, or to clauses that fill it",
    arguments: [
      ("find price floor", "price floor", 0),
      ("find price floor limit 5 as csv", "price floor", 2),
      ("find as good as gold", "as good as gold", 0),
      ("find \"price floor\" limit 5", "price floor", 1),
      ("find on 2026 limit", "on 2026 limit", 0),
    ])
  func find(_ source: String, _ expected: String, _ clauses: Int) {
    #expect(text(source, "text") == expected)
    #expect(parse(source).commands.first?.clauses.count == clauses)
  }

  @Test("A session command's words are split at blanks, and quotes hold")
  func session() {
    let tree = parse(".read \"my file\" a;b {x # comment\nshow y")
    #expect(tree.diagnostics.isEmpty)
    guard case .words(let words) = tree.commands.first?.arguments["words"] else {
      Issue.record("no words")
      return
    }
    #expect(words.map(\.content) == ["my file", "a;b", "{x"])
    #expect(tree.commands.map(\.name.content) == [".read", "show"])
  }

  @Test(
    "A line goes on while something is open",
    arguments: [
      ("show \"a", false), ("show \"\"\"a\n", false), ("show \"a\n", true), ("citing x {", false),
      ("show x[", false), ("list x where (", false), ("show x \\", false), ("show x \\\n", false),
      ("show x \\\n\n", true), ("show x # {", true), ("}", true), ("", true), (".read {", true),
      ("citing x { show \"}\" ", false), ("citing x { }", true),
    ])
  func completeness(_ text: String, _ expected: Bool) { #expect(isComplete(text) == expected) }
}
