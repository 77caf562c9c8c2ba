internal import RegistryModel
internal import RegistryStore

/// Transactions, trials and parts of a transaction: begun, committed, dropped.
struct Transactor {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var naming: TransactionNaming { TransactionNaming(state) }
  var projector: Projector { Projector(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func begin(_ beginning: Beginning) throws(StoreProblem) {
    switch beginning {
    case .transaction(let info): try beginTransaction(info)
    case .trial(let author): try beginTrial(author: author)
    }
  }

  func rollback(_ dropping: Dropping) throws(StoreProblem) {
    switch dropping {
    case .transaction: try rollbackTransaction()
    case .trial: try endTrial()
    }
  }

  func beginTransaction(_ info: TransactionInfo) throws(StoreProblem) {
    guard state.transaction == nil else { throw .transactionOpen }
    if state.isReadOnly { throw .readOnly(location: state.location) }
    state.letGo()
    if state.isTrial {
      try state.refuseLostTrial()
      try db.run("SAVEPOINT tried")
    } else {
      try beginWriting(author: info.author)
    }
    db.isBegun = true
    state.transaction = opened(info)
    do throws(StoreProblem) {
      state.transaction?.lapsed = try SchemaReader(state).lapsed()
    } catch {
      // Nothing may stay begun of what its caller is told has not begun.
      try? rollbackTransaction()
      throw error
    }
  }

  private func opened(_ info: TransactionInfo) -> OpenTransaction {
    var info = info
    // Of it the uid is made, as it is recorded.
    if let author = db.author { info.author = author }
    return OpenTransaction(info: info)
  }

  /// Begins the next transaction of a history in the same one of the database, in which all of it is kept or nothing.
  func goOn(_ info: TransactionInfo) throws(StoreProblem) {
    try endOne()
    refreshDefinitions()
    var next = opened(info)
    next.lapsed = state.transaction?.lapsed ?? []
    state.transaction = next
  }

  /// Ends a transaction of which others follow in the same one of the database. Nothing is brought up to date for each: what
  /// waits in memory is, and what entities count as, since statements are looked for under that.
  func endOne() throws(StoreProblem) {
    guard let open = state.transaction, open.number != nil, !open.isWhole else { return }
    try truth.settle()
    try naming.nameOpen()
    state.transaction?.isWhole = true
    if !state.dirty.identities.isEmpty || state.dirty.count >= state.limits.waiting {
      try projector.flush(isLast: false)
    }
  }

  /// What is defined may change with what is said.
  private func refreshDefinitions() {
    switch state.memory.usability {
    case .none: break
    case .elsewhere: if state.transaction?.hasArrived == true { state.memory.schema = nil }
    case .here: state.memory.schema = nil
    }
  }

  /// Takes the lock of the writer.
  func beginWriting(author: String) throws(StoreProblem) {
    try warmUp()
    try db.beginWriting(asking: [state.othersQuestion, Truth.last])
    // From here on nobody else writes: what others have committed until now is noticed, and nothing later can be.
    do throws(StoreProblem) {
      try state.noticeOtherWriters()
    } catch {
      _ = try? db.rollback()
      throw error
    }
    db.tell(writer: author)
  }

  /// Reads what is true until somebody changes it, and has planned what is asked in every edit: others would wait for both.
  private func warmUp() throws(StoreProblem) {
    guard db.isFarAway, !state.isWarm else { return }
    state.isWarm = true
    try state.noticeOtherWriters()
    _ = try truth.recordedKeys()
    _ = try truth.counted(0)
    _ = try truth.findEntityID(BuiltIn.entity)
    _ = try db.integers(NameReader.named("", in: .main))
    _ = try SchemaReader(state).currentSchema()
  }

  @discardableResult
  func commit(reason: String?) throws(StoreProblem) -> TransactionID? {
    guard let transaction = state.transaction else { throw .noTransaction }
    do throws(StoreProblem) {
      if let failure = db.lost ?? transaction.failure { throw failure }
      guard let number = transaction.number else {
        try rollbackTransaction()
        return nil
      }
      if let reason {
        try db.write("UPDATE tx SET reason = ? WHERE id = ?", [.text(reason), .integer(number)])
        state.transaction?.info.reason = reason
      }
      refreshDefinitions()
      // What is restored may be of the same moment as what is there: its uid then says which counts.
      if transaction.isRestored {
        try truth.settle()
        try naming.nameOpen()
      }
      try projector.flush(isEnding: true)
      if !transaction.isRestored { try naming.nameOpen() }
      if state.isTrial {
        try db.run("RELEASE tried")
      } else {
        try db.commit(state.transaction?.identity?.uid)
      }
      // What it made and took back has its key no longer.
      if state.transaction?.content.hasTakenBack == true { state.memory.forgetEntities() }
      leaveTransaction()
      return TransactionID(number)
    } catch {
      // What could not be committed is gone as a whole; the next command finds no half-open transaction.
      let lost = db.lost
      if state.transaction != nil { try? rollbackTransaction() }
      // The way was lost before the word was given: nothing of it is kept.
      if case .connectionLost = error, let lost { throw lost }
      throw error
    }
  }

  private func rollbackTransaction() throws(StoreProblem) {
    guard state.transaction != nil else { throw .noTransaction }
    leaveTransaction()
    state.forgetUncommitted()
    if state.isTrial {
      // After a full disk or a failing one, the database has dropped all of the trial by itself.
      guard db.isInTransaction else { return }
      try db.run("ROLLBACK TO tried")
      try db.run("RELEASE tried")
    } else {
      try db.rollback()
    }
  }

  func atomically<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard state.transaction != nil else { return try body() }
    let (before, around, late) = (state.transaction, state.flushed, state.late)
    state.flushed = Dirty()
    guardingTransaction { () throws(StoreProblem) in
      try truth.settle()
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
      if let flushed = state.flushed { state.dirty.formUnion(flushed) }
      guardingTransaction { () throws(StoreProblem) in
        state.dirty.forgetFresh(after: try db.integer("SELECT max(id) FROM main.statement") ?? 0)
      }
      endPart(within: around)
      state.late = Late(
        tally: state.late.tally || late.tally, paths: state.late.paths || late.paths,
        existence: state.late.existence || late.existence, indexes: late.indexes)
      state.memory = Memory()
      if let before { state.transaction?.goBack(to: before) }
      throw error
    }
  }

  private func endPart(within around: Dirty?) {
    let inner = state.flushed
    state.flushed = around
    if let inner { state.flushed?.formUnion(inner) }
  }

  /// Keeps what goes wrong for commit to throw.
  private func guardingTransaction(_ body: () throws(StoreProblem) -> Void) {
    guard state.transaction?.failure == nil, db.lost == nil else { return }
    do throws(StoreProblem) { try body() } catch { state.transaction?.failure = error }
  }

  private func leaveTransaction() {
    state.transaction = nil
    db.isBegun = false
    if state.isCacheWide {
      state.isCacheWide = false
      // Where it fails the session only keeps more memory.
      _ = try? db.keepPages(.usual)
    }
    state.flushed = nil
  }
}
