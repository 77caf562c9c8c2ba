import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What the schema and the rules of edits do not allow.
extension Failures {
  static func breaksRecorded(_ property: Key, _ statements: [String], _ span: Span) -> Failure {
    let count = statements.count == 1 ? "a statement is" : "\(statements.count) statements are"
    return Failure(
      .refused, code: "breaks-recorded", "\(count) recorded that this definition of \(property) would refuse",
      help: "retract first, or define another property: " + statements.prefix(3).joined(separator: "; "),
      at: span)
  }
  static func onePropertyAtATime(_ subject: Key, _ word: Word) -> Failure {
    Failure(
      code: "one-property", "one property at a time", help: "write \(subject).\(word.content)", at: word.span)
  }
  static func noExistenceMark(_ mark: ExistenceMark, _ property: PropertyDefinition, _ span: Span) -> Failure
  {
    let help: String
    switch property.range {
    case .date: help = "write \(property.key): its value is the date"
    case .choice(let words): help = "write \(words.map { "\(property.key).\($0)" }.joined(separator: ", "))"
    default: help = "name a property whose values are dates, or a word of a choice such as status.ended"
    }
    return Failure(
      .refused, code: "no-existence-mark", "\(mark) does not say when a thing begins or ends", help: help,
      at: span)
  }
  static func propertyNeedsRange(_ key: Key, _ span: Span) -> Failure {
    Failure(
      code: "property-needs-range", "a property needs its types and its values",
      help: "define property \(key) of TYPE to RANGE", at: span)
  }
  /// - Parameter turned: how the condition may be meant otherwise.
  static func wrongDomain(
    _ property: Key, of domain: [Key], found type: TypeDefinition, turned: String?, _ schema: Schema,
    _ span: Span
  ) -> Failure {
    let violation = RuleViolation.wrongDomain(property: property, of: domain, found: type.key)
    let (code, message, _) = words(violation)
    guard let turned else {
      guard let owner = domain.lazy.compactMap({ schema.types[$0] }).first else {
        return rule(violation, schema, span)
      }
      return Failure(
        .refused, code: code, message,
        help: "\(owner.plural) have it: list \(owner.plural) where \(property) is stated",
        at: span)
    }
    return Failure(
      .refused, code: code, message,
      help:
        "of what names \(type.plural) by it write \(turned): list \(type.plural) where \(turned) is not stated",
      at: span)
  }
  static func rule(_ violation: RuleViolation, _ schema: Schema, _ span: Span) -> Failure {
    let (code, message, help) = words(violation)
    return Failure(.refused, code: code, message, help: help, at: span)
  }
  static func builtIn(_ what: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "built-in", "\(what) is there in every registry, and is not defined anew",
      help: "give yours another name", at: span)
  }
  static func keywordAsQualifier(_ key: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "keyword-as-qualifier", "behind a claim, \(key) means something already",
      help: "give the qualifier another name", at: span)
  }
  static func wrongKind(_ found: String, expected: String, _ span: Span) -> Failure {
    Failure(code: "wrong-kind", "\(found) stands where \(expected) is expected", at: span)
  }
  /// A number or a date that its property does not take as it is written; what would be right is said.
  static func wrongLiteral(
    _ text: String, _ definition: PropertyDefinition, _ number: ValueSyntax.Number?, _ span: Span
  ) -> Failure {
    if definition.range == .money, let number, number.currency == nil,
      NumberMeaning(number, definition)?.unit.isEmpty == true
    {
      return amountWithoutCurrency(definition.key, span)
    }
    return Failure(
      .refused, code: "wrong-range", "\(definition.key) takes \(describe(definition.range)), not \(text)",
      help: LiteralHelp.words(text, number, definition), at: span)
  }
  /// What lacks where money was wanted.
  private static func currencyHelp(_ range: ValueRange, _ found: Value) -> String? {
    guard range == .money, case .quantity(let quantity) = found else { return nil }
    let code = quantity.unit.prefix { $0 != "/" }
    return Key.isCode(String(code))
      ? "\(code) is no currency of ISO 4217" : "write the currency's code in front, as in USD 8.5bn"
  }
  private static func words(_ violation: RuleViolation) -> (code: String, message: String, help: String?) {
    switch violation {
    case .unknownProperty(let key): ("unknown-property", "there is no property \(key)", nil)
    case .wrongDomain(let property, let of, let found):
      (
        "wrong-domain", "\(property) is a property of \(list(of)), and this is \(withArticle(found.text))",
        "list properties shows which type has which"
      )
    case .wrongRange(let property, let range, let found):
      (
        "wrong-range", "\(property) takes \(describe(range)), not \(describe(found))",
        currencyHelp(range, found)
      )
    case .outsideWhole(let property, let found):
      (
        "outside-whole",
        "\(property) is a part of a whole, from 0 to 100 %, and \(found.canonicalText) is none",
        "define property \(property) … to percent any takes rates, of growth or of a tariff"
      )
    case .wrongObjectType(let property, let types, let found, let object):
      ("wrong-range", "\(property) takes \(list(types)), and \(object) is \(withArticle(found.text))", nil)
    case .notAQualifier(let key):
      (
        "not-a-qualifier", "\(key) is a property of entities, not of statements",
        "define property … of statement makes a qualifier"
      )
    case .onlyAQualifier(let key):
      (
        "only-a-qualifier", "\(key) qualifies statements; it is not a property of entities",
        "write it behind the value: \(key) VALUE"
      )
    case .wrongUnit(let property, let unit, let found):
      ("wrong-unit", "\(property) is counted in \(unit.isEmpty ? "plain numbers" : unit), not \(found)", nil)
    }
  }
  static func describe(_ range: ValueRange) -> String {
    switch range {
    case .entities(let types): list(types)
    case .text: "a text in quotes"
    case .number: "a number"
    case .percent: "a percentage from 0 to 100 such as 91%"
    case .anyPercent: "a percentage such as 145%"
    case .money: "money such as USD 8.5bn"
    case .date: "a date such as 2026-02 or 2025-10-20"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    }
  }
  private static func describe(_ value: Value) -> String {
    switch value {
    case .entity(let key): key.text
    case .text(let text): "\"\(text)\""
    case .quantity(let quantity): quantity.canonicalText
    case .date(let date): date.edtf
    case .unknown: "unknown"
    case .none: "none"
    }
  }
  private static func list(_ keys: [Key]) -> String {
    keys.map(\.text).joined(separator: ", ")
  }
}
