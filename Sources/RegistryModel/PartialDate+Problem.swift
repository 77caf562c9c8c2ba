/// What is wrong with the text of a date. All words about dates stand in this file.
public struct DateProblem: Error, Hashable, Sendable {
  /// Stable and machine-readable: `date-malformed`, `date-level`, `date-nonexistent`, `date-reversed`,
  /// `date-open` or `date-range`.
  public var code: String
  /// What is wrong, as a sentence without a full stop.
  public var message: String
  /// The nearest valid form, or the forms that there are.
  public var help: String

  /// A problem in these words.
  public init(code: String, message: String, help: String) {
    self.code = code
    self.message = message
    self.help = help
  }
}

extension DateProblem {
  init(_ fault: EDTFFault, in text: String) {
    switch fault {
    case .malformed: self = .malformed(text)
    case .noSuchMonth(let month, let year): self = .noSuchMonth(text, month: month, year: year)
    case .noSuchDay(let year, let month): self = .noSuchDay(text, year: year, month: month)
    case .negativeZero: self = .negativeZero(text)
    case .reversed: self = .reversed(text)
    case .openOnBothSides: self = .openOnBothSides(text)
    case .tooFar: self = .tooFar(text)
    }
  }

  /// Not level 1: either a feature of level 2, which is named, or no EDTF at all.
  private static func malformed(_ text: String) -> DateProblem {
    if let bounds = DateSuggestion.vagueYear(text) {
      return DateProblem(
        code: "date-malformed", message: "‘\(text)’ is no date: it has no bounds",
        help: "write the bounds that you take it to have, as in \(bounds), and said \"\(text)\"")
    }
    let hasShortYear = text.wholeMatch(of: /[0-9]{1,2}[.\/\-][0-9]{1,2}[.\/\-][0-9]{2}/) != nil
    let help =
      DateSuggestion.help(for: text)
      ?? (hasShortYear
        ? "write the year with four digits, as in 2026-02-03: two could be of any century"
        : "write 2026, 2026-02, 2026-02-03, 2026-Q1, 2026~ (about) or 2025-10/2026-01")
    guard let feature = levelTwoFeature(of: text) else {
      return DateProblem(code: "date-malformed", message: "‘\(text)’ is no date", help: help)
    }
    return DateProblem(
      code: "date-level", message: "‘\(text)’ has \(feature), which EDTF level 1 has not", help: help)
  }

  private static func noSuchMonth(_ text: String, month: Int, year: Int64) -> DateProblem {
    let swapped = DateSuggestion.help(for: text)
    return DateProblem(
      code: "date-nonexistent", message: "‘\(text)’ has the month \(month)",
      help: swapped
        ?? "months go from 01 to 12, seasons from 21 to 24, quarters from Q1 to Q4; for the year alone write "
        + "\(EDTFPoint.yearText(year))")
  }

  private static func noSuchDay(_ text: String, year: Int64, month: Int) -> DateProblem {
    let monthText = "\(EDTFPoint.yearText(year))-\(EDTFPoint.padded(month, 2))"
    return DateProblem(
      code: "date-nonexistent", message: "‘\(text)’ is a day that the month does not have",
      help:
        "the month ends on \(monthText)-\(Day.lastDay(year: year, month: month)); for the month alone write "
        + monthText)
  }

  private static func negativeZero(_ text: String) -> DateProblem {
    DateProblem(
      code: "date-nonexistent", message: "‘\(text)’ is a year zero with a sign",
      help: "write 0000 for 1 BC, -0001 for 2 BC")
  }

  private static func reversed(_ text: String) -> DateProblem {
    let swapped = text.split(separator: "/").reversed().joined(separator: "/")
    return DateProblem(
      code: "date-reversed", message: "‘\(text)’ ends before it starts", help: "write \(swapped)")
  }

  private static func openOnBothSides(_ text: String) -> DateProblem {
    DateProblem(
      code: "date-open", message: "‘\(text)’ has no date on either side",
      help: "write 2026/.. or ../2026, or leave it out")
  }

  private static func tooFar(_ text: String) -> DateProblem {
    DateProblem(
      code: "date-range", message: "‘\(text)’ is a year that is too far away",
      help: "years go from Y-10000000000 to Y10000000000")
  }

  /// What `text` has of EDTF level 2, if anything.
  private static func levelTwoFeature(of text: String) -> String? {
    let isMark: (Character) -> Bool = { "~?%".contains($0) }
    if text.hasPrefix("{") || text.hasPrefix("[") { return "a set of dates" }
    let points = text.split(separator: "/")
    guard points.allSatisfy({ $0.allSatisfy { $0.isASCII && ($0.isNumber || "-YXES.~?%".contains($0)) } }),
      points.contains(where: { $0.contains(where: \.isNumber) })
    else { return nil }
    if points.contains(where: { $0.dropLast().contains(where: isMark) || $0.first.map(isMark) == true }) {
      return "a mark before the end of the date"
    }
    if text.hasPrefix("Y"), text.contains("E") { return "a year with an exponent" }
    if text.contains("S") { return "a number of significant digits" }
    if text.contains("X") { return "unspecified digits before the last ones" }
    if DateSuggestion.division(of: text) != nil { return "a season or part of the year beyond 24" }
    return nil
  }
}
