internal import RegistryModel
internal import RegistryStore

/// Reading another time through ``PastViews``, where that is how it can be read.
extension PastScope {
  /// Brings there what a question looks at.
  /// - Returns: whether the time is read through views.
  func readyPastViews(_ extent: Extent) throws(StoreProblem) -> Bool {
    guard let past = state.memory.past else { return false }
    if past.views == nil {
      guard extent.isOfMany, !past.isWhole, !past.needsTables else { return false }
      let isSmall = (try db.integer("SELECT max(id) FROM main.statement") ?? 0) < state.leastForViews
      guard !isSmall, try makePastViews(past) else {
        state.memory.past?.needsTables = true
        return false
      }
    }
    switch extent {
    case .name(let folded): return try readyPastViews(.entities(try everNamed(folded)))
    case .named(let ids), .entities(let ids): try decidePast(of: ids, nil)
    case .candidates(let ids, let properties): try decidePast(of: ids, properties)
    case .types: state.memory.past?.isWhole = true
    case .everything(let text, let groups):
      try decidePast(of: nil, nil)
      state.memory.past?.isWhole = true
      if text, state.memory.past?.hasText == false {
        try textIndex.fillText(.temp)
        state.memory.past?.hasText = true
      }
      if groups, state.memory.past?.hasGroups == false {
        try groupProjector.fillGroupPaths(Scope.temp.rawValue, try schemas.readSchema(in: .temp))
        state.memory.past?.hasGroups = true
      }
    }
    return true
  }

  /// Says of some entities when they were there.
  func readyExistence(_ scope: Scope, of entities: Set<Int64>) throws(StoreProblem) {
    guard scope == .temp, let past = state.memory.past, past.views != nil, !past.hasExistence else {
      return try readyExistence(scope)
    }
    let known = try db.integers(
      "SELECT o.entity FROM json_each(?) j CROSS JOIN temp.bounded_otherwise o ON o.entity = j.value",
      [.list(entities.sorted())])
    let rest = entities.subtracting(known)
    guard !rest.isEmpty else { return }
    // What follows them ends them.
    try ready(.entities(rest.union(try projector.bounding(rest.sorted())).sorted()), in: .temp)
    try fillPastExistence(rest)
  }

  /// Says of all when they were there: anew of those of whom something was otherwise.
  func readyPastExistence() throws(StoreProblem) {
    guard let views = state.memory.past?.views else { return }
    try ready(.everything(), in: .temp)
    guard case .recorded(let changes) = views.difference, let others = try boundedOtherwise(changes) else {
      return try fillPastExistence(Set(try db.integers("SELECT id FROM temp.entity_now")))
    }
    try fillPastExistence(others)
  }

  func fillPastExistence(_ entities: Set<Int64>) throws(StoreProblem) {
    try db.write(
      "INSERT OR IGNORE INTO temp.bounded_otherwise SELECT value FROM json_each(?)",
      [.list(entities.sorted())])
    try existenceProjector.fillExistence(.temp, of: entities)
  }

  /// Of whom it may have been otherwise known when they were there: of whom something else is said now, or is said
  /// otherwise, and what they follow.
  /// - Returns: nothing where they are too many to be looked at one by one.
  private func boundedOtherwise(_ changes: LaterChanges) throws(StoreProblem) -> Set<Int64>? {
    let all = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    let later =
      changes.lastEntity < all - changes.lastStatement
      ? "WHERE f.subject <= ?1 AND +f.statement > ?2"
      : "NOT INDEXED WHERE f.subject <= ?1 AND f.statement > ?2"
    let most = LaterChangesFinder.most
    let others = try db.integers(
      """
      SELECT DISTINCT subject FROM (
        SELECT f.subject FROM main.fact f \(later)
        UNION ALL SELECT f.subject FROM json_each(?3) j CROSS JOIN main.fact f ON f.statement = j.value
        UNION ALL SELECT f.subject FROM main.fact f WHERE f.statement IN (
          SELECT x.statement FROM temp.otherwise x UNION SELECT d.statement FROM temp.decided d)
        UNION ALL SELECT o.id FROM temp.typed_then o) WHERE subject <= ?1 LIMIT \(most + 1)
      """,
      [.integer(changes.lastEntity), .integer(changes.lastStatement), .list(changes.outOfOrder)])
    guard others.count <= most else { return nil }
    return try existenceProjector.existenceTouched(by: Set(others))
  }

  /// - Returns: whether the time can be read so.
  private func makePastViews(_ past: Past) throws(StoreProblem) -> Bool {
    // What this session edited is in `main` before it is taken from there.
    try projector.flush()
    let difference: PastViews.Difference
    if let point = past.times.recorded {
      guard !past.needsEvidence,
        let changes = try LaterChangesFinder(db: db).changes(since: try truth.number(of: point))
      else { return false }
      difference = .recorded(changes)
    } else if past.needsEvidence {
      difference = .sources
    } else {
      return false
    }
    var views = PastViews(difference: difference)
    try dropFromTemporary(.table, PastViews.tables)
    try db.runScript(PastViews.creation)
    switch difference {
    case .recorded(let changes): guard try noteRestated(changes, &views) else { return false }
    case .sources: try noteRecited()
    }
    try db.write(
      views.cells, [.integer(try resolver.firstPublished(in: .temp)), try schemas.schemaRules(in: .temp).kin])
    try dropFromTemporary(.table, PastViews.views)
    try db.runScript(views.facts + views.existence)
    state.memory.past?.views = views
    state.memory.past?.entities = []
    state.memory.past?.hasExistence = false
    try makePastNames()
    return true
  }

  /// How those stood that stand otherwise.
  /// - Returns: whether all that stood is still there; what is not has no row in what is derived for now.
  private func noteRestated(_ changes: LaterChanges, _ views: inout PastViews) throws(StoreProblem) -> Bool {
    try db.write(
      "INSERT OR IGNORE INTO temp.otherwise SELECT value FROM json_each(?)",
      [.list(changes.restated + changes.outOfOrder + changes.recited)])
    guard !changes.restated.isEmpty else { return true }
    let list = SQL.list(changes.restated)
    let then = Projection(schema: "temp", needsEvidence: false).facts(
      where: "s.id IN (SELECT value FROM json_each(?1))")
    try db.write("INSERT INTO temp.stood SELECT id, claimed, denied, rank FROM (\(then))", [list])
    let gone = try db.integer(
      """
      SELECT 1 FROM temp.stood s WHERE NOT EXISTS(SELECT 1 FROM main.fact f WHERE f.statement = s.statement) LIMIT 1
      """)
    if gone != nil { return false }
    try db.write(
      "INSERT OR IGNORE INTO temp.stood SELECT value, 0, 0, 0 FROM json_each(?)", [list])
    views.hasRestated = true
    return true
  }

  /// The statements that are cited by a source that does not count too: by those that are left one may be a plan.
  private func noteRecited() throws(StoreProblem) {
    let sources = """
      WITH RECURSIVE each(source) AS (SELECT min(source) FROM main.citation UNION ALL
        SELECT (SELECT min(o.source) FROM main.citation o WHERE o.source > e.source) FROM each e
        WHERE e.source IS NOT NULL)
      """
    func citations(_ condition: String) -> String {
      """
      (SELECT e.source FROM each e WHERE e.source IS NOT NULL
          AND e.source \(condition) (SELECT o.source FROM temp.standing o)) s
        CROSS JOIN main.citation c ON c.source = s.source
      """
    }
    func other(_ condition: String) -> String {
      """
      EXISTS(SELECT 1 FROM main.citation t WHERE t.statement = c.statement
        AND t.source \(condition) (SELECT o.source FROM temp.standing o))
      """
    }
    // By the fewer; the statements of most sources have no other citation.
    let all = try db.integer("SELECT max(id) FROM main.citation") ?? 0
    let most = max(Int64(LaterChangesFinder.most), all / 10)
    var found =
      "main.citation c WHERE c.source IN (SELECT o.source FROM temp.standing o) AND \(other("NOT IN"))"
    for (one, another) in [("NOT IN", "IN"), ("IN", "NOT IN")] {
      let count =
        try db.integer(
          "\(sources) SELECT count(*) FROM (SELECT 1 FROM \(citations(one)) LIMIT \(most + 1))") ?? 0
      if count <= most {
        found = "\(citations(one)) WHERE \(other(another))"
        break
      }
    }
    try db.write("\(sources) INSERT OR IGNORE INTO temp.otherwise SELECT c.statement FROM \(found)")
  }

  /// What entities were, and what they were called: of those of whom anything of that was otherwise.
  private func makePastNames() throws(StoreProblem) {
    guard var views = state.memory.past?.views else { return }
    var others = Set(try decide(views, where: "f.property IN ('type', 'name')", .null))
    var renamed: Set<Int64> = []
    if case .recorded(let changes) = views.difference {
      others.formUnion(try retyped(changes))
      for entity in changes.renamed { renamed.insert(try truth.counted(entity, in: .temp)) }
    }
    var needsTable = false
    if !others.isEmpty {
      let list = SQL.list(others.sorted())
      let projection = Projection(schema: "temp", needsEvidence: false)
      try db.write(
        "INSERT INTO temp.typed_then SELECT id, key, type, name, 1 FROM ("
          + projection.entities(where: "e.id IN (SELECT value FROM json_each(?1))") + ")", [list])
      needsTable =
        try db.integer(
          """
          SELECT 1 FROM temp.typed_then o LEFT JOIN main.entity_now e ON e.id = o.id
          WHERE e.type IS NOT o.type OR e.key IS NOT o.key LIMIT 1
          """) != nil
      try db.write(
        "INSERT OR IGNORE INTO temp.typed_then SELECT value, '', '', '', 0 FROM json_each(?)", [list])
      views.hasRetyped = true
    }
    try db.runScript(views.entities(asTable: needsTable))
    renamed.formUnion(others)
    if !renamed.isEmpty {
      views.hasRenamed = true
      let list = SQL.list(renamed.sorted())
      try db.write("INSERT INTO temp.renamed SELECT value FROM json_each(?)", [list])
      try db.write(
        "INSERT INTO temp.name_then "
          + Projection(schema: "temp", needsEvidence: false).names(
            where: "n.id IN (SELECT value FROM json_each(?1))"), [list])
    }
    try db.runScript(views.names)
    state.memory.past?.views = views
  }

  /// Of whom what they are and are called may have been otherwise than it is.
  private func retyped(_ changes: LaterChanges) throws(StoreProblem) -> [Int64] {
    let all = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    let named = "f.property IN ('type', 'name')"
    // Of those who were there, what was said later: looked for among the fewer.
    let later =
      changes.lastEntity < all - changes.lastStatement
      ? """
      SELECT f.subject FROM main.fact f WHERE \(named) AND f.object IS NULL AND f.subject <= ?1 AND +f.statement > ?2
      UNION SELECT f.subject FROM main.fact f WHERE \(named) AND f.object > 0 AND f.subject <= ?1 AND +f.statement > ?2
      """
      : "SELECT f.subject FROM main.fact f NOT INDEXED WHERE f.statement > ?2 AND \(named) AND f.subject <= ?1"
    return try db.integers(
      """
      \(later)
      UNION SELECT \(Identity.counted("s.subject", in: "temp")) FROM json_each(?3) j
        CROSS JOIN main.statement s ON s.id = j.value WHERE s.property IN ('type', 'name')
      """,
      [
        .integer(changes.lastEntity), .integer(changes.lastStatement),
        .list(changes.restated + changes.outOfOrder),
      ])
  }

  /// Decides what was chosen of some entities and properties, or of all.
  private func decidePast(of entities: [Int64]?, _ properties: [String]?) throws(StoreProblem) {
    guard let views = state.memory.past?.views, let known = views.decided else { return }
    let rest = entities.map { Set($0).subtracting(known).sorted() }
    if rest?.isEmpty == true { return }
    var narrow = "TRUE"
    if rest != nil { narrow = "f.subject IN (SELECT value FROM json_each(?3))" }
    if let properties {
      narrow += " AND f.property IN (\(properties.map { SQL.quoted($0) }.joined(separator: ", ")))"
    }
    try decide(views, where: narrow, rest.map { .list($0) } ?? .null)
    if properties == nil { state.memory.past?.views?.decided = rest.map { known.union($0) } }
    if entities != nil { state.memory.past?.entities.formUnion(entities ?? []) }
    state.memory.past?.hasExistence = false
  }

  /// - Parameter argument: `?3` of `narrow`.
  /// - Returns: of whom something was decided.
  @discardableResult
  private func decide(
    _ views: PastViews, where narrow: String, _ argument: SQL
  ) throws(StoreProblem) -> [Int64] {
    let rules = try schemas.schemaRules(in: .temp)
    let asked = try db.integers(
      """
      SELECT statement FROM (\(views.undecided(where: narrow)))
      WHERE statement NOT IN (SELECT d.statement FROM temp.decided d) AND ?3 IS ?3
      """, [.integer(try resolver.firstPublished(in: .temp)), rules.kin, argument])
    guard !asked.isEmpty else { return [] }
    let list = SQL.list(asked)
    try db.write(
      """
      INSERT INTO temp.decided SELECT f.statement, f.claimed AND f.rank >= 0, 0
      FROM json_each(?) j CROSS JOIN temp.fact f ON f.statement = j.value
      """, [list])
    try resolver.resolve(try resolver.undecided(.statements(asked), in: .temp), in: .temp)
    return try db.integers(
      "SELECT DISTINCT f.subject FROM json_each(?) j CROSS JOIN main.fact f ON f.statement = j.value", [list])
  }
}
