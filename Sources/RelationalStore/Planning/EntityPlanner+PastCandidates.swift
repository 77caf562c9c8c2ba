internal import RegistryModel
internal import RegistryStore

/// A list by what fewer sources say, whose filter names an entity: no more is derived than of those who can fit.
extension EntityPlanner {
  /// Brings there what is said of all who can fit.
  /// - Returns: how many the filter leaves undecided at least; nothing where everything has to be there.
  func readyForCandidates(_ query: EntityQuery, _ scope: Scope, _ times: Times) throws(StoreProblem)
    -> Undecided?
  {
    // Of what was recorded once, and is not any more, today's facts know nothing.
    guard scope == .temp, let past = state.memory.past, !past.isWhole, past.times.recorded == nil,
      let filter = query.filter, filter.findsFew, !query.includesOthers
    else { return nil }
    try pastScope.ready(.everything(), in: .main)
    let schema = try schemas.currentSchema()
    let all = try countEntities(nil, .main)
    guard all > state.leastForCandidates, query.sort.allSatisfy({ $0.isOfEntity(schema) }),
      try filter.isOfMany(schema) ? true : isSettling(filter, schema)
    else { return nil }
    var compiler = try filterCompiler(.main, query)
    guard let candidates = try compiler.candidates(filter) else { return nil }
    let most = all / 10
    let ids = try db.integers(
      "SELECT DISTINCT subject FROM (\(candidates)) LIMIT \(most + 1)", compiler.arguments)
    guard ids.count <= most else { return nil }
    try pastScope.ready(.candidates(ids, times.on == nil ? query.properties(schema) : nil), in: .temp)
    // Of the others nobody has looked whether a source that counts speaks of them. Since there may be more in any case, a
    // short list does not wait until all who can fit were looked at.
    let looked = query.limit == nil ? ids[...] : ids.prefix(Int(Self.someExamined))
    let holding = try pastScope.holding(scope, times)
    try readyDeepView(query, holding)
    compiler = try filterCompiler(.temp, query)
    let condition = try compiler.compile(filter, holding)
    let types = query.types.map { " AND e.type IN \(compiler.bind($0))" } ?? ""
    let undecided = try db.integer(
      """
      SELECT count(*) FROM json_each(\(compiler.bind(.list(Array(looked))))) who CROSS JOIN temp.entity_now e ON e.id = who.value
      WHERE (\(condition)) IS NULL\(types)
        AND EXISTS(SELECT 1 FROM temp.fact f WHERE f.subject = e.id AND f.evidence > 0)
      """, compiler.arguments)
    return Undecided(Int(undecided ?? 0), isLowerBound: true)
  }

  private func isSettling(_ filter: Filter, _ schema: Schema) throws(StoreProblem) -> Bool {
    guard let property = filter.settling(schema) else { return false }
    return try !isUnknownOfAny(property, schema)
  }

  /// Whether somebody's value is known to be unknown: without the source that says so, another may count.
  private func isUnknownOfAny(_ property: Key, _ schema: Schema) throws(StoreProblem) -> Bool {
    try db.integer(
      """
      SELECT 1 FROM json_each(?) p CROSS JOIN \(Facts.only(.unknown, in: .main)) u ON u.property = p.value LIMIT 1
      """, [.list(schema.propertyAndNarrower(of: property).map(\.text))]) != nil
  }
}

extension EntityQuery {
  /// The properties that a filter of one step, and the order, look at.
  fileprivate func properties(_ schema: Schema) -> [String] {
    var found = filter?.properties ?? []
    for sort in sort { if case .property(let property) = sort.field { found.insert(property) } }
    return Set(found.flatMap { schema.propertyAndBroader(of: $0) + schema.propertyAndNarrower(of: $0) })
      .map(\.text).sorted()
  }
}

extension Filter {
  fileprivate var properties: Set<Key> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.properties) }
    case .not(let part), .qualified(_, let part), .undecided(let part): part.properties
    case .compare(let path, _, _), .state(let path, _): Set(path.joined())
    case .key, .named: []
    }
  }
}

extension EntityQuery.Sort {
  /// Whether it is by what is said of the entity alone, and not by the name of a value.
  fileprivate func isOfEntity(_ schema: Schema) -> Bool {
    guard case .property(let property) = field else { return true }
    if case .entities? = schema.properties[property]?.range { return false }
    return true
  }
}
