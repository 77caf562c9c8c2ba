public import RegistryModel

/// What is begun.
public enum Beginning: Hashable, Sendable {
  /// A transaction: what is written in it is kept as a whole, or not at all.
  case transaction(TransactionInfo)
  /// From here until it is rolled back nothing is kept: transactions are begun, numbered, committed and read as ever, and
  /// then all of them are dropped. Others can read meanwhile, and not write. They are told the author where they wait.
  case trial(author: String)
}

/// What was begun and has not ended.
public struct WritingState: Hashable, Sendable {
  public struct OpenTransaction: Hashable, Sendable {
    /// Its number; nothing where it has changed nothing yet.
    public var id: TransactionID?
    public init(id: TransactionID?) { self.id = id }
  }

  /// The open transaction; nothing where none is.
  public var transaction: OpenTransaction?
  /// Whether a trial has begun and not ended.
  public var isInTrial: Bool
  public init(transaction: OpenTransaction?, isInTrial: Bool) {
    self.transaction = transaction
    self.isInTrial = isInTrial
  }
}

/// What is rolled back.
public enum Dropping: Hashable, Sendable {
  /// What the open transaction wrote.
  case transaction
  /// All that was written since the trial began, an open transaction with it.
  case trial
}
