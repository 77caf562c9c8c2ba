/// A day that is counted from today: `today`, `today + 90 days`, `today - 1 month`.
public struct RelativeDay: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, Hashable, Sendable, CaseIterable { case days, weeks, months, years }

  /// How many, negative before today.
  public let count: Int64
  /// What is counted.
  public let unit: Unit

  /// Reads what the language writes; nothing for any other text.
  public init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.first == "today" else { return nil }
    if words.count == 1 {
      (count, unit) = (0, .days)
      return
    }
    guard words.count == 4, ["+", "-"].contains(words[1]), let number = Int64(words[2]),
      (0...1_000_000).contains(number),
      let unit = Unit.allCases.first(where: { $0.rawValue == words[3] || $0.rawValue.dropLast() == words[3] })
    else { return nil }
    (count, self.unit) = (words[1] == "-" ? -number : number, unit)
  }

  /// The day that is meant. A month or a year on from a day that the month reached does not have is that month's last.
  public func day(from today: Day) -> Day {
    switch unit {
    case .days: return Day(today.number + count)
    case .weeks: return Day(today.number + 7 * count)
    case .months, .years:
      let (year, month, day) = today.civil
      let months = year * 12 + Int64(month - 1) + count * (unit == .years ? 12 : 1)
      let reached = months >= 0 ? months / 12 : (months - 11) / 12
      let monthReached = Int(months - reached * 12) + 1
      return Day(
        year: reached, month: monthReached, day: min(day, Day.lastDay(year: reached, month: monthReached)))
    }
  }
}
