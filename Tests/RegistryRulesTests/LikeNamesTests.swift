import RegistryModel
import RegistryRules
import Testing

@Suite("Entities that look alike")
struct LikeNamesTests {
  private func name(_ key: String, _ text: String, _ type: String = "thing") -> NameMatch {
    NameMatch(
      text: text, entity: EntityRecord(key: Key(unchecked: key), type: Key(unchecked: type), name: text))
  }

  @Test(
    "are those with the same name, the same words or nearly the same name",
    arguments: [
      ("Pax Silica", "pax-silica", true),
      ("Minerals Security Partnership", "Partnership for Minerals Security", true),
      ("Janet Yellen", "Janet Yelen", true), ("Section 232", "Section 301", false), ("Mali", "Malta", false),
      ("Austria", "Australia", false), ("Critical Minerals Alliance", "Critical Minerals Aliance", true),
    ])
  func alike(one: String, other: String, expected: Bool) {
    let pairs = LikeNames([name("a", one), name("b", other)], distinct: []).pairs()
    #expect(!pairs.isEmpty == expected)
  }

  @Test("are of one type, and were not judged distinct")
  func leftOut() {
    let same = [name("a", "One name"), name("b", "One name")]
    #expect(LikeNames([name("a", "One name"), name("b", "One name", "other")], distinct: []).pairs().isEmpty)
    #expect(LikeNames(same, distinct: [(Key(unchecked: "b"), Key(unchecked: "a"))]).pairs().isEmpty)
    #expect(LikeNames(same, distinct: []).pairs().count == 1)
  }

  @Test("are found in bounded time where thousands begin alike")
  func bounded() {
    let many = (0..<3000).map { name("k\($0)", "Ministry of matters number \($0)") }
    #expect(LikeNames(many, distinct: []).pairs().isEmpty)
  }

  @Test("whoever waits for them can end it before all names are compared")
  func ended() {
    struct Enough: Error {}
    let many = LikeNames((0..<100).map { name("a\($0)", "One name") }, distinct: [])
    var count = 0
    #expect(throws: Enough.self) {
      _ = try many.pairs { () throws(Enough) in
        count += 1
        if count == 150 { throw Enough() }
      }
    }
    #expect(count == 150)
  }
}
