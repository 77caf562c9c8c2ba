internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Where a question of some times looks, and what it finds there: what is asserted now in `main`, all else in `temp`.
struct PastScope {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var resolver: CellResolver { CellResolver(state) }
  var existenceProjector: ExistenceProjector { ExistenceProjector(state) }
  var groupProjector: GroupPathProjector { GroupPathProjector(state) }
  var identityReader: IdentityReader { IdentityReader(state) }
  var projector: Projector { Projector(state) }
  var schemas: SchemaReader { SchemaReader(state) }
  var textIndex: TextIndex { TextIndex(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Where a question of these times looks, with what the session itself has not yet committed: ``ready(_:in:)`` then
  /// brings there what the question needs.
  ///
  /// Today's evidence is in `main`. For every other time the same tables are made in `temp`, and kept until another
  /// time is asked for or the registry changes. They are filled entity by entity as look-ups ask for them, and whole,
  /// which costs a scan, where a question is about everything.
  /// - Parameter asksLives: whether the question may ask when something was asserted; what entities are called now it
  ///   finds in what was derived.
  func scope(_ times: Times, asksLives: Bool = true) throws(StoreProblem) -> Scope {
    if asksLives || !times.isCurrentEvidence { try truth.settle() }
    try state.noticeOtherWriters()
    // Which entities are one is asked before anything else.
    if !state.dirty.identities.isEmpty { try projector.flush() }
    guard !times.isCurrentEvidence else { return .main }
    var asked = times
    asked.on = nil
    asked.today = nil
    if state.memory.past?.times == asked { return .temp }
    state.memory.past = Past(times: asked)
    state.memory.viewed = nil
    do throws(StoreProblem) {
      try makePast(asked, today: times.today)
    } catch {
      state.memory.past = nil
      throw error
    }
    return .temp
  }

  private func makePast(_ times: Times, today: Day?) throws(StoreProblem) {
    try dropTemporary()
    let needsEvidence = Past(times: times).needsEvidence
    let lives: LivesAsOf
    if let recorded = times.recorded {
      lives = .transaction(try truth.number(of: recorded))
    } else {
      lives = .current
    }
    try db.runScript(
      NowViews.sql(in: "temp", lives: lives, standing: needsEvidence ? "temp.standing" : nil))
    try db.runScript(Projection.tables(in: "temp"))
    try db.tell(IndexHints.of(.temp), of: .temp)
    try identityReader.fill("temp")
    guard needsEvidence else { return }
    try db.runScript("CREATE TEMP TABLE standing(source INTEGER PRIMARY KEY, certainty INTEGER NOT NULL)")
    try findStanding(times, lives, today)
  }

  func dropTemporary() throws(StoreProblem) {
    try dropDocumentedViews()
    try dropFromTemporary(.view, NowViews.names + NowViews.namesThen + PastViews.views)
    try dropFromTemporary(.table, ["standing"] + Projection.names + PastViews.tables)
  }

  /// Drops those of some tables or views that are there: the first question about another time finds none.
  func dropFromTemporary(_ kind: SQLKind, _ names: [String]) throws(StoreProblem) {
    let there = try db.temporary(kind, among: names)
    guard !there.isEmpty else { return }
    try db.runScript(
      names.filter(there.contains).map { "DROP \(kind.rawValue.uppercased()) temp.\($0);" }.joined(
        separator: "\n"))
  }

  /// The sources that were certainly (2) or possibly (1) out, among those whose word counts; see ``SourceDates``.
  private func findStanding(_ times: Times, _ lives: LivesAsOf, _ today: Day?) throws(StoreProblem) {
    var sources: SQL = .null
    if !times.accordingTo.isEmpty {
      sources = .list(try truth.families(of: times.accordingTo.sorted(), in: .temp))
    }
    try db.write(
      """
      INSERT INTO temp.standing
      SELECT source, certainty FROM (
        SELECT c.source AS source, CASE
            WHEN ?1 IS NULL OR coalesce(d.published_latest, d.retrieved_latest) <= ?1 THEN 2
            WHEN d.published_earliest IS NOT NULL THEN CASE WHEN d.published_earliest <= ?1 THEN 1 END
            WHEN NOT \(Self.reportsLater(lives)) THEN 1
          END AS certainty
        FROM (
          WITH RECURSIVE each(source) AS (SELECT min(source) FROM main.citation UNION ALL
            SELECT (SELECT min(o.source) FROM main.citation o WHERE o.source > e.source) FROM each e
            WHERE e.source IS NOT NULL)
          SELECT source FROM each WHERE source IS NOT NULL) c
        LEFT JOIN main.source_data d ON d.id = \(SourceBook.row(of: "c.source", in: "temp"))
        WHERE ?2 IS NULL OR c.source IN (SELECT value FROM json_each(?2)))
      WHERE certainty IS NOT NULL
      """,
      [SQL(times.published?.latest.number), sources, .integer((today ?? .distantFuture).number)])
  }

  /// Whether the source `c.source` reports an event that certainly began after the day `?1`: by `?3`, today, that is, since
  /// what is still to come then it can only foresee.
  private static func reportsLater(_ lives: LivesAsOf) -> String {
    let ahead = SourceDates.ahead.map { SQL.quoted($0.text) }.joined(separator: ", ")
    let begun = "CASE WHEN s.validity LIKE 'on %' THEN s.end_earliest ELSE s.start_earliest END"
    return """
      EXISTS(SELECT 1 FROM main.citation r CROSS JOIN main.statement s ON s.id = r.statement
        WHERE r.source = c.source AND \(Lives.isCited("r", lives)) AND NOT r.denies AND r.inferred IS NULL
          AND NOT coalesce(s.forecast, 0) AND NOT EXISTS(SELECT 1 FROM main.qualifier q
            WHERE q.statement = s.id AND q.property = '\(BuiltIn.forecast)')
          AND (\(begun) > ?1 AND \(begun) <= ?3
            OR (s.kind = \(ValueKind.date.rawValue) AND s.property NOT IN (\(ahead))
              AND s.low_key > ?1 AND s.low_key <= ?3)))
      """
  }

  func dropDocumentedViews() throws(StoreProblem) {
    state.memory.viewed = nil
    try dropFromTemporary(.view, ViewDefinition.all.map(\.name) + HeldViews.names)
  }
}
