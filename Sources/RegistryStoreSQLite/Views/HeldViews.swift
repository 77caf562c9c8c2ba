/// What the documented views read: the facts, and the paths of groups, that hold on the date asked for.
enum HeldViews {
  static let names = ["held_fact", "held_path"]

  /// `fact` and `group_path` with how sure the date is (`certainty`, nothing without a date).
  static func sql(_ holding: Holding) -> String {
    let scope = holding.scope.rawValue
    return """
      CREATE TEMP VIEW held_fact AS SELECT f.*, \(holding.certainty("f")) AS certainty
      FROM \(scope).fact f WHERE f.evidence > 0\(holding.condition("f"));
      CREATE TEMP VIEW held_path AS SELECT p.*, \(holding.certainty("p")) AS certainty
      FROM \(scope).group_path p WHERE TRUE\(holding.condition(path: "p"));
      """
  }
}
