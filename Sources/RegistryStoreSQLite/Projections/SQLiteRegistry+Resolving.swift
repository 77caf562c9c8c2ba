internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Which of several rivals is chosen, by the rules of `Resolver`.
extension SQLiteRegistry {
  /// Resolves those of some cells in which there are several candidates; a single one is chosen unless it is deprecated.
  func resolveTouched(_ cells: Set<Dirty.Cell>) throws(StoreProblem) {
    guard !cells.isEmpty else { return }
    let row = try db.rows(
      """
      SELECT f.subject, f.property, count(*), max(f.chosen != (f.claimed AND f.rank >= 0))
      FROM json_each(?1) j CROSS JOIN main.fact f
        ON f.subject = json_extract(j.value, '$[0]') AND f.property = json_extract(j.value, '$[1]')
      WHERE f.claimed GROUP BY j.key
      """, [.text("[" + cells.map { "[\($0.subject),\"\($0.property)\"]" }.joined(separator: ",") + "]")])
    var (contested, single): (Set<Dirty.Cell>, [Dirty.Cell]) = ([], [])
    while try row.next() {
      let cell = Dirty.Cell(subject: row.integer(0), property: row.text(1))
      if row.integer(2) > 1 {
        contested.insert(cell)
      } else if row.flag(3) {
        single.append(cell)
      }
    }
    for cell in single {
      try db.run(
        "UPDATE main.fact SET chosen = claimed AND rank >= 0 WHERE subject = ? AND property = ?",
        [.integer(cell.subject), .text(cell.property)])
    }
    try resolve(contested, in: .main)
  }

  /// Resolves cells of properties that have rivals.
  func resolve(_ cells: Set<Dirty.Cell>, in scope: Scope) throws(StoreProblem) {
    guard !cells.isEmpty else { return }
    let schema = try readSchema(in: scope)
    for cell in cells {
      let property = Key(unchecked: cell.property)
      guard let definition = schema.properties[property], definition.cardinality != .many else { continue }
      let loaded = try load(
        in: scope, where: "f.subject = ? AND f.property = ? AND f.claimed",
        [.integer(cell.subject), .text(cell.property)])
      if loaded.isEmpty { continue }
      let standings = try standings(of: loaded.map(\.record), in: scope)
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

  /// The cells in which there are several candidates, of everybody or of some.
  func contestedCells(
    in scope: Scope, of entities: [Int64]? = nil
  ) throws(StoreProblem) -> Set<Dirty.Cell> {
    let properties = try readSchema(in: scope).properties.values.filter { $0.cardinality != .many }
    var cells: Set<Dirty.Cell> = []
    let row = try db.rows(
      """
      SELECT subject, property FROM \(scope.rawValue).fact
      WHERE claimed AND property IN (SELECT value FROM json_each(?1))\
      \(entities == nil ? "" : " AND subject IN (SELECT value FROM json_each(?2))")
      GROUP BY subject, property HAVING count(*) > 1
      """, [.list(properties.map(\.key.text))] + (entities.map { [.list($0)] } ?? []))
    while try row.next() { cells.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1))) }
    return cells
  }

  /// What is known of the sources that these cite.
  private func standings(
    of records: [StatementRecord], in scope: Scope
  ) throws(StoreProblem) -> [Key: SourceStanding] {
    var known = scope == .main ? memory.standings : memory.past?.standings ?? [:]
    let count = known.count
    for source in Set(records.flatMap(\.citations).map(\.source)) where known[source] == nil {
      known[source] = try standing(of: source, in: scope)
    }
    guard known.count > count else { return known }
    if scope == .main { memory.standings = known } else { memory.past?.standings = known }
    return known
  }

  private func standing(of source: Key, in scope: Scope) throws(StoreProblem) -> SourceStanding? {
    guard let id = try findEntityID(source, in: scope) else { return nil }
    // What is known of a source itself counts before what is known of those merged into it.
    let row = try db.rows(
      """
      SELECT d.reliability, coalesce(d.published_latest, d.retrieved_latest) FROM json_each(?1) j
        CROSS JOIN \(scope.rawValue).source_now d ON d.source = j.value
      ORDER BY d.source != ?2, d.source DESC LIMIT 1
      """, [.list(try family(of: id, in: scope)), .integer(id)])
    guard try row.next() else { return nil }
    // A source of which no day is known is no newer than any other.
    return SourceStanding(
      reliability: SourceData.Reliability(rawValue: row.text(0)) ?? .f,
      published: row.optionalInteger(1).map(Day.init) ?? .distantPast)
  }
}
