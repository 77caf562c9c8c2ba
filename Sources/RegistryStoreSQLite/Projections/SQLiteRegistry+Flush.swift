internal import RegistryModel
internal import RegistryStore

/// Bringing the projections up to date with what the open transaction edited.
extension SQLiteRegistry {
  func flush() throws(StoreProblem) {
    guard open != nil, !dirty.isEmpty else { return }
    let changes = dirty
    dirty = Dirty()
    var cells: Set<Dirty.Cell> = []
    var entities = changes.entities
    for property in changes.properties { try resetChosen(property, into: &cells) }
    for statement in changes.statements { try refresh(statement, &cells, &entities) }
    for source in changes.sources { try addCells(citing: source, to: &cells) }
    for citation in changes.citations { try refreshQuote(citation) }
    try resolve(cells, in: .main)
    for entity in entities { try refreshEntity(entity) }
    for alias in changes.aliases { try refreshAliasText(alias) }
  }

  private func refresh(
    _ statement: Int64, _ cells: inout Set<Dirty.Cell>, _ entities: inout Set<Int64>
  ) throws(StoreProblem) {
    let isLive = try db.run(SQLiteRegistry.refreshFact, [.integer(statement)]) > 0
    if !isLive { try db.run("DELETE FROM main.fact WHERE statement = ?", [.integer(statement)]) }
    let row = try db.rows(
      "SELECT subject, property, kind, text FROM main.statement WHERE id = ?", [.integer(statement)])
    guard try row.next() else { return }
    let property = row.key(1)
    if property == BuiltIn.type || property == BuiltIn.name { entities.insert(row.integer(0)) }
    if try hasRivals(property) { cells.insert(Dirty.Cell(subject: row.integer(0), property: property.text)) }
    guard row.integer(2) == ValueKind.text.rawValue, property != BuiltIn.type else { return }
    try refreshText(Found.row(.statement, statement), isLive ? row.optionalText(3) : nil)
  }

  private static let refreshFact =
    "INSERT OR REPLACE INTO main.fact " + Projection.main.facts(where: "s.id = ?1")

  /// Whether values of the property can be rivals.
  private func hasRivals(_ property: Key) throws(StoreProblem) -> Bool {
    try currentSchema().properties[property].map { $0.cardinality != .many } ?? false
  }

  /// As if nothing were a rival of anything; the cells are resolved afterwards.
  private func resetChosen(_ property: String, into cells: inout Set<Dirty.Cell>) throws(StoreProblem) {
    try db.run("UPDATE main.fact SET chosen = claimed AND rank >= 0 WHERE property = ?", [.text(property)])
    guard try hasRivals(Key(unchecked: property)) else { return }
    let row = try db.rows("SELECT DISTINCT subject FROM main.fact WHERE property = ?", [.text(property)])
    while try row.next() { cells.insert(Dirty.Cell(subject: row.integer(0), property: property)) }
  }

  private func addCells(citing source: Int64, to cells: inout Set<Dirty.Cell>) throws(StoreProblem) {
    let row = try db.rows(
      """
      SELECT DISTINCT s.subject, s.property FROM citation c JOIN statement s ON s.id = c.statement
      WHERE c.source = ?
      """, [.integer(source)])
    while try row.next() {
      guard try hasRivals(row.key(1)) else { continue }
      cells.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1)))
    }
  }

  private func refreshEntity(_ entity: Int64) throws(StoreProblem) {
    try db.run("DELETE FROM main.name WHERE entity = ?", [.integer(entity)])
    try db.run("DELETE FROM main.entity_now WHERE id = ?", [.integer(entity)])
    try db.run(SQLiteRegistry.insertEntity, [.integer(entity)])
    try db.run(SQLiteRegistry.insertNames, [.integer(entity)])
  }

  private static let insertEntity =
    "INSERT INTO main.entity_now " + Projection.main.entities(where: "e.id = ?1")
  private static let insertNames = "INSERT INTO main.name " + Projection.main.names(where: "n.id = ?1")

  private func refreshQuote(_ citation: Int64) throws(StoreProblem) {
    let quote = try db.text("SELECT quote FROM main.citation_now WHERE id = ?", [.integer(citation)])
    try refreshText(Found.row(.citation, citation), quote)
  }

  private func refreshAliasText(_ alias: Int64) throws(StoreProblem) {
    let name = try db.text("SELECT name FROM main.alias_now WHERE id = ?", [.integer(alias)])
    try refreshText(Found.row(.alias, alias), name)
  }

  private func refreshText(_ row: Int64, _ text: String?) throws(StoreProblem) {
    let isThere = try db.integer("SELECT 1 FROM main.found WHERE rowid = ?", [.integer(row)]) != nil
    if isThere == (text != nil) { return }
    if let text {
      try db.run("INSERT INTO main.found(rowid, text) VALUES (?, ?)", [.integer(row), .text(text)])
    } else {
      try db.run("DELETE FROM main.found WHERE rowid = ?", [.integer(row)])
    }
  }
}
