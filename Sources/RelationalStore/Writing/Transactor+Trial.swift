internal import RegistryStore

/// Carrying out and keeping nothing: one transaction of the database around all of the registry's, which become parts of it.
extension Transactor {
  func beginTrial(author: String) throws(StoreProblem) {
    guard state.transaction == nil, !state.isTrial else { throw .transactionOpen }
    if state.isReadOnly { throw .readOnly(location: state.location) }
    state.letGo()
    try beginWriting(author: author)
    state.isTrial = true
  }

  func endTrial() throws(StoreProblem) {
    guard state.isTrial else { throw .noTransaction }
    if state.transaction != nil { try rollback(.transaction) }
    state.isTrial = false
    state.forgetUncommitted()
    try db.rollback()
  }
}
