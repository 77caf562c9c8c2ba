internal import RegistryModel
internal import RegistryStore

extension Truth {
  /// Writes among which rows those are that the open transaction asserted by themselves.
  func settle() throws(StoreProblem) {
    guard let number = state.transaction?.number, let ranges = unsettled(number) else { return }
    try db.write("UPDATE main.tx SET \(Self.ranges) WHERE id = ?", ranges + [.integer(number)])
    state.transaction?.isSettled = true
  }

  static let ranges = "first_statement = ?, last_statement = ?, first_citation = ?, last_citation = ?"

  /// What ``ranges`` are of the open transaction, where they are not written; nil of another.
  func unsettled(_ number: Int64) -> [SQL]? {
    guard let open = state.transaction, open.number == number, !open.isSettled else { return nil }
    return [
      SQL(open.statements?.lowerBound), SQL(open.statements?.upperBound), SQL(open.citations?.lowerBound),
      SQL(open.citations?.upperBound),
    ]
  }

  /// The last transaction of a point in the registry's history; 0 before the first.
  func number(of point: RecordedPoint) throws(StoreProblem) -> Int64 {
    switch point {
    case .transaction(let id): return id.number
    case .date(let date):
      return try db.integer(
        "SELECT coalesce(max(id), 0) FROM tx WHERE substr(coalesce(arrived, at), 1, 10) <= ?",
        [.text(date.latest.isoText)]) ?? 0
    }
  }

  /// The number of the open transaction, which is recorded with its first change.
  func transactionNumber() throws(StoreProblem) -> Int64 {
    guard state.transaction != nil else { throw .noTransaction }
    if let lost = db.lost { throw lost }
    // Asked for with every edit: the whole transaction is long to copy.
    if let number = state.transaction?.number { return number }
    guard let info = state.transaction?.info else { throw .noTransaction }
    let known = try lastKnown()
    let origin = if let own = known.own { own } else { try drawOrigin() }
    guard max(known.number, known.clock) < TransactionIdentity.last else {
      throw .damaged(location: state.location, reason: "its transactions are numbered as far as numbers go")
    }
    let identity = TransactionIdentity(
      origin: origin.text, number: known.number + 1,
      clock: Clock.reading(at: info.at, after: known.clock), uid: "")
    try db.write(
      "INSERT INTO tx(at, author, reason, tool, origin, number, clock) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        .text(info.at), .text(info.author), SQL(info.reason), .text(info.tool), .integer(origin.row),
        .integer(identity.number), .integer(identity.clock),
      ])
    let number = db.lastInsertedID
    state.transaction?.number = number
    state.transaction?.identity = identity
    if let reverted = info.reverts { try recordReversal(of: reverted.number, by: number) }
    return number
  }

  func recordReversal(of reverted: Int64, by number: Int64) throws(StoreProblem) {
    state.transaction?.hasReversals = true
    try db.write(
      "INSERT INTO reversal(tx, reverted) SELECT ?, id FROM tx WHERE id = ? ON CONFLICT DO NOTHING",
      [.integer(number), .integer(reverted)])
  }

  /// What the next transaction is numbered after: the last number of this registry's own origin, if one was drawn, and the
  /// last clock of any.
  private func lastKnown() throws(StoreProblem) -> (
    own: (row: Int64, text: String)?, number: Int64, clock: Int64
  ) {
    let row = try db.rows(Self.last)
    _ = try row.next()
    guard let own = row.optionalInteger(1) else { return (nil, 0, row.integer(0)) }
    state.memory.ownOrigin = (own, row.text(2))
    return (state.memory.ownOrigin, row.integer(3), row.integer(0))
  }

  /// What asks for it, with every transaction.
  static let last = SQLQuestion(
    """
    SELECT coalesce((SELECT max(clock) FROM main.tx), 0), o.id, o.text,
      coalesce((SELECT max(number) FROM main.tx WHERE origin = o.id), 0)
    FROM (SELECT 1 AS one) n LEFT JOIN main.origin o ON o.id = (SELECT max(id) FROM main.origin WHERE own = 1)
    """, [])

  /// The row of this registry's own origin, which is drawn with its first transaction; nothing where none was.
  func knownOrigin() throws(StoreProblem) -> (row: Int64, text: String)? {
    if let known = state.memory.ownOrigin { return known }
    let row = try db.rows("SELECT id, text FROM main.origin WHERE own = 1 ORDER BY id DESC LIMIT 1")
    if try row.next() { state.memory.ownOrigin = (row.integer(0), row.text(1)) }
    return state.memory.ownOrigin
  }

  /// Draws another own origin, by which what is made from here on is told from what copies of this registry made.
  @discardableResult
  func drawOrigin() throws(StoreProblem) -> (row: Int64, text: String) {
    var drawn = SystemRandomNumberGenerator()
    let text = contentDigest((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &drawn) })
    let row = try originRow(text, isOwn: true)
    // A server draws another for whom it does not trust.
    let kept = try db.rows("SELECT text FROM main.origin WHERE id = ?", [.integer(row)])
    let origin = (row, try kept.next() ? kept.text(0) : text)
    state.memory.ownOrigin = origin
    return origin
  }

  /// The row of an origin; it is written where it is not there.
  func originRow(_ text: String, isOwn: Bool = false) throws(StoreProblem) -> Int64 {
    if let known = try db.integer("SELECT id FROM main.origin WHERE text = ?", [.text(text)]) { return known }
    try db.run("INSERT INTO main.origin(text, own) VALUES (?, ?)", [.text(text), SQL(isOwn)])
    return db.lastInsertedID
  }
}
