public import RegistryModel

/// What the uid of a transaction is a digest of.
public struct TransactionDigest: Hashable, Sendable {
  /// Its author, time, reason and tool. Its number here, what it is known by, and when it arrived are no part of it.
  public var transaction: Transaction
  public var origin: String
  public var number: Int64
  public var clock: Int64
  /// The uids of the transactions that it takes back.
  public var reverted: [String]
  public var asserted: ContentSum
  /// What it ended, by the uids of the transactions whose assertions it saw: what others assert meanwhile stands.
  public var ended: [String: ContentSum]

  public init(
    transaction: Transaction, origin: String, number: Int64, clock: Int64, reverted: [String],
    asserted: ContentSum, ended: [String: ContentSum]
  ) {
    self.transaction = transaction
    self.origin = origin
    self.number = number
    self.clock = clock
    self.reverted = reverted
    self.asserted = asserted
    self.ended = ended
  }

  public var uid: String {
    var parts: [String?] = [
      "transaction", origin, String(number), String(clock), transaction.at, transaction.author,
      transaction.reason, transaction.tool, reverted.sorted().joined(separator: " "), asserted.text,
    ]
    for (uid, sum) in ended.sorted(by: { $0.key < $1.key }) where sum != ContentSum() {
      parts += [uid, sum.text]
    }
    return contentDigest(lengthed(parts))
  }

  /// What stands for the origin of a registry that was made before there were origins: a digest of its first transaction, so
  /// that copies of its file agree on it.
  public var originOfFirst: String {
    contentDigest(
      lengthed([
        "origin", transaction.at, transaction.author, transaction.reason, transaction.tool, asserted.text,
      ]))
  }
}

/// Parts, each behind its length; what is missing differs from what is empty.
private func lengthed(_ parts: [String?]) -> [UInt8] {
  parts.flatMap { part in Array((part.map { "\($0.utf8.count):\($0)" } ?? "-").utf8) }
}
