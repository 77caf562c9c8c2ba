import RegistryModel

/// How a file writes its dates: `DD.MM.YYYY`, `M/D/YY` …; EDTF is always understood beside it.
struct DatePattern: Hashable, Sendable {
  private enum Part: Hashable {
    case day, month, year
    case sign(Character)
  }
  private let parts: [Part]

  /// Reads a pattern of D, M and Y with signs between them; nothing where it has no year.
  init?(_ text: String) {
    var parts: [Part] = []
    var last: Character?
    for character in text.uppercased() {
      defer { last = character }
      switch character {
      case "D": if last != "D" { parts.append(.day) }
      case "M": if last != "M" { parts.append(.month) }
      case "Y": if last != "Y" { parts.append(.year) }
      default: parts.append(.sign(character))
      }
    }
    let fields = parts.filter { if case .sign = $0 { false } else { true } }
    guard fields.contains(.year), Set(fields).count == fields.count,
      !fields.contains(.day) || fields.contains(.month)
    else { return nil }
    self.parts = parts
  }

  /// The date in EDTF; nothing where the text is not written so.
  func edtf(_ text: String) -> String? {
    var rest = text[...]
    var numbers: [Part: String] = [:]
    for part in parts {
      if case .sign(let sign) = part {
        guard rest.first == sign else { return nil }
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix(part == .year ? 4 : 2) { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { return nil }
      numbers[part] = String(digits)
      rest = rest[digits.endIndex...]
    }
    // A year of two digits could be of any century.
    guard rest.isEmpty, let year = numbers[.year], year.count == 4 else { return nil }
    let fields = [numbers[.month], numbers[.day]].compactMap { $0 }
    return ([year] + fields.map { $0.count == 1 ? "0" + $0 : $0 }).joined(separator: "-")
  }
}

extension Substring {
  fileprivate func prefix(_ most: Int, while test: (Character) -> Bool) -> Substring {
    prefix(most).prefix(while: test)
  }
}

/// Dates as data sets write them.
enum ForeignDate {
  /// The date in EDTF where the text is another usual way to write one; else the text as it is. `A..B` is `A/B`, and
  /// the marks for about and uncertain stand behind the date.
  static func edtf(_ text: String, _ pattern: DatePattern?) -> String {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if let found = pattern?.edtf(text) { return found }
    // A range of which one side is open has its own words: `../2026`.
    if let range = text.firstRange(of: ".."), text.count > 5, !text.contains("/") {
      let (low, high) = (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
      return "\(low.isEmpty ? ".." : edtf(low, pattern))/\(high.isEmpty ? ".." : edtf(high, pattern))"
    }
    if let mark = text.first, "~?%".contains(mark), text.count > 4 { return text.dropFirst() + String(mark) }
    if text.hasSuffix("T00:00:00") || text.hasSuffix(" 00:00:00") { return String(text.dropLast(9)) }
    return text
  }
}
