internal import RegistryModel
internal import RegistryStore

/// How many entities a filter cannot decide.
extension EntityPlanner {
  /// More than so many are not looked at one by one, where nothing counts them; of more, some are.
  private static var mostExamined: Int64 { 10_000 }

  static var someExamined: Int64 { 1_000 }

  func countUndecided(
    _ query: EntityQuery, _ scope: Scope, _ holding: Holding
  ) throws(StoreProblem) -> Undecided {
    guard let filter = query.filter, filter.canBeUndecided else { return Undecided(0) }
    // Of what is undecided nothing is stated that would be asked of what is not there.
    var undecided = query
    undecided.filter = .undecided(filter)
    let isThere = try isThere(undecided, holding)
    let all = isThere.isEmpty ? try countEntities(query.types, scope) : try countThere(query, scope, isThere)
    if scope == .main, holding.date == nil, let property = filter.settling(try schemas.readSchema(in: scope))
    {
      return Undecided(try countUnsettled(query, filter, property, of: all, holding))
    }
    if scope == .main, holding.date == nil, isThere.isEmpty, query.standIns.isEmpty, !state.late.tally,
      let known = try countKnown(query, filter)
    {
      return Undecided(all - known)
    }
    return try examine(query, filter, of: all, scope, holding, isThere)
  }

  /// Of how many a comparison of what has many values with one entity is decided, by the counts that are kept; nothing where
  /// more than its being claimed decides, or the counts do not say of how many entities it is.
  private func countKnown(_ query: EntityQuery, _ filter: Filter) throws(StoreProblem) -> Int? {
    let schema = try schemas.readSchema(in: .main)
    guard let (properties, value) = filter.valueOfMany(schema), let root = properties.first else {
      return nil
    }
    guard let object = try truth.findEntityID(value, in: .main) else { return nil }
    let family = properties + schema.propertyAndBroader(of: root).dropFirst()
    let types = query.types == nil ? "TRUE" : "v.type IN (SELECT value FROM json_each(?3))"
    let row = try db.rows(
      """
      SELECT v.property, sum(v.facts), sum(v.entities), v.kind FROM json_each(?1) p CROSS JOIN main.value_tally v
        ON v.property = p.value AND (v.object = ?2 AND v.kind = 0
          OR v.object = 0 AND v.kind = \(ValueKind.none.rawValue)) WHERE \(types) GROUP BY v.property, v.kind
      """,
      [.list(family.map(\.text)), .integer(object)] + (query.types.map { [.list($0.map(\.text))] } ?? []))
    var known: Int?
    while try row.next() {
      let (facts, entities) = (row.integer(1), row.integer(2))
      if facts == 0 { continue }
      // A denial or a list that is whole, a second claim with other qualifiers, or a claim of a narrower property as well.
      guard facts == entities, row.integer(3) == 0, known == nil, properties.contains(row.key(0)) else {
        return nil
      }
      known = Int(entities)
    }
    return known ?? 0
  }

  /// How many of the types are there on the date, or spoken of.
  private func countThere(
    _ query: EntityQuery, _ scope: Scope, _ isThere: String
  ) throws(StoreProblem) -> Int {
    let types = query.types == nil ? "TRUE" : "e.type IN (SELECT value FROM json_each(?1))"
    return Int(
      try db.integer(
        "SELECT count(*) FROM \(scope.rawValue).entity_now e WHERE \(types)\(isThere)",
        query.types.map { [.list($0.map(\.text))] } ?? []) ?? 0)
  }

  func countEntities(_ types: [Key]?, _ scope: Scope) throws(StoreProblem) -> Int {
    let narrow = types == nil ? "" : " AND type IN (SELECT value FROM json_each(?1))"
    let arguments: [SQL] = types.map { [.list($0.map(\.text))] } ?? []
    let counted =
      scope == .main
      ? "SELECT sum(entities) FROM main.tally WHERE property = ''"
      : "SELECT count(*) FROM temp.entity_now WHERE TRUE"
    return Int(try db.integer(counted + narrow, arguments) ?? 0)
  }

  /// All but those of whom the property is settled, and those that a known value decides beside an unknown one.
  private func countUnsettled(
    _ query: EntityQuery, _ filter: Filter, _ property: Key, of all: Int, _ holding: Holding
  ) throws(StoreProblem) -> Int {
    var compiler = try filterCompiler(.main, query)
    let types = query.types.map { " AND t.type IN \(compiler.bind($0))" } ?? ""
    let name = compiler.bind(.text(property.text))
    let settled =
      try db.integer(
        "SELECT sum(t.entities) FROM main.tally t WHERE t.property = \(name)\(types)", compiler.arguments)
      ?? 0
    compiler = try filterCompiler(.main, query)
    let ofTypes = query.types.map { " AND e.type IN \(compiler.bind($0))" } ?? ""
    let family = compiler.bind(compiler.schema.propertyAndNarrower(of: property))
    let condition = try compiler.compile(filter, holding)
    let decided =
      try db.integer(
        """
        SELECT count(*) FROM (SELECT DISTINCT u.subject FROM main.fact u
            WHERE u.property IN \(family) AND u.kind = 4 AND u.chosen) who
          CROSS JOIN main.entity_now e ON e.id = who.subject\(ofTypes) WHERE (\(condition)) IS NOT NULL
        """, compiler.arguments) ?? 0
    // What is no value of the property (that a list is whole, or that there is none of the narrower) settles nothing.
    let valueless =
      try db.integer(
        """
        SELECT count(*) FROM (SELECT DISTINCT u.subject FROM \(Facts.only(.bounding, in: .main)) u
            WHERE u.property IN \(family) AND u.kind = \(ValueKind.none.rawValue) AND u.chosen) who
          CROSS JOIN main.entity_now e ON e.id = who.subject\(ofTypes) WHERE (\(condition)) IS NULL
            AND NOT EXISTS(SELECT 1 FROM main.fact o WHERE o.subject = e.id AND o.property IN \(family)
              AND o.kind = \(ValueKind.unknown.rawValue) AND o.chosen)
        """, compiler.arguments) ?? 0
    // Where no value stands, a denial can decide.
    let denying = compiler.bind(
      compiler.schema.propertyAndNarrower(of: property)
        + compiler.schema.propertyAndBroader(of: property).dropFirst())
    let denied =
      try db.integer(
        """
        SELECT count(*) FROM (SELECT DISTINCT u.subject FROM main.life l CROSS JOIN main.fact u ON u.statement = l.id
            WHERE l.thing = \(Thing.denial.rawValue) AND u.property IN \(denying) AND u.denied) who
          CROSS JOIN main.entity_now e ON e.id = who.subject\(ofTypes) WHERE (\(condition)) IS NOT NULL
            AND NOT EXISTS(SELECT 1 FROM main.fact o WHERE o.subject = e.id AND o.property IN \(family) AND o.chosen)
        """, compiler.arguments) ?? 0
    return all - Int(settled) - Int(decided) - Int(denied) + Int(valueless)
  }

  /// All but those that it decides, who are found by what is stated of them; where they are too many, a part of all.
  private func examine(
    _ query: EntityQuery, _ filter: Filter, of all: Int, _ scope: Scope, _ holding: Holding,
    _ isThere: String
  ) throws(StoreProblem) -> Undecided {
    let entities = "\(scope.rawValue).entity_now e"
    var compiler = try filterCompiler(scope, query)
    if let decided = try compiler.decided(filter) {
      let most = all > Self.mostExamined ? Self.someExamined : Self.mostExamined
      // Counted twice or not: telling them apart would read them all.
      let found = try db.integer(
        """
        SELECT count(*) FROM (SELECT subject FROM (\(decided))
          LIMIT \(most + 1))
        """, compiler.arguments)
      if let found, found <= most {
        let types = query.types.map { "e.type IN \(compiler.bind($0))" } ?? "TRUE"
        let condition = try compiler.compile(filter, holding)
        let known = try db.integer(
          """
          SELECT count(*) FROM (SELECT DISTINCT subject FROM (\(decided))) who
            CROSS JOIN \(entities) ON e.id = who.subject WHERE \(types)\(isThere) AND (\(condition)) IS NOT NULL
          """, compiler.arguments)
        return Undecided(all - Int(known ?? 0))
      }
    }
    compiler = try filterCompiler(scope, query)
    let types = query.types.map { "e.type IN \(compiler.bind($0))" } ?? "TRUE"
    let condition = try compiler.compile(filter, holding)
    let undecided = try db.integer(
      """
      SELECT count(*) FROM (
        SELECT (\(condition)) AS verdict FROM \(entities) WHERE \(types)\(isThere)
          LIMIT \(all > Self.mostExamined ? Self.someExamined : Self.mostExamined))
      WHERE verdict IS NULL
      """, compiler.arguments)
    return Undecided(Int(undecided ?? 0), isLowerBound: all > Self.mostExamined)
  }
}

extension Filter {
  /// Whether there can be entities that it does not decide.
  fileprivate var canBeUndecided: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.canBeUndecided)
    case .not(let part), .qualified(_, let part): part.canBeUndecided
    case .compare, .named(_, _, nil): true
    case .key, .state, .named, .undecided: false
    }
  }

  /// Whether it is an equality of what has many values with entities: it is decided by words on just these.
  func isOfMany(_ schema: Schema) -> Bool { valuesOfMany(schema) != nil }

  /// The properties and the one entity that such an equality compares them with.
  fileprivate func valueOfMany(_ schema: Schema) -> ([Key], Key)? {
    guard let (properties, values) = valuesOfMany(schema), values.count == 1 else { return nil }
    return (properties, values[0])
  }

  private func valuesOfMany(_ schema: Schema) -> ([Key], [Key])? {
    switch self {
    case .not(let part): return part.valuesOfMany(schema)
    case .all(let parts) where parts.count == 1: return parts[0].valuesOfMany(schema)
    case .any(let parts) where parts.count == 1: return parts[0].valuesOfMany(schema)
    case .compare(let path, .equal, let values):
      guard path.count == 1, let root = path[0].first, schema.properties[root]?.cardinality == .many else {
        return nil
      }
      var keys: [Key] = []
      for case .entity(let key) in values { keys.append(key) }
      return keys.count == values.count ? (path[0], keys) : nil
    default: return nil
    }
  }

  /// The property that decides the filter wherever it is settled: that of a single comparison in which only an
  /// unknown value is undecided.
  func settling(_ schema: Schema) -> Key? {
    switch self {
    case .not(let part): return part.settling(schema)
    case .all(let parts) where parts.count == 1: return parts[0].settling(schema)
    case .any(let parts) where parts.count == 1: return parts[0].settling(schema)
    case .compare(let path, _, let values):
      // Of what has many values, one does not decide on another.
      guard path.count == 1, let root = path[0].first, schema.properties[root]?.cardinality != .many,
        Set(schema.propertyAndNarrower(of: root)) == Set(path[0]), !values.isEmpty
      else { return nil }
      let isPlain = values.allSatisfy {
        switch $0 {
        case .entity, .text, .none: true
        case .date, .quantity, .unknown: false
        }
      }
      return isPlain ? root : nil
    default: return nil
    }
  }
}
