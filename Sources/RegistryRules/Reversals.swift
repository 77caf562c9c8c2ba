public import RegistryModel

/// Which transactions are undone, the undoing of an undoing counted in.
///
/// A transaction is undone while one that undoes it is not undone itself. So whether it is depends only on later ones.
public struct Reversals: Sendable {
  /// Transactions that are undone, and those that undid or redid them: together they change nothing.
  public private(set) var cancelled: Set<TransactionID> = []
  private var undoers: [TransactionID: TransactionID] = [:]

  /// - Parameter reversals: which transaction takes back which, the newest first.
  public init(newestFirst reversals: some Sequence<(by: TransactionID, reverted: TransactionID)>) {
    for (number, reverted) in reversals {
      cancelled.insert(number)
      guard undoers[number] == nil else { continue }
      undoers[reverted] = number
      cancelled.insert(reverted)
    }
  }

  /// The transaction by which another is undone now.
  public func undoer(of id: TransactionID) -> TransactionID? { undoers[id] }

  /// Which transactions keep another from being undone, the oldest first: they must be undone before it.
  /// - Parameters:
  ///   - dependents: which later ones stand on what it did, or did the same thing again.
  ///   - conflicts: which left something with which what it withdrew cannot come back.
  ///   - open: the one that undoes it.
  public func blockers(
    of id: TransactionID, dependents: Set<TransactionID>, conflicts: Set<TransactionID>,
    in open: TransactionID?
  ) -> [TransactionID] {
    // What is cancelled changed nothing. What conflicts stands now, whoever wrote it.
    dependents.subtracting(cancelled).filter { $0 != open }.union(conflicts.subtracting([id])).sorted()
  }
}
