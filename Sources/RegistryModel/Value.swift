/// What a statement says of its subject.
public enum Value: Hashable, Sendable {
  /// Another entity.
  case entity(Key)
  /// Words, as the source has them.
  case text(String)
  /// A number, a percentage or an amount of money.
  case quantity(Quantity)
  /// A date at the precision that the source gives.
  case date(PartialDate)
  /// The source says that there is a value and not which.
  case unknown
  /// The source says that there is no value.
  case none
}

extension Value {
  /// The key of the entity that it is; nothing for any other value.
  public var entityKey: Key? { if case .entity(let key) = self { key } else { nil } }
}

/// A property and value that narrow what a statement is about: the mineral, the stage, the year of a share.
public struct Qualifier: Hashable, Sendable {
  /// The property, one whose domain is `statement`.
  public var property: Key
  /// What it says.
  public var value: Value

  /// A qualifier.
  public init(_ property: Key, _ value: Value) {
    self.property = property
    self.value = value
  }
}
