public import FoundationEssentials

extension Decimal {
  /// The number of floating point that is nearest to it: what its digits are where any program reads them. Registries hold
  /// such numbers beside the exact ones, so that what is computed anew is what is there.
  public var double: Double {
    // Both are exact, and one step rounds once.
    if !isNaN, (-22...22).contains(exponent), significand.magnitude <= 9_007_199_254_740_992,
      let digits = Int64(significand.magnitude.description)
    {
      let power = Self.powers[abs(exponent)]
      let number = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return sign == .minus ? -number : number
    }
    return Double(description) ?? .nan
  }

  /// The powers of ten that are exact.
  private static let powers: [Double] = (0...22).map { Double("1e\($0)") ?? .nan }
}
