import FoundationEssentials
import RegistryModel

/// How a number of a workbook is shown, and so what it means: a day, a percentage, an amount in a currency.
///
/// All digits that are stored are kept, whatever a cell shows of them; where it shows more behind the point, or before it,
/// zeros stand there.
struct NumberFormat: Hashable {
  /// How exact a day is shown.
  enum Time: Hashable { case year, month, day, moment, clock }

  /// One at least: for numbers above 0, or those that it says itself.
  private var sections: [NumberFormatSection] = []

  /// - Parameter code: of a format of the workbook's own; others are known by their number.
  init(id: Int = 0, code: String? = nil) {
    if let code {
      sections = Self.parts(of: code).map { NumberFormatSection($0) }
      return
    }
    var section = NumberFormatSection()
    switch id {
    case 2, 4, 39, 40: section.decimals = 2
    case 9: section.isPercent = true
    case 10: (section.isPercent, section.decimals) = (true, 2)
    case 14...16, 27...31, 34...36, 50...54, 57, 58: section.time = .day
    case 17, 55, 56: section.time = .month
    case 22: section.time = .moment
    case 18...21, 32, 33, 45...47: section.time = .clock
    default: break
    }
    sections = [section]
  }

  /// What stands between the semicolons of a code; those in quotes and brackets, and behind a backslash, are none.
  private static func parts(of code: String) -> [Substring] {
    var parts: [Substring] = []
    var (start, closing, isEscaped) = (code.startIndex, Character?.none, false)
    for place in code.indices {
      let character = code[place]
      if isEscaped {
        isEscaped = false
      } else if let end = closing {
        if character == end { closing = nil }
      } else {
        switch character {
        case "\\": isEscaped = true
        case "\"": closing = "\""
        case "[": closing = "]"
        case ";":
          parts.append(code[start..<place])
          start = code.index(after: place)
        default: break
        }
      }
    }
    return parts + [code[start...]]
  }

  /// What shows a number: the first part that says it is for such ones, else the first; of a number below 0 and of 0 parts of
  /// their own show the same with other signs.
  private func section(for number: Decimal) -> NumberFormatSection {
    guard sections.contains(where: { $0.condition != nil }) else { return sections[0] }
    return sections.prefix(3).first { $0.condition?.holds(for: number) ?? true } ?? NumberFormatSection()
  }

  /// What a stored number says.
  /// - Returns: its text, and whether a reader of the workbook sees something else, which does not tell the number.
  func text(_ stored: String, countsFrom1904: Bool) -> (text: String, isHidden: Bool) {
    guard let double = Double(stored), double.isFinite else { return (stored, false) }
    guard let number = Self.number(stored, double) else { return (stored, false) }
    let section = section(for: number)
    if let time = section.time {
      return (Self.date(double, time, countsFrom1904) ?? stored, false)
    }
    return (section.text(number), section.hidesNumber)
  }

  /// What a day says that is stored as a text, `2026-02-04T00:00:00`.
  func text(ofDay stored: String) -> String {
    guard let day = try? PartialDate(edtf: String(stored.prefix(10))), day.precision == .day else {
      return stored
    }
    let clock = stored.dropFirst(10).drop { $0 == "T" || $0 == " " }.prefix(5)
    switch sections[0].time {
    case .year: return String(stored.prefix(4))
    case .month: return String(stored.prefix(7))
    default: return clock.isEmpty || clock == "00:00" ? day.edtf : "\(day.edtf) \(clock)"
    }
  }

  /// The number that is stored. Excel keeps fifteen digits, and what a file has beyond them is how it writes them; a whole
  /// number that is written out with more was written by another program, and has them all.
  private static func number(_ stored: String, _ double: Double) -> Decimal? {
    if !stored.utf8.contains(UInt8(ascii: ".")), let whole = Decimal(exactly: stored) { return whole }
    return Decimal(string: shortest(double))
  }

  /// The number with fifteen digits at most.
  private static func shortest(_ number: Double) -> String {
    guard let decimal = Decimal(string: "\(number)") else { return "\(number)" }
    let digits = Array("\(decimal.significand)")
    guard digits.count > 15, digits.allSatisfy(\.isNumber) else { return "\(decimal)" }
    let isUp = (digits[15].wholeNumberValue ?? 0) >= 5
    let kept = (Decimal(string: String(digits[..<15])) ?? 0) + (isUp ? 1 : 0)
    return "\(Decimal(sign: decimal.sign, exponent: decimal.exponent + digits.count - 15, significand: kept))"
  }

  /// The day of a serial number, as exact as it is shown.
  private static func date(_ serial: Double, _ time: Time, _ countsFrom1904: Bool) -> String? {
    let whole = serial.rounded(.down)
    guard whole >= 0, whole < 2_958_466 else { return nil }
    let part = serial - whole
    var seconds = Int((part * 86_400).rounded())
    var days = Int64(whole)
    if seconds == 86_400 { (seconds, days) = (0, days + 1) }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    if time == .clock { return days == 0 ? clock : nil }
    guard let epoch = (try? PartialDate(edtf: countsFrom1904 ? "1904-01-01" : "1899-12-31"))?.earliest else {
      return nil
    }
    // Counted from 1900, day 60 is one that never was, and all behind it are one too many.
    if !countsFrom1904 {
      guard days != 60, days > 0 else { return nil }
      if days > 60 { days -= 1 }
    }
    let edtf = PartialDate(day: Day(epoch.number + days)).edtf
    switch time {
    case .year: return String(edtf.prefix(4))
    case .month: return String(edtf.prefix(7))
    // What is a moment is told as one: no day is made of it.
    case .moment, .day: return seconds == 0 ? edtf : "\(edtf) \(clock)"
    case .clock: return nil
    }
  }
}
