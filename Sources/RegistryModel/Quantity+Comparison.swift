public import FoundationEssentials

extension Quantity {
  /// How two quantities can be compared.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal = "=", unequal = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  }

  /// How one quantity certainly lies to another.
  public enum Order: Hashable, Sendable { case less, same, greater }

  /// The smallest number that the words allow, or nothing where they allow any (`up to`, `nearly`).
  ///
  /// What is `about` a number may be off by half a unit of its last significant digit: about 60 is from 55 to 65,
  /// about 8.5 from 8.45 to 8.55. The source names no tolerance, and this is how far a rounded number can be off.
  public var lowest: Decimal? {
    switch bound {
    case .upTo, .nearly: nil
    default: isRough ? low - Quantity.tolerance(of: low) : low
    }
  }

  /// The largest number that the words allow, or nothing where they allow any (`at least`, `more than`).
  /// For `about` see ``lowest``.
  public var highest: Decimal? {
    switch bound {
    case .atLeast, .moreThan: nil
    default: isRough ? high + Quantity.tolerance(of: high) : high
    }
  }

  /// Whether the comparison holds; nothing where it cannot be decided.
  ///
  /// It cannot be decided where what the words allow lies on both sides (`47..87%` against `50%`), where the units
  /// differ (no exchange rates, no conversions), or where `other` asks for a reading that this quantity does not
  /// state (`USD 1bn each` against `USD 1bn`). Two quantities that are said in the same words are equal.
  /// A forecast compares by its number.
  public func satisfies(_ comparison: Comparison, _ other: Quantity) -> Bool? {
    guard unit == other.unit else { return nil }
    guard other.reading == nil || other.reading == reading else { return nil }
    if isSaidAs(other) { return [.equal, .lessOrEqual, .greaterOrEqual].contains(comparison) }
    switch comparison {
    case .equal: return equals(other)
    case .unequal: return equals(other).map { !$0 }
    case .less: return isLess(than: other)
    case .greater: return other.isLess(than: self)
    case .greaterOrEqual: return isLess(than: other).map { !$0 }
    case .lessOrEqual: return other.isLess(than: self).map { !$0 }
    }
  }

  /// Which of the two is certainly less, or that they are the same; nothing where it cannot be decided, as in
  /// ``satisfies(_:_:)``.
  public func compare(_ other: Quantity) -> Order? {
    if satisfies(.less, other) == true { return .less }
    if satisfies(.greater, other) == true { return .greater }
    return satisfies(.equal, other) == true ? .same : nil
  }

  private var isRough: Bool { approximate || bound == .about }

  /// Whether `highest` itself is not allowed.
  private var excludesHigh: Bool { bound == .nearly }
  /// Whether `lowest` itself is not allowed.
  private var excludesLow: Bool { bound == .moreThan }

  private func isLess(than other: Quantity) -> Bool? {
    if let highest, let floor = other.lowest {
      if highest < floor || highest == floor && (excludesHigh || other.excludesLow) { return true }
    }
    if let lowest, let ceiling = other.highest, lowest >= ceiling { return false }
    return nil
  }

  private func isSaidAs(_ other: Quantity) -> Bool {
    low == other.low && high == other.high && bound == other.bound && approximate == other.approximate
  }

  /// Never certain: numbers that are not said in the same words are at most possibly equal.
  private func equals(_ other: Quantity) -> Bool? {
    isLess(than: other) == true || other.isLess(than: self) == true ? false : nil
  }

  /// Half a unit of the last significant digit.
  private static func tolerance(of number: Decimal) -> Decimal {
    let digits = text(of: number)
    let exponent: Int
    if let point = digits.firstIndex(of: ".") {
      exponent = -digits.distance(from: point, to: digits.endIndex) + 1
    } else {
      exponent = number.isZero ? 0 : digits.reversed().prefix { $0 == "0" }.count
    }
    return Decimal(sign: .plus, exponent: exponent - 1, significand: 5)
  }
}
