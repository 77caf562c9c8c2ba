import RegistryRules
import Testing

/// Which entities are one, and under which key each is shown, where several said so without knowing of each other.
@Suite("Which entities are one")
struct IdentitiesTests {
  private typealias Merging = Identities<String>.Merging
  private typealias Renaming = Identities<String>.Renaming

  @Test("what is merged into what is merged counts as the last of them, in whichever order it came")
  func chain() {
    for mergings in [
      [Merging("a", into: "b"), Merging("b", into: "c")], [Merging("b", into: "c"), Merging("a", into: "b")],
    ] {
      let found = Identities(mergings: mergings)
      #expect(["a", "b", "c"].map(found.counted) == ["c", "c", "c"])
      #expect(found.passedOver.isEmpty)
      #expect(Set(found.merged) == ["a", "b"])
    }
  }

  @Test("of two that are merged into each other the older counts")
  func circle() {
    let found = Identities(mergings: [Merging("a", into: "b"), Merging("b", into: "a")])
    #expect(["a", "b"].map(found.counted) == ["b", "b"])
    #expect(found.passedOver.map(\.entity) == ["b"])
  }

  @Test("what is held distinct is not one, also by way of a third")
  func distinct() {
    let found = Identities(
      mergings: [Merging("a", into: "b"), Merging("b", into: "c"), Merging("d", into: "c")],
      distinct: [("c", "a")])
    #expect(["a", "b", "c", "d"].map(found.counted) == ["b", "b", "c", "c"])
    #expect(found.passedOver.map(\.entity) == ["b"])
  }

  @Test("a key means who had it first, else to whom it was given last")
  func keys() {
    let found = Identities(
      mergings: [],
      renamings: [
        Renaming("a", to: "x", first: nil), Renaming("b", to: "y", first: nil),
        Renaming("a", to: "c", first: "c"),
        Renaming("a", to: "y", first: nil), Renaming("d", to: "c", first: "c"),
      ])
    #expect(["a", "b", "c", "d"].map(found.key) == ["y", nil, nil, nil])
  }
}
