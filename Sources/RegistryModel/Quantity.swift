public import FoundationEssentials

/// A number as a source gives it: exact, bounded on a side, a range, shared or each, stated or forecast.
///
/// The numbers are exact decimals, never binary floating point. A percentage is held as its number of
/// percent (`91%` is 91 with the unit `%`); money has an ISO 4217 code as its unit (`USD`), with what it is
/// paid per behind a slash (`USD/kg`).
public struct Quantity: Hashable, Sendable {
  /// How the source bounds the number.
  public enum Bound: String, Hashable, Sendable, CaseIterable {
    case exact, about, nearly, atLeast = "at least", moreThan = "more than", upTo = "up to", range
  }

  /// Whether an amount that several parties share is meant for each of them or for all together.
  public enum Reading: String, Hashable, Sendable, CaseIterable {
    case each, combined, unclear
  }

  /// The number, or the lower end of a range.
  public var low: Decimal
  /// The number again, or the upper end of a range.
  public var high: Decimal
  /// `%`, an ISO 4217 code, either with `/` and what it is counted per, or a unit such as `weeks`; empty for a bare count.
  public var unit: String
  /// How the source bounds the number; a range may be approximate at once (`about 47..87%`): see `approximate`.
  public var bound: Bound
  /// A range that the source gives as rough.
  public var approximate: Bool
  /// Each, combined or unclear, where the source leaves the question.
  public var reading: Reading?
  /// Whether the number is a forecast.
  public var forecast: Bool

  /// A quantity; `low` must not exceed `high`.
  ///
  /// The same thing said in two ways becomes one: an exact number with two ends is a range, a range of one number
  /// is exact, and an approximate number is `about` (an `about` range is an approximate range).
  public init(
    low: Decimal, high: Decimal? = nil, unit: String = "", bound: Bound = .exact, approximate: Bool = false,
    reading: Reading? = nil, forecast: Bool = false
  ) {
    self.low = low
    self.high = high ?? low
    self.unit = unit
    let isSingle = self.low == self.high
    switch bound {
    case .exact, .about, .range:
      let isRough = approximate || bound == .about
      self.bound = isSingle ? (isRough ? .about : .exact) : .range
      self.approximate = isRough && !isSingle
    default:
      self.bound = bound
      self.approximate = approximate
    }
    self.reading = reading
    self.forecast = forecast
  }
}

extension Quantity: CustomStringConvertible {
  /// The canonical text.
  public var description: String { canonicalText }
}
