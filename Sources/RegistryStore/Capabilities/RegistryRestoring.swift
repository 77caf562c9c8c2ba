public import RegistryModel

/// Reads all of a registry, and makes it anew: what dumps need, and a store may lack.
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

  /// Asserts what one line of a dump says, as ``restore(_:asserts:)`` does.
  func restore(_ contents: [PreparedContent]) throws(StoreProblem)

  /// Ends the assertions of content that some transactions made, in the open one.
  func restore(ended content: RecordedContent, seen: [TransactionID]) throws(StoreProblem)

  /// Opens a transaction that has this number, time and author; it is recorded even where it changes nothing. One that was opened
  /// so and is open ends, and is kept with this one or not at all: of a history all is kept or nothing.
  /// - Throws: as `begin`; `historyRefused` where the number is taken, or where the one before is not what it was.
  func begin(restoring transaction: Transaction, undoing: [TransactionID]) throws(StoreProblem)

  /// Says that the restored transaction that is open is whole; the next one, or commit, says it too.
  /// - Throws: `historyRefused` where it is not what it was.
  func endRestored() throws(StoreProblem)
}

extension RegistryRestoring {
  /// Asserts contents by what they say alone.
  public func restore(_ contents: [PreparedContent]) throws(StoreProblem) {
    for content in contents { try restore(content.content, asserts: true) }
  }

  /// All that is asserted now, of a registry that can be read.
  public func recordedContents(_ visit: (RecordedContent) -> Bool) throws(StoreProblem) {
    try recordedContents(onDamage: nil, visit)
  }
}
