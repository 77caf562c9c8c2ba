import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .path)
}

extension CommandDefinition {
  static let count = CommandDefinition(
    CommandSignature(
      name: "count", head: [Grammar.what.element],
      clauses: [
        SelectionClauses.filter.signature, SelectionClauses.by.signature,
        SelectionClauses.limit.meaning("at most so many groups").signature, StandardClauses.groups.signature,
      ] + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "Count the entities of a type, also in groups",
    details: "Entities with several values of a property count in each of their groups.",
    examples: [
      Example(
        "count initiatives",
        gives: #"""
          count
          3
          """#),
      Example(
        "count initiatives by type",
        gives: #"""
          type\#tcount
          partnership\#t2
          agreement\#t1
          """#),
      Example(
        "count partnerships where member = USA",
        gives: #"""
          count
          2
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.what]
    let times = try session.times(command)
    let output = try session.output(command)
    guard path.properties.isEmpty else {
      // One value counts once, however many statements or groups name it; what is only denied does not.
      let values =
        session.includesGroups(command)
        ? try session.members(at: path, times).filter(\.record.isClaimed).map(\.member)
        : try session.statements(at: path, times).filter(\.isClaimed).map(\.statement.value)
      return .table(
        ResultTable(
          columns: [Column("count", alignsRight: true)], rows: [[.integer(Int64(Set(values).count))]]), output
      )
    }
    return .table(try session.countEntities(path.name, command, times), output)
  }
}

extension Session {
  fileprivate func countEntities(_ name: NameSyntax, _ command: Invocation, _ times: Times) throws(Failure)
    -> ResultTable
  {
    let schema = try schema(at: name.span, times)
    let read = try query(name, command, times, schema)
    var properties: [Key] = []
    if let words = command[SelectionClauses.by] {
      properties = try words.map { (word) throws(Failure) in try property(word, schema).key }
    }
    let page = try storing(command.span) { () throws(StoreProblem) in
      try store.count(read.query, by: properties, times)
    }
    let rows = page.rows.prefix(command[SelectionClauses.limit] ?? .max).map { row in
      row.values.map { $0.map { cell($0) } ?? .text("not stated") } + [.integer(Int64(row.count))]
    }
    return ResultTable(
      columns: properties.map { Column($0.text) } + [Column("count", alignsRight: true)], rows: rows,
      notes: page.undecided.count > 0 ? [undecidedNote(page.undecided, read.filtered, schema)] : [])
  }
}
