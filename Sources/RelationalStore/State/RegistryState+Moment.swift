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
    if memory.dataVersion >= 0 { memory = Memory() }
    memory.dataVersion = version
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
