import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension Totaller {
  /// The newest rates from `currencies` into another, up to the date asked for, or else today.
  /// - Throws: `no-rate` where one is missing: nothing is converted by a guess.
  func rates(
    from currencies: [String], into target: Word, _ times: Times
  ) throws(Failure) -> [String: ExchangeRate] {
    guard Currency.isCode(target.content) else {
      throw Failures.unknownChoice(target.content, of: "currency", Currency.codes, target.span)
    }
    let schema = try schema(at: target.span, times)
    let property = Key(unchecked: "rate")
    // Rates are background: whose word counts for the amounts does not narrow them.
    var asked = times.background
    asked.on = nil
    let definition =
      schema.properties[property] ?? PropertyDefinition(key: property, domain: [], range: .money)
    let foreign = currencies.filter { $0 != target.content }
    let selection = StatementSelection(
      subjects: foreign.map(Key.init(unchecked:)), properties: schema.propertyAndNarrower(of: property))
    let records = try storing(target.span) { () throws(StoreProblem) in
      try store.statements(selection, asked)
    }
    let standings = try context.standings(of: records, asked)
    let byCurrency = Dictionary(grouping: records) { $0.statement.subject.text }
    var rates: [String: ExchangeRate] = [:]
    for currency in foreign {
      rates[currency] = ExchangeRate(
        newestOf: byCurrency[currency] ?? [], in: target.content, upTo: times.on?.latest ?? context.today,
        definition, standing: standings)
      if rates[currency] == nil { throw Failures.noRate(currency, target) }
    }
    return rates
  }
}

extension ExchangeRate {
  /// The rate of a currency with its date and who says so: `AUD 1 = USD 0.65 on 2025-10-20 (rba)`.
  func words(of currency: String) -> String {
    let claims = record.citations.filter { $0.stance == .claims }
    let sources = Set(claims.map(\.source.text)).sorted().joined(separator: ", ")
    let period = record.statement.validity.canonicalText
    return "\(currency) 1 = \(rate.canonicalText) \(period)\(sources.isEmpty ? "" : " (\(sources))")"
  }
}
