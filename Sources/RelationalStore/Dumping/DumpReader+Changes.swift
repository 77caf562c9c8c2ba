internal import RegistryModel
internal import RegistryStore

/// The whole history, for dumps.
extension DumpReader {
  func recordedChanges(_ visit: (RecordedChange) -> Bool) throws(StoreProblem) {
    _ = try pastScope.scope(.all)
    try naming.nameOpen()
    var queue = RecordedQueue(state, Salvage(state, nil))
    var last = Int64.min
    while true {
      let page = try historyReader.transactions(
        where: "id > ? ORDER BY id LIMIT \(RecordedQueue.most)", [.integer(last)])
      guard let first = page.first?.id.number, let end = page.last?.id.number else { break }
      last = end
      let range: [SQL] = [.integer(first), .integer(end)]
      var undone = try ChangedRows(db.rows(Self.undone, range))
      // Asked for when it is its turn: while one is read to its end, SQLite need not keep the others sorted.
      var changed: [(kind: Changed, rows: ChangedRows?)] = Changed.inOrder.map { ($0, nil) }
      for transaction in page {
        let number = transaction.id.number
        let reverted = try undone.all(of: number)
        let part = RecordedQueue.Part.transaction(transaction, undoing: reverted.map(TransactionID.init))
        guard try queue.add(part, visit) else { return }
        for index in changed.indices {
          let kind = changed[index].kind
          if changed[index].rows == nil { changed[index].rows = try ChangedRows(db.rows(kind.query, range)) }
          while let (row, isPart) = try changed[index].rows?.next(of: number) {
            let part: RecordedQueue.Part =
              if kind.isAssertion {
                .asserted(kind.thing, row)
              } else if transaction.arrived != nil || isPart {
                .ended(kind.thing, row, by: number)
              } else {
                .withdrawn(kind.thing, row)
              }
            guard try queue.add(part, visit) else { return }
          }
        }
      }
    }
    _ = try queue.handOn(visit)
  }

  private static let undone =
    "SELECT tx, reverted, 0 FROM reversal WHERE tx BETWEEN ?1 AND ?2 ORDER BY tx, reverted"
}

/// Rows that transactions changed, by transaction.
private struct ChangedRows {
  /// Nothing behind the last row, so that what SQLite sorted does not stay.
  private var cursor: (any SQLCursor)?

  init(_ cursor: any SQLCursor) throws(StoreProblem) {
    self.cursor = cursor
    try advance()
  }

  private mutating func advance() throws(StoreProblem) {
    guard let cursor else { return }
    if try !cursor.next() { self.cursor = nil }
  }

  /// The next row of a transaction, and whether of what stood the transaction ended only some; none before it is asked for
  /// afterwards.
  mutating func next(of transaction: Int64) throws(StoreProblem) -> (row: Int64, isPart: Bool)? {
    while let cursor, cursor.integer(0) < transaction { try advance() }
    guard let cursor, cursor.integer(0) == transaction else { return nil }
    let found = (cursor.integer(1), cursor.integer(2) == 1)
    try advance()
    return found
  }

  mutating func all(of transaction: Int64) throws(StoreProblem) -> [Int64] {
    var found: [Int64] = []
    while let (row, _) = try next(of: transaction) { found.append(row) }
    return found
  }
}

/// What transactions did with one thing.
private struct Changed {
  var thing: Thing
  var isAssertion: Bool
  /// The rows that the transactions between two did that with, by transaction, and in an order that follows from the
  /// content. What was withdrawn and asserted again by one transaction is as it was.
  var query: String

  /// What was withdrawn first; of both, definitions first: they say how the values behind them are to be read.
  static let inOrder = [false, true].flatMap { isAssertion in
    [
      Thing.definition, .sourceData, .statement, .denial, .citation, .judgement, .review, .alias, .merging,
      .renaming,
    ]
    .map { Changed($0, isAssertion: isAssertion) }
  }

  private init(_ thing: Thing, isAssertion: Bool) {
    (self.thing, self.isAssertion) = (thing, isAssertion)
    let (column, other) = isAssertion ? ("tx_in", "tx_out") : ("tx_out", "tx_in")
    let range = "BETWEEN ?1 AND ?2"
    // The sign keeps SQLite from going through all lives of the thing; that a life ended is what its index is of.
    var lives = """
      SELECT l.id, l.\(column) AS tx FROM main.life l
      WHERE l.\(column) \(range) AND +l.thing = \(thing.rawValue)\(isAssertion ? "" : " AND l.tx_out < \(openEnd)")
      """
    if thing.saysByItself {
      let byItself = isAssertion ? Lives.begun(thing, when: range) : Lives.ended(thing, when: range)
      lives += " UNION \(isAssertion ? "ALL" : "") SELECT b.id, b.tx FROM (\(byItself)) b"
    }
    if !isAssertion {
      // Each once, of however many it ended an assertion.
      lives += """
         UNION SELECT n.id, n.tx_out FROM main.ending n WHERE n.tx_out \(range) AND +n.thing = \(thing.rawValue)
        """
    }
    // Of what stands by several transactions one may have ended what some of them said.
    let isPart =
      isAssertion
      ? "0"
      : """
      EXISTS(SELECT 1 FROM main.life o
        WHERE o.thing = \(thing.rawValue) AND o.id = l.id AND o.tx_in < l.tx AND o.tx_out > l.tx)
      """
    query = """
      SELECT l.tx, c.id, \(isPart) FROM (\(lives)) l CROSS JOIN main.\(thing.table) c ON c.id = l.id
      WHERE NOT EXISTS(
        SELECT 1 FROM main.life o WHERE o.thing = \(thing.rawValue) AND o.id = l.id AND o.\(other) = l.tx)
      ORDER BY l.tx, \(Changed.order(thing))
      """
  }

  private static func order(_ thing: Thing) -> String {
    switch thing {
    case .statement, .denial:
      "(SELECT key FROM main.entity WHERE id = \(RecordedAs.subject("c"))), c.property, c.digest"
    case .definition: "c.kind DESC, c.key, c.digest"
    case .renaming: "c.id"
    case .citation:
      """
      (SELECT digest FROM main.statement WHERE id = c.statement), (SELECT key FROM main.entity WHERE id = c.source), \
      c.denies, \(CitationColumns.locator("c")), c.via, c.quote, c.said, c.inferred
      """
    default: "c.digest"
    }
  }
}
