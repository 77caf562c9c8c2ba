internal import RegistryModel
internal import RegistryStore

/// Makes a registry anew from what a dump says.
struct Restorer {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var editor: Editor { Editor(state) }
  private var transactor: Transactor { Transactor(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func begin(restoring transaction: Transaction, undoing: [TransactionID]) throws(StoreProblem) {
    let info = TransactionInfo(
      author: transaction.author, reason: transaction.reason, tool: transaction.tool, at: transaction.at)
    do throws(StoreProblem) {
      if state.transaction?.isRestored == true {
        try transactor.goOn(info)
      } else {
        try transactor.beginTransaction(info)
      }
    } catch {
      if state.transaction?.isRestored == true { try? transactor.rollback(.transaction) }
      throw error
    }
    do throws(StoreProblem) {
      guard try db.integer("SELECT 1 FROM tx WHERE id = ?", [.integer(transaction.id.number)]) == nil else {
        throw .historyRefused(transaction.id, .isThere)
      }
      let identity = try truth.tested(transaction.identity, of: transaction.id)
      let origin = try identity.map { (known) throws(StoreProblem) in try truth.originRow(known.origin) }
      try db.write(
        """
        INSERT INTO tx(id, at, author, reason, tool, origin, number, clock, arrived) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .integer(transaction.id.number), .text(transaction.at), .text(transaction.author),
          SQL(transaction.reason), .text(transaction.tool), SQL(origin), SQL(identity?.number),
          SQL(identity?.clock), SQL(transaction.arrived),
        ])
      state.transaction?.number = transaction.id.number
      state.transaction?.isRestored = true
      state.transaction?.identity = identity
      state.transaction?.expectedUID = identity?.uid
      state.transaction?.hasArrived = transaction.arrived != nil
      for undone in undoing { try truth.recordReversal(of: undone.number, by: transaction.id.number) }
    } catch {
      try? transactor.rollback(.transaction)
      throw error
    }
  }

  /// Asserts what one line says. What cites a statement that is new with it is new as well.
  func restore(_ contents: [PreparedContent]) throws(StoreProblem) {
    var claimed: StatementID?
    var row = ContentRow(id: 0, isNew: false)
    for prepared in contents {
      guard let known = prepared.known else {
        try restore(prepared.content, asserts: true)
        continue
      }
      switch prepared.content {
      case .claim(let statement):
        try refuseFailed()
        row = try claim(statement, known.statement)
        claimed = row.isNew ? known.statement : nil
      case .citation(_, let citation) where claimed == known.statement:
        try truth.makeKnown(citation.source)
        let said = try truth.citationRow(
          citation, of: row.id, known.statement, isNew: true, asserts: true, known: known.citation)
        try truth.touchNew(citation: said.id, of: row.id, hasQuote: citation.quote != nil)
        claimed = nil
      default: try restore(prepared.content, asserts: true)
      }
    }
  }

  private func refuseFailed() throws(StoreProblem) {
    guard state.transaction != nil else { throw .noTransaction }
    if let failure = state.transaction?.failure { throw failure }
  }

  private func claim(_ statement: Statement, _ id: StatementID) throws(StoreProblem) -> ContentRow {
    let row = try knownRow(statement, id, isClaim: true)
    if row.isNew {
      try truth.assertNew(row.id, statement, as: .claims)
    } else {
      try assert(.statement, row)
    }
    return row
  }

  func restore(_ content: RecordedContent, asserts: Bool) throws(StoreProblem) {
    try refuseFailed()
    if case .claim(let statement) = content, asserts {
      _ = try claim(statement, statement.id)
      return
    }
    let (thing, row) = try restoredRow(content, isNew: asserts)
    if !asserts {
      try truth.withdraw(thing, row.id)
    } else if case .citation(_, let citation) = content, row.isNew {
      // It says by itself who asserted it.
      if let statement = try db.integer(
        "SELECT statement FROM main.citation WHERE id = ?", [.integer(row.id)])
      {
        try truth.touchNew(citation: row.id, of: statement, hasQuote: citation.quote != nil)
      }
    } else {
      try assert(thing, row)
    }
  }

  private func assert(_ thing: Thing, _ row: ContentRow) throws(StoreProblem) {
    if state.transaction?.hasArrived == true {
      try truth.assertToo(thing, row.id)
    } else {
      try truth.assert(thing, row.id, isNew: row.isNew)
    }
  }

  func restore(ended content: RecordedContent, seen: [TransactionID]) throws(StoreProblem) {
    try refuseFailed()
    for transaction in seen {
      guard try db.integer("SELECT 1 FROM main.tx WHERE id = ?", [.integer(transaction.number)]) != nil else {
        throw .historyRefused(
          TransactionID(try truth.transactionNumber()), .endsUnknown(transaction))
      }
      var row = try restoredRow(content, isNew: false)
      if case .renaming = content, let renaming = try renaming(content, begunBy: transaction) {
        row.1.id = renaming
      }
      try truth.end(row.0, row.1.id, begunBy: transaction.number)
    }
  }

  /// Each renaming is content of its own: that which a transaction made.
  private func renaming(
    _ content: RecordedContent, begunBy transaction: TransactionID
  ) throws(StoreProblem) -> Int64? {
    guard case .renaming(let key, let new, let reason) = content else { return nil }
    return try db.integer(
      """
      SELECT r.id FROM main.renaming r CROSS JOIN main.life l ON l.thing = \(Thing.renaming.rawValue) AND l.id = r.id
        AND l.tx_in = ?4 WHERE r.entity = ?1 AND r.key = ?2 AND r.reason IS ?3
      """,
      [
        .integer(try truth.entityID(key)), .text(new.text), SQL(reason), .integer(transaction.number),
      ])
  }

  /// Claims a statement that is not recorded yet.
  /// - Returns: whether it was not.
  func claimNew(_ statement: Statement) throws(StoreProblem) -> Bool {
    let row = try knownRow(statement, statement.id, isClaim: true)
    if row.isNew { try truth.assertNew(row.id, statement, as: .claims) }
    return row.isNew
  }

  /// The row of content that another registry hands over, written where it is not there.
  func arrivedRow(_ handed: HandedContent, asserts: Bool) throws(StoreProblem) -> (Thing, ContentRow) {
    guard case .renaming(let key, let new, let reason) = handed.content else {
      return try restoredRow(handed.content, isNew: asserts)
    }
    try truth.makeKnown(key)
    let entity = try truth.entityID(key)
    let there = try db.integer(
      """
      SELECT r.id FROM main.renaming r WHERE r.entity = ?1 AND r.key = ?2 AND r.reason IS ?3 AND ?4 = (
        SELECT t.uid FROM main.tx t WHERE t.id = (
          SELECT min(l.tx_in) FROM main.life l WHERE l.thing = \(Thing.renaming.rawValue) AND l.id = r.id))
      ORDER BY r.id LIMIT 1
      """, [.integer(entity), .text(new.text), SQL(reason), SQL(handed.first)])
    if let there { return (.renaming, ContentRow(id: there, isNew: false)) }
    return (.renaming, try truth.renamingRow(entity, key, to: new, reason: reason))
  }

  /// The row of some content, written where it is not there.
  private func restoredRow(
    _ content: RecordedContent, isNew: Bool
  ) throws(StoreProblem) -> (Thing, ContentRow) {
    switch content {
    case .claim(let statement): return (.statement, try restoredRow(statement))
    case .denial(let statement): return (.denial, try restoredRow(statement))
    case .citation(let statement, let citation):
      let row = try restoredRow(statement)
      try truth.makeKnown(citation.source)
      return (
        .citation,
        try truth.citationRow(
          citation, of: row.id, statement.id, isNew: row.isNew, asserts: isNew)
      )
    case .rank(let statement, let rank, let reason):
      let row = try restoredRow(statement)
      return (.judgement, try truth.judgementRow(row.id, statement.id, rank, reason: reason))
    case .review(let statement, let due, let reason):
      let row = try restoredRow(statement)
      return (.review, try truth.reviewRow(row.id, statement.id, by: due, reason: reason))
    case .alias(let key, let name, let source, let isLocal, let reason):
      try truth.makeKnown(key)
      if let source { try truth.makeKnown(source) }
      return (.alias, try truth.aliasRow(key, name: name, source: source, isLocal: isLocal, reason: reason))
    case .source(let key, let data):
      try truth.makeKnown(key)
      for corrected in data.corrects { try truth.makeKnown(corrected) }
      return (.sourceData, try truth.sourceRow(key, data))
    case .type(let definition): return (.definition, try truth.definitionRow(definition))
    case .property(let definition): return (.definition, try truth.definitionRow(definition))
    case .merging(let key, let into, let reason):
      try truth.makeKnown(key)
      try truth.makeKnown(into)
      return (.merging, try truth.mergingRow(key, into: into, reason: reason))
    case .renaming(let key, let new, let reason):
      try truth.makeKnown(key)
      let entity = try truth.entityID(key)
      // Each renaming is content of its own: the one that is withdrawn is the one that stands, and only an undo brings one back.
      let there = try db.integer(
        isNew
          ? """
          SELECT r.id FROM main.renaming r WHERE r.entity = ?1 AND r.key = ?2 AND r.reason IS ?3
            AND NOT EXISTS(SELECT 1 FROM main.renaming_now o WHERE o.id = r.id)
            AND r.id = (SELECT max(id) FROM main.renaming WHERE entity = ?1)
            AND EXISTS(SELECT 1 FROM main.reversal v WHERE v.tx = ?4)
          """
          : """
          SELECT id FROM main.renaming_now WHERE entity = ?1 AND key = ?2 AND reason IS ?3 AND ?4 IS ?4
          ORDER BY id DESC LIMIT 1
          """, [.integer(entity), .text(new.text), SQL(reason), .integer(try truth.transactionNumber())])
      if let there { return (.renaming, ContentRow(id: there, isNew: false)) }
      return (.renaming, try truth.renamingRow(entity, key, to: new, reason: reason))
    }
  }

  private func restoredRow(_ statement: Statement) throws(StoreProblem) -> ContentRow {
    let row = try knownRow(statement, statement.id, isClaim: false)
    // It may never be claimed.
    if row.isNew { state.dirty.statements.insert(row.id) }
    return row
  }

  private func knownRow(
    _ statement: Statement, _ id: StatementID, isClaim: Bool
  ) throws(StoreProblem) -> ContentRow {
    try editor.makeRoom()
    try truth.makeKnown(statement.subject)
    for value in [statement.value] + statement.qualifiers.map(\.value) {
      if case .entity(let key) = value { try truth.makeKnown(key) }
    }
    return try truth.statementRow(statement, id, isClaim: isClaim)
  }
}
