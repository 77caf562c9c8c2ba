internal import RegistryModel
internal import RegistryStore

/// Finding the row of some content, or writing it.
extension Truth {
  /// - Throws: `unknownEntity` where nothing has this key.
  func entityID(_ key: Key) throws(StoreProblem) -> Int64 {
    guard let id = try findEntityID(key) else { throw .unknownEntity(key) }
    return id
  }

  /// The row of the entity itself that has, or had, this key, whatever it counts as.
  func findEntityID(_ key: Key) throws(StoreProblem) -> Int64? {
    if let id = state.memory.entityIDs[key] { return id }
    if let id = state.transaction?.revived[key] { return id }
    if state.transaction != nil, state.memory.unknownKeys.contains(key) { return nil }
    if state.transaction != nil, let keys = state.memory.fresh.keys, !keys.contains(key.text) {
      return nil
    }
    guard let id = try owner(of: key) else {
      state.memory.note(unknown: key)
      try miss()
      return nil
    }
    state.memory.know(key, id)
    return id
  }

  // Made once: each thing of a dump is asked for.
  private static let ownerOfAny = ownerAndRow(Identity.owner(of: "?1", in: "main"))
  private static let ownerOfFirst = ownerAndRow(Identity.first(of: "?1", in: "main"))

  private static func ownerAndRow(_ owner: String) -> String {
    "SELECT \(owner), (SELECT e.id FROM main.entity e WHERE e.key = ?1)"
  }

  /// ``Identity/owner(of:in:)``, from the keys that were given later where they are in memory.
  private func owner(of key: Key) throws(StoreProblem) -> Int64? {
    let given = state.memory.recordedKeys
    let question = SQLQuestion(
      given == nil ? Self.ownerOfAny : Self.ownerOfFirst, [.text((given?[key] ?? key).text)])
    // Where it is nobody's key it may be somebody's name.
    if db.isFarAway, state.transaction != nil {
      try db.ask(ahead: [question, NameReader.named(foldedName(key.text), in: .main)])
    }
    let row = try db.rows(question)
    guard try row.next() else { return nil }
    if let found = row.optionalInteger(0) { return found }
    // Whoever makes it asked before whether it is there.
    state.memory.rowsLeft[key] = row.optionalInteger(1)
    return nil
  }

  /// Something was asked for that is not there, as for each thing that an import adds.
  private func miss() throws(StoreProblem) {
    guard db.isFarAway, state.transaction != nil, state.memory.fresh.keys == nil else { return }
    state.memory.fresh.misses += 1
    guard state.memory.fresh.misses == FreshContents.patience,
      try db.integer("SELECT count(*) FROM main.entity") ?? 0 <= FreshContents.mostKeys
    else { return }
    var keys: Set<String> = []
    let row = try db.rows("SELECT key FROM main.entity UNION ALL SELECT key FROM main.renaming")
    while try row.next() { keys.insert(row.text(0)) }
    state.memory.fresh.keys = keys
  }

  /// - Throws: `unknownStatement` where no statement has this id.
  func statementRow(_ id: StatementID) throws(StoreProblem) -> Int64 {
    try batch.restoreIndexes()
    guard let row = try db.integer("SELECT id FROM statement WHERE digest = ?", [.text(id.digest)]) else {
      throw .unknownStatement(id)
    }
    return row
  }

  /// - Parameter isClaim: whether a statement that is new is claimed by the open transaction.
  func statementRow(
    _ statement: Statement, _ id: StatementID, isClaim: Bool
  ) throws(StoreProblem) -> ContentRow {
    guard state.transaction != nil else { throw .noTransaction }
    let recorded = try entityID(statement.subject)
    let subject = try counted(recorded)
    if let known = try knownRow(subject, statement.property, id) {
      return ContentRow(id: known, isNew: false)
    }
    let claimant = isClaim ? try transactionNumber() : nil
    let isName = statement.property == BuiltIn.name
    var (object, countedObject): (Int64?, Int64?)
    try db.write(Self.insertStatement) { (row: any SQLBinding) throws(StoreProblem) in
      row.text(id.digest)
      row.integer(subject)
      row.text(statement.property.text)
      try row.value(statement.value, isName: isName) { key throws(StoreProblem) in
        let id = try self.entityID(key)
        object = id
        let counted = try self.counted(id)
        countedObject = counted
        return (counted, try self.shownKey(of: counted, recorded: id, key))
      }
      row.integer(Int64(statement.qualifiers.count))
      let period = statement.validity.canonicalText
      row.text(period.isEmpty ? nil : period)
      let bounds = statement.validity.bounds
      row.day(bounds.startEarliest, open: .distantPast)
      row.day(bounds.startLatest, open: .distantFuture)
      row.day(bounds.endEarliest, open: .distantPast)
      row.day(bounds.endLatest, open: .distantFuture)
      row.integer(claimant)
      row.flag(isClaim)
      // As it stands without rivals, which are looked for when it is brought up to date (``Dirty/uncounted``).
      row.integer(isClaim ? 1 : nil)
    }
    let row = db.lastInsertedID
    state.memory.fresh.note(row, id.digest, of: subject)
    state.transaction?.recordStatement(row)
    if isClaim {
      state.transaction?.content.asserted.add(ContentID(digest: id.digest), as: Thing.statement.rawValue)
    }
    if recorded != subject || object != countedObject {
      try keepRecorded(row, (recorded, object), (subject, countedObject))
      state.dirty.statements.insert(row)
    }
    let resolve: (Key) throws(StoreProblem) -> (Int64, Key?) = { key throws(StoreProblem) in
      (try self.entityID(key), nil)
    }
    for (ordinal, qualifier) in statement.qualifiers.enumerated() {
      try db.write(Self.insertQualifier) { (binding: any SQLBinding) throws(StoreProblem) in
        binding.integer(row)
        binding.integer(Int64(ordinal))
        binding.text(qualifier.property.text)
        try binding.value(qualifier.value, isName: false, entity: resolve)
      }
    }
    return ContentRow(id: row, isNew: true)
  }

  private func knownRow(
    _ subject: Int64, _ property: Key, _ id: StatementID
  ) throws(StoreProblem) -> Int64? {
    if let rows = state.memory.fresh.rows(of: subject) { return rows[id.digest] }
    return try db.integer(
      """
      SELECT id FROM main.statement
      WHERE subject = ?1 AND property = ?2 AND substr(digest, 1, 4) = substr(?3, 1, 4) AND +digest = ?3
      """, [.integer(subject), .text(property.text), .text(id.digest)])
  }

  // Made once: they are run for every statement of an import.
  private static let insertStatement = """
    INSERT INTO statement(digest, subject, property, \(ValueColumns.names), qualifiers, validity,
      start_earliest, start_latest, end_earliest, end_latest, tx, claimed, chosen)
    VALUES (\(SQL.parameters(ValueColumns.count + 12)))
    """

  private static let insertQualifier = """
    INSERT INTO qualifier(statement, ordinal, property, \(ValueColumns.names))
    VALUES (\(SQL.parameters(ValueColumns.count + 3)))
    """

  /// - Parameters:
  ///   - id: what the statement says.
  ///   - isNew: whether the statement was recorded just now, so that nothing cites it yet.
  ///   - asserts: whether a citation that is new is asserted by the open transaction.
  ///   - known: by what the citation is known, where that was made out before.
  func citationRow(
    _ citation: Citation, of statement: Int64, _ id: StatementID, isNew: Bool, asserts: Bool,
    known: ContentID? = nil
  ) throws(StoreProblem) -> ContentRow {
    guard state.transaction != nil else { throw .noTransaction }
    let source = try entityID(citation.source)
    let place = citation.line
    let file = try place.map { place throws(StoreProblem) in try wordID(place.file) }
    let locator = place == nil ? citation.locator : nil
    if !isNew {
      let known = try db.integer(
        """
        SELECT id FROM main.citation WHERE statement = ? AND source = ? AND file IS ? AND line IS ? AND locator IS ?
          AND via IS ? AND quote IS ? AND said IS ? AND inferred IS ? AND denies = ?
        """,
        [
          .integer(statement), .integer(source), SQL(file), SQL(place?.line), SQL(locator), SQL(citation.via),
          SQL(citation.quote), SQL(citation.said), SQL(citation.inferred), SQL(citation.stance == .denies),
        ])
      if let known { return ContentRow(id: known, isNew: false) }
    }
    let asserter = asserts ? try transactionNumber() : nil
    try db.write(
      """
      INSERT INTO citation(statement, source, file, line, locator, via, quote, said, inferred, denies, tx)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ) { (row: any SQLBinding) throws(StoreProblem) in
      row.integer(statement)
      row.integer(source)
      row.integer(file)
      row.integer(place?.line)
      row.text(locator)
      row.text(citation.via)
      row.text(citation.quote)
      row.text(citation.said)
      row.text(citation.inferred)
      row.flag(citation.stance == .denies)
      row.integer(asserter)
    }
    let row = db.lastInsertedID
    if asserts { state.transaction?.recordCitation(row, citation, on: id, known: known) }
    return ContentRow(id: row, isNew: true)
  }

  func judgementRow(
    _ statement: Int64, _ id: StatementID, _ rank: Rank, reason: String?
  ) throws(StoreProblem) -> ContentRow {
    try insert(
      "judgement", ["statement", "rank", "reason"],
      [.integer(statement), .integer(Int64(rank.rawValue)), SQL(reason)],
      digestOf: [id.digest, "\(rank.rawValue)", reason])
  }

  func reviewRow(
    _ statement: Int64, _ id: StatementID, by due: PartialDate, reason: String?
  ) throws(StoreProblem) -> ContentRow {
    try insert(
      "review", ["statement", "due", "reason"], [.integer(statement), .text(due.edtf), SQL(reason)],
      digestOf: [id.digest, due.edtf, reason])
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
    guard state.transaction != nil else { throw .noTransaction }
    if try db.run(sql, arguments) == 1 { return ContentRow(id: db.lastInsertedID, isNew: true) }
    guard let id = try db.integer("SELECT id FROM \(table) WHERE digest = ?", [.text(digest)]) else {
      throw .failed("a row of \(table) was neither written nor found")
    }
    return ContentRow(id: id, isNew: false)
  }

  func createEntity(_ key: Key) throws(StoreProblem) -> Bool {
    if try findEntityID(key) != nil { return false }
    try insertEntity(key)
    return true
  }

  /// Makes known what another registry knows by its first key, which may have been given to another here: that is shown under
  /// the one that it had before.
  func makeKnown(_ key: Key) throws(StoreProblem) {
    guard let given = try recordedKeys()[key] else {
      if try findEntityID(key) == nil { try insertEntity(key) }
      return
    }
    state.dirty.identities.insert(try entityID(given))
    state.memory.forgetEntities()
    state.memory.recordedKeys = nil
    state.memory.rowsLeft[key] = try db.integer(
      "SELECT id FROM main.entity WHERE key = ?", [.text(key.text)])
    try insertEntity(key)
  }

  private func insertEntity(_ key: Key) throws(StoreProblem) {
    let number = try transactionNumber()
    if let left = state.memory.rowsLeft[key] {
      state.memory.know(key, left)
      state.transaction?.revived[key] = left
      return
    }
    try db.write("INSERT INTO entity(key, created_tx) VALUES (?, ?)", [.text(key.text), .integer(number)])
    let id = db.lastInsertedID
    state.memory.know(key, id)
    state.memory.introduce(id, key)
    state.memory.fresh.keys?.insert(key.text)
    state.memory.fresh.begin(id)
    state.dirty.freshCells.begin(id)
  }

  /// Each renaming is content of its own.
  func renamingRow(
    _ entity: Int64, _ first: Key, to new: Key, reason: String?
  ) throws(StoreProblem) -> ContentRow {
    state.memory.fresh = FreshContents()
    let number = try db.integer("SELECT coalesce(max(id), 0) + 1 FROM main.renaming") ?? 1
    return try insert(
      "renaming", ["entity", "key", "reason"], [.integer(entity), .text(new.text), SQL(reason)],
      digestOf: [first.text, new.text, reason, "\(number)"])
  }

  func mergingRow(_ key: Key, into target: Key, reason: String?) throws(StoreProblem) -> ContentRow {
    // What was said of one is from now on said of the other.
    state.memory.fresh = FreshContents()
    let (one, other) = (try entityID(key), try entityID(target))
    return try insert(
      "merging", ["entity", "target", "reason"], [.integer(one), .integer(other), SQL(reason)],
      digestOf: [try recordedKey(one).text, try recordedKey(other).text, reason])
  }
}
