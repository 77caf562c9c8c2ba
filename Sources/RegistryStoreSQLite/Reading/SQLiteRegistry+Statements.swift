public import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  public func statements(
    _ selection: StatementSelection, _ times: Times
  ) throws(StoreProblem) -> [StatementRecord] {
    try restoreIndexes()
    let scope = try scope(times)
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
      let ids = try knownIDs(subjects, in: scope)
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
          .list(try families(of: objects, in: scope)))
      } else {
        narrow("f.object IN (SELECT value FROM json_each(?))", .list(try knownIDs(objects, in: scope)))
      }
    }
    if let source = selection.source {
      narrow(
        "f.statement IN (SELECT c.statement FROM \(scope.rawValue).citation_now c WHERE c.source IN (SELECT value FROM json_each(?)))",
        .list(try families(of: [source], in: scope)))
    }
    if let mentioned = selection.mentioned {
      let list = SQL.list(try families(of: [mentioned], in: scope))
      narrow("f.statement IN (\(Self.mentioning)) AND (f.object IS NULL OR f.object != f.subject)", list)
    }
    let extent: Extent
    if let about { extent = .entities(about) } else { extent = try self.extent(of: selection, in: scope) }
    try ready(extent, in: scope)
    let condition = (conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "))
    let holding = try holding(scope, times)
    let holds =
      (selection.includesOver ? holding.ofYear("f") : holding.condition("f")) + " AND f.evidence > 0"
    if selection.limit != nil || selection.offset > 0 {
      arguments += [.integer(Int64(selection.limit ?? -1)), .integer(Int64(selection.offset))]
    }
    var loaded = try load(
      in: scope, where: condition + holds, arguments, isCut: selection.limit != nil || selection.offset > 0)
    if selection.tellsHeld { try tellHeld(&loaded, times, holding) }
    if selection.tellsStanding { try tellStanding(&loaded, scope) }
    return loaded.map(\.record)
  }

  /// The statements that have one of a list as a value or a qualifier.
  private static let mentioning = """
    SELECT m.id FROM main.statement m WHERE m.object IN (SELECT \(Identity.counted("o.value", in: "main"))
        FROM json_each(?) o) AND \(RecordedAs.object("m")) IN (SELECT value FROM json_each(?))
      UNION SELECT q.statement FROM main.qualifier q WHERE q.object IN (SELECT value FROM json_each(?))
    """

  public func mentions(of key: Key, most: Int, _ times: Times) throws(StoreProblem) -> Mentions {
    let asValue = try valueMentions(of: key, times)
    let (asQualifier, cited) = try furtherMentions(of: key, most: most, times)
    return Mentions(asValue: asValue, asQualifier: asQualifier, cited: cited)
  }

  /// Where the entity occurs other than as a value.
  private func furtherMentions(
    of key: Key, most: Int, _ times: Times
  ) throws(StoreProblem) -> (asQualifier: [Mentions.Count], cited: Int) {
    try restoreIndexes()
    let scope = try scope(times)
    let list = SQL.list(try families(of: [key], in: scope))
    try ready(try extent(of: StatementSelection(mentioned: key), in: scope), in: scope)
    let holds = try holding(scope, times).condition("f") + " AND f.evidence > 0"
    let row = try db.rows(
      """
      SELECT property, count(*) FROM (
        SELECT q.property FROM main.qualifier q CROSS JOIN \(scope.rawValue).fact f ON f.statement = q.statement
        WHERE q.object IN (SELECT value FROM json_each(?1))\(holds) LIMIT ?2)
      GROUP BY property ORDER BY 2 DESC, 1
      """, [list, .integer(Int64(most))])
    var qualifiers: [Mentions.Count] = []
    while try row.next() { qualifiers.append(.init(property: row.key(0), count: Int(row.integer(1)))) }
    // A long import cites one source for all: more than so many are not looked at. The sign keeps SQLite from going
    // through all statements for the sake of their order.
    let cited = try db.integer(
      """
      SELECT count(*) FROM (SELECT DISTINCT +c.statement FROM \(scope.rawValue).citation_now c
        WHERE c.source IN (SELECT value FROM json_each(?1)) LIMIT ?2)
      """, [list, .integer(Int64(most))])
    return (qualifiers, Int(cited ?? 0))
  }

  /// About whom the statements are that are selected otherwise than by whom they are about.
  private func extent(of selection: StatementSelection, in scope: Scope) throws(StoreProblem) -> Extent {
    func family(_ keys: [Key]) throws(StoreProblem) -> SQL { .list(try families(of: keys, in: scope)) }
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
    try restoreIndexes()
    let scope = try scope(times)
    guard let id = try findEntityID(key, in: scope) else { return [] }
    try ready(try extent(of: StatementSelection(objects: [key]), in: scope), in: scope)
    let properties = try readSchema(in: scope).properties.keys.map(\.text).sorted()
    let holding = try holding(scope, times)
    // By property and value, the index holds all that is counted where no counts are kept.
    let counted =
      scope == .main && holding.date == nil && !late.tally
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

  func recordedStatements(idPrefix: String) throws(StoreProblem) -> [StatementRecord] {
    try restoreIndexes()
    _ = try scope(.all)
    // The digits of ids all sort before `~`.
    return try recorded(
      "s.digest >= ?1 AND s.digest < ?1 || '~' ORDER BY s.digest LIMIT 100", [.text(idPrefix)]
    )
    .map(\.record)
  }

  /// Statements as they were recorded, whether they stand or not, with their rows.
  func recorded(
    _ condition: String, _ arguments: [SQL]
  ) throws(StoreProblem) -> [(row: Int64, record: StatementRecord)] {
    let row = try db.rows(
      """
      SELECT s.id, s.digest, e.key, s.property, s.validity,
        \(Lives.isClaimed("s", .current)), \(Lives.isDenied("s", .current)),
        coalesce((SELECT j.rank FROM main.judgement_now j WHERE j.statement = s.id), 0),
        coalesce(s.tx, (SELECT min(l.tx_in) FROM main.life l WHERE l.thing IN (1, 2) AND l.id = s.id)),
        \(ValueColumns.selection("s", object: "o"))
      FROM main.statement s JOIN main.entity_key e ON e.id = s.subject
        LEFT JOIN main.entity_key o ON o.id = s.object
      WHERE \(condition)
      """, arguments)
    var found: [(row: Int64, record: StatementRecord)] = []
    while try row.next() {
      found.append(
        (
          row.integer(0),
          StatementRecord(
            id: StatementID(row.text(1)),
            statement: Statement(
              subject: row.key(2), property: row.key(3), value: ValueColumns.read(row, at: 9),
              validity: try validity(row.text(4))),
            citations: [], isClaimed: row.flag(5),
            isDenied: row.flag(6), rank: Rank(rawValue: Int(row.integer(7))) ?? .normal,
            recorded: TransactionID(row.integer(8)))
        ))
    }
    let rows = found.map(\.row)
    let qualifiers = try qualifiers(of: rows, "main.entity_key")
    let citations = try citations(of: rows, in: .main)
    for index in found.indices {
      found[index].record.add(qualifiers[found[index].row])
      found[index].record.citations = citations[found[index].row] ?? []
    }
    return found
  }

  public func sources(_ query: SourceQuery, _ times: Times) throws(StoreProblem) -> [Key: SourceData] {
    switch query {
    case .keys(let keys): try sourceData(of: keys, times)
    case .pages(let keys): keys.isEmpty ? [:] : try sources(keys, of: try scope(times))
    }
  }

  private func sourceData(of keys: [Key], _ times: Times) throws(StoreProblem) -> [Key: SourceData] {
    let scope = try scope(times)
    let ids = try findEntityIDs(keys, in: scope)
    guard !ids.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT \(SQLiteRegistry.sourceColumns), d.source FROM json_each(?) j
        CROSS JOIN \(scope.rawValue).source_now d ON d.source = j.value
      """, [.list(Set(ids.values).sorted())])
    var byID: [Int64: SourceData] = [:]
    while try row.next() { byID[row.integer(13)] = SQLiteRegistry.sourceData(row) }
    try showCorrected(&byID, in: scope)
    return ids.compactMapValues { byID[$0] }
  }

  /// Puts the keys by which the pages that are corrected are known.
  private func showCorrected<Name>(_ found: inout [Name: SourceData], in scope: Scope) throws(StoreProblem) {
    let shown = try shownPages(Set(found.values.flatMap(\.corrects)).sorted(), in: scope)
    for (name, data) in found where !data.corrects.isEmpty {
      found[name]?.corrects = data.corrects.compactMap { shown[$0] }
    }
  }

  /// The keys by which pages are known (``Citation/book``): that under which they are shown, unless they count as another.
  private func shownPages(_ keys: [Key], in scope: Scope) throws(StoreProblem) -> [Key: Key] {
    guard !keys.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT a.key, CASE WHEN k.target = k.id THEN k.key ELSE (SELECT e.key FROM main.entity e WHERE e.id = k.id) END
      FROM (\(SourceBook.pages(in: scope.rawValue))) a CROSS JOIN \(scope.rawValue).entity_key k ON k.id = a.id
      """, [.list(keys.map(\.text))])
    var found: [Key: Key] = [:]
    while try row.next() { found[row.key(0)] = row.key(1) }
    return found
  }

  func sources(_ keys: Set<Key>, of scope: Scope) throws(StoreProblem) -> [Key: SourceData] {
    let row = try db.rows(
      """
      SELECT \(SQLiteRegistry.sourceColumns), a.key FROM (\(SourceBook.pages(in: scope.rawValue))) a
        CROSS JOIN main.source_data d ON d.id = \(SourceBook.row(of: "a.id", in: scope.rawValue))
      """, [.list(keys.map(\.text).sorted())])
    var found: [Key: SourceData] = [:]
    while try row.next() { found[row.key(13)] = SQLiteRegistry.sourceData(row) }
    try showCorrected(&found, in: scope)
    return found
  }

  /// What ``sourceData(_:)`` reads.
  static let sourceColumns = """
    d.title, d.publisher, d.published, d.published_earliest, d.published_latest, d.url, d.retrieved, \
    d.retrieved_earliest, d.retrieved_latest, d.language, d.reliability, d.note, d.corrects
    """

  static func sourceData(_ row: Cursor) -> SourceData {
    func date(_ start: Int) -> PartialDate? {
      row.optionalText(start).map {
        PartialDate(
          uncheckedEDTF: $0, earliest: Day(row.integer(start + 1)), latest: Day(row.integer(start + 2)))
      }
    }
    return SourceData(
      title: row.text(0), publisher: row.optionalText(1), published: date(2), url: row.optionalText(5),
      retrieved: date(6), language: row.optionalText(9),
      reliability: SourceData.Reliability(rawValue: row.text(10)) ?? .f,
      corrects: DefinitionText.keys(row.optionalText(12) ?? ""), note: row.optionalText(11))
  }

  public func schema(_ times: Times) throws(StoreProblem) -> Schema {
    try readSchema(in: try scope(times, asksLives: false))
  }
}
