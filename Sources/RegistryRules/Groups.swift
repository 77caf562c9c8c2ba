public import RegistryModel

/// How `including groups` follows groups.
///
/// Followed are claims of ``membership``, or of a property that narrows it, of entities whose type is under ``type``:
/// the European Union takes part in the G7 without being its member, so Malta is not reached through the G7. Where
/// the last group stands in turn may be any property: a signatory, a participant, a giver.
public enum Groups {
  /// The type of what has members and can itself be one.
  public static let type = Key(unchecked: "group")
  /// The property by which a group has members.
  public static let membership = Key(unchecked: "member")
  /// How many groups a path may have. Groups within groups are few; a net of groups that are members of one another
  /// would have paths without number.
  public static let longestPath = 6

  /// What the definitions of a time say of groups.
  public struct Followed: Hashable, Sendable {
    /// The properties that make somebody a member.
    public var properties: [Key]
    /// The types of what has members and can itself be one.
    public var types: [Key]

    public init(_ schema: Schema) {
      properties = schema.propertyAndNarrower(of: Groups.membership).sorted()
      types = schema.typeAndSubtypes(of: Groups.type).sorted()
    }
  }
}

/// How a member is in a group: directly, or through other groups. Or how a part (`member`) belongs to wholes (`groups`).
public struct GroupPath: Hashable, Sendable {
  public var member: Key
  /// The groups from the one that has the member to the one that is reached.
  public var groups: [Key]
  /// The membership that each of the groups stands for.
  public var statements: [StatementID]
  /// When all of the memberships hold at once.
  public var bounds: Validity.Bounds
  /// Possibly, where one of the memberships rests on a source that was only possibly out.
  public var evidence: Certainty
  /// Under `on D`, how sure it is that all of the memberships hold on the date.
  public var certainty: Certainty

  public init(
    member: Key, groups: [Key], statements: [StatementID], bounds: Validity.Bounds, evidence: Certainty,
    certainty: Certainty = .certainly
  ) {
    self.member = member
    self.groups = groups
    self.statements = statements
    self.bounds = bounds
    self.evidence = evidence
    self.certainty = certainty
  }
}
