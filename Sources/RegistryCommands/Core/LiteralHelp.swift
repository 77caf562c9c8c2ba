import CommandLanguage
import FoundationEssentials
import RegistryModel

/// What to write in place of a number that its property does not take.
enum LiteralHelp {
  static func words(_ text: String, _ number: ValueSyntax.Number?, _ definition: PropertyDefinition)
    -> String?
  {
    if number == nil, text.contains(",") {
      return
        "a comma can group digits or part them: write it without, or say of a file which: decimal \".\" or decimal \",\""
    }
    switch definition.range {
    case .percent, .anyPercent: return percentage(number)
    case .money: return money(number)
    case .number: return count(number, definition)
    case .text: return "put it in quotes"
    default: return nil
    }
  }

  private static func percentage(_ number: ValueSyntax.Number?) -> String {
    guard let number else { return "write it as in 91% or 47..87%" }
    return "write \(digits(number))%, without a multiplier or a unit"
  }

  private static func money(_ number: ValueSyntax.Number?) -> String {
    let usual =
      "write it as in USD 8.5bn: an ISO 4217 code, the number, and k, m, bn or tn directly behind it"
    guard let number else { return usual }
    if let code = number.currency ?? number.words.last, !Currency.isCode(code), Key.isCode(code) {
      return "\(code) is no currency of ISO 4217"
    }
    return meant(number).map { "write \(number.currency.map { $0 + " " } ?? "")\($0)" } ?? usual
  }

  private static func count(_ number: ValueSyntax.Number?, _ definition: PropertyDefinition) -> String {
    guard let unit = definition.unit else {
      let usual = "write the digits, with k, m, bn or tn directly behind them if they stand for so many"
      return number.flatMap(meant).map { "write \($0)" } ?? usual
    }
    return "it is counted in \(unit): turn the number into \(unit), and write it without another unit"
  }

  private static func digits(_ number: ValueSyntax.Number) -> String {
    number.low + (number.high.map { ".." + $0 } ?? "")
  }

  /// The number with a multiplier that is read, where it has one that is not.
  private static func meant(_ number: ValueSyntax.Number) -> String? {
    guard let word = number.suffix.isEmpty ? number.words.first : number.suffix,
      let exponent = Multiplier.meant(by: word)
    else { return nil }
    if let short = Multiplier.short(exponent) { return digits(number) + short }
    guard number.high == nil, let low = Decimal(string: number.low)
    else { return nil }
    // `12 crore` is 120m.
    let millions = low * pow(Decimal(10), exponent) / 1_000_000
    return millions >= 1 ? "\(millions)m" : "\(millions * 1_000)k"
  }
}
