internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Renaming and merging entities: judgements with lives, which change no statement.
extension SQLiteRegistry {
  func rename(_ key: Key, to new: Key, reason: String?) throws(StoreProblem) -> Bool {
    let entity = try entityID(key)
    let shown = try db.text(
      "SELECT key FROM main.renaming_now WHERE entity = ? ORDER BY id DESC LIMIT 1", [.integer(entity)])
    let first = try recordedKey(entity)
    if (shown ?? first.text) == new.text { return false }
    guard try holders(of: new, except: entity).isEmpty else { throw .keyTaken(new) }
    let row = try renamingRow(entity, first, to: new, reason: reason)
    return try assert(.renaming, row.id, isNew: row.isNew)
  }

  /// Each renaming is content of its own.
  func renamingRow(
    _ entity: Int64, _ first: Key, to new: Key, reason: String?
  ) throws(StoreProblem) -> ContentRow {
    let number = try db.integer("SELECT coalesce(max(id), 0) + 1 FROM main.renaming") ?? 1
    return try insert(
      "renaming", ["entity", "key", "reason"], [.integer(entity), .text(new.text), SQL(reason)],
      digestOf: [first.text, new.text, reason, "\(number)"])
  }

  /// The transactions by which a key means, or once meant, another entity.
  private func holders(of key: Key, except entity: Int64) throws(StoreProblem) -> [Int64] {
    try db.integers(
      """
      SELECT created_tx FROM main.entity WHERE key = ?1 AND id != ?2
      UNION SELECT tx_in FROM main.renaming_now WHERE key = ?1 AND entity != ?2
      """, [.text(key.text), .integer(entity)])
  }

  func merge(_ key: Key, into target: Key, reason: String?) throws(StoreProblem) -> Bool {
    let (one, other) = (try entityID(key), try entityID(target))
    if let obstacle = try obstacle(one, other) { throw .cannotMerge(key, into: target, obstacle) }
    let row = try mergingRow(key, into: target, reason: reason)
    return try assert(.merging, row.id, isNew: row.isNew)
  }

  func mergingRow(_ key: Key, into target: Key, reason: String?) throws(StoreProblem) -> ContentRow {
    let (one, other) = (try entityID(key), try entityID(target))
    return try insert(
      "merging", ["entity", "target", "reason"], [.integer(one), .integer(other), SQL(reason)],
      digestOf: [try recordedKey(one).text, try recordedKey(other).text, reason])
  }

  private func obstacle(_ one: Int64, _ other: Int64) throws(StoreProblem) -> MergeObstacle? {
    try MergeObstacle.between(try side(one), try side(other)) { () throws(StoreProblem) in
      try !distinctions(one, other).isEmpty
    }
  }

  private func side(_ entity: Int64) throws(StoreProblem) -> MergeSide {
    let counted = try counted(entity, in: .main)
    let held = counted == entity ? try family(of: entity, in: .main).dropFirst() : []
    return MergeSide(
      key: try recordedKey(entity), countsAs: try recordedKey(counted),
      held: try held.map { (id: Int64) throws(StoreProblem) in try recordedKey(id) })
  }

  /// The transactions that judge two entities to be distinct, by any that count as them.
  private func distinctions(_ one: Int64, _ other: Int64) throws(StoreProblem) -> [Int64] {
    let (ones, others) = (try family(of: one, in: .main), try family(of: other, in: .main))
    return try db.integers(
      """
      SELECT \(Lives.opened("s", .statement)) FROM main.statement s
      WHERE s.property = '\(BuiltIn.distinctFrom)' AND \(Lives.isClaimed("s", .current)) AND (
        s.subject IN (SELECT value FROM json_each(?1)) AND s.object IN (SELECT value FROM json_each(?2))
        OR s.subject IN (SELECT value FROM json_each(?2)) AND s.object IN (SELECT value FROM json_each(?1)))
      """, [.list(ones), .list(others)])
  }

  func unmerge(_ key: Key) throws(StoreProblem) -> Bool {
    let entity = try entityID(key)
    guard
      let row = try db.integer("SELECT id FROM main.merging_now WHERE entity = ?", [.integer(entity)])
    else { throw .notMerged(key) }
    return try withdraw(.merging, row)
  }

  /// The later transactions with which a merge or a name cannot come back.
  func conflicts(withReturnOf thing: Thing, _ id: Int64) throws(StoreProblem) -> [Int64] {
    switch thing {
    case .merging:
      let row = try db.rows("SELECT entity, target FROM main.merging WHERE id = ?", [.integer(id)])
      guard try row.next() else { return [] }
      let (one, other) = (row.integer(0), row.integer(1))
      return try db.integers(
        "SELECT tx_in FROM main.merging_now WHERE entity IN (?1, ?2) OR target = ?1",
        [.integer(one), .integer(other)]) + distinctions(one, other)
    case .renaming:
      let row = try db.rows("SELECT entity, key FROM main.renaming WHERE id = ?", [.integer(id)])
      return try row.next() ? try holders(of: row.key(1), except: row.integer(0)) : []
    default: return []
    }
  }
}
