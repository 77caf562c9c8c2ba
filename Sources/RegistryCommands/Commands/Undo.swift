import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let transaction = OptionalArgument("transaction", .name)
}

extension CommandDefinition {
  static let undo = CommandDefinition(
    CommandSignature(
      name: "undo", head: [Grammar.transaction.element],
      clauses: [StandardClauses.because.signature]),
    group: .transactions, effect: .transacts, summary: "Take a transaction back",
    details: """
      The newest that stands, or the one that is named; `undo` again goes on to the one before. Undoing is an edit \
      too: the history keeps both, and `redo` takes the undo back. A transaction that later ones depend on is refused, \
      and they are named.
      """,
    examples: [Example("undo", gives: #"-- t3: undid t2"#)]
  ) { (command, session) throws(Failure) in
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    if let name = command[Grammar.transaction] {
      let target = try session.transaction(name)
      return try session.revert(target, "undo \(target)", says: "undid \(target)", command, name.span)
    }
    guard let newest = try session.undoState(command.span).newestEdit else {
      throw Failures.nothingToUndo(command.span)
    }
    guard newest.author != Session.Settings.seedAuthor else {
      throw Failures.onlySeed(newest.id, command.span)
    }
    return try session.revert(newest.id, "undo \(newest.id)", says: "undid \(newest.id)", command, nil)
  }

  static let redo = CommandDefinition(
    CommandSignature(
      name: "redo", head: [Grammar.transaction.element],
      clauses: [StandardClauses.because.signature]),
    group: .transactions, effect: .transacts, summary: "Bring back what was undone",
    details: """
      What was undone last, or the transaction that is named, by its own number or by that of its undo; `redo` again \
      goes on to what was undone before. An undo on which later transactions depend is refused, and they are named.
      """,
    examples: [Example("redo", gives: #"-- t4: redid t2"#)]
  ) { (command, session) throws(Failure) in
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let state = try session.undoState(command.span)
    var found = state.newestUndo
    var place: Span?
    if let name = command[Grammar.transaction] {
      place = name.span
      let id = try session.transaction(name)
      found = state.undo(meantBy: id)
      if found == nil {
        throw Failures.notUndone(id, name.span)
      }
    }
    guard let undo = found, let undone = undo.reverts else {
      throw Failures.nothingToRedo(command.span)
    }
    return try session.revert(undo.id, "redo \(undone)", says: "redid \(undone)", command, place)
  }
}

extension Session {
  fileprivate func undoState(_ span: Span) throws(Failure) -> UndoState {
    UndoState(try storing(span) { () throws(StoreProblem) in try store.transactions(limit: Int.max) })
  }

  /// - Parameter place: where the transaction is named, if it is.
  fileprivate func revert(
    _ target: TransactionID, _ reason: String, says words: String, _ command: Invocation, _ place: Span?
  ) throws(Failure) -> Answer {
    let id = try inTransaction(reason: command.reason ?? reason, reverts: target) { () throws(Failure) in
      do throws(StoreProblem) {
        _ = try store.revert(target)
      } catch .unknownTransaction where place == nil {
        throw Failures.undoOfOpen(command.span)
      } catch {
        throw Failure(error, at: place ?? command.span)
      }
    }
    return .message((id.map { "\($0): " } ?? "") + words)
  }
}
