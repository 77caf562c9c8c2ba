internal import RegistryModel

/// The tables that reading answers from, and the SQL that makes their rows from the truth.
///
/// They stand in `main` for what is asserted now and all sources, and in `temp` for other times (see
/// ``PastScope/scope(_:asksLives:)``). Days are numbers as in ``Day``. In `fact`, `low_key` and `high_key` sort as the
/// smallest and largest value do (see ``NumberKey``; days for dates); evidence is 2 (certain), 1
/// (possible) or 0 (a type or a name that no source says that counts, kept so that things can be spoken of). What
/// has a data year says in `figure` of what it is, and in `year` the first day of the year. The `text` of an entity is
/// the key that it is shown under.
struct Projection {
  /// `main` or `temp`.
  let schema: String
  /// Whether only statements with a citation that counts do.
  let needsEvidence: Bool

  static let main = Projection(schema: "main", needsEvidence: false)

  static let names = [
    "identity_now", "fact", "entity_now", "name", "found", "found_later", "group_path", "tally",
    "value_tally", "timeline", "existence", "spoken",
  ]

  /// The tables that a check compares, with the columns that make a row.
  static let compared: [(table: String, columns: String)] = [
    ("fact", "*"), ("entity_now", "*"), ("name", "*"), ("found", "rowid, text"),
    ("group_path", "*"), ("identity_now", "*"), ("tally", "*"), ("value_tally", "*"), ("timeline", "*"),
    ("existence", "*"),
  ]

  /// The tables, without rows.
  static func tables(in schema: String) -> String {
    """
    \(schema == "temp" ? factTable : "")
    CREATE TABLE \(schema).timeline(
      statement INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, sureness INTEGER NOT NULL,
      reason INTEGER NOT NULL, day INTEGER, by INTEGER, PRIMARY KEY(statement, first)) WITHOUT ROWID;
    \(schema == "temp" ? "CREATE TABLE temp.spoken(entity INTEGER PRIMARY KEY, evidence INTEGER NOT NULL);" : "")
    CREATE TABLE \(schema).existence(
      entity INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, sureness INTEGER NOT NULL,
      reason INTEGER NOT NULL, day INTEGER, type TEXT NOT NULL, PRIMARY KEY(entity, first)) WITHOUT ROWID;
    \(schema == "main" ? existenceIndex : "")
    CREATE TABLE \(schema).entity_now(
      id INTEGER PRIMARY KEY, key TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL);
    CREATE INDEX \(schema).entity_now_type ON entity_now(type, key);
    CREATE INDEX \(schema).entity_now_key ON entity_now(key);
    CREATE TABLE \(schema).name(
      folded TEXT NOT NULL, place INTEGER NOT NULL, entity INTEGER NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY(folded, place, entity, text)) WITHOUT ROWID;
    CREATE INDEX \(schema).name_entity ON name(entity);
    \(foundTable(in: schema))
    CREATE TABLE \(schema).found_later(kind INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
    \(GroupPaths.table(in: schema))
    \(Identity.table(in: schema))
    \(Tally.table(in: schema))
    \(ValueTally.table(in: schema))
    """
  }

  /// The full text.
  static func foundTable(in schema: String) -> String {
    """
    CREATE VIRTUAL TABLE \(schema).found USING fts5(text, tokenize = "unicode61 remove_diacritics 2");
    """
  }

  /// The facts of another time; those of now are a view (``Facts``).
  private static let factTable = """
    CREATE TABLE temp.fact(
      statement INTEGER PRIMARY KEY, subject INTEGER NOT NULL, property TEXT NOT NULL, kind INTEGER NOT NULL,
      object INTEGER, text TEXT, folded TEXT, low_key, high_key, unit TEXT, bound TEXT, approximate INTEGER,
      reading TEXT, start_earliest INTEGER NOT NULL, start_latest INTEGER NOT NULL, end_earliest INTEGER NOT NULL,
      end_latest INTEGER NOT NULL, claimed INTEGER NOT NULL, denied INTEGER NOT NULL, rank INTEGER NOT NULL,
      evidence INTEGER NOT NULL, recorded INTEGER NOT NULL, chosen INTEGER NOT NULL, figure TEXT, year INTEGER,
      timed INTEGER NOT NULL);
    \(factIndexes)
    """

  /// By which those of a type are counted who are not there on a day.
  private static let existenceIndex =
    "CREATE INDEX main.existence_type ON existence(type, sureness, last, first);"

  /// Made after the rows where many come at once.
  static let factIndexes = """
    CREATE INDEX temp.fact_cell ON fact(subject, property, chosen, kind, object);
    CREATE INDEX temp.fact_object ON fact(property, object, subject, chosen);
    CREATE INDEX temp.fact_figure ON fact(figure, year) WHERE figure IS NOT NULL;
    CREATE INDEX temp.fact_number ON fact(property, coalesce(low_key, high_key))
      WHERE coalesce(low_key, high_key) IS NOT NULL;
    CREATE INDEX temp.fact_unknown ON fact(property, subject) WHERE kind = 4;
    CREATE INDEX temp.fact_bounding ON fact(property, subject)
      WHERE denied OR kind = 5 OR end_latest < \(Day.distantFuture.number);
    CREATE INDEX temp.fact_contested ON fact(subject, property)
      WHERE denied OR kind = 5 OR (claimed AND rank >= 0 AND NOT chosen);

    """

  static let factIndexNames = [
    "fact_cell", "fact_object", "fact_figure", "fact_number", "fact_unknown", "fact_contested",
    "fact_bounding",
  ]

  /// The rows of `fact` for the statements that `condition` (on `s`) admits, by what is asserted.
  ///
  /// What is merged keeps its type to itself, and says nothing of itself that relates it to what it counts as. A limit
  /// that is none keeps SQLite from putting the inner query into the outer, and looking everything up several times.
  func facts(where condition: String) -> String {
    let exempt = "s.property IN ('type', 'name')"
    let claimed = "EXISTS(SELECT 1 FROM \(schema).claim_now l WHERE l.id = s.id)"
    let denied = "EXISTS(SELECT 1 FROM \(schema).denial_now l WHERE l.id = s.id)"
    func counts(_ stance: String) -> String {
      needsEvidence
        ? " AND (\(exempt) OR EXISTS(SELECT 1 FROM \(schema).citation_now c"
          + " WHERE c.statement = s.id AND c.stance = '\(stance)'))" : ""
    }
    let evidence =
      needsEvidence
      ? """
      coalesce((SELECT max(c.certainty) FROM \(schema).citation_now c
          WHERE c.statement = s.id AND c.stance = CASE WHEN claimed THEN 'claims' ELSE 'denies' END),
        CASE WHEN \(exempt) AND EXISTS(SELECT 1 FROM \(schema).cited c WHERE c.statement = s.id) THEN 0 ELSE 2 END)
      """ : "2"
    let (subject, object) = (RecordedAs.subject("s"), RecordedAs.object("s"))
    return """
      SELECT id, counted, property, kind, counted_object, \(Identity.objectText("s", in: schema)), folded, low_key,
        high_key, unit, bound, approximate, reading, start_earliest, start_latest, end_earliest, end_latest, claimed,
        denied, rank, \(evidence), recorded, claimed AND rank >= 0,
        CASE WHEN year IS NOT NULL THEN \(Facts.figure("s", of: "counted", in: schema)) END, year, 0
      FROM (
        SELECT s.id, \(subject) AS subject, \(object) AS object, s.property, s.kind, s.text, s.folded, s.low_key, s.high_key,
          s.unit, s.bound, s.approximate, s.reading,
          coalesce(s.start_earliest, \(Day.distantPast.number)) AS start_earliest,
          coalesce(s.start_latest, \(Day.distantFuture.number)) AS start_latest,
          coalesce(s.end_earliest, \(Day.distantPast.number)) AS end_earliest,
          coalesce(s.end_latest, \(Day.distantFuture.number)) AS end_latest,
          \(Identity.counted(subject, in: schema)) AS counted, \(Identity.counted(object, in: schema)) AS counted_object,
          \(claimed)\(counts("claims")) AS claimed, \(denied)\(counts("denies")) AS denied,
          coalesce((SELECT j.rank FROM \(schema).judgement_now j WHERE j.statement = s.id), 0) AS rank,
          coalesce(s.tx, (SELECT min(l.tx_in) FROM main.life l WHERE l.thing IN (1, 2) AND l.id = s.id)) AS recorded,
          \(Facts.year("s")) AS year
        FROM main.statement s WHERE \(condition) LIMIT -1) s
      WHERE (claimed OR denied) AND (counted = subject OR property != 'type')
        AND (counted_object IS NOT counted OR object = subject)
      """
  }

  /// The rows of `fact` by what is asserted now, where only some sources count: those of `main` with the evidence that
  /// is left.
  /// - Parameter condition: on `f`.
  func factsOfPresent(where condition: String = "TRUE") -> String {
    func certainty(_ stance: String) -> String {
      "(SELECT max(c.certainty) FROM \(schema).citation_now c WHERE c.statement = f.statement AND c.stance = '\(stance)')"
    }
    return """
      SELECT statement, subject, property, kind, object, text, folded, low_key, high_key, unit, bound, approximate,
        reading, start_earliest, start_latest, end_earliest, end_latest, counts, denies, rank,
        coalesce(CASE WHEN counts THEN claimable ELSE deniable END, CASE WHEN exempt
          AND EXISTS(SELECT 1 FROM \(schema).cited c WHERE c.statement = f.statement) THEN 0 ELSE 2 END),
        recorded, counts AND rank >= 0, figure, year, 0
      FROM (
        SELECT f.*, f.claimed AND (exempt OR claimable IS NOT NULL) AS counts,
          f.denied AND (exempt OR deniable IS NOT NULL) AS denies
        FROM (
          SELECT f.*, f.property IN ('type', 'name') AS exempt, \(certainty("claims")) AS claimable,
            CASE WHEN f.denied THEN \(certainty("denies")) END AS deniable
          FROM main.fact f WHERE \(condition) LIMIT -1) f LIMIT -1) f
      WHERE counts OR denies
      """
  }

  /// The rows of `fact` as they are in `main`, before anything is decided between them.
  /// - Parameter condition: on `f`.
  func factsAsNow(where condition: String) -> String {
    """
    SELECT statement, subject, property, kind, object, text, folded, low_key, high_key, unit, bound, approximate,
      reading, start_earliest, start_latest, end_earliest, end_latest, claimed, denied, rank, 2, recorded,
      claimed AND rank >= 0, figure, year, 0
    FROM main.fact f WHERE \(condition)
    """
  }

  /// The rows of `entity_now` for the entities that `condition` (on `e`) admits: those with a type.
  func entities(where condition: String) -> String {
    """
    SELECT id, key, type, coalesce(name, key) AS name FROM (
      SELECT e.id, coalesce((SELECT i.key FROM \(schema).identity_now i WHERE i.id = e.id), e.key) AS key,
        (SELECT coalesce(f.text, o.key) FROM \(schema).fact f LEFT JOIN main.entity o ON o.id = f.object
          WHERE f.subject = e.id AND f.property = 'type' AND f.chosen ORDER BY \(FactOrder.content("f")) LIMIT 1) AS type,
        (SELECT f.text FROM \(schema).fact f JOIN main.statement s ON s.id = f.statement
          WHERE f.subject = e.id AND f.property = 'name' AND f.chosen AND f.text IS NOT NULL
          ORDER BY f.rank DESC, \(RecordedAs.subject("s")) != f.subject, \(FactOrder.name("f")) LIMIT 1) AS name
      FROM main.entity e WHERE \(condition))
    WHERE type IS NOT NULL
    """
  }

  /// The rows of `name` for the entities that `condition` (on `n`, a row of `entity_now`) admits: key (0), names
  /// (1), aliases (2), and aliases that count where one source is cited (3). Keys that it had before, and those of what
  /// counts as it, are aliases.
  func names(where condition: String) -> String {
    """
    SELECT folded(n.key), 0, n.id, n.key FROM \(schema).entity_now n WHERE \(condition)
    UNION SELECT f.folded, 1, n.id, f.text FROM \(schema).entity_now n
      CROSS JOIN \(schema).fact f ON f.subject = n.id AND f.property = 'name' AND f.claimed AND f.folded IS NOT NULL
      WHERE \(condition)
    UNION SELECT a.folded, CASE WHEN a.local THEN 3 ELSE 2 END, n.id, a.name FROM \(schema).entity_now n
      CROSS JOIN \(schema).alias_now a ON a.entity = n.id WHERE \(condition)
    UNION SELECT a.folded, CASE WHEN a.local THEN 3 ELSE 2 END, n.id, a.name FROM \(schema).entity_now n
      CROSS JOIN \(schema).identity_now i ON i.target = n.id
      CROSS JOIN \(schema).alias_now a ON a.entity = i.id
      WHERE \(condition)
    UNION SELECT folded(k.key), 2, n.id, k.key FROM \(schema).entity_now n
      CROSS JOIN \(schema).identity_now i ON i.target = n.id
      CROSS JOIN main.entity k ON k.id = i.id AND k.key != n.key
      WHERE \(condition)
    UNION SELECT folded(k.key), 2, n.id, k.key FROM \(schema).entity_now n
      CROSS JOIN \(schema).identity_now i ON i.target = n.id
      CROSS JOIN \(schema).renaming_now k ON k.entity = i.id AND k.key != n.key
      WHERE \(condition)
    """
  }
}
