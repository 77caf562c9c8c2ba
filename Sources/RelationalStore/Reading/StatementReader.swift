internal import RegistryModel
internal import RegistryStore

/// Statements that are selected, with how each stands and what holds of it, and where an entity is mentioned.
struct StatementReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var batch: BatchLoader { BatchLoader(state) }
  private var resolver: CellResolver { CellResolver(state) }
  private var heldReader: HeldReader { HeldReader(state) }
  private var pastScope: PastScope { PastScope(state) }
  private var schemas: SchemaReader { SchemaReader(state) }
  private var loader: StatementLoader { StatementLoader(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func statements(
    _ selection: StatementSelection, _ times: Times
  ) throws(StoreProblem) -> [StatementRecord] {
    try batch.restoreIndexes()
    let scope = try pastScope.scope(times)
    var conditions: [String] = []
    var arguments: [SQL] = []
    /// - Parameter condition: in which `?` stands for the argument.
    func narrow(_ condition: String, _ argument: SQL) {
      arguments.append(argument)
      conditions.append(condition.replacing("?", with: "?\(arguments.count)"))
    }
    var about: [Int64]?
    if let ids = selection.ids {
      narrow(
        "f.statement IN (SELECT id FROM main.statement WHERE digest IN (SELECT value FROM json_each(?)))",
        .list(ids.map(\.digest)))
    }
    if let subjects = selection.subjects {
      let ids = try truth.knownIDs(subjects, in: scope)
      about = ids
      narrow("f.subject IN (SELECT value FROM json_each(?))", .list(ids))
    }
    if let properties = selection.properties {
      narrow("f.property IN (SELECT value FROM json_each(?))", .list(properties.map(\.text)))
    }
    if let objects = selection.objects {
      // Facts are found by property and object; by the object alone the statements are, as they were recorded: of what
      // counts as it too.
      if selection.properties == nil, selection.subjects == nil {
        narrow(
          "f.statement IN (SELECT s.id FROM main.statement s WHERE \(RecordedAs.isOf("?", .object)))",
          .list(try truth.families(of: objects, in: scope)))
      } else {
        narrow("f.object IN (SELECT value FROM json_each(?))", .list(try truth.knownIDs(objects, in: scope)))
      }
    }
    if let source = selection.source {
      narrow(
        "f.statement IN (SELECT c.statement FROM \(scope.rawValue).citation_now c WHERE c.source IN (SELECT value FROM json_each(?)))",
        .list(try truth.families(of: [source], in: scope)))
    }
    if let mentioned = selection.mentioned {
      let list = SQL.list(try truth.families(of: [mentioned], in: scope))
      narrow("f.statement IN (\(Self.mentioning)) AND (f.object IS NULL OR f.object != f.subject)", list)
    }
    if selection.isReviewed {
      conditions.append("f.statement IN (SELECT r.statement FROM \(scope.rawValue).review_now r)")
    }
    let extent: Extent
    if let about { extent = .entities(about) } else { extent = try self.extent(of: selection, in: scope) }
    try pastScope.ready(extent, in: scope)
    let condition = (conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "))
    let holding = try pastScope.holding(scope, times)
    let holds =
      (selection.includesOver ? holding.ofYear("f") : holding.condition("f")) + " AND f.evidence > 0"
    if selection.limit != nil || selection.offset > 0 {
      arguments += [.integer(Int64(selection.limit ?? -1)), .integer(Int64(selection.offset))]
    }
    var loaded = try loader.load(
      in: scope, where: condition + holds, arguments, isCut: selection.limit != nil || selection.offset > 0)
    if selection.tellsHeld { try heldReader.tellHeld(&loaded, times, holding) }
    if selection.tellsToCome, !selection.tellsHeld { try heldReader.tellToCome(&loaded, times, scope) }
    if selection.tellsHeldDays { try heldReader.tellHeldDays(&loaded, scope) }
    if selection.tellsStanding { try resolver.tellStanding(&loaded, scope) }
    if selection.tellsReview { try loader.tellReviews(&loaded, scope) }
    return loaded.map(\.record)
  }

  /// The statements that have one of a list as a value or a qualifier.
  private static let mentioning = """
    SELECT m.id FROM main.statement m WHERE m.object IN (SELECT \(Identity.counted("o.value", in: "main"))
        FROM json_each(?) o) AND \(RecordedAs.object("m")) IN (SELECT value FROM json_each(?))
      UNION SELECT q.statement FROM main.qualifier q WHERE q.object IN (SELECT value FROM json_each(?))
    """

  func mentions(of key: Key, most: Int, _ times: Times) throws(StoreProblem) -> Mentions {
    let asValue = try valueMentions(of: key, times)
    let (asQualifier, cited) = try furtherMentions(of: key, most: most, times)
    return Mentions(asValue: asValue, asQualifier: asQualifier, cited: cited)
  }

  /// Where the entity occurs other than as a value.
  private func furtherMentions(
    of key: Key, most: Int, _ times: Times
  ) throws(StoreProblem) -> (asQualifier: [Mentions.Count], cited: Int) {
    try batch.restoreIndexes()
    let scope = try pastScope.scope(times)
    let list = SQL.list(try truth.families(of: [key], in: scope))
    try pastScope.ready(try extent(of: StatementSelection(mentioned: key), in: scope), in: scope)
    let holds = try pastScope.holding(scope, times).condition("f") + " AND f.evidence > 0"
    let row = try db.rows(
      """
      SELECT property, count(*) FROM (
        SELECT q.property FROM main.qualifier q CROSS JOIN \(scope.rawValue).fact f ON f.statement = q.statement
        WHERE q.object IN (SELECT value FROM json_each(?1))\(holds) LIMIT ?2)
      GROUP BY property ORDER BY 2 DESC, 1
      """, [list, .integer(Int64(most))])
    var qualifiers: [Mentions.Count] = []
    while try row.next() { qualifiers.append(.init(property: row.key(0), count: Int(row.integer(1)))) }
    // A long import cites one source for all: more than so many are not looked at. Each statement counts by its first citation,
    // since to tell them apart by themselves an engine may go through all statements in their order.
    let citations = "\(scope.rawValue).citation_now"
    let cited = try db.integer(
      """
      SELECT count(*) FROM (SELECT c.statement FROM json_each(?1) j CROSS JOIN \(citations) c ON c.source = j.value
        WHERE NOT EXISTS(SELECT 1 FROM \(citations) o WHERE o.statement = c.statement AND o.id < c.id
          AND o.source IN (SELECT value FROM json_each(?1))) LIMIT ?2)
      """, [list, .integer(Int64(most))])
    return (qualifiers, Int(cited ?? 0))
  }

  /// About whom the statements are that are selected otherwise than by whom they are about.
  private func extent(of selection: StatementSelection, in scope: Scope) throws(StoreProblem) -> Extent {
    func family(_ keys: [Key]) throws(StoreProblem) -> SQL { .list(try truth.families(of: keys, in: scope)) }
    // Today nothing is gained by knowing about whom.
    guard scope == .temp else { return .everything() }
    let (condition, argument): (String, SQL)
    if let ids = selection.ids {
      (condition, argument) = ("s.digest IN (SELECT value FROM json_each(?1))", .list(ids.map(\.digest)))
    } else if let objects = selection.objects {
      (condition, argument) = (RecordedAs.isOf("?1", .object), try family(objects))
    } else if let mentioned = selection.mentioned {
      (condition, argument) = (
        "s.id IN (\(Self.mentioning.replacing("?", with: "?1")))", try family([mentioned])
      )
    } else if let source = selection.source {
      (condition, argument) = (
        "s.id IN (SELECT c.statement FROM main.citation c WHERE c.source IN (SELECT value FROM json_each(?1)))",
        try family([source])
      )
    } else {
      return .everything()
    }
    return .entities(
      try db.integers(
        """
        SELECT DISTINCT \(Identity.counted(RecordedAs.subject("s"), in: "temp")) FROM main.statement s WHERE \(condition)
        """,
        [argument]))
  }

  private func valueMentions(of key: Key, _ times: Times) throws(StoreProblem) -> [Mentions.Count] {
    try batch.restoreIndexes()
    let scope = try pastScope.scope(times)
    guard let id = try truth.findEntityID(key, in: scope) else { return [] }
    try pastScope.ready(try extent(of: StatementSelection(objects: [key]), in: scope), in: scope)
    let properties = try schemas.readSchema(in: scope).properties.keys.map(\.text).sorted()
    let holding = try pastScope.holding(scope, times)
    // By property and value, the index holds all that is counted where no counts are kept.
    let counted =
      scope == .main && holding.date == nil && !state.late.tally
      ? ("sum(f.facts)", "main.value_tally f", " AND f.kind = 0")
      : (
        "count(*)", "\(scope.rawValue).fact f",
        holding.condition("f") + (scope == .main ? "" : " AND f.evidence > 0")
      )
    let row = try db.rows(
      """
      SELECT p.value, \(counted.0) AS n FROM json_each(?1) p CROSS JOIN \(counted.1)
        ON f.property = p.value AND f.object = ?2 WHERE TRUE\(counted.2) GROUP BY p.value HAVING n > 0
      """, [.list(properties), .integer(id)])
    var found: [Mentions.Count] = []
    while try row.next() { found.append(.init(property: row.key(0), count: Int(row.integer(1)))) }
    return found.sorted { ($1.count, $0.property) < ($0.count, $1.property) }
  }

  func sources(_ query: SourceQuery, _ times: Times) throws(StoreProblem) -> [Key: SourceData] {
    switch query {
    case .keys(let keys): try loader.sourceData(of: keys, in: try pastScope.scope(times))
    case .pages(let keys): keys.isEmpty ? [:] : try loader.sources(keys, of: try pastScope.scope(times))
    }
  }
}
