internal import RegistryModel
internal import RegistryStore

/// The definitions that stand in a scope.
struct SchemaReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  /// The definitions that stand in a scope, on top of those that every registry has.
  func readSchema(_ scope: String) throws(StoreProblem) -> Schema {
    var types = BuiltIn.types
    var properties = BuiltIn.properties
    let row = try db.rows(
      """
      SELECT \(Self.definitionColumns) FROM \(scope).definition_now ORDER BY key, kind
      """)
    while try row.next() {
      if row.text(0) == "type" {
        types.append(Self.typeDefinition(row))
      } else {
        properties.append(Self.propertyDefinition(row))
      }
    }
    return Schema(types: types, properties: properties)
  }

  /// What ``typeDefinition(_:)`` and ``propertyDefinition(_:)`` read.
  static let definitionColumns =
    "kind, key, parent, about, plural, columns, domain, range, targets, unit, cardinality, per, rules, begins, ends, transitive, review"

  static func typeDefinition(_ row: any SQLCursor) -> TypeDefinition {
    TypeDefinition(
      key: row.key(1), parent: row.optionalKey(2), plural: row.text(4), about: row.optionalText(3),
      columns: DefinitionText.keys(row.text(5)), begins: DefinitionText.marks(row.optionalText(13)),
      ends: DefinitionText.marks(row.optionalText(14)))
  }

  static func propertyDefinition(_ row: any SQLCursor) -> PropertyDefinition {
    PropertyDefinition(
      key: row.key(1), domain: DefinitionText.keys(row.text(6)),
      range: DefinitionText.range(row.text(7), row.text(8)), unit: row.optionalText(9),
      cardinality: DefinitionText.cardinality(row.text(10), row.text(11)), parent: row.optionalKey(2),
      about: row.optionalText(3), rules: DefinitionText.rules(row.optionalText(12)),
      isTransitive: row.optionalInteger(15) == 1, review: row.optionalText(16).flatMap(ReviewPeriod.init))
  }

  func schemaRules(in scope: Scope) throws(StoreProblem) -> SchemaRules {
    switch scope {
    case .main:
      let schema = try currentSchema()
      if let known = state.memory.schemaRules { return known }
      let rules = SchemaRules(schema)
      state.memory.schemaRules = rules
      return rules
    case .temp:
      if let known = state.memory.past?.schemaRules { return known }
      let rules = SchemaRules(try readSchema(in: .temp))
      state.memory.past?.schemaRules = rules
      return rules
    }
  }

  /// The schema of a scope.
  func readSchema(in scope: Scope) throws(StoreProblem) -> Schema {
    switch scope {
    case .main: return try currentSchema()
    case .temp:
      if let known = state.memory.past?.schema { return known }
      let schema = try readSchema(scope.rawValue)
      state.memory.past?.schema = schema
      return schema
    }
  }

  func currentSchema() throws(StoreProblem) -> Schema {
    if let known = state.memory.schema { return known }
    let schema = try readSchema("main")
    state.memory.schema = schema
    return schema
  }
}
