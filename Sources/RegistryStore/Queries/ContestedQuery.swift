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

/// Which places are asked for: those in which statements may stand against each other, or in which several sources speak.
public struct ContestedQuery: Hashable, Sendable {
  /// Who must speak in a place, be it to say the same.
  public enum Speakers: Hashable, Sendable {
    /// Each of these.
    case each([Key])
    /// Any two of these, or of all where none is named.
    case anyTwo(of: [Key])
  }

  /// Exactly these: narrower properties are listed by the caller. Nothing for all.
  public var properties: [Key]?
  /// Whether also where several statements stand beside each other, of properties that have rivals.
  public var includesNeighbours: Bool
  /// Instead: where these speak. What is said of a property counts for the broadest that it narrows.
  public var spokenBy: Speakers?
  public var limit: Int?
  public var offset: Int
  public init(
    properties: [Key]? = nil, includesNeighbours: Bool = false, spokenBy: Speakers? = nil,
    limit: Int? = nil, offset: Int = 0
  ) {
    self.properties = properties
    self.includesNeighbours = includesNeighbours
    self.spokenBy = spokenBy
    self.limit = limit
    self.offset = offset
  }
}
