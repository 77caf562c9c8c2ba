import Foundation
import RegistryModel
import RegistryRules
import SeededNumbers
import Testing

/// The rules against an enumeration: every open bound of a few statements placed on every day that it allows.
@Suite("What holds, against every placement of the bounds")
struct PlacementTests {
  static let first = Day(year: 2026, month: 1, day: 1)
  static func day(_ number: Int) -> Day { Day(first.number + Int64(number)) }
  static func text(_ range: ClosedRange<Int>) -> String {
    let ends = [range.lowerBound, range.upperBound].map { PartialDate(day: day($0)).edtf }
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: "/")
  }

  /// A few random claims and denials of two values.
  static func cell(_ numbers: inout Seeded, _ cardinality: Cardinality) throws -> Cell {
    var cell = Cell(cardinality)
    for _ in 0...numbers.upTo(4) {
      let value = numbers.upTo(2) == 0 ? "A" : "B"
      let isClaim = numbers.upTo(100) < 85
      let from = numbers.upTo(13)
      let start = numbers.upTo(10) < 8 ? from...(from + [0, 0, 0, 2, 4][numbers.upTo(5)]) : nil
      var words = start.map { ["from \(text($0))"] } ?? []
      if isClaim, numbers.upTo(10) < 4 {
        let end = (start?.upperBound ?? 3) + numbers.upTo(7)
        words.append("until \(text(end...(end + [0, 0, 2][numbers.upTo(3)])))")
      } else if start == nil {
        words.append("on \(text({ $0...$0 }(numbers.upTo(6))))")
      } else if isClaim, numbers.upTo(10) < 4, let last = start?.upperBound {
        words.append("still on \(text({ $0...$0 }(last + numbers.upTo(6))))")
      }
      try cell.claim(
        value, words.joined(separator: " "), ["A", "B", "C", "D", "E"][numbers.upTo(5)],
        stance: isClaim ? .claims : .denies)
    }
    return cell
  }

  /// One statement with its bounds on single days.
  private struct Placed {
    var value: Value
    var isClaim: Bool
    var start: Int?
    var end: Int?
    var seen: Int?
    var endsOnOneDay: Bool
  }

  private static func number(_ day: Day) -> Int { Int(day.number - first.number) }

  private static func days(_ range: ClosedRange<Day>?) -> [Int?] {
    range.map { (number($0.lowerBound)...number($0.upperBound)).map(Optional.some) } ?? [nil]
  }

  /// All placements of what is accepted, in which claims that allow one start, or end, mean the same.
  private static func placements(_ accepted: [StatementRecord], isAtATime: Bool) -> [[Placed]]? {
    let periods = accepted.map { Period($0.statement.validity) }
    var all: [[Placed]] = [[]]
    for (record, period) in zip(accepted, periods) {
      var next: [[Placed]] = []
      for placed in all {
        for start in days(period.start) {
          for end in days(period.end) {
            if let start, let end, end < start { continue }
            next.append(
              placed + [
                Placed(
                  value: record.statement.value, isClaim: record.isClaimed, start: start, end: end,
                  seen: period.seen.map { number($0.lowerBound) },
                  endsOnOneDay: period.end.map { $0.lowerBound == $0.upperBound } ?? false)
              ])
          }
        }
      }
      all = next
      if all.count > 300 { return nil }
    }
    // Of whom only the end is said, and to the day, hands over to one who may have begun on that day.
    func isHandover(_ one: Int, _ next: Int, _ placed: [Placed]) -> Bool {
      guard placed[one].endsOnOneDay, placed[one].start == nil, placed[one].seen == nil,
        let end = periods[one].end, periods[next].start?.overlaps(end) == true
      else { return true }
      return placed[next].start == Self.number(end.lowerBound)
    }
    return all.filter { placed in
      accepted.indices.allSatisfy { i in
        (0..<i).allSatisfy { j in
          guard placed[i].isClaim, placed[j].isClaim else { return true }
          if placed[i].value != placed[j].value {
            return !isAtATime || isHandover(i, j, placed) && isHandover(j, i, placed)
          }
          if let a = periods[i].start, let b = periods[j].start, a.overlaps(b),
            placed[i].start != placed[j].start
          {
            return false
          }
          if let a = periods[i].end, let b = periods[j].end, a.overlaps(b), placed[i].end != placed[j].end {
            return false
          }
          return true
        }
      }
    }
  }

  /// What holds of a value on a day in one placement; nil where its words tie or nobody has spoken.
  private static func holds(_ value: Value, on day: Int, _ placed: [Placed], isAtATime: Bool) -> Bool? {
    var words: [(day: Int, isYes: Bool)] = []
    for one in placed {
      if one.value == value, one.isClaim {
        if let start = one.start, let end = one.end, start <= day, day <= end { return true }
        if let start = one.start, let seen = one.seen, one.end == nil, start <= day, day <= seen {
          return true
        }
        for yes in [one.start, one.seen].compactMap(\.self) { words.append((yes, true)) }
        if let end = one.end {
          words.append((end + 1, false))
          if one.endsOnOneDay { words.append((end, true)) }
        }
      } else if one.value == value {
        for no in [one.start, one.seen].compactMap(\.self) { words.append((no, false)) }
      } else if one.isClaim, isAtATime {
        for no in [one.start, one.seen].compactMap(\.self) { words.append((no, false)) }
        if one.endsOnOneDay, one.start == nil, let end = one.end { words.append((end, false)) }
      }
    }
    guard let last = words.map(\.day).filter({ $0 <= day }).max() else { return nil }
    let said = Set(words.filter { $0.day == last }.map(\.isYes))
    return said.count == 1 ? said.first : nil
  }

  static var draws: Int { ProcessInfo.processInfo.environment["ENTENTE_STRESS"] == nil ? 2_000 : 40_000 }

  @Test(
    "No yes is contradicted by a placement, whatever the order of reading; two hold at once on a handover alone",
    arguments: [Cardinality.oneAtATime, .many])
  func placements(_ cardinality: Cardinality) throws {
    var numbers = Seeded(seed: cardinality == .many ? 7 : 11)
    var compared = 0
    for draw in 0..<Self.draws {
      let cell = try Self.cell(&numbers, cardinality)
      var shuffled = cell
      shuffled.records.shuffle(using: &numbers)
      let sources = cell.sources
      let rules = CellTimelines(cell.records, broader: [], cell.definition) { sources[$0] }
      let timelines = rules.timelines(of: cell.records)
      #expect(shuffled.timelines == timelines, "draw \(draw)")
      let (chosen, denied) = (rules.chosen, rules.denied)
      let accepted = cell.records.filter { chosen.contains($0.id) || denied.contains($0.id) }
      let placements = Self.placements(accepted, isAtATime: cardinality == .oneAtATime)
      for number in 0..<20 {
        let date = PartialDate(day: Self.day(number))
        var yes: [Value] = []
        for value in Set(cell.records.map(\.statement.value)) {
          let mine = cell.records.filter { $0.isClaimed && $0.statement.value == value }
          let best = mine.compactMap { timelines[$0.id]?.holds(on: date, today: nil).verdict }
            .max { $0.sureness < $1.sureness }
          guard let best else { continue }
          if best.isYes { yes.append(value) }
          guard let placements else { continue }
          let answers = Set(
            placements.map { Self.holds(value, on: number, $0, isAtATime: cardinality == .oneAtATime) })
          guard !answers.isEmpty else { continue }
          compared += 1
          if best.isYes {
            #expect(
              !answers.contains(false), "draw \(draw), \(value) on \(date.edtf): \(best), \(Self.tell(cell))")
          }
          // Of what there is one of at a time, another one rules it out, whatever its own period allows.
          if best.sureness == .no, best.reason != .denied, cardinality == .many {
            #expect(
              !answers.contains(true), "draw \(draw), \(value) on \(date.edtf): \(best), \(Self.tell(cell))")
          }
        }
        if cardinality == .oneAtATime, yes.count > 1 {
          let isHandover = accepted.contains { one in
            accepted.contains { other in
              one.statement.value != other.statement.value
                && Period(one.statement.validity).touches(Period(other.statement.validity))
            }
          }
          #expect(isHandover, "draw \(draw) on \(date.edtf): \(yes), \(Self.tell(cell))")
        }
      }
    }
    #expect(compared > Self.draws)
  }

  private static func tell(_ cell: Cell) -> String {
    cell.records.map {
      "\($0.isClaimed ? "" : "deny ")\($0.statement.value.canonicalText) \($0.statement.validity) \($0.citations[0].source)"
    }.joined(separator: " | ")
  }
}

extension Seeded {
  /// Drawn as the standard library does, which is what the seeds of these tests were chosen with.
  fileprivate mutating func upTo(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
