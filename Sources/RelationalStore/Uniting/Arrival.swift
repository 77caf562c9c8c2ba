internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Takes transactions of another registry, all of them in one transaction of the database.
///
/// They get the next numbers here. A thing may be asserted by several of them at once, and stands until each of these
/// assertions was ended by somebody who saw it.
struct Arrival {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var handover: Handover { Handover(state) }
  private var projector: Projector { Projector(state) }
  private var restorer: Restorer { Restorer(state) }
  private var transactor: Transactor { Transactor(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func unite(
    with other: any RegistryUniting, author: String, arrived: String
  ) throws(StoreProblem) -> [TransactionID] {
    guard state.transaction == nil else { throw .transactionOpen }
    guard try !missing(of: other).isEmpty else { return [] }
    try transactor.beginTransaction(
      TransactionInfo(author: author, reason: nil, tool: "", at: arrived))
    do throws(StoreProblem) {
      // Another session may have brought some of them before this one could write.
      let missing = try missing(of: other)
      guard !missing.isEmpty else {
        try transactor.rollback(.transaction)
        return []
      }
      var numbers: [TransactionID] = []
      // What the other hands over is told by a closure that cannot throw.
      var failure: StoreProblem?
      try other.handOver(Set(missing)) { change in
        do throws(StoreProblem) {
          if case .transaction(let transaction, let undone) = change {
            numbers.append(try begin(transaction, undone, arrived: arrived))
          } else {
            try take(change)
          }
          return true
        } catch {
          failure = error
          return false
        }
      }
      if let failure { throw failure }
      try transactor.endOne()
      guard numbers.count == missing.count else {
        throw .failed("the other registry did not hand over all that it has")
      }
      // What came may use what was taken back here.
      state.memory.schema = nil
      try projector.flush()
      _ = try transactor.commit(reason: nil)
      return numbers
    } catch {
      if state.transaction != nil { try? transactor.rollback(.transaction) }
      throw error
    }
  }

  /// The transactions that the other has and this one has not.
  private func missing(of other: any RegistryUniting) throws(StoreProblem) -> [String] {
    let known = Set(try handover.identities().map(\.uid))
    return try other.identities().map(\.uid).filter { !known.contains($0) }
  }

  // MARK: Transactions

  /// - Returns: the number that a transaction has here.
  private func begin(
    _ transaction: Transaction, _ undone: [String], arrived: String
  ) throws(StoreProblem) -> TransactionID {
    try transactor.endOne()
    guard let identity = try truth.tested(transaction.identity, of: transaction.id) else {
      throw .failed("a transaction has no uid")
    }
    try db.run(
      """
      INSERT INTO main.tx(at, author, reason, tool, origin, number, clock, arrived) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(transaction.at), .text(transaction.author), SQL(transaction.reason), .text(transaction.tool),
        .integer(try truth.originRow(identity.origin)), .integer(identity.number), .integer(identity.clock),
        .text(arrived),
      ])
    let number = db.lastInsertedID
    // A copy of this file went on by itself: from here on the two are told apart.
    if identity.origin == (try truth.knownOrigin()?.text) { try truth.drawOrigin() }
    var open = OpenTransaction(
      info: TransactionInfo(
        author: transaction.author, reason: transaction.reason, tool: transaction.tool, at: transaction.at))
    open.number = number
    open.lapsed = state.transaction?.lapsed ?? []
    open.identity = identity
    open.expectedUID = identity.uid
    state.transaction = open
    for uid in undone { try truth.recordReversal(of: try known(uid), by: number) }
    return TransactionID(number)
  }

  /// The number here of a transaction.
  private func known(_ uid: String) throws(StoreProblem) -> Int64 {
    guard let number = try db.integer("SELECT id FROM main.tx WHERE uid = ?", [.text(uid)]) else {
      throw .failed("the transaction \(uid) is not here")
    }
    return number
  }

  // MARK: Changes

  private func take(_ change: HandedChange) throws(StoreProblem) {
    switch change {
    case .transaction: break
    case .asserted(let handed):
      if case .claim(let statement) = handed.content, try restorer.claimNew(statement) { return }
      let (thing, row) = try restorer.arrivedRow(handed, asserts: true)
      if row.isNew, thing == .citation {
        try truth.touch(thing, row.id)
      } else {
        try truth.assertToo(thing, row.id)
      }
    case .ended(let handed, let seen):
      let (thing, row) = try restorer.arrivedRow(handed, asserts: false)
      for uid in seen { try truth.end(thing, row.id, begunBy: try known(uid)) }
    }
  }
}
