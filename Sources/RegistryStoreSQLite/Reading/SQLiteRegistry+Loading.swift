internal import RegistryModel
internal import RegistryStore

/// A statement with its row.
struct LoadedStatement {
  var row: Int64
  var record: StatementRecord
}

extension SQLiteRegistry {
  /// Statements of the projection `f` of a scope, ordered by subject, property and age.
  /// - Parameter condition: on `f` (a row of `fact`), `s` (its statement) and `e` (the subject).
  /// - Parameter asRecorded: whether entities have the keys that the statement's id is made of.
  func load(
    in scope: Scope, asRecorded: Bool = false, where condition: String, _ arguments: [SQL] = []
  ) throws(StoreProblem) -> [LoadedStatement] {
    let keys = asRecorded ? "main.entity" : "\(scope.rawValue).entity_key"
    let row = try db.rows(
      """
      SELECT s.id, s.digest, e.key, s.property, s.validity, s.qualifiers, f.claimed, f.denied, f.rank, f.evidence,
        f.recorded, \(ValueColumns.selection("s", object: "o"))
      FROM \(scope.rawValue).fact f CROSS JOIN main.statement s ON s.id = f.statement
        CROSS JOIN \(keys) e ON e.id = s.subject LEFT JOIN \(keys) o ON o.id = s.object
      WHERE \(condition) ORDER BY e.key, s.property, f.recorded, s.id
      """, arguments)
    var loaded: [LoadedStatement] = []
    while try row.next() { loaded.append(try read(row, keys)) }
    for index in loaded.indices {
      loaded[index].record.citations = try citations(
        of: loaded[index].row, in: scope)
    }
    return loaded
  }

  private func read(_ row: Cursor, _ keys: String) throws(StoreProblem) -> LoadedStatement {
    let id = row.integer(0)
    let qualifiers = row.integer(5) > 0 ? try self.qualifiers(of: id, keys) : []
    return LoadedStatement(
      row: id,
      record: StatementRecord(
        id: StatementID(row.text(1)),
        statement: Statement(
          subject: row.key(2), property: row.key(3), value: ValueColumns.read(row, at: 11),
          qualifiers: qualifiers,
          validity: try validity(row.text(4))),
        citations: [], isClaimed: row.flag(6), isDenied: row.flag(7),
        rank: Rank(rawValue: Int(row.integer(8))) ?? .normal,
        evidence: row.integer(9) == 2 ? .certainly : .possibly,
        recorded: TransactionID(row.integer(10))))
  }

  func qualifiers(of statement: Int64, _ keys: String) throws(StoreProblem) -> [Qualifier] {
    let row = try db.rows(
      """
      SELECT q.property, \(ValueColumns.selection("q", object: "o")) FROM main.qualifier q
        LEFT JOIN \(keys) o ON o.id = q.object WHERE q.statement = ? ORDER BY q.ordinal
      """, [.integer(statement)])
    var found: [Qualifier] = []
    while try row.next() { found.append(Qualifier(row.key(0), ValueColumns.read(row, at: 1))) }
    return found
  }

  func citations(of statement: Int64, in scope: Scope) throws(StoreProblem) -> [Citation] {
    let row = try db.rows(
      """
      SELECT e.key, c.via, c.locator, c.quote, c.said, c.inferred, c.stance
      FROM \(scope.rawValue).citation_now c JOIN \(scope.rawValue).entity_key e ON e.id = c.source WHERE c.statement = ? ORDER BY c.id
      """, [.integer(statement)])
    var found: [Citation] = []
    while try row.next() { found.append(SQLiteRegistry.citation(row, at: 0)) }
    return found
  }

  /// The columns source key, via, locator, quote, said, inferred and stance.
  static func citation(_ row: Cursor, at start: Int) -> Citation {
    Citation(
      source: row.key(start), via: row.optionalText(start + 1), locator: row.optionalText(start + 2),
      quote: row.optionalText(start + 3), said: row.optionalText(start + 4),
      inferred: row.optionalText(start + 5), stance: Stance(rawValue: row.text(start + 6)) ?? .claims)
  }

  /// Reads a stored period; the same few are read again and again.
  func validity(_ text: String) throws(StoreProblem) -> Validity {
    if text.isEmpty { return Validity() }
    if let known = memory.validities[text] { return known }
    guard let validity = Validity(canonicalText: text) else {
      throw .damaged(location: location, reason: "there is no period \(text)")
    }
    memory.validities[text] = validity
    return validity
  }
}
