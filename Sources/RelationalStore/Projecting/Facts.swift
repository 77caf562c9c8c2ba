internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What statements say and how they stand, as rows of `fact`: in `main` a view over `statement`, which says both, in `temp`
/// a table of the same columns that is made for another time (``Projection``).
///
/// A statement is no fact where `chosen` is NULL: nobody claims or denies it, or it says of what is merged what is no word
/// on what that counts as. SQLite reads the view as if the table stood there, so that its indexes serve.
enum Facts {
  static let view = "fact"

  static let viewSQL = "CREATE VIEW fact AS \(rows(of: "statement s"));\n"

  /// The rows of statements, in the columns of `fact`.
  private static func rows(of statements: String) -> String {
    """
    SELECT s.id AS statement, s.subject, s.property, s.kind, s.object,
      s.text, s.folded, s.low_key, s.high_key, s.unit, s.bound, s.approximate, s.reading,
      coalesce(s.start_earliest, \(Day.distantPast.number)) AS start_earliest,
      coalesce(s.start_latest, \(Day.distantFuture.number)) AS start_latest,
      coalesce(s.end_earliest, \(Day.distantPast.number)) AS end_earliest,
      coalesce(s.end_latest, \(Day.distantFuture.number)) AS end_latest,
      s.claimed, s.denied, s.rank, 2 AS evidence,
      coalesce(s.tx, (SELECT min(l.tx_in) FROM life l WHERE l.thing IN (1, 2) AND l.id = s.id)) AS recorded,
      s.chosen, s.figure, s.year, s.timed
    FROM \(statements) WHERE s.chosen IS NOT NULL
    """
  }

  /// What of the facts an index holds that holds only some.
  enum Part: String {
    /// Which bound others of the same value: denials, whole lists and ends.
    case bounding
    /// Where statements stand against each other.
    case contested
    /// Whose value is said to be unknown.
    case unknown

    /// The condition on a row `r` of the table in which the facts of a scope are.
    func condition(in scope: Scope, _ r: String = "r") -> String {
      switch self {
      case .bounding:
        let hasEnd =
          scope == .main ? "\(r).end_latest IS NOT NULL" : "\(r).end_latest < \(Day.distantFuture.number)"
        return "(\(r).denied OR \(r).kind = \(ValueKind.none.rawValue) OR \(hasEnd))"
      case .contested: return Contested.condition(of: r)
      case .unknown: return "\(r).kind = \(ValueKind.unknown.rawValue)"
      }
    }

    func index(in scope: Scope) -> String { scope == .main ? "statement_\(rawValue)" : "fact_\(rawValue)" }
  }

  /// Those facts, found by the index of just them; stands in the place of a table.
  /// - Parameter isViewed: whether those of another time are a view, of which no index can be named.
  static func only(_ part: Part, in scope: Scope, isViewed: Bool = false) -> String {
    let index = part.index(in: scope)
    switch scope {
    case .main:
      return "(\(rows(of: "main.statement s INDEXED BY \(index)")) AND \(part.condition(in: scope, "s")))"
    case .temp:
      return
        "(SELECT r.* FROM temp.fact r\(isViewed ? "" : " INDEXED BY \(index)") WHERE \(part.condition(in: scope)))"
    }
  }

  /// All facts in the order of their statements, whatever indexes there are; stands in the place of a table.
  static func all(in scope: Scope) -> String {
    switch scope {
    case .main: "(\(rows(of: "main.statement s NOT INDEXED")))"
    case .temp: "(SELECT r.* FROM temp.fact r NOT INDEXED)"
    }
  }

  static let indexNames = [
    "statement_value", "statement_figure", "statement_number", "statement_unknown", "statement_contested",
    "statement_bounding", "statement_cell", "statement_digest", "statement_object", "statement_name",
    "statement_ended",
  ]

  /// The indexes of `statement`, made after the rows where many come at once. What is told of an id in its cell parts those
  /// of very many values of one property of one entity.
  static let indexes = """
    CREATE INDEX main.statement_cell ON statement(subject, property, substr(digest, 1, 4));
    CREATE INDEX main.statement_digest ON statement(digest);
    CREATE INDEX main.statement_object ON statement(object) WHERE object IS NOT NULL;
    CREATE INDEX main.statement_name ON statement(folded) WHERE property = 'name';
    CREATE INDEX main.statement_ended ON statement(ended) WHERE ended IS NOT NULL;
    CREATE INDEX main.statement_value ON statement(property, object, subject, chosen);
    CREATE INDEX main.statement_figure ON statement(figure, year) WHERE figure IS NOT NULL;
    CREATE INDEX main.statement_number ON statement(property, coalesce(low_key, high_key))
      WHERE coalesce(low_key, high_key) IS NOT NULL;
    CREATE INDEX main.statement_unknown ON statement(property, subject) WHERE chosen IS NOT NULL AND kind = 4;
    CREATE INDEX main.statement_bounding ON statement(property, subject)
      WHERE chosen IS NOT NULL AND (denied OR kind = 5 OR end_latest IS NOT NULL);
    CREATE INDEX main.statement_contested ON statement(subject, property)
      WHERE chosen IS NOT NULL AND (denied OR kind = 5 OR (claimed AND rank >= 0 AND NOT chosen));

    """

  /// How statements `s` stand by their lives and judgements, before anything is decided between rivals.
  ///
  /// What is merged keeps its type to itself, and says nothing of itself that relates it to what it counts as.
  static func standing(where condition: String) -> [String] {
    [
      """
      UPDATE main.statement SET claimed = n.claimed, denied = n.denied, rank = n.rank, timed = 0,
        chosen = CASE WHEN (n.claimed OR n.denied) AND NOT n.is_hidden THEN n.claimed AND n.rank >= 0 END
      FROM (
        SELECT s.id, \(Lives.isClaimed("s", .current)) AS claimed, \(Lives.isDenied("s", .current)) AS denied,
          coalesce((SELECT j.rank FROM main.judgement_now j WHERE j.statement = s.id), 0) AS rank,
          EXISTS(SELECT 1 FROM main.recorded_as r WHERE r.statement = s.id AND (r.subject != s.subject AND s.property = 'type'
            OR r.object != r.subject AND s.object = s.subject)) AS is_hidden
        FROM main.statement s WHERE \(condition)) n
      WHERE statement.id = n.id
      """, ofYear(where: "\(condition) AND (s.qualifiers > 0 OR s.year IS NOT NULL)"),
    ]
  }

  /// Of what year figures are, and of what.
  static func ofYear(where condition: String) -> String {
    """
    UPDATE main.statement AS s SET year = \(year("s")),
      figure = CASE WHEN \(year("s")) IS NOT NULL THEN \(figure("s", of: "s.subject", in: "main")) END WHERE \(condition)
    """
  }

  /// What the figure of a statement `s` is of, whatever its year (``LatestFigures``); the qualifiers are stored in order.
  static func figure(_ s: String, of subject: String, in schema: String) -> String {
    """
    \(subject) || ' ' || \(s).property || coalesce((SELECT group_concat(
        ', ' || q.property || ' ' || q.kind || ' ' || coalesce(\(Identity.counted("q.object", in: schema)), q.text, ''), '')
      FROM main.qualifier q WHERE q.statement = \(s).id AND q.property != '\(LatestFigures.year)'), '')
    """
  }

  /// The first day of the year that the figure of a statement `s` is of.
  static func year(_ s: String) -> String {
    """
    CASE WHEN \(s).qualifiers > 0 THEN (SELECT q.low_key FROM main.qualifier q
      WHERE q.statement = \(s).id AND q.property = '\(LatestFigures.year)' AND q.kind = 3) END
    """
  }
}
