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
    isPreviewing = true
    defer { isPreviewing = false }
    let wasInTransaction = store.isInTransaction
    if !wasInTransaction { try begin(transactionInfo(reason: nil), nil) }
    defer { if !wasInTransaction { try? store.rollback() } }
    let edits = transaction?.edits
    defer { if let edits { transaction?.edits = edits } }
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
    return try changeRows(of: id).rows
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
    if transaction != nil { transaction?.edits += 1 }
    return id
  }

  /// An entity's script as it was edited.
  public func carryOut(_ script: EntityScript, edited: SourceText) throws(Failure) {
    try carryOut(edited, insteadOf: script)
  }
}
