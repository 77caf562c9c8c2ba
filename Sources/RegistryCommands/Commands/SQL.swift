import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let query = Argument("query", .raw)
}

extension CommandDefinition {
  static let sql = CommandDefinition(
    CommandSignature(name: "sql", head: [Grammar.query.element], clauses: StandardClauses.reading),
    group: .reading, effect: .reads, summary: "Ask in SQL, over the documented views; it only reads",
    details: """
      `.tables` lists the views and `.schema VIEW` their columns. Clauses come before braces: \
      `sql on 2026-01-12 as csv { SELECT … }`. `$name` is the parameter's value, whatever is in it; one without a value \
      is refused.
      """,
    examples: [
      Example(
        "sql SELECT type, count(*) AS n FROM initiatives GROUP BY type",
        gives: #"""
          type\#tn
          agreement\#t1
          partnership\#t2
          """#),
      Example(
        "sql as csv { SELECT key FROM entities WHERE type = 'state' ORDER BY key LIMIT 2 }",
        gives: #"""
          key
          AUS
          CHN
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let query = command[Grammar.query]
    let (taken, words) = timesTaken(by: query)
    let (times, notes) = try session.times(
      command, taking: taken, of: words,
      help: "leave it out, and narrow the rows with WHERE; statements follows all of the times")
    let result = try storing(query.span) { () throws(StoreProblem) in
      try session.store.sqlReading.sql(query.content, session.parameters.values, limit: nil, times)
    }
    let numeric = result.columns.indices.map { index in
      !result.rows.isEmpty && result.rows.allSatisfy { isNumber($0[index]) }
    }
    var table = ResultTable(
      columns: zip(result.columns, numeric).map { Column($0, alignsRight: $1) }, rows: result.rows)
    table.hasMeasures = true
    table.notes += notes
    return .table(table, try session.output(command))
  }
}

/// The times that change what a query finds, by the views that it names, and what these are in words.
private func timesTaken(by query: Word) -> (TimesTaken, words: String) {
  let words = Set(query.content.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" })
  let named = RelationDeclaration.all.filter { words.contains(Substring($0.name)) }
  let follows = named.reduce(into: RelationDeclaration.Following()) { $0.formUnion($1.follows) }
  var taken: TimesTaken = []
  if follows.contains(.date) { taken.insert(.on) }
  if follows.contains(.sources) { taken.insert(.published) }
  if follows.contains(.speakers) { taken.insert(.accordingTo) }
  if follows.contains(.record) { taken.insert(.recorded) }
  return (taken, named.isEmpty ? "what reads no view" : named.map(\.name).joined(separator: " and "))
}

private func isNumber(_ cell: Cell) -> Bool {
  switch cell {
  case .integer, .decimal, .real, .quantity, .empty: true
  default: false
  }
}
