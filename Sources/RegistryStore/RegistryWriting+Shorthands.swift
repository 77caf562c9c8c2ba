public import RegistryModel

/// Shorter ways to say what is asked often.
extension RegistryWriting {
  /// Whether a transaction is open.
  public var isInTransaction: Bool { state.transaction != nil }

  /// Whether a trial has begun and not ended.
  public var isInTrial: Bool { state.isInTrial }

  /// Carries out edits one after the other; those before one that cannot be stay.
  /// - Returns: what each did.
  @discardableResult
  public func apply(_ edits: [PreparedEdit]) throws(StoreProblem) -> [EditOutcome] {
    if let store = self as? any PreparedWriting { return try store.applyPrepared(edits) }
    var outcomes: [EditOutcome] = []
    for edit in edits { outcomes.append(try apply(edit.edit)) }
    return outcomes
  }

  /// Opens a transaction.
  public func begin(_ info: TransactionInfo) throws(StoreProblem) { try begin(.transaction(info)) }

  /// Ends the transaction with the reason that it began with.
  @discardableResult
  public func commit() throws(StoreProblem) -> TransactionID? { try commit(reason: nil) }

  /// Drops what the open transaction wrote.
  public func rollback() throws(StoreProblem) { try rollback(.transaction) }
}

extension RegistryStore {
  /// Whether what is being read shall end: see ``StoreHooks/isInterrupted``.
  public var isInterrupted: (() -> Bool)? {
    get { hooks.isInterrupted }
    set { hooks.isInterrupted = newValue }
  }

  /// Who is told that another writer is waited for: see ``StoreHooks/onWait``.
  public var onWait: ((StoreProblem) -> Void)? {
    get { hooks.onWait }
    set { hooks.onWait = newValue }
  }
}
