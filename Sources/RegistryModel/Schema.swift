/// A type of entity.
public struct TypeDefinition: Hashable, Sendable {
  public var key: Key
  /// The type it is a kind of.
  public var parent: Key?
  /// What a list of them is called (`list initiatives`).
  public var plural: String
  public var about: String?
  /// The properties that a list shows beside key and name, unless asked for others.
  public var columns: [Key]
  /// What begins a thing of the type; empty where its wider type says so, or where things of the type have no beginning.
  public var begins: [ExistenceMark]
  /// What ends it.
  public var ends: [ExistenceMark]

  public init(
    key: Key, parent: Key?, plural: String, about: String? = nil, columns: [Key] = [],
    begins: [ExistenceMark] = [], ends: [ExistenceMark] = []
  ) {
    self.key = key
    self.parent = parent
    self.plural = plural
    self.about = about
    self.columns = columns
    self.begins = begins
    self.ends = ends
  }
}

/// What says that a thing begins or ends: a property whose value is the date (`launched`), or a word of a choice
/// (`status.ended`), from when it holds.
public struct ExistenceMark: Hashable, Sendable, CustomStringConvertible {
  public var property: Key
  /// The word of a choice; nil where the value is a date.
  public var word: String?

  public init(_ property: Key, word: String? = nil) {
    self.property = property
    self.word = word
  }

  /// Reads what ``description`` writes.
  public init(text: String) {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    self.init(Key(unchecked: parts.first ?? text), word: parts.count > 1 ? parts[1] : nil)
  }

  public var description: String { word.map { "\(property).\($0)" } ?? property.text }
}

/// How many values of a property can hold at once: what makes two statements rivals.
public enum Cardinality: Hashable, Sendable {
  /// Each value is its own fact.
  case many
  /// Any two values are rivals.
  case one
  /// Values whose periods overlap are rivals; a successor closes an open end.
  case oneAtATime
  /// Two values with the same of these qualifiers are rivals; the qualifiers address the cell.
  case onePer([Key])
}

/// What the values of a property are.
public enum ValueRange: Hashable, Sendable {
  /// Entities of one of these types, or of a type under one of them.
  case entities([Key])
  case text
  case number
  /// A part of a whole: from 0 to 100 %.
  case percent
  /// A rate, which can be below 0 % and above 100 %.
  case anyPercent
  case money
  case date
  /// One of these words, in their order (`announced`, `pledged` …).
  case choice([String])
}

extension ValueRange {
  /// Whether its numbers are percentages.
  public var isPercent: Bool { self == .percent || self == .anyPercent }

  /// Whether its values are numbers, of whatever unit.
  public var isNumeric: Bool { self == .number || isPercent || self == .money }
}

/// A property of entities, or of statements (a qualifier, where the domain is `statement`).
public struct PropertyDefinition: Hashable, Sendable {
  public var key: Key
  /// The types of the entities that can have it; `statement` makes it a qualifier.
  public var domain: [Key]
  public var range: ValueRange
  /// The unit of a number (`weeks`, `t/yr`).
  public var unit: String?
  public var cardinality: Cardinality
  /// The property it narrows: a signatory is a member.
  public var parent: Key?
  public var about: String?
  /// By what one of several rivals is chosen, the first rule that parts them deciding; what none parts is unsettled.
  public var rules: [ResolutionRule]
  /// Whether it can be followed from part to whole to the whole's whole (`part-of`).
  public var isTransitive: Bool
  /// For how long what is said of it is good, from the day of its last evidence; nothing where nobody said.
  public var review: ReviewPeriod?

  public init(
    key: Key, domain: [Key], range: ValueRange, unit: String? = nil, cardinality: Cardinality = .many,
    parent: Key? = nil, about: String? = nil, rules: [ResolutionRule] = ResolutionRule.standard,
    isTransitive: Bool = false, review: ReviewPeriod? = nil
  ) {
    self.key = key
    self.domain = domain
    self.range = range
    self.unit = unit
    self.cardinality = cardinality
    self.parent = parent
    self.about = about
    self.rules = rules
    self.isTransitive = isTransitive
    self.review = review
  }
}

/// The definitions that stand at one time.
public struct Schema: Sendable {
  public private(set) var types: [Key: TypeDefinition]
  public private(set) var properties: [Key: PropertyDefinition]
  private var plurals: [String: Key]
  private var childTypes: [Key: [Key]]
  private var childProperties: [Key: [Key]]
  /// The types that two registries, before they united, put under one another: the first by key of each such loop counts as
  /// defined under `entity`, so that a walk upwards ends, and every registry with the same definitions reads the same.
  public let typesOfLoops: [Key]
  /// The properties of which the same is true; they count as narrowing nothing.
  public let propertiesOfLoops: [Key]

  public init(types: [TypeDefinition] = [], properties: [PropertyDefinition] = []) {
    self.types = Dictionary(types.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    self.properties = Dictionary(properties.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    self.plurals = Dictionary(
      self.types.values.map { ($0.plural, $0.key) }, uniquingKeysWith: { min($0, $1) })
    typesOfLoops = Self.firstOfLoops(self.types.compactMapValues(\.parent))
    for key in typesOfLoops { self.types[key]?.parent = BuiltIn.entity }
    propertiesOfLoops = Self.firstOfLoops(self.properties.compactMapValues(\.parent))
    for key in propertiesOfLoops { self.properties[key]?.parent = nil }
    self.childTypes = Self.children(self.types.compactMapValues(\.parent))
    self.childProperties = Self.children(self.properties.compactMapValues(\.parent))
  }

  private static func children(_ parents: [Key: Key]) -> [Key: [Key]] {
    Dictionary(grouping: parents.keys.sorted(), by: { parents[$0] ?? $0 })
  }

  /// The first by key of each loop that leads over parents back to where it begins.
  private static func firstOfLoops(_ parents: [Key: Key]) -> [Key] {
    var found: [Key] = []
    var seen: Set<Key> = []
    for key in parents.keys.sorted() {
      var way: [Key] = []
      var next: Key? = key
      while let at = next, seen.insert(at).inserted {
        way.append(at)
        next = parents[at]
      }
      if let next, let start = way.firstIndex(of: next), let first = way[start...].min() {
        found.append(first)
      }
    }
    return found.sorted()
  }

  /// The types whose plural means another: that of the first by key, or the type with it for a key. Alone nobody defines such.
  public var typesWithoutWord: [Key] {
    types.values.filter { type(named: $0.plural)?.key != $0.key }.map(\.key).sorted()
  }

  /// The type that `word` names: by its key, or by its plural.
  public func type(named word: String) -> TypeDefinition? {
    types[Key(unchecked: word)] ?? plurals[word].flatMap { types[$0] }
  }

  /// The property that `word` names: by its key, or by the plural of it, as `signatories`.
  public func property(named word: String) -> PropertyDefinition? {
    if let definition = properties[Key(unchecked: word)] { return definition }
    for (ending, singular) in [("ies", "y"), ("es", ""), ("s", "")] where word.hasSuffix(ending) {
      let key = Key(unchecked: word.dropLast(ending.count) + singular)
      if let definition = properties[key] { return definition }
    }
    return nil
  }

  /// The type and all types under it.
  public func typeAndSubtypes(of key: Key) -> [Key] { descend(key, childTypes) }

  /// The property and all properties that narrow it.
  public func propertyAndNarrower(of key: Key) -> [Key] { descend(key, childProperties) }

  /// Whether `key` is `ancestor` or a type under it.
  public func isType(_ key: Key, under ancestor: Key) -> Bool {
    var current: Key? = key
    while let at = current {
      if at == ancestor { return true }
      current = types[at]?.parent
    }
    return false
  }

  /// Whether things of a type, or of one under it, can have a property of this domain.
  public func canHave(_ type: Key, _ domain: some Sequence<Key>) -> Bool {
    domain.contains { $0 == BuiltIn.entity || isType(type, under: $0) || isType($0, under: type) }
  }

  /// What begins things of a type: by itself, or by the nearest wider type that says so.
  public func begins(_ type: Key) -> [ExistenceMark] { marks(type, \.begins) }

  /// What ends things of a type.
  public func ends(_ type: Key) -> [ExistenceMark] { marks(type, \.ends) }

  private func marks(_ type: Key, _ marks: KeyPath<TypeDefinition, [ExistenceMark]>) -> [ExistenceMark] {
    var current = types[type]
    while let at = current {
      if !at[keyPath: marks].isEmpty { return at[keyPath: marks] }
      current = at.parent.flatMap { types[$0] }
    }
    return []
  }

  /// The property and all that it narrows, itself first.
  public func propertyAndBroader(of key: Key) -> [Key] {
    var found = [key]
    while let parent = properties[found[found.count - 1]]?.parent {
      found.append(parent)
    }
    return found
  }

  private func descend(_ key: Key, _ children: [Key: [Key]]) -> [Key] {
    var found = [key]
    var next = 0
    while next < found.count {
      found += children[found[next]] ?? []
      next += 1
    }
    return found
  }
}
