public import RegistryModel
public import RegistryRules

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
  /// Whether those that do not hold on the date asked for are found too.
  public var includesOver: Bool
  /// Whether each says how it stands among its rivals (`StatementRecord.standing`).
  public var tellsStanding: Bool
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

/// Where an entity occurs in statements other than as their value.
public struct FurtherMentions: Hashable, Sendable {
  public struct AsQualifier: Hashable, Sendable {
    public var property: Key
    public var count: Int
    public init(property: Key, count: Int) {
      self.property = property
      self.count = count
    }
  }
  public var asQualifier: [AsQualifier]
  /// How many statements cite it.
  public var cited: Int
  public init(asQualifier: [AsQualifier], cited: Int) {
    self.asQualifier = asQualifier
    self.cited = cited
  }
}

/// Which entities, in which order.
public struct EntityQuery: Hashable, Sendable {
  /// The types, with their subtypes spelt out; nothing for all.
  public var types: [Key]?
  public var filter: Filter?
  public var sort: [Sort]
  public var limit: Int?
  public var offset: Int
  /// Whether only those are found that are there on the date, also where the filter asks when things begin or end.
  public var isOfWhatIsThere = false
  /// Whether an entity that is compared with also stands for the groups that it is in (``Groups``) while the group
  /// is what the compared statement says.
  public var includingGroups = false
  /// Whether an entity that is compared with also has what is said of its parts (``Parts``).
  public var includingParts = false

  /// What can be named in place of entities that the filter compares with. The store finds it, whatever stands here.
  public var standIns: [Key: [StandIn]] = [:]

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
}

/// A condition on an entity, answered with true, false or undecided (Kleene): where nothing is stated of a
/// property, a comparison is undecided, never false.
///
/// Compared are the claims that stand and that the resolution rules chose; one value that fits is enough.
public indirect enum Filter: Hashable, Sendable {
  public typealias Comparison = RegistryModel.Comparison
  public enum State: Hashable, Sendable { case stated, denied, unknown }

  case all([Filter])
  case any([Filter])
  case not(Filter)
  case key(Comparison, String)
  /// A chain of properties, each with the narrower ones spelt out; any of the values.
  case compare(path: [[Key]], Comparison, [Value])
  case state(path: [[Key]], State)
  /// Whether things name an entity by a property, which stands with the narrower ones: the other way round of a comparison
  /// with it, or of a state.
  case named(by: [Key], of: Owners, State?)
  /// A comparison or a state, or the opposite of one, that looks only at statements with these qualifiers, a list for
  /// each step of its path. What is stated without them is neither yes nor no; what is denied without them is denied
  /// with them.
  case qualified([[Qualifier]], Filter)
  /// Whether a filter is neither true nor false. This itself always is one of the two.
  case undecided(Filter)
}

/// Whose property it is that may name an entity: any of some entities, or of the things of some types.
///
/// Of what nobody says anything, no is known only where an entity is asked for: a type has always others that may name it.
public struct Owners: Hashable, Sendable {
  public var entities: [Key]
  public var types: [Key]
  public init(entities: [Key] = [], types: [Key] = []) {
    self.entities = entities
    self.types = types
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

public struct EntityPage: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public var entity: EntityRecord
    /// Under `on D`, whether what the filter found certainly or only possibly holds.
    public var certainty: Certainty
    /// Under `published by D`, whether what the filter found was certainly or only possibly out.
    public var evidence: Certainty
    public init(entity: EntityRecord, certainty: Certainty, evidence: Certainty = .certainly) {
      self.entity = entity
      self.certainty = certainty
      self.evidence = evidence
    }
  }
  public var rows: [Row]
  public var undecided: Undecided
  public init(rows: [Row], undecided: Undecided) {
    self.rows = rows
    self.undecided = undecided
  }
}

public struct CountPage: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// One value for each property asked for; nothing where none is stated.
    public var values: [Value?]
    /// How many there are, under `on D` at most.
    public var count: Int
    /// How many certainly are.
    public var certain: Int
    public init(values: [Value?], count: Int, certain: Int? = nil) {
      self.values = values
      self.count = count
      self.certain = certain ?? count
    }
  }
  public var rows: [Row]
  public var undecided: Undecided
  public init(rows: [Row], undecided: Undecided) {
    self.rows = rows
    self.undecided = undecided
  }
}

/// A place where a text was found.
public struct SearchHit: Hashable, Sendable {
  public enum Place: String, Hashable, Sendable { case name, text, quote }
  public var entity: EntityRecord
  public var place: Place
  /// The text with the words found between `«` and `»`.
  public var excerpt: String
  public var statement: StatementID?
  public var source: Key?
  public init(entity: EntityRecord, place: Place, excerpt: String, statement: StatementID?, source: Key?) {
    self.entity = entity
    self.place = place
    self.excerpt = excerpt
    self.statement = statement
    self.source = source
  }
}

/// One recorded change of an entity.
public struct HistoryEntry: Hashable, Sendable {
  public typealias Action = HistoryAction
  public var transaction: Transaction
  public var action: Action
  public var statement: StatementRecord?
  /// The alias, the source's data or the citation's source in words.
  public var detail: String?
  public init(transaction: Transaction, action: Action, statement: StatementRecord?, detail: String?) {
    self.transaction = transaction
    self.action = action
    self.statement = statement
    self.detail = detail
  }
}

/// One test of ``RegistryReading/check()``.
public struct CheckFinding: Hashable, Sendable {
  /// What was tested: `database integrity`, `projections`, `life rows` …
  public var test: String
  /// What is wrong, nothing where all is well.
  public var problem: String?
  /// How many rows were looked at.
  public var examined: Int
  /// Whether the file itself is damaged.
  public var isDamage: Bool
  public init(test: String, problem: String?, examined: Int, isDamage: Bool = false) {
    self.test = test
    self.problem = problem
    self.examined = examined
    self.isDamage = isDamage
  }
}
