internal import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  @discardableResult
  public func apply(_ edit: Edit) throws(StoreProblem) -> EditOutcome {
    guard let open else { throw .noTransaction }
    if let failure = open.failure { throw failure }
    switch edit {
    case .createEntity(let key): return EditOutcome(changed: try createEntity(key))
    case .claim(let statement, let citation): return try state(statement, citation, as: .claims)
    case .deny(let statement, let citation): return try state(statement, citation, as: .denies)
    case .withdraw(let id): return EditOutcome(changed: try withdrawStatement(id), statement: id)
    case .withdrawCitation(let id, let citation):
      return EditOutcome(changed: try withdrawCitation(id, citation), statement: id)
    case .alias(let key, let name, let source, let reason):
      let row = try aliasRow(key, name: name, source: source, reason: reason)
      return EditOutcome(changed: try assert(.alias, row.id, isNew: row.isNew))
    case .withdrawAlias(let key, let name): return EditOutcome(changed: try withdrawAlias(key, name))
    case .setSource(let key, let data):
      let row = try sourceRow(key, data)
      let source = try entityID(key)
      return EditOutcome(
        changed: try replace(
          .sourceData, row, others: "SELECT id FROM source_now WHERE source = ?", [.integer(source)]))
    case .defineType(let definition):
      return EditOutcome(changed: try define(try definitionRow(definition), "type", definition.key))
    case .defineProperty(let definition):
      return EditOutcome(changed: try define(try definitionRow(definition), "property", definition.key))
    case .rank(let id, let rank, let reason):
      let statement = try statementRow(id)
      let row = try judgementRow(statement, id, rank, reason: reason)
      let changed = try replace(
        .judgement, row, others: "SELECT id FROM judgement_now WHERE statement = ?", [.integer(statement)])
      return EditOutcome(changed: changed, statement: id)
    }
  }

  private func createEntity(_ key: Key) throws(StoreProblem) -> Bool {
    if try findEntityID(key) != nil { return false }
    let number = try transactionNumber()
    try db.run("INSERT INTO entity(key, created_tx) VALUES (?, ?)", [.text(key.text), .integer(number)])
    memory.entityIDs[key] = db.lastInsertedID
    return true
  }

  /// Claims or denies a statement, with what says so.
  private func state(
    _ statement: Statement, _ citation: Citation?, as stance: Stance
  ) throws(StoreProblem) -> EditOutcome {
    let id = statement.id
    let row = try statementRow(statement, id)
    var changed = try assert(stance == .claims ? .statement : .denial, row.id, isNew: row.isNew)
    if var citation {
      citation.stance = stance
      let said = try citationRow(citation, of: row.id, id, isNewStatement: row.isNew)
      let stands = said.isNew ? false : try isOpen(.citation, said.id)
      if !stands {
        try assertCitation(said.id, of: row.id)
        changed = true
      }
    }
    return EditOutcome(changed: changed, statement: id)
  }

  /// As ``assert(_:_:isNew:)``, without looking up again which statement it is of.
  private func assertCitation(_ id: Int64, of statement: Int64) throws(StoreProblem) {
    let number = try transactionNumber()
    try db.run("INSERT INTO life(thing, id, tx_in) VALUES (3, ?, ?)", [.integer(id), .integer(number)])
    dirty.citations.insert(id)
    dirty.statements.insert(statement)
    memory.past = nil
  }

  private func withdrawStatement(_ id: StatementID) throws(StoreProblem) -> Bool {
    let statement = try statementRow(id)
    var changed = try withdraw(.statement, statement)
    if try withdraw(.denial, statement) { changed = true }
    for citation in try db.integers("SELECT id FROM citation_now WHERE statement = ?", [.integer(statement)])
    {
      if try withdraw(.citation, citation) { changed = true }
    }
    return changed
  }

  /// Withdraws one citation, and with the last of its stance the claim or the denial.
  private func withdrawCitation(_ id: StatementID, _ citation: Citation) throws(StoreProblem) -> Bool {
    let statement = try statementRow(id)
    let row = try db.integer("SELECT id FROM citation WHERE digest = ?", [.text(citation.digest(of: id))])
    guard let row, try withdraw(.citation, row) else { return false }
    let others = try db.integer(
      "SELECT 1 FROM citation_now WHERE statement = ? AND stance = ?",
      [.integer(statement), .text(citation.stance.rawValue)])
    if others == nil { try withdraw(citation.stance == .claims ? .statement : .denial, statement) }
    return true
  }

  private func withdrawAlias(_ key: Key, _ name: String) throws(StoreProblem) -> Bool {
    let entity = try entityID(key)
    let aliases = try db.integers(
      "SELECT id FROM alias_now WHERE entity = ? AND folded = ?", [.integer(entity), .text(foldedName(name))])
    for alias in aliases { try withdraw(.alias, alias) }
    return !aliases.isEmpty
  }

  private func define(_ row: ContentRow, _ kind: String, _ key: Key) throws(StoreProblem) -> Bool {
    try replace(
      .definition, row, others: "SELECT id FROM definition_now WHERE kind = ? AND key = ?",
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
