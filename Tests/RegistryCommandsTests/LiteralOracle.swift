import Foundation
import RegistryModel

/// What a literal means, by regular expressions: written down once more, to hold the readers against.
enum LiteralOracle {
  /// The value in the words of a message, such as `claimed here.depth = 6 m`.
  static func value(in printed: String, _ kind: LiteralKind) -> String? {
    guard let start = printed.range(of: ".\(kind.rawValue) = ") else { return nil }
    return printed[start.upperBound...].replacingOccurrences(of: " (already so)", with: "")
  }

  /// What a bare literal of the language means, in its canonical words; nothing where it is to be refused.
  static func canonical(_ text: String, _ kind: LiteralKind) -> String? {
    if kind == .when { return date(text, isBare: true) }
    return number(text, kind, takesPlainPercent: false)
  }

  /// What a text in quotes or in a file's field means.
  static func field(_ text: String, _ kind: LiteralKind) -> String? {
    if kind == .when { return date(text, isBare: false) }
    return number(text, kind, takesPlainPercent: true)
  }

  /// What a field of a file means: two dates with two dots between them are a stretch there.
  static func cell(_ text: String, _ kind: LiteralKind) -> String? {
    guard kind == .when, let dots = text.range(of: ".."), !text.contains("/") else {
      return field(text, kind)
    }
    return field(text.replacingCharacters(in: dots, with: "/"), kind)
  }

  // MARK: Dates

  private static func date(_ text: String, isBare: Bool) -> String? {
    var text = text
    var prefix = ""
    if isBare, text.hasPrefix("forecast ") {
      text = String(text.dropFirst(9))
      prefix = "forecast "
    }
    if isBare, let year = text.wholeMatch(of: /about ([0-9]{4})/) { return prefix + "\(year.1)~" }
    if isBare, text.hasPrefix("about "), let date = point(String(text.dropFirst(6))) {
      return date.hasSuffix("?") || date.hasSuffix("%")
        ? nil : prefix + date + (date.hasSuffix("~") ? "" : "~")
    }
    let ends = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if ends.count == 1 { return point(text).map { prefix + $0 } }
    guard ends.count == 2, ends[0] != "" || ends[1] != "" else { return nil }
    var read: [String] = []
    for end in ends {
      if end == "" || end == ".." {
        read.append(end)
      } else if let point = point(end) {
        read.append(point)
      } else {
        return nil
      }
    }
    // The order of the ends is a matter of the calendar, which is not asked again here.
    let joined = read.joined(separator: "/")
    return (try? PartialDate(edtf: joined)) == nil ? nil : prefix + joined
  }

  private static func point(_ text: String) -> String? {
    guard
      let found = text.wholeMatch(
        of: /(-?[0-9]{2}[0-9X][0-9X])(?:-([0-9X]{2}|Q[1-4]|H[12])(?:-([0-9X]{2}))?)?([~?%]?)/)
    else { return nil }
    let year = String(found.1)
    if year.wholeMatch(of: /-?[0-9]{2}X[0-9]/) != nil { return nil }
    guard let month = found.2.map(String.init) else { return text == "-0000" ? nil : text }
    if year.contains("X") { return nil }
    let names = ["33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4", "40": "H1", "41": "H2"]
    let day = found.3.map(String.init)
    if month.hasPrefix("Q") || month.hasPrefix("H") { return day == nil ? text : nil }
    if month == "XX" { return day == nil || day == "XX" ? text : nil }
    guard let number = Int(month) else { return nil }
    if day == nil, let name = names[month] { return "\(year)-\(name)\(found.4)" }
    if (21...24).contains(number) { return day == nil ? text : nil }
    guard (1...12).contains(number) else { return nil }
    guard let day, day != "XX" else { return text }
    guard let dayNumber = Int(day), let yearNumber = Int(year) else { return nil }
    let isLeap = yearNumber % 4 == 0 && (yearNumber % 100 != 0 || yearNumber % 400 == 0)
    let last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][number - 1]
    return (1...last).contains(dayNumber) ? text : nil
  }

  // MARK: Numbers

  private static let multipliers: [String: Int] = [
    "k": 3, "K": 3, "m": 6, "M": 6, "B": 9, "bn": 9, "BN": 9, "Bn": 9, "tn": 12, "TN": 12, "Tn": 12, "mn": 6,
    "MN": 6, "Mn": 6, "mln": 6, "MLN": 6, "Mln": 6, "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
    "Million": 6, "Billion": 9, "Thousand": 3, "Trillion": 12,
  ]

  private static func number(_ text: String, _ kind: LiteralKind, takesPlainPercent: Bool) -> String? {
    var rest = text[...]
    var isForecast = false
    if rest.hasPrefix("forecast ") {
      isForecast = true
      rest = rest.dropFirst(9)
    }
    var bound = ""
    for word in ["about ", "nearly ", "at least ", "more than ", "up to "] where rest.hasPrefix(word) {
      bound = word
      rest = rest.dropFirst(word.count)
      break
    }
    var words = rest.split(separator: " ").map(String.init)
    // No literal has two blanks or one at its end.
    if words.joined(separator: " ") != rest { return nil }
    var reading = ""
    while let last = words.last, words.count > 1 {
      if last == "forecast", !isForecast {
        isForecast = true
      } else if ["each", "combined", "unclear"].contains(last), reading.isEmpty {
        reading = " " + last
      } else {
        break
      }
      words.removeLast()
    }
    var currency = ""
    if let first = words.first, first.wholeMatch(of: /[A-Z]{3}/) != nil, words.count > 1 {
      currency = first
      words.removeFirst()
    }
    guard let token = words.first,
      let found = token.wholeMatch(
        of:
          /([+-]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+(?:_[0-9]+)*)?)([A-Za-zé²]*|%)(?:\.\.([+-]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+(?:_[0-9]+)*)?)([A-Za-zé²]*|%))?(?:\/([A-Za-zé²]+))?/
      )
    else { return nil }
    words.removeFirst()
    var suffix = String(found.2)
    if found.3 != nil {
      let high = String(found.4 ?? "")
      if !suffix.isEmpty, suffix != high { return nil }
      suffix = high
      if !bound.isEmpty, bound != "about " { return nil }
    }
    let per = found.5.map { "/" + $0 } ?? ""
    if words == ["%"], suffix.isEmpty {
      suffix = "%"
      words = []
    }
    guard words.count <= 2 else { return nil }
    var tail = (suffix.isEmpty || suffix == "%" ? [] : [suffix]) + words
    var exponent = 0
    var unit: String
    if suffix == "%" {
      guard tail.isEmpty, currency.isEmpty else { return nil }
      unit = "%" + per
    } else if currency.isEmpty, !kind.unit.isEmpty, tail.joined(separator: " ") + per == kind.unit {
      unit = kind.unit
    } else {
      if let first = tail.first, let power = multipliers[first] {
        if kind == .part || first.lowercased() == kind.unit { return nil }
        // Minutes or months as well as millions.
        if kind == .span, tail.count == 1, first.lowercased() == "m" { return nil }
        exponent = power
        tail.removeFirst()
      }
      let counted = tail.joined(separator: " ")
      if !counted.isEmpty, !currency.isEmpty { return nil }
      unit = (counted.isEmpty ? (currency.isEmpty ? kind.unit : currency) : counted) + per
      if unit.isEmpty, kind == .part, takesPlainPercent { unit = "%" }
      if kind == .part, takesPlainPercent, counted.isEmpty, currency.isEmpty, exponent == 0 {
        unit = "%" + per
      }
    }
    switch kind {
    case .money:
      guard ["USD", "EUR", "DEM", "JPY"].contains(String(unit.prefix { $0 != "/" })) else { return nil }
    case .part: guard unit == "%" else { return nil }
    default: guard unit == kind.unit else { return nil }
    }
    guard let low = decimal(found.1, exponent), let high = found.3.map({ decimal($0, exponent) }) ?? low,
      low <= high
    else { return nil }
    return written(
      low, high, unit, kind, bound: low == high || bound == "about " ? bound : "",
      tail: reading + (isForecast ? " forecast" : ""))
  }

  private static func decimal(_ digits: some StringProtocol, _ exponent: Int) -> Decimal? {
    Decimal(string: digits.replacingOccurrences(of: "_", with: "").replacingOccurrences(of: "+", with: ""))
      .map { $0 * pow(10, exponent) }
  }

  private static func written(
    _ low: Decimal, _ high: Decimal, _ unit: String, _ kind: LiteralKind, bound: String, tail: String
  ) -> String {
    func digits(_ low: Decimal, _ high: Decimal) -> String { low == high ? "\(low)" : "\(low)..\(high)" }
    guard kind == .money else {
      let counted = unit.isEmpty ? "" : unit == "%" ? "%" : " " + unit
      return bound + digits(low, high) + counted + tail
    }
    let parts = unit.split(separator: "/", maxSplits: 1).map(String.init)
    let reach = max(abs(low), abs(high))
    for (letters, power) in [("tn", 12), ("bn", 9), ("m", 6)] {
      let unitSize = pow(Decimal(10), power)
      let (small, large) = (low / unitSize, high / unitSize)
      let isShort = [small, large].allSatisfy { max(0, -$0.exponent) <= 3 }
      guard reach >= unitSize, isShort else { continue }
      return "\(bound)\(parts[0]) \(digits(small, large))\(letters)" + (parts.count > 1 ? "/" + parts[1] : "")
        + tail
    }
    return "\(bound)\(parts[0]) \(digits(low, high))" + (parts.count > 1 ? "/" + parts[1] : "") + tail
  }
}
