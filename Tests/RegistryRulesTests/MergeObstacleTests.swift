import RegistryModel
import RegistryRules
import Testing

@Suite("What stands against a merge")
struct MergeObstacleTests {
  private func side(_ key: String, as counted: String? = nil, holding held: String...) -> MergeSide {
    MergeSide(
      key: Key(unchecked: key), countsAs: Key(unchecked: counted ?? key),
      held: held.map { Key(unchecked: $0) })
  }

  private func obstacle(
    _ one: MergeSide, _ other: MergeSide, areDistinct: Bool = false
  ) -> MergeObstacle? {
    MergeObstacle.between(one, other) { areDistinct }
  }

  @Test("is nothing where both stand for themselves, whatever counts as the second already")
  func nothing() {
    #expect(obstacle(side("a"), side("b")) == nil)
    #expect(obstacle(side("a"), side("b", holding: "c")) == nil)
  }

  @Test("is that they are one, that either counts as another, or that others count as the first")
  func obstacles() {
    let (a, b, c) = (Key(unchecked: "a"), Key(unchecked: "b"), Key(unchecked: "c"))
    #expect(obstacle(side("a"), side("a")) == .same)
    #expect(obstacle(side("a", as: "c"), side("b")) == .merged(a, into: c))
    #expect(obstacle(side("a"), side("b", as: "c")) == .merged(b, into: c))
    #expect(obstacle(side("a", holding: "c"), side("b")) == .holds([c]))
    #expect(obstacle(side("a"), side("b"), areDistinct: true) == .distinct)
  }

  @Test(
    "is told by what can be taken back first: a judgement of two is looked for where nothing else stands against it"
  )
  func order() {
    let c = Key(unchecked: "c")
    #expect(obstacle(side("a", holding: "c"), side("b"), areDistinct: true) == .holds([c]))
    #expect(obstacle(side("a", holding: "c"), side("b", as: "c")) == .merged(Key(unchecked: "b"), into: c))
    var isAsked = false
    _ = MergeObstacle.between(side("a"), side("a")) {
      isAsked = true
      return true
    }
    #expect(!isAsked)
  }
}
