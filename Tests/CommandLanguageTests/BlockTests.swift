import CommandLanguage
import Testing

@Suite("Blocks")
struct BlockTests {
  @Test("Claims keep their qualifiers, clauses and other names")
  func claims() throws {
    let tree = parse(
      """
      add commitment x "X" {
        giver = USA, AUS
        amount[year 2024] = USD 8.5bn stage refining citing clash quote "q"; alias "Other", "Another"
      }
      """)
    #expect(tree.diagnostics.map(\.message) == [])
    guard case .claims(let claims, _) = try #require(tree.commands.first).block else {
      Issue.record("no claims")
      return
    }
    #expect(claims.map(\.property.content) == ["giver", "amount", "alias"])
    #expect(claims.map(\.values.count) == [2, 1, 2])
    #expect(claims[1].qualifiersInPath.count == 1 && claims[1].qualifiers.count == 1)
    #expect(claims[1].clauses.count == 2)
  }

  @Test("Fields may repeat where the signature says so")
  func fields() throws {
    let tree = parse("source a \"A\" { note \"x\"\n note \"y\"; published 2026 }")
    #expect(tree.diagnostics.isEmpty)
    guard case .fields(let fields, _) = try #require(tree.commands.first).block else {
      Issue.record("no fields")
      return
    }
    #expect(fields.map(\.keyword.content) == ["note", "note", "published"])
  }

  @Test("Every wrong entry of a block is told at once")
  func recovery() {
    let tree = parse("add a b { x y\n c = d; e = \n f = g }")
    #expect(tree.diagnostics.map(\.code) == ["missing-word", "missing-argument"])
    #expect(tree.commands.isEmpty)
  }

  @Test("Deep blocks are refused at the limit, with one word")
  func nesting() {
    let tree = parse(String(repeating: "citing a {", count: 50_000))
    #expect(tree.diagnostics.map(\.code) == ["unclosed-bracket", "nesting-too-deep"])
  }

  @Test(
    "A command with something wrong in its block is left out whole, not carried out in part",
    arguments: [
      "add initiative forge \"FORGE\" { member = USA; x y z }",
      "add initiative forge \"FORGE\" { member = USA from }",
      "add initiative forge \"FORGE\" { citing clash }",
      "source s \"T\" { published 2024; bogus 3 }",
      "source s \"T\" { published 2024; published 2025 }",
    ])
  func brokenBlock(_ text: String) {
    let tree = parse(text + "\nshow forge")
    #expect(!tree.diagnostics.isEmpty)
    #expect(tree.commands.map(\.name.content) == ["show"])
  }

  @Test("Of a block of commands each stands for itself")
  func brokenCommand() throws {
    let tree = parse("citing clash { claim forge.member = ; claim forge.member = USA }")
    #expect(tree.diagnostics.count == 1)
    guard case .commands(let inner, _)? = tree.commands.first?.block else {
      Issue.record("no block of commands")
      return
    }
    #expect(inner.count == 1)
  }
}
