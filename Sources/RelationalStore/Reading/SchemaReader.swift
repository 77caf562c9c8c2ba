internal import RegistryModel
internal import RegistryStore

/// The definitions that stand in a scope.
struct SchemaReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// What is defined at a time.
  private struct Found {
    var schema: Schema
    /// The definitions in it that were taken back and go on.
    var lapsed: [Int64]
    var usability: Memory.Usability
  }

  /// The definitions that stand in a scope, on top of those that every registry has.
  private func find(in scope: Scope) throws(StoreProblem) -> Found {
    var (types, properties) = (BuiltIn.types, BuiltIn.properties)
    func take(_ row: any SQLCursor) {
      if row.text(0) == "type" {
        types.append(Self.typeDefinition(row))
      } else {
        properties.append(Self.propertyDefinition(row))
      }
    }
    var (standing, gone, named): (Set<Defined>, Set<Defined>, Set<Defined>) = ([], [], [])
    var row = try db.rows(
      """
      SELECT \(Self.definitionColumns), EXISTS(SELECT 1 FROM \(scope.rawValue).definition_now n WHERE n.id = d.id)
      FROM main.definition d ORDER BY key, kind
      """)
    while try row.next() {
      let defined = Defined(kind: row.text(0), key: row.key(1))
      guard row.flag(17) else {
        gone.insert(defined)
        continue
      }
      standing.insert(defined)
      named.formUnion(Self.named(row))
      take(row)
    }
    gone.subtract(standing)
    // Alone nobody takes back what is used.
    let hasArrived =
      gone.isEmpty
      ? false : try db.integer("SELECT 1 FROM main.tx WHERE arrived IS NOT NULL LIMIT 1") != nil
    let lapsed = hasArrived ? try last(of: gone, namedBy: named, in: scope) : []
    for id in lapsed {
      row = try db.rows("SELECT \(Self.definitionColumns) FROM main.definition WHERE id = ?", [.integer(id)])
      while try row.next() { take(row) }
    }
    return Found(
      schema: Schema(types: types, properties: properties), lapsed: lapsed,
      usability: gone.isEmpty ? .none : hasArrived ? .here : .elsewhere)
  }

  struct Defined: Hashable {
    var kind: String
    var key: Key
  }

  /// The last definitions of what has none that stands and is used: somebody took it back who did not know of its use.
  func lapsed(in scope: Scope = .main) throws(StoreProblem) -> [Int64] {
    _ = try readSchema(in: scope)
    return (scope == .main ? state.memory.lapsed : state.memory.past?.lapsed) ?? []
  }

  /// The definitions that name something, whether they stand or not.
  func naming(_ defined: Defined) throws(StoreProblem) -> [Int64] {
    var found: [Int64] = []
    let row = try db.rows("SELECT \(Self.definitionColumns), id FROM main.definition ORDER BY id")
    while try row.next() {
      if Self.named(row).contains(defined) { found.append(row.integer(17)) }
    }
    return found
  }

  /// What a definition names, which is used thereby.
  private static func named(_ row: any SQLCursor) -> Set<Defined> {
    var (types, properties): ([Key], [Key])
    if row.text(0) == "type" {
      let definition = typeDefinition(row)
      types = definition.parent.map { [$0] } ?? []
      properties = definition.columns + (definition.begins + definition.ends).map(\.property)
    } else {
      let definition = propertyDefinition(row)
      types = definition.domain
      if case .entities(let range) = definition.range { types += range }
      properties = definition.parent.map { [$0] } ?? []
      if case .onePer(let qualifiers) = definition.cardinality { properties += qualifiers }
    }
    return Set(
      types.map { Defined(kind: "type", key: $0) } + properties.map { Defined(kind: "property", key: $0) })
  }

  /// - Parameter named: what is named by definitions that stand. What goes on uses in turn what it names.
  private func last(
    of gone: Set<Defined>, namedBy named: Set<Defined>, in scope: Scope
  ) throws(StoreProblem) -> [Int64] {
    var next: [Defined] = []
    for defined in gone {
      let isUsed = named.contains(defined) ? true : try isSaid(of: defined, in: scope)
      if isUsed { next.append(defined) }
    }
    var found: [Defined: Int64] = [:]
    var seen = Set(next)
    while let defined = next.popLast() {
      guard let id = try last(of: defined, in: scope) else { continue }
      found[defined] = id
      let row = try db.rows(
        "SELECT \(Self.definitionColumns) FROM main.definition WHERE id = ?", [.integer(id)])
      while try row.next() {
        for other in Self.named(row) where gone.contains(other) && seen.insert(other).inserted {
          next.append(other)
        }
      }
    }
    return found.sorted { ($0.key.key, $0.key.kind) < ($1.key.key, $1.key.kind) }.map(\.value)
  }

  /// Whether any statement uses what was defined.
  private func isSaid(of defined: Defined, in scope: Scope) throws(StoreProblem) -> Bool {
    let isSaid = """
      (EXISTS(SELECT 1 FROM \(scope.rawValue).claim_now c WHERE c.id = s.id)
        OR EXISTS(SELECT 1 FROM \(scope.rawValue).denial_now c WHERE c.id = s.id))
      """
    let use =
      defined.kind == "property"
      ? """
      SELECT 1 FROM main.statement s WHERE s.property = ?1 AND \(isSaid)
      UNION ALL SELECT 1 FROM main.qualifier q CROSS JOIN main.statement s ON s.id = q.statement
        WHERE q.property = ?1 AND \(isSaid) LIMIT 1
      """
      : "SELECT 1 FROM main.statement s WHERE s.property = 'type' AND s.text = ?1 AND \(isSaid) LIMIT 1"
    return try db.integer(use, [.text(defined.key.text)]) != nil
  }

  /// The definition that was made last by then.
  private func last(of defined: Defined, in scope: Scope) throws(StoreProblem) -> Int64? {
    let recorded = scope == .temp ? state.memory.past?.times.recorded : nil
    let newest = try recorded.map { point throws(StoreProblem) in try truth.number(of: point) } ?? Int64.max
    return try db.integer(
      """
      SELECT d.id FROM main.definition d
        CROSS JOIN main.life l ON l.thing = \(Thing.definition.rawValue) AND l.id = d.id
        CROSS JOIN main.tx t ON t.id = l.tx_in
      WHERE d.kind = ?1 AND d.key = ?2 AND l.tx_in <= ?3
      ORDER BY \(Identity.age("t", isDescending: true)), d.digest LIMIT 1
      """, [.text(defined.kind), .text(defined.key.text), .integer(newest)])
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
      let found = try find(in: scope)
      state.memory.past?.schema = found.schema
      state.memory.past?.lapsed = found.lapsed
      return found.schema
    }
  }

  func currentSchema() throws(StoreProblem) -> Schema {
    if let known = state.memory.schema { return known }
    let found = try find(in: .main)
    state.memory.schema = found.schema
    state.memory.lapsed = found.lapsed
    state.memory.usability = found.usability
    return found.schema
  }
}
