internal import RegistryModel
internal import RegistryStore

/// A statement with its row.
struct LoadedStatement {
  var row: Int64
  /// What its subject and its value count as.
  var subject: Int64
  var object: Int64?
  /// Whether the rules found when it holds.
  var isTimed: Bool
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
        f.recorded, f.subject, f.object, f.timed, \(ValueColumns.selection("s", object: "o"))
      FROM \(scope.rawValue).fact f CROSS JOIN main.statement s ON s.id = f.statement
        CROSS JOIN \(keys) e ON e.id = s.subject LEFT JOIN \(keys) o ON o.id = s.object
      WHERE \(condition) ORDER BY e.key, s.property, f.recorded, s.id
      """, arguments)
    var loaded: [LoadedStatement] = []
    while try row.next() { loaded.append(try read(row, keys)) }
    let citations = try citations(of: loaded.map(\.row), in: scope)
    for index in loaded.indices { loaded[index].record.citations = citations[loaded[index].row] ?? [] }
    return loaded
  }

  private func read(_ row: Cursor, _ keys: String) throws(StoreProblem) -> LoadedStatement {
    let id = row.integer(0)
    let qualifiers = row.integer(5) > 0 ? try self.qualifiers(of: id, keys) : []
    return LoadedStatement(
      row: id, subject: row.integer(11), object: row.optionalInteger(12), isTimed: row.flag(13),
      record: StatementRecord(
        id: StatementID(row.text(1)),
        statement: Statement(
          subject: row.key(2), property: row.key(3), value: ValueColumns.read(row, at: 14),
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

  /// The citations of some statements, in the order in which they were recorded.
  func citations(of statements: [Int64], in scope: Scope) throws(StoreProblem) -> [Int64: [Citation]] {
    guard statements.count > 1 else {
      guard let statement = statements.first else { return [:] }
      return [statement: try citations(of: statement, in: scope)]
    }
    let row = try db.rows(
      """
      SELECT c.statement, e.key, c.via, c.locator, c.quote, c.said, c.inferred, c.stance
      FROM json_each(?) j CROSS JOIN \(scope.rawValue).citation_now c ON c.statement = j.value
        CROSS JOIN \(scope.rawValue).entity_key e ON e.id = c.source ORDER BY c.statement, c.id
      """, [.list(statements)])
    var found: [Int64: [Citation]] = [:]
    while try row.next() { found[row.integer(0), default: []].append(SQLiteRegistry.citation(row, at: 1)) }
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
