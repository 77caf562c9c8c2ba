public import RegistryModel

/// What undoing and redoing have left of a registry's transactions.
///
/// An undo of an edit can itself be undone, which brings the edit back, and so on: a transaction stands where nothing
/// that stands takes it back.
public struct UndoState: Sendable {
  private enum Kind { case edit, undo, redo }
  private let newestFirst: [Transaction]
  private let reversals: Reversals
  private var kinds: [TransactionID: Kind] = [:]

  /// - Parameter transactions: all of them, the newest first.
  public init(_ transactions: [Transaction]) {
    newestFirst = transactions
    reversals = Reversals(
      newestFirst: transactions.lazy.compactMap { transaction in
        transaction.reverts.map { (by: transaction.id, reverted: $0) }
      })
    for transaction in transactions.reversed() {
      guard let reverted = transaction.reverts else {
        kinds[transaction.id] = .edit
        continue
      }
      kinds[transaction.id] = kinds[reverted] == .undo ? .redo : .undo
    }
  }

  /// The newest edit that is not undone: of one author, or of all.
  public func newestEdit(by author: String?) -> Transaction? { newest(.edit, author) }

  /// The newest undo that was not taken back: of one author, or of all.
  public func newestUndo(by author: String?) -> Transaction? { newest(.undo, author) }

  /// The undo that `redo tN` means: tN itself, or the one by which the edit tN is undone.
  public func undo(meantBy id: TransactionID) -> Transaction? {
    let meant = kinds[id] == .undo ? id : reversals.undoer(of: id)
    guard let meant, kinds[meant] == .undo else { return nil }
    return newestFirst.first { $0.id == meant }
  }

  /// Whether a transaction was taken back and stays so.
  public func isTakenBack(_ id: TransactionID) -> Bool { reversals.undoer(of: id) != nil }

  private func newest(_ kind: Kind, _ author: String?) -> Transaction? {
    newestFirst.first {
      kinds[$0.id] == kind && !isTakenBack($0.id) && (author == nil || $0.author == author)
    }
  }
}
