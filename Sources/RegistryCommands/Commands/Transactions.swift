import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let reason = OptionalArgument("reason", .text)
}

extension CommandDefinition {
  /// The reason that a `begin` gives to what stands behind it.
  static func reason(ofBegin command: CommandSyntax) throws(Failure) -> String? {
    try Invocation(command, by: begin.signature)[Grammar.reason]?.content
  }

  static let begin = CommandDefinition(
    CommandSignature(name: "begin", head: [Grammar.reason.element]),
    group: .transactions, effect: .transacts, summary: "Open a transaction",
    details: "What follows becomes one edit at `commit`, or nothing at `rollback`; reading sees it at once.",
    examples: [
      Example(
        #"begin "what if Japan leaves""#, gives: #"-- begun; commit keeps what follows, rollback drops it"#)
    ]
  ) { (command, session) throws(Failure) in
    let reason = command[Grammar.reason]?.content
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    try session.transactor.begin(session.transactionInfo(reason: reason), command.span)
    session.transactor.open = Session.OpenTransaction(reason: reason, edits: 0)
    return .message("begun; commit keeps what follows, rollback drops it")
  }

  static let commit = CommandDefinition(
    CommandSignature(name: "commit"), group: .transactions, effect: .transacts,
    summary: "Keep the open transaction",
    examples: []
  ) { (command, session) throws(Failure) in
    guard session.transactor.open != nil else { throw Failure(.noTransaction, at: command.span) }
    // What could not be kept is gone, and the transaction with it.
    defer { if !session.store.isInTransaction { session.transactor.open = nil } }
    let id = try session.transactor.commit(command.span)
    session.transactor.open = nil
    session.fullText.completeAfterCommit()
    return .message(id.map { "\($0): committed" } ?? "nothing had changed")
  }

  static let rollback = CommandDefinition(
    CommandSignature(name: "rollback"), group: .transactions, effect: .transacts,
    summary: "Drop the open transaction",
    examples: []
  ) { (command, session) throws(Failure) in
    guard session.transactor.open != nil else { throw Failure(.noTransaction, at: command.span) }
    try storing(command.span) { () throws(StoreProblem) in try session.store.rollback() }
    session.transactor.open = nil
    return .message("rolled back")
  }
}
