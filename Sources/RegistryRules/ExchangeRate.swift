public import RegistryModel

/// What a unit of one currency is in another, as a source has it.
public struct ExchangeRate: Sendable {
  public var rate: Quantity
  /// When it was that.
  public var date: PartialDate
  public var record: StatementRecord

  /// The newest of what is said of rates, up to a day; of those of one day the one that the rules choose as among rivals.
  /// - Parameters:
  ///   - records: the statements of the property by which one currency has its rates.
  ///   - unit: the other currency.
  public init?(
    newestOf records: [StatementRecord], in unit: String, upTo day: Day, _ definition: PropertyDefinition,
    standing: @escaping (Key) -> SourceStanding?
  ) {
    let fitting = records.compactMap { record -> (day: Day, record: StatementRecord)? in
      guard record.isChosen, case .quantity(let rate) = record.statement.value, rate.unit == unit,
        case .seen(let date) = record.statement.validity.extent, date.earliest <= day
      else { return nil }
      return (date.earliest, record)
    }
    guard let newest = fitting.map(\.day).max() else { return nil }
    var definition = definition
    definition.cardinality = .one
    let ofDay = fitting.filter { $0.day == newest }.map(\.record)
    guard let record = Resolver(definition, standing: standing).resolve(ofDay).first?.chosen.first,
      case .quantity(let rate) = record.statement.value,
      case .seen(let date) = record.statement.validity.extent
    else { return nil }
    self.rate = rate
    self.date = date
    self.record = record
  }
}
