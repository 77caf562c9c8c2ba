internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// The paths by which things are in groups, and parts of wholes.
struct PathReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var pastScope: PastScope { PastScope(state) }
  private var schemas: SchemaReader { SchemaReader(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func paths(_ query: PathQuery, _ times: Times) throws(StoreProblem) -> [GroupPath] {
    switch query.following {
    case .groups: try groupPaths(of: query.members, in: query.reached, times)
    case .parts: try partPaths(of: query.members, in: query.reached, times)
    }
  }

  func groupPaths(
    of members: [Key]?, in groups: [Key]?, _ times: Times
  ) throws(StoreProblem) -> [GroupPath] {
    let times = times.background
    let scope = try pastScope.scope(times)
    try pastScope.ready(.everything(groups: true), in: scope)
    var conditions: [String] = []
    var arguments: [SQL] = []
    for (column, keys) in [("member", members), ("reached", groups)] {
      guard let keys else { continue }
      conditions.append("p.\(column) IN (SELECT value FROM json_each(?))")
      arguments.append(.list(try truth.knownIDs(keys, in: scope)))
    }
    let condition = conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND ")
    return try readPaths(
      "\(scope.rawValue).group_path", condition, arguments, try pastScope.holding(scope, times))
  }

  func partPaths(
    of parts: [Key]?, in wholes: [Key]?, _ times: Times
  ) throws(StoreProblem) -> [GroupPath] {
    let times = times.background
    let scope = try pastScope.scope(times)
    try pastScope.ready(.everything(), in: scope)
    let families = Parts.followed(try schemas.readSchema(in: scope))
    let holding = try pastScope.holding(scope, times)
    var found: [GroupPath] = []
    for family in families {
      var arguments: [SQL] = [.list(family.map(\.text))]
      var (begin, condition) = ("IS NOT NULL", "TRUE")
      if let wholes {
        arguments.append(.list(try truth.knownIDs(wholes, in: scope)))
        begin = "IN (SELECT value FROM json_each(?\(arguments.count)))"
      }
      if let parts {
        arguments.append(.list(try truth.knownIDs(parts, in: scope)))
        condition = "p.member IN (SELECT value FROM json_each(?\(arguments.count)))"
      }
      // From the whole down, so that only its own parts are looked at; paths are read the other way round.
      found += try readPaths(
        "(\(Self.partWalk(scope.rawValue, properties: "(SELECT value FROM json_each(?1))", wholes: begin)))",
        condition, arguments, holding
      ).map { path in
        var path = path
        path.groups.reverse()
        path.statements.reverse()
        return path
      }
    }
    return found
  }

  /// The paths that lead down from wholes, as the columns of `group_path`.
  /// - Parameter properties: those that are followed, as a list or a query of them.
  static func partWalk(_ scope: String, properties: String, wholes: String) -> String {
    """
    WITH RECURSIVE walk(member, reached, path, statements, steps, start_earliest, start_latest, end_earliest,
      end_latest, evidence) AS (
      SELECT f.subject, f.object, json_array(f.object), json_array(f.statement), 1, f.start_earliest,
        f.start_latest, f.end_earliest, f.end_latest, f.evidence
      FROM \(scope).fact f WHERE f.property IN \(properties) AND f.chosen
        AND f.object \(wholes) AND f.object != f.subject
      UNION ALL
      SELECT f.subject, w.reached, json_insert(w.path, '$[#]', f.object),
        json_insert(w.statements, '$[#]', f.statement), w.steps + 1, max(w.start_earliest, f.start_earliest),
        max(w.start_latest, f.start_latest), min(w.end_earliest, f.end_earliest),
        min(w.end_latest, f.end_latest), min(w.evidence, f.evidence)
      FROM walk w CROSS JOIN \(scope).fact f ON f.property IN \(properties) AND f.chosen
        AND f.object = w.member AND w.steps < \(Parts.longestPath)
        AND f.subject NOT IN (SELECT p.value FROM json_each(w.path) p)
        AND max(w.start_earliest, f.start_earliest) <= min(w.end_latest, f.end_latest))
    SELECT member, reached, path, statements, start_earliest, start_latest, end_earliest, end_latest, evidence
    FROM walk
    """
  }

  /// Rows of paths as paths, those that possibly hold on the date asked for.
  private func readPaths(
    _ rows: String, _ condition: String, _ arguments: [SQL], _ holding: Holding
  ) throws(StoreProblem) -> [GroupPath] {
    let scope = holding.scope.rawValue
    let holds = holding.date == nil ? "" : holding.condition(path: "p")
    let row = try db.rows(
      """
      SELECT m.key, p.path, p.statements, p.start_earliest, p.start_latest, p.end_earliest, p.end_latest, p.evidence,
        \(holding.certainty(path: "p", .dated))
      FROM \(rows) p CROSS JOIN \(scope).entity_key m ON m.id = p.member
      WHERE \(condition)\(holds)
      ORDER BY m.key, json_array_length(p.path)
      """, arguments)
    var found: [GroupPath] = []
    var steps: [(groups: [Int64], statements: [Int64])] = []
    while try row.next() {
      steps.append((Self.rows(row.text(1)), Self.rows(row.text(2))))
      found.append(
        GroupPath(
          member: row.key(0), groups: [], statements: [],
          bounds: Validity.Bounds(
            startEarliest: Day(row.integer(3)), startLatest: Day(row.integer(4)),
            endEarliest: Day(row.integer(5)), endLatest: Day(row.integer(6))),
          evidence: row.integer(7) == 2 ? .certainly : .possibly,
          certainty: row.optionalText(8).flatMap(Certainty.init(rawValue:)) ?? .certainly))
    }
    let keys = try texts(of: "\(scope).entity_key", "key", steps.flatMap(\.groups))
    let digests = try texts(of: "main.statement", "digest", steps.flatMap(\.statements))
    for (index, step) in steps.enumerated() {
      found[index].groups = step.groups.compactMap { keys[$0] }.map(Key.init(unchecked:))
      found[index].statements = step.statements.compactMap { digests[$0] }.map(StatementID.init)
    }
    return found.sorted(by: Self.isBefore)
  }

  /// By what they say, and not by when that was recorded.
  private static func isBefore(_ one: GroupPath, _ other: GroupPath) -> Bool {
    if one.member != other.member { return one.member < other.member }
    if one.groups.count != other.groups.count { return one.groups.count < other.groups.count }
    if one.groups != other.groups { return one.groups.lexicographicallyPrecedes(other.groups) }
    return one.statements.lexicographicallyPrecedes(other.statements) { $0.digest < $1.digest }
  }

  /// The rows in a list that was written as JSON.
  private static func rows(_ list: String) -> [Int64] {
    list.dropFirst().dropLast().split(separator: ",").compactMap { Int64($0) }
  }

  /// What can be named in place of each of some entities, at the times asked for.
  func standIns(for asked: Set<Key>, _ query: EntityQuery, _ times: Times) throws(StoreProblem)
    -> [Key: [StandIn]]
  {
    guard query.includesOthers else { return [:] }
    var found: [Key: [StandIn]] = [:]
    // Of every row it is asked who names it.
    if query.filter?.asksWhoNames == true {
      if query.includingGroups {
        for path in try groupPaths(of: nil, in: nil, times) {
          if let group = path.groups.last { found[path.member, default: []].append(StandIn(group, path)) }
        }
      }
      if query.includingParts {
        for path in try partPaths(of: nil, in: nil, times) {
          if let whole = path.groups.last { found[whole, default: []].append(StandIn(path.member, path)) }
        }
      }
      return found
    }
    if query.includingGroups {
      for key in asked.sorted() {
        found[key] = try groupPaths(of: [key], in: nil, times).compactMap { path in
          path.groups.last.map { StandIn($0, path) }
        }
      }
    }
    if query.includingParts {
      for key in asked.sorted() {
        found[key, default: []] += try partPaths(of: nil, in: [key], times).map { StandIn($0.member, $0) }
      }
    }
    return found
  }

  /// What stands in a column of some rows.
  private func texts(
    of table: String, _ column: String, _ rows: [Int64]
  ) throws(StoreProblem) -> [Int64: String] {
    guard !rows.isEmpty else { return [:] }
    let row = try db.rows(
      "SELECT t.id, t.\(column) FROM json_each(?) j CROSS JOIN \(table) t ON t.id = j.value",
      [.list(Set(rows).sorted())])
    var found: [Int64: String] = [:]
    while try row.next() { found[row.integer(0)] = row.text(1) }
    return found
  }
}
