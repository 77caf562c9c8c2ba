public import FoundationEssentials

/// One value that an analysis reads or emits.
public enum Datum: Hashable, Sendable {
  /// Nothing is stated here.
  case empty
  case text(String)
  /// The key of an entity, a type or a property.
  case key(String)
  case integer(Int64)
  /// A measure; must be finite. Money and shares are ``decimal(_:)``.
  case real(Double)
  /// An exact number.
  case decimal(Decimal)
  case date(DateValue)
  case boolean(Bool)
  /// Values of any case but this one.
  case list([Datum])

  /// The value in words: the text, the key, the digits, the date as its source has it; empty where nothing is stated.
  public var label: String {
    switch self {
    case .empty: ""
    case .text(let text), .key(let text): text
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .decimal(let number): number.description
    case .date(let date): date.edtf
    case .boolean(let flag): flag ? "yes" : "no"
    case .list(let values): values.map(\.label).joined(separator: ", ")
    }
  }

  /// The value as an exact number, or nothing where it is none.
  public var number: Decimal? {
    switch self {
    case .integer(let number): Decimal(number)
    case .real(let number): Decimal(number)
    case .decimal(let number): number
    default: nil
    }
  }
}

/// A date at the precision of its source.
public struct DateValue: Hashable, Sendable {
  /// EDTF level 1 (ISO 8601-2).
  public var edtf: String
  /// The first day that it can mean, as days since 1970-01-01.
  public var firstDay: Int64
  /// The last day that it can mean, as days since 1970-01-01.
  public var lastDay: Int64

  /// A date of its text and bounds; `firstDay` must not be after `lastDay`.
  public init(edtf: String, firstDay: Int64, lastDay: Int64) {
    self.edtf = edtf
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  /// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
  public init(day: Int64) {
    let (year, month, ofMonth) = DateValue.civil(day)
    let sign = year < 0 ? "-" : ""
    func digits(_ number: Int64, _ width: Int) -> String {
      let text = String(number.magnitude)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    self.init(
      edtf: "\(sign)\(digits(year, 4))-\(digits(month, 2))-\(digits(ofMonth, 2))", firstDay: day,
      lastDay: day)
  }

  /// The years of the first and the last day that it can mean.
  public var years: ClosedRange<Int64> {
    let first = DateValue.civil(firstDay).year
    return first...max(first, DateValue.civil(lastDay).year)
  }

  /// Year, month and day of a number of days since 1970-01-01 (Howard Hinnant's `civil_from_days`).
  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let place = (5 * ofYear + 2) / 153
    let month = place < 10 ? place + 3 : place - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * place + 2) / 5 + 1)
  }
}

extension Datum: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A measure.
  public init(floatLiteral value: Double) { self = .real(value) }
  /// Yes or no.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
