internal import RegistryModel
internal import RegistryStore

/// Reads statements, their qualifiers, citations and sources from rows.
struct StatementLoader {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Statements of the projection `f` of a scope, ordered by subject and property (``FactOrder``).
  /// - Parameter condition: on `f` (a row of `fact`), `s` (its statement) and `e` (the subject).
  /// - Parameter asRecorded: whether entities have the keys that the statement's id is made of.
  /// - Parameter isCut: whether the last two arguments say how many, and how many to leave out before them.
  func load(
    in scope: Scope, asRecorded: Bool = false, where condition: String, _ arguments: [SQL] = [],
    isCut: Bool = false
  ) throws(StoreProblem) -> [LoadedStatement] {
    let keys = asRecorded ? "main.entity" : "\(scope.rawValue).entity_key"
    let (subject, object) =
      asRecorded ? (RecordedAs.subject("s"), RecordedAs.object("s")) : ("f.subject", "f.object")
    let row = try db.rows(
      """
      SELECT s.id, s.digest, e.key, s.property, s.validity, s.qualifiers, f.claimed, f.denied, f.rank, f.evidence,
        f.recorded, f.subject, f.object, f.timed, f.chosen, \(ValueColumns.selection("s", object: "o"))
      FROM \(scope.rawValue).fact f CROSS JOIN main.statement s ON s.id = f.statement
        CROSS JOIN \(keys) e ON e.id = \(subject) LEFT JOIN \(keys) o ON o.id = \(object)
      WHERE \(condition) ORDER BY e.key, s.property, \(FactOrder.inCell("f", "s", keys: keys))\(isCut ? " LIMIT ? OFFSET ?" : "")
      """, arguments)
    var loaded: [LoadedStatement] = []
    var qualified: [Int64] = []
    while try row.next() {
      loaded.append(try read(row))
      if row.integer(5) > 0 { qualified.append(row.integer(0)) }
    }
    // What belongs to many statements is read at once.
    let qualifiers = try self.qualifiers(of: qualified, keys)
    let citations = try self.citations(of: loaded.map(\.row), in: scope)
    for index in loaded.indices {
      let row = loaded[index].row
      loaded[index].record.add(qualifiers[row])
      loaded[index].record.citations = citations[row] ?? []
    }
    return loaded
  }

  private func read(_ row: any SQLCursor) throws(StoreProblem) -> LoadedStatement {
    LoadedStatement(
      row: row.integer(0), subject: row.integer(11), object: row.optionalInteger(12), isTimed: row.flag(13),
      record: StatementRecord(
        id: StatementID(row.text(1)),
        statement: Statement(
          subject: row.key(2), property: row.key(3), value: ValueColumns.read(row, at: 15),
          validity: try validity(row.text(4))),
        citations: [], isClaimed: row.flag(6), isDenied: row.flag(7),
        rank: Rank(rawValue: Int(row.integer(8))) ?? .normal,
        evidence: row.integer(9) == 2 ? .certainly : .possibly,
        recorded: TransactionID(row.integer(10)), isChosen: row.flag(14)))
  }

  func qualifiers(
    of statements: [Int64], _ keys: String
  ) throws(StoreProblem) -> [Int64: [Qualifier]] {
    guard !statements.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT q.statement, q.property, \(ValueColumns.selection("q", object: "o")) FROM json_each(?) j
        CROSS JOIN main.qualifier q ON q.statement = j.value LEFT JOIN \(keys) o ON o.id = q.object
      ORDER BY q.statement, q.ordinal
      """, [.list(statements)])
    var found: [Int64: [Qualifier]] = [:]
    while try row.next() {
      found[row.integer(0), default: []].append(Qualifier(row.key(1), ValueColumns.read(row, at: 2)))
    }
    return found
  }

  func citations(
    of statements: [Int64], in scope: Scope
  ) throws(StoreProblem) -> [Int64: [Citation]] {
    guard !statements.isEmpty else { return [:] }
    let name = scope.rawValue
    let row = try db.rows(
      """
      SELECT c.statement, e.key, CASE WHEN e.target != c.source THEN (SELECT p.key FROM main.entity p WHERE p.id = c.source) END,
        c.via, c.locator, c.quote, c.said, c.inferred, c.stance
      FROM json_each(?) j CROSS JOIN \(name).citation_now c ON c.statement = j.value
        CROSS JOIN \(name).entity_key e ON e.id = c.source
      ORDER BY c.statement, c.stance, e.key, \(Self.citationOrder), c.id
      """, [.list(statements)])
    var found: [Int64: [Citation]] = [:]
    while try row.next() {
      var citation = Self.citation(row, source: 1, from: 3)
      citation.page = row.optionalKey(2)
      found[row.integer(0), default: []].append(citation)
    }
    return found
  }

  /// The source's key, and from another column on via, locator, quote, said, inferred and stance.
  static func citation(_ row: any SQLCursor, source: Int, from start: Int) -> Citation {
    Citation(
      source: row.key(source), via: row.optionalText(start), locator: row.optionalText(start + 1),
      quote: row.optionalText(start + 2), said: row.optionalText(start + 3),
      inferred: row.optionalText(start + 4), stance: Stance(rawValue: row.text(start + 5)) ?? .claims)
  }

  /// Reads a stored period; the same few are read again and again.
  func validity(_ text: String) throws(StoreProblem) -> Validity {
    if text.isEmpty { return Validity() }
    if let known = state.memory.validities[text] { return known }
    guard let validity = Validity(canonicalText: text) else {
      throw .damaged(location: state.location, reason: "there is no period \(text)")
    }
    state.memory.validities[text] = validity
    return validity
  }

  /// Behind the statement and the source.
  static let citationOrder = "c.stance, c.locator, c.via, c.quote, c.said, c.inferred"
}

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

extension StatementRecord {
  /// Adds what was read apart from the statement.
  mutating func add(_ qualifiers: [Qualifier]?) {
    guard let qualifiers else { return }
    statement = Statement(
      subject: statement.subject, property: statement.property, value: statement.value,
      qualifiers: qualifiers, validity: statement.validity)
  }
}
