internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Finding by an index who can fit, so that a filter does not look at every entity.
extension FilterCompiler {
  /// The ids of the entities of which a filter can be `outcome` (true or false), as a query; nothing where it can be
  /// anybody. What it gives is a superset: the filter itself is tested on each.
  mutating func candidates(_ filter: Filter, for outcome: Bool = true) throws(StoreProblem) -> String? {
    switch (filter, outcome) {
    case (.not(let part), _): return try candidates(part, for: !outcome)
    case (.qualified(_, let part), _): return try candidates(part, for: outcome)
    case (.all(let parts), true), (.any(let parts), false):
      // Each part must come out so: any of them finds all that can fit, an entity that is named the fewest.
      var found: String?
      for part in parts.sorted(by: { $0.selectivity > $1.selectivity }) where found == nil {
        found = try candidates(part, for: outcome)
      }
      return found
    case (.any(let parts), true), (.all(let parts), false):
      var found: [String] = []
      for part in parts {
        guard let some = try candidates(part, for: outcome) else { return nil }
        found.append(some)
      }
      return found.isEmpty ? nil : found.joined(separator: " UNION ALL ")
    case (.compare(let path, .equal, let values), true):
      guard path.count == 1, let properties = path.first, let objects = try objects(values) else {
        return withProperty(path)
      }
      return """
        SELECT c.subject FROM \(candidateFacts) WHERE c.property IN \(bind(properties))
          AND c.object IN (\(objects))
        """
    case (.compare(let path, .equal, let values), false):
      // What has many values is ruled out by a word on the value itself, or by a list that is whole.
      guard path.count == 1, let properties = path.first, let root = properties.first, isMany(properties),
        let objects = try objects(values)
      else { return withProperty(path) }
      let wider = Array(schema.propertyAndBroader(of: root).dropFirst())
      return """
        SELECT c.subject FROM \(candidateFacts) WHERE c.property IN \(bind(properties + wider))
          AND c.object IN (\(objects))
        UNION ALL SELECT c.subject
          FROM \(Facts.only(.bounding, in: findsAmongNow ? .main : scope, isViewed: isViewed && !findsAmongNow)) c
          WHERE c.kind = \(ValueKind.none.rawValue) AND c.property IN \(bind(properties + wider))
        """
    case (.compare(let path, _, _), _): return withProperty(path)
    case (.state(let path, _), true): return withProperty(path)
    case (.named(let properties, let owners, _), true): return try namedCandidates(properties, owners)
    case (.state, false), (.named, false), (.key, _), (.undecided, _): return nil
    }
  }

  private var candidateFacts: String { findsAmongNow ? "main.fact c" : "\(scope.rawValue).fact c" }

  /// The entities that a filter can decide: where nothing is stated of any property that it looks at, it cannot.
  mutating func decided(_ filter: Filter) throws(StoreProblem) -> String? {
    // They are counted.
    let outer = findsAmongNow
    findsAmongNow = false
    defer { findsAmongNow = outer }
    guard let yes = try candidates(filter, for: true), let no = try candidates(filter, for: false) else {
      return nil
    }
    return yes + " UNION ALL " + no
  }

  /// Those of whom anything is stated of the first property of a path, or denied of what it narrows: a comparison decides
  /// nothing of others.
  private mutating func withProperty(_ path: [[Key]]) -> String? {
    path.first.map { properties in
      let wider = properties.first.map { Array(schema.propertyAndBroader(of: $0).dropFirst()) } ?? []
      return "SELECT c.subject FROM \(candidateFacts) WHERE c.property IN \(bind(properties + wider))"
    }
  }

  /// The rows of entities that an equality looks for; nothing where it looks for something else.
  mutating func objects(_ values: [Value]) throws(StoreProblem) -> String? {
    var ids: Set<Int64> = []
    for value in values {
      guard case .entity(let key) = value, key != Self.row else { return nil }
      for named in [key] + (standIns[key] ?? []).map(\.entity) {
        if let id = try findID(named) { ids.insert(id) }
      }
    }
    return "SELECT value FROM json_each(\(bind(.list(ids.sorted()))))"
  }
}

extension Filter {
  /// Whether an index finds those who can fit, by an entity that is named.
  var findsFew: Bool {
    switch self {
    case .compare(let path, .equal, let values):
      path.count == 1
        && values.allSatisfy {
          if case .entity = $0 { true } else { false }
        }
    case .all(let parts): parts.contains(where: \.findsFew)
    case .any(let parts): !parts.isEmpty && parts.allSatisfy(\.findsFew)
    case .qualified(_, let part): part.findsFew
    case .compare, .not, .key, .state, .named, .undecided: false
    }
  }

  fileprivate var selectivity: Int {
    if findsFew { return 2 }
    if case .qualified(_, let part) = self { return part.selectivity }
    if case .compare(_, .equal, _) = self { return 1 }
    return 0
  }
}
