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
    examples: [
      Example(
        "undo", gives: #"-- t3: undid t2"#,
        after: [
          #"claim forge.chair = KOR through 2026-06 citing clash quote "with South Korea chairing it through June""#
        ])
    ]
  ) { (command, session) throws(Failure) in
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let reverser = Reverser(session: session, command: command)
    if let name = command[Grammar.transaction] {
      let target = try session.interpreter.names.transaction(name)
      guard try reverser.isWantedOfOther(target) else { return .declined("nothing was undone") }
      return try reverser.revert(target, .undo, of: target, name.span)
    }
    let state = try reverser.state()
    guard let newest = state.newestEdit(by: session.settings.author) else {
      guard let other = state.newestEdit(by: nil) else { throw Failures.nothingToUndo(command.span) }
      guard other.author != Session.Settings.seedAuthor else {
        throw Failures.onlySeed(other.id, command.span)
      }
      throw Failures.nothingOfYours(
        .undo, try session.interpreter.changeReader.words(of: other), other.id, command.span)
    }
    guard newest.id != session.store.state.transaction?.id else { throw Failures.undoOfOpen(command.span) }
    guard try reverser.isWanted(.undo, newest, newest.id) else {
      return .declined("nothing was undone")
    }
    return try reverser.revert(newest.id, .undo, of: newest.id, nil)
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
    examples: [
      Example(
        "redo", gives: #"-- t4: redid t2"#,
        after: [
          #"claim forge.chair = KOR through 2026-06 citing clash quote "with South Korea chairing it through June""#,
          "undo",
        ])
    ]
  ) { (command, session) throws(Failure) in
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let reverser = Reverser(session: session, command: command)
    let state = try reverser.state()
    if let name = command[Grammar.transaction] {
      let id = try session.interpreter.names.transaction(name)
      guard let undo = state.undo(meantBy: id), let undone = undo.reverts else {
        throw Failures.notUndone(id, name.span)
      }
      guard !state.isTakenBack(undo.id) else { throw Failures.notUndone(undone, name.span) }
      return try reverser.revert(undo.id, .redo, of: undone, name.span)
    }
    guard let undo = state.newestUndo(by: session.settings.author), let undone = undo.reverts else {
      guard let other = state.newestUndo(by: nil), let undone = other.reverts else {
        throw Failures.nothingToRedo(command.span)
      }
      throw Failures.nothingOfYours(
        .redo, try session.interpreter.changeReader.words(of: other), undone, command.span)
    }
    let edit = try reverser.transaction(undone)
    guard try reverser.isWanted(.redo, edit, undone) else { return .declined("nothing was redone") }
    return try reverser.revert(undo.id, .redo, of: undone, nil)
  }
}

/// Taking back an edit, or that it was taken back.
enum Reversal: String {
  case undo, redo

  var past: String { self == .undo ? "undid" : "redid" }
  var question: String { self == .undo ? "take this back?" : "bring this back?" }
  var does: String { self == .undo ? "takes back" : "brings back" }
}

/// Takes a transaction back, or that it was taken back.
private struct Reverser {
  let session: Session
  let command: Invocation

  func state() throws(Failure) -> UndoState {
    UndoState(
      try storing(command.span) { () throws(StoreProblem) in try session.store.transactions(limit: Int.max) })
  }

  func transaction(_ id: TransactionID) throws(Failure) -> Transaction {
    let found = try storing(command.span) { () throws(StoreProblem) in
      try session.store.transaction(id)
    }
    guard let found else { throw Failure(.unknownTransaction(id), at: command.span) }
    return found
  }

  /// Whether who types wants the transaction that no number names to be taken back, or brought back; in a script nobody
  /// can be asked.
  func isWanted(
    _ reversal: Reversal, _ edit: Transaction, _ id: TransactionID
  ) throws(Failure) -> Bool {
    let words = try session.interpreter.changeReader.words(of: edit)
    guard let confirm = session.confirm, session.texts.count <= 1 else {
      throw Failures.unnamedReversal(reversal, words, id, command.span)
    }
    return confirm(words, reversal.question)
  }

  /// Whether who types wants to take back what came from another registry, whose own people may stand on it. A script
  /// that names it means it.
  func isWantedOfOther(_ id: TransactionID) throws(Failure) -> Bool {
    guard let confirm = session.confirm, session.texts.count <= 1 else { return true }
    let found = try storing(command.span) { () throws(StoreProblem) in try session.store.transaction(id) }
    guard let found, found.arrived != nil else { return true }
    return confirm(try session.interpreter.changeReader.words(of: found), Reversal.undo.question)
  }

  /// - Parameters:
  ///   - target: what is taken back.
  ///   - edit: the edit that this takes back or brings back.
  ///   - place: where the transaction is named, if it is.
  func revert(
    _ target: TransactionID, _ reversal: Reversal, of edit: TransactionID, _ place: Span?
  ) throws(Failure) -> Answer {
    let author = try storing(place) { () throws(StoreProblem) in try session.store.transaction(edit)?.author }
    let reason = command.reason ?? "\(reversal) \(edit)"
    let id = try session.inTransaction(reason: reason, reverts: target, of: command) { () throws(Failure) in
      do throws(StoreProblem) {
        try session.store.apply(.revert(target))
      } catch .unknownTransaction where place == nil {
        throw Failures.undoOfOpen(command.span)
      } catch {
        throw Failure(error, at: place ?? command.span)
      }
    }
    let whose = author.flatMap { $0 == session.settings.author ? nil : ", by \($0)" } ?? ""
    // Several may have undone it without knowing of each other.
    let other = reversal == .redo ? try state().undo(meantBy: edit) : nil
    let rest = other.map { "; \($0.id) undid it too: redo \(edit) takes that back" } ?? ""
    var answer = Answer.message((id.map { "\($0): " } ?? "") + "\(reversal.past) \(edit)\(whose)\(rest)")
    answer.reversed = Answer.Reversed(edit: edit, isBroughtBack: reversal == .redo)
    return answer
  }
}
