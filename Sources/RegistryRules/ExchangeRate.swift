import FoundationEssentials
public import RegistryModel

/// What a unit of one currency is in another, as a source has it.
public struct ExchangeRate: Sendable {
  public var rate: Quantity
  public var record: StatementRecord

  /// The newest of what is said of rates, up to a day; of those of one day the one that the rules choose as among rivals. What
  /// is a forecast, or not above nothing, is no rate.
  /// - Parameters:
  ///   - records: the statements of the property by which one currency has its rates.
  ///   - unit: the other currency.
  public init?(
    newestOf records: [StatementRecord], in unit: String, upTo day: Day, _ definition: PropertyDefinition,
    standing: @escaping (Key) -> SourceStanding?
  ) {
    let fitting = records.compactMap { record -> (day: Day, record: StatementRecord)? in
      guard record.isChosen, !record.statement.isForecast,
        case .quantity(let rate) = record.statement.value, rate.unit == unit, rate.low > 0,
        let known = Self.day(of: record.statement.validity, upTo: day)
      else { return nil }
      return (known, record)
    }
    guard let newest = fitting.map(\.day).max() else { return nil }
    var definition = definition
    definition.cardinality = .one
    let ofDay = fitting.filter { $0.day == newest }.map(\.record)
    guard let record = Resolver(definition, standing: standing).resolve(ofDay).first?.chosen.first,
      case .quantity(let rate) = record.statement.value
    else { return nil }
    self.rate = rate
    self.record = record
  }

  /// The last day up to another one of which a rate is said: the day on which it was seen, the last of its period, or where its
  /// end is open the first; nil where it is said of none.
  static func day(of validity: Validity, upTo day: Day) -> Day? {
    let bounds = validity.bounds
    guard validity.extent != .unstated, bounds.startEarliest <= day else { return nil }
    if bounds.endEarliest == .distantFuture { return bounds.startEarliest }
    if bounds.startEarliest == .distantPast { return bounds.endEarliest <= day ? bounds.endEarliest : nil }
    return min(bounds.endEarliest, day)
  }
}
