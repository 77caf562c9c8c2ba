import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What a unit of one currency is in another, as a source has it.
struct ExchangeRate {
  var rate: Quantity
  var date: String
  var record: StatementRecord
}

extension Session {
  /// The newest rates from `currencies` into another, up to the date asked for.
  /// - Throws: `no-rate` where one is missing: nothing is converted by a guess.
  func rates(
    from currencies: [String], into target: Word, _ times: Times
  ) throws(Failure) -> [String: ExchangeRate] {
    guard Currency.isCode(target.content) else {
      throw Failures.unknownChoice(target.content, of: "currency", Currency.codes, target.span)
    }
    let schema = try schema(at: target.span, times)
    let property = Key(unchecked: "rate")
    var asked = times
    asked.on = nil
    var rates: [String: ExchangeRate] = [:]
    for currency in currencies where currency != target.content {
      let selection = StatementSelection(subjects: [Key(unchecked: currency)], properties: [property])
      let records = try storing(target.span) { () throws(StoreProblem) in
        try store.statements(selection, asked)
      }
      let fitting = records.compactMap { record -> (day: Day, record: StatementRecord)? in
        guard record.isClaimed, case .quantity(let rate) = record.statement.value,
          rate.unit == target.content, case .seen(let date) = record.statement.validity.extent,
          date.earliest <= (times.on?.latest ?? .distantFuture)
        else { return nil }
        return (date.earliest, record)
      }
      guard let newest = fitting.map(\.day).max() else { throw Failures.noRate(currency, target) }
      // Of one day's rates the same rules choose as among rivals.
      var definition =
        schema.properties[property] ?? PropertyDefinition(key: property, domain: [], range: .money)
      definition.cardinality = .one
      let ofDay = fitting.filter { $0.day == newest }.map(\.record)
      let resolver = Resolver(definition, standing: try standings(of: ofDay, times))
      guard let record = resolver.resolve(ofDay).first?.chosen.first,
        case .quantity(let rate) = record.statement.value,
        case .seen(let date) = record.statement.validity.extent
      else { throw Failures.noRate(currency, target) }
      rates[currency] = ExchangeRate(rate: rate, date: date.edtf, record: record)
    }
    return rates
  }

  /// The rate with its date and source: `AUD 1 = USD 0.65 on 2025-10-20 (rba)`.
  func describe(_ rate: ExchangeRate, _ currency: String) -> String {
    let sources = Set(rate.record.citations.map(\.source.text)).sorted().joined(separator: ", ")
    return
      "\(currency) 1 = \(rate.rate.canonicalText) on \(rate.date)\(sources.isEmpty ? "" : " (\(sources))")"
  }
}
