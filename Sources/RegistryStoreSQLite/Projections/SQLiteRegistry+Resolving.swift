internal import RegistryModel
internal import RegistryStore

/// Which of several rivals is chosen, by the rules of `Resolver`.
extension SQLiteRegistry {
  /// Resolves cells of properties that have rivals.
  func resolve(_ cells: Set<Dirty.Cell>, in scope: Scope) throws(StoreProblem) {
    guard !cells.isEmpty else { return }
    let schema = try readSchema(in: scope)
    let standings = try readStandings(in: scope)
    for cell in cells {
      let property = Key(unchecked: cell.property)
      guard let definition = schema.properties[property], definition.cardinality != .many else { continue }
      let loaded = try load(
        in: scope, where: "f.subject = ? AND f.property = ? AND f.claimed",
        [.integer(cell.subject), .text(cell.property)])
      if loaded.isEmpty { continue }
      let chosen = Resolver(definition) { standings[$0] }.resolve(loaded.map(\.record)).flatMap(\.chosen)
      let ids = Set(chosen.map(\.id))
      try db.run(
        "UPDATE \(scope.rawValue).fact SET chosen = statement IN (SELECT value FROM json_each(?3))"
          + " WHERE subject = ?1 AND property = ?2",
        [
          .integer(cell.subject), .text(cell.property),
          .list(loaded.filter { ids.contains($0.record.id) }.map(\.row)),
        ])
    }
  }

  /// All cells in which there are several candidates.
  func contestedCells(in scope: Scope) throws(StoreProblem) -> Set<Dirty.Cell> {
    let properties = try readSchema(in: scope).properties.values.filter { $0.cardinality != .many }
    var cells: Set<Dirty.Cell> = []
    let row = try db.rows(
      """
      SELECT subject, property FROM \(scope.rawValue).fact
      WHERE claimed AND property IN (SELECT value FROM json_each(?)) GROUP BY subject, property HAVING count(*) > 1
      """, [.list(properties.map(\.key.text))])
    while try row.next() { cells.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1))) }
    return cells
  }

  /// What is known of the sources of a scope.
  func readStandings(in scope: Scope) throws(StoreProblem) -> [Key: SourceStanding] {
    switch scope {
    case .main:
      if let known = memory.standings { return known }
      let standings = try loadStandings(scope)
      memory.standings = standings
      return standings
    case .temp:
      if let known = memory.past?.standings { return known }
      let standings = try loadStandings(scope)
      memory.past?.standings = standings
      return standings
    }
  }

  private func loadStandings(_ scope: Scope) throws(StoreProblem) -> [Key: SourceStanding] {
    var standings: [Key: SourceStanding] = [:]
    let row = try db.rows(
      """
      SELECT e.key, d.reliability, coalesce(d.published_latest, d.retrieved_latest)
      FROM \(scope.rawValue).source_now d JOIN \(scope.rawValue).entity_key e ON e.id = d.source
      ORDER BY d.source = e.target, d.source
      """)
    // What is known of a source itself comes last and counts, not what is known of those merged into it.
    while try row.next() {
      // A source of which no day is known is no newer than any other.
      standings[row.key(0)] = SourceStanding(
        reliability: SourceData.Reliability(rawValue: row.text(1)) ?? .f,
        published: row.optionalInteger(2).map(Day.init) ?? .distantPast)
    }
    return standings
  }
}
