import CommandLanguage
import Foundation
import RegistryModel
import RegistryRules
import RegistryStore

extension Session {
  /// A value as its property takes it, where it stands by itself: nothing of what is written beside it is lost.
  func value(_ syntax: ValueSyntax, for definition: PropertyDefinition) throws(Failure) -> Value {
    if let group = syntax.group { throw Failures.groupNotHere(group, syntax.span) }
    let value = try bareValue(syntax, for: definition)
    if syntax.forecast, !value.isQuantity { throw Failures.forecastNotHere(syntax.span) }
    return value
  }

  /// A value without what is said of the statement: whether it is forecast, and what it belongs together with.
  func bareValue(_ syntax: ValueSyntax, for definition: PropertyDefinition) throws(Failure) -> Value {
    let value = try plainValue(syntax, for: definition)
    if let reading = syntax.reading, !value.isQuantity { throw Failures.readingNotHere(reading, syntax.span) }
    return value
  }

  private func plainValue(_ syntax: ValueSyntax, for definition: PropertyDefinition) throws(Failure) -> Value
  {
    switch syntax.form {
    case .unknown: return .unknown
    case .none: return .none
    case .date(let text): return try dateOrText(text, definition, syntax.span)
    case .number(let number, let bound):
      if definition.range == .date, bound == .exact, number.high == nil {
        return .date(try date(number.low, syntax.span))
      }
      if definition.range == .text { return .text(number.low) }
      return .quantity(try Session.quantity(number, bound, syntax, unit: definition.unit))
    case .name(let name): return try named(name, syntax, definition)
    }
  }

  private func dateOrText(_ text: String, _ definition: PropertyDefinition, _ span: Span) throws(Failure)
    -> Value
  {
    definition.range == .text ? .text(text) : .date(try date(text, span))
  }

  /// What a word or a quoted text means for a property.
  private func named(
    _ name: NameSyntax, _ syntax: ValueSyntax, _ definition: PropertyDefinition
  ) throws(Failure) -> Value {
    switch definition.range {
    case .entities: return .entity(try entity(name, for: definition).key)
    case .text: return .text(try substituted(name))
    case .choice(let words):
      let word = try substituted(name)
      guard words.contains(word) else {
        throw Failure(
          .refused, code: "wrong-range",
          "\(definition.key) is \(Failures.describe(definition.range)), not \(word)",
          help: Failures.didYouMean(nearest(to: word, in: words)), at: name.span)
      }
      return .text(word)
    case .date: return .date(try date(try substituted(name), name.span))
    case .number, .percent, .money:
      guard name.form == .template || name.form == .quoted else {
        throw Failures.wrongKind(name.text, expected: Failures.describe(definition.range), name.span)
      }
      let text = try substituted(name)
      guard
        var quantity = ForeignNumber.quantity(text, decimalMark: importing?.options.decimalMark)
      else {
        throw Failures.wrongKind("\"\(text)\"", expected: Failures.describe(definition.range), name.span)
      }
      if importing != nil, text.utf8.count(where: { 0x30...0x39 ~= $0 }) > 18 {
        throw Failures.badNumber(text, name.span)
      }
      if quantity.unit.isEmpty { quantity.unit = definition.range == .percent ? "%" : definition.unit ?? "" }
      if let reading = Session.reading(syntax) { quantity.reading = reading }
      if syntax.forecast { quantity.forecast = true }
      return .quantity(quantity)
    }
  }

  /// A date in the words of the source text.
  func date(_ text: String, _ span: Span) throws(Failure) -> PartialDate {
    var text = text.contains("$") ? try substituted(text, span) : text
    if let importing { text = ForeignDate.edtf(text, importing.options.dates) }
    do { return try PartialDate(edtf: text) } catch { throw Failures.badDate(error, span) }
  }

  private static func reading(_ syntax: ValueSyntax) -> Quantity.Reading? {
    syntax.reading.flatMap { Quantity.Reading(rawValue: $0.rawValue) }
  }

  /// A number as it is written.
  /// - Parameter unit: what it counts where the text does not say.
  static func quantity(
    _ number: ValueSyntax.Number, _ bound: ValueSyntax.Bound, _ syntax: ValueSyntax, unit: String?
  ) throws(Failure) -> Quantity {
    let low = try decimal(number.low, number.magnitude, syntax.span)
    let high = try number.high.map { (text) throws(Failure) in
      try decimal(text, number.magnitude, syntax.span)
    }
    let isRange = high != nil
    if let high, high < low { throw Failures.rangeReversed(syntax.span) }
    return Quantity(
      low: low, high: high, unit: self.unit(number, unit),
      bound: isRange ? .range : Quantity.Bound(rawValue: bound.rawValue) ?? .exact,
      approximate: isRange && bound == .about, reading: reading(syntax), forecast: syntax.forecast)
  }

  private static func decimal(_ text: String, _ magnitude: Int, _ span: Span) throws(Failure) -> Decimal {
    guard let decimal = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else {
      throw Failures.badNumber(text, span)
    }
    return decimal * pow(Decimal(10), magnitude)
  }

  /// What a number counts: as written, or as its property's definition says.
  private static func unit(_ number: ValueSyntax.Number, _ unit: String?) -> String {
    let per = number.per.map { "/" + $0 } ?? ""
    if number.isPercent { return "%" + per }
    if let currency = number.currency { return currency + per }
    return (number.unit ?? unit ?? "") + per
  }

  /// Qualifiers, each tested by its own definition.
  func qualifiers(_ syntax: [QualifierSyntax], _ schema: Schema) throws(Failure) -> [Qualifier] {
    var result: [Qualifier] = []
    for qualifier in syntax {
      let definition = try property(qualifier.property, schema)
      guard definition.domain.contains(BuiltIn.statement) else {
        throw Failures.rule(.notAQualifier(definition.key), schema, qualifier.property.span)
      }
      result.append(Qualifier(definition.key, try value(qualifier.value, for: definition)))
    }
    return result
  }
}
