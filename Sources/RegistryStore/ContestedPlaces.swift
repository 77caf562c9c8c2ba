public import RegistryModel

/// A property of a subject.
public struct Place: Hashable, Sendable {
  public var subject: Key
  public var property: Key
  public init(subject: Key, property: Key) {
    self.subject = subject
    self.property = property
  }
}

/// Which of the places are asked for in which statements stand against each other: where something is claimed and
/// denied, or where the rules chose one of several rivals.
public struct ContestedQuery: Hashable, Sendable {
  /// Exactly these: narrower properties are listed by the caller. Nothing for all.
  public var properties: [Key]?
  /// Whether also where several statements stand beside each other, of properties that have rivals.
  public var includesNeighbours: Bool
  /// Instead: where each of these sources claims something, be it the same, of properties that have rivals.
  public var claimedByEach: [Key]?
  public var limit: Int?
  public var offset: Int
  public init(
    properties: [Key]? = nil, includesNeighbours: Bool = false, claimedByEach: [Key]? = nil,
    limit: Int? = nil,
    offset: Int = 0
  ) {
    self.properties = properties
    self.includesNeighbours = includesNeighbours
    self.claimedByEach = claimedByEach
    self.limit = limit
    self.offset = offset
  }
}
