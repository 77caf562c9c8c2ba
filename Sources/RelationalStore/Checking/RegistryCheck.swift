internal import RegistryModel
internal import RegistryStore

/// Tests of a registry: whether the database is sound, each content is there and says what its id says, and what is derived is
/// what a rebuild would give.
struct RegistryCheck {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var pastScope: PastScope { PastScope(state) }
  private var naming: TransactionNaming { TransactionNaming(state) }
  private var projector: Projector { Projector(state) }
  private var recordedRows: RecordedRows { RecordedRows(state) }

  init(_ state: RegistryState) { self.state = state }

  func check() throws(StoreProblem) -> [CheckFinding] {
    _ = try pastScope.scope(.all)
    try projector.flush()
    var findings: [CheckFinding] = []
    findings += try testing("database integrity") { () throws(StoreProblem) in [try checkIntegrity()] }
    findings += try testing("references") { () throws(StoreProblem) in [try checkForeignKeys()] }
    findings += try testing("life rows") { () throws(StoreProblem) in [try checkLives()] }
    findings += try testing("content of lives") { () throws(StoreProblem) in [try checkContentOfLives()] }
    findings += try testing("statement ids") { () throws(StoreProblem) in [try checkDigests()] }
    findings += try testing("transactions") { () throws(StoreProblem) in [try checkTransactions()] }
    findings += try testing("projections") { () throws(StoreProblem) in try checkProjections() }
    return findings
  }

  /// A test that meets damage finds it; the others are made all the same.
  private func testing(
    _ test: String, _ body: () throws(StoreProblem) -> [CheckFinding]
  ) throws(StoreProblem) -> [CheckFinding] {
    do throws(StoreProblem) {
      return try body()
    } catch {
      guard case .damaged(_, let reason) = error else { throw error }
      state.memory.past = nil
      return [CheckFinding(test: test, problem: reason, examined: 0, isDamage: true)]
    }
  }

  private func checkIntegrity() throws(StoreProblem) -> CheckFinding {
    let (problem, examined) = try db.checkIntegrity()
    return CheckFinding(
      test: "database integrity", problem: problem, examined: examined, isDamage: problem != nil)
  }

  private func checkForeignKeys() throws(StoreProblem) -> CheckFinding {
    let problem = try db.checkReferences()
    return CheckFinding(test: "references", problem: problem, examined: try countRows("citation"))
  }

  /// Lives of one thing must not overlap, but where the later arrived from another registry; their ends are tested by the
  /// table itself, and what was ended again had ended before. What says by itself when it was
  /// asserted has no other life, and is among what its transaction says it asserted.
  private func checkLives() throws(StoreProblem) -> CheckFinding {
    for thing in Thing.allCases where thing.saysByItself {
      let wrong = try db.integer(
        """
        SELECT r.id FROM main.\(thing.table) r LEFT JOIN main.tx t ON t.id = r.tx
        WHERE CASE WHEN r.tx IS NULL THEN r.ended IS NOT NULL
          ELSE (r.id BETWEEN t.first_\(thing.table) AND t.last_\(thing.table)) IS NOT TRUE
            OR r.ended <= r.tx OR r.ended NOT IN (SELECT id FROM main.tx)
            OR EXISTS(SELECT 1 FROM main.life l WHERE l.thing = \(thing.rawValue) AND l.id = r.id) END LIMIT 1
        """)
      if let wrong {
        return CheckFinding(
          test: "life rows", problem: "row \(wrong) of \(thing.table) was not asserted as it says",
          examined: try countLives())
      }
    }
    let row = try db.rows(
      """
      SELECT thing, id FROM (
        SELECT thing, id, tx_in, lag(tx_out) OVER (PARTITION BY thing, id ORDER BY tx_in) AS before, tx_out FROM life)
      WHERE before > tx_in AND (SELECT t.arrived FROM tx t WHERE t.id = tx_in) IS NULL OR tx_in >= tx_out
        OR (tx_out != \(openEnd) AND tx_out NOT IN (SELECT id FROM tx)) LIMIT 1
      """)
    let again = try db.integer(
      """
      SELECT n.id FROM main.ending n WHERE n.tx_out NOT IN (SELECT id FROM main.tx) OR NOT EXISTS(
        SELECT 1 FROM main.life l WHERE l.thing = n.thing AND l.id = n.id AND l.tx_in = n.tx_in AND l.tx_out < n.tx_out)
        AND NOT EXISTS(SELECT 1 FROM main.statement s
          WHERE n.thing = \(Thing.statement.rawValue) AND s.id = n.id AND s.tx = n.tx_in AND s.ended < n.tx_out)
        AND NOT EXISTS(SELECT 1 FROM main.citation c
          WHERE n.thing = \(Thing.citation.rawValue) AND c.id = n.id AND c.tx = n.tx_in AND c.ended < n.tx_out) LIMIT 1
      """)
    if let again {
      return CheckFinding(
        test: "life rows", problem: "row \(again) was ended again, and had not ended",
        examined: try countLives())
    }
    let problem = try row.next() ? "the lives of thing \(row.integer(0)), row \(row.integer(1)) overlap" : nil
    return CheckFinding(test: "life rows", problem: problem, examined: try countLives())
  }

  private func checkContentOfLives() throws(StoreProblem) -> CheckFinding {
    for thing in Thing.allCases {
      let missing = try db.integer(
        "SELECT id FROM main.life WHERE thing = ? AND id NOT IN (SELECT id FROM \(thing.table)) LIMIT 1",
        [.integer(thing.rawValue)])
      if let missing {
        return CheckFinding(
          test: "content of lives", problem: "row \(missing) of \(thing.table) is not there",
          examined: try countLives())
      }
    }
    return CheckFinding(test: "content of lives", problem: nil, examined: try countLives())
  }

  /// Every statement that was ever recorded must have the id that its content gives, and no other may have it: what was
  /// withdrawn may come back.
  private func checkDigests() throws(StoreProblem) -> CheckFinding {
    var (examined, after) = (0, Int64.min)
    var wrong: StatementID?
    // So many at a time that memory does not grow with the registry.
    while true {
      let row = try db.rows(
        "SELECT id, digest FROM main.statement WHERE id > ? ORDER BY id LIMIT ?",
        [.integer(after), .integer(Int64(state.checkedAtOnce))])
      var ids: [Int64: StatementID] = [:]
      while try row.next() {
        after = row.integer(0)
        ids[after] = StatementID(row.text(1))
      }
      if ids.isEmpty { break }
      let statements = try recordedRows.recordedStatements(ids.keys.sorted())
      examined += ids.count
      wrong = wrong ?? ids.sorted { $0.key < $1.key }.first { statements[$0.key]?.id != $0.value }?.value
    }
    let twice = try db.text(
      """
      SELECT s.digest FROM main.statement s WHERE EXISTS(SELECT 1 FROM main.statement o
        WHERE o.subject = s.subject AND o.property = s.property AND substr(o.digest, 1, 4) = substr(s.digest, 1, 4)
          AND +o.digest = s.digest AND o.id < s.id) LIMIT 1
      """)
    let problem =
      wrong.map { "\($0.short) does not fit its content" }
      ?? twice.map { "\(StatementID($0).short) is recorded twice: a dump with history makes it one again" }
    return CheckFinding(test: "statement ids", problem: problem, examined: examined)
  }

  /// Every transaction must have the uid that its content gives: it is known by that in other registries.
  private func checkTransactions() throws(StoreProblem) -> CheckFinding {
    let (misnamed, examined) = try naming.misnamed()
    return CheckFinding(
      test: "transactions", problem: misnamed.first.map { "\($0) does not fit its uid" }, examined: examined)
  }

  /// Makes the projections again and compares the rows.
  private func checkProjections() throws(StoreProblem) -> [CheckFinding] {
    state.memory.past = nil
    try pastScope.dropTemporary()
    try db.runScript(NowViews.sql(in: "temp", lives: .current))
    state.memory.past = Past(times: Times.all)
    try db.runScript(Projection.tables(in: "temp"))
    try projector.fill(.temp, needsEvidence: false)
    var findings: [CheckFinding] = []
    for (table, columns) in Projection.compared {
      // What waits for the full text is not missing there.
      let condition = table == "found" ? " t WHERE NOT \(Found.isWaiting("t.rowid"))" : ""
      func missing(_ one: String, _ other: String) -> String {
        "SELECT * FROM (SELECT \(columns) FROM \(one).\(table)\(condition) "
          + "EXCEPT SELECT \(columns) FROM \(other).\(table)\(condition))"
      }
      let differing =
        try db.integer(
          "SELECT count(*) FROM (\(missing("main", "temp")) UNION ALL \(missing("temp", "main")))") ?? 0
      findings.append(
        CheckFinding(
          test: "projection \(table)",
          problem: differing == 0 ? nil : "\(differing) rows differ from what the statements say",
          examined: try countRows(table)))
    }
    state.memory.past = nil
    try pastScope.dropTemporary()
    return findings
  }

  private func countLives() throws(StoreProblem) -> Int {
    Int(
      try db.integer(
        """
        SELECT (SELECT count(*) FROM main.life) + (SELECT count(tx) FROM main.statement)
          + (SELECT count(tx) FROM main.citation)
        """) ?? 0)
  }

  private func countRows(_ table: String) throws(StoreProblem) -> Int {
    Int(try db.integer("SELECT count(*) FROM main.\(table)") ?? 0)
  }
}
