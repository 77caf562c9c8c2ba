public import RegistryModel

/// Hands its transactions to another registry and takes those of another: what a store may lack.
///
/// What stands follows from the set of transactions alone, so registries that took each other's are one, whoever began.
public protocol RegistryUniting: AnyObject {
  /// What its transactions are known by, in the order of their clocks and then of their uids, in which none stands before
  /// one that it knew.
  func identities() throws(StoreProblem) -> [TransactionIdentity]

  /// Hands over transactions in that order, each with what it ended and then with what it asserted.
  /// - Parameter visit: false ends the reading.
  func handOver(_ uids: Set<String>, _ visit: (HandedChange) -> Bool) throws(StoreProblem)

  /// Takes what is missing here, all or nothing of it; with nothing missing, nothing changes. Inside a trial nothing is
  /// kept.
  /// - Parameter arrived: ISO 8601 in UTC, as ``Transaction/arrived``.
  /// - Throws: as `begin`; `failed` where a transaction is not what its uid says.
  /// - Returns: what came, by its numbers here.
  func unite(
    with other: any RegistryUniting, author: String, arrived: String
  ) throws(StoreProblem) -> [TransactionID]

  /// A digest of all that stands and of what is chosen, whatever the order in which it came: without uids, times and
  /// numbers.
  func fingerprint() throws(StoreProblem) -> String

  /// Judgements of which one counts while others stand as well, by their kinds.
  func rivalJudgements() throws(StoreProblem) -> [RivalJudgement]

  /// Keys under which people who did not know of each other may have recorded two things, by the keys.
  func sharedKeys() throws(StoreProblem) -> [SharedKey]

  /// Parts two things that got one key, in the open transaction: what some transactions say of it moves to another, with its
  /// citations, ranks and dates of review, and the two are held distinct. What others say stays; what both say is said of both.
  /// - Parameter new: a key that nothing has, or of something that is held distinct from the first already.
  /// - Throws: `noTransaction`; `unknownEntity`; `keyTaken`.
  /// - Returns: how much was moved; where nothing was, nothing has changed.
  @discardableResult
  func part(
    _ key: Key, as new: Key, by transactions: Set<TransactionID>, reason: String?
  ) throws(StoreProblem) -> Parting
}

/// A step of what a registry hands to another.
public enum HandedChange: Hashable, Sendable {
  /// A transaction, with the uids of those that it takes back.
  case transaction(Transaction, undoing: [String])
  /// What it ended, with the uids of the transactions whose assertions of that it saw.
  case ended(HandedContent, seen: [String])
  case asserted(HandedContent)
}

/// Content, and for a renaming, of which each is one of its own, the uid of the transaction that made it.
public struct HandedContent: Hashable, Sendable {
  public var content: RecordedContent
  public var first: String?
  public init(_ content: RecordedContent, first: String? = nil) {
    self.content = content
    self.first = first
  }
}
