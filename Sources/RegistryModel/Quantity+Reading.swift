import FoundationEssentials

extension Quantity {
  /// Reads what ``canonicalText`` writes; nothing where the text is no quantity or has more digits than are exact
  /// (38).
  public init?(canonicalText text: String) {
    var reader = QuantityReader(rest: text[...])
    guard let quantity = reader.quantity() else { return nil }
    self = quantity
  }
}

/// Reads a quantity from the front of a text.
struct QuantityReader {
  var rest: Substring

  mutating func quantity() -> Quantity? {
    let isForecastFirst = take("forecast ")
    let bound =
      Quantity.Bound.allCases.first { $0 != .exact && $0 != .range && take($0.rawValue + " ") } ?? .exact
    let isRough = bound != .about && take("about ")
    let currency = takeCurrency()
    guard let (low, high) = numbers(), low <= high else { return nil }
    let unit: String?
    if let currency { unit = moneyUnit(currency) } else { unit = plainUnit() }
    guard let unit else { return nil }
    let reading = Quantity.Reading.allCases.first { take(" " + $0.rawValue) }
    let isForecastLast = take(" forecast")
    guard rest.isEmpty, !(isForecastFirst && isForecastLast) else { return nil }
    return Quantity(
      low: low, high: high, unit: unit, bound: bound, approximate: isRough, reading: reading,
      forecast: isForecastFirst || isForecastLast)
  }

  private mutating func take(_ word: String) -> Bool {
    guard rest.hasPrefix(word) else { return false }
    rest.removeFirst(word.count)
    return true
  }

  private mutating func takeCurrency() -> String? {
    let code = rest.prefix(3)
    guard Key.isCode(String(code)), rest.dropFirst(3).first == " " else { return nil }
    rest.removeFirst(4)
    return String(code)
  }

  /// One number or two, with the magnitude that counts for both.
  private mutating func numbers() -> (low: Decimal, high: Decimal)? {
    guard let low = digits() else { return nil }
    var high = low
    if take("..") {
      guard let end = digits() else { return nil }
      high = end
    }
    guard let letter = rest.first, letter.isLetter else { return (low, high) }
    guard let magnitude = Magnitude.read.first(where: { take($0.suffix) }) else { return nil }
    return (low.scaled(by: magnitude.exponent), high.scaled(by: magnitude.exponent))
  }

  /// `Decimal(string:)` would skip what it cannot read and round what is too long, so the digits are checked before.
  private mutating func digits() -> Decimal? {
    var end = rest.startIndex
    func skipDigits() -> Int {
      let start = end
      while end < rest.endIndex, let byte = rest[end].asciiValue, byte.isDigit {
        end = rest.index(after: end)
      }
      return rest.distance(from: start, to: end)
    }
    if rest.first == "-" { end = rest.index(after: end) }
    let whole = skipDigits()
    guard whole > 0 else { return nil }
    var fraction = 0
    if end < rest.endIndex, rest[end] == "." {
      let point = end
      end = rest.index(after: end)
      fraction = skipDigits()
      if fraction == 0 { end = point }
    }
    guard whole + fraction <= 38 else { return nil }
    let text = String(rest[..<end])
    rest = rest[end...]
    return Decimal(string: text)
  }

  private mutating func moneyUnit(_ currency: String) -> String? {
    guard take("/") else { return currency }
    return bareUnit().map { "\(currency)/\($0)" }
  }

  private mutating func plainUnit() -> String? {
    if take("%/") { return bareUnit().map { "%/" + $0 } }
    if take("%") { return "%" }
    if rest.hasPrefix(" \"") { return quotedUnit() }
    guard rest.first == " ", !startsWithReserved(rest) else { return "" }
    rest.removeFirst()
    return bareUnit()
  }

  /// Words up to the end or a reserved word.
  private mutating func bareUnit() -> String? {
    var end = rest.startIndex
    while end < rest.endIndex, !startsWithReserved(rest[end...]) { end = rest.index(after: end) }
    let unit = String(rest[..<end])
    guard QuantityReader.isBareUnit(unit) else { return nil }
    rest = rest[end...]
    return unit
  }

  private mutating func quotedUnit() -> String? {
    rest.removeFirst(2)
    var unit = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return unit
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        unit.append(escaped)
      default: unit.append(character)
      }
    }
    return nil
  }

  private static let reserved: Set<String> = Set(Quantity.Reading.allCases.map(\.rawValue) + ["forecast"])

  private func startsWithReserved(_ text: Substring) -> Bool {
    guard text.first == " " else { return false }
    return QuantityReader.reserved.contains(String(text.dropFirst().prefix { $0 != " " }))
  }

  /// Whether a unit can be written without quotes and still be told from what stands around it.
  static func isBareUnit(_ unit: String) -> Bool {
    guard let first = unit.first, first.isLetter || first == "°" else { return false }
    let words = unit.split(separator: " ", omittingEmptySubsequences: false)
    return !unit.contains { $0 == "\"" || $0 == "\\" || $0.isNewline }
      && words.allSatisfy { !$0.isEmpty && !reserved.contains(String($0)) }
  }

  /// A unit in quotes, whatever is in it.
  static func quoted(_ unit: String) -> String {
    "\"" + unit.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
