internal import RegistryModel

/// What the documented views read: the facts, and the paths of groups, that hold on the date asked for.
enum HeldViews {
  static let names = ["held_fact", "held_path", "held_part"]

  /// Under a date those that hold are those that were chosen on it.
  private static func columns(_ holding: Holding) -> String {
    guard holding.date != nil else { return "f.*" }
    let rest = [
      "statement", "subject", "property", "kind", "object", "text", "folded", "low_key", "high_key", "unit",
      "bound",
      "approximate", "reading", "start_earliest", "start_latest", "end_earliest", "end_latest", "claimed",
      "denied",
      "rank", "evidence", "recorded", "figure", "year", "timed",
    ]
    return rest.map { "f.\($0)" }.joined(separator: ", ") + ", (f.claimed\(holding.counts("f"))) AS chosen"
  }

  /// `fact` and `group_path` with how sure the date is (`certainty`; without a date `possibly` of what is only to come), and
  /// facts with whether they are only to come (`to_come`).
  /// - Parameter background: from where groups are read: by all sources, whoever is asked.
  /// - Parameter parts: the families of properties by which parts are followed.
  static func sql(_ holding: Holding, background: Holding, parts: [[Key]]) -> String {
    let scope = holding.scope.rawValue
    return """
      CREATE TEMP VIEW held_fact AS SELECT \(columns(holding)), \(holding.certainty("f")) AS certainty,
        \(holding.isToCome("f")) AS to_come
      FROM \(scope).fact f WHERE f.evidence > 0\(holding.condition("f"));
      CREATE TEMP VIEW held_path AS SELECT p.*, \(background.certainty(path: "p")) AS certainty
      FROM \(background.scope.rawValue).group_path p WHERE TRUE\(background.condition(path: "p"));
      CREATE TEMP VIEW held_part AS \(partsOf(background, parts));
      """
  }

  /// The paths from wholes down to their parts, as `group_path` has those of groups, with what is followed.
  private static func partsOf(_ background: Holding, _ families: [[Key]]) -> String {
    let columns = [
      "member", "reached", "path", "statements", "start_earliest", "start_latest", "end_earliest",
      "end_latest", "evidence", "property", "certainty",
    ]
    let nothing = "SELECT " + columns.map { "NULL AS \($0)" }.joined(separator: ", ") + " WHERE FALSE"
    let walks = families.compactMap { family -> String? in
      guard let property = family.first else { return nil }
      let followed = "(" + family.map { SQL.quoted($0.text) }.joined(separator: ", ") + ")"
      let walk = PathReader.partWalk(
        background.scope.rawValue, properties: followed, wholes: "IS NOT NULL")
      return """
        SELECT p.*, \(SQL.quoted(property.text)) AS property, \(background.certainty(path: "p")) AS certainty
        FROM (\(walk)) p WHERE TRUE\(background.condition(path: "p"))
        """
    }
    return walks.isEmpty ? nothing : walks.joined(separator: "\nUNION ALL\n")
  }
}
