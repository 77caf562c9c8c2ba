internal import RegistryModel
internal import RegistryStore

/// The definitions that stand in a scope.
struct SchemaReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// The definitions that stand in a scope, on top of those that every registry has.
  func readSchema(_ scope: String) throws(StoreProblem) -> Schema {
    var (types, properties) = (BuiltIn.types, BuiltIn.properties)
    func take(_ row: any SQLCursor) {
      if row.text(0) == "type" {
        types.append(Self.typeDefinition(row))
      } else {
        properties.append(Self.propertyDefinition(row))
      }
    }
    var (standing, gone): (Set<Defined>, [Defined]) = ([], [])
    var row = try db.rows(
      """
      SELECT \(Self.definitionColumns), EXISTS(SELECT 1 FROM \(scope).definition_now n WHERE n.id = d.id)
      FROM main.definition d ORDER BY key, kind
      """)
    while try row.next() {
      let defined = Defined(kind: row.text(0), key: row.key(1))
      guard row.flag(17) else {
        gone.append(defined)
        continue
      }
      standing.insert(defined)
      take(row)
    }
    for id in try last(of: Set(gone).subtracting(standing), in: scope) {
      row = try db.rows("SELECT \(Self.definitionColumns) FROM main.definition WHERE id = ?", [.integer(id)])
      while try row.next() { take(row) }
    }
    return Schema(types: types, properties: properties)
  }

  private struct Defined: Hashable {
    var kind: String
    var key: Key
  }

  /// The last definitions of what has none that stands and is used: somebody took it back who did not know of its use.
  func lapsed() throws(StoreProblem) -> [Int64] {
    var gone: Set<Defined> = []
    let row = try db.rows(
      "SELECT kind, key FROM main.definition EXCEPT SELECT kind, key FROM main.definition_now")
    while try row.next() { gone.insert(Defined(kind: row.text(0), key: row.key(1))) }
    return try last(of: gone, in: "main")
  }

  private func last(of gone: Set<Defined>, in scope: String) throws(StoreProblem) -> [Int64] {
    // Alone nobody takes back what is used.
    guard !gone.isEmpty,
      try db.integer("SELECT 1 FROM main.tx WHERE arrived IS NOT NULL LIMIT 1") != nil
    else { return [] }
    let recorded = scope == "temp" ? state.memory.past?.times.recorded : nil
    let newest = try recorded.map { point throws(StoreProblem) in try truth.number(of: point) } ?? Int64.max
    let isSaid = """
      (EXISTS(SELECT 1 FROM \(scope).claim_now c WHERE c.id = s.id)
        OR EXISTS(SELECT 1 FROM \(scope).denial_now c WHERE c.id = s.id))
      """
    var found: [Int64] = []
    for defined in gone.sorted(by: { ($0.key, $0.kind) < ($1.key, $1.kind) }) {
      let use =
        defined.kind == "property"
        ? """
        SELECT 1 FROM main.statement s WHERE s.property = ?1 AND \(isSaid)
        UNION ALL SELECT 1 FROM main.qualifier q CROSS JOIN main.statement s ON s.id = q.statement
          WHERE q.property = ?1 AND \(isSaid)
        UNION ALL SELECT 1 FROM \(scope).definition_now d WHERE d.parent = ?1 LIMIT 1
        """
        : """
        SELECT 1 FROM main.statement s WHERE s.property = 'type' AND s.text = ?1 AND \(isSaid)
        UNION ALL SELECT 1 FROM \(scope).definition_now d WHERE d.parent = ?1 LIMIT 1
        """
      guard try db.integer(use, [.text(defined.key.text)]) != nil else { continue }
      let last = try db.integer(
        """
        SELECT d.id FROM main.definition d
          CROSS JOIN main.life l ON l.thing = \(Thing.definition.rawValue) AND l.id = d.id
          CROSS JOIN main.tx t ON t.id = l.tx_in
        WHERE d.kind = ?1 AND d.key = ?2 AND l.tx_in <= ?3
        ORDER BY \(Identity.age("t", isDescending: true)), d.digest LIMIT 1
        """, [.text(defined.kind), .text(defined.key.text), .integer(newest)])
      if let last { found.append(last) }
    }
    return found
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
