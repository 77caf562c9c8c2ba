/// What the server's planner knows of how much there is, kept up by who writes.
///
/// A plan that was made while the tables were empty goes through all of an index once they are full, and the server looks by
/// itself some time after a transaction is over. So it is told to look whenever there are four times as many statements as when it
/// did last, in the middle of a long import too; plans are made anew then.
struct PlannerStatistics {
  /// The number of the statement with which it is to look again; nothing where that is not for this session to say.
  private(set) var due: Int64?
  /// The same when the open transaction began: what was seen in one that is dropped is forgotten.
  private var dueBefore: Int64?

  private static let least: Int64 = 1_000
  private static let growth: Int64 = 4

  /// With what is asked of a server when a registry is opened.
  static func columns(_ statement: String) -> String {
    """
    (\(known(statement))),
      (SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_catalog.pg_class c WHERE c.oid = \(statement)::regclass)
    """
  }

  /// - Parameters:
  ///   - known: how many statements there were when it looked last; less than none where it never did.
  ///   - isOwner: whether it does what this session says.
  mutating func begin(known: Int64?, isOwner: Bool) {
    due = isOwner ? max(Self.least, (known ?? 0) * Self.growth) : nil
  }

  mutating func beginTransaction() { dueBefore = due }

  mutating func rollback() { due = dueBefore }

  /// Whether it may have to look, when a statement of this number is written.
  func isDue(at number: Int64) -> Bool { due.map { number >= $0 } ?? false }

  /// - Parameter known: how many statements there were when it looked last, which another session may have told it to.
  /// - Returns: whether it is to look.
  mutating func isToLook(at number: Int64, known: Int64) -> Bool {
    let isToLook = known * Self.growth < number
    due = max(Self.least, (isToLook ? number : known) * Self.growth)
    return isToLook
  }

  /// What asks for it.
  static func known(_ statement: String) -> String {
    "SELECT c.reltuples::bigint FROM pg_catalog.pg_class c WHERE c.oid = \(statement)::regclass"
  }

  /// What says so.
  ///
  /// It takes a sample, of 300 rows for each value whose share it keeps: fewer of both than by default, since who writes waits for
  /// it, and the server looks by itself again.
  static func look(_ name: (String) -> String) -> [String] {
    let tables = [
      "statement", "citation", "qualifier", "life", "entity", "entity_now", "name", "alias", "source_data",
      "timeline", "existence", "found", "value_tally", "group_path", "tx",
    ]
    return [
      "SET LOCAL default_statistics_target = 25", "ANALYZE " + tables.map(name).joined(separator: ", "),
      "SET LOCAL default_statistics_target TO DEFAULT",
    ]
  }
}
