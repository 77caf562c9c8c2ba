internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Renaming and merging entities: judgements with lives, which change no statement.
extension Editor {
  func rename(_ key: Key, to new: Key, reason: String?) throws(StoreProblem) -> Bool {
    let entity = try truth.entityID(key)
    let shown = try db.text(
      """
      SELECT r.key FROM main.renaming_now r CROSS JOIN main.tx t ON t.id = r.tx_in WHERE r.entity = ?
      ORDER BY \(Identity.age("t", isDescending: true)), r.id DESC LIMIT 1
      """, [.integer(entity)])
    let first = try truth.recordedKey(entity)
    if (shown ?? first.text) == new.text { return false }
    guard try truth.holders(of: new, except: entity).isEmpty else { throw .keyTaken(new) }
    let row = try truth.renamingRow(entity, first, to: new, reason: reason)
    return try truth.assert(.renaming, row.id, isNew: row.isNew)
  }

  func merge(_ key: Key, into target: Key, reason: String?) throws(StoreProblem) -> Bool {
    let (one, other) = (try truth.entityID(key), try truth.entityID(target))
    if let obstacle = try obstacle(one, other) { throw .cannotMerge(key, into: target, obstacle) }
    let row = try truth.mergingRow(key, into: target, reason: reason)
    return try truth.assert(.merging, row.id, isNew: row.isNew)
  }

  private func obstacle(_ one: Int64, _ other: Int64) throws(StoreProblem) -> MergeObstacle? {
    // What was merged just now counts.
    if !state.dirty.identities.isEmpty { try projector.flush(isLast: false) }
    return try MergeObstacle.between(try side(one), try side(other)) { () throws(StoreProblem) in
      try !truth.distinctions(one, other).isEmpty
    }
  }

  private func side(_ entity: Int64) throws(StoreProblem) -> MergeSide {
    let counted = try truth.counted(entity, in: .main)
    let held = counted == entity ? try truth.family(of: entity, in: .main).dropFirst() : []
    return MergeSide(
      key: try truth.recordedKey(entity), countsAs: try truth.recordedKey(counted),
      held: try held.map { (id: Int64) throws(StoreProblem) in try truth.recordedKey(id) })
  }

  func unmerge(_ key: Key) throws(StoreProblem) -> Bool {
    let entity = try truth.entityID(key)
    // Several may have merged it without knowing of each other.
    let standing = try truth.standing(.merging, where: "entity = ?", [.integer(entity)])
    if standing.isEmpty { throw .notMerged(key) }
    for row in standing { try truth.withdraw(.merging, row) }
    return true
  }
}
