internal import RegistryModel
internal import RegistryStore

/// How many entities a filter cannot decide.
extension SQLiteRegistry {
  /// More than so many are not looked at one by one, where nothing counts them; of more, some are.
  private static var mostExamined: Int64 { 10_000 }
  private static var someExamined: Int64 { 1_000 }

  func countUndecided(
    _ query: EntityQuery, _ scope: Scope, _ holding: Holding
  ) throws(StoreProblem) -> Undecided {
    guard let filter = query.filter, filter.canBeUndecided else { return Undecided(0) }
    let isThere = isThere(query, holding)
    let all = isThere.isEmpty ? try countEntities(query.types, scope) : try countThere(query, scope, isThere)
    if scope == .main, holding.date == nil, let property = filter.settling(try readSchema(in: scope)) {
      return Undecided(try countUnsettled(query, filter, property, of: all, holding))
    }
    return try examine(query, filter, of: all, scope, holding, isThere)
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
        SELECT count(*) FROM (SELECT DISTINCT u.subject FROM main.fact u INDEXED BY fact_bounding
            WHERE u.property IN \(family) AND u.kind = \(ValueKind.none.rawValue) AND u.chosen) who
          CROSS JOIN main.entity_now e ON e.id = who.subject\(ofTypes) WHERE (\(condition)) IS NULL
            AND NOT EXISTS(SELECT 1 FROM main.fact o WHERE o.subject = e.id AND o.property IN \(family)
              AND o.kind = \(ValueKind.unknown.rawValue) AND o.chosen)
        """, compiler.arguments) ?? 0
    return all - Int(settled) - Int(decided) + Int(valueless)
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
    case .compare: true
    case .key, .state, .undecided: false
    }
  }

  /// Whether it is an equality of what has many values with entities: it is decided by words on just these.
  func isOfMany(_ schema: Schema) -> Bool {
    switch self {
    case .not(let part): return part.isOfMany(schema)
    case .all(let parts) where parts.count == 1: return parts[0].isOfMany(schema)
    case .any(let parts) where parts.count == 1: return parts[0].isOfMany(schema)
    case .compare(let path, .equal, let values):
      guard path.count == 1, let root = path[0].first else { return false }
      return schema.properties[root]?.cardinality == .many
        && values.allSatisfy { if case .entity = $0 { true } else { false } }
    default: return false
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
