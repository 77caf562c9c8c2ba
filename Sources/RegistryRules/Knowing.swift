public import RegistryModel

extension Transaction {
  /// Whether whoever made this one certainly knew of another, as far as can be told here: what was made here knew all that was
  /// here; of two that came, one knew those that its own registry had made before.
  public func certainlyKnew(_ other: Transaction) -> Bool {
    guard arrived != nil else { return other.id < id }
    guard other.arrived != nil, let mine = identity, let others = other.identity else { return false }
    return mine.origin == others.origin && others.number < mine.number
  }

  /// Whether this one and another may have been made by people who did not know of each other.
  public func mayBeBeside(_ other: Transaction) -> Bool {
    id != other.id && !certainlyKnew(other) && !other.certainlyKnew(self)
  }
}
