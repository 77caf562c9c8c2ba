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

  @Test("A wrong entry leaves the others")
  func recovery() {
    let tree = parse("add a b { x y\n c = d; e = \n f = g }")
    #expect(tree.diagnostics.map(\.code) == ["missing-word", "missing-argument"])
    guard case .claims(let claims, _) = tree.commands.first?.block else {
      Issue.record("no claims")
      return
    }
    #expect(claims.map(\.property.content) == ["c", "f"])
  }

  @Test("Deep blocks are refused at the limit, with one word")
  func nesting() {
    let tree = parse(String(repeating: "citing a {", count: 50_000))
    #expect(tree.diagnostics.map(\.code) == ["unclosed-bracket", "nesting-too-deep"])
  }
}
