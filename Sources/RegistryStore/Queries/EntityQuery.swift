public import RegistryModel
package import RegistryRules

/// Which entities, listed in which order, or counted in which groups.
public struct EntityQuery: Hashable, Sendable {
  /// The types, with their subtypes spelt out; nothing for all.
  public var types: [Key]?
  public var filter: Filter?
  public var sort: [Sort]
  /// At most so many rows or groups, leaving out the first so many.
  public var limit: Int?
  public var offset: Int
  /// By the chosen values of which properties they are counted, the largest group first, instead of listed; by none, all
  /// of them are one group. `sort` is of a list.
  public var groups: [Key]?
  /// Whether only those are found that are there on the date, also where the filter asks when things begin or end.
  public var isOfWhatIsThere = false
  /// Whether, of all time, what a filter finds only by what is still to come is told as possible.
  public var tellsToCome = false
  /// Whether an entity that is compared with also stands for the groups that it is in (``Groups``) while the group
  /// is what the compared statement says.
  public var includingGroups = false
  /// Whether an entity that is compared with also has what is said of its parts (``Parts``).
  public var includingParts = false

  /// What can be named in place of entities that the filter compares with: found by the store that answers, for itself.
  package var standIns: [Key: [StandIn]] = [:]

  /// Whether something else can be named in place of what is compared with.
  public var includesOthers: Bool { includingGroups || includingParts }

  public struct Sort: Hashable, Sendable {
    public enum Field: Hashable, Sendable { case key, name, type, property(Key) }
    public var field: Field
    public var descending: Bool
    public init(_ field: Field, descending: Bool = false) {
      self.field = field
      self.descending = descending
    }
  }

  public init(types: [Key]?, filter: Filter? = nil, sort: [Sort] = [], limit: Int? = nil, offset: Int = 0) {
    self.types = types
    self.filter = filter
    self.sort = sort
    self.limit = limit
    self.offset = offset
  }

  /// The same entities, counted in groups.
  public func counted(by properties: [Key] = []) -> EntityQuery {
    var query = self
    query.groups = properties
    return query
  }
}

/// What an ``EntityQuery`` finds: rows of a list, or groups where it counts.
public struct EntityPage: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public var entity: EntityRecord
    /// Under `on D`, whether what the filter found certainly or only possibly holds; of all time possibly what is only to come,
    /// where that is asked for.
    public var certainty: Certainty
    /// Under `published by D`, whether what the filter found was certainly or only possibly out.
    public var evidence: Certainty
    public init(entity: EntityRecord, certainty: Certainty, evidence: Certainty = .certainly) {
      self.entity = entity
      self.certainty = certainty
      self.evidence = evidence
    }
  }

  public struct Group: Hashable, Sendable {
    /// One value for each property asked for; nothing where none is stated.
    public var values: [Value?]
    /// How many there are, under `on D` at most.
    public var count: Int
    /// How many certainly are; of all time how many not only by what is to come, where that is asked for.
    public var certain: Int
    public init(values: [Value?], count: Int, certain: Int? = nil) {
      self.values = values
      self.count = count
      self.certain = certain ?? count
    }
  }

  public var rows: [Row]
  public var groups: [Group]
  /// How many entities the filter could not decide.
  public var undecided: Undecided
  /// Whether groups may count what is only to come without telling it.
  public var mayCountToCome = false
  public init(rows: [Row] = [], groups: [Group] = [], undecided: Undecided) {
    self.rows = rows
    self.groups = groups
    self.undecided = undecided
  }
}

/// How many entities a filter could not decide: they are left out.
public struct Undecided: Hashable, Sendable {
  public var count: Int
  /// Whether there may be more, since there were too many to look at each.
  public var isLowerBound: Bool
  public init(_ count: Int, isLowerBound: Bool = false) {
    self.count = count
    self.isLowerBound = isLowerBound
  }

  /// Whether some are left out, or may be.
  public var isWorthTelling: Bool { count > 0 || isLowerBound }
}
