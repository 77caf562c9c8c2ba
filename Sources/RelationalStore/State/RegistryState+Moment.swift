internal import RegistryStore

extension RegistryState {
  /// Forgets what was read where another connection has written since.
  func noticeOtherWriters() throws(StoreProblem) {
    // Nobody else writes beside an open transaction, whose beginning noticed what was written before.
    if transaction != nil, memory.dataVersion >= 0 { return }
    // Nor is anything seen of it beside what is held.
    if isHeld, hasNoticed { return }
    let version = try db.dataVersion()
    hasNoticed = isHeld
    guard version != memory.dataVersion else { return }
    // Nothing was read before.
    guard memory.dataVersion >= 0 else {
      if db.isFarAway { memory.lastTransaction = try db.integer("SELECT coalesce(max(id), 0) FROM main.tx") }
      return memory.dataVersion = version
    }
    let known = memory.lastTransaction
    let row = try db.rows(othersQuestion)
    var last: Int64 = 0
    var changed: Set<Thing> = []
    while try row.next() {
      if let thing = Thing(rawValue: row.integer(0)) { changed.insert(thing) } else { last = row.integer(1) }
    }
    if let known, known <= last { memory = memory.remaining(after: changed) } else { memory = Memory() }
    memory.dataVersion = version
    memory.lastTransaction = last
  }

  /// In one question how many transactions there are, and what those that are new asserted or ended besides statements and
  /// what cites them.
  var othersQuestion: SQLQuestion {
    SQLQuestion(
      """
      SELECT 0, coalesce(max(id), 0) FROM main.tx
      UNION ALL SELECT DISTINCT thing, 0 FROM main.life WHERE tx_in > ?1
      UNION ALL SELECT DISTINCT thing, 0 FROM main.life WHERE tx_out > ?1 AND tx_out < \(openEnd)
      """, [.integer(memory.lastTransaction ?? .max)])
  }

  /// Ends what ``Transactor/atOneMoment(_:)`` holds. Tables made in `temp` stay, so it is a commit, of nothing else.
  func letGo() {
    guard isHeld else { return }
    isHeld = false
    hasNoticed = false
    if db.isInTransaction { _ = try? db.commit() }
  }

  /// After the database dropped the transaction by itself: what is read from now on is what was committed before.
  func forgetLost() {
    guard transaction?.isForgotten == false else { return }
    transaction?.isForgotten = true
    forgetUncommitted()
  }

  func forgetUncommitted() {
    dirty = Dirty()
    flushed = nil
    late = Late()
    memory = Memory()
  }

  /// Where the database has dropped all of a trial by itself, a part begun now would be kept.
  func refuseLostTrial() throws(StoreProblem) {
    if isTrial, !db.isInTransaction { throw .transactionLost(because: "the trial was dropped") }
  }
}
