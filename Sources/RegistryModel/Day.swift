/// A day of the proleptic Gregorian calendar, as the number of days since 1970-01-01.
public struct Day: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01, negative before.
  public let number: Int64

  /// The day that is `number` days after 1970-01-01.
  public init(_ number: Int64) { self.number = number }

  /// Before every date that can be written.
  public static let distantPast = Day(-4_000_000_000_000)
  /// After every date that can be written.
  public static let distantFuture = Day(4_000_000_000_000)

  /// By time.
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// The day with these numbers, the year counted astronomically (0 is 1 BC); month and day must exist.
  ///
  /// Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
  public init(year: Int64, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.number = era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month and day; `civil_from_days` of the same source.
  public var civil: (year: Int64, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthShifted = (5 * dayOfYear + 2) / 153
    let month = Int(monthShifted < 10 ? monthShifted + 3 : monthShifted - 9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, Int(dayOfYear - (153 * monthShifted + 2) / 5 + 1))
  }

  /// The last day of a month.
  public static func lastDay(year: Int64, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
