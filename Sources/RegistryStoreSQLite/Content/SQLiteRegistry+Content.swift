internal import RegistryModel
internal import RegistryStore

/// A row of content: immutable, and the same row for the same content.
struct ContentRow {
  var id: Int64
  var isNew: Bool
}

/// Finding the row of some content, or writing it.
extension SQLiteRegistry {
  /// - Throws: `unknownEntity` where nothing has this key.
  func entityID(_ key: Key) throws(StoreProblem) -> Int64 {
    guard let id = try findEntityID(key) else { throw .unknownEntity(key) }
    return id
  }

  /// The row of the entity itself that has, or had, this key, whatever it counts as.
  func findEntityID(_ key: Key) throws(StoreProblem) -> Int64? {
    if let id = memory.entityIDs[key] { return id }
    guard
      let id = try db.integer(
        """
        SELECT coalesce((SELECT entity FROM main.renaming_now WHERE key = ?1 ORDER BY id DESC LIMIT 1),
          (SELECT id FROM main.entity WHERE key = ?1))
        """, [.text(key.text)])
    else { return nil }
    memory.know(key, id)
    return id
  }

  /// - Throws: `unknownStatement` where no statement has this id.
  func statementRow(_ id: StatementID) throws(StoreProblem) -> Int64 {
    try restoreIndexes()
    guard let row = try db.integer("SELECT id FROM statement WHERE digest = ?", [.text(id.digest)]) else {
      throw .unknownStatement(id)
    }
    return row
  }

  func statementRow(_ statement: Statement, _ id: StatementID) throws(StoreProblem) -> ContentRow {
    guard open != nil else { throw .noTransaction }
    let subject = try entityID(statement.subject)
    let isName = statement.property == BuiltIn.name
    let resolve: (Key) throws(StoreProblem) -> Int64 = { key throws(StoreProblem) in try self.entityID(key) }
    let isNew = try db.run(Self.insertStatement) { (row: inout Binding) throws(StoreProblem) in
      row.text(id.digest)
      row.integer(subject)
      row.text(statement.property.text)
      try row.value(statement.value, isName: isName, id: resolve)
      row.integer(Int64(statement.qualifiers.count))
      row.text(statement.validity.canonicalText)
      let bounds = statement.validity.bounds
      row.integer(bounds.startEarliest.number)
      row.integer(bounds.startLatest.number)
      row.integer(bounds.endEarliest.number)
      row.integer(bounds.endLatest.number)
    }
    guard isNew == 1 else {
      let row = try db.integer(
        "SELECT id FROM main.statement WHERE subject = ? AND property = ? AND digest = ?",
        [.integer(subject), .text(statement.property.text), .text(id.digest)])
      guard let row else { throw .failed("a statement was neither written nor found") }
      return ContentRow(id: row, isNew: false)
    }
    let row = db.lastInsertedID
    for (ordinal, qualifier) in statement.qualifiers.enumerated() {
      try db.run(Self.insertQualifier) { (binding: inout Binding) throws(StoreProblem) in
        binding.integer(row)
        binding.integer(Int64(ordinal))
        binding.text(qualifier.property.text)
        try binding.value(qualifier.value, isName: false, id: resolve)
      }
    }
    return ContentRow(id: row, isNew: true)
  }

  // Made once: they are run for every statement of an import.
  private static let insertStatement = """
    INSERT INTO statement(digest, subject, property, \(ValueColumns.names), qualifiers, validity,
      start_earliest, start_latest, end_earliest, end_latest)
    VALUES (\(SQL.parameters(ValueColumns.count + 9))) ON CONFLICT(subject, property, digest) DO NOTHING
    """
  private static let insertQualifier = """
    INSERT INTO qualifier(statement, ordinal, property, \(ValueColumns.names))
    VALUES (\(SQL.parameters(ValueColumns.count + 3)))
    """

  /// - Parameter isNew: whether the statement was recorded just now, so that nothing cites it yet.
  func citationRow(
    _ citation: Citation, of statement: Int64, isNew: Bool
  ) throws(StoreProblem) -> ContentRow {
    guard open != nil else { throw .noTransaction }
    let source = try entityID(citation.source)
    if !isNew {
      let known = try db.integer(
        """
        SELECT id FROM main.citation WHERE statement = ? AND source = ? AND locator IS ? AND via IS ? AND quote IS ?
          AND said IS ? AND inferred IS ? AND stance = ?
        """,
        [
          .integer(statement), .integer(source), SQL(citation.locator), SQL(citation.via),
          SQL(citation.quote),
          SQL(citation.said), SQL(citation.inferred), .text(citation.stance.rawValue),
        ])
      if let known { return ContentRow(id: known, isNew: false) }
    }
    try db.run(
      """
      INSERT INTO citation(statement, source, via, locator, quote, said, inferred, stance)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ) { (row: inout Binding) throws(StoreProblem) in
      row.integer(statement)
      row.integer(source)
      row.text(citation.via)
      row.text(citation.locator)
      row.text(citation.quote)
      row.text(citation.said)
      row.text(citation.inferred)
      row.text(citation.stance.rawValue)
    }
    return ContentRow(id: db.lastInsertedID, isNew: true)
  }

  func judgementRow(
    _ statement: Int64, _ id: StatementID, _ rank: Rank, reason: String?
  ) throws(StoreProblem) -> ContentRow {
    try insert(
      "judgement", ["statement", "rank", "reason"],
      [.integer(statement), .integer(Int64(rank.rawValue)), SQL(reason)],
      digestOf: [id.digest, "\(rank.rawValue)", reason])
  }

  func aliasRow(
    _ key: Key, name: String, source: Key?, isLocal: Bool, reason: String?
  ) throws(StoreProblem) -> ContentRow {
    var sourceID: Int64?
    if let source { sourceID = try entityID(source) }
    return try insert(
      "alias", ["entity", "name", "folded", "source", "reason", "local"],
      [
        .integer(try entityID(key)), .text(name), .text(foldedName(name)), SQL(sourceID), SQL(reason),
        isLocal ? .integer(1) : .null,
      ],
      // What counts everywhere is the same as before there was anything else.
      digestOf: [key.text, name, source?.text, reason] + (isLocal ? ["local"] : []))
  }

  func sourceRow(_ key: Key, _ data: SourceData) throws(StoreProblem) -> ContentRow {
    let corrected = try data.corrects.map { (key) throws(StoreProblem) in try asRecorded(key).text }
    let corrects = corrected.isEmpty ? nil : corrected.joined(separator: "\n")
    return try insert(
      "source_data",
      [
        "source", "title", "publisher", "published", "published_earliest", "published_latest", "url",
        "retrieved",
        "retrieved_earliest", "retrieved_latest", "language", "reliability", "note", "corrects",
      ],
      [
        .integer(try entityID(key)), .text(data.title), SQL(data.publisher), SQL(data.published?.edtf),
        SQL(data.published?.earliest.number), SQL(data.published?.latest.number), SQL(data.url),
        SQL(data.retrieved?.edtf), SQL(data.retrieved?.earliest.number), SQL(data.retrieved?.latest.number),
        SQL(data.language), .text(data.reliability.rawValue), SQL(data.note),
        SQL(corrects),
      ],
      digestOf: [
        key.text, data.title, data.publisher, data.published?.edtf, data.url, data.retrieved?.edtf,
        data.language,
        data.reliability.rawValue, data.note,
          // What corrects nothing stays what it was before there were corrections.
      ] + (corrects.map { [$0] } ?? []))
  }

  /// Inserts a row with a digest of its parts, each behind its length; what is missing differs from what is empty.
  func insert(
    _ table: String, _ columns: [String], _ values: [SQL], digestOf parts: [String?]
  ) throws(StoreProblem) -> ContentRow {
    let digest = contentDigest(
      parts.flatMap { part in Array((part.map { "\($0.utf8.count):\($0)" } ?? "-").utf8) })
    return try insert(
      """
      INSERT INTO \(table)(digest, \(columns.joined(separator: ", ")))
      VALUES (\(SQL.parameters(columns.count + 1))) ON CONFLICT(digest) DO NOTHING
      """, [.text(digest)] + values, table: table, digest: digest)
  }

  private func insert(
    _ sql: String, _ arguments: [SQL], table: String, digest: String
  ) throws(StoreProblem) -> ContentRow {
    guard open != nil else { throw .noTransaction }
    if try db.run(sql, arguments) == 1 { return ContentRow(id: db.lastInsertedID, isNew: true) }
    guard let id = try db.integer("SELECT id FROM \(table) WHERE digest = ?", [.text(digest)]) else {
      throw .failed("a row of \(table) was neither written nor found")
    }
    return ContentRow(id: id, isNew: false)
  }
}
