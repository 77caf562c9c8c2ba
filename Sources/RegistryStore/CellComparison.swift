public import RegistryModel
public import RegistryRules

/// Compares what is said in places of a registry, two by two, part by part: what `conflicts` tells, and the relation of
/// contradictions.
public struct CellComparison {
  private let store: any RegistryReading
  private let schema: Schema
  private let times: Times
  private let asked: Set<Key>?
  private let includesNeighbours: Bool
  /// Those that were looked at: a denial of the broader stands in two places.
  private var seen: Set<Place> = []

  /// The cells of a part.
  public struct Part {
    /// Those of rivals, whether anything differs in them or not.
    public var cells: [ComparedCell] = []
    /// Figures beside each other that are no rivals.
    public var neighbours: [ComparedCell] = []
  }

  /// How many places are read at once.
  public static let size = 500

  /// - Parameters:
  ///   - asked: the sources whose word is compared; nothing for all.
  ///   - includesNeighbours: whether figures that are no rivals are compared, too.
  public init(
    _ store: any RegistryReading, _ schema: Schema, _ times: Times, asked: Set<Key>? = nil,
    includesNeighbours: Bool = false
  ) {
    self.store = store
    self.schema = schema
    self.times = times
    self.asked = asked
    self.includesNeighbours = includesNeighbours
  }

  /// The cells of some places, and of those that they are narrowed by.
  /// - Parameter properties: of which cells are made; nothing for all.
  public mutating func part(
    _ places: some Sequence<Place>, of properties: Set<Key>?
  ) throws(StoreProblem) -> Part {
    // What is said of a property is said of those that narrow it.
    var asked: Set<Place> = []
    for place in places {
      for property in schema.propertyAndNarrower(of: place.property)
      where properties?.contains(property) ?? true {
        asked.insert(Place(subject: place.subject, property: property))
      }
    }
    let selection = StatementSelection(
      subjects: Set(asked.map(\.subject)).sorted(), properties: related(Set(asked.map(\.property))))
    return try part(try store.statements(selection, times), of: asked.contains)
  }

  /// The cells of all that is said of some subjects.
  public mutating func part(
    of subjects: [Key], _ properties: Set<Key>?
  ) throws(StoreProblem) -> Part {
    let selection = StatementSelection(subjects: subjects, properties: properties.map(related))
    return try part(try store.statements(selection, times)) { properties?.contains($0.property) ?? true }
  }

  /// The properties and those that they narrow, in which something of them may be denied.
  private func related(_ properties: Set<Key>) -> [Key] {
    Set(properties.flatMap(schema.propertyAndBroader(of:))).sorted()
  }

  /// The cells of statements, which are all of their places and of those that these narrow.
  private mutating func part(
    _ records: [StatementRecord], of isAsked: (Place) -> Bool
  ) throws(StoreProblem) -> Part {
    let rivals = records.filter { schema.properties[$0.statement.property]?.cardinality != .many }
    let judge = Contradictions(
      schema, wholes: try store.wholes(of: rivals, schema, times),
      sources: try store.standings(of: records, times))
    var part = Part()
    for (subject, records) in Dictionary(grouping: records, by: \.statement.subject) {
      var properties: Set<Key> = []
      for property in Set(records.map(\.statement.property)) {
        let place = Place(subject: subject, property: property)
        if isAsked(place), seen.insert(place).inserted { properties.insert(property) }
      }
      if properties.isEmpty { continue }
      part.cells += judge.cells(records, of: properties, asked: asked)
      if includesNeighbours {
        part.neighbours += judge.neighbours(
          records.filter { properties.contains($0.statement.property) }, asked: asked)
      }
    }
    return part
  }
}

extension RegistryReading {
  /// What the rules need to know of the sources of statements.
  public func standings(
    of records: [StatementRecord], _ times: Times
  ) throws(StoreProblem) -> (Key) -> SourceStanding? {
    let book = try sources(.pages(Set(records.flatMap(\.citations).map(\.book))), times)
    return { book[$0].map { SourceStanding($0) } }
  }

  /// The wholes of the entities among values and qualifiers, near and far: what they are part of, by any property that can
  /// be followed, and the groups of which they are members.
  public func wholes(
    of records: [StatementRecord], _ schema: Schema, _ times: Times
  ) throws(StoreProblem) -> [Key: Set<Key>] {
    let values = records.flatMap { [$0.statement.value] + $0.statement.qualifiers.map(\.value) }
    let keys = Set(values.compactMap { value in if case .entity(let key) = value { key } else { nil } })
    guard keys.count > 1 else { return [:] }
    let followed = schema.properties.values.filter(\.isTransitive).map(\.key).sorted()
    var near: [Key: Set<Key>] = [:]
    // Level by level, so that the number of questions is that of the levels.
    var next = keys
    while !next.isEmpty {
      let above = try statements(
        StatementSelection(subjects: next.sorted(), properties: followed), times)
      let paths = try paths(PathQuery(.groups, of: next.sorted()), times)
      for key in next { near[key] = [] }
      for record in above where record.isClaimed {
        if case .entity(let whole) = record.statement.value {
          near[record.statement.subject, default: []].insert(whole)
        }
      }
      for path in paths { near[path.member, default: []].formUnion(path.groups) }
      next = Set(near.values.joined()).subtracting(near.keys)
    }
    return Dictionary(uniqueKeysWithValues: keys.map { ($0, Parts.reached(from: $0, by: near)) })
  }
}
