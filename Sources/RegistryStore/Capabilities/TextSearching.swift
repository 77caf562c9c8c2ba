public import RegistryModel

/// Finds words in texts: what a store may lack, since everything else is found by keys, names and values.
public protocol TextSearching: AnyObject {
  /// Full text over names, texts and quotes, best first.
  func search(_ text: String, limit: Int, _ times: Times) throws(StoreProblem) -> [SearchHit]

  /// How many statements and citations are not in the full text yet, so that ``search(_:limit:_:)`` does not find them:
  /// after a long import they are put there later, by ``indexText()``.
  func textWaiting() throws(StoreProblem) -> Int

  /// Puts some of what waits into the full text: in the open transaction, or in one that changes nothing else and is
  /// not recorded. What it did stays done when the next is interrupted.
  /// - Returns: how many statements and citations still wait; as many as before where somebody else writes, for whom
  ///   it does not wait.
  /// - Throws: `readOnly`.
  @discardableResult
  func indexText() throws(StoreProblem) -> Int
}

/// A place where a text was found.
public struct SearchHit: Hashable, Sendable {
  public enum Place: String, Hashable, Sendable { case name, text, quote }
  public var entity: EntityRecord
  public var place: Place
  /// The text with the words found between `«` and `»`.
  public var excerpt: String
  public var statement: StatementID?
  public var source: Key?
  public init(entity: EntityRecord, place: Place, excerpt: String, statement: StatementID?, source: Key?) {
    self.entity = entity
    self.place = place
    self.excerpt = excerpt
    self.statement = statement
    self.source = source
  }
}
