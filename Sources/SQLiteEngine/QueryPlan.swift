/// What SQLite says it will do for a query, as far as it tells whether the time grows with pairs of rows.
struct QueryPlan {
  struct Line {
    var id: Int64
    var parent: Int64
    var text: String
  }

  let lines: [Line]

  /// Whether a table is read through for each row of another, or for each time that a part of the query is asked.
  var readsAgainAndAgain: Bool {
    // A documented view is hundreds of lines.
    let parents = Dictionary(lines.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
    let correlated = Set(lines.filter { $0.text.hasPrefix("CORRELATED") }.map(\.id))
    func isCorrelated(_ id: Int64) -> Bool {
      var current = id
      while current != 0, !correlated.contains(current) {
        guard let parent = parents[current], parent != current else { return false }
        current = parent
      }
      return correlated.contains(current)
    }
    var begun: Set<Int64> = []
    for line in lines where line.text.hasPrefix("SCAN ") || line.text.hasPrefix("SEARCH ") {
      let isFirst = begun.insert(line.parent).inserted
      if Self.readsMany(line.text), !isFirst || isCorrelated(line.parent) { return true }
    }
    return false
  }

  /// All rows of a table, or all of a type or a property. What a query made for itself is read through in any case.
  private static func readsMany(_ text: String) -> Bool {
    if text.contains("(property=?)") || text.contains("(type=?)") { return true }
    guard text.hasPrefix("SCAN ") else { return false }
    return !text.hasPrefix("SCAN (") && !text.hasPrefix("SCAN CONSTANT") && !text.contains("VIRTUAL TABLE")
  }
}
