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
    changes = []
    defer { changes = nil }
    let wasInTransaction = store.isInTransaction
    if !wasInTransaction {
      let info = transactionInfo(reason: nil)
      try storing(nil) { () throws(StoreProblem) in try store.begin(info) }
    }
    defer { if !wasInTransaction { try? store.rollback() } }
    let edits = transaction?.edits
    defer { if let edits { transaction?.edits = edits } }
    do {
      try store.atomically { () throws in
        try change(self)
        throw Tried()
      }
    } catch let failure as Failure {
      throw failure
    } catch is Tried {
      return changes ?? []
    } catch {
      throw Failure(.storage, code: "storage-failed", "\(error)")
    }
    return changes ?? []
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

  /// An edit as a line of a difference, before it is carried out.
  func line(for edit: Edit) throws(Failure) -> String? {
    switch edit {
    case .createEntity(let key): return "+ \(key)"
    case .claim(let statement, let citation), .deny(let statement, let citation):
      return "+ " + (try command(for: statement, citation))
    case .cite(let id, let citation):
      guard let record = try known(id) else { return nil }
      return "+ " + (try command(for: record.statement, citation))
    case .withdraw(let id):
      guard let record = try known(id) else { return nil }
      let citations = record.citations.isEmpty ? [nil] : record.citations.map(Optional.some)
      var lines: [String] = []
      for citation in citations { lines.append("- " + (try command(for: record.statement, citation))) }
      return lines.joined(separator: "\n")
    case .withdrawCitation(let id, let citation):
      guard let record = try known(id) else { return nil }
      return "- " + (try command(for: record.statement, citation))
    case .alias(let key, let name, _, _): return "+ alias \(key) \"\(name)\""
    case .withdrawAlias(let key, let name): return "- alias \(key) \"\(name)\""
    case .setSource(let key, _): return "~ source \(key)"
    case .defineType(let definition): return "~ define type \(definition.key)"
    case .defineProperty(let definition): return "~ define property \(definition.key)"
    case .rank(let id, let rank, _): return "~ \(rank) \(id.short)"
    case .rename(let key, let new, _): return "~ rename \(key) to \(new)"
    case .merge(let key, let other, _): return "~ merge \(key) into \(other)"
    case .unmerge(let key): return "~ unmerge \(key)"
    }
  }

  private func known(_ id: StatementID) throws(Failure) -> StatementRecord? {
    try storing(nil) { () throws(StoreProblem) in
      try store.statements(StatementSelection(ids: [id]), .all).first
    }
  }
}
