import Foundation
import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine
import SeededNumbers
import TestRegistry
import Testing

/// Filters compare in SQL, everything else by `Quantity.satisfies`: the two say the same of every pair.
@Suite("Comparisons of quantities")
struct ComparisonLawTests {
  private static let amount = Key(unchecked: "amount")

  private static let comparisons: [(Quantity.Comparison, Filter.Comparison)] = [
    (.equal, .equal), (.unequal, .unequal), (.less, .less), (.lessOrEqual, .lessOrEqual),
    (.greater, .greater), (.greaterOrEqual, .greaterOrEqual),
  ]

  /// Few numbers and units, so that many pairs touch, overlap or are the same.
  private func draw(_ random: inout Seeded) -> Quantity {
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int.random(in: 0..<elements.count, using: &random)]
    }
    let numbers = [
      "-10", "-0.5", "0", "5", "9.5", "10", "10.5", "55", "60", "65", "100", "1000", "1e12", "0.001",
    ]
    let ends = [pick(numbers), pick(numbers)].compactMap { Decimal(string: $0) }.sorted()
    let bound = pick(Quantity.Bound.allCases)
    let isRange = [.exact, .about, .range].contains(bound) && Bool.random(using: &random)
    return Quantity(
      low: ends[0], high: isRange ? ends[1] : ends[0], unit: pick(["", "%", "USD"]), bound: bound,
      approximate: Int.random(in: 0..<5, using: &random) == 0,
      reading: Int.random(in: 0..<3, using: &random) == 0 ? pick(Quantity.Reading.allCases) : nil,
      forecast: Int.random(in: 0..<6, using: &random) == 0)
  }

  @Test("in SQL hold, do not hold and are undecided where Quantity.satisfies says so", arguments: 1...6)
  func same(seed: UInt64) throws {
    var random = Seeded(seed: seed)
    let stored = (0..<60).map { _ in draw(&random) }
    let registry = try TestRegistry.store()
    try registry.write { edits in
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Self.amount, domain: [BuiltIn.entity], range: .number, cardinality: .one)))
      for (number, quantity) in stored.enumerated() {
        try edits.add("thing", "thing-\(number)")
        try edits.claim("thing-\(number)", "amount", .quantity(quantity))
      }
    }
    func found(_ filter: Filter) throws -> Set<Key> {
      Set(try registry.entities(EntityQuery(types: nil, filter: filter), .all).rows.map(\.entity.key))
    }
    var answers: [Bool?: Int] = [:]
    for asked in (0..<40).map({ _ in draw(&random) }) + stored.prefix(10) {
      for (comparison, inSQL) in Self.comparisons {
        let filter = Filter.compare(path: [[Self.amount]], inSQL, [.quantity(asked)])
        let (holds, doesNot) = (try found(filter), try found(.not(filter)))
        for (number, quantity) in stored.enumerated() {
          let key = Key(unchecked: "thing-\(number)")
          let expected = quantity.satisfies(comparison, asked)
          answers[expected, default: 0] += 1
          let answer: Bool? = holds.contains(key) ? true : doesNot.contains(key) ? false : nil
          #expect(
            answer == expected && !(holds.contains(key) && doesNot.contains(key)),
            "\(quantity) \(comparison.rawValue) \(asked)")
        }
      }
    }
    // Each answer was given often.
    #expect([true, false, nil].allSatisfy { (answers[$0] ?? 0) > 500 }, "\(answers)")
  }
}
