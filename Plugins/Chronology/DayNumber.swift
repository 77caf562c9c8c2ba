import PluginKit

/// A day as a number of which readings have a least and a greatest.
struct DayNumber: ReadingNumber {
  var day: Int64

  static let zero = DayNumber(day: 0)
  static func < (one: DayNumber, other: DayNumber) -> Bool { one.day < other.day }
  static func + (one: DayNumber, other: DayNumber) -> DayNumber {
    DayNumber(day: one.day.addingReportingOverflow(other.day).partialValue)
  }
  static func - (one: DayNumber, other: DayNumber) -> DayNumber {
    DayNumber(day: one.day.subtractingReportingOverflow(other.day).partialValue)
  }

  var datum: Datum { .date(DateValue(day: day)) }
  var measure: Double { Double(day) }
}

/// The dates that competing claims leave open.
struct OpenDates {
  private struct Place: Hashable {
    var subject: String
    var property: String
    var value: String
    var part: DatedFact.Part
  }

  let readings: Readings
  private var facts: [Place: [DatedFact]] = [:]

  /// - Parameter facts: all that is claimed, what the rules passed over too.
  init(_ call: Call, among facts: [DatedFact]) throws {
    guard !facts.isEmpty else {
      readings = Readings([])
      return
    }
    readings = Readings(try call.openChoices(of: Set(facts.map(\.property)).sorted()))
    guard !readings.isSettled else { return }
    for fact in facts where !readings.isAlwaysTaken(fact.id) {
      self.facts[Self.place(fact), default: []].append(fact)
    }
  }

  private static func place(_ fact: DatedFact) -> Place {
    Place(subject: fact.subject, property: fact.property, value: fact.value, part: fact.part)
  }

  /// The first days that a date can have under the readings: of the claims of the same value that a reading takes; nothing
  /// where every reading has it.
  func firstDays(of fact: DatedFact) -> Extreme<DayNumber>? {
    guard !readings.isAlwaysTaken(fact.id), let all = facts[Self.place(fact)] else { return nil }
    // Where a property has many values, each date is open by itself.
    let choices = Set(readings.choices(on: [fact.id]))
    let rivals = all.filter { $0.id == fact.id || !choices.isDisjoint(with: readings.choices(on: [$0.id])) }
    return readings.extreme(dependingOn: rivals.map(\.id)) { reading in
      rivals.filter { reading.takes($0.id) }.map { DayNumber(day: $0.firstDay) }.min()
    }
  }
}

extension DatedFact {
  /// What it is of, for the table of readings: `forge.chair KOR ends`.
  var row: String {
    "\(subject).\(property)" + (value.isEmpty ? "" : " " + value)
      + (part == .dated ? "" : " " + part.rawValue)
  }
}
