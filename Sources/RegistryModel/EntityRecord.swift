/// An entity as lists show it.
public struct EntityRecord: Hashable, Sendable {
  public var key: Key
  public var type: Key
  /// The chosen name, or the key where none is stated.
  public var name: String
  public init(key: Key, type: Key, name: String) {
    self.key = key
    self.type = type
    self.name = name
  }
}

/// A name that matched.
public struct NameMatch: Hashable, Sendable {
  /// The key, or the name as it is written.
  public var text: String
  public var entity: EntityRecord
  public init(text: String, entity: EntityRecord) {
    self.text = text
    self.entity = entity
  }
}
