internal import RegistryModel
internal import RegistryStore

/// Bringing the projections up to date with what the open transaction edited.
///
/// Every step is one statement over a list of rows, in the order of rows: an import flushes many thousands at
/// once, and the full text writes a segment whenever a row comes out of order.
extension SQLiteRegistry {
  /// - Parameter isLast: whether what was counted must be true afterwards; a long import counts once, at its end.
  func flush(isLast: Bool = true) throws(StoreProblem) {
    guard open != nil else { return }
    guard db.lost == nil else { return forgetLost() }
    if !dirty.isEmpty { try refresh() }
    guard isLast, isTallyStale else { return }
    try fillTally(.main)
    isTallyStale = false
  }

  private func refresh() throws(StoreProblem) {
    var changes = dirty
    dirty = Dirty()
    flushed?.formUnion(changes)
    var cells: Set<Dirty.Cell> = []
    try refreshIdentities(&changes, &cells)
    var entities = changes.entities
    for source in changes.sources { try addCells(citing: source, to: &cells) }
    let counted = try touchedCounts(changes, cells)
    if counted.isEverything { isTallyStale = true }
    if !isTallyStale { try count(counted, sign: -1) }
    for property in changes.properties { try resetChosen(property, into: &cells) }
    try refreshStatements(changes.statements, &cells, &entities)
    try resolveTouched(cells)
    try refreshEntities(entities)
    if !isTallyStale {
      try count(counted, sign: 1)
      try recount(changes.properties)
      try db.run("DELETE FROM main.tally WHERE entities = 0")
    }
    try refreshGroupPaths(changes, cells, entities)
    try refreshText(.citation, of: changes.citations)
    try refreshText(.alias, of: changes.aliases)
  }

  private static let listed = "IN (SELECT value FROM json_each(?1))"
  private static let insertFacts = "INSERT INTO main.fact " + Projection.main.facts(where: "s.id \(listed)")
  private static let insertEntities =
    "INSERT INTO main.entity_now " + Projection.main.entities(where: "e.id \(listed)")
  private static let insertNames = "INSERT INTO main.name " + Projection.main.names(where: "n.id \(listed)")

  private func refreshStatements(
    _ statements: Set<Int64>, _ cells: inout Set<Dirty.Cell>, _ entities: inout Set<Int64>
  ) throws(StoreProblem) {
    guard !statements.isEmpty else { return }
    let list = SQL.list(statements.sorted())
    try db.run("DELETE FROM main.fact WHERE statement \(Self.listed)", [list])
    try db.run(Self.insertFacts, [list])
    let schema = try currentSchema()
    let row = try db.rows(
      """
      SELECT \(Identity.counted("s.subject", in: "main")), s.property FROM main.statement s WHERE s.id \(Self.listed)
      """, [list])
    while try row.next() {
      let property = row.key(1)
      if property == BuiltIn.type || property == BuiltIn.name { entities.insert(row.integer(0)) }
      if schema.hasRivals(property) {
        cells.insert(Dirty.Cell(subject: row.integer(0), property: property.text))
      }
    }
    try refreshText(.statement, of: statements)
  }

  /// As if nothing were a rival of anything; the cells are resolved afterwards.
  private func resetChosen(_ property: String, into cells: inout Set<Dirty.Cell>) throws(StoreProblem) {
    try db.run("UPDATE main.fact SET chosen = claimed AND rank >= 0 WHERE property = ?", [.text(property)])
    guard try currentSchema().hasRivals(Key(unchecked: property)) else { return }
    let row = try db.rows("SELECT DISTINCT subject FROM main.fact WHERE property = ?", [.text(property)])
    while try row.next() { cells.insert(Dirty.Cell(subject: row.integer(0), property: property)) }
  }

  private func addCells(citing source: Int64, to cells: inout Set<Dirty.Cell>) throws(StoreProblem) {
    let schema = try currentSchema()
    let row = try db.rows(
      """
      SELECT DISTINCT \(Identity.counted("s.subject", in: "main")), s.property
      FROM citation c JOIN statement s ON s.id = c.statement
      WHERE c.source IN (SELECT ?1 UNION SELECT i.id FROM main.identity_now i WHERE i.target = ?1)
      """, [.integer(source)])
    while try row.next() {
      guard schema.hasRivals(row.key(1)) else { continue }
      cells.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1)))
    }
  }

  private func refreshEntities(_ entities: Set<Int64>) throws(StoreProblem) {
    guard !entities.isEmpty else { return }
    // An alias of what is merged is a name of what it counts as.
    let counted = try db.integers(
      "SELECT i.target FROM main.identity_now i WHERE i.id \(Self.listed)", [.list(entities.sorted())])
    let list = SQL.list(entities.union(counted).sorted())
    try db.run("DELETE FROM main.name WHERE entity \(Self.listed)", [list])
    try db.run("DELETE FROM main.entity_now WHERE id \(Self.listed)", [list])
    try db.run(Self.insertEntities, [list])
    try db.run(Self.insertNames, [list])
  }

  /// Takes out of the full text what does not count any more, and adds what is not there.
  private func refreshText(_ kind: Found, of ids: Set<Int64>) throws(StoreProblem) {
    guard !ids.isEmpty else { return }
    let sorted = ids.sorted()
    let live = kind.rows(in: "main", where: Self.listed)
    try db.run(
      """
      DELETE FROM main.found WHERE rowid \(Self.listed)
        AND rowid NOT IN (SELECT row FROM (\(live.replacing("?1", with: "?2"))))
      """, [.list(sorted.map { Found.row(kind, $0) }), .list(sorted)])
    try db.run(
      """
      INSERT INTO main.found(rowid, text) SELECT row, text FROM (\(live))
      WHERE row NOT IN (SELECT t.rowid FROM json_each(?2) j CROSS JOIN main.found t ON t.rowid = j.value)
      """, [.list(sorted), .list(sorted.map { Found.row(kind, $0) })])
  }
}

extension Schema {
  /// Whether values of the property can be rivals.
  fileprivate func hasRivals(_ property: Key) -> Bool {
    properties[property].map { $0.cardinality != .many } ?? false
  }
}
