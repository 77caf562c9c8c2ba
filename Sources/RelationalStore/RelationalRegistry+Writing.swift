public import RegistryModel
public import RegistryStore

extension RelationalRegistry {
  public var state: WritingState {
    WritingState(
      transaction: shared.transaction.map { .init(id: $0.number.map(TransactionID.init)) },
      isInTrial: shared.isTrial)
  }

  public func begin(_ beginning: Beginning) throws(StoreProblem) { try Transactor(shared).begin(beginning) }

  @discardableResult
  public func apply(_ edit: Edit) throws(StoreProblem) -> EditOutcome { try Editor(shared).apply(edit) }

  public func atomically<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Transactor(shared).atomically(body)
  }

  @discardableResult
  public func commit(reason: String?) throws(StoreProblem) -> TransactionID? {
    try Transactor(shared).commit(reason: reason)
  }

  public func rollback(_ dropping: Dropping) throws(StoreProblem) {
    try Transactor(shared).rollback(dropping)
  }
}
