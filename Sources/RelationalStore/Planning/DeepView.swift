internal import RegistryStore

/// The facts with what holds of them on a date, as a view: its text is read by itself, where SQLite would find the same
/// conditions too deep within one another.
enum DeepView {
  static let name = "temp.held_deeply"

  static func sql(_ holding: Holding) -> String {
    func counts(_ need: Holding.Need) -> String { "(TRUE\(holding.needing(need).counts("f")))" }
    func isSaid(_ need: Holding.Need) -> String { "(TRUE\(holding.needing(need).condition("f")))" }
    return """
      DROP VIEW IF EXISTS \(name);
      CREATE TEMP VIEW held_deeply AS
      SELECT f.*, \(counts(.possible)) AS may, \(counts(.dated)) AS must,
        \(isSaid(.possible)) AS may_be_said, \(isSaid(.dated)) AS must_be_said FROM \(holding.scope.rawValue).fact f;
      """
  }

  /// The condition that a fact of it counts, behind ` AND `.
  static func counts(_ fact: String, _ holding: Holding) -> String {
    holding.evident(fact) + (holding.need.isOfDate ? " AND \(fact).must" : " AND \(fact).may")
  }

  /// The condition that a fact of it is said of the date, behind ` AND `.
  static func isSaid(_ fact: String, _ holding: Holding) -> String {
    holding.evident(fact)
      + (holding.need.isOfDate ? " AND \(fact).must_be_said" : " AND \(fact).may_be_said")
  }
}

extension Filter {
  /// Whether it follows a path, or has conditions in conditions.
  var isDeep: Bool { depth > 3 }

  private var depth: Int {
    switch self {
    case .all(let parts), .any(let parts): 1 + (parts.map(\.depth).max() ?? 0)
    case .not(let part), .undecided(let part): 1 + part.depth
    case .qualified(_, let part): part.depth
    case .key, .named: 1
    case .compare(let path, _, _), .state(let path, _): path.count > 1 ? 4 : 1
    }
  }
}
