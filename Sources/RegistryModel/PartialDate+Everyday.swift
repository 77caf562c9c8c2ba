/// The dates that people write outside registries: `12.01.2026`, `2026/02/03`, `Feb 3, 2026`, `44 BC`.
extension DateSuggestion {
  /// Numbers with anything between them.
  static func numbers(_ text: String) -> [String] {
    let parts = text.split { "-./, ".contains($0) }
    guard parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) && $0.utf8.count <= 11 }) else { return [] }
    let values = parts.compactMap { Int($0) }
    switch (parts.count, parts.first?.utf8.count ?? 0, parts.last?.utf8.count ?? 0) {
    case (1, 5, _): return ["Y\(values[0])"]
    case (1, 6, _): return [joined(values[0] / 100, [values[0] % 100])]
    case (1, 8, _): return [joined(values[0] / 10_000, [values[0] / 100 % 100, values[0] % 100])]
    case (2...3, 4, _): return [joined(values[0], Array(values.dropFirst()))]
    case (2, _, 4): return [joined(values[1], [values[0]])]
    case (3, _, 4):
      let dayFirst = joined(values[2], [values[1], values[0]])
      let monthFirst = joined(values[2], [values[0], values[1]])
      // With full stops the day comes first everywhere; with other signs it depends on the country.
      return text.contains(".") || dayFirst == monthFirst ? [dayFirst] : [dayFirst, monthFirst]
    default: return []
    }
  }

  private static func joined(_ year: Int, _ rest: [Int]) -> String {
    ([EDTFPoint.yearText(Int64(year))] + rest.map { EDTFPoint.padded($0, 2) }).joined(separator: "-")
  }

  /// `Q1 2026`, `1Q26` with four digits, `2026H1`, `first half of 2026`.
  static func partOfYear(_ text: String) -> [String] {
    let small = text.lowercased()
    if let found = small.wholeMatch(of: /([0-9]{4})[-\/ ]?([qh])([1-4])/) {
      return ["\(found.1)-\(found.2.uppercased())\(found.3)"]
    }
    if let found = small.wholeMatch(of: /([qh])([1-4])[-\/ ]?(?:of )?([0-9]{4})/) {
      return ["\(found.3)-\(found.1.uppercased())\(found.2)"]
    }
    if let found = small.wholeMatch(of: /([1-4])([qh])[-\/ ]?([0-9]{4})/) {
      return ["\(found.3)-\(found.2.uppercased())\(found.1)"]
    }
    guard
      let found = small.wholeMatch(
        of: /(?:the )?(first|second|third|fourth|last|1st|2nd|3rd|4th) (quarter|half) (?:of )?([0-9]{4})/)
    else { return [] }
    let count = found.2 == "quarter" ? 4 : 2
    let places = ["first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4]
    return ["\(found.3)-\(count == 4 ? "Q" : "H")\(places[String(found.1)] ?? count)"]
  }

  /// `early 2026`, `mid-2026`: the third of the year that it may mean, for the words themselves have no bounds.
  static func vagueYear(_ text: String) -> String? {
    guard
      let found = text.lowercased().wholeMatch(
        of: /(early|beginning of|start of|mid|middle of|late|end of)[- ]?(?:in )?([0-9]{4})/)
    else { return nil }
    switch found.1 {
    case "mid", "middle of": return "\(found.2)-05/\(found.2)-08"
    case "late", "end of": return "\(found.2)-09/\(found.2)-12"
    default: return "\(found.2)-01/\(found.2)-04"
    }
  }

  /// `USD 2004`, `2004 AD`, `2004kg`: a year with what no date has.
  static func yearAlone(_ text: String) -> [String] {
    guard let found = text.wholeMatch(of: /(?:[A-Za-z]{1,4} ?)?([0-9]{4})(?: ?[A-Za-z\/]{1,12})?/) else {
      return []
    }
    return [String(found.1)]
  }

  /// English words: months, seasons, quarters, `about`, `2010s`, `BC`.
  static func words(_ text: String) -> [String] {
    // `2004BC` is two words.
    let text = text.replacing(/^([0-9]+)(bc|bce|ad|ce)$/.ignoresCase()) { "\($0.1) \($0.2)" }
    var month: Int?
    var isApproximate = false
    var isBeforeChrist = false
    var quarter: Int?
    var numbers: [(value: Int, digits: Int)] = []
    for part in text.lowercased().split(whereSeparator: { " ,.-/".contains($0) }) {
      let digits = part.prefix { $0.isASCII && $0.isNumber }
      let suffix = part.dropFirst(digits.count)
      if let value = Int(digits), ["", "st", "nd", "rd", "th"].contains(suffix) {
        numbers.append((value, digits.utf8.count))
      } else if suffix == "s", digits.utf8.count == 4, numbers.isEmpty, month == nil {
        return [digits.dropLast() + "X"]
      } else if let number = monthNumber(part) ?? seasonNumber(part) {
        month = number
      } else if ["about", "around", "circa", "c", "ca", "approximately", "roughly"].contains(part) {
        isApproximate = true
      } else if ["bc", "bce"].contains(part) {
        isBeforeChrist = true
      } else if ["ad", "ce"].contains(part), numbers.count == 1 {
        continue
      } else if part.hasPrefix("q"), let number = Int(part.dropFirst()), (1...4).contains(number) {
        quarter = number
      } else if part != "of", part != "the" {
        return []
      }
    }
    guard let yearIndex = numbers.lastIndex(where: { $0.digits == 4 || isBeforeChrist }) else { return [] }
    let year = Int64(numbers.remove(at: yearIndex).value)
    let yearText = EDTFPoint.yearText(isBeforeChrist ? 1 - year : year)
    if let quarter, numbers.isEmpty, month == nil {
      return [
        "\(yearText)-Q\(quarter)"
      ]
    }
    guard numbers.count <= (month == nil ? 0 : 1) else { return [] }
    let fields =
      [yearText] + ([month].compactMap(\.self) + numbers.map(\.value)).map { EDTFPoint.padded($0, 2) }
    return [fields.joined(separator: "-") + (isApproximate ? "~" : "")]
  }

  private static func monthNumber(_ word: Substring) -> Int? {
    let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november",
      "december",
    ]
    guard word.utf8.count >= 3 else { return nil }
    return months.firstIndex { $0.hasPrefix(word) || word == "sept" && $0 == "september" }.map { $0 + 1 }
  }

  private static func seasonNumber(_ word: Substring) -> Int? {
    ["spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24][word]
  }
}
