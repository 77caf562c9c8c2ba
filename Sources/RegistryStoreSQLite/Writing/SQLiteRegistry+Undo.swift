internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

extension SQLiteRegistry {
  /// Undoes a transaction in the open one.
  /// - Returns: whether anything of it was left to undo.
  func revert(_ id: TransactionID) throws(StoreProblem) -> Bool {
    guard let open else { throw .noTransaction }
    guard try db.integer("SELECT 1 FROM tx WHERE id = ?", [.integer(id.number)]) != nil,
      id.number != open.number
    else { throw .unknownTransaction(id) }
    try flush()
    let reversals = try reversals()
    if let by = reversals.undoer(of: id) { throw .alreadyUndone(id, by: by) }
    let changes = try netChanges(of: id.number)
    let (dependents, conflicts) = try dependents(on: id.number, changes)
    let blockers = reversals.blockers(
      of: id, dependents: dependents, conflicts: conflicts, in: open.number.map(TransactionID.init))
    if !blockers.isEmpty { throw .undoBlocked(id, by: blockers) }
    var hasChanged = false
    for change in changes {
      let changed =
        change.opened ? try withdraw(change.thing, change.id) : try assert(change.thing, change.id)
      if changed { hasChanged = true }
    }
    try recordReversal(of: id.number, by: try transactionNumber())
    return hasChanged
  }

  private func reversals() throws(StoreProblem) -> Reversals {
    let row = try db.rows("SELECT tx, reverted FROM reversal ORDER BY tx DESC")
    var found: [(by: TransactionID, reverted: TransactionID)] = []
    while try row.next() { found.append((TransactionID(row.integer(0)), TransactionID(row.integer(1)))) }
    return Reversals(newestFirst: found)
  }

  /// What a transaction asserted (`opened`) or withdrew; what it did both with is as it was.
  struct LifeChange {
    var thing: Thing
    var id: Int64
    var opened: Bool
  }

  private func netChanges(of number: Int64) throws(StoreProblem) -> [LifeChange] {
    let row = try db.rows(
      """
      SELECT thing, id, sum(opened) FROM (
        SELECT thing, id, 1 AS opened FROM life WHERE tx_in = ?1
        UNION ALL SELECT thing, id, -1 FROM life WHERE tx_out = ?1 AND tx_out < \(openEnd))
      GROUP BY thing, id HAVING sum(opened) != 0 ORDER BY sum(opened) DESC, thing, id
      """, [.integer(number)])
    var changes: [LifeChange] = []
    while try row.next() {
      guard let thing = Thing(rawValue: row.integer(0)) else { continue }
      changes.append(LifeChange(thing: thing, id: row.integer(1), opened: row.integer(2) > 0))
    }
    return changes
  }

  /// The later transactions that would be left without what they stand on, and those with which what was withdrawn cannot
  /// come back.
  private func dependents(
    on number: Int64, _ changes: [LifeChange]
  ) throws(StoreProblem) -> (Set<TransactionID>, conflicts: Set<TransactionID>) {
    var found: Set<Int64> = []
    var conflicting: Set<Int64> = []
    let hasLater = try db.integer(
      "SELECT 1 FROM tx WHERE id > ? AND id IS NOT ?", [.integer(number), SQL(open?.number)])
    for change in changes where hasLater != nil || !change.opened {
      // Who has asserted or withdrawn the same thing since.
      found.formUnion(
        try db.integers(
          """
          SELECT tx_in FROM life WHERE thing = ?1 AND id = ?2 AND tx_in > ?3
          UNION SELECT tx_out FROM life WHERE thing = ?1 AND id = ?2 AND tx_out > ?3 AND tx_out < \(openEnd)
          """, [.integer(change.thing.rawValue), .integer(change.id), .integer(number)]))
      guard change.opened else {
        conflicting.formUnion(try conflicts(withReturnOf: change.thing, change.id))
        continue
      }
      switch change.thing {
      case .statement: found.formUnion(try dependents(onStatement: change.id, number))
      case .definition: found.formUnion(try dependents(onDefinition: change.id, number))
      case .sourceData: found.formUnion(try dependents(onSourceData: change.id, number))
      default: break
      }
    }
    return (Set(found.map(TransactionID.init)), Set(conflicting.map(TransactionID.init)))
  }

  /// Where the statement alone says what type an entity has: who names the entity.
  private func dependents(onStatement id: Int64, _ number: Int64) throws(StoreProblem) -> [Int64] {
    let entity = try db.integer(
      """
      SELECT s.subject FROM statement s WHERE s.id = ?1 AND s.property = 'type' AND NOT EXISTS(
        SELECT 1 FROM statement o CROSS JOIN life l ON l.thing = 1 AND l.id = o.id AND l.tx_out = \(openEnd)
        WHERE o.subject = s.subject AND o.property = 'type' AND l.tx_in != ?2)
      """, [.integer(id), .integer(number)])
    guard let entity else { return [] }
    return try db.integers(
      """
      WITH used(thing, id) AS (
        SELECT 1, id FROM statement WHERE subject = ?1 UNION ALL SELECT 1, id FROM statement WHERE object = ?1
        UNION ALL SELECT 2, id FROM statement WHERE subject = ?1 UNION ALL SELECT 2, id FROM statement WHERE object = ?1
        UNION ALL SELECT 1, statement FROM qualifier WHERE object = ?1
        UNION ALL SELECT 3, id FROM citation WHERE source = ?1 UNION ALL SELECT 5, id FROM alias WHERE entity = ?1
        UNION ALL SELECT 5, id FROM alias WHERE source = ?1 UNION ALL SELECT 7, id FROM source_data WHERE source = ?1
        UNION ALL SELECT 8, id FROM merging WHERE entity = ?1 OR target = ?1
        UNION ALL SELECT 9, id FROM renaming WHERE entity = ?1)
      SELECT DISTINCT l.tx_in FROM used u CROSS JOIN life l ON l.thing = u.thing AND l.id = u.id
      WHERE l.tx_out = \(openEnd) AND l.tx_in > ?2
      """, [.integer(entity), .integer(number)])
  }

  /// Where no earlier definition comes back: who uses the type or the property.
  private func dependents(onDefinition id: Int64, _ number: Int64) throws(StoreProblem) -> [Int64] {
    let row = try db.rows(
      """
      SELECT d.kind, d.key FROM definition d WHERE d.id = ?1 AND NOT EXISTS(
        SELECT 1 FROM definition o CROSS JOIN life l ON l.thing = 6 AND l.id = o.id
        WHERE o.kind = d.kind AND o.key = d.key AND o.id != d.id AND l.tx_out = ?2)
      """, [.integer(id), .integer(number)])
    guard try row.next() else { return [] }
    let uses =
      row.text(0) == "property"
      ? """
      SELECT 1, id FROM statement WHERE property = ?1 UNION ALL SELECT 2, id FROM statement WHERE property = ?1
      UNION ALL SELECT 1, statement FROM qualifier WHERE property = ?1
      """ : "SELECT 1, id FROM statement WHERE property = 'type' AND text = ?1"
    return try db.integers(
      """
      WITH used(thing, id) AS (
        \(uses) UNION ALL SELECT 6, id FROM definition WHERE parent = ?1
          OR ?1 IN (SELECT value FROM json_each('["' || replace(coalesce(domain || char(10), '')
            || coalesce(targets, ''), char(10), '","') || '"]')))
      SELECT DISTINCT l.tx_in FROM used u CROSS JOIN life l ON l.thing = u.thing AND l.id = u.id
      WHERE l.tx_out = \(openEnd) AND l.tx_in > ?2
      """, [.text(row.text(1)), .integer(number)])
  }

  /// Where nothing was known of the source before: who cites it.
  private func dependents(onSourceData id: Int64, _ number: Int64) throws(StoreProblem) -> [Int64] {
    try db.integers(
      """
      SELECT DISTINCT l.tx_in FROM source_data d CROSS JOIN citation c ON c.source = d.source
        CROSS JOIN life l ON l.thing = 3 AND l.id = c.id AND l.tx_out = \(openEnd)
      WHERE d.id = ?1 AND l.tx_in > ?2 AND NOT EXISTS(
        SELECT 1 FROM source_data o CROSS JOIN life p ON p.thing = 7 AND p.id = o.id
        WHERE o.source = d.source AND o.id != d.id AND p.tx_out = ?2)
      """, [.integer(id), .integer(number)])
  }
}
