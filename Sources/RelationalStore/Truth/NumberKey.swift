internal import FoundationEssentials
internal import RegistryModel

/// A decimal as a text that sorts as the number does, exactly: SQLite has no decimals, and binary floating point
/// would make two amounts equal that are not.
///
/// The number is ±0.d₁d₂… · 10ᴱ. A positive one is `1`, E + 500 in three digits and its digits; zero is `1`; a
/// negative one is `0` and the complement of both. The last character places what excludes the number itself just
/// below or above it, and sorts before any digit (after any, for a negative number).
enum NumberKey {
  enum Side { case below, exact, above }

  static func text(of number: Decimal, _ side: Side = .exact) -> String {
    guard !number.isZero else { return "1" + mark(side, negative: false) }
    let (digits, exponent) = parts(of: number)
    let order = exponent + digits.utf8.count + 500
    let body = String(repeating: "0", count: max(0, 3 - String(order).utf8.count)) + String(order) + digits
    guard number.sign == .minus else { return "1" + body + mark(side, negative: false) }
    let complement = body.utf8.map { UInt8(ascii: "9") - ($0 - UInt8(ascii: "0")) }
    return "0" + String(decoding: complement, as: UTF8.self) + mark(side, negative: true)
  }

  /// The key of the smallest number that a quantity allows; nothing where it allows any.
  static func lowest(of quantity: Quantity) -> String? {
    quantity.lowest.map { text(of: $0, quantity.bound == .moreThan ? .above : .exact) }
  }

  /// The key of the largest number that a quantity allows; nothing where it allows any.
  static func highest(of quantity: Quantity) -> String? {
    quantity.highest.map { text(of: $0, quantity.bound == .nearly ? .below : .exact) }
  }

  private static func mark(_ side: Side, negative: Bool) -> String {
    switch side {
    case .below: negative ? "a" : " "
    case .exact: negative ? "b" : "!"
    case .above: negative ? "c" : "\""
    }
  }

  /// The significant digits without zeros at the end, and the power of ten that they are multiplied by.
  private static func parts(of number: Decimal) -> (digits: String, exponent: Int) {
    var digits = number.significand.magnitude.description
    var exponent = number.exponent
    while digits.utf8.last == UInt8(ascii: "0") {
      digits.removeLast()
      exponent += 1
    }
    return (digits, exponent)
  }
}
