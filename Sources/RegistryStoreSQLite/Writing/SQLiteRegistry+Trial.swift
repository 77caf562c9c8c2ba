internal import RegistryStore

/// Carrying out and keeping nothing: one transaction of SQLite's around all of the registry's, which become parts of it.
extension SQLiteRegistry {
  func beginTrial(author: String) throws(StoreProblem) {
    guard open == nil, !isTrial else { throw .transactionOpen }
    if options.readOnly { throw .readOnly(location: location) }
    letGo()
    try beginWriting(author: author)
    isTrial = true
  }

  func endTrial() throws(StoreProblem) {
    guard isTrial else { throw .noTransaction }
    if open != nil { try rollback(.transaction) }
    isTrial = false
    WriterNote.remove(beside: location)
    forgetUncommitted()
    // After a full disk or a failing one, SQLite has rolled back by itself.
    if !db.isAutocommit { try db.run("ROLLBACK") }
  }

  /// Where SQLite has dropped all of a trial by itself, a part begun now would be kept.
  func refuseLostTrial() throws(StoreProblem) {
    if isTrial, db.isAutocommit { throw .transactionLost(because: "the trial was dropped") }
  }
}
