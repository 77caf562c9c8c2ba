public import RegistryModel
public import RegistryRules

/// A question about what was recorded, whether it stands or not. It takes no times: it is what all times are read from.
public enum HistoryQuery: Hashable, Sendable {
  /// What was recorded of an entity, or of one property of it, oldest first: each an ``HistoryPart/entry(_:)``.
  case subject(Key, property: Key? = nil)
  /// What was recorded of some statements, oldest first: each an ``HistoryPart/entry(_:)``.
  case of([StatementID])
  /// The newest transactions first, at most so many: each a ``HistoryPart/transaction(_:)``.
  case newest(Int)
  /// The newest of those that came from other registries, at most so many: each a ``HistoryPart/transaction(_:)``.
  case arrived(Int)
  /// The transaction with this number, where there is one: a ``HistoryPart/transaction(_:)``.
  case transaction(TransactionID)
  /// What a transaction, committed or open, changed on the whole: each a ``HistoryPart/change(_:)``, as
  /// ``RegistryRestoring/recordedChanges(_:)`` tells it, without the transaction itself.
  case changes(of: TransactionID)
  /// How many changes of each kind a transaction made, most first: each a ``HistoryPart/count(_:)``.
  case counts(of: TransactionID)
  /// The statements whose id begins so, those no longer asserted too, by id and at most 100: each a
  /// ``HistoryPart/statement(_:)``. More than one where the beginning is ambiguous.
  case statements(idPrefix: String)
}

/// A part of the answer to a ``HistoryQuery``; which one a question is answered with stands beside it.
public enum HistoryPart: Hashable, Sendable {
  case entry(HistoryEntry)
  case transaction(Transaction)
  case change(RecordedChange)
  case count(ChangeCount)
  case statement(StatementRecord)
}

/// One recorded change of an entity.
public struct HistoryEntry: Hashable, Sendable {
  public typealias Action = HistoryAction
  public var transaction: Transaction
  public var action: Action
  public var statement: StatementRecord?
  /// The alias, the source's data or the citation's source in words.
  public var detail: String?
  public init(transaction: Transaction, action: Action, statement: StatementRecord?, detail: String?) {
    self.transaction = transaction
    self.action = action
    self.statement = statement
    self.detail = detail
  }
}

/// How much of one kind a transaction changed.
public struct ChangeCount: Hashable, Sendable {
  /// The property of statements; `alias`, `source`, `definition`, `rank`, `merge`, `rename` of other things.
  public var kind: String
  public var asserted: Int
  public var withdrawn: Int
  public init(kind: String, asserted: Int, withdrawn: Int) {
    self.kind = kind
    self.asserted = asserted
    self.withdrawn = withdrawn
  }
}
