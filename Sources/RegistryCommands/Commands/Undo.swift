import CommandLanguage
import RegistryModel
import RegistryRules
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
      Without a number, the newest of your own edits that stands: who made it, when, why and what it did is shown, and \
      you are asked; `undo` again goes on to the one before. What somebody else recorded takes its number, and so does \
      every undo in a script. Undoing is an edit too: the history keeps both, and `redo` takes the undo back. A transaction \
      that later ones depend on is refused, and they are named.
      """,
    examples: [Example("undo", gives: #"-- t3: undid t2"#)]
  ) { (command, session) throws(Failure) in
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    if let name = command[Grammar.transaction] {
      let target = try session.transaction(name)
      return try session.revert(target, .undo, of: target, command, name.span)
    }
    let state = try session.undoState(command.span)
    guard let newest = state.newestEdit(by: session.settings.author) else {
      guard let other = state.newestEdit(by: nil) else { throw Failures.nothingToUndo(command.span) }
      guard other.author != Session.Settings.seedAuthor else {
        throw Failures.onlySeed(other.id, command.span)
      }
      throw Failures.nothingOfYours(.undo, try session.words(of: other), other.id, command.span)
    }
    guard newest.id != session.store.state.transaction?.id else { throw Failures.undoOfOpen(command.span) }
    guard try session.isWanted(.undo, newest, newest.id, command) else {
      return .message("nothing was undone")
    }
    return try session.revert(newest.id, .undo, of: newest.id, command, nil)
  }

  static let redo = CommandDefinition(
    CommandSignature(
      name: "redo", head: [Grammar.transaction.element],
      clauses: [StandardClauses.because.signature]),
    group: .transactions, effect: .transacts, summary: "Bring back what was undone",
    details: """
      Without a number, what you undid last: it is shown, and you are asked. Or the transaction that is named, by its own \
      number or by that of its undo, as a script must; `redo` again goes on to what was undone before. An undo on which \
      later transactions depend is refused, and they are named.
      """,
    examples: [Example("redo", gives: #"-- t4: redid t2"#)]
  ) { (command, session) throws(Failure) in
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let state = try session.undoState(command.span)
    if let name = command[Grammar.transaction] {
      let id = try session.transaction(name)
      guard let undo = state.undo(meantBy: id), let undone = undo.reverts else {
        throw Failures.notUndone(id, name.span)
      }
      return try session.revert(undo.id, .redo, of: undone, command, name.span)
    }
    guard let undo = state.newestUndo(by: session.settings.author), let undone = undo.reverts else {
      guard let other = state.newestUndo(by: nil), let undone = other.reverts else {
        throw Failures.nothingToRedo(command.span)
      }
      throw Failures.nothingOfYours(.redo, try session.words(of: other), undone, command.span)
    }
    let edit = try session.transaction(undone, command.span)
    guard try session.isWanted(.redo, edit, undone, command) else { return .message("nothing was redone") }
    return try session.revert(undo.id, .redo, of: undone, command, nil)
  }
}

/// Taking back an edit, or that it was taken back.
enum Reversal: String {
  case undo, redo

  var past: String { self == .undo ? "undid" : "redid" }
  var question: String { self == .undo ? "take this back?" : "bring this back?" }
  var does: String { self == .undo ? "takes back" : "brings back" }
}

extension Session {
  fileprivate func undoState(_ span: Span) throws(Failure) -> UndoState {
    UndoState(try storing(span) { () throws(StoreProblem) in try store.transactions(limit: Int.max) })
  }

  fileprivate func transaction(_ id: TransactionID, _ span: Span) throws(Failure) -> Transaction {
    let found = try storing(span) { () throws(StoreProblem) in try store.transaction(id) }
    guard let found else { throw Failure(.unknownTransaction(id), at: span) }
    return found
  }

  /// Whether who types wants the transaction that no number names to be taken back, or brought back; in a script nobody
  /// can be asked.
  fileprivate func isWanted(
    _ reversal: Reversal, _ edit: Transaction, _ id: TransactionID, _ command: Invocation
  ) throws(Failure) -> Bool {
    let words = try words(of: edit)
    guard let confirm, depth <= 1 else { throw Failures.unnamedReversal(reversal, words, id, command.span) }
    return confirm(words, reversal.question)
  }

  /// What a transaction is, in a few lines: whose, when and why, and the first of what it changed.
  func words(of transaction: Transaction) throws(Failure) -> String {
    let time = transaction.at.prefix(16).replacing("T", with: " ")
    let reason = transaction.shortReason.map { ": \($0)" } ?? ""
    let changes = try changeRows(of: transaction.id, limit: 3)
    var lines = ["\(transaction.id) by \(transaction.author), \(time)\(reason)"]
    lines += changes.rows.map { "  \($0.line)" }
    if changes.isCut { lines.append("  in all: \(try changeWords(of: transaction.id))") }
    return lines.joined(separator: "\n")
  }

  /// - Parameters:
  ///   - target: what is taken back.
  ///   - edit: the edit that this takes back or brings back.
  ///   - place: where the transaction is named, if it is.
  fileprivate func revert(
    _ target: TransactionID, _ reversal: Reversal, of edit: TransactionID, _ command: Invocation,
    _ place: Span?
  ) throws(Failure) -> Answer {
    let author = try storing(place) { () throws(StoreProblem) in try store.transaction(edit)?.author }
    let reason = command.reason ?? "\(reversal) \(edit)"
    let id = try inTransaction(reason: reason, reverts: target) { () throws(Failure) in
      do throws(StoreProblem) {
        try store.apply(.revert(target))
      } catch .unknownTransaction where place == nil {
        throw Failures.undoOfOpen(command.span)
      } catch {
        throw Failure(error, at: place ?? command.span)
      }
    }
    let whose = author.flatMap { $0 == settings.author ? nil : ", by \($0)" } ?? ""
    return .message((id.map { "\($0): " } ?? "") + "\(reversal.past) \(edit)\(whose)")
  }
}
