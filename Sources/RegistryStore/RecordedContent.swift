public import RegistryModel

/// Something that can be asserted and withdrawn, as it was recorded: entities have the keys that they had first, which
/// the ids of statements are made of, and what was merged stands for itself.
public enum RecordedContent: Hashable, Sendable {
  /// That a statement is claimed, by whomever.
  case claim(Statement)
  /// That a statement is denied.
  case denial(Statement)
  /// What a source says of a statement. It can stand where the claim does not, since undo takes back one of them.
  case citation(Statement, Citation)
  case rank(Statement, Rank, reason: String?)
  /// Until when a statement is good.
  case review(Statement, by: PartialDate, reason: String?)
  case alias(Key, name: String, source: Key?, isLocal: Bool = false, reason: String?)
  case source(Key, SourceData)
  case type(TypeDefinition)
  case property(PropertyDefinition)
  case merging(Key, into: Key, reason: String?)
  case renaming(Key, to: Key, reason: String?)
}

/// A step of a registry's own history.
public enum RecordedChange: Hashable, Sendable {
  /// A transaction begins, with those that it undoes.
  case transaction(Transaction, undoing: [TransactionID])
  case withdrawn(RecordedContent)
  /// The same of a transaction that came from another registry: it ended the assertions that it saw, by the transactions
  /// that had made them, and no others.
  case ended(RecordedContent, seen: [TransactionID])
  case asserted(RecordedContent)
}

extension RecordedContent {
  /// The entities that it speaks of.
  public var keys: [Key] {
    func keys(_ statement: Statement) -> [Key] {
      [statement.subject]
        + ([statement.value] + statement.qualifiers.map(\.value)).compactMap { value in
          if case .entity(let key) = value { key } else { nil }
        }
    }
    return switch self {
    case .claim(let statement), .denial(let statement), .rank(let statement, _, _),
      .review(let statement, _, _):
      keys(statement)
    case .citation(let statement, let citation): keys(statement) + [citation.source]
    case .alias(let key, _, let source, _, _): [key] + (source.map { [$0] } ?? [])
    case .source(let key, let data): [key] + data.corrects
    case .type, .property: []
    case .merging(let key, let into, _): [key, into]
    case .renaming(let key, _, _): [key]
    }
  }
}
