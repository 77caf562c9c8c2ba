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
    let correlated = Set(lines.filter { $0.text.hasPrefix("CORRELATED") }.map(\.id))
    var begun: Set<Int64> = []
    for line in lines where line.text.hasPrefix("SCAN ") || line.text.hasPrefix("SEARCH ") {
      let isInner = !begun.insert(line.parent).inserted || isUnder(correlated, line.parent)
      if isInner, Self.readsMany(line.text) { return true }
    }
    return false
  }

  private func isUnder(_ nodes: Set<Int64>, _ id: Int64) -> Bool {
    var current = id
    while current != 0, !nodes.contains(current) {
      guard let line = lines.first(where: { $0.id == current }), line.parent != current else { return false }
      current = line.parent
    }
    return nodes.contains(current)
  }

  /// All rows of a table, or all of a type or a property. What a query made for itself is read through in any case.
  private static func readsMany(_ text: String) -> Bool {
    if text.contains("(property=?)") || text.contains("(type=?)") { return true }
    guard text.hasPrefix("SCAN ") else { return false }
    return !text.hasPrefix("SCAN (") && !text.hasPrefix("SCAN CONSTANT") && !text.contains("VIRTUAL TABLE")
  }
}
