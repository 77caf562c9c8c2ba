internal import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  @discardableResult
  public func apply(_ edit: Edit) throws(StoreProblem) -> EditOutcome {
    guard let open else { throw .noTransaction }
    if let failure = db.lost ?? open.failure { throw failure }
    // What waits for the projections is held in memory: not without end.
    if dirty.count >= limits.waiting {
      try widenCache()
      try dropIndexes()
      try flush(isLast: false)
    }
    switch edit {
    case .createEntity(let key): return EditOutcome(changed: try createEntity(key))
    case .claim(let statement, let citation): return try state(statement, citation, as: .claims)
    case .deny(let statement, let citation): return try state(statement, citation, as: .denies)
    case .withdraw(let id): return EditOutcome(changed: try withdrawStatement(id), statement: id)
    case .withdrawCitation(let id, let citation):
      return EditOutcome(changed: try withdrawCitation(id, citation), statement: id)
    case .alias(let key, let name, let source, let isLocal, let reason):
      let row = try aliasRow(
        try asRecorded(key), name: name,
        source: try source.map { key throws(StoreProblem) in try asRecorded(key) }, isLocal: isLocal,
        reason: reason)
      return EditOutcome(changed: try assert(.alias, row.id, isNew: row.isNew))
    case .withdrawAlias(let key, let name): return EditOutcome(changed: try withdrawAlias(key, name))
    case .setSource(let key, let data):
      let row = try sourceRow(try asRecorded(key), data)
      let source = try entityID(key)
      return EditOutcome(
        changed: try replace(
          .sourceData, row, others: "SELECT id FROM main.source_now WHERE source = ?", [.integer(source)]))
    case .defineType(let definition):
      return EditOutcome(changed: try define(try definitionRow(definition), "type", definition.key))
    case .defineProperty(let definition):
      return EditOutcome(changed: try define(try definitionRow(definition), "property", definition.key))
    case .rank(let id, let rank, let reason):
      let statement = try statementRow(id)
      let row = try judgementRow(statement, id, rank, reason: reason)
      let changed = try replace(
        .judgement, row, others: "SELECT id FROM main.judgement_now WHERE statement = ?",
        [.integer(statement)])
      return EditOutcome(changed: changed, statement: id)
    case .cite(let id, let citation): return try state(try statementRow(id), id, citation)
    case .rename(let key, let new, let reason):
      return EditOutcome(changed: try rename(key, to: new, reason: reason))
    case .merge(let key, let into, let reason):
      return EditOutcome(changed: try merge(key, into: into, reason: reason))
    case .unmerge(let key): return EditOutcome(changed: try unmerge(key))
    case .revert(let id): return EditOutcome(changed: try revert(id))
    }
  }

  /// A long import goes to every place of the indexes by ids: pages that are read again and again cost more than memory.
  private func widenCache() throws(StoreProblem) {
    guard !isCacheWide else { return }
    isCacheWide = true
    try db.run("PRAGMA main.cache_size = -\(Self.wideCache)")
  }

  /// In kilobytes.
  private static var wideCache: Int { 64_000 }

  private func createEntity(_ key: Key) throws(StoreProblem) -> Bool {
    if try findEntityID(key) != nil { return false }
    let number = try transactionNumber()
    try db.run("INSERT INTO entity(key, created_tx) VALUES (?, ?)", [.text(key.text), .integer(number)])
    memory.know(key, db.lastInsertedID)
    return true
  }

  /// Claims or denies a statement, with what says so.
  private func state(
    _ statement: Statement, _ citation: Citation?, as stance: Stance
  ) throws(StoreProblem) -> EditOutcome {
    let statement = try asRecorded(statement)
    let id = statement.id
    let row = try statementRow(statement, id, isClaim: stance == .claims)
    let changed: Bool
    if row.isNew {
      try assertNew(row.id, statement, as: stance)
      changed = true
    } else {
      changed = try assert(stance == .claims ? .statement : .denial, row.id)
    }
    guard var citation else { return EditOutcome(changed: changed, statement: id) }
    citation.stance = stance
    let isCited = try cite(row, citation)
    return EditOutcome(changed: isCited || changed, statement: id)
  }

  /// Claims or denies, by the citation's stance, a statement that is recorded.
  private func state(
    _ row: Int64, _ id: StatementID, _ citation: Citation?
  ) throws(StoreProblem) -> EditOutcome {
    let changed = try assert(citation?.stance == .denies ? .denial : .statement, row)
    guard let citation else { return EditOutcome(changed: changed, statement: id) }
    let isCited = try cite(ContentRow(id: row, isNew: false), citation)
    return EditOutcome(changed: isCited || changed, statement: id)
  }

  /// Adds a citation to a statement that is asserted.
  private func cite(_ statement: ContentRow, _ citation: Citation) throws(StoreProblem) -> Bool {
    let said = try citationRow(
      try asRecorded(citation), of: statement.id, isNew: statement.isNew, asserts: true)
    if !said.isNew, try isOpen(.citation, said.id) { return false }
    memory.past = nil
    if said.isNew {
      if citation.quote != nil { dirty.addQuote(said.id) }
    } else {
      try live(.citation, said.id)
      dirty.citations.insert(said.id)
    }
    if !dirty.knows(statement.id) { try touchStatement(statement.id) }
    return true
  }

  /// As ``assert(_:_:isNew:)`` for a statement that was recorded just now, without reading again what it says.
  func assertNew(_ row: Int64, _ statement: Statement, as stance: Stance) throws(StoreProblem) {
    if stance == .claims {
      dirty.addFresh(row)
    } else {
      try live(.denial, row)
      dirty.statements.insert(row)
    }
    var name = statement.subject.text
    if statement.property == BuiltIn.name, case .text(let text) = statement.value { name = text }
    touch(
      subject: try entityID(statement.subject), statement.property.text, naming: foldedName(name))
  }

  private func withdrawStatement(_ id: StatementID) throws(StoreProblem) -> Bool {
    let statement = try statementRow(id)
    var changed = try withdraw(.statement, statement)
    if try withdraw(.denial, statement) { changed = true }
    for citation in try db.integers(
      "SELECT id FROM main.citation_now WHERE statement = ?", [.integer(statement)])
    {
      if try withdraw(.citation, citation) { changed = true }
    }
    return changed
  }

  /// Withdraws one citation, and with the last of its stance the claim or the denial.
  private func withdrawCitation(_ id: StatementID, _ citation: Citation) throws(StoreProblem) -> Bool {
    let statement = try statementRow(id)
    // What a merged source says is shown as said by what it counts as.
    let (source, page) = (try entityID(citation.source), try entityID(citation.book))
    let row = try db.integer(
      """
      SELECT c.id FROM main.citation_now c WHERE c.statement = ?1 AND c.stance = ?2 AND c.via IS ?3 AND c.locator IS ?4
        AND c.quote IS ?5 AND c.said IS ?6 AND c.inferred IS ?7 AND c.source IN (SELECT value FROM json_each(?8))
      ORDER BY c.source != ?9, c.id LIMIT 1
      """,
      [
        .integer(statement), .text(citation.stance.rawValue), SQL(citation.via), SQL(citation.locator),
        SQL(citation.quote), SQL(citation.said), SQL(citation.inferred),
        .list(try family(of: source, in: .main)), .integer(page),
      ])
    guard let row, try withdraw(.citation, row) else { return false }
    let others = try db.integer(
      "SELECT 1 FROM main.citation_now WHERE statement = ? AND stance = ?",
      [.integer(statement), .text(citation.stance.rawValue)])
    if others == nil { try withdraw(citation.stance == .claims ? .statement : .denial, statement) }
    return true
  }

  private func withdrawAlias(_ key: Key, _ name: String) throws(StoreProblem) -> Bool {
    let entity = try entityID(key)
    let aliases = try db.integers(
      """
      SELECT id FROM main.alias_now WHERE entity IN (SELECT value FROM json_each(?)) AND folded = ?
      """, [.list(try family(of: entity, in: .main)), .text(foldedName(name))])
    for alias in aliases { try withdraw(.alias, alias) }
    return !aliases.isEmpty
  }

  private func define(_ row: ContentRow, _ kind: String, _ key: Key) throws(StoreProblem) -> Bool {
    try replace(
      .definition, row, others: "SELECT id FROM main.definition_now WHERE kind = ? AND key = ?",
      [.text(kind), .text(key.text)])
  }

  /// Asserts content in place of what stood there.
  private func replace(
    _ thing: Thing, _ row: ContentRow, others: String, _ arguments: [SQL]
  ) throws(StoreProblem) -> Bool {
    if !row.isNew, try isOpen(thing, row.id) { return false }
    for other in try db.integers(others, arguments) { try withdraw(thing, other) }
    return try assert(thing, row.id)
  }
}
