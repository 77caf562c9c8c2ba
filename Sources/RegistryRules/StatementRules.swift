import FoundationEssentials
public import RegistryModel

/// What breaks the schema. The words are made where the statement was read, which knows its place.
public enum RuleViolation: Error, Hashable, Sendable {
  case unknownProperty(Key)
  case wrongDomain(property: Key, of: [Key], found: Key)
  case wrongRange(property: Key, to: ValueRange, found: Value)
  case wrongObjectType(property: Key, to: [Key], found: Key, object: Key)
  case notAQualifier(Key)
  case onlyAQualifier(Key)
  case outsideWhole(property: Key, found: Quantity)
  case wrongUnit(property: Key, unit: String, found: String)
}

/// The rules that every statement is tested by before it is recorded.
public struct StatementRules {
  private let schema: Schema
  private let typeOf: (Key) -> Key?

  /// - Parameter typeOf: the type of an entity, nothing where it is not known.
  public init(_ schema: Schema, typeOf: @escaping (Key) -> Key?) {
    self.schema = schema
    self.typeOf = typeOf
  }

  /// What the statement breaks; empty where it may be recorded.
  public func violations(of statement: Statement) -> [RuleViolation] {
    guard let definition = schema.properties[statement.property] else {
      return [.unknownProperty(statement.property)]
    }
    var found: [RuleViolation] = []
    if definition.domain == [BuiltIn.statement] {
      found.append(.onlyAQualifier(definition.key))
    } else if let type = typeOf(statement.subject),
      !definition.domain.contains(where: { $0 == BuiltIn.entity || schema.isType(type, under: $0) })
    {
      found.append(.wrongDomain(property: definition.key, of: definition.domain, found: type))
    }
    found += violations(of: statement.value, definition)
    for qualifier in statement.qualifiers {
      guard let definition = schema.properties[qualifier.property] else {
        found.append(.unknownProperty(qualifier.property))
        continue
      }
      if !definition.domain.contains(BuiltIn.statement) { found.append(.notAQualifier(qualifier.property)) }
      found += violations(of: qualifier.value, definition)
    }
    return found
  }

  /// Whether a value is of the kind that the property takes; of an entity the type is not asked, nor of a share whether
  /// it is one of a whole: a condition may compare with more.
  public static func takes(_ value: Value, _ definition: PropertyDefinition) -> Bool {
    StatementRules(Schema(), typeOf: { _ in nil }).violations(of: value, definition).allSatisfy {
      if case .outsideWhole = $0 { true } else { false }
    }
  }

  private func isPartOfWhole(_ quantity: Quantity) -> Bool {
    quantity.low >= 0 && quantity.high <= 100 && !(quantity.bound == .moreThan && quantity.low == 100)
  }

  private func violations(of value: Value, _ definition: PropertyDefinition) -> [RuleViolation] {
    switch (definition.range, value) {
    case (_, .unknown), (_, .none), (.text, .text), (.date, .date): return []
    case (.choice(let words), .text(let word)) where words.contains(word): return []
    case (.entities(let types), .entity(let key)):
      guard let type = typeOf(key),
        !types.contains(where: { $0 == BuiltIn.entity || schema.isType(type, under: $0) })
      else { return [] }
      return [.wrongObjectType(property: definition.key, to: types, found: type, object: key)]
    case (.anyPercent, .quantity(let quantity)) where quantity.unit == "%": return []
    case (.percent, .quantity(let quantity)) where quantity.unit == "%":
      return isPartOfWhole(quantity) ? [] : [.outsideWhole(property: definition.key, found: quantity)]
    case (.money, .quantity(let quantity))
    where Currency.isCode(String(quantity.unit.prefix { $0 != "/" })):
      return []
    case (.number, .quantity(let quantity)):
      let unit = definition.unit ?? ""
      return quantity.unit == unit
        ? [] : [.wrongUnit(property: definition.key, unit: unit, found: quantity.unit)]
    default: return [.wrongRange(property: definition.key, to: definition.range, found: value)]
    }
  }
}
