import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryRules

/// What a number means for its property: one rule for the language, for the fields of a table, and for dumps.
extension Interpreter {
  static func quantity(
    _ number: ValueSyntax.Number, _ bound: ValueSyntax.Bound, _ syntax: ValueSyntax,
    _ definition: PropertyDefinition
  ) throws(Failure) -> Quantity {
    guard let meaning = NumberMeaning(number, definition) else {
      throw Failures.wrongLiteral(number.text, definition, number, syntax.span)
    }
    let low = try decimal(number.low, meaning.exponent, syntax.span)
    let high = try number.high.map { (text) throws(Failure) in
      try decimal(text, meaning.exponent, syntax.span)
    }
    if let high {
      if high < low { throw Failures.rangeReversed(syntax.span) }
      guard bound == .exact || bound == .about else {
        throw Failures.boundOfRange(bound, number, syntax.span)
      }
    }
    let isRange = high != nil
    let quantity = Quantity(
      low: low, high: high, unit: meaning.unit,
      bound: isRange ? .range : Quantity.Bound(rawValue: bound.rawValue) ?? .exact,
      approximate: isRange && bound == .about,
      reading: syntax.reading.flatMap { Quantity.Reading(rawValue: $0.rawValue) }, forecast: syntax.forecast)
    guard StatementRules.takes(.quantity(quantity), definition) else {
      throw Failures.wrongLiteral(number.text, definition, number, syntax.span)
    }
    return quantity
  }

  /// A number by itself, of no property.
  static func plainNumber(_ value: ValueSyntax) throws(Failure) -> Decimal {
    let plain = PropertyDefinition(key: Key(unchecked: "number"), domain: [], range: .number)
    guard case .number(let number, .exact) = value.form, number.high == nil, value.reading == nil,
      !value.forecast, value.group == nil
    else { throw Failure(code: "bad-number", "a plain number is expected", at: value.span) }
    return try quantity(number, .exact, value, plain).low
  }

  /// The number times a power of ten, exactly, or not at all.
  private static func decimal(_ text: String, _ exponent: Int, _ span: Span) throws(Failure) -> Decimal {
    // So many digits a registry keeps; more would be rounded without a word.
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "0") }
      .count { $0 != UInt8(ascii: ".") }
    guard digits <= 18, let decimal = Decimal(string: text) else {
      throw Failures.badNumber(text, span)
    }
    return decimal * pow(Decimal(10), exponent)
  }
}

/// How the letters and words behind a number are meant: a power of ten, and what is counted.
struct NumberMeaning: Hashable {
  var exponent = 0
  var unit: String

  /// The units beside which an `m` alone may be another unit: of lengths and of times.
  private static let besideM: Set<String> = [
    "mm", "cm", "dm", "km", "nm", "µm", "in", "inch", "inches", "ft", "feet", "foot", "yd", "yards", "mi",
    "mile", "miles", "nmi",
    "metre", "metres", "meter", "meters", "kilometre", "kilometres", "kilometer", "kilometers",
    "nautical miles", "s", "sec",
    "second", "seconds", "min", "minute", "minutes", "h", "hour", "hours", "d", "day", "days", "working days",
    "week", "weeks",
    "month", "months", "quarter", "quarters", "year", "years", "y", "yr", "a", "decades",
  ]

  /// - Returns: nothing where something beside the number has no meaning for the property, or two.
  init?(_ number: ValueSyntax.Number, _ definition: PropertyDefinition) {
    let per = number.per.map { "/" + $0 } ?? ""
    var words = number.suffix.isEmpty ? number.words : [number.suffix] + number.words
    if number.isPercent {
      guard words.isEmpty, number.currency == nil else { return nil }
      unit = "%" + per
      return
    }
    let own = definition.unit ?? ""
    // A property's own unit comes before a multiplier: 6000m of a depth in m is no six billion.
    if number.currency == nil, !own.isEmpty, words.joined(separator: " ") + per == own {
      unit = own
      return
    }
    if let first = words.first, let exponent = Multiplier.exponent(first) {
      // `6000M` of a depth in m may be either, and so may `5 m` of a distance in km or of a time in weeks: metres, minutes, months. A
      // percentage takes no multiplier.
      if first.lowercased() == own.lowercased() || definition.range.isPercent { return nil }
      if first.lowercased() == "m", words.count == 1, number.currency == nil,
        Self.besideM.contains(own.lowercased())
      {
        return nil
      }
      self.exponent = exponent
      words.removeFirst()
    }
    let counted = words.joined(separator: " ")
    if counted.isEmpty {
      unit = number.currency.map { $0 + per } ?? (own + per)
    } else if number.currency == nil {
      unit = counted + per
    } else {
      return nil
    }
  }
}
