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
    group: .reading, effect: .reads,
    summary: "Count the entities of a type or the values of a property, also in groups",
    details: """
      Entities with several values of a property count in each of their groups; `including groups` also counts them for \
      whoever is in a group that they name. `count pax-silica.signatory by region` counts values, by their own \
      properties or by what is said of the statements: `by source`, `by start`. `ever` leaves out values that are only to \
      come (forecasts, plans that nobody has confirmed, what begins only after today); of things that a condition finds by \
      nothing else a remark tells how many they are.
      """,
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
          -- 1 of them only by what is to come
          -- 1 more possibly today
          """#),
      Example(
        "count initiatives by member including groups limit 3",
        gives: #"""
          member\#tever
          USA\#t3
          JPN\#t2
          MLT\#t1
          -- the first 3 are shown; there may be more
          -- only by what is to come: USA 1
          """#),
      Example(
        "count summit.participant where type = state by source",
        gives: #"""
          source\#tever\#ttoday
          courier\#t3\#t0
          gazette\#t2\#t0
          """#, onSeed: "count jan12-meeting.participant where type = state by source"),
    ]
  ) { (command, session) throws(Failure) in
    let path = try session.interpreter.defined(command[Grammar.what])
    if let table = TableName(path) { return try session.answer(table, path, command) { $0.count } }
    try session.interpreter.refuseOtherHeads(path, isCommand: session.isCommand)
    let times = try session.times(command)
    let words = session.interpreter(at: times)
    let output = try session.output(command)
    if !command.has(SelectionClauses.by), let span = command.span(of: SelectionClauses.limit) {
      throw Failures.limitOfOne(span)
    }
    guard path.properties.isEmpty else {
      let isNarrowed = command.has(SelectionClauses.filter) || command.has(SelectionClauses.by)
      return .table(
        isNarrowed
          ? try words.tableReader.countValueGroups(path, command, times)
          : try words.statementReader.countValues(path, command, times),
        output)
    }
    if let qualifier = path.qualifiers.first { throw Failures.qualifiersOfType(path.name.text, qualifier) }
    return .table(try words.entityReader.countEntities(path.name, command, times), output)
  }
}

extension EntityReader {
  fileprivate func countEntities(_ name: NameSyntax, _ command: Invocation, _ times: Times) throws(Failure)
    -> ResultTable
  {
    let schema = try schema(at: name.span, times)
    var read = try query(name, command, times, schema, groupsBy: command.has(SelectionClauses.by))
    var properties: [Key] = []
    if let words = command[SelectionClauses.by] {
      properties = try words.map { (word) throws(Failure) in try property(word, schema).key }
      if !Self.looksAtThings(read, schema) { try command.refuseGroups(of: properties, schema) }
      // A group counts for its members too, and a part for its wholes.
      read.query.includingGroups = command.includesGroups
      read.query.includingParts = command.includesParts
    }
    read.query.tellsToCome = times.on == nil
    // One more tells that there are more.
    let limit = command[SelectionClauses.limit]
    read.query.limit = limit.map { $0 == .max ? $0 : $0 + 1 }
    var page = try storing(command.span) { () throws(StoreProblem) in
      try store.entities(read.query.counted(by: properties), times)
    }
    let isCut = page.groups.count > limit ?? .max
    if let limit, isCut { page.groups.removeLast(page.groups.count - limit) }
    let rows = page.groups
    var notes =
      (isCut ? limit.map { [LimitNote.words($0)] } ?? [] : [])
      + (page.undecided.isWorthTelling ? [page.undecided.note(read.filtered, schema)] : [])
    func table(_ columns: [String], _ counts: (EntityPage.Group) -> [Int]) -> ResultTable {
      var table = ResultTable(
        columns: properties.map { Column($0.text) } + columns.map { Column($0, alignsRight: true) },
        rows: rows.map { row in
          row.values.map { $0.map { Cell($0) } ?? .text("not stated") }
            + counts(row).map { .integer(Int64($0)) }
        }, notes: notes)
      if !properties.isEmpty { table.view = ResultView(.bar, [0, properties.count]) }
      return table
    }
    if times.on != nil { return table(TableReader.onDate) { [$0.certain, $0.count] } }
    guard properties.isEmpty else {
      notes += Self.onlyByToCome(page)
      return table(["ever"]) { [$0.count] }
    }
    var dated = times
    dated.on = PartialDate(day: context.today)
    var present = read.query
    present.isOfWhatIsThere = true
    let now = try storing(command.span) { () throws(StoreProblem) in
      try store.entities(present.counted(), dated).groups.first
    }
    if let found = page.groups.first, found.count > found.certain {
      notes.append(TableReader.onlyByToCome(found.count - found.certain))
    }
    if let now, now.count > now.certain { notes.append(TableReader.possiblyToday(now.count - now.certain)) }
    return table(["ever", "today"]) { [$0.count, now?.certain ?? 0] }
  }
}

extension EntityReader {
  /// How many in each group are there only by what is to come.
  private static func onlyByToCome(_ page: EntityPage) -> [String] {
    if page.mayCountToCome { return ["what is only to come is counted too"] }
    let most = 8
    let told = page.groups.filter { $0.count > $0.certain }
    guard !told.isEmpty else { return [] }
    let words = told.prefix(most).map { group in
      let name = group.values.map { $0?.unquoted ?? "not stated" }.joined(separator: " ")
      return "\(name) \(group.count - group.certain)"
    }
    let more = told.count > most ? " and \(told.count - most) more groups" : ""
    return ["only by what is to come: " + words.joined(separator: ", ") + more]
  }
}

extension StatementReader {
  /// How many values a property has: one counts once, however many statements or groups name it; what is only denied, or was
  /// passed over, does not.
  fileprivate func countValues(
    _ path: PathSyntax, _ command: Invocation, _ times: Times
  ) throws(Failure) -> ResultTable {
    let values = try countedValues(path, command, times)
    var dated = times
    dated.on = times.on ?? PartialDate(day: context.today)
    let then = times.on == nil ? try countedValues(path, command, dated) : values
    func count(_ least: Certainty) -> Int { Set(then.filter { $0.certainty >= least }.map(\.value)).count }
    let (certain, possible) = (count(.certainly), count(.possibly))
    let columns = times.on == nil ? ["ever", "today"] : TableReader.onDate
    let ever = values.filter { !$0.isToCome }
    let everCount = Set(ever.map(\.value)).count
    let counts = times.on == nil ? [everCount, certain] : [certain, possible]
    var notes: [String] = []
    if times.on == nil {
      let toCome = Set(values.map(\.value)).count - everCount
      if toCome > 0 { notes.append(TableReader.toCome(toCome)) }
      if possible > certain { notes.append(TableReader.possiblyToday(possible - certain)) }
    }
    if command.includesGroups {
      let told = times.on == nil ? ever : values.filter { $0.certainty == .certainly }
      let own = Set(told.filter { !$0.isThroughGroup }.map(\.value))
      notes.append(Self.inOwnName(own.count, onlyThroughGroup: Set(told.map(\.value)).count - own.count))
    }
    return ResultTable(
      columns: columns.map { Column($0, alignsRight: true) }, rows: [counts.map { .integer(Int64($0)) }],
      notes: notes)
  }

  /// The values that count; that there is none, or none besides some, is no value.
  private func countedValues(
    _ path: PathSyntax, _ command: Invocation, _ times: Times
  ) throws(Failure) -> [CountedValue] {
    let found =
      command.includesGroups
      ? try members(at: path, times).filter { $0.record.counts(times) }.map {
        CountedValue(
          value: $0.member, certainty: min($0.held?.certainty ?? .certainly, $0.evidence),
          isToCome: $0.record.isToCome, isThroughGroup: !$0.paths.isEmpty)
      }
      : try statements(at: path, times).filter { $0.counts(times) }.map {
        CountedValue(
          value: $0.statement.value, certainty: min($0.held?.certainty ?? .certainly, $0.evidence),
          isToCome: $0.isToCome, isThroughGroup: false)
      }
    return found.filter { $0.value != .none }
  }

  /// How many of those counted are named themselves, groups among them, and how many only through a group.
  private static func inOwnName(_ own: Int, onlyThroughGroup others: Int) -> String {
    "\(own) in their own name, \(others) only through a group"
  }
}

/// A value of a property, as one statement gives it.
private struct CountedValue {
  var value: Value
  var certainty: Certainty
  var isToCome: Bool
  /// Whether it is named by a group that it is in alone.
  var isThroughGroup: Bool
}
