import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let begin = CommandDefinition(
    CommandSignature(name: "begin", head: [.optional("reason", .text)]),
    group: .transactions, effect: .transacts, summary: "Open a transaction",
    details: "What follows becomes one edit at `commit`, or nothing at `rollback`; reading sees it at once.",
    examples: [
      Example(
        #"begin "what if Japan leaves""#, gives: #"-- begun; commit keeps what follows, rollback drops it"#)
    ]
  ) { (command, session) throws(Failure) in
    var reason: String?
    if case .text(let word)? = command.arguments["reason"] { reason = word.content }
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let info = session.transactionInfo(reason: reason)
    try storing(command.span) { () throws(StoreProblem) in try session.store.begin(info) }
    session.transaction = Session.OpenTransaction(reason: reason, edits: 0)
    return .message("begun; commit keeps what follows, rollback drops it")
  }

  static let commit = CommandDefinition(
    CommandSignature(name: "commit"), group: .transactions, effect: .transacts,
    summary: "Keep the open transaction",
    examples: []
  ) { (command, session) throws(Failure) in
    guard session.transaction != nil else { throw Failure(.noTransaction, at: command.span) }
    let id = try storing(command.span) { () throws(StoreProblem) in try session.store.commit() }
    session.transaction = nil
    return .message(id.map { "\($0): committed" } ?? "nothing had changed")
  }

  static let rollback = CommandDefinition(
    CommandSignature(name: "rollback"), group: .transactions, effect: .transacts,
    summary: "Drop the open transaction",
    examples: []
  ) { (command, session) throws(Failure) in
    guard session.transaction != nil else { throw Failure(.noTransaction, at: command.span) }
    try storing(command.span) { () throws(StoreProblem) in try session.store.rollback() }
    session.transaction = nil
    return .message("rolled back")
  }

  static let undo = CommandDefinition(
    CommandSignature(
      name: "undo", head: [.optional("transaction", .name)], clauses: [StandardClauses.because]),
    group: .transactions, effect: .transacts, summary: "Take a transaction back",
    details: """
      The newest, or the one that is named. Undoing is an edit too: the history keeps both, and the undo can be undone. \
      A transaction that later ones depend on is refused, and they are named.
      """,
    examples: [Example("undo", gives: #"-- t3: undid t2"#)]
  ) { (command, session) throws(Failure) in
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let target: TransactionID
    var place = command.span
    if case .name(let name)? = command.arguments["transaction"] {
      target = try session.transaction(name)
      place = name.span
    } else {
      let newest = try session.newestUndoable(command.span)
      guard newest.author != Session.Settings.seedAuthor else {
        throw Failures.onlySeed(newest.id, command.span)
      }
      target = newest.id
    }
    var reason: String?
    if case .text(let word)? = command.clause("because")?.argument { reason = word.content }
    let id = try session.inTransaction(reason: reason ?? "undo \(target)", reverts: target) {
      () throws(Failure) in
      do throws(StoreProblem) {
        _ = try session.store.revert(target)
      } catch .unknownTransaction where command.arguments["transaction"] == nil {
        throw Failures.undoOfOpen(command.span)
      } catch {
        throw Failure(error, at: place)
      }
    }
    return .message((id.map { "\($0): " } ?? "") + "undid \(target)")
  }
}

extension Session {
  /// The newest transaction that is neither an undo nor undone.
  fileprivate func newestUndoable(_ span: Span) throws(Failure) -> Transaction {
    let all = try storing(span) { () throws(StoreProblem) in try store.transactions(limit: 10_000) }
    let reverted = Set(all.compactMap(\.reverts))
    // An undone undo stands again, and so does what it had undone.
    let standing = all.filter { !reverted.contains($0.id) }
    let undone = Set(standing.compactMap(\.reverts))
    guard let newest = all.first(where: { $0.reverts == nil && !undone.contains($0.id) }) else {
      throw Failures.notHere("there is nothing to undo", "list transactions shows what was done", span)
    }
    return newest
  }
}
