internal import FoundationEssentials
internal import RegistryModel
internal import RegistryStore

/// The two ends of a quantity as whole numbers with a common count of decimal places: exact, and within 64 bits.
package struct Mantissas {
  var low: Int64
  var high: Int64
  var scale: Int64

  /// - Throws: `numberTooLong` where the digits do not fit.
  init(_ quantity: Quantity) throws(StoreProblem) {
    let scale = max(0, -quantity.low.exponent, -quantity.high.exponent)
    guard let low = Mantissas.mantissa(quantity.low, scale),
      let high = Mantissas.mantissa(quantity.high, scale)
    else { throw .numberTooLong(quantity.canonicalText) }
    self.low = low
    self.high = high
    self.scale = Int64(scale)
  }

  /// The decimal that a stored mantissa means.
  static func decimal(_ mantissa: Int64, scale: Int64) -> Decimal {
    Decimal(
      sign: mantissa < 0 ? .minus : .plus, exponent: -Int(scale), significand: Decimal(mantissa.magnitude))
  }

  /// The number of floating point that is kept beside a mantissa.
  package static func real(_ mantissa: Int64, scale: Int64) -> Double {
    decimal(mantissa, scale: scale).double
  }

  private static func mantissa(_ number: Decimal, _ scale: Int) -> Int64? {
    guard !number.isZero else { return 0 }
    let zeros = number.exponent + scale
    guard zeros < 19 else { return nil }
    let digits = number.significand.magnitude.description + String(repeating: "0", count: zeros)
    return Int64((number.sign == .minus ? "-" : "") + digits)
  }
}
