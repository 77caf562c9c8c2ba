public import RegistryModel
public import RegistryRules

/// A key under which people who did not know of each other may have recorded two things.
public struct SharedKey: Hashable, Sendable {
  /// The key that the thing is shown under.
  public var key: Key
  /// How it was made known, the oldest first: nothing where no two of these may speak of two things.
  public var makings: [Making]
  /// What came onto it although it was moved, when that was parted from it.
  public var late: [LateStatements]

  public init(key: Key, makings: [Making] = [], late: [LateStatements] = []) {
    self.key = key
    self.makings = makings
    self.late = late
  }
}

/// Statements of one side that stand under a key from which what that side says was parted, by people who may not have known
/// of that.
public struct LateStatements: Hashable, Sendable {
  /// The key that the other thing is shown under.
  public var parted: Key
  /// The registry in which they were made.
  public var origin: String
  public var count: Int
  /// Those by which they are claimed, denied or cited.
  public var transactions: Set<TransactionID>

  public init(parted: Key, origin: String, count: Int, transactions: Set<TransactionID>) {
    self.parted = parted
    self.origin = origin
    self.count = count
    self.transactions = transactions
  }
}

/// What was moved when two things of one key were parted.
public struct Parting: Hashable, Sendable {
  /// The statements that stand of the new thing, or with it, and stood of the old one.
  public var moved: Int
  /// How many of them stand of the old one too, since others say so.
  public var left: Int
  /// How much else was moved: sources that are cited, other names, judgements that two things are one …
  public var others: Int

  public init(moved: Int, left: Int, others: Int) {
    self.moved = moved
    self.left = left
    self.others = others
  }
}
