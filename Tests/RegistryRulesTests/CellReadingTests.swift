import RegistryModel
@testable import RegistryRules
import Testing

/// The ways in which a cell can be read.
@Suite("Readings of a cell")
struct CellReadingTests {
  private func readings(_ cell: Cell) -> [CellReading] {
    let sources = cell.sources
    return CellReading.all(cell.records, broader: cell.broader, cell.definition) { sources[$0] }
  }

  /// The values that each reading has on a date, and the statement that it prefers.
  private func words(_ cell: Cell, on date: String) throws -> [String] {
    let date = try PartialDate(edtf: date)
    return readings(cell).map { reading in
      let timelines = reading.rules.timelines(of: cell.records)
      let values = cell.records.filter { reading.claimed.contains($0.id) }.compactMap { record -> String? in
        guard let held = timelines[record.id]?.holds(on: date, today: nil), held.certainty != .not,
          case .entity(let key) = record.statement.value
        else { return nil }
        return held.certainty == .certainly ? key.text : "\(key.text)?"
      }
      return "\(reading.preferred?.digest ?? "-"): \(Set(values).sorted().joined(separator: " "))"
    }
  }

  @Test("of two starts each reading takes one")
  func starts() throws {
    var cell = Cell(.many)
    try cell.claim("PHL", "from 2026-04-16", "C")
    try cell.claim("PHL", "from 2026-04-17", "A")
    #expect(try words(cell, on: "2026-04-16") == ["-: ", "id0: PHL"])
    #expect(try words(cell, on: "2026-04-17") == ["-: PHL", "id0: PHL"])
  }

  @Test("of a claim and a denial each reading takes one")
  func denial() throws {
    var cell = Cell(.many)
    try cell.claim("PRT", "on 2026-06-26", "D")
    try cell.claim("PRT", "on 2026-06-26", "A", stance: .denies)
    #expect(try words(cell, on: "2026-06-26") == ["-: ", "id0: PRT"])
    #expect(readings(cell).map(\.denied.count) == [1, 0])
  }

  @Test("of what there is one of at a time each rival has a reading; who follows stays")
  func chairs() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("a", "from 2020 until 2023", "A")
    try cell.claim("b", "from 2020 until 2022", "C")
    try cell.claim("c", "from 2024", "B")
    #expect(try words(cell, on: "2021") == ["-: a", "id1: b"])
    #expect(try words(cell, on: "2025") == ["-: c", "id1: c"])
  }

  @Test("what stands alone, what agrees, what is deprecated and what a later source overtook make no reading")
  func settled() throws {
    var alone = Cell(.many)
    try alone.claim("a", "from 2020")
    try alone.claim("a", "from 2020-05")
    #expect(readings(alone).count == 1)
    var deprecated = Cell(.oneAtATime)
    try deprecated.claim("a", "from 2020", "C")
    try deprecated.claim("b", "from 2020", "A", rank: .deprecated)
    #expect(readings(deprecated).count == 1)
    var plan = Cell(.many)
    try plan.claim("a", "from 2026", "A.2025-01-01")
    try plan.claim("a", "from 2027", "C.2027-02-01")
    #expect(readings(plan).count == 1)
  }

  @Test("a denial of the broader property makes a reading of what narrows it")
  func broader() throws {
    var cell = Cell(.many)
    try cell.claim("PRT", "on 2026-06-26", "A")
    try cell.claim("PRT", "on 2026-06-26", "C", stance: .denies, broader: true)
    #expect(try words(cell, on: "2026-06-26") == ["-: PRT", "id1: "])
  }

  @Test("a reading takes what it chooses, and of a date also a claim that speaks where nothing chosen does")
  func taken() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("a", "from 2020 until 2023", "A")
    try cell.claim("b", "from 2020 until 2022", "C")
    try cell.claim("c", "from 2019", "A", stance: .denies)
    let chosen = readings(cell)[0]
    let taken = cell.records.map { record in
      [nil, Certainty.not, .possibly].map { chosen.taken(of: record, on: $0) }.map { taken in
        taken.map { ($0.claim ? "claim" : "") + ($0.denial ? "denial" : "") } ?? "-"
      }
    }
    #expect(
      taken == [["claim", "claim", "claim"], ["-", "-", "claim"], ["denial", "denial", "denial"]])
  }

  @Test(
    "no reading takes two rivals, each takes what it prefers, and no two take the same", arguments: 0..<200)
  func lawful(seed: Int) throws {
    var random = SystemRandom(seed: UInt64(seed))
    var cell = Cell([.many, .oneAtATime, .one][seed % 3])
    for _ in 0..<Int.random(in: 1...7, using: &random) {
      let from = Int.random(in: 2000...2006, using: &random)
      let period =
        ["from \(from)", "from \(from) until \(from + 2)", "on \(from)", ""][
          Int.random(in: 0...3, using: &random)]
      try cell.claim(
        ["a", "b", "c"][Int.random(in: 0...2, using: &random)], period,
        ["A", "B", "C"][Int.random(in: 0...2, using: &random)],
        stance: Int.random(in: 0...4, using: &random) == 0 ? .denies : .claims)
    }
    for group in cell.definition.groups(cell.records) {
      var part = cell
      part.records = group
      let found = readings(part)
      let normal = CellTimelines(group, broader: [], cell.definition) { [sources = cell.sources] in
        sources[$0]
      }
      #expect(found[0].claimed == normal.chosen && found[0].preferred == nil)
      for reading in found.dropFirst() {
        let preferred = try #require(reading.preferred)
        #expect(reading.claimed.contains(preferred) || reading.denied.contains(preferred))
        let rivals = Rivals(
          cardinality: cell.definition.cardinality,
          edges: PeriodEdges(Testimony.all(group) { [sources = cell.sources] in sources[$0] }))
        let taken = reading.rules.choice.accepted
        for (place, one) in taken.enumerated() {
          for other in taken[(place + 1)...] { #expect(!rivals.areRivals(one, other)) }
        }
      }
      let sets = found.map { [$0.claimed, $0.denied] }
      #expect(Set(sets).count == sets.count)
    }
  }
}

/// Numbers that are the same in every run.
private struct SystemRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
