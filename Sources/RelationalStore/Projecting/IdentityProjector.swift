internal import RegistryModel
internal import RegistryStore

/// What is shown of entities that were renamed or merged.
struct IdentityProjector {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var batch: BatchLoader { BatchLoader(state) }
  private var identityReader: IdentityReader { IdentityReader(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Makes the rows of identities that may have changed anew, and adds what they concern to what is to be refreshed.
  ///
  /// Called before the facts are brought up to date, which count for what their entities count as now.
  func refreshIdentities(_ changes: inout Dirty, _ cells: inout Set<Dirty.Cell>) throws(StoreProblem) {
    guard !changes.identities.isEmpty else { return }
    let family = try identityReader.family(of: changes.identities)
    let known = try identityReader.known(of: family)
    try db.write(
      "DELETE FROM main.identity_now WHERE id IN (SELECT value FROM json_each(?))",
      [.list(known.keys.sorted())]
    )
    let made = try identityReader.fill("main", of: family)
    // One that was merged may lead others with it.
    for id in Set(known.keys).union(made.keys) where known[id] != made[id] { changes.identities.insert(id) }
    let concerned = changes.identities
    func targets(_ rows: [Int64: IdentityReader.Row]) -> [Int64: Int64] {
      rows.filter { concerned.contains($0.key) || concerned.contains($0.value.target) }.mapValues(\.target)
    }
    let (before, after) = (targets(known), targets(made))
    changes.entities.formUnion(changes.identities)
    for (entity, target) in before { changes.entities.formUnion([entity, target]) }
    for (entity, target) in after { changes.entities.formUnion([entity, target]) }
    changes.typed.formUnion(changes.entities)
    state.memory.hasIdentities = nil
    let shown = changes.identities.union(before.keys).union(before.values).union(after.keys).union(
      after.values)
    try batch.restoreIndexes()
    try truth.showAnew(where: "s.object IN (SELECT value FROM json_each(?1))", [.list(shown.sorted())])
    for entity in changes.identities {
      let targets: Set<Int64> = [before[entity] ?? entity, after[entity] ?? entity]
      guard targets.count == 2 else { continue }
      changes.sources.formUnion(targets)
      changes.sources.insert(entity)
      try addContent(of: entity, targets, &changes, &cells)
    }
  }

  /// The statements that name an entity, with the cells in which they stood and stand.
  private func addContent(
    of entity: Int64, _ targets: Set<Int64>, _ changes: inout Dirty, _ cells: inout Set<Dirty.Cell>
  ) throws(StoreProblem) {
    // They stand under what it counted as before.
    let places = "SELECT value FROM json_each(?2)"
    let arguments: [SQL] = [.integer(entity), .list(targets.sorted())]
    let ofIt = "s.subject IN (\(places)) AND \(RecordedAs.subject("s")) = ?1"
    let namingIt = "s.object IN (\(places)) AND \(RecordedAs.object("s")) = ?1"
    // What denies it, or calls a list of it whole, bounds what is narrower too.
    let schema = try SchemaReader(state).currentSchema()
    let row = try db.rows("SELECT DISTINCT s.property FROM main.statement s WHERE \(ofIt)", arguments)
    while try row.next() {
      for property in schema.propertyAndNarrower(of: row.key(0)) {
        for target in targets { cells.insert(Dirty.Cell(subject: target, property: property.text)) }
      }
    }
    let named = try db.integers(
      """
      SELECT s.id FROM main.statement s WHERE \(ofIt) UNION SELECT s.id FROM main.statement s WHERE \(namingIt)
      """, arguments)
    // They are put where they count now when what they were counted for has been taken away.
    changes.moved.formUnion(named)
    changes.statements.formUnion(named)
    changes.statements.formUnion(
      try db.integers("SELECT statement FROM main.qualifier WHERE object = ?", [.integer(entity)]))
  }
}
