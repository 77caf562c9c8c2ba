internal import RegistryModel
internal import RegistryRules

/// The closure of groups: a row for each chain of memberships by which somebody is in a group.
///
/// `path` and `statements` are JSON lists of rows, from the group that has the member to the one that is reached. The
/// bounds are when all of the chain holds, the evidence is that of its weakest part; what cannot hold at once is no
/// chain, and no group stands twice in one.
struct GroupPaths {
  /// `main` or `temp`.
  let schema: String
  /// The properties and the types that are followed.
  let followed: Groups.Followed

  static func table(in schema: String) -> String {
    """
    CREATE TABLE \(schema).group_path(
      member INTEGER NOT NULL, reached INTEGER NOT NULL, path TEXT NOT NULL, statements TEXT NOT NULL,
      start_earliest INTEGER NOT NULL, start_latest INTEGER NOT NULL, end_earliest INTEGER NOT NULL,
      end_latest INTEGER NOT NULL, evidence INTEGER NOT NULL, PRIMARY KEY(member, statements)) WITHOUT ROWID;
    CREATE INDEX \(schema).group_path_reached ON group_path(reached);
    """
  }

  /// The parameters of ``rows(from:)``, in their order; what it begins with comes before them.
  var arguments: [SQL] { [.list(followed.properties.map(\.text)), .list(followed.types.map(\.text))] }

  /// The rows of the members that `condition` (on `f.object`) admits: all, or those of a list in `?3`.
  func rows(from condition: String) -> String {
    """
    WITH RECURSIVE walk(member, reached, path, statements, steps, start_earliest, start_latest, end_earliest,
      end_latest, evidence) AS (
      SELECT f.object, f.subject, json_array(f.subject), json_array(f.statement), 1, \(first),
        max(f.start_latest, \(first)), min(f.end_earliest, \(last)), \(last), f.evidence
      FROM \(memberships) AND f.object \(condition) AND f.object != f.subject
      UNION ALL
      SELECT w.member, f.subject, json_insert(w.path, '$[#]', f.subject),
        json_insert(w.statements, '$[#]', f.statement), w.steps + 1, max(w.start_earliest, \(first)),
        max(w.start_latest, f.start_latest, \(first)), min(w.end_earliest, f.end_earliest, \(last)),
        min(w.end_latest, \(last)), min(w.evidence, f.evidence)
      FROM walk w CROSS JOIN \(memberships) AND f.object = w.reached
        AND w.steps < \(Groups.longestPath) AND f.subject != w.member
        AND f.subject NOT IN (SELECT p.value FROM json_each(w.path) p)
        AND max(w.start_earliest, \(first)) <= min(w.end_latest, \(last)))
    SELECT member, reached, path, statements, start_earliest, start_latest, end_earliest, end_latest, evidence
    FROM walk
    """
  }

  /// The first and the last day on which a membership `f` may hold by all that is said of it: an older list that leaves
  /// the end open is ended by the page that knows it.
  private var first: String { bound("start_earliest", "max", "min", "first", Day.distantFuture) }
  private var last: String { bound("end_latest", "min", "max", "last", Day.distantPast) }

  private func bound(_ column: String, _ narrowest: String, _ widest: String, _ day: String, _ never: Day)
    -> String
  {
    """
    CASE f.timed WHEN 0 THEN f.\(column) ELSE \(narrowest)(f.\(column), coalesce((SELECT \(widest)(\(day))
      FROM (SELECT t.\(day) FROM \(schema).timeline t WHERE t.statement = f.statement
        AND t.sureness >= \(Verdict.Sureness.possibly.rawValue))), \(never.number))) END
    """
  }

  /// The memberships of groups, as a join of `f` and the group `g` with an open condition.
  private var memberships: String {
    """
    \(schema).fact f CROSS JOIN \(schema).entity_now g ON g.id = f.subject
      WHERE f.property IN (SELECT value FROM json_each(?1)) AND f.chosen
        AND g.type IN (SELECT value FROM json_each(?2))
    """
  }

  /// Why a fact whose value is a group also says something of a member: the path and the fact can hold at once.
  static func overlap(_ path: String, _ fact: String) -> String {
    """
    max(\(path).start_earliest, \(fact).start_earliest) <= min(\(path).end_latest, \(fact).end_latest)
    """
  }
}
