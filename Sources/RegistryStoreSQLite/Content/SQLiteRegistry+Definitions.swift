internal import RegistryModel
internal import RegistryStore

/// Definitions as rows. Lists are one to a line, since words of a choice may hold blanks and commas.
extension SQLiteRegistry {
  func definitionRow(_ definition: TypeDefinition) throws(StoreProblem) -> ContentRow {
    let columns = definition.columns.map(\.text).joined(separator: "\n")
    let (begins, ends) = (DefinitionText.marks(definition.begins), DefinitionText.marks(definition.ends))
    return try insert(
      "definition", ["kind", "key", "parent", "about", "plural", "columns", "begins", "ends"],
      [
        "type", .text(definition.key.text), SQL(definition.parent?.text), SQL(definition.about),
        .text(definition.plural), .text(columns), SQL(begins), SQL(ends),
      ],
      digestOf: [
        "type", definition.key.text, definition.parent?.text, definition.about, definition.plural, columns,
        // Definitions from before there were beginnings stay the same.
      ] + (begins == nil && ends == nil ? [] : [begins, ends]))
  }

  func definitionRow(_ definition: PropertyDefinition) throws(StoreProblem) -> ContentRow {
    let domain = definition.domain.map(\.text).joined(separator: "\n")
    let (range, targets) = DefinitionText.range(definition.range)
    let (cardinality, per) = DefinitionText.cardinality(definition.cardinality)
    let rules = DefinitionText.rules(definition.rules)
    return try insert(
      "definition",
      [
        "kind", "key", "parent", "about", "domain", "range", "targets", "unit", "cardinality", "per", "rules",
        "transitive",
      ],
      [
        "property", .text(definition.key.text), SQL(definition.parent?.text), SQL(definition.about),
        .text(domain),
        .text(range), SQL(targets), SQL(definition.unit), .text(cardinality), SQL(per),
        SQL(rules), definition.isTransitive ? .integer(1) : .null,
      ],
      digestOf: [
        "property", definition.key.text, definition.parent?.text, definition.about, domain, range, targets,
        definition.unit, cardinality, per,
        // The usual rules are no part of the content: definitions from before there were others stay the same.
      ] + (rules.map { [$0] } ?? []) + (definition.isTransitive ? ["transitive"] : []))
  }

  /// The definitions that stand in a scope, on top of those that every registry has.
  func readSchema(_ scope: String) throws(StoreProblem) -> Schema {
    var types = BuiltIn.types
    var properties = BuiltIn.properties
    let row = try db.rows(
      """
      SELECT \(SQLiteRegistry.definitionColumns) FROM \(scope).definition_now ORDER BY key, kind
      """)
    while try row.next() {
      if row.text(0) == "type" {
        types.append(SQLiteRegistry.typeDefinition(row))
      } else {
        properties.append(SQLiteRegistry.propertyDefinition(row))
      }
    }
    return Schema(types: types, properties: properties)
  }

  /// What ``typeDefinition(_:)`` and ``propertyDefinition(_:)`` read.
  static let definitionColumns =
    "kind, key, parent, about, plural, columns, domain, range, targets, unit, cardinality, per, rules, begins, ends, transitive"

  static func typeDefinition(_ row: Cursor) -> TypeDefinition {
    TypeDefinition(
      key: row.key(1), parent: row.optionalKey(2), plural: row.text(4), about: row.optionalText(3),
      columns: DefinitionText.keys(row.text(5)), begins: DefinitionText.marks(row.optionalText(13)),
      ends: DefinitionText.marks(row.optionalText(14)))
  }

  static func propertyDefinition(_ row: Cursor) -> PropertyDefinition {
    PropertyDefinition(
      key: row.key(1), domain: DefinitionText.keys(row.text(6)),
      range: DefinitionText.range(row.text(7), row.text(8)), unit: row.optionalText(9),
      cardinality: DefinitionText.cardinality(row.text(10), row.text(11)), parent: row.optionalKey(2),
      about: row.optionalText(3), rules: DefinitionText.rules(row.optionalText(12)),
      isTransitive: row.optionalInteger(15) == 1)
  }
}

/// The words in which ranges and cardinalities are stored.
enum DefinitionText {
  static func range(_ range: ValueRange) -> (String, String?) {
    switch range {
    case .entities(let types): ("entities", types.map(\.text).joined(separator: "\n"))
    case .text: ("text", nil)
    case .number: ("number", nil)
    case .percent: ("percent", nil)
    case .anyPercent: ("percent any", nil)
    case .money: ("money", nil)
    case .date: ("date", nil)
    case .choice(let words): ("choice", words.joined(separator: "\n"))
    }
  }

  static func range(_ word: String, _ targets: String) -> ValueRange {
    switch word {
    case "entities": .entities(keys(targets))
    case "number": .number
    case "percent": .percent
    case "percent any": .anyPercent
    case "money": .money
    case "date": .date
    case "choice": .choice(targets.split(separator: "\n").map(String.init))
    default: .text
    }
  }

  static func cardinality(_ cardinality: Cardinality) -> (String, String?) {
    switch cardinality {
    case .many: ("many", nil)
    case .one: ("one", nil)
    case .oneAtATime: ("one at a time", nil)
    case .onePer(let qualifiers): ("one per", qualifiers.map(\.text).joined(separator: "\n"))
    }
  }

  static func cardinality(_ word: String, _ per: String) -> Cardinality {
    switch word {
    case "one": .one
    case "one at a time": .oneAtATime
    case "one per": .onePer(keys(per))
    default: .many
    }
  }

  /// Earlier programs wrote a last rule `age`; it is kept in the text, so that the same definition has the same digest.
  static func rules(_ rules: [ResolutionRule]) -> String? {
    rules == ResolutionRule.standard ? nil : (rules.map(\.rawValue) + ["age"]).joined(separator: "\n")
  }

  static func marks(_ marks: [ExistenceMark]) -> String? {
    marks.isEmpty ? nil : marks.map(\.description).joined(separator: "\n")
  }

  static func marks(_ text: String?) -> [ExistenceMark] {
    text.map { $0.split(separator: "\n").map { ExistenceMark(text: String($0)) } } ?? []
  }

  static func rules(_ text: String?) -> [ResolutionRule] {
    text.map { $0.split(separator: "\n").compactMap { ResolutionRule(rawValue: String($0)) } }
      ?? ResolutionRule.standard
  }

  static func keys(_ text: String) -> [Key] { text.split(separator: "\n").map { Key(unchecked: String($0)) } }
}
