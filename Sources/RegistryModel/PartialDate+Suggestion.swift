/// Finds the nearest valid text to a text that is no date of EDTF level 1, for the help of a ``DateProblem``.
///
/// Each rewriting is only offered if it can be read, so a guess never sends anyone from one problem to the next.
enum DateSuggestion {
  /// `write 2026-02`, or `write 2026-01-12 or 2026-12-01` where the text can mean either.
  static func help(for text: String) -> String? {
    // Longer texts are no mistyped dates; the bound also keeps every rewriting cheap.
    guard text.utf8.count <= 80 else { return nil }
    let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for rewriting in [
      cleaned, partOfYear, set, interval, marks, divided, unspecified, numbers, words, yearAlone,
    ] {
      let valid = rewriting(trimmed).filter { $0 != text && isReadable($0) }
      if !valid.isEmpty { return "write " + valid.joined(separator: " or ") }
    }
    return nil
  }

  private static func isReadable(_ text: String) -> Bool { (try? PartialDate(readingEDTF: text)) != nil }

  /// Blanks around the date or at its joints, small letters for `X` and `Y`, a time behind the day.
  private static func cleaned(_ text: String) -> [String] {
    let dashes = text.replacing("–", with: "-").replacing("—", with: "-").replacing("−", with: "-")
    let tight = dashes.filter { $0 != " " }
    let isCapital = tight.allSatisfy { $0.isNumber || "-/.~?%xXyYqQhH".contains($0) }
    let day = dashes.prefix { $0 != "T" && $0 != " " }
    return [isCapital ? tight.uppercased() : tight]
      + (day.utf8.count == 10 && day.count < dashes.count ? [String(day)] : [])
  }

  /// `{2026,2027}`, `[2026..2027]`: from the first to the last.
  private static func set(_ text: String) -> [String] {
    guard let first = text.first, "{[".contains(first) else { return [] }
    let dates = text.split { "{}[],. ".contains($0) }
    guard let low = dates.first, let high = dates.last else { return [] }
    return [dates.count == 1 ? String(low) : "\(low)/\(high)"]
  }

  /// `2025–2026`, `2025..2026`, `2025 to 2026`, or an interval with an end that needs mending itself.
  private static func interval(_ text: String) -> [String] {
    for separator in ["/", "..", "–", " to ", " until ", " - "] {
      let ends = text.split(separator: separator, omittingEmptySubsequences: false)
      guard ends.count == 2 else { continue }
      let mended = ends.map { mend(String($0)) }
      if let start = mended[0], let end = mended[1] { return ["\(start)/\(end)"] }
    }
    // `2025-2026` reads as a year and a month of four digits.
    let years = text.split(separator: "-")
    return years.count == 2 && years.allSatisfy { $0.utf8.count == 4 } ? ["\(years[0])/\(years[1])"] : []
  }

  private static func mend(_ text: String) -> String? {
    let words = text.split(separator: " ").joined(separator: " ")
    // As level 1 wrote an end that is not known, or open, before 2019.
    let trimmed = words == "unknown" ? "" : words == "open" ? ".." : words
    if trimmed.isEmpty || trimmed == ".." || isReadable(trimmed) { return trimmed }
    // A lone one- or two-digit number is no end of an interval but part of `12/01/2026`.
    guard trimmed.utf8.count >= 4, !trimmed.contains("/") else { return nil }
    return [cleaned, partOfYear, marks, divided, unspecified, numbers, Self.words].lazy.flatMap {
      $0(trimmed)
    }
    .first(where: isReadable)
  }

  /// `2026-~02`, `?2026`, `2026?-02~`: the marks joined at the end.
  private static func marks(_ text: String) -> [String] {
    let found = text.filter { "~?%".contains($0) }
    guard !found.isEmpty else { return [] }
    let bare = text.filter { !"~?%".contains($0) }
    let isBoth = found.contains("%") || found.contains("~") && found.contains("?")
    let mark = isBoth ? "%" : String(found.prefix(1))
    return mendedPoint(bare).map { ["\($0)\(mark)"] } ?? []
  }

  private static func mendedPoint(_ text: String) -> String? {
    isReadable(text) ? text : (unspecified(text) + numbers(text)).first(where: isReadable)
  }

  /// `2026-37`, the first third: the months that it holds.
  private static func divided(_ text: String) -> [String] {
    guard let (year, division) = division(of: text) else { return [] }
    return [monthRange(year, division)]
  }

  /// The year, and the first and last month as numbers from 1 (more than 12 in the next year), of a season or
  /// part of the year that only level 2 has.
  static func division(of text: String) -> (year: Int64, months: ClosedRange<Int>)? {
    let fields = text.split(separator: "-")
    guard fields.count == 2, fields[0].utf8.count == 4, let year = Int64(fields[0]), let code = Int(fields[1])
    else {
      return nil
    }
    switch code {
    case 25...28: return (year, (3 + (code - 25) * 3)...(5 + (code - 25) * 3))
    // South of the equator spring comes in September, and autumn before it in the same year.
    case 29...30: return (year, (9 + (code - 29) * 3)...(11 + (code - 29) * 3))
    case 31...32: return (year, (3 + (code - 31) * 3)...(5 + (code - 31) * 3))
    case 37...39: return (year, (1 + (code - 37) * 4)...(4 + (code - 37) * 4))
    default: return nil
    }
  }

  private static func monthRange(_ year: Int64, _ months: ClosedRange<Int>) -> String {
    let ends = [months.lowerBound, months.upperBound].map { month in
      "\(EDTFPoint.yearText(year + Int64((month - 1) / 12)))-\(EDTFPoint.padded((month - 1) % 12 + 1, 2))"
    }
    return ends.joined(separator: "/")
  }

  /// `2XXX`, `1X99`, `201X-05`, `2026-XX-03`, `1950S2`, `Y-17E7`: what is left when only the last digits are open.
  private static func unspecified(_ text: String) -> [String] {
    if text.hasPrefix("Y") {
      let parts = text.dropFirst().split(separator: "E")
      guard parts.count == 2, let zeros = Int(parts[1]), (0...10).contains(zeros) else { return [] }
      return ["Y\(parts[0])" + String(repeating: "0", count: zeros)]
    }
    if let significant = text.firstIndex(of: "S"), let count = Int(text[text.index(after: significant)...]) {
      let year = text[..<significant]
      guard year.utf8.count == 4, (1...4).contains(count) else { return [] }
      return unspecified(year.prefix(count) + String(repeating: "X", count: 4 - count)) + [String(year) + "~"]
    }
    guard let open = text.firstIndex(of: "X") else { return [] }
    let known = text[..<open]
    guard known.allSatisfy({ $0.isNumber || $0 == "-" }) else { return [] }
    switch known.utf8.count {
    case 0: return []
    case 1: return ["\(known)000/\(known)999"]
    case 2...4: return [known + String(repeating: "X", count: 4 - known.utf8.count)]
    default: return [String(text.prefix(4))]
    }
  }
}
