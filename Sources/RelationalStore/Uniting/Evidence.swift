internal import RegistryModel
internal import RegistryStore

/// What stands of statements that speak of an entity, by whom: as it was recorded, whatever counts as it.
struct Evidence {
  /// That a statement is claimed, or denied.
  struct Stance {
    var statement: Int64
    /// `statement` or `denial`.
    var thing: Thing
    /// By what it stands; nothing where only citations do.
    var standing: [Assertions.Standing]
    var citations: [(row: Int64, standing: [Assertions.Standing])]

    /// By what it and its citations stand.
    var all: [Assertions.Standing] { standing + citations.flatMap(\.standing) }
  }

  /// The rows of the statements that have something that stands.
  var statements: [Int64] = []
  var stances: [Stance] = []
  var contents: [Int64: Statement] = [:]
}

/// Reads evidence.
struct EvidenceReader {
  let state: RegistryState
  private var assertions: Assertions { Assertions(state) }
  private var db: any SQLEngine { state.db }
  private var recordedRows: RecordedRows { RecordedRows(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Of the statements that have an entity for a subject, a value or a qualifier.
  func evidence(about entity: Int64) throws(StoreProblem) -> Evidence {
    let rows = try db.integers(
      """
      SELECT s.id FROM main.statement s WHERE \(RecordedAs.isOf("?1", .subject))
      UNION SELECT s.id FROM main.statement s WHERE \(RecordedAs.isOf("?1", .object))
      UNION SELECT q.statement FROM main.qualifier q WHERE q.object = ?2
      """, [.list([entity]), .integer(entity)])
    guard !rows.isEmpty else { return Evidence() }
    var citations: [Int64: (statement: Int64, denies: Bool)] = [:]
    let row = try db.rows(
      """
      SELECT c.id, c.statement, c.denies FROM json_each(?) j CROSS JOIN main.citation c ON c.statement = j.value
      """, [.list(rows)])
    while try row.next() { citations[row.integer(0)] = (row.integer(1), row.flag(2)) }
    let cited = try assertions.standing(.citation, citations.keys.sorted())
    var byStatement: [Int64: [Int64]] = [:]
    for citation in cited.keys.sorted() {
      if let statement = citations[citation]?.statement {
        byStatement[statement, default: []].append(citation)
      }
    }
    var evidence = Evidence()
    for thing in [Thing.statement, .denial] {
      let standing = try assertions.standing(thing, rows)
      for row in rows {
        let cites = (byStatement[row] ?? []).filter { citations[$0]?.denies == (thing == .denial) }
        if standing[row] == nil, cites.isEmpty { continue }
        evidence.stances.append(
          Evidence.Stance(
            statement: row, thing: thing, standing: standing[row] ?? [],
            citations: cites.map { ($0, cited[$0] ?? []) }))
      }
    }
    evidence.statements = Set(evidence.stances.map(\.statement)).sorted()
    evidence.contents = try recordedRows.recordedStatements(evidence.statements)
    return evidence
  }
}
