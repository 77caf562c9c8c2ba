import RegistryModel
import SeededNumbers
import Testing

@testable import RegistryRules

/// What is said to begin and to end between two days.
@Suite("When values begin and end")
struct PeriodEdgesTests {
  @Test("the spans with a day in a stretch are counted as one by one", arguments: 0..<50)
  func counts(seed: Int) {
    var numbers = Seeded(seed: UInt64(seed))
    func range() -> ClosedRange<Day> {
      let first = Int64(numbers.below(60))
      return Day(first)...Day(first + Int64(numbers.below(12)))
    }
    let spans = (0..<numbers.below(40)).map { _ in range() }
    for _ in 0..<100 {
      let stretch = range()
      #expect(
        DaySpans(spans).count(from: stretch.lowerBound, to: stretch.upperBound)
          == spans.count { $0.overlaps(stretch) })
    }
  }

  /// Each pair of periods asked all the others: 1,000 took minutes.
  @Test(
    "a value with a thousand periods is resolved, and one with no end between two starts is told",
    .timeLimit(.minutes(1)))
  func manyPeriods() throws {
    var cell = Cell(.oneAtATime)
    for year in 1000..<2000 { try cell.claim("A", "from \(year) until \(year)") }
    let resolver = Resolver(cell.definition) { [sources = cell.sources] in sources[$0] }
    #expect(resolver.resolve(cell.records).count == 1_000)
    try cell.claim("A", "from 2001")
    try cell.claim("A", "from 2005")
    let last = resolver.resolve(cell.records)
    #expect(last.count == 1_001)
    #expect(last.last?.passedOver.count == 1)
  }
}
