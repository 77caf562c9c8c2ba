import RegistryModel
import RegistryRules
import RegistryStore
import SeededNumbers
import TestRegistry
import Testing

@testable import RelationalStore

/// What an import says of the thing that it made last is compared while it comes; a check looks everything up.
@Suite("Cells of claims that were recorded just now")
struct FreshCellsTests {
  /// A claim drawn at random: most are plain and of another property than those before.
  private static func claim(of key: String, _ edits: Edits, _ random: inout Seeded) throws {
    let (first, last) = (try PartialDate(edtf: "2001"), try PartialDate(edtf: "2010"))
    let validity =
      switch random.below(12) {
      case 0: Validity(.period(.from(first), nil))
      case 1: Validity(.period(nil, .through(last)))
      default: Validity()
      }
    let source = ["s", "r"][random.below(2)]
    switch random.below(7) {
    case 0: try edits.claim(key, "many", .text(["x", "y", "z"][random.below(3)]), validity, citing: source)
    case 1: try edits.claim(key, "one", .text(["x", "y", "z"][random.below(3)]), validity, citing: source)
    case 2: try edits.claim(key, "one-at-a-time", .text("words \(random.below(9))"), validity, citing: source)
    case 3:
      try edits.claim(
        key, "begun", .date(try PartialDate(edtf: "\(1990 + random.below(40))")), citing: source)
    case 4:
      let thing = Value.entity(Key(unchecked: RandomEdits.things[random.below(4)]))
      let denied = Statement(subject: Key(unchecked: key), property: Groups.membership, value: thing)
      try edits.store.apply(
        random.below(3) == 0
          ? .deny(denied, Citation(source: Key(unchecked: source), stance: .denies))
          : .claim(denied, Citation(source: Key(unchecked: source))))
    default:
      let property = ["lead", "chair", "member", "speaker"][random.below(4)]
      let thing = RandomEdits.things[random.below(4)]
      try edits.claim(key, property, .entity(Key(unchecked: thing)), validity, citing: source)
    }
  }

  @Test(
    "are decided as when all is made anew, wherever the projections are brought up to date", arguments: 1...80
  )
  func decidesTheSame(seed: Int) throws {
    let registry = try TestRegistry.store()
    registry.shared.limits.waiting = [3, 17, 100, 20_000][seed % 4]
    registry.shared.limits.oneByOne = [2, 500][seed / 4 % 2]
    registry.shared.limits.part = seed / 8 % 2 == 0 ? 0 : 2
    try registry.write { try RandomEdits.prepare($0) }
    var random = Seeded(seed: UInt64(seed))
    try registry.write { edits in
      for number in 0..<60 {
        let key = "new-\(number)"
        try edits.add("thing", key, "New \(number)")
        for _ in 0..<random.below(4) { try Self.claim(of: key, edits, &random) }
        guard random.below(8) == 0 else { continue }
        // Of one that was made before, of one that was there, and with one's words taken back.
        try Self.claim(of: "new-\(random.below(number + 1))", edits, &random)
        try Self.claim(of: RandomEdits.things[random.below(4)], edits, &random)
        let said = try registry.statements(StatementSelection(subjects: [Key(unchecked: key)]), .all)
        if let last = said.last, random.below(2) == 0 { try edits.store.apply(.withdraw(last.id)) }
        if random.below(3) == 0 {
          struct OnPurpose: Error {}
          try? registry.atomically { () throws in
            try Self.claim(of: key, edits, &random)
            throw OnPurpose()
          }
        }
        if number > 0, random.below(4) == 0 {
          try edits.store.apply(.merge(Key(unchecked: key), into: Key(unchecked: "new-0"), reason: nil))
        }
      }
    }
    let problems = try registry.check().compactMap(\.problem)
    #expect(problems == [])
  }

  /// What is asked after claims of one new thing, each a property and the entity that it names.
  private func asked(_ claims: [(Int64, String, Int64)], hasRivals: Bool = false) throws -> Int {
    var cells = FreshCells()
    cells.begin(1)
    for (subject, property, object) in claims {
      let value = CountedValue(subject: subject, property: property, object: object)
      try cells.add(value, isPlain: property != "timed") { () throws(StoreProblem) in hasRivals }
    }
    #expect(cells.goingOn.asked.isEmpty)
    return cells.asked.count
  }

  @Test("are looked up only where something can be to be decided")
  func asksForFew() throws {
    #expect(try asked([(1, "name", 0), (1, "member", 7), (1, "member", 8)]) == 0)
    #expect(try asked([(1, "lead", 7), (1, "lead", 8)], hasRivals: true) == 1)
    #expect(try asked([(1, "member", 7), (1, "member", 7)]) == 1)
    #expect(try asked([(1, "name", 0), (1, "name", 0)]) == 1)
    #expect(try asked([(1, "timed", 7), (2, "member", 7)]) == 2)
    #expect(try asked([(1, "timed", 7), (1, "member", 7), (1, "name", 0)]) == 3)
  }
}
