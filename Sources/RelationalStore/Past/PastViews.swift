/// The tables of another time as views over those of now, where most was then as it is: nothing is copied, and of what may
/// have been decided otherwise no more is decided anew than a question looks at.
///
/// A view of one table with scalar queries becomes part of whatever reads it, with the indexes of the table below. What
/// differs from now is in small tables of their own: `stood` (how statements stood that stand otherwise now), `otherwise`
/// (these, and those cited otherwise), `cell_then` (where that may have decided otherwise), `decided` and `timeline_then` (which of several was chosen, and when each held),
/// `typed_then`, `renamed` and `name_then` (what entities were, and were called), `bounded_otherwise` and `existence_then`
/// (when they were there).
struct PastViews {
  /// What makes the time another than now.
  enum Difference {
    /// What was recorded later.
    case recorded(LaterChanges)
    /// What sources say that do not count.
    case sources
  }

  let difference: Difference
  /// Whether `stood` has rows.
  var hasRestated = false
  /// Whether `typed_then` has rows, and whether all are of the types that they are of now.
  var hasRetyped = false
  var hasRenamed = false
  /// Of whom it is decided what was chosen; nil for everybody.
  var decided: Set<Int64>? = []

  static let views = ["fact", "timeline", "entity_now", "name", "existence"]
  static let tables = [
    "stood", "decided", "timeline_then", "otherwise", "cell_then", "typed_then", "name_then", "renamed",
    "bounded_otherwise",
    "existence_then",
  ]

  /// The small tables.
  static let creation = """
    CREATE TEMP TABLE stood(
      statement INTEGER PRIMARY KEY, claimed INTEGER NOT NULL, denied INTEGER NOT NULL, rank INTEGER NOT NULL);
    CREATE TEMP TABLE otherwise(statement INTEGER PRIMARY KEY);
    CREATE TEMP TABLE cell_then(subject INTEGER NOT NULL, property TEXT NOT NULL, PRIMARY KEY(subject, property))
      WITHOUT ROWID;
    CREATE TEMP TABLE decided(statement INTEGER PRIMARY KEY, chosen INTEGER NOT NULL, timed INTEGER NOT NULL);
    CREATE TEMP TABLE timeline_then(
      statement INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, sureness INTEGER NOT NULL,
      reason INTEGER NOT NULL, day INTEGER, by INTEGER, PRIMARY KEY(statement, first)) WITHOUT ROWID;
    CREATE TEMP TABLE typed_then(
      id INTEGER PRIMARY KEY, key TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, stood INTEGER NOT NULL);
    CREATE TEMP TABLE name_then(
      folded TEXT NOT NULL, place INTEGER NOT NULL, entity INTEGER NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY(folded, place, entity, text)) WITHOUT ROWID;
    CREATE TEMP TABLE renamed(entity INTEGER PRIMARY KEY);
    CREATE TEMP TABLE bounded_otherwise(entity INTEGER PRIMARY KEY);
    CREATE TEMP TABLE existence_then(
      entity INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, sureness INTEGER NOT NULL,
      reason INTEGER NOT NULL, day INTEGER, type TEXT NOT NULL, PRIMARY KEY(entity, first)) WITHOUT ROWID;

    """

  // MARK: Statements

  /// Facts, and when those of them held of which it is written down.
  var facts: String {
    """
    CREATE TEMP VIEW fact AS SELECT f.statement, f.subject, f.property, f.kind, f.object, f.text, f.folded, f.low_key,
      f.high_key, f.unit, f.bound, f.approximate, f.reading, f.start_earliest, f.start_latest, f.end_earliest,
      f.end_latest, \(claimed) AS claimed, \(denied) AS denied, \(then("rank")) AS rank, \(evidence) AS evidence,
      f.recorded, coalesce((SELECT d.chosen FROM temp.decided d WHERE d.statement = f.statement), \(chosen)) AS chosen,
      f.figure, f.year,
      coalesce((SELECT d.timed FROM temp.decided d WHERE d.statement = f.statement), f.timed) AS timed
    FROM main.fact f WHERE \(counts);
    CREATE TEMP VIEW timeline AS
      SELECT t.statement, t.first, t.last, t.sureness, t.reason, t.day, t.by FROM main.timeline t
        WHERE NOT EXISTS(SELECT 1 FROM temp.decided d WHERE d.statement = t.statement)
      UNION ALL SELECT t.statement, t.first, t.last, t.sureness, t.reason, t.day, t.by FROM temp.timeline_then t;

    """
  }

  /// What `stood` says, or else what is so now.
  private func then(_ column: String) -> String {
    guard hasRestated else { return "f.\(column)" }
    return "coalesce((SELECT s.\(column) FROM temp.stood s WHERE s.statement = f.statement), f.\(column))"
  }

  private var counts: String {
    switch difference {
    case .recorded(let changes):
      let stood =
        """
         AND NOT EXISTS(SELECT 1 FROM temp.stood s WHERE s.statement = f.statement AND NOT s.claimed AND NOT s.denied)
        """
      return "f.recorded <= \(changes.number)" + (hasRestated ? stood : "")
    case .sources:
      return """
        CASE WHEN f.property IN ('type', 'name') THEN 1
          WHEN f.denied THEN f.claimed AND \(isSaid("claims")) OR \(isSaid("denies")) ELSE \(isSaid("claims")) END
        """
    }
  }

  private var claimed: String {
    guard case .sources = difference else { return then("claimed") }
    // What is denied by nobody is claimed, or would not count.
    return
      "CASE WHEN f.denied THEN f.claimed AND (f.property IN ('type', 'name') OR \(isSaid("claims"))) ELSE 1 END"
  }

  private var denied: String {
    guard case .sources = difference else { return then("denied") }
    return "CASE WHEN f.denied THEN f.property IN ('type', 'name') OR \(isSaid("denies")) ELSE 0 END"
  }

  private var chosen: String {
    guard case .sources = difference else { return "f.chosen" }
    return "f.chosen AND \(claimed)"
  }

  private var evidence: String {
    guard case .sources = difference else { return "f.evidence" }
    return """
      coalesce(CASE WHEN \(claimed) THEN \(certainty("claims")) ELSE \(certainty("denies")) END,
        CASE WHEN f.property IN ('type', 'name') AND EXISTS(SELECT 1 FROM temp.cited c WHERE c.statement = f.statement)
          THEN 0 ELSE 2 END)
      """
  }

  private func isSaid(_ stance: String) -> String {
    "EXISTS(SELECT 1 FROM temp.citation_now c WHERE c.statement = f.statement AND c.stance = '\(stance)')"
  }

  private func certainty(_ stance: String) -> String {
    "(SELECT max(c.certainty) FROM temp.citation_now c WHERE c.statement = f.statement AND c.stance = '\(stance)')"
  }

  // MARK: Entities

  /// What entities were.
  /// - Parameter asTable: whether it is a table, since some had another type, which the index by types does not know.
  func entities(asTable: Bool) -> String {
    let others =
      hasRetyped ? " AND NOT EXISTS(SELECT 1 FROM temp.typed_then o WHERE o.id = e.id AND NOT o.stood)" : ""
    let name =
      hasRetyped ? "coalesce((SELECT o.name FROM temp.typed_then o WHERE o.id = e.id), e.name)" : "e.name"
    if asTable {
      return """
        CREATE TEMP TABLE entity_now(id INTEGER PRIMARY KEY, key TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL);
        INSERT INTO temp.entity_now SELECT e.id, e.key, e.type, e.name FROM main.entity_now e
          WHERE \(wereThere("e.id")) AND e.id NOT IN (SELECT o.id FROM temp.typed_then o)
          UNION ALL SELECT id, key, type, name FROM temp.typed_then WHERE stood;
        CREATE INDEX temp.entity_now_type ON entity_now(type, key);
        CREATE INDEX temp.entity_now_key ON entity_now(key);

        """
    }
    return """
      CREATE TEMP VIEW entity_now AS SELECT e.id, e.key, e.type, \(name) AS name FROM main.entity_now e
        WHERE \(wereThere("e.id"))\(others);

      """
  }

  /// When they were there.
  var existence: String {
    let parts = existences.map {
      "SELECT x.entity, x.first, x.last, x.sureness, x.reason, x.day, x.type FROM \($0)"
    }
    return "CREATE TEMP VIEW existence AS \(parts.joined(separator: " UNION ALL "));\n"
  }

  /// The rows `x` of that which are as they are now, and the others, each with an open condition. What is looked for by a
  /// type and a day is found by the index of now.
  var existences: [String] {
    [
      """
      main.existence x WHERE \(wereThere("+x.entity"))
        AND NOT EXISTS(SELECT 1 FROM temp.bounded_otherwise o WHERE o.entity = x.entity)
      """, "temp.existence_then x WHERE TRUE",
    ]
  }

  /// What they were called.
  var names: String {
    let here = "SELECT n.folded, n.place, n.entity, n.text FROM main.name n WHERE \(wereThere("n.entity"))"
    guard hasRenamed else { return "CREATE TEMP VIEW name AS \(here);\n" }
    return """
      CREATE TEMP VIEW name AS \(here) AND n.entity NOT IN (SELECT r.entity FROM temp.renamed r)
        UNION ALL SELECT n.folded, n.place, n.entity, n.text FROM temp.name_then n;

      """
  }

  private func wereThere(_ id: String) -> String {
    guard case .recorded(let changes) = difference else { return "TRUE" }
    return "\(id) <= \(changes.lastEntity)"
  }

  /// Whether a source that counts speaks of an entity, or names it.
  /// - Parameter isCertain: whether it has to be one that was certainly out.
  func isSpokenOf(_ entity: String, isCertain: Bool = false) -> String {
    let isEvident = isCertain ? "f.evidence = 2" : "f.evidence > 0"
    return """
      (EXISTS(SELECT 1 FROM temp.fact f WHERE f.subject = \(entity) AND \(isEvident))
        OR EXISTS(SELECT 1 FROM main.statement s CROSS JOIN temp.fact f ON f.statement = s.id AND f.object = \(entity)
          WHERE s.object IN (SELECT \(entity) UNION ALL SELECT i.id FROM temp.identity_now i WHERE i.target = \(entity))
            AND \(isEvident))
        OR EXISTS(SELECT 1 FROM main.qualifier q CROSS JOIN temp.fact f ON f.statement = q.statement
          WHERE q.object = \(entity) AND \(isEvident)))
      """
  }
}
