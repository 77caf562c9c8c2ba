internal import RegistryModel
internal import RegistryStore

/// Rows of content as they were recorded, read by lists of them.
struct RecordedRows {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var loader: StatementLoader { StatementLoader(state) }

  init(_ state: RegistryState) { self.state = state }

  /// - Throws: `damaged` where the row is not there.
  func content(_ thing: Thing, _ row: Int64) throws(StoreProblem) -> RecordedContent {
    guard let content = try contents(thing, [row])[row] else { throw missing(thing) }
    return content
  }

  /// - Parameter rows: each once.
  /// - Returns: the content of each that is there.
  func contents(_ thing: Thing, _ rows: [Int64]) throws(StoreProblem) -> [Int64: RecordedContent] {
    guard !rows.isEmpty else { return [:] }
    return switch thing {
    case .statement: try recordedStatements(rows).mapValues(RecordedContent.claim)
    case .denial: try recordedStatements(rows).mapValues(RecordedContent.denial)
    case .citation: try recordedCitations(rows)
    case .judgement: try recordedJudgements(rows)
    case .review: try recordedReviews(rows)
    case .alias: try recordedAliases(rows)
    case .definition: try recordedDefinitions(rows)
    case .sourceData: try recordedSources(rows)
    case .merging, .renaming: try recordedIdentities(thing, rows)
    }
  }

  /// What stands of statements: claim and denial, then the citations by source.
  /// - Parameter rows: each once.
  /// - Returns: something, which may be empty, of each that is there.
  func standing(_ rows: [Int64]) throws(StoreProblem) -> [Int64: [RecordedContent]] {
    guard !rows.isEmpty else { return [:] }
    let list: [SQL] = [.list(rows)]
    var claims: [Int64: (isClaimed: Bool, isDenied: Bool)] = [:]
    let row = try db.rows(
      """
      SELECT s.id, \(Lives.isClaimed("s", .current)), \(Lives.isDenied("s", .current))
      FROM json_each(?) j CROSS JOIN main.statement s ON s.id = j.value
      """, list)
    while try row.next() { claims[row.integer(0)] = (row.flag(1), row.flag(2)) }
    let citations = try standingCitations(of: list)
    let standing = rows.filter { row in
      claims[row].map { $0.isClaimed || $0.isDenied || citations[row] != nil } ?? false
    }
    let statements = try recordedStatements(standing)
    var found = claims.mapValues { _ in [RecordedContent]() }
    for row in standing {
      guard let statement = statements[row] else { throw missing(.statement) }
      if claims[row]?.isClaimed == true { found[row]?.append(.claim(statement)) }
      if claims[row]?.isDenied == true { found[row]?.append(.denial(statement)) }
      for citation in citations[row] ?? [] { found[row]?.append(.citation(statement, citation)) }
    }
    return found
  }

  private func standingCitations(of list: [SQL]) throws(StoreProblem) -> [Int64: [Citation]] {
    let row = try db.rows(
      """
      SELECT c.statement, e.key, c.via, c.locator, c.quote, c.said, c.inferred, c.stance FROM json_each(?) j
        CROSS JOIN main.citation_now c ON c.statement = j.value CROSS JOIN main.entity e ON e.id = c.source
      ORDER BY c.statement, e.key, \(StatementLoader.citationOrder)
      """, list)
    var found: [Int64: [Citation]] = [:]
    while try row.next() {
      found[row.integer(0), default: []].append(StatementLoader.citation(row, source: 1, from: 2))
    }
    return found
  }

  private func missing(_ thing: Thing) -> StoreProblem {
    .damaged(location: state.location, reason: "a life in \(thing.table) has no content")
  }

  // MARK: Each thing

  /// - Parameter rows: each once.
  func recordedStatements(_ rows: [Int64]) throws(StoreProblem) -> [Int64: Statement] {
    guard !rows.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT s.id, e.key, s.property, s.validity, s.qualifiers, \(ValueColumns.selection("s", object: "o"))
      FROM json_each(?) j CROSS JOIN main.statement s ON s.id = j.value
        CROSS JOIN main.entity e ON e.id = \(RecordedAs.subject("s"))
        LEFT JOIN main.entity o ON o.id = \(RecordedAs.object("s"))
      """, [.list(rows)])
    var found: [Int64: Statement] = [:]
    var qualified: [Int64] = []
    while try row.next() {
      let id = row.integer(0)
      found[id] = Statement(
        subject: row.key(1), property: row.key(2), value: ValueColumns.read(row, at: 5),
        validity: try loader.validity(row.text(3)))
      if row.integer(4) > 0 { qualified.append(id) }
    }
    for (id, qualifiers) in try loader.qualifiers(of: qualified, "main.entity") {
      guard let bare = found[id] else { continue }
      found[id] = Statement(
        subject: bare.subject, property: bare.property, value: bare.value, qualifiers: qualifiers,
        validity: bare.validity)
    }
    return found
  }

  private func recordedCitations(_ rows: [Int64]) throws(StoreProblem) -> [Int64: RecordedContent] {
    let row = try db.rows(
      """
      SELECT c.id, c.statement, e.key, c.via, \(CitationColumns.locator("c")), c.quote, c.said, c.inferred,
        \(CitationColumns.stance("c"))
      FROM json_each(?) j CROSS JOIN main.citation c ON c.id = j.value CROSS JOIN main.entity e ON e.id = c.source
      """, [.list(rows)])
    var found: [(row: Int64, statement: Int64, citation: Citation)] = []
    while try row.next() {
      found.append((row.integer(0), row.integer(1), StatementLoader.citation(row, source: 2, from: 3)))
    }
    let statements = try recordedStatements(Set(found.map(\.statement)).sorted())
    var contents: [Int64: RecordedContent] = [:]
    for one in found {
      guard let statement = statements[one.statement] else { throw missing(.statement) }
      contents[one.row] = .citation(statement, one.citation)
    }
    return contents
  }

  private func recordedJudgements(_ rows: [Int64]) throws(StoreProblem) -> [Int64: RecordedContent] {
    let row = try db.rows(
      """
      SELECT c.id, c.statement, c.rank, c.reason
      FROM json_each(?) j CROSS JOIN main.judgement c ON c.id = j.value
      """, [.list(rows)])
    var found: [(row: Int64, statement: Int64, rank: Rank, reason: String?)] = []
    while try row.next() {
      let rank = Rank(rawValue: Int(row.integer(2))) ?? .normal
      found.append((row.integer(0), row.integer(1), rank, row.optionalText(3)))
    }
    let statements = try recordedStatements(Set(found.map(\.statement)).sorted())
    var contents: [Int64: RecordedContent] = [:]
    for one in found {
      guard let statement = statements[one.statement] else { throw missing(.statement) }
      contents[one.row] = .rank(statement, one.rank, reason: one.reason)
    }
    return contents
  }

  private func recordedReviews(_ rows: [Int64]) throws(StoreProblem) -> [Int64: RecordedContent] {
    let row = try db.rows(
      """
      SELECT c.id, c.statement, c.due, c.reason
      FROM json_each(?) j CROSS JOIN main.review c ON c.id = j.value
      """, [.list(rows)])
    var found: [(row: Int64, statement: Int64, due: PartialDate, reason: String?)] = []
    while try row.next() {
      guard let due = try? PartialDate(edtf: row.text(2)) else { throw missing(.review) }
      found.append((row.integer(0), row.integer(1), due, row.optionalText(3)))
    }
    let statements = try recordedStatements(Set(found.map(\.statement)).sorted())
    var contents: [Int64: RecordedContent] = [:]
    for one in found {
      guard let statement = statements[one.statement] else { throw missing(.statement) }
      contents[one.row] = .review(statement, by: one.due, reason: one.reason)
    }
    return contents
  }

  private func recordedAliases(_ rows: [Int64]) throws(StoreProblem) -> [Int64: RecordedContent] {
    let row = try db.rows(
      """
      SELECT a.id, e.key, a.name, (SELECT key FROM main.entity WHERE id = a.source), a.reason, a.local
      FROM json_each(?) j CROSS JOIN main.alias a ON a.id = j.value CROSS JOIN main.entity e ON e.id = a.entity
      """, [.list(rows)])
    var found: [Int64: RecordedContent] = [:]
    while try row.next() {
      found[row.integer(0)] = .alias(
        row.key(1), name: row.text(2), source: row.optionalKey(3), isLocal: row.optionalInteger(5) == 1,
        reason: row.optionalText(4))
    }
    return found
  }

  private func recordedSources(_ rows: [Int64]) throws(StoreProblem) -> [Int64: RecordedContent] {
    let row = try db.rows(
      """
      SELECT \(StatementLoader.sourceColumns), (SELECT key FROM main.entity WHERE id = d.source), d.id
      FROM json_each(?) j CROSS JOIN main.source_data d ON d.id = j.value
      """, [.list(rows)])
    var found: [Int64: RecordedContent] = [:]
    while try row.next() { found[row.integer(14)] = .source(row.key(13), StatementLoader.sourceData(row)) }
    return found
  }

  private func recordedDefinitions(_ rows: [Int64]) throws(StoreProblem) -> [Int64: RecordedContent] {
    let row = try db.rows(
      """
      SELECT \(SchemaReader.definitionColumns), id FROM main.definition WHERE id IN (SELECT value FROM json_each(?))
      """, [.list(rows)])
    var found: [Int64: RecordedContent] = [:]
    while try row.next() {
      found[row.integer(17)] =
        row.text(0) == "type"
        ? .type(SchemaReader.typeDefinition(row)) : .property(SchemaReader.propertyDefinition(row))
    }
    return found
  }

  private func recordedIdentities(
    _ thing: Thing, _ rows: [Int64]
  ) throws(StoreProblem) -> [Int64: RecordedContent] {
    let second = thing == .merging ? "(SELECT key FROM main.entity WHERE id = c.target)" : "c.key"
    let row = try db.rows(
      """
      SELECT c.id, e.key, \(second), c.reason FROM json_each(?) j CROSS JOIN main.\(thing.table) c ON c.id = j.value
        CROSS JOIN main.entity e ON e.id = c.entity
      """, [.list(rows)])
    var found: [Int64: RecordedContent] = [:]
    while try row.next() {
      found[row.integer(0)] =
        thing == .merging
        ? .merging(row.key(1), into: row.key(2), reason: row.optionalText(3))
        : .renaming(row.key(1), to: row.key(2), reason: row.optionalText(3))
    }
    return found
  }
}
