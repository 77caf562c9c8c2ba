internal import RegistryModel
internal import RegistryStore

/// What stands against one entity being another, and against a key being given.
extension Truth {
  /// The transactions by which a key means, or once meant, another entity.
  func holders(of key: Key, except entity: Int64) throws(StoreProblem) -> [Int64] {
    try db.integers(
      """
      SELECT e.created_tx FROM main.entity e WHERE e.key = ?1 AND e.id != ?2 AND \(Identity.hasKey("e", .current))
      UNION SELECT tx_in FROM main.renaming_now WHERE key = ?1 AND entity != ?2
      """, [.text(key.text), .integer(entity)])
  }

  /// The transactions that judge two entities to be distinct, by any that count as them.
  func distinctions(_ one: Int64, _ other: Int64) throws(StoreProblem) -> [Int64] {
    let (ones, others) = (try family(of: one, in: .main), try family(of: other, in: .main))
    return try db.integers(
      """
      SELECT \(Lives.opened("s", .statement)) FROM main.statement s
      WHERE s.property = '\(BuiltIn.distinctFrom)' AND \(Lives.isClaimed("s", .current)) AND (
        s.subject IN (SELECT value FROM json_each(?1)) AND s.object IN (SELECT value FROM json_each(?2))
        OR s.subject IN (SELECT value FROM json_each(?2)) AND s.object IN (SELECT value FROM json_each(?1)))
      """, [.list(ones), .list(others)])
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
