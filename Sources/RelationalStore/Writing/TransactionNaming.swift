internal import RegistryModel
internal import RegistryStore

/// Gives transactions the uids that they are known by in every registry, and tells whether they have them.
struct TransactionNaming {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var contentIDs: ContentIDs { ContentIDs(state) }
  private var history: HistoryReader { HistoryReader(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// So many contents are looked up together.
  private static let pageSize = 5_000
  /// Of a transaction that asserted so many the sum is kept: who undoes it need not read them.
  private static let much: Int64 = 1_000

  // MARK: Naming

  /// Names the open transaction, which changes nothing any more.
  func nameOpen() throws(StoreProblem) {
    guard let open = state.transaction, let number = open.number else { return }
    try truth.noteAll()
    guard let content = state.transaction?.content else { return }
    let uid = try name(number, content.isStale ? nil : content)
    state.transaction?.identity?.uid = uid
    if let expected = open.expectedUID, expected != uid {
      throw .historyRefused(TransactionID(number), .isOther(uid: expected))
    }
  }

  /// Names those that have no uid, as in a file from before there were any: copies of that give them the same.
  func nameAll() throws(StoreProblem) {
    for number in try db.integers("SELECT id FROM main.tx WHERE uid IS NULL ORDER BY id") {
      try name(number, nil)
    }
    // What is recorded from now on in a copy goes on from the same.
    try db.run(
      """
      UPDATE main.origin SET own = 1 WHERE id = (SELECT origin FROM main.tx ORDER BY id LIMIT 1)
        AND NOT EXISTS(SELECT 1 FROM main.origin WHERE own = 1)
      """)
    state.memory.ownOrigin = nil
  }

  /// - Parameter known: what it asserted and ended, where that is known.
  @discardableResult
  private func name(_ number: Int64, _ known: TransactionContent?) throws(StoreProblem) -> String {
    if known == nil { try truth.settle() }
    let content = if let known { known } else { try recorded(number) }
    var said = try digest(number, content)
    if said.origin.isEmpty {
      // Of a time before there were origins.
      let first = try db.text(
        "SELECT o.text FROM main.tx t CROSS JOIN main.origin o ON o.id = t.origin WHERE t.uid IS NOT NULL ORDER BY t.id LIMIT 1"
      )
      said.origin = first ?? said.originOfFirst
      said.number = number
      said.clock = Clock.reading(
        at: said.transaction.at, after: try db.integer("SELECT max(clock) FROM main.tx") ?? 0)
      state.transaction?.identity = TransactionIdentity(
        origin: said.origin, number: said.number, clock: said.clock, uid: "")
    }
    let uid = said.uid
    let own = state.memory.ownOrigin
    let origin = if let own, own.text == said.origin { own.row } else { try truth.originRow(said.origin) }
    var (columns, values): (String, [SQL]) = ("uid = ?, origin = ?, number = ?, clock = ?, asserted = ?", [])
    values = [
      .text(uid), .integer(origin), .integer(said.number),
      .integer(said.clock), SQL(content.asserted.count >= Self.much ? content.asserted.text : nil),
    ]
    if let ranges = truth.unsettled(number) {
      columns += ", \(Truth.ranges)"
      values += ranges
      state.transaction?.isSettled = true
    }
    try db.write("UPDATE main.tx SET \(columns) WHERE id = ?", values + [.integer(number)])
    return uid
  }

  // MARK: Testing

  /// The transactions whose content is not what their uid says, and how many were tested.
  func misnamed() throws(StoreProblem) -> (found: [TransactionID], examined: Int) {
    var found: [TransactionID] = []
    // The open one gets its uid when it ends.
    let numbers = try db.integers(
      "SELECT id FROM main.tx WHERE id IS NOT ? ORDER BY id", [SQL(state.transaction?.number)])
    for number in numbers {
      let content = try recorded(number, usingSums: false)
      let sum = try db.text("SELECT asserted FROM main.tx WHERE id = ?", [.integer(number)])
      let uid = try db.text("SELECT uid FROM main.tx WHERE id = ?", [.integer(number)])
      if try digest(number, content).uid != uid || sum.map({ $0 != content.asserted.text }) == true {
        found.append(TransactionID(number))
      }
    }
    return (found, numbers.count)
  }

  // MARK: Content

  private func digest(
    _ number: Int64, _ content: TransactionContent
  ) throws(StoreProblem) -> TransactionDigest {
    if let open = state.transaction, open.number == number, !open.hasReversals, let known = open.identity {
      let info = open.info
      return TransactionDigest(
        transaction: Transaction(
          id: TransactionID(number), at: info.at, author: info.author, reason: info.reason, tool: info.tool,
          reverts: nil), origin: known.origin, number: known.number, clock: known.clock, reverted: [],
        asserted: content.asserted, ended: try ended(content))
    }
    guard let transaction = try history.transactions(where: "id = ?", [.integer(number)]).first else {
      throw .unknownTransaction(TransactionID(number))
    }
    let row = try db.rows(
      """
      SELECT (SELECT o.text FROM main.origin o WHERE o.id = t.origin), t.number, t.clock FROM main.tx t WHERE t.id = ?
      """, [.integer(number)])
    _ = try row.next()
    let (origin, ordinal, clock) = (row.text(0), row.integer(1), row.integer(2))
    var reverted: [String] = []
    if transaction.reverts != nil {
      let row = try db.rows(
        "SELECT t.uid FROM main.reversal r CROSS JOIN main.tx t ON t.id = r.reverted WHERE r.tx = ?",
        [.integer(number)])
      while try row.next() { reverted.append(row.text(0)) }
    }
    return TransactionDigest(
      transaction: transaction, origin: origin, number: ordinal, clock: clock, reverted: reverted,
      asserted: content.asserted, ended: try ended(content))
  }

  /// What it ended, by the uids of those that had asserted it.
  private func ended(_ content: TransactionContent) throws(StoreProblem) -> [String: ContentSum] {
    guard !content.ended.isEmpty else { return [:] }
    var found: [String: ContentSum] = [:]
    let row = try db.rows(
      "SELECT t.id, t.uid FROM json_each(?) j CROSS JOIN main.tx t ON t.id = j.value",
      [.list(content.ended.keys.sorted())])
    while try row.next() { found[row.text(1)] = content.ended[row.integer(0)] }
    return found
  }

  /// What a transaction asserted and ended, by the tables.
  /// - Parameter usingSums: whether what ended all that a large one asserted need not read that.
  private func recorded(
    _ number: Int64, usingSums: Bool = true
  ) throws(StoreProblem) -> TransactionContent {
    var content = TransactionContent()
    let begun = [Thing.statement, .citation].map {
      " UNION ALL SELECT \($0.rawValue), b.id, NULL FROM (\(Lives.begun($0, by: "?1"))) b"
    }
    try add(
      "SELECT thing, id, NULL FROM main.life WHERE tx_in = ?1" + begun.joined(), [.integer(number)],
      to: &content)
    let ended = "(\(Lives.endings(by: "?1")))"
    var known: [Int64] = []
    var isMoreEnded = !usingSums
    if usingSums {
      let row = try db.rows(
        """
        SELECT e.seen, count(*), (SELECT t.asserted FROM main.tx t WHERE t.id = e.seen) FROM \(ended) e
        GROUP BY e.seen
        """, [.integer(number)])
      while try row.next() {
        guard let sum = row.optionalText(2).flatMap(ContentSum.init(text:)), sum.count == row.integer(1)
        else {
          isMoreEnded = true
          continue
        }
        content.ended[row.integer(0)] = sum
        known.append(row.integer(0))
      }
    }
    guard isMoreEnded else { return content }
    try add(
      "SELECT thing, id, seen FROM \(ended) WHERE seen NOT IN (SELECT value FROM json_each(?2))",
      [.integer(number), .list(known)], to: &content)
    return content
  }

  private func add(
    _ changes: String, _ arguments: [SQL], to content: inout TransactionContent
  ) throws(StoreProblem) {
    let row = try db.rows(changes, arguments)
    var isThere = true
    while isThere {
      var page: [Thing: Set<Int64>] = [:]
      var count = 0
      while count < Self.pageSize {
        isThere = try row.next()
        guard isThere else { break }
        guard let thing = Thing(rawValue: row.integer(0)) else { continue }
        content.note(
          TransactionContent.Change(thing: thing, row: row.integer(1), seen: row.optionalInteger(2)))
        page[thing, default: []].insert(row.integer(1))
        count += 1
      }
      var ids: [Thing: [Int64: ContentID]] = [:]
      for (thing, rows) in page { ids[thing] = try contentIDs.ids(thing, rows.sorted()) }
      content.take(ids)
    }
    if content.isStale {
      throw .damaged(location: state.location, reason: "a life has no content")
    }
  }
}
