import Foundation
import RegistryModel
import RegistryRules
import Testing

@Suite("Whether a value satisfies a comparison")
struct SatisfyingTests {
  private func date(_ text: String) throws -> Value { .date(try PartialDate(edtf: text)) }
  private func entity(_ key: String) -> Value { .entity(Key(unchecked: key)) }

  @Test(
    "of dates: by all that both can mean; what is only partly so decides nothing",
    arguments: [
      ("2026-01-12", Comparison.equal, "2026-01", true), ("2026-01", .equal, "2026-01-12", nil),
      ("2026-02-01", .equal, "2026-01", false), ("2026-01-12", .lessOrEqual, "2026-01", true),
      ("2026-01-12", .less, "2026-01", false), ("2025", .less, "2026-01", true),
      ("2026", .greater, "2026-01", nil), ("2026-02", .greater, "2026-01", true),
      ("2026-01-12", .unequal, "2026-01", false), ("2026", .unequal, "2026-01", nil),
    ] as [(String, Comparison, String, Bool?)])
  func dates(one: String, comparison: Comparison, other: String, expected: Bool?) throws {
    #expect(try date(one).satisfies(comparison, date(other)) == expected)
  }

  @Test("of texts: without case and accents; of a choice, by the order of its words")
  func texts() {
    func satisfies(_ one: String, _ comparison: Comparison, _ other: String, _ words: [String]? = nil)
      -> Bool?
    {
      Value.text(one).satisfies(comparison, .text(other), words: words)
    }
    #expect(satisfies("Café", .equal, "cafe") == true)
    #expect(
      satisfies("Pax Silica", .like, "silica") == true && satisfies("Pax Silica", .like, "forge") == false)
    #expect(satisfies("pledged", .greater, "announced", ["announced", "pledged"]) == true)
    #expect(satisfies("alpha", .less, "Beta") == true)
  }

  @Test("of what nobody knows: nothing, and it is no other value; where there is none, nothing fits")
  func unknown() {
    #expect(Value.unknown.satisfies(.equal, entity("a")) == nil)
    #expect(
      Value.unknown.satisfies(.equal, .unknown) == true && entity("a").satisfies(.equal, .unknown) == false)
    #expect(Value.none.satisfies(.equal, entity("a")) == false && Value.none.satisfies(.equal, .none) == true)
    #expect(
      entity("a").satisfies(.unequal, entity("b")) == true
        && entity("a").satisfies(.less, entity("b")) == false)
    #expect(entity("a").satisfies(.equal, .text("a")) == false)
  }

  @Test("one of several values that fits is enough; where none is known nothing is decided")
  func several() {
    let (a, b) = (entity("a"), entity("b"))
    #expect([a, b].satisfy(.equal, [b]) == true && [a, b].satisfy(.unequal, [b]) == false)
    #expect([a, .unknown].satisfy(.equal, [b]) == nil && [a, .unknown].satisfy(.equal, [a]) == true)
    #expect([Value]().satisfy(.equal, [a]) == nil && [a].satisfy(.equal, []) == false)
  }

  @Test(
    "Two texts are so many slips apart, or more than is asked for",
    arguments: [
      ("malta", "malta", 0), ("malta", "mlata", 1), ("malta", "malt", 1), ("malta", "mali", 2),
      ("malta", "japan", nil),
    ] as [(String, String, Int?)])
  func slips(one: String, other: String, expected: Int?) {
    #expect(editDistance(Array(one.unicodeScalars), Array(other.unicodeScalars), atMost: 2) == expected)
    #expect(editDistance(Array(other.unicodeScalars), Array(one.unicodeScalars), atMost: 2) == expected)
  }
}
