internal import RegistryModel
internal import RegistryStore

/// Hands transactions over to another registry.
struct Handover {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var history: HistoryReader { HistoryReader(state) }
  private var pastScope: PastScope { PastScope(state) }
  private var rows: RecordedRows { RecordedRows(state) }

  init(_ state: RegistryState) { self.state = state }

  /// So many transactions, and so many contents, are read together.
  private static let pageSize = 1_000

  /// What a transaction did with one thing.
  private struct Change {
    var transaction: Int
    var thing: Thing
    var row: Int64
    /// By the transactions that had asserted it, of what it ended.
    var seen: [Int64]?
  }

  func identities() throws(StoreProblem) -> [TransactionIdentity] {
    let row = try db.rows(
      """
      SELECT o.text, t.number, t.clock, t.uid FROM main.tx t CROSS JOIN main.origin o ON o.id = t.origin
      WHERE t.uid IS NOT NULL ORDER BY t.clock, t.uid
      """)
    var found: [TransactionIdentity] = []
    while try row.next() {
      found.append(
        TransactionIdentity(
          origin: row.text(0), number: row.integer(1), clock: row.integer(2), uid: row.text(3)))
    }
    return found
  }

  func handOver(_ uids: Set<String>, _ visit: (HandedChange) -> Bool) throws(StoreProblem) {
    _ = try pastScope.scope(.all)
    let wanted = try identities().filter { uids.contains($0.uid) }.map(\.uid)
    for start in stride(from: 0, to: wanted.count, by: Self.pageSize) {
      let page = Array(wanted[start..<min(start + Self.pageSize, wanted.count)])
      guard try handOver(page: page, visit) else { return }
    }
  }

  private func handOver(
    page uids: [String], _ visit: (HandedChange) -> Bool
  ) throws(StoreProblem) -> Bool {
    let found = try history.transactions(
      where: "uid IN (SELECT value FROM json_each(?))", [.list(uids)])
    let byUID = Dictionary(found.map { ($0.identity?.uid ?? "", $0) }, uniquingKeysWith: { one, _ in one })
    let transactions = uids.compactMap { byUID[$0] }
    let list = SQL.list(transactions.map(\.id.number))
    let undone = try reverted(by: list)
    let changes = try changes(of: transactions.map(\.id.number), list)
    var next = changes.startIndex
    for (index, transaction) in transactions.enumerated() {
      guard visit(.transaction(transaction, undoing: undone[transaction.id.number] ?? [])) else {
        return false
      }
      let first = next
      while next < changes.endIndex, changes[next].transaction == index { next += 1 }
      for start in stride(from: first, to: next, by: Self.pageSize) {
        let part = changes[start..<min(start + Self.pageSize, next)]
        guard try handOver(part, visit) else { return false }
      }
    }
    return true
  }

  private func handOver(
    _ changes: ArraySlice<Change>, _ visit: (HandedChange) -> Bool
  ) throws(StoreProblem) -> Bool {
    var contents: [Thing: [Int64: RecordedContent]] = [:]
    for (thing, some) in Dictionary(grouping: changes, by: \.thing) {
      contents[thing] = try rows.contents(thing, Set(some.map(\.row)).sorted())
    }
    let uids = try uids(of: Set(changes.flatMap { $0.seen ?? [] }))
    let renamed = changes.filter { $0.thing == .renaming }.map(\.row)
    let firsts = try firstUIDs(ofRenamings: renamed)
    for change in changes {
      guard let content = contents[change.thing]?[change.row] else {
        throw .damaged(location: state.location, reason: "a life in \(change.thing.table) has no content")
      }
      let handed = HandedContent(content, first: change.thing == .renaming ? firsts[change.row] : nil)
      let isWanted =
        if let seen = change.seen {
          visit(.ended(handed, seen: seen.compactMap { uids[$0] }.sorted()))
        } else {
          visit(.asserted(handed))
        }
      guard isWanted else { return false }
    }
    return true
  }

  // MARK: Reading

  private func reverted(by list: SQL) throws(StoreProblem) -> [Int64: [String]] {
    let row = try db.rows(
      """
      SELECT r.tx, t.uid FROM json_each(?) j CROSS JOIN main.reversal r ON r.tx = j.value
        CROSS JOIN main.tx t ON t.id = r.reverted ORDER BY r.tx, r.reverted
      """, [list])
    var found: [Int64: [String]] = [:]
    while try row.next() { found[row.integer(0), default: []].append(row.text(1)) }
    return found
  }

  private func uids(of transactions: Set<Int64>) throws(StoreProblem) -> [Int64: String] {
    guard !transactions.isEmpty else { return [:] }
    let row = try db.rows(
      "SELECT t.id, t.uid FROM json_each(?) j CROSS JOIN main.tx t ON t.id = j.value",
      [.list(transactions.sorted())])
    var found: [Int64: String] = [:]
    while try row.next() { found[row.integer(0)] = row.text(1) }
    return found
  }

  private func firstUIDs(ofRenamings renamings: [Int64]) throws(StoreProblem) -> [Int64: String] {
    guard !renamings.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT f.id, t.uid FROM (
          SELECT l.id, min(l.tx_in) AS tx FROM json_each(?) j
            CROSS JOIN main.life l ON l.thing = \(Thing.renaming.rawValue) AND l.id = j.value GROUP BY l.id) f
        CROSS JOIN main.tx t ON t.id = f.tx
      """, [.list(renamings)])
    var found: [Int64: String] = [:]
    while try row.next() { found[row.integer(0)] = row.text(1) }
    return found
  }

  /// Definitions first: they say how the values behind them are to be read.
  private static let kinds: [Thing] = [
    .definition, .sourceData, .statement, .denial, .citation, .judgement, .review, .alias, .merging,
    .renaming,
  ]

  /// What transactions changed, in their order, what each ended before what it asserted.
  private func changes(of numbers: [Int64], _ list: SQL) throws(StoreProblem) -> [Change] {
    let places = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($0.element, $0.offset) })
    var found: [Change] = []
    let begun = [Thing.statement, .citation].map {
      """
       UNION ALL SELECT \($0.rawValue), r.id, r.tx FROM json_each(?1) j CROSS JOIN main.tx t ON t.id = j.value
        CROSS JOIN main.\($0.table) r ON r.id BETWEEN t.first_\($0.table) AND t.last_\($0.table) AND +r.tx = t.id
      """
    }
    let asserted = try db.rows(
      """
      SELECT l.thing, l.id, l.tx_in FROM json_each(?1) j CROSS JOIN main.life l ON l.tx_in = j.value
      """ + begun.joined(), [list])
    while try asserted.next() {
      guard let thing = Thing(rawValue: asserted.integer(0)), let place = places[asserted.integer(2)] else {
        continue
      }
      found.append(Change(transaction: place, thing: thing, row: asserted.integer(1), seen: nil))
    }
    let own = [Thing.statement, .citation].map {
      """
       UNION ALL SELECT \($0.rawValue), r.id, r.ended, r.tx FROM json_each(?1) j
        CROSS JOIN main.\($0.table) r ON r.ended = j.value AND r.ended IS NOT NULL
      """
    }
    let ended = try db.rows(
      """
      SELECT l.thing, l.id, l.tx_out, l.tx_in FROM json_each(?1) j
        CROSS JOIN main.life l ON l.tx_out = j.value AND l.tx_out < \(openEnd)
      UNION ALL SELECT n.thing, n.id, n.tx_out, n.tx_in FROM json_each(?1) j
        CROSS JOIN main.ending n ON n.tx_out = j.value
      """ + own.joined(), [list])
    var seen: [Ended: [Int64]] = [:]
    while try ended.next() {
      guard let thing = Thing(rawValue: ended.integer(0)), let place = places[ended.integer(2)] else {
        continue
      }
      seen[Ended(transaction: place, thing: thing, row: ended.integer(1)), default: []].append(
        ended.integer(3))
    }
    for (one, assertions) in seen {
      found.append(
        Change(transaction: one.transaction, thing: one.thing, row: one.row, seen: assertions.sorted()))
    }
    func order(_ change: Change) -> (Int, Int, Int, Int64) {
      let kind = Self.kinds.firstIndex(of: change.thing) ?? 0
      return (change.transaction, change.seen == nil ? 1 : 0, kind, change.row)
    }
    return found.sorted { order($0) < order($1) }
  }

  private struct Ended: Hashable {
    var transaction: Int
    var thing: Thing
    var row: Int64
  }
}
