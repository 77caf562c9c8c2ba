internal import RegistryModel
internal import RegistryStore

/// What entities are, and what they are called.
struct NameProjector {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  private static let listed = "IN (SELECT value FROM json_each(?1))"

  private static let insertEntities =
    "INSERT INTO main.entity_now " + Projection.main.entities(where: "e.id \(listed)")

  private static let insertNames = "INSERT INTO main.name " + Projection.main.names(where: "n.id \(listed)")

  func refreshEntities(_ entities: Set<Int64>) throws(StoreProblem) {
    guard !entities.isEmpty else { return }
    defer { state.memory.forgetRecords() }
    // An alias of what is merged is a name of what it counts as.
    let counted = try db.integers(
      "SELECT i.target FROM main.identity_now i WHERE i.id \(Self.listed)", [.list(entities.sorted())])
    let all = entities.union(counted)
    let list = SQL.list(all.sorted())
    try db.write("DELETE FROM main.name WHERE entity \(Self.listed)", [list])
    try db.write("DELETE FROM main.entity_now WHERE id \(Self.listed)", [list])
    let others = Set(
      try db.integers(
        """
        SELECT j.value FROM json_each(?1) j WHERE EXISTS(SELECT 1 FROM main.alias a WHERE a.entity = j.value)
          OR EXISTS(SELECT 1 FROM main.identity_now i WHERE i.id = j.value)
          OR EXISTS(SELECT 1 FROM main.identity_now i WHERE i.target = j.value)
        """, [list]))
    try addPlain(all.subtracting(others).sorted())
    guard !others.isEmpty else { return }
    let rest = SQL.list(others.sorted())
    try db.write(Self.insertEntities, [rest])
    try db.write(Self.insertNames, [rest])
  }

  /// Adds those that have only their own key and their names, as the projection says it of all; they are most by far.
  private func addPlain(_ entities: [Int64]) throws(StoreProblem) {
    guard !entities.isEmpty else { return }
    let row = try db.rows(
      """
      SELECT f.subject, e.key, f.property = 'type', f.text, f.folded, f.chosen, f.rank, f.claimed, f.end_latest,
        f.start_earliest, s.digest, length(f.text)
      FROM json_each(?1) j CROSS JOIN main.fact f ON f.subject = j.value AND f.property IN ('type', 'name')
        CROSS JOIN main.entity e ON e.id = f.subject CROSS JOIN main.statement s ON s.id = f.statement
      """, [.list(entities)])
    var found: [Int64: Named] = [:]
    while try row.next() {
      var entity = found[row.integer(0)] ?? Named(id: row.integer(0), key: row.text(1))
      defer { found[entity.id] = entity }
      if row.flag(2) {
        if row.flag(5), entity.typeDigest.map({ row.text(10) < $0 }) ?? true {
          entity.typeDigest = row.text(10)
          entity.type = row.text(3)
        }
        continue
      }
      let hasEnded = row.integer(8) < Day.distantFuture.number
      let place = (-row.integer(6), hasEnded ? 1 : 0, -row.integer(9), -row.integer(11), row.text(10))
      if row.flag(5), entity.best.map({ place < $0 }) ?? true {
        entity.best = place
        entity.name = row.text(3)
      }
      if row.flag(7), let folded = row.optionalText(4) { entity.names.append((folded, row.text(3))) }
    }
    for id in entities { if let entity = found[id] { try add(entity) } }
  }

  private func add(_ entity: Named) throws(StoreProblem) {
    guard let type = entity.type else { return }
    try db.write("INSERT INTO main.entity_now(id, key, type, name) VALUES (?, ?, ?, ?)") {
      (row: any SQLBinding) throws(StoreProblem) in
      row.integer(entity.id)
      row.text(entity.key)
      row.text(type)
      row.text(entity.name ?? entity.key)
    }
    try db.write("INSERT INTO main.name(folded, place, entity, text) VALUES (?, 0, ?, ?)") {
      (row: any SQLBinding) throws(StoreProblem) in
      row.text(foldedName(entity.key))
      row.integer(entity.id)
      row.text(entity.key)
    }
    for name in entity.names {
      try db.write("INSERT OR IGNORE INTO main.name(folded, place, entity, text) VALUES (?, 1, ?, ?)") {
        (row: any SQLBinding) throws(StoreProblem) in
        row.text(name.folded)
        row.integer(entity.id)
        row.text(name.text)
      }
    }
  }
}

/// An entity as it is shown and found.
private struct Named {
  let id: Int64
  let key: String
  /// What is chosen, of several the first by ``FactOrder``.
  var type: String?
  var typeDigest: String?
  var name: String?
  /// By rank, whether it has ended, when it began, its length, and what it says.
  var best: (Int64, Int, Int64, Int64, String)?
  var names: [(folded: String, text: String)] = []
}
