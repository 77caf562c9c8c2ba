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

  /// English words: months, seasons, quarters, `about`, `2010s`, `BC`.
  static func words(_ text: String) -> [String] {
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
      } else if suffix == "s", digits.utf8.count == 4, text.utf8.count == 5 {
        return [digits.dropLast() + "X"]
      } else if let number = monthNumber(part) ?? seasonNumber(part) {
        month = number
      } else if ["about", "around", "circa", "c", "ca", "approximately", "roughly"].contains(part) {
        isApproximate = true
      } else if ["bc", "bce"].contains(part) {
        isBeforeChrist = true
      } else if part.hasPrefix("q"), let number = Int(part.dropFirst()), (1...4).contains(number) {
        quarter = number
      } else if part != "of" {
        return []
      }
    }
    guard let yearIndex = numbers.lastIndex(where: { $0.digits == 4 || isBeforeChrist }) else { return [] }
    let year = Int64(numbers.remove(at: yearIndex).value)
    let yearText = EDTFPoint.yearText(isBeforeChrist ? 1 - year : year)
    if let quarter, numbers.isEmpty, month == nil {
      return [
        "\(yearText)-\(EDTFPoint.padded(quarter * 3 - 2, 2))/\(yearText)-\(EDTFPoint.padded(quarter * 3, 2))"
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
