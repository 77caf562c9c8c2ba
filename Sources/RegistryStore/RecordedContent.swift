public import RegistryModel

/// Something that can be asserted and withdrawn, as it was recorded: entities have the keys that they had first, which
/// the ids of statements are made of, and what was merged stands for itself.
public enum RecordedContent: Hashable, Sendable {
  /// That a statement is claimed, by whomever.
  case claim(Statement)
  /// That a statement is denied.
  case denial(Statement)
  /// What a source says of a statement. It can stand where the claim does not, since undo takes back one of them.
  case citation(Statement, Citation)
  case rank(Statement, Rank, reason: String?)
  case alias(Key, name: String, source: Key?, isLocal: Bool = false, reason: String?)
  case source(Key, SourceData)
  case type(TypeDefinition)
  case property(PropertyDefinition)
  case merging(Key, into: Key, reason: String?)
  case renaming(Key, to: Key, reason: String?)
}

/// A step of a registry's own history.
public enum RecordedChange: Hashable, Sendable {
  /// A transaction begins, with those that it undoes.
  case transaction(Transaction, undoing: [TransactionID])
  case withdrawn(RecordedContent)
  case asserted(RecordedContent)
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

/// Reading all of a registry, and making it anew: what dumps need.
public protocol RegistryRestoring: AnyObject {
  /// All that is asserted now, in an order that follows from the content alone: definitions by key; then of each entity
  /// by key its data as a source, its statements by property (each claim and denial followed by its citations),
  /// aliases and ranks; merges by key; and renamings in the order in which they were made.
  /// - Parameter onDamage: told of each part that cannot be read (`damaged`), which is left out, and then the order is
  ///   another; without it reading ends there.
  /// - Parameter visit: false ends the reading.
  func recordedContents(
    onDamage: ((StoreProblem) -> Void)?, _ visit: (RecordedContent) -> Bool
  ) throws(StoreProblem)

  /// The whole history, transaction by transaction. Of each, first what it withdrew and then what it asserted, both in
  /// an order that follows from the content alone; what it did both with is not in it.
  /// - Parameter visit: false ends the reading.
  func recordedChanges(_ visit: (RecordedChange) -> Bool) throws(StoreProblem)

  /// Asserts or withdraws content in the open transaction, whatever the rules say of it; entities that are not known
  /// yet are made.
  func restore(_ content: RecordedContent, asserts: Bool) throws(StoreProblem)

  /// Opens a transaction that has this number, time and author; it is recorded even where it changes nothing.
  /// - Throws: as `begin`; `failed` where the number is taken.
  func begin(restoring transaction: Transaction, undoing: [TransactionID]) throws(StoreProblem)

  /// Writes a copy of what is committed to a new file, while others read and write.
  /// - Throws: `transactionOpen`; `cannotOpen` where the file is there already or cannot be made.
  func backup(to location: String) throws(StoreProblem)
}

extension RegistryRestoring {
  /// All that is asserted now, of a registry that can be read.
  public func recordedContents(_ visit: (RecordedContent) -> Bool) throws(StoreProblem) {
    try recordedContents(onDamage: nil, visit)
  }
}
