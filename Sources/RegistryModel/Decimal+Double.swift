public import FoundationEssentials

extension Decimal {
  /// The number as one of floating point, made as Foundation makes it: registries hold such numbers beside the exact ones,
  /// and what is computed anew must be what is there. Not always the nearest, since it is rounded at every step.
  public var double: Double {
    guard !isNaN else { return .nan }
    let digits = significand.magnitude.description
    var number: Double
    if digits.utf8.count <= 15 {
      // Exact, however it is made.
      number = Double(Int64(digits) ?? 0)
    } else {
      let whole = UInt128(digits) ?? 0
      number = stride(from: 112, through: 0, by: -16).reduce(0) { number, shift in
        number * 65_536 + Double(UInt16(truncatingIfNeeded: whole >> UInt128(shift)))
      }
    }
    if exponent < 0 { for _ in exponent..<0 { number /= 10 } } else { for _ in 0..<exponent { number *= 10 } }
    return sign == .minus ? -number : number
  }
}
