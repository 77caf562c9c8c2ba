internal import RegistryModel
public import RegistryStore

/// All of a registry as it was recorded, for dumps.
extension SQLiteRegistry {
  public func recordedContents(
    onDamage: ((StoreProblem) -> Void)?, _ visit: (RecordedContent) -> Bool
  ) throws(StoreProblem) {
    let salvage = Salvage(self, onDamage)
    _ = try salvage.part(true) { () throws(StoreProblem) in
      _ = try scope(.all)
      return true
    }
    for kind in ["type", "property"] {
      let rows = try salvage.rows(
        "SELECT id FROM main.definition_now WHERE kind = ? ORDER BY key", [.text(kind)])
      guard try visitAll(rows, .definition, salvage, visit) else { return }
    }
    for entity in try salvage.ids(of: "entity", orderedBy: "key") {
      guard try visitEntity(entity, salvage, visit) else { return }
    }
    let merges = try salvage.rows(
      "SELECT m.id FROM main.merging_now m CROSS JOIN main.entity e ON e.id = m.entity ORDER BY e.key")
    guard try visitAll(merges, .merging, salvage, visit) else { return }
    let renamings = try salvage.rows("SELECT id FROM main.renaming_now ORDER BY id")
    _ = try visitAll(renamings, .renaming, salvage, visit)
  }

  private func visitAll(
    _ rows: [Int64], _ thing: Thing, _ salvage: Salvage, _ visit: (RecordedContent) -> Bool
  ) throws(StoreProblem) -> Bool {
    for row in rows {
      let isWanted = try salvage.part(true) { () throws(StoreProblem) in visit(try content(thing, row)) }
      guard isWanted else { return false }
    }
    return true
  }

  /// What is asserted of one entity.
  private func visitEntity(
    _ entity: Int64, _ salvage: Salvage, _ visit: (RecordedContent) -> Bool
  ) throws(StoreProblem) -> Bool {
    let argument: [SQL] = [.integer(entity)]
    let data = try salvage.rows("SELECT id FROM main.source_now WHERE source = ?", argument)
    guard try visitAll(data, .sourceData, salvage, visit) else { return false }
    for id in try salvage.statements(of: entity) {
      let isWanted = try salvage.part(true) { () throws(StoreProblem) in try visitStatement(id, visit) }
      guard isWanted else { return false }
    }
    let aliases = try salvage.rows(
      "SELECT id FROM main.alias_now WHERE entity = ? ORDER BY name, digest", argument)
    guard try visitAll(aliases, .alias, salvage, visit) else { return false }
    let ranks = try salvage.rows(
      """
      SELECT j.id FROM main.statement s CROSS JOIN main.judgement_now j ON j.statement = s.id
      WHERE \(RecordedAs.isOf("json_array(?1)", .subject)) ORDER BY s.property, s.digest, j.digest
      """, argument)
    return try visitAll(ranks, .judgement, salvage, visit)
  }

  private func visitStatement(
    _ id: Int64, _ visit: (RecordedContent) -> Bool
  ) throws(StoreProblem) -> Bool {
    let row = try db.rows(
      """
      SELECT \(Lives.isClaimed("s", .current)), \(Lives.isDenied("s", .current)) FROM main.statement s WHERE s.id = ?1
      """, [.integer(id)])
    guard try row.next() else { return true }
    let (isClaimed, isDenied) = (row.flag(0), row.flag(1))
    let citations = try recordedCitations("main.citation_now", "c.statement = ?", id)
    guard isClaimed || isDenied || !citations.isEmpty else { return true }
    let statement = try recordedStatement(id)
    if isClaimed, !visit(.claim(statement)) { return false }
    if isDenied, !visit(.denial(statement)) { return false }
    for citation in citations where !visit(.citation(statement, citation)) { return false }
    return true
  }

  // MARK: History

  public func recordedChanges(_ visit: (RecordedChange) -> Bool) throws(StoreProblem) {
    _ = try scope(.all)
    for transaction in try transactions(where: "TRUE ORDER BY id", []) {
      let number = transaction.id.number
      let undone = try db.integers(
        "SELECT reverted FROM reversal WHERE tx = ? ORDER BY reverted", [.integer(number)])
      guard visit(.transaction(transaction, undoing: undone.map(TransactionID.init))) else { return }
      for (column, other) in [("tx_out", "tx_in"), ("tx_in", "tx_out")] {
        for thing in SQLiteRegistry.recordedOrder {
          let rows = try db.rows(
            SQLiteRegistry.changed(thing, column: column, other: other),
            [.integer(number), .integer(thing.rawValue)])
          while try rows.next() {
            let content = try content(thing, rows.integer(0))
            guard visit(column == "tx_in" ? .asserted(content) : .withdrawn(content)) else { return }
          }
        }
      }
    }
  }

  /// Definitions first: they say how the values behind them are to be read.
  private static let recordedOrder: [Thing] = [
    .definition, .sourceData, .statement, .denial, .citation, .judgement, .alias, .merging, .renaming,
  ]

  /// Behind the statement and the source.
  static let citationOrder = "c.stance, c.locator, c.via, c.quote, c.said, c.inferred"
  /// The same of rows.
  private static let citationRowOrder =
    "c.denies, \(CitationColumns.locator("c")), c.via, c.quote, c.said, c.inferred"

  /// The rows that a transaction asserted or withdrew, in an order that follows from the content. What was withdrawn
  /// and asserted again by one transaction is as it was.
  private static func changed(_ thing: Thing, column: String, other: String) -> String {
    let order =
      switch thing {
      case .statement, .denial:
        "(SELECT key FROM main.entity WHERE id = \(RecordedAs.subject("c"))), c.property, c.digest"
      case .definition: "c.kind DESC, c.key, c.digest"
      case .renaming: "c.id"
      case .citation:
        "(SELECT digest FROM main.statement WHERE id = c.statement), "
          + "(SELECT key FROM main.entity WHERE id = c.source), \(citationRowOrder)"
      default: "c.digest"
      }
    var lives = "SELECT l.id FROM main.life l WHERE l.\(column) = ?1 AND l.thing = ?2"
    if thing.saysByItself {
      lives +=
        " UNION ALL SELECT b.id FROM ("
        + (column == "tx_in" ? Lives.begun(thing, by: "?1") : Lives.ended(thing, by: "?1")) + ") b"
    }
    return """
      SELECT c.id FROM (\(lives)) l CROSS JOIN main.\(thing.table) c ON c.id = l.id
      WHERE NOT EXISTS(
        SELECT 1 FROM main.life o WHERE o.thing = ?2 AND o.id = l.id AND o.\(other) = ?1) ORDER BY \(order)
      """
  }

  // MARK: Rows of content

  func content(_ thing: Thing, _ id: Int64) throws(StoreProblem) -> RecordedContent {
    switch thing {
    case .statement: return .claim(try recordedStatement(id))
    case .denial: return .denial(try recordedStatement(id))
    case .citation:
      let statement = try db.integer("SELECT statement FROM main.citation WHERE id = ?", [.integer(id)]) ?? 0
      let found = try recordedCitations(
        "(SELECT \(CitationColumns.texts("r")) FROM main.citation r)", "c.id = ?", id)
      guard let citation = found.first else { throw missing(thing) }
      return .citation(try recordedStatement(statement), citation)
    case .judgement:
      let row = try db.rows("SELECT statement, rank, reason FROM main.judgement WHERE id = ?", [.integer(id)])
      guard try row.next() else { throw missing(thing) }
      return .rank(
        try recordedStatement(row.integer(0)), Rank(rawValue: Int(row.integer(1))) ?? .normal,
        reason: row.optionalText(2))
    case .alias:
      let row = try db.rows(
        """
        SELECT e.key, a.name, (SELECT key FROM main.entity WHERE id = a.source), a.reason, a.local
        FROM main.alias a JOIN main.entity e ON e.id = a.entity WHERE a.id = ?
        """, [.integer(id)])
      guard try row.next() else { throw missing(thing) }
      return .alias(
        row.key(0), name: row.text(1), source: row.optionalKey(2), isLocal: row.optionalInteger(4) == 1,
        reason: row.optionalText(3))
    case .sourceData: return try recordedSource(id)
    case .definition: return try recordedDefinition(id)
    case .merging, .renaming:
      let second = thing == .merging ? "(SELECT key FROM main.entity WHERE id = c.target)" : "c.key"
      let row = try db.rows(
        """
        SELECT e.key, \(second), c.reason FROM main.\(thing.table) c JOIN main.entity e ON e.id = c.entity
        WHERE c.id = ?
        """, [.integer(id)])
      guard try row.next() else { throw missing(thing) }
      return thing == .merging
        ? .merging(row.key(0), into: row.key(1), reason: row.optionalText(2))
        : .renaming(row.key(0), to: row.key(1), reason: row.optionalText(2))
    }
  }

  private func missing(_ thing: Thing) -> StoreProblem {
    .damaged(location: location, reason: "a life in \(thing.table) has no content")
  }

  private func recordedStatement(_ id: Int64) throws(StoreProblem) -> Statement {
    let row = try db.rows(
      """
      SELECT e.key, s.property, s.validity, s.qualifiers, \(ValueColumns.selection("s", object: "o"))
      FROM main.statement s JOIN main.entity e ON e.id = \(RecordedAs.subject("s"))
        LEFT JOIN main.entity o ON o.id = \(RecordedAs.object("s"))
      WHERE s.id = ?
      """, [.integer(id)])
    guard try row.next() else { throw missing(.statement) }
    return Statement(
      subject: row.key(0), property: row.key(1), value: ValueColumns.read(row, at: 4),
      qualifiers: row.integer(3) > 0 ? try qualifiers(of: [id], "main.entity")[id] ?? [] : [],
      validity: try validity(row.text(2)))
  }

  private func recordedCitations(
    _ table: String, _ condition: String, _ id: Int64
  ) throws(StoreProblem) -> [Citation] {
    let row = try db.rows(
      """
      SELECT e.key, c.via, c.locator, c.quote, c.said, c.inferred, c.stance FROM \(table) c
        JOIN main.entity e ON e.id = c.source WHERE \(condition) ORDER BY e.key, \(Self.citationOrder)
      """, [.integer(id)])
    var found: [Citation] = []
    while try row.next() { found.append(SQLiteRegistry.citation(row, source: 0, from: 1)) }
    return found
  }
}

extension SQLiteRegistry {
  private func recordedSource(_ id: Int64) throws(StoreProblem) -> RecordedContent {
    let row = try db.rows(
      """
      SELECT \(SQLiteRegistry.sourceColumns), (SELECT key FROM main.entity WHERE id = d.source)
      FROM main.source_data d WHERE d.id = ?
      """, [.integer(id)])
    guard try row.next() else { throw missing(.sourceData) }
    return .source(row.key(13), SQLiteRegistry.sourceData(row))
  }

  private func recordedDefinition(_ id: Int64) throws(StoreProblem) -> RecordedContent {
    let row = try db.rows(
      "SELECT \(SQLiteRegistry.definitionColumns) FROM main.definition WHERE id = ?", [.integer(id)])
    guard try row.next() else { throw missing(.definition) }
    return row.text(0) == "type"
      ? .type(SQLiteRegistry.typeDefinition(row)) : .property(SQLiteRegistry.propertyDefinition(row))
  }
}
