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
        StandardClauses.parts.signature,
      ] + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "Count the entities of a type, also in groups",
    details: "Entities with several values of a property count in each of their groups.",
    examples: [
      Example(
        "count initiatives",
        gives: #"""
          ever\#ttoday
          3\#t3
          """#),
      Example(
        "count initiatives by type",
        gives: #"""
          type\#tever
          partnership\#t2
          agreement\#t1
          """#),
      Example(
        "count partnerships where member = USA",
        gives: #"""
          ever\#ttoday
          2\#t1
          -- 1 more possibly today
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.what]
    if let head = TableName(path) { return try session.count(head, path, command) }
    let times = try session.times(command)
    let output = try session.output(command)
    guard path.properties.isEmpty else {
      return .table(try session.countValues(path, command, times), output)
    }
    return .table(try session.countEntities(path.name, command, times), output)
  }
}

extension Session {
  fileprivate func countEntities(_ name: NameSyntax, _ command: Invocation, _ times: Times) throws(Failure)
    -> ResultTable
  {
    let schema = try schema(at: name.span, times)
    var read = try query(name, command, times, schema)
    var properties: [Key] = []
    if let words = command[SelectionClauses.by] {
      properties = try words.map { (word) throws(Failure) in try property(word, schema).key }
      // A group counts for its members too, and a part for its wholes.
      read.query.includingGroups = includesGroups(command)
      read.query.includingParts = includesParts(command)
    }
    let page = try storing(command.span) { () throws(StoreProblem) in
      try store.count(read.query, by: properties, times)
    }
    let rows = page.rows.prefix(command[SelectionClauses.limit] ?? .max)
    var notes =
      page.undecided.isWorthTelling ? [undecidedNote(page.undecided, read.filtered, schema)] : []
    func table(_ columns: [String], _ counts: (CountPage.Row) -> [Int]) -> ResultTable {
      var table = ResultTable(
        columns: properties.map { Column($0.text) } + columns.map { Column($0, alignsRight: true) },
        rows: rows.map { row in
          row.values.map { $0.map { cell($0) } ?? .text("not stated") }
            + counts(row).map { .integer(Int64($0)) }
        }, notes: notes)
      if !properties.isEmpty { table.view = ResultView(.bar, [0, properties.count]) }
      return table
    }
    if times.on != nil { return table(Self.onDate) { [$0.certain, $0.count] } }
    guard properties.isEmpty else { return table(["ever"]) { [$0.count] } }
    var dated = times
    dated.on = PartialDate(day: today)
    var present = read.query
    present.isOfWhatIsThere = true
    let now = try storing(command.span) { () throws(StoreProblem) in
      try store.count(present, by: [], dated).rows.first
    }
    if let now, now.count > now.certain { notes.append(Self.possiblyToday(now.count - now.certain)) }
    return table(["ever", "today"]) { [$0.count, now?.certain ?? 0] }
  }

  private static let onDate = ["certainly", "at most"]

  private static func possiblyToday(_ count: Int) -> String { "\(count) more possibly today" }

  /// How many values a property has: one counts once, however many statements or groups name it; what is only denied
  /// does not.
  fileprivate func countValues(
    _ path: PathSyntax, _ command: Invocation, _ times: Times
  ) throws(Failure) -> ResultTable {
    let found: [(value: Value, held: HeldPart?)] =
      includesGroups(command)
      ? try members(at: path, times).filter(\.record.isClaimed).map { ($0.member, $0.held) }
      : try statements(at: path, times).filter(\.isClaimed).map { ($0.statement.value, $0.held) }
    // That there is none, or none besides some, is no value.
    let values = found.filter { $0.value != .none }
    func count(_ least: Certainty) -> Int {
      Set(values.filter { ($0.held?.certainty ?? .certainly) >= least }.map(\.value)).count
    }
    let (certain, possible) = (count(.certainly), count(.possibly))
    let columns = times.on == nil ? ["ever", "today"] : Self.onDate
    let counts = times.on == nil ? [Set(values.map(\.value)).count, certain] : [certain, possible]
    return ResultTable(
      columns: columns.map { Column($0, alignsRight: true) }, rows: [counts.map { .integer(Int64($0)) }],
      notes: times.on == nil && possible > certain ? [Self.possiblyToday(possible - certain)] : [])
  }
}
