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
    try settle()
    if !dirty.isEmpty { try refresh() }
    if isLast { try finishLate() }
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
    if counted.isEverything { late.tally = true }
    if !late.tally { try count(counted, sign: -1) }
    for property in changes.properties { try resetChosen(property, into: &cells) }
    try refreshStatements(changes.statements, &cells, &entities)
    try addFresh(changes, &cells)
    try resolveTouched(cells)
    try refreshEntities(entities)
    if !late.tally {
      try count(counted, sign: 1)
      try recount(changes.properties)
      try db.run("DELETE FROM main.tally WHERE entities = 0")
    }
    if !late.paths { try refreshGroupPaths(changes, cells, entities) }
    try refreshText(changes)
  }

  private static let listed = "IN (SELECT value FROM json_each(?1))"
  private static let insertFacts = "INSERT INTO main.fact " + Projection.main.facts(where: "s.id \(listed)")

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
  }

  private static let isFresh = "s.id BETWEEN ?1 AND ?2 AND s.id NOT IN (SELECT value FROM json_each(?3))"
  private static let insertFresh = "INSERT INTO main.fact " + Projection.main.facts(where: isFresh)
  private static let insertPlain =
    "INSERT INTO main.fact " + Projection.main.plainFacts(where: isFresh, claimedBy: "?4")

  /// Adds the facts of statements that were recorded just now, and finds the cells in which they have rivals.
  private func addFresh(_ changes: Dirty, _ cells: inout Set<Dirty.Cell>) throws(StoreProblem) {
    guard let fresh = changes.fresh else { return }
    let (first, last) = (SQL.integer(fresh.lowerBound), SQL.integer(fresh.upperBound))
    let others = changes.statements.filter { fresh.contains($0) }.sorted()
    if try db.integer("SELECT 1 FROM main.identity_now WHERE id != target LIMIT 1") == nil {
      try db.run(Self.insertPlain, [first, last, .list(others), .integer(try transactionNumber())])
    } else {
      try db.run(Self.insertFresh, [first, last, .list(others)])
    }
    let rivals = try currentSchema().properties.values.filter { $0.cardinality != .many }.map(\.key.text)
    let row = try db.rows(
      """
      SELECT f.subject, f.property FROM main.fact f NOT INDEXED
      WHERE f.statement BETWEEN ?1 AND ?2 AND f.property IN (SELECT value FROM json_each(?3))
        AND EXISTS(SELECT 1 FROM main.fact o
          WHERE o.subject = f.subject AND o.property = f.property AND o.statement != f.statement)
      """, [first, last, .list(rivals.sorted())])
    while try row.next() { cells.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1))) }
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
}

extension Schema {
  /// Whether values of the property can be rivals.
  func hasRivals(_ property: Key) -> Bool {
    properties[property].map { $0.cardinality != .many } ?? false
  }
}
