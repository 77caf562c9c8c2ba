public import FoundationEssentials

/// A number as a source gives it: exact, about, bounded on a side, or a range; of money also how several share it.
///
///     let rows = try call.rows(of: "statements", columns: ["id"] + Figure.columns, where: ["property": [.key("amount")]])
///     for row in rows { if let amount = Figure(row) { print(amount.words) } }
public struct Figure: Hashable, Sendable {
  /// How a source bounds a number.
  public enum Bound: String, Hashable, Sendable {
    case exact, about, nearly, atLeast = "at least", moreThan = "more than", upTo = "up to", range
  }

  /// The columns of `statements` that it is read from; of `figures`, those of them that it has.
  public static let columns = ["low", "high", "unit", "bound", "approximate", "reading", "forecast"]

  /// The number, or the lower end of a range.
  public var low: Decimal
  /// The number again, or the upper end of a range.
  public var high: Decimal
  /// `%`, a currency, a unit.
  public var unit: String
  public var bound: Bound
  /// Whether the source gives it as rough.
  public var isRough: Bool
  /// `each`, `combined`, `unclear`; empty where its source does not say.
  public var reading: String
  public var isForecast: Bool

  /// A number of a unit.
  public init(
    low: Decimal, high: Decimal? = nil, unit: String = "", bound: Bound = .exact, isRough: Bool = false,
    reading: String = "", isForecast: Bool = false
  ) {
    self.low = low
    self.high = high ?? low
    self.unit = unit
    self.bound = bound == .exact && self.low != self.high ? .range : bound
    self.isRough = isRough || bound == .about
    self.reading = reading
    self.isForecast = isForecast
  }

  /// What a row says, by those of ``columns`` that were asked for; nothing where it says no number.
  public init?(_ row: Row) {
    guard let low = row["low"].number ?? row["high"].number,
      let high = row["high"].number ?? row["low"].number,
      low <= high
    else { return nil }
    self.init(
      low: low, high: high, unit: row["unit"].label, bound: Bound(rawValue: row["bound"].label) ?? .exact,
      isRough: row["approximate"].isYes, reading: row["reading"].label, isForecast: row["forecast"].isYes)
  }

  /// The least that the words allow of what is not negative: nothing at all for `up to` and `nearly`. What is about a
  /// number counts as that number.
  public var least: Decimal { bound == .upTo || bound == .nearly ? min(0, low) : low }
  /// The most that they allow; nothing where they set no bound.
  public var most: Decimal? { bound == .atLeast || bound == .moreThan ? nil : high }

  /// The figure as often, or at such a rate in another unit.
  public func times(_ factor: Decimal, unit: String? = nil) -> Figure {
    var product = self
    (product.low, product.high) = (low * factor, high * factor)
    if let unit { product.unit = unit }
    return product
  }

  /// The sum of figures of one unit, as rough and as open as the parts make it; nothing for none.
  public static func sum(_ figures: some Collection<Figure>) -> Figure? {
    guard var sum = figures.first, figures.count > 1 else { return figures.first }
    sum.low = figures.reduce(0) { $0 + ($1.bound == .upTo ? 0 : $1.low) }
    sum.high = figures.reduce(0) { $0 + $1.high }
    let bounds = Set(figures.map(\.bound))
    sum.isRough = figures.contains { $0.isRough || $0.bound == .nearly }
    if bounds.contains(.moreThan) || bounds.contains(.atLeast) {
      sum.bound = bounds.contains(.moreThan) ? .moreThan : .atLeast
      sum.high = sum.low
    } else if bounds.contains(.nearly), bounds.isSubset(of: [.exact, .nearly]) {
      (sum.bound, sum.isRough) = (.nearly, false)
    } else if bounds == [.upTo] {
      (sum.bound, sum.low) = (.upTo, sum.high)
    } else {
      sum.bound = sum.low == sum.high ? (sum.isRough ? .about : .exact) : .range
    }
    return sum
  }

  /// The figure as the language writes it: `at least USD 1bn each`, `about 60%`.
  public var words: String {
    var words: [String] = []
    switch bound {
    case .exact, .range: if isRough { words.append("about") }
    case .about: words.append("about")
    case .nearly, .atLeast, .moreThan, .upTo:
      words.append(bound.rawValue)
      if isRough, bound != .nearly { words.append("about") }
    }
    let parts = unit.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let isMoney = parts[0].count == 3 && parts[0].allSatisfy { $0.isASCII && $0.isUppercase }
    if isMoney { words.append(String(parts[0])) }
    let number = self.number
    if isMoney {
      words.append(parts.count > 1 ? "\(number)/\(parts[1])" : number)
    } else if unit.hasPrefix("%") {
      words.append(number + unit)
    } else {
      words.append(number)
      if !unit.isEmpty { words.append(unit) }
    }
    if !reading.isEmpty { words.append(reading) }
    if isForecast { words.append("forecast") }
    return words.joined(separator: " ")
  }

  /// The number or the range, in trillions, billions or millions where that is exact to three places.
  private var number: String {
    let reach = max(abs(low), abs(high))
    for (suffix, exponent) in [("tn", 12), ("bn", 9), ("m", 6)] {
      let unit = Decimal(sign: .plus, exponent: exponent, significand: 1)
      guard reach >= unit else { continue }
      let scaled = [low, high].map { $0 * Decimal(sign: .plus, exponent: -exponent, significand: 1) }
      guard scaled.allSatisfy({ $0 == $0.rounded(3) }) else { continue }
      return (low == high ? scaled[..<1] : scaled[...]).map(\.description).joined(separator: "..") + suffix
    }
    return low == high ? low.description : "\(low)..\(high)"
  }
}

extension Decimal {
  /// The number with at most so many places, the nearest; of two that are as near, the even one.
  public func rounded(_ places: Int) -> Decimal {
    // How many digits are too many, and those that stay.
    let excess = -exponent - places
    guard !isNaN, excess > 0 else { return self }
    let digits = Array(significand.magnitude.description.utf8)
    guard excess <= digits.count else { return 0 }
    let (kept, dropped) = (digits.dropLast(excess), digits.suffix(excess))
    let half = [UInt8(ascii: "5")] + [UInt8](repeating: UInt8(ascii: "0"), count: excess - 1)
    let isOdd = (kept.last ?? 0) & 1 == 1
    let isUp = half.lexicographicallyPrecedes(dropped) || isOdd && dropped.elementsEqual(half)
    let whole = Decimal(string: String(decoding: kept, as: UTF8.self)) ?? 0
    let rounded = Decimal(sign: .plus, exponent: -places, significand: whole + (isUp ? 1 : 0))
    return sign == .minus && !rounded.isZero ? -rounded : rounded
  }
}
