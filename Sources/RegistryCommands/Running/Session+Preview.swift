import CommandLanguage
public import RegistryModel
import RegistryStore

/// A text that the user changes in an editor, and what is carried out of it.
public enum EditRequest: Hashable, Sendable {
  /// What is said of an entity.
  case entity(EntityScript)
  /// The statement that was typed before.
  case lastStatement
}

extension Session {
  /// What a change would do, a line for each statement that comes, goes or is judged otherwise; nothing is kept of it.
  ///
  /// The write lock is held only while it is tried, not while somebody reads the lines.
  public func preview(_ change: (Session) throws(Failure) -> Void) throws(Failure) -> [String] {
    struct Tried: Error {}
    // Nobody is told of what is only tried.
    let outer = onCommand
    onCommand = nil
    defer { onCommand = outer }
    let wasInTransaction = store.isInTransaction
    if !wasInTransaction { try transactor.begin(transactionInfo(reason: nil), nil) }
    defer { if !wasInTransaction { try? store.rollback() } }
    let edits = transactor.open?.edits
    defer { if let edits { transactor.open?.edits = edits } }
    let before = try openChanges()
    var after = before
    do {
      try store.atomically { () throws in
        try change(self)
        after = try openChanges()
        throw Tried()
      }
    } catch let failure as Failure {
      throw failure
    } catch is Tried {
      return difference(before, after).map(\.line)
    } catch {
      throw Failure(.storage, code: "storage-failed", "\(error)")
    }
    return []
  }

  /// What the open transaction has changed.
  private func openChanges() throws(Failure) -> [ChangeRows.Row] {
    guard let id = store.state.transaction?.id else { return [] }
    return try interpreter.changeReader.changeRows(of: id).rows
  }

  /// What was changed between two looks at one transaction: what went of the changes was taken back.
  private func difference(_ before: [ChangeRows.Row], _ after: [ChangeRows.Row]) -> [ChangeRows.Row] {
    let (old, new) = (Set(before), Set(after))
    return before.filter { !new.contains($0) }.map { row in
      var row = row
      row.sign = row.sign == "+" ? "-" : "+"
      return row
    } + after.filter { !old.contains($0) }
  }

  /// Carries out a change in a transaction of its own, or inside the one that is open.
  public func keep(_ change: (Session) throws(Failure) -> Void, reason: String) throws(Failure)
    -> TransactionID?
  {
    guard !settings.readOnly else { throw Failures.readOnlySession(Word("edit", Span(0, 0))) }
    let id = try inTransaction(reason: reason) { () throws(Failure) in try change(self) }
    transactor.open?.edits += 1
    return id
  }

  /// Carries out how an entity's script, as it was edited, differs from the one that was opened: what is gone is retracted, what is new is
  /// carried out.
  public func carryOut(_ script: EntityScript, edited: SourceText) throws(Failure) {
    let tree = parsed(edited.text)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.command, errors, in: edited) }
    let bytes = Array(edited.text.utf8)
    let texts = tree.commands.map { String(decoding: bytes[$0.span.start..<$0.span.end], as: UTF8.self) }
    let kept = Set(texts)
    let before = Set(script.lines.map(\.command))
    for (id, lines) in Dictionary(grouping: script.lines, by: \.statement) {
      let gone = lines.filter { !kept.contains($0.command) }
      if gone.count == lines.count {
        if !gone.isEmpty { try recorder.apply(.withdraw(id), nil) }
        continue
      }
      for citation in gone.compactMap(\.citation) { try recorder.apply(.withdrawCitation(id, citation), nil) }
    }
    do throws(Failure) {
      for (command, text) in zip(tree.commands, texts) where !before.contains(text) {
        try execute(command) { _ in }
      }
    } catch {
      throw error.located(in: edited)
    }
  }
}
