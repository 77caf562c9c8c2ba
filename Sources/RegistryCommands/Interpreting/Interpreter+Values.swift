import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryRules
import RegistryStore

extension Interpreter {
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
    case .date(let text): return try dated(text, definition, syntax.span)
    case .number(let number, let bound): return try numbered(number, bound, syntax, definition)
    case .name(let name): return try named(name, syntax, definition)
    }
  }

  /// What looks like a date, for a property: where no date can stand, it may be a name or a text.
  private func dated(
    _ text: String, _ definition: PropertyDefinition, _ span: Span
  ) throws(Failure) -> Value {
    switch definition.range {
    case .date: return .date(try date(text, span))
    case .text: return .text(text)
    case .choice(let words) where words.contains(text): return .text(text)
    case .entities where Key(text) != nil:
      return .entity(try entity(NameSyntax(.bare, text, span), for: definition).key)
    default: throw Failures.wrongLiteral(text, definition, nil, span)
    }
  }

  /// What looks like a number, for a property.
  private func numbered(
    _ number: ValueSyntax.Number, _ bound: ValueSyntax.Bound, _ syntax: ValueSyntax,
    _ definition: PropertyDefinition
  ) throws(Failure) -> Value {
    let written = bound == .exact ? number.text : "\(bound.rawValue) \(number.text)"
    switch definition.range {
    case .number, .percent, .anyPercent, .money:
      return .quantity(try Interpreter.quantity(number, bound, syntax, definition))
    case .date:
      // `about 2004` is a year; whatever else stands beside one is told by the reader of dates.
      if bound == .about, number.isBare { return .date(try date(number.text + "~", syntax.span)) }
      return .date(try date(written, syntax.span))
    case .text where bound == .exact && number.isBare: return .text(number.text)
    case .choice(let words) where words.contains(written): return .text(written)
    case .entities where bound == .exact && Key(number.text) != nil:
      return .entity(try entity(NameSyntax(.bare, number.text, syntax.span), for: definition).key)
    default: throw Failures.wrongLiteral(written, definition, nil, syntax.span)
    }
  }

  /// What a word or a quoted text means for a property.
  private func named(
    _ name: NameSyntax, _ syntax: ValueSyntax, _ definition: PropertyDefinition
  ) throws(Failure) -> Value {
    switch definition.range {
    case .entities: return .entity(try entity(name, for: definition).key)
    case .text: return .text(try parameters.substituted(name))
    case .choice(let words):
      let word = try parameters.substituted(name)
      guard words.contains(word) else {
        throw Failure(
          .refused, code: "wrong-range",
          "\(definition.key) is \(Failures.describe(definition.range)), not \(word)",
          help: Failures.didYouMean(nearest(to: word, in: words)), at: name.span)
      }
      return .text(word)
    case .date:
      return .date(try date(try parameters.substituted(name), name.span, isField: name.form == .template))
    case .number, .percent, .anyPercent, .money:
      guard name.form == .template || name.form == .quoted else {
        throw Failures.wrongLiteral(name.text, definition, nil, name.span)
      }
      let text = try parameters.substituted(name)
      guard
        let found = ForeignNumber.syntax(text, decimalMark: row?.options.decimalMark),
        case .number(var number, let bound) = found.form, !found.forecast || !syntax.forecast,
        found.reading == nil || syntax.reading == nil
      else { throw Failures.wrongLiteral("\"\(text)\"", definition, nil, name.span) }
      // A column of percentages seldom repeats the sign.
      if definition.range.isPercent, number.currency == nil, number.suffix.isEmpty, number.words.isEmpty {
        number.isPercent = true
      }
      var whole = found
      whole.span = name.span
      whole.reading = found.reading ?? syntax.reading
      whole.forecast = found.forecast || syntax.forecast
      return .quantity(try Interpreter.quantity(number, bound, whole, definition))
    }
  }

  /// A date in the words of the source text.
  /// - Parameter isField: whether the text is a table's field, which `today` cannot stand in.
  func date(_ text: String, _ span: Span, isField: Bool = false) throws(Failure) -> PartialDate {
    let isTemplate = text.utf8.contains(UInt8(ascii: "$"))
    var text = isTemplate ? try parameters.substituted(text, span) : text
    if row == nil || !isTemplate && !isField, let day = RelativeDay(text) {
      return PartialDate(day: day.day(from: context.today))
    }
    if let row { text = ForeignDate.edtf(text, row.options.dates) }
    do { return try PartialDate(edtf: text) } catch { throw Failures.badDate(error, span) }
  }

  /// Qualifiers, each tested by its own definition.
  func qualifiers(_ syntax: [QualifierSyntax], _ schema: Schema) throws(Failure) -> [Qualifier] {
    var result: [Qualifier] = []
    for qualifier in syntax {
      let definition = try property(qualifier.property, schema, isWritten: true)
      guard definition.domain.contains(BuiltIn.statement) else {
        throw Failures.rule(.notAQualifier(definition.key), schema, qualifier.property.span)
      }
      result.append(Qualifier(definition.key, try value(qualifier.value, for: definition)))
    }
    return result
  }
}
