/// A date at the precision that its source gives: EDTF level 1 (ISO 8601-2), with its text and the first and
/// last day that it can mean.
public struct PartialDate: Hashable, Sendable {
  /// The EDTF text, as it was written.
  public let edtf: String
  /// The first day that it can mean.
  public let earliest: Day
  /// The last day that it can mean.
  public let latest: Day

  /// A date whose text and bounds are already known to agree, such as a stored one.
  public init(uncheckedEDTF edtf: String, earliest: Day, latest: Day) {
    self.edtf = edtf
    self.earliest = earliest
    self.latest = latest
  }

  /// The date that is this day.
  /// The date with which these days are written: a year or a month where they are all of it, else an interval.
  public static func covering(_ days: ClosedRange<Day>) -> PartialDate {
    let (first, last) = (PartialDate(day: days.lowerBound), PartialDate(day: days.upperBound))
    if first == last { return first }
    for length in [4, 7] {
      let shorter = String(first.edtf.prefix(length))
      if let date = try? PartialDate(edtf: shorter), date.earliest == days.lowerBound,
        date.latest == days.upperBound
      {
        return date
      }
    }
    return (try? PartialDate(edtf: "\(first.edtf)/\(last.edtf)")) ?? first
  }

  public init(day: Day) {
    let (year, month, dayOfMonth) = day.civil
    self.init(
      uncheckedEDTF:
        "\(EDTFPoint.yearText(year))-\(EDTFPoint.padded(month, 2))-\(EDTFPoint.padded(dayOfMonth, 2))",
      earliest: day, latest: day)
  }

  /// The date that is a whole year, counted astronomically (0 is 1 BC).
  public static func year(_ year: Int64) -> PartialDate {
    PartialDate(
      uncheckedEDTF: EDTFPoint.yearText(year), earliest: Day(year: year, month: 1, day: 1),
      latest: Day(year: year, month: 12, day: 31))
  }
}

extension PartialDate: Comparable {
  /// By the first possible day, then by the last; dates that mean the same days stand in the order of their texts.
  public static func < (left: PartialDate, right: PartialDate) -> Bool {
    (left.earliest, left.latest, left.edtf) < (right.earliest, right.latest, right.edtf)
  }
}

extension PartialDate: CustomStringConvertible {
  /// The EDTF text.
  public var description: String { edtf }
}

extension PartialDate {
  /// How exactly a date is given.
  public enum Precision: String, Hashable, Sendable, CaseIterable {
    case day, month, season, quarter, half, year, decade, century, interval
  }

  /// What is known exactly: `2026-02-XX` is a month, since its day is not known, and `201X` a decade.
  public var precision: Precision {
    if edtf.utf8.contains(UInt8(ascii: "/")) { return .interval }
    // A point that cannot be read can only come of unchecked text; its bounds still say what it means.
    return (try? EDTFPoint(edtf[...]))?.precision ?? .interval
  }

  /// Whether the source says about (`~` or `%`), at either end of an interval.
  public var isApproximate: Bool { edtf.utf8.contains { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "%") } }

  /// Whether the source doubts the date (`?` or `%`), at either end of an interval.
  public var isUncertain: Bool { edtf.utf8.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "%") } }
}
