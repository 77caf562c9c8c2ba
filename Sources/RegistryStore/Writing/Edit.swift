public import RegistryModel

/// One change. The rules (domain, range …) are tested before: see ``StatementRules``.
public enum Edit: Hashable, Sendable {
  /// Makes the key known. Types and names are claims that follow.
  case createEntity(Key)
  /// Asserts a statement with a citation, or adds the citation to one that is asserted.
  case claim(Statement, Citation?)
  /// Records that a source denies a statement.
  case deny(Statement, Citation?)
  /// Withdraws a statement with its claims, denials and citations.
  case withdraw(StatementID)
  /// Withdraws one citation; the statement goes with the last of its stance.
  case withdrawCitation(StatementID, Citation)
  /// Another name for an entity. A local one counts where its source is cited; every other one everywhere, and its source
  /// is who uses it.
  case alias(Key, name: String, source: Key?, isLocal: Bool = false, reason: String?)
  case withdrawAlias(Key, name: String)
  /// What is known of a source, in place of what was.
  case setSource(Key, SourceData)
  /// In place of a definition with the same key.
  case defineType(TypeDefinition)
  case defineProperty(PropertyDefinition)
  /// Places a statement among its rivals.
  case rank(StatementID, Rank, reason: String?)
  /// Says by when a statement is to be looked at again, in place of what was said of that; nothing takes it back.
  case review(ReviewedStatement, by: PartialDate?, reason: String?)
  /// Asserts a statement that is recorded, with a citation or without.
  case cite(StatementID, Citation?)
  /// Shows an entity under another key; all its keys go on meaning it, and no statement's id changes.
  case rename(Key, to: Key, reason: String?)
  /// Judges that two entities are one: what is said of the first counts for the second while the judgement stands.
  case merge(Key, into: Key, reason: String?)
  /// Takes back the judgement that the entity is another one.
  case unmerge(Key)
  /// Undoes a transaction. Refused where later ones depend on it (`undoBlocked`), or where it is undone
  /// (`alreadyUndone`).
  case revert(TransactionID)
}

/// A statement that is recorded, by its id or by what it says.
public enum ReviewedStatement: Hashable, Sendable {
  case id(StatementID)
  /// As a claim or a denial says it.
  case said(Statement)
}

/// What an edit did.
public struct EditOutcome: Hashable, Sendable {
  /// Whether anything was not so before.
  public var changed: Bool
  /// The statement that it was about.
  public var statement: StatementID?
  public init(changed: Bool, statement: StatementID? = nil) {
    self.changed = changed
    self.statement = statement
  }
}
