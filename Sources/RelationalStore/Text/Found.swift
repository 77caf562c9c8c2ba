/// How a row of the full text says where its text is from: the row of the content, times four, and the kind.
///
/// The full text is of folded texts (`searched`), so that what is found and what is looked up as a name follow one rule.
enum Found: Int64, CaseIterable {
  case statement = 0
  case citation = 1
  case alias = 2

  /// The table of the content.
  var table: String {
    switch self {
    case .statement: "statement"
    case .citation: "citation"
    case .alias: "alias"
    }
  }

  /// Whether a row of the table, or of what is told of it, has a text that is to be found while it counts.
  func hasText(_ row: String) -> String {
    switch self {
    case .statement: "\(row).kind = 1 AND \(row).property != 'type'"
    case .citation: "\(row).quote IS NOT NULL"
    case .alias: "TRUE"
    }
  }

  static func row(_ kind: Found, _ id: Int64) -> Int64 { id * 4 + kind.rawValue }

  /// The rows of one kind, from the projections of a scope, as `row` and `text`.
  /// - Parameter condition: what follows the content's id, to narrow; all where it is nothing.
  func rows(in schema: String, where condition: String? = nil) -> String {
    func narrow(_ id: String) -> String { condition.map { " AND \(id) \($0)" } ?? "" }
    switch self {
    case .statement:
      return """
        SELECT f.statement * 4 AS row, searched(f.text) AS text FROM \(schema).fact f
        WHERE \(hasText("f"))\(narrow("f.statement"))
        """
    case .citation:
      return """
        SELECT c.id * 4 + 1 AS row, searched(c.quote) AS text FROM \(schema).citation_now c
        WHERE \(hasText("c"))\(narrow("c.id"))
        """
    case .alias:
      return
        "SELECT a.id * 4 + 2 AS row, searched(a.name) AS text FROM \(schema).alias_now a WHERE \(hasText("a"))\(narrow("a.id"))"
    }
  }

  /// Whether what a row would be made of waits to be put there.
  static func isWaiting(_ row: String) -> String {
    """
    EXISTS(SELECT 1 FROM main.found_later l WHERE l.kind = \(row) % 4 AND \(row) / 4 BETWEEN l.first AND l.last)
    """
  }

  /// The full text of a scope.
  static func rows(in schema: String) -> String {
    allCases.map { $0.rows(in: schema) }.joined(separator: "\nUNION ALL ")
  }
}
