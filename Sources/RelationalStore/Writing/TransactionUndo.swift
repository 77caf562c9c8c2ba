internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Undoes transactions.
struct TransactionUndo {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var batch: BatchLoader { BatchLoader(state) }
  var projector: Projector { Projector(state) }
  var tallyProjector: TallyProjector { TallyProjector(state) }
  var schemas: SchemaReader { SchemaReader(state) }
  var textIndex: TextIndex { TextIndex(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Undoes a transaction in the open one.
  /// - Returns: whether anything of it was left to undo.
  func revert(_ id: TransactionID) throws(StoreProblem) -> Bool {
    guard let open = state.transaction else { throw .noTransaction }
    guard try db.integer("SELECT 1 FROM tx WHERE id = ?", [.integer(id.number)]) != nil,
      id.number != open.number
    else { throw .unknownTransaction(id) }
    try projector.flush()
    let reversals = try reversals()
    if let by = reversals.undoer(of: id) { throw .alreadyUndone(id, by: by) }
    try findChanges(of: id.number)
    try leaveEnded(id.number, reversals)
    let blockers = reversals.blockers(
      of: id, dependents: try dependents(on: id.number), conflicts: try conflicts(withReturnOf: id.number),
      in: open.number.map(TransactionID.init))
    if !blockers.isEmpty { throw .undoBlocked(id, by: blockers) }
    state.transaction?.content.isStale = true
    // Of an import that is nearly all.
    var hasChanged = try withdrawAsserted(by: id.number)
    for thing in [Thing.statement, .citation] where try assertAgain(thing) { hasChanged = true }
    let row = try db.rows("SELECT thing, id, opened FROM temp.undone ORDER BY opened DESC, thing, id")
    while try row.next() {
      guard let thing = Thing(rawValue: row.integer(0)) else { continue }
      let changed =
        row.integer(2) > 0
        ? try truth.withdraw(thing, row.integer(1), since: id.number)
        : try truth.assert(thing, row.integer(1))
      if changed { hasChanged = true }
    }
    try truth.recordReversal(of: id.number, by: try truth.transactionNumber())
    return hasChanged
  }

  private func reversals() throws(StoreProblem) -> Reversals {
    let row = try db.rows("SELECT tx, reverted FROM reversal ORDER BY tx DESC")
    var found: [(by: TransactionID, reverted: TransactionID)] = []
    while try row.next() { found.append((TransactionID(row.integer(0)), TransactionID(row.integer(1)))) }
    return Reversals(newestFirst: found)
  }

  static let undoneTable = """
    CREATE TEMP TABLE IF NOT EXISTS undone(
      thing INTEGER NOT NULL, id INTEGER NOT NULL, opened INTEGER NOT NULL, PRIMARY KEY(thing, id)) WITHOUT ROWID;
    DELETE FROM temp.undone
    """

  /// Writes into `undone` what a transaction asserted (`opened` is 1) or withdrew (-1); what it did both with is as it was.
  /// What says by itself that the transaction asserted it is found without.
  private func findChanges(of number: Int64) throws(StoreProblem) {
    try db.runScript(Self.undoneTable)
    try db.write(
      """
      INSERT INTO temp.undone SELECT thing, id, sum(opened) FROM (\(Lives.changesTold(by: "?1")))
      GROUP BY thing, id HAVING sum(opened) != 0
      """, [.integer(number)])
  }

  /// Takes out of `undone` what others ended too, not knowing of it: that stays ended, until they are undone as well.
  private func leaveEnded(_ number: Int64, _ reversals: Reversals) throws(StoreProblem) {
    var ended: [Thing: [Int64]] = [:]
    let row = try db.rows(
      """
      SELECT u.thing, u.id FROM temp.undone u WHERE u.opened < 0
        AND EXISTS(SELECT 1 FROM main.ending n WHERE n.thing = u.thing AND n.id = u.id) ORDER BY u.thing, u.id
      """)
    while try row.next() {
      guard let thing = Thing(rawValue: row.integer(0)) else { continue }
      ended[thing, default: []].append(row.integer(1))
    }
    for (thing, rows) in ended {
      let lives = try Assertions(state).lives(thing, rows)
      let left = rows.filter { row in
        !(lives[row] ?? []).contains { life in
          life.ended.contains(number)
            && life.ended.allSatisfy { $0 == number || reversals.undoer(of: TransactionID($0)) != nil }
        }
      }
      try db.write(
        "DELETE FROM temp.undone WHERE thing = ? AND id IN (SELECT value FROM json_each(?))",
        [.integer(thing.rawValue), .list(left)])
    }
  }

  /// Asserts together again, and takes out of `undone`, what the transaction ended and what says so by itself.
  /// - Returns: whether there was any.
  private func assertAgain(_ thing: Thing) throws(StoreProblem) -> Bool {
    let (number, table) = (try truth.transactionNumber(), "main.\(thing.table)")
    let ended = try db.integers(
      """
      SELECT r.id FROM temp.undone u CROSS JOIN \(table) r ON r.id = u.id
      WHERE u.thing = \(thing.rawValue) AND u.opened < 0 AND r.tx IS NOT NULL
      """)
    guard !ended.isEmpty else { return false }
    let list = SQL.list(ended)
    let listed = "IN (SELECT value FROM json_each(?1))"
    try db.write(
      """
      INSERT INTO main.life(thing, id, tx_in, tx_out)
      SELECT \(thing.rawValue), r.id, r.tx, r.ended FROM json_each(?1) j CROSS JOIN \(table) r ON r.id = j.value
      UNION ALL SELECT \(thing.rawValue), j.value, \(number), \(openEnd) FROM json_each(?1) j
      """, [list])
    try db.write("UPDATE \(table) SET tx = NULL, ended = NULL WHERE id \(listed)", [list])
    try db.write("DELETE FROM temp.undone WHERE thing = \(thing.rawValue) AND id \(listed)", [list])
    if thing == .statement {
      try truth.touchStatements(ended)
    } else {
      state.dirty.citations.formUnion(ended)
      let statements = try db.integers(
        "SELECT DISTINCT c.statement FROM json_each(?) j CROSS JOIN main.citation c ON c.id = j.value", [list]
      )
      try truth.touchStatements(statements.filter { !state.dirty.knows($0) })
    }
    return true
  }

  /// The later transactions that would be left without what they stand on.
  private func dependents(on number: Int64) throws(StoreProblem) -> Set<TransactionID> {
    let hasLater = try db.integer(
      "SELECT 1 FROM tx WHERE id > ? AND id IS NOT ?", [.integer(number), SQL(state.transaction?.number)])
    guard hasLater != nil else { return [] }
    // Who has asserted or withdrawn the same thing since. What came from another registry stands by itself.
    var found = Set(
      try db.integers(
        """
        SELECT t.id FROM (
          SELECT l.tx_in AS tx FROM temp.undone u
            CROSS JOIN main.life l ON l.thing = u.thing AND l.id = u.id AND l.tx_in > ?1
          UNION SELECT l.tx_out FROM temp.undone u
            CROSS JOIN main.life l ON l.thing = u.thing AND l.id = u.id AND l.tx_out > ?1 AND l.tx_out < \(openEnd)
          UNION SELECT b.ended FROM (\(Lives.begun(.statement, by: "?1"))) b WHERE b.ended IS NOT NULL
          UNION SELECT b.ended FROM (\(Lives.begun(.citation, by: "?1"))) b WHERE b.ended IS NOT NULL) d
        CROSS JOIN main.tx t ON t.id = d.tx AND t.arrived IS NULL
        """, [.integer(number)]))
    found.formUnion(try TypeDependents(db: db).later(than: number))
    let row = try db.rows(
      "SELECT thing, id FROM temp.undone WHERE opened > 0 AND thing IN (?, ?)",
      [.integer(Thing.definition.rawValue), .integer(Thing.sourceData.rawValue)])
    while try row.next() {
      found.formUnion(
        row.integer(0) == Thing.definition.rawValue
          ? try dependents(onDefinition: row.integer(1), number)
          : try dependents(onSourceData: row.integer(1), number))
    }
    return Set(found.map(TransactionID.init))
  }

  /// Those with which what was withdrawn cannot come back.
  private func conflicts(withReturnOf number: Int64) throws(StoreProblem) -> Set<TransactionID> {
    let row = try db.rows(
      "SELECT thing, id FROM temp.undone WHERE opened < 0 AND thing IN (?, ?)",
      [.integer(Thing.merging.rawValue), .integer(Thing.renaming.rawValue)])
    var found: Set<Int64> = []
    while try row.next() {
      guard let thing = Thing(rawValue: row.integer(0)) else { continue }
      found.formUnion(try truth.conflicts(withReturnOf: thing, row.integer(1)))
    }
    return Set(found.map(TransactionID.init))
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
    let defined = SchemaReader.Defined(kind: row.text(0), key: row.key(1))
    let uses =
      defined.kind == "property"
      ? """
      SELECT 1, id FROM statement WHERE property = ?1 UNION ALL SELECT 2, id FROM statement WHERE property = ?1
      UNION ALL SELECT 1, statement FROM qualifier WHERE property = ?1
      """ : "SELECT 1, id FROM statement WHERE property = 'type' AND text = ?1"
    return try db.integers(
      """
      WITH used(thing, id) AS (
        \(uses) UNION ALL SELECT 6, value FROM json_each(?3))
      SELECT DISTINCT began FROM (SELECT \(Lives.opened(thing: "u.thing", id: "u.id")) AS began FROM used u)
      WHERE began > ?2
      """, [.text(defined.key.text), .integer(number), .list(try schemas.naming(defined))])
  }

  /// Where nothing was known of the source before: who cites it.
  private func dependents(onSourceData id: Int64, _ number: Int64) throws(StoreProblem) -> [Int64] {
    try db.integers(
      """
      SELECT DISTINCT began FROM (
        SELECT \(Lives.opened("c", .citation)) AS began FROM source_data d CROSS JOIN citation c ON c.source = d.source
        WHERE d.id = ?1 AND NOT EXISTS(
          SELECT 1 FROM source_data o CROSS JOIN life p ON p.thing = 7 AND p.id = o.id
          WHERE o.source = d.source AND o.id != d.id AND p.tx_out = ?2)) WHERE began > ?2
      """, [.integer(id), .integer(number)])
  }
}
