/// What the documented views read: the facts, and the paths of groups, that hold on the date asked for.
enum HeldViews {
  static let names = ["held_fact", "held_path"]

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

  /// `fact` and `group_path` with how sure the date is (`certainty`, nothing without a date).
  /// - Parameter background: from where groups are read: by all sources, whoever is asked.
  static func sql(_ holding: Holding, background: Holding) -> String {
    let scope = holding.scope.rawValue
    return """
      CREATE TEMP VIEW held_fact AS SELECT \(columns(holding)), \(holding.certainty("f")) AS certainty
      FROM \(scope).fact f WHERE f.evidence > 0\(holding.condition("f"));
      CREATE TEMP VIEW held_path AS SELECT p.*, \(background.certainty(path: "p")) AS certainty
      FROM \(background.scope.rawValue).group_path p WHERE TRUE\(background.condition(path: "p"));
      """
  }
}
