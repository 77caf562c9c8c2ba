public import RegistryModel

/// Which statements; what is nothing does not narrow, an empty list selects none.
public struct StatementSelection: Hashable, Sendable {
  public var ids: [StatementID]?
  public var subjects: [Key]?
  /// Exactly these: narrower properties are listed by the caller.
  public var properties: [Key]?
  public var objects: [Key]?
  public var source: Key?
  /// Somebody whom they have as their value or among their qualifiers.
  public var mentioned: Key?
  /// At most so many, leaving out the first so many.
  public var limit: Int?
  public var offset = 0
  /// Whether each says what holds of it on the date asked for, or else today (`StatementRecord.held`).
  public var tellsHeld: Bool
  /// Whether each says how sure it is on every day (`StatementRecord.heldDays`), whatever date is asked for.
  public var tellsHeldDays = false
  /// Whether it is told of each whether it is only to come, as of today; `tellsHeld` tells it too.
  public var tellsToCome = false
  /// Whether those that do not hold on the date asked for are found too.
  public var includesOver: Bool
  /// Whether each says how it stands among its rivals (`StatementRecord.standing`).
  public var tellsStanding: Bool
  /// Whether each says by when it is to be looked at again (`StatementRecord.review`).
  public var tellsReview = false
  /// Whether only those are found of which that is said.
  public var isReviewed = false
  public init(
    ids: [StatementID]? = nil, subjects: [Key]? = nil, properties: [Key]? = nil, objects: [Key]? = nil,
    source: Key? = nil, mentioned: Key? = nil, tellsHeld: Bool = false, includesOver: Bool = false,
    tellsStanding: Bool = false
  ) {
    self.ids = ids
    self.subjects = subjects
    self.properties = properties
    self.objects = objects
    self.source = source
    self.mentioned = mentioned
    self.tellsHeld = tellsHeld
    self.includesOver = includesOver
    self.tellsStanding = tellsStanding
  }
}
