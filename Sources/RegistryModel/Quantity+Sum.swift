import FoundationEssentials

extension Quantity {
  /// The sum of amounts in one unit, bounded as far as theirs are; nothing for none.
  ///
  /// `at least 1` and 2 are at least 3; `up to 1` and 2 are from 2 to 3; `about` stays rough. `nearly` counts as the
  /// number it is close to, and makes the sum `nearly` or, beside other bounds, `about`. No amount is negative, so
  /// that what is only bounded above begins at nothing.
  public static func sum(_ amounts: [Quantity]) -> Quantity? {
    guard let first = amounts.first else { return nil }
    var (low, high) = (Decimal(0), Decimal(0))
    for amount in amounts {
      low += amount.bound == .upTo ? 0 : amount.low
      high += amount.high
    }
    let bounds = Set(amounts.map(\.bound))
    let isRough = amounts.contains { $0.approximate || $0.bound == .about || $0.bound == .nearly }
    let bound: Bound
    var approximate = isRough
    if bounds.contains(.moreThan) {
      bound = .moreThan
    } else if bounds.contains(.atLeast) {
      bound = .atLeast
    } else if bounds.isSubset(of: [.exact, .nearly]), bounds.contains(.nearly) {
      (bound, approximate) = (.nearly, false)
    } else if bounds == [.upTo] {
      (bound, low) = (.upTo, high)
    } else {
      bound = isRough ? .about : .range
    }
    if bound == .atLeast || bound == .moreThan { high = low }
    return Quantity(
      low: low, high: high, unit: first.unit, bound: bound, approximate: approximate,
      forecast: first.forecast)
  }

  /// The amount as often, or at this rate in another unit: bounds multiply with bounds, and stay as rough as the rougher.
  ///
  /// `at least 2` at `at least 3` is at least 6, `up to 2` at `up to 3` up to 6; what is bounded below at what is bounded above
  /// may be anything, which is at least nothing. Neither is negative.
  public func times(_ factor: Quantity, unit: String) -> Quantity {
    let bounds: Set<Bound> = [bound, factor.bound]
    let isOpenAbove = !bounds.isDisjoint(with: [.atLeast, .moreThan])
    let isOpenBelow = !bounds.isDisjoint(with: [.upTo, .nearly])
    var product = Quantity(
      low: low * factor.low, high: high * factor.high, unit: unit, bound: bound,
      approximate: approximate || factor.approximate || factor.bound == .about, reading: reading,
      forecast: forecast || factor.forecast)
    switch (isOpenAbove, isOpenBelow) {
    case (false, false): break
    case (true, false):
      (product.high, product.bound) = (product.low, bounds.contains(.moreThan) ? .moreThan : .atLeast)
    case (false, true):
      let isNearly = bounds.isSubset(of: [.exact, .nearly])
      (product.low, product.bound) = (product.high, isNearly ? .nearly : .upTo)
    case (true, true): (product.low, product.high, product.bound) = (0, 0, .atLeast)
    }
    return product
  }
}
