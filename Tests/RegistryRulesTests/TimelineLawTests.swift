import RegistryModel
import SeededNumbers
import Testing

@testable import RegistryRules

/// When claims hold, found quickly and day by day.
@Suite("Timelines of random cells")
struct TimelineLawTests {
  private static let days = [
    "2019", "2020", "2020-06", "2020-06-15", "2020-06-16", "2021-03", "2021-03-01", "2022~",
  ]
  private static let sources = ["A", "B.2019-05-01", "C.2020-07-01", "D.2023-01-01", "B"]

  private func period(_ random: inout Seeded) -> String {
    let (first, last) = (random.one(of: Self.days), random.one(of: Self.days))
    return switch random.below(8) {
    case 0: ""
    case 1: "on \(first)"
    case 2: "until \(first)"
    case 3: "from \(first) until \(last)"
    case 4: "from \(first) through \(last)"
    case 5: "within \(first) \(last)"
    default: "from \(first)"
    }
  }

  private func cell(_ seed: Int) -> Cell {
    var random = Seeded(seed: UInt64(seed))
    var cell = Cell(
      random.one(of: [.many, .one, .oneAtATime, .oneAtATime, .onePer([Key(unchecked: "role")])]))
    let count = 1 + random.below(9)
    while cell.records.count < count {
      var qualifiers: [Qualifier] = []
      if random.below(5) == 0 {
        qualifiers.append(Qualifier(Key(unchecked: "role"), .text(random.one(of: ["x", "y"]))))
      }
      if random.below(6) == 0 { qualifiers.append(Qualifier(BuiltIn.jointly, .entity(Key(unchecked: "b")))) }
      if random.below(8) == 0 { qualifiers.append(Qualifier(BuiltIn.forecast, .text("yes"))) }
      let value = random.one(of: ["a", "b", "c", "d", "none", "unknown"])
      // A period that ends before it begins is none.
      try? cell.claim(
        value, period(&random), random.one(of: Self.sources), qualifiers,
        stance: random.below(6) == 0 ? .denies : .claims, broader: random.below(9) == 0,
        rank: random.one(of: [.normal, .normal, .normal, .preferred, .deprecated]))
    }
    return cell
  }

  @Test("are what the rules say of each day, whichever word is preferred", arguments: 0..<20)
  func timelines(part: Int) {
    for seed in part * 100..<part * 100 + 100 {
      let cell = cell(seed)
      let sources = cell.sources
      let words =
        [nil] + cell.records.map { Preference(statement: $0.id, stance: $0.isClaimed ? .claims : .denies) }
      for preferred in words {
        let rules = CellTimelines(
          cell.records, broader: cell.broader, cell.definition, preferring: preferred
        ) { sources[$0] }
        let plain = PlainTimelines(
          cell.records, broader: cell.broader, cell.definition, preferring: preferred
        ) { sources[$0] }
        #expect(
          rules.timelines(of: cell.records) == plain.timelines(of: cell.records),
          "seed \(seed), \(preferred as Any)")
      }
    }
  }

  @Test("do not take the longer the more others there are")
  func handovers() throws {
    var cell = Cell(.oneAtATime)
    for month in 0..<400 {
      let date = "\(1990 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
      try cell.claim(["a", "b", "c"][month % 3], "from \(date)")
    }
    let timelines = cell.timelines
    #expect(timelines.count == 400)
    #expect(timelines.values.allSatisfy { $0.stretches.count <= 5 })
  }
}
