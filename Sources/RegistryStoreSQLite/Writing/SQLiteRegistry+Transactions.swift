public import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  public var state: WritingState {
    WritingState(
      transaction: open.map { .init(id: $0.number.map(TransactionID.init)) }, isInTrial: isTrial)
  }

  public func begin(_ beginning: Beginning) throws(StoreProblem) {
    switch beginning {
    case .transaction(let info): try beginTransaction(info)
    case .trial(let author): try beginTrial(author: author)
    }
  }

  public func rollback(_ dropping: Dropping) throws(StoreProblem) {
    switch dropping {
    case .transaction: try rollbackTransaction()
    case .trial: try endTrial()
    }
  }

  func beginTransaction(_ info: TransactionInfo) throws(StoreProblem) {
    guard open == nil else { throw .transactionOpen }
    if options.readOnly { throw .readOnly(location: location) }
    letGo()
    if isTrial {
      try refuseLostTrial()
      try db.run("SAVEPOINT tried")
    } else {
      try beginWriting(author: info.author)
    }
    db.isBegun = true
    open = OpenTransaction(info: info)
  }

  /// Takes the lock of the writer.
  func beginWriting(author: String) throws(StoreProblem) {
    try db.run("BEGIN IMMEDIATE")
    // From here on nobody else writes: what others have committed until now is noticed, and nothing later can be.
    do throws(StoreProblem) {
      try noticeOtherWriters()
    } catch {
      _ = try? db.run("ROLLBACK")
      throw error
    }
    WriterNote.write(author: author, beside: location)
  }

  @discardableResult
  public func commit(reason: String?) throws(StoreProblem) -> TransactionID? {
    guard let transaction = open else { throw .noTransaction }
    do throws(StoreProblem) {
      if let failure = db.lost ?? transaction.failure { throw failure }
      guard let number = transaction.number else {
        try rollbackTransaction()
        return nil
      }
      if let reason {
        try db.run("UPDATE tx SET reason = ? WHERE id = ?", [.text(reason), .integer(number)])
      }
      try flush()
      if isTrial {
        try db.run("RELEASE tried")
      } else {
        WriterNote.remove(beside: location)
        try db.run("COMMIT")
      }
      leaveTransaction()
      return TransactionID(number)
    } catch {
      // What could not be committed is gone as a whole; the next command finds no half-open transaction.
      if open != nil { try? rollbackTransaction() }
      throw error
    }
  }

  private func rollbackTransaction() throws(StoreProblem) {
    guard open != nil else { throw .noTransaction }
    leaveTransaction()
    forgetUncommitted()
    // After a full disk or a failing one, SQLite has rolled back by itself.
    guard !db.isAutocommit else { return }
    if isTrial {
      try db.run("ROLLBACK TO tried")
      try db.run("RELEASE tried")
    } else {
      try db.run("ROLLBACK")
    }
  }

  public func atomically<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard open != nil else { return try body() }
    let (before, around, late) = (open, flushed, late)
    flushed = Dirty()
    guardingTransaction { () throws(StoreProblem) in
      try settle()
      try db.run("SAVEPOINT part")
    }
    do throws(Failure) {
      let result = try body()
      guardingTransaction { () throws(StoreProblem) in try db.run("RELEASE part") }
      endPart(within: around)
      return result
    } catch {
      guardingTransaction { () throws(StoreProblem) in
        try db.run("ROLLBACK TO part")
        try db.run("RELEASE part")
      }
      // The projections are as they were when the part began: what was brought up to date since is to be so again.
      // What the part itself edited is in there too, and is found not to exist.
      if let flushed { dirty.formUnion(flushed) }
      guardingTransaction { () throws(StoreProblem) in
        dirty.forgetFresh(after: try db.integer("SELECT max(id) FROM main.statement") ?? 0)
      }
      endPart(within: around)
      self.late = Late(
        tally: self.late.tally || late.tally, paths: self.late.paths || late.paths,
        existence: self.late.existence || late.existence, indexes: late.indexes)
      memory = Memory()
      if let before { open?.goBack(to: before) }
      throw error
    }
  }

  private func endPart(within around: Dirty?) {
    let inner = flushed
    flushed = around
    if let inner { flushed?.formUnion(inner) }
  }

  /// Keeps what goes wrong for commit to throw.
  private func guardingTransaction(_ body: () throws(StoreProblem) -> Void) {
    guard open?.failure == nil, db.lost == nil else { return }
    do throws(StoreProblem) { try body() } catch { open?.failure = error }
  }

  private func leaveTransaction() {
    open = nil
    db.isBegun = false
    if isCacheWide {
      isCacheWide = false
      // Where it fails the session only keeps more memory.
      _ = try? db.run("PRAGMA main.cache_size = -\(Self.usualCache)")
    }
    flushed = nil
    if !isTrial { WriterNote.remove(beside: location) }
  }

  /// After SQLite dropped the transaction by itself: what is read from now on is what was committed before.
  func forgetLost() {
    guard open?.isForgotten == false else { return }
    open?.isForgotten = true
    forgetUncommitted()
  }

  func forgetUncommitted() {
    dirty = Dirty()
    flushed = nil
    late = Late()
    memory = Memory()
  }

  /// The number of the open transaction, which is recorded with its first change.
  func transactionNumber() throws(StoreProblem) -> Int64 {
    guard let transaction = open else { throw .noTransaction }
    if let lost = db.lost { throw lost }
    if let number = transaction.number { return number }
    let info = transaction.info
    try db.run(
      "INSERT INTO tx(at, author, reason, tool) VALUES (?, ?, ?, ?)",
      [.text(info.at), .text(info.author), SQL(info.reason), .text(info.tool)])
    let number = db.lastInsertedID
    open?.number = number
    if let reverted = info.reverts { try recordReversal(of: reverted.number, by: number) }
    return number
  }

  func recordReversal(of reverted: Int64, by number: Int64) throws(StoreProblem) {
    try db.run(
      "INSERT INTO reversal(tx, reverted) SELECT ?, id FROM tx WHERE id = ? ON CONFLICT DO NOTHING",
      [.integer(number), .integer(reverted)])
  }
}
