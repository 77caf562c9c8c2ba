internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What was recorded when, and by whom.
struct HistoryReader {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var batch: BatchLoader { BatchLoader(state) }
  var pastScope: PastScope { PastScope(state) }
  var loader: StatementLoader { StatementLoader(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func recordedStatements(idPrefix: String) throws(StoreProblem) -> [StatementRecord] {
    try batch.restoreIndexes()
    _ = try pastScope.scope(.all)
    // The digits of ids all sort before `~`.
    return try loader.recorded(
      "s.digest >= ?1 AND s.digest < ?1 || '~' ORDER BY s.digest LIMIT 100", [.text(idPrefix)]
    )
    .map(\.record)
  }

  func history(_ query: HistoryQuery, _ visit: (HistoryPart) -> Bool) throws(StoreProblem) {
    func visitAll<Part>(_ found: [Part], as part: (Part) -> HistoryPart) {
      for one in found where !visit(part(one)) { return }
    }
    switch query {
    case .subject(let key, let property):
      visitAll(try entries(of: key, property), as: HistoryPart.entry)
    case .of(let statements):
      try batch.restoreIndexes()
      _ = try pastScope.scope(.all)
      visitAll(try entries(Change.told(try statementChanges(statements))), as: HistoryPart.entry)
    case .newest(let limit):
      _ = try pastScope.scope(.all)
      visitAll(
        try transactions(where: "TRUE ORDER BY id DESC LIMIT ?", [.integer(Int64(limit))]),
        as: HistoryPart.transaction)
    case .arrived(let limit):
      _ = try pastScope.scope(.all)
      visitAll(
        try transactions(where: "arrived IS NOT NULL ORDER BY id DESC LIMIT ?", [.integer(Int64(limit))]),
        as: HistoryPart.transaction)
    case .transaction(let id):
      _ = try pastScope.scope(.all)
      visitAll(try transactions(where: "id = ?", [.integer(id.number)]), as: HistoryPart.transaction)
    case .changes(let id): try changes(of: id) { visit(.change($0)) }
    case .counts(let id): visitAll(try changeCounts(of: id), as: HistoryPart.count)
    case .statements(let prefix):
      visitAll(try recordedStatements(idPrefix: prefix), as: HistoryPart.statement)
    }
  }

  func transactions(where condition: String, _ arguments: [SQL]) throws(StoreProblem) -> [Transaction] {
    let row = try db.rows(
      """
      SELECT id, at, author, reason, tool, (SELECT min(reverted) FROM reversal WHERE tx = id),
        (SELECT o.text FROM main.origin o WHERE o.id = origin), number, clock, uid, arrived FROM tx
      WHERE \(condition)
      """, arguments)
    var found: [Transaction] = []
    while try row.next() {
      found.append(
        Transaction(
          id: TransactionID(row.integer(0)), at: row.text(1), author: row.text(2),
          reason: row.optionalText(3),
          tool: row.text(4), reverts: row.optionalInteger(5).map(TransactionID.init),
          identity: row.optionalText(9).map {
            TransactionIdentity(
              origin: row.text(6), number: row.integer(7), clock: row.integer(8), uid: $0)
          }, arrived: row.optionalText(10)))
    }
    return found
  }

  private func entries(of subject: Key, _ property: Key?) throws(StoreProblem) -> [HistoryEntry] {
    try batch.restoreIndexes()
    _ = try pastScope.scope(.all)
    guard let id = try truth.findEntityID(subject, in: .main) else { return [] }
    let entity = SQL.list(try truth.family(of: id, in: .main))
    var changes = try statementChanges(entity, property)
    if property == nil { changes += try entityChanges(entity) }
    return try entries(Change.told(changes))
  }

  /// The start and the end of every life of a statement of the entity, and of what belongs to it.
  private func statementChanges(_ entity: SQL, _ property: Key?) throws(StoreProblem) -> [Change] {
    try statementChanges(
      "SELECT id FROM statement WHERE subject IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR property = ?2)",
      [entity, SQL(property?.text)])
  }

  private func statementChanges(_ statements: [StatementID]) throws(StoreProblem) -> [Change] {
    try statementChanges(
      "SELECT id FROM statement WHERE digest IN (SELECT value FROM json_each(?1))",
      [.list(statements.map(\.digest))])
  }

  /// - Parameter selection: which statements, as a query.
  private func statementChanges(_ selection: String, _ arguments: [SQL]) throws(StoreProblem) -> [Change] {
    let row = try db.rows(
      """
      WITH s AS (\(selection)),
      part(thing, id, statement, detail) AS (
        SELECT 1, id, id, NULL FROM s UNION ALL SELECT 2, id, id, NULL FROM s
        UNION ALL SELECT 3, c.id, c.statement, e.key FROM citation c JOIN main.entity_key e ON e.id = c.source
          WHERE c.statement IN s
        UNION ALL SELECT 4, j.id, j.statement,
            CASE j.rank WHEN 1 THEN 'preferred' WHEN 0 THEN 'normal' ELSE 'deprecated' END
              || coalesce(': ' || j.reason, '')
          FROM judgement j WHERE j.statement IN s
        UNION ALL SELECT 10, r.id, r.statement, 'by ' || r.due || coalesce(': ' || r.reason, '')
          FROM review r WHERE r.statement IN s)
      SELECT thing, tx_in, tx_out, statement, detail
      FROM (\(Lives.each(of: "part", "p.thing, p.statement, p.detail")))
      """, arguments)
    return try changes(row)
  }

  private func entityChanges(_ entity: SQL) throws(StoreProblem) -> [Change] {
    let row = try db.rows(
      """
      WITH part(thing, id, detail) AS (
        SELECT 5, id, name FROM alias WHERE entity IN (SELECT value FROM json_each(?1))
        UNION ALL SELECT 7, id, title || coalesce(', ' || publisher, '') || coalesce(', ' || published, '')
            || ', reliability ' || reliability
            || coalesce(', corrects ' || replace(corrects, char(10), ', '), '') FROM source_data WHERE source IN (SELECT value FROM json_each(?1))
        UNION ALL SELECT 8, m.id, a.key || ' into ' || b.key || coalesce(': ' || m.reason, '')
          FROM merging m JOIN entity a ON a.id = m.entity JOIN entity b ON b.id = m.target
          WHERE m.entity IN (SELECT value FROM json_each(?1)) OR m.target IN (SELECT value FROM json_each(?1))
        UNION ALL SELECT 9, r.id, 'to ' || r.key || coalesce(': ' || r.reason, '') FROM renaming r
          WHERE r.entity IN (SELECT value FROM json_each(?1)))
      SELECT p.thing, l.tx_in, l.tx_out, NULL, p.detail FROM part p
        JOIN life l ON l.thing = p.thing AND l.id = p.id
      """, [entity])
    return try changes(row)
  }

  /// A change before its transaction and statement are looked up.
  private typealias Change = HistoryStep<Int64>

  private func changes(_ row: any SQLCursor) throws(StoreProblem) -> [Change] {
    var found: [Change] = []
    while try row.next() {
      guard let thing = Thing(rawValue: row.integer(0)) else { continue }
      let (statement, detail) = (row.optionalInteger(3), row.optionalText(4))
      found.append(
        Change(
          transaction: TransactionID(row.integer(1)), action: thing.begins, statement: statement,
          detail: detail))
      // Source data never ends alone: what replaces it says so.
      if row.integer(2) != Int64.max, let ends = thing.ends {
        found.append(
          Change(
            transaction: TransactionID(row.integer(2)), action: ends, statement: statement, detail: detail))
      }
    }
    return found
  }

  private func entries(_ changes: [Change]) throws(StoreProblem) -> [HistoryEntry] {
    let numbers = Set(changes.map(\.transaction.number))
    let known = try transactions(where: "id IN (SELECT value FROM json_each(?))", [.list(numbers.sorted())])
    let transactions = Dictionary(uniqueKeysWithValues: known.map { ($0.id, $0) })
    let rows = Set(changes.compactMap(\.statement)).sorted()
    let found =
      rows.isEmpty ? [] : try loader.recorded("s.id IN (SELECT value FROM json_each(?))", [.list(rows)])
    let statements = Dictionary(uniqueKeysWithValues: found.map { ($0.row, $0.record) })
    var entries: [HistoryEntry] = []
    for change in changes {
      guard let transaction = transactions[change.transaction] else { continue }
      entries.append(
        HistoryEntry(
          transaction: transaction, action: change.action,
          statement: change.statement.flatMap { statements[$0] }, detail: change.detail))
    }
    return entries
  }
}

extension Thing {
  fileprivate var begins: HistoryEntry.Action {
    switch self {
    case .statement: .claimed
    case .denial: .denied
    case .citation: .cited
    case .judgement: .ranked
    case .review: .reviewed
    case .alias: .aliased
    case .definition, .sourceData: .described
    case .merging: .merged
    case .renaming: .renamed
    }
  }

  fileprivate var ends: HistoryEntry.Action? {
    switch self {
    case .statement, .denial: .withdrawn
    case .citation: .uncited
    case .judgement: .unranked
    case .review: .unreviewed
    case .alias: .unaliased
    case .merging: .unmerged
    case .renaming: .unrenamed
    case .definition, .sourceData: nil
    }
  }
}
