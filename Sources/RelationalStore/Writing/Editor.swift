internal import RegistryModel
internal import RegistryStore

/// Carries out edits in the open transaction.
struct Editor {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var batch: BatchLoader { BatchLoader(state) }
  var projector: Projector { Projector(state) }
  var undo: TransactionUndo { TransactionUndo(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// - Parameter known: what was made out of the edit before.
  @discardableResult
  func apply(_ edit: Edit, known: KnownContent? = nil) throws(StoreProblem) -> EditOutcome {
    guard state.transaction != nil else { throw .noTransaction }
    if let failure = db.lost ?? state.transaction?.failure { throw failure }
    try makeRoom()
    switch edit {
    case .createEntity(let key): return EditOutcome(changed: try truth.createEntity(key))
    case .claim(let statement, let citation): return try state(statement, citation, as: .claims, known)
    case .deny(let statement, let citation): return try state(statement, citation, as: .denies, known)
    case .withdraw(let id): return EditOutcome(changed: try withdrawStatement(id), statement: id)
    case .withdrawCitation(let id, let citation):
      return EditOutcome(changed: try withdrawCitation(id, citation), statement: id)
    case .alias(let key, let name, let source, let isLocal, let reason):
      let row = try truth.aliasRow(
        try truth.asRecorded(key), name: name,
        source: try source.map { key throws(StoreProblem) in try truth.asRecorded(key) }, isLocal: isLocal,
        reason: reason)
      return EditOutcome(changed: try truth.assert(.alias, row.id, isNew: row.isNew))
    case .withdrawAlias(let key, let name): return EditOutcome(changed: try withdrawAlias(key, name))
    case .setSource(let key, let data):
      let row = try truth.sourceRow(try truth.asRecorded(key), data)
      let source = try truth.entityID(key)
      return EditOutcome(
        changed: try replace(.sourceData, row, of: "source = ?", [.integer(source)]))
    case .defineType(let definition):
      return EditOutcome(changed: try define(try truth.definitionRow(definition), "type", definition.key))
    case .defineProperty(let definition):
      return EditOutcome(changed: try define(try truth.definitionRow(definition), "property", definition.key))
    case .rank(let id, let rank, let reason):
      let statement = try truth.statementRow(id)
      let row = try truth.judgementRow(statement, id, rank, reason: reason)
      let changed = try replace(.judgement, row, of: "statement = ?", [.integer(statement)])
      return EditOutcome(changed: changed, statement: id)
    case .review(let reviewed, let due, let reason): return try review(reviewed, by: due, reason: reason)
    case .cite(let id, let citation): return try state(try truth.statementRow(id), id, citation)
    case .rename(let key, let new, let reason):
      return EditOutcome(changed: try rename(key, to: new, reason: reason))
    case .merge(let key, let into, let reason):
      return EditOutcome(changed: try merge(key, into: into, reason: reason))
    case .unmerge(let key): return EditOutcome(changed: try unmerge(key))
    case .revert(let id): return EditOutcome(changed: try undo.revert(id))
    }
  }

  /// What waits for the projections is held in memory: not without end.
  func makeRoom() throws(StoreProblem) {
    guard state.dirty.count >= state.limits.waiting else { return }
    try batch.widenCache()
    try batch.dropIndexes()
    try projector.flush(isLast: false)
  }

  private func review(
    _ reviewed: ReviewedStatement, by due: PartialDate?, reason: String?
  ) throws(StoreProblem) -> EditOutcome {
    let id: StatementID
    switch reviewed {
    case .id(let known): id = known
    case .said(let statement): id = try truth.asRecorded(statement).id
    }
    let statement = try truth.statementRow(id)
    let reviewing = "statement = ?"
    guard let due else {
      let standing = try truth.standing(.review, where: reviewing, [.integer(statement)])
      for review in standing { try truth.withdraw(.review, review) }
      return EditOutcome(changed: !standing.isEmpty, statement: id)
    }
    let row = try truth.reviewRow(statement, id, by: due, reason: reason)
    return EditOutcome(
      changed: try replace(.review, row, of: reviewing, [.integer(statement)]), statement: id)
  }

  /// Claims or denies a statement, with what says so.
  private func state(
    _ statement: Statement, _ citation: Citation?, as stance: Stance, _ known: KnownContent?
  ) throws(StoreProblem) -> EditOutcome {
    let statement = try truth.asRecorded(statement)
    // It was made out under the keys that were written.
    let known = try truth.recordedKeys().isEmpty ? known : nil
    let id = known?.statement ?? statement.id
    let row = try truth.statementRow(statement, id, isClaim: stance == .claims)
    let changed: Bool
    if row.isNew {
      try truth.assertNew(row.id, statement, as: stance)
      changed = true
    } else {
      changed = try truth.assert(stance == .claims ? .statement : .denial, row.id)
    }
    guard var citation else { return EditOutcome(changed: changed, statement: id) }
    citation.stance = stance
    let isCited = try cite(row, id, citation, known: known?.citation)
    return EditOutcome(changed: isCited || changed, statement: id)
  }

  /// Claims or denies, by the citation's stance, a statement that is recorded.
  private func state(
    _ row: Int64, _ id: StatementID, _ citation: Citation?
  ) throws(StoreProblem) -> EditOutcome {
    let changed = try truth.assert(citation?.stance == .denies ? .denial : .statement, row)
    guard let citation else { return EditOutcome(changed: changed, statement: id) }
    let isCited = try cite(ContentRow(id: row, isNew: false), id, citation)
    return EditOutcome(changed: isCited || changed, statement: id)
  }

  /// Adds a citation to a statement that is asserted.
  private func cite(
    _ statement: ContentRow, _ id: StatementID, _ citation: Citation, known: ContentID? = nil
  ) throws(StoreProblem) -> Bool {
    let said = try truth.citationRow(
      try truth.asRecorded(citation), of: statement.id, id, isNew: statement.isNew, asserts: true,
      known: known)
    if !said.isNew, try truth.isOpen(.citation, said.id) { return false }
    if said.isNew {
      try truth.touchNew(citation: said.id, of: statement.id, hasQuote: citation.quote != nil)
    } else {
      try truth.live(.citation, said.id)
      state.dirty.citations.insert(said.id)
      try truth.touchCited(statement.id)
    }
    return true
  }

  private func withdrawStatement(_ id: StatementID) throws(StoreProblem) -> Bool {
    let statement = try truth.statementRow(id)
    var changed = try truth.withdraw(.statement, statement)
    if try truth.withdraw(.denial, statement) { changed = true }
    for citation in try db.integers(
      "SELECT id FROM main.citation_now WHERE statement = ?", [.integer(statement)])
    {
      if try truth.withdraw(.citation, citation) { changed = true }
    }
    return changed
  }

  /// Withdraws one citation, and with the last of its stance the claim or the denial.
  private func withdrawCitation(_ id: StatementID, _ citation: Citation) throws(StoreProblem) -> Bool {
    let statement = try truth.statementRow(id)
    // What a merged source says is shown as said by what it counts as.
    let (source, page) = (try truth.entityID(citation.source), try truth.entityID(citation.book))
    let row = try db.integer(
      """
      SELECT c.id FROM main.citation_now c WHERE c.statement = ?1 AND c.stance = ?2 AND c.via IS ?3 AND c.locator IS ?4
        AND c.quote IS ?5 AND c.said IS ?6 AND c.inferred IS ?7 AND c.source IN (SELECT value FROM json_each(?8))
      ORDER BY c.source != ?9, c.id LIMIT 1
      """,
      [
        .integer(statement), .text(citation.stance.rawValue), SQL(citation.via), SQL(citation.locator),
        SQL(citation.quote), SQL(citation.said), SQL(citation.inferred),
        .list(try truth.family(of: source, in: .main)), .integer(page),
      ])
    guard let row, try truth.withdraw(.citation, row) else { return false }
    let others = try db.integer(
      "SELECT 1 FROM main.citation_now WHERE statement = ? AND stance = ?",
      [.integer(statement), .text(citation.stance.rawValue)])
    if others == nil { try truth.withdraw(citation.stance == .claims ? .statement : .denial, statement) }
    return true
  }

  private func withdrawAlias(_ key: Key, _ name: String) throws(StoreProblem) -> Bool {
    let entity = try truth.entityID(key)
    let aliases = try db.integers(
      """
      SELECT id FROM main.alias_now WHERE entity IN (SELECT value FROM json_each(?)) AND folded = ?
      """, [.list(try truth.family(of: entity, in: .main)), .text(foldedName(name))])
    for alias in aliases { try truth.withdraw(.alias, alias) }
    return !aliases.isEmpty
  }

  private func define(_ row: ContentRow, _ kind: String, _ key: Key) throws(StoreProblem) -> Bool {
    try replace(.definition, row, of: "kind = ? AND key = ?", [.text(kind), .text(key.text)])
  }

  /// Asserts content in place of all that stood there, of which others may have asserted some meanwhile.
  private func replace(
    _ thing: Thing, _ row: ContentRow, of place: String, _ arguments: [SQL]
  ) throws(StoreProblem) -> Bool {
    var hasReplaced = false
    for other in try truth.standing(thing, where: place, arguments) where other != row.id {
      if try truth.withdraw(thing, other) { hasReplaced = true }
    }
    return try truth.assert(thing, row.id) || hasReplaced
  }
}
