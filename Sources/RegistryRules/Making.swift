public import RegistryModel

/// How a transaction made a thing known: by which types and names.
public struct Making: Hashable, Sendable {
  public var transaction: Transaction
  /// At least one.
  public var types: [Key]
  public var names: [String]

  public init(transaction: Transaction, types: [Key], names: [String]) {
    self.transaction = transaction
    self.types = types
    self.names = names
  }

  /// Whether this one and another, made by people who may not have known of each other, may speak of two things: by types of
  /// which none is another or under it, or by names of which they have none in common.
  public func mayMeanAnother(_ other: Making, _ schema: Schema) -> Bool {
    guard transaction.mayBeBeside(other.transaction) else { return false }
    let isOfOneType = types.contains { type in
      other.types.contains { schema.isType(type, under: $0) || schema.isType($0, under: type) }
    }
    if !isOfOneType { return true }
    let (mine, others) = (Set(names.map(foldedName)), Set(other.names.map(foldedName)))
    return !mine.isEmpty && !others.isEmpty && mine.isDisjoint(with: others)
  }
}
