internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What is said of identities in a scope: mergings, renamings, and who is held distinct.
struct IdentityReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  /// A row of `identity_now`.
  struct Row: Hashable {
    var target: Int64
    var key: String
  }

  /// Makes the rows of a scope's `identity_now`, where there are none: of all, or of a ``family(of:)``.
  /// - Returns: the rows.
  @discardableResult
  func fill(_ schema: String, of family: Set<Int64>? = nil) throws(StoreProblem) -> [Int64: Row] {
    let made = try rows(in: schema, of: family)
    for (id, row) in made.sorted(by: { $0.key < $1.key }) {
      try db.write(
        "INSERT INTO \(schema).identity_now(id, target, key) VALUES (?, ?, ?)",
        [.integer(id), .integer(row.target), .text(row.key)])
    }
    return made
  }

  /// These, and all whose identity may depend on theirs or theirs on it: who was ever merged with them, or has or had a key
  /// that one of them was given.
  func family(of entities: Set<Int64>) throws(StoreProblem) -> Set<Int64> {
    var (family, latest) = (entities, entities)
    while !latest.isEmpty {
      latest = Set(try db.integers(Self.relatives, [.list(latest.sorted())])).subtracting(family)
      family.formUnion(latest)
    }
    return family
  }

  private static let relatives = """
    SELECT m.target FROM json_each(?1) j CROSS JOIN main.merging m ON m.entity = j.value
    UNION SELECT m.entity FROM json_each(?1) j CROSS JOIN main.merging m ON m.target = j.value
    UNION SELECT o.entity FROM json_each(?1) j CROSS JOIN main.renaming r ON r.entity = j.value
      CROSS JOIN main.renaming o ON o.key = r.key
    UNION SELECT e.id FROM json_each(?1) j CROSS JOIN main.renaming r ON r.entity = j.value
      CROSS JOIN main.entity e ON e.key = r.key
    UNION SELECT r.entity FROM json_each(?1) j CROSS JOIN main.entity e ON e.id = j.value
      CROSS JOIN main.renaming r ON r.key = e.key
    """

  /// The rows of a family that are there.
  func known(of family: Set<Int64>) throws(StoreProblem) -> [Int64: Row] {
    var found: [Int64: Row] = [:]
    let row = try db.rows(
      """
      SELECT i.id, i.target, i.key FROM json_each(?1) j CROSS JOIN main.identity_now i ON i.id = j.value
      """, [.list(family.sorted())])
    while try row.next() { found[row.integer(0)] = Row(target: row.integer(1), key: row.text(2)) }
    return found
  }

  private func rows(
    in schema: String, of family: Set<Int64>?
  ) throws(StoreProblem) -> [Int64: Row] {
    let identities = try identities(in: schema, of: family)
    let ids = Set(identities.merged).union(identities.renamed)
    guard !ids.isEmpty else { return [:] }
    var targets: [Int64: Int64] = [:]
    for id in ids { targets[id] = identities.counted(id) }
    var firsts: [Int64: String] = [:]
    let row = try db.rows(
      "SELECT e.id, e.key FROM json_each(?) j CROSS JOIN main.entity e ON e.id = j.value",
      [.list(Set(targets.values).sorted())])
    while try row.next() { firsts[row.integer(0)] = row.text(1) }
    return targets.mapValues { Row(target: $0, key: identities.key(of: $0) ?? firsts[$0] ?? "") }
  }

  /// - Parameter family: of whom; of all where it is nil.
  func identities(
    in schema: String, of family: Set<Int64>? = nil
  ) throws(StoreProblem) -> Identities<Int64> {
    /// The rows of a view `r` of entities.
    func among(_ view: String, _ r: String) -> String {
      family == nil
        ? "\(schema).\(view) \(r)"
        : "json_each(?1) j CROSS JOIN \(schema).\(view) \(r) ON \(r).entity = j.value"
    }
    let arguments: [SQL] = family.map { [.list($0.sorted())] } ?? []
    var mergings: [Identities<Int64>.Merging] = []
    var row = try db.rows(
      """
      SELECT m.entity, m.target FROM \(among("merging_now", "m")) CROSS JOIN main.tx t ON t.id = m.tx_in
      ORDER BY \(Identity.age("t")), m.digest
      """, arguments)
    while try row.next() { mergings.append(.init(row.integer(0), into: row.integer(1))) }
    var renamings: [Identities<Int64>.Renaming] = []
    row = try db.rows(
      """
      SELECT r.entity, r.key, \(Identity.first(of: "r.key", in: schema))
      FROM \(among("renaming_now", "r")) CROSS JOIN main.tx t ON t.id = r.tx_in
      ORDER BY \(Identity.age("t")), r.id
      """, arguments)
    while try row.next() {
      renamings.append(.init(row.integer(0), to: row.text(1), first: row.optionalInteger(2)))
    }
    return Identities(
      mergings: mergings, distinct: mergings.isEmpty ? [] : try distinct(in: schema), renamings: renamings)
  }

  /// By the entities under which it was recorded.
  private func distinct(in schema: String) throws(StoreProblem) -> [(Int64, Int64)] {
    var found: [(Int64, Int64)] = []
    let row = try db.rows(
      """
      SELECT \(RecordedAs.subject("s")), \(RecordedAs.object("s")) FROM main.statement s
      WHERE s.property = '\(BuiltIn.distinctFrom)' AND s.object IS NOT NULL
        AND EXISTS(SELECT 1 FROM \(schema).claim_now c WHERE c.id = s.id)
      """)
    while try row.next() { found.append((row.integer(0), row.integer(1))) }
    return found
  }
}
