/// Why a text is no date of EDTF level 1; ``DateProblem`` has the words.
enum EDTFFault: Error {
  case malformed
  case noSuchMonth(month: Int, year: Int64)
  case noSuchDay(year: Int64, month: Int)
  case negativeZero
  case reversed
  case openOnBothSides
  case tooFar
}

/// One date of EDTF level 1 that is no interval: its precision and the days that it can mean.
struct EDTFPoint {
  let precision: PartialDate.Precision
  let earliest: Day
  let latest: Day
  /// The one way to write it: as it was written, but for a quarter or a half that was written by its number.
  let text: String

  /// Beyond these years a day would leave the span from ``Day/distantPast`` to ``Day/distantFuture``.
  static let years: ClosedRange<Int64> = -10_000_000_000...10_000_000_000

  /// Reads a date without interval.
  init(_ text: Substring) throws(EDTFFault) {
    var bytes = Array(text.utf8)
    var isApproximate = false
    if let last = bytes.last,
      last == UInt8(ascii: "~") || last == UInt8(ascii: "%") || last == UInt8(ascii: "?")
    {
      isApproximate = last != UInt8(ascii: "?")
      bytes.removeLast()
    }
    let isNegative = bytes.first == UInt8(ascii: "-")
    let fields = bytes[(isNegative ? 1 : 0)...]
      .split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    var span: Span
    if bytes.first == UInt8(ascii: "Y") {
      span = try .year(EDTFPoint.longYear(bytes.dropFirst()))
    } else {
      guard (1...3).contains(fields.count), fields[0].count == 4 else { throw .malformed }
      span = try EDTFPoint.yearSpan(fields[0], isNegative: isNegative)
      if fields.count > 1 {
        span = try EDTFPoint.narrow(span, to: fields.dropFirst().map(Array.init))
      }
    }
    self.text = span.named(text)
    precision = span.precision
    earliest = isApproximate ? span.previous.earliest : span.earliest
    latest = isApproximate ? span.next.latest : span.latest
  }

  /// The digits behind `Y`: more than four, since four are written without it.
  private static func longYear(_ bytes: ArraySlice<UInt8>) throws(EDTFFault) -> Int64 {
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    guard digits.count > 4, digits.allSatisfy(\.isDigit), digits.first != UInt8(ascii: "0") else {
      throw .malformed
    }
    guard digits.count < 13, let year = Int64(String(decoding: bytes, as: UTF8.self)), years.contains(year)
    else {
      throw .tooFar
    }
    return year
  }

  /// Four digits, of which the last one or two may be unspecified.
  private static func yearSpan(
    _ field: ArraySlice<UInt8>, isNegative: Bool
  ) throws(EDTFFault) -> Span {
    let digits = field.prefix { $0.isDigit }
    guard field.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "X") }), digits.count >= 2 else {
      throw .malformed
    }
    let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    if isNegative, number == 0, digits.count == 4 { throw .negativeZero }
    switch digits.count {
    case 4: return .year(isNegative ? -number : number)
    case 3: return .years(isNegative ? -number * 10 - 9 : number * 10, count: 10)
    default: return .years(isNegative ? -number * 100 - 99 : number * 100, count: 100)
    }
  }

  /// A month or season, and a day, of a year.
  private static func narrow(_ span: Span, to fields: [[UInt8]]) throws(EDTFFault) -> Span {
    guard case .year(let year) = span else { throw .malformed }
    let unspecified = [UInt8(ascii: "X"), UInt8(ascii: "X")]
    if fields.count == 1, let part = EDTFPoint.part(fields[0]) {
      return .part(year, part.index, of: part.count)
    }
    guard fields.allSatisfy({ $0 == unspecified || $0.count == 2 && $0.allSatisfy(\.isDigit) }) else {
      throw .malformed
    }
    let day = fields.count > 1 ? fields[1] : unspecified
    guard fields[0] != unspecified else {
      if day != unspecified { throw .malformed }
      return span
    }
    let month = EDTFPoint.number(fields[0])
    switch month {
    case 1...12: break
    case 21...24 where fields.count == 1: return .season(year, month - 21)
    case 25...41 where fields.count == 1: throw .malformed
    default: throw .noSuchMonth(month: month, year: year)
    }
    guard day != unspecified else { return .month(year, month) }
    let dayOfMonth = EDTFPoint.number(day)
    guard (1...Day.lastDay(year: year, month: month)).contains(dayOfMonth) else {
      throw .noSuchDay(year: year, month: month)
    }
    return .day(Day(year: year, month: month, day: dayOfMonth))
  }

  /// `Q1` to `Q4`, `H1` and `H2`; level 2 writes them as the months 33 to 36, 40 and 41.
  private static func part(_ field: [UInt8]) -> (index: Int, count: Int)? {
    guard field.count == 2, field[1].isDigit else { return nil }
    let digit = Int(field[1] - UInt8(ascii: "0"))
    switch field[0] {
    case UInt8(ascii: "Q"): return (1...4).contains(digit) ? (digit - 1, 4) : nil
    case UInt8(ascii: "H"): return (1...2).contains(digit) ? (digit - 1, 2) : nil
    case UInt8(ascii: "3"): return (3...6).contains(digit) ? (digit - 3, 4) : nil
    case UInt8(ascii: "4"): return (0...1).contains(digit) ? (digit, 2) : nil
    default: return nil
    }
  }

  private static func number(_ digits: [UInt8]) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// A year as EDTF writes it: four digits, or `Y` before more.
  static func yearText(_ year: Int64) -> String {
    let digits = padded(Int(year.magnitude), 4)
    return (digits.utf8.count > 4 ? "Y" : "") + (year < 0 ? "-" : "") + digits
  }

  /// A number with zeros before it, to at least `width` digits.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// A stretch of the calendar with a length of its own, so that it has one of the same kind before and behind it.
private enum Span {
  case day(Day)
  case month(Int64, Int)
  /// The year and the season from 0 (spring) to 3 (winter, which ends in the next year).
  case season(Int64, Int)
  /// A quarter or a half by its place in the year, from 0, and how many the year has.
  case part(Int64, Int, of: Int)
  case year(Int64)
  /// A decade or a century by its first year.
  case years(Int64, count: Int64)

  var precision: PartialDate.Precision {
    switch self {
    case .day: .day
    case .month: .month
    case .season: .season
    case .part(_, _, let count): count == 4 ? .quarter : .half
    case .year: .year
    case .years(_, let count): count == 10 ? .decade : .century
    }
  }

  var earliest: Day {
    switch self {
    case .day(let day): day
    case .month(let year, let month): Day(year: year, month: month, day: 1)
    case .season(let year, let season): Day(year: year, month: 3 + season * 3, day: 1)
    case .part(let year, let index, let count): Day(year: year, month: 1 + index * (12 / count), day: 1)
    case .year(let year), .years(let year, _): Day(year: year, month: 1, day: 1)
    }
  }

  var latest: Day { Day(next.earliest.number - 1) }

  /// The text of a date, in which a part of a year has its name and not its number.
  func named(_ text: Substring) -> String {
    guard case .part(_, let index, let count) = self, let dash = text.lastIndex(of: "-") else {
      return String(text)
    }
    return text[...dash] + (count == 4 ? "Q" : "H") + String(index + 1) + text[dash...].dropFirst(3)
  }

  var next: Span { moved(by: 1) }
  var previous: Span { moved(by: -1) }

  private func moved(by step: Int) -> Span {
    switch self {
    case .day(let day): return .day(Day(day.number + Int64(step)))
    case .month(let year, let month):
      let months = year * 12 + Int64(month - 1 + step)
      return .month(months.flooredQuotient(12), Int(months.flooredRemainder(12)) + 1)
    case .season(let year, let season):
      let seasons = year * 4 + Int64(season + step)
      return .season(seasons.flooredQuotient(4), Int(seasons.flooredRemainder(4)))
    case .part(let year, let index, let count):
      let parts = year * Int64(count) + Int64(index + step)
      let length = Int64(count)
      return .part(parts.flooredQuotient(length), Int(parts.flooredRemainder(length)), of: count)
    case .year(let year): return .year(year + Int64(step))
    case .years(let year, let count): return .years(year + Int64(step) * count, count: count)
    }
  }
}

extension Int64 {
  fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 { (self - flooredRemainder(divisor)) / divisor }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
