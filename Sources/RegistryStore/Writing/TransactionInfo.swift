public import RegistryModel

/// Who edits, and why.
public struct TransactionInfo: Hashable, Sendable {
  public var author: String
  public var reason: String?
  /// The program, with its version.
  public var tool: String
  /// ISO 8601 in UTC, to the millisecond.
  public var at: String
  /// The transaction that this one undoes.
  public var reverts: TransactionID?

  public init(author: String, reason: String?, tool: String, at: String, reverts: TransactionID? = nil) {
    self.author = author
    self.reason = reason
    self.tool = tool
    self.at = at
    self.reverts = reverts
  }
}
