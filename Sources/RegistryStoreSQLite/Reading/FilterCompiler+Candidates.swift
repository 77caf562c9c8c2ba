internal import RegistryModel
internal import RegistryStore

/// Finding by an index who can fit, so that a filter does not look at every entity.
extension FilterCompiler {
  /// The ids of the entities of which a filter can be `outcome` (true or false), as a query; nothing where it can be
  /// anybody. What it gives is a superset: the filter itself is tested on each.
  mutating func candidates(_ filter: Filter, for outcome: Bool = true) throws(StoreProblem) -> String? {
    switch (filter, outcome) {
    case (.not(let part), _): return try candidates(part, for: !outcome)
    case (.all(let parts), true), (.any(let parts), false):
      // Each part must come out so: any of them finds all that can fit, an equality the fewest.
      var found: String?
      for part in parts.sorted(by: { $0.isEquality && !$1.isEquality }) where found == nil {
        found = try candidates(part, for: outcome)
      }
      return found
    case (.any(let parts), true), (.all(let parts), false):
      var found: [String] = []
      for part in parts {
        guard let some = try candidates(part, for: outcome) else { return nil }
        found.append(some)
      }
      return found.isEmpty ? nil : found.joined(separator: " UNION ")
    case (.compare(let path, .equal, let values), true):
      guard path.count == 1, let properties = path.first, let objects = try objects(values) else {
        return withProperty(path)
      }
      return """
        SELECT c.subject FROM \(scope.rawValue).fact c WHERE c.property IN \(bind(properties))
          AND c.object IN (\(objects))
        """
    case (.compare(let path, _, _), _): return withProperty(path)
    case (.state(let path, _), true): return withProperty(path)
    case (.state, false), (.key, _): return nil
    }
  }

  /// The entities that a filter can decide: where nothing is stated of any property that it looks at, it cannot.
  mutating func decided(_ filter: Filter) throws(StoreProblem) -> String? {
    guard let yes = try candidates(filter, for: true), let no = try candidates(filter, for: false) else {
      return nil
    }
    return yes + " UNION " + no
  }

  /// Those of whom anything is stated of the first property of a path: a comparison decides nothing of others.
  private mutating func withProperty(_ path: [[Key]]) -> String? {
    path.first.map { properties in
      "SELECT c.subject FROM \(scope.rawValue).fact c WHERE c.property IN \(bind(properties))"
    }
  }

  /// The rows of entities that an equality looks for; nothing where it looks for something else.
  private mutating func objects(_ values: [Value]) throws(StoreProblem) -> String? {
    var ids: [Int64] = []
    for value in values {
      guard case .entity(let key) = value else { return nil }
      if let id = try findID(key) { ids.append(id) }
    }
    let list = bind(.list(ids))
    let direct = "SELECT value FROM json_each(\(list))"
    guard includingGroups else { return direct }
    return """
      \(direct) UNION SELECT p.reached FROM json_each(\(list)) j
        CROSS JOIN \(scope.rawValue).group_path p ON p.member = j.value
      """
  }
}

extension Filter {
  fileprivate var isEquality: Bool {
    if case .compare(_, .equal, _) = self { return true }
    return false
  }
}
