public import RegistryModel

/// In how many statements an entity occurs.
public struct Mentions: Hashable, Sendable {
  public struct Count: Hashable, Sendable {
    public var property: Key
    public var count: Int
    public init(property: Key, count: Int) {
      self.property = property
      self.count = count
    }
  }

  /// Of others that have it as their value, by their property, most first. Counted as
  /// ``RegistryReading/statements(_:_:)`` would find them, to the last.
  public var asValue: [Count]
  /// That have it among their qualifiers, by the qualifier's property, most first.
  public var asQualifier: [Count]
  /// That cite it.
  public var cited: Int
  public init(asValue: [Count], asQualifier: [Count], cited: Int) {
    self.asValue = asValue
    self.asQualifier = asQualifier
    self.cited = cited
  }
}
