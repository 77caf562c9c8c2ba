public import RegistryModel

/// What undoing and redoing have left of a registry's transactions.
///
/// An undo of an edit can itself be undone, which brings the edit back, and so on: a transaction stands where nothing
/// that stands takes it back.
public struct UndoState: Sendable {
  private enum Kind { case edit, undo, redo }
  private let newestFirst: [Transaction]
  private var undoers: [TransactionID: Transaction] = [:]
  private var kinds: [TransactionID: Kind] = [:]

  /// - Parameter transactions: all of them, the newest first.
  public init(_ transactions: [Transaction]) {
    newestFirst = transactions
    // Whether a transaction stands depends only on later ones.
    for transaction in transactions where undoers[transaction.id] == nil {
      if let reverted = transaction.reverts { undoers[reverted] = transaction }
    }
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
    if kinds[id] == .undo { return newestFirst.first { $0.id == id } }
    return undoers[id].flatMap { kinds[$0.id] == .undo ? $0 : nil }
  }

  private func newest(_ kind: Kind, _ author: String?) -> Transaction? {
    newestFirst.first {
      kinds[$0.id] == kind && undoers[$0.id] == nil && (author == nil || $0.author == author)
    }
  }
}
