import CommandLanguage
import RegistryModel
import RegistryStore

/// What `list` is written with beside the clauses of selections.
enum ListGrammar {
  static let what = Argument("what", .path)
  static let by = SelectionClauses.by.meaning(
    "as matrix: by source sets sources against values; by a property, its values against entities")
  static let format = Clause(
    "as", .choice(StandardClauses.formats + [matrix, map]),
    "the format of the result; matrix goes with by; map draws states: how they stand, or by how many")
  static let matrix = "matrix"
  static let map = "map"
  static let clauses: [ClauseSignature] =
    [
      SelectionClauses.filter.signature, SelectionClauses.sort.signature, SelectionClauses.limit.signature,
      SelectionClauses.offset.signature, SelectionClauses.columns.signature, by.signature,
      StandardClauses.groups.signature, StandardClauses.parts.signature,
    ] + StandardClauses.times + [format.signature, StandardClauses.save.signature]
}

extension CommandDefinition {
  static let list = CommandDefinition(
    CommandSignature(
      name: "list", head: [ListGrammar.what.element], clauses: ListGrammar.clauses),
    group: .reading, effect: .reads, summary: "List the entities of a type, or the values of a property",
    details: """
      `list initiatives where member = japan and status != ended sort started desc limit 10`. A filter says what it could \
      not decide: where nothing is stated, a comparison is neither true nor false, and the entity is left out and counted. \
      `list pax-silica.signatory on 2026-01-10` lists values and says who is certainly and who is possibly in; `where`, \
      `sort` and `columns` then name the properties of the values, or what is said of the statements: `where region = \
      Asia sort from`. `by source as matrix` sets sources against values, `list initiatives by member as matrix` \
      members against initiatives. `list pax-silica.member as map` draws how states stand, `list initiatives by member as map` \
      in how many each is. `list denials of pax-silica` is \
      what is said not to be so, `list signatories of pax-silica` is `list pax-silica.signatory`. Also: list sources, statements, types, properties, transactions.
      """,
    examples: [
      Example(
        "list initiatives",
        gives: #"""
          key\#tname\#ttype\#tstatus\#tstarted\#tsources
          forge\#tFORGE\#tpartnership\#tactive\#t2026-02-04\#tcourier
          msp\#tMinerals Security Partnership\#tpartnership\#tended\#t\#tcourier
          us-japan\#tUS–Japan framework\#tagreement\#t\#t2025-10-28\#tcourier
          """#),
      Example(
        "list initiatives where member = japan",
        gives: #"""
          key\#tname\#ttype\#tstatus\#tstarted\#tmember\#tas\#tsources
          msp\#tMinerals Security Partnership\#tpartnership\#tended\#t\#teu, JPN, USA\#tmember\#tcourier
          us-japan\#tUS–Japan framework\#tagreement\#t\#t2025-10-28\#tJPN, USA\#tsignatory\#tcourier
          -- 1 not stated, left out
          """#),
      Example(
        "list summit.participant by source as matrix",
        gives: #"""
          participant\#tcourier\#tgazette
          eu\#t\#tlisted
          JPN\#tlisted\#tlisted
          KOR\#tlisted\#t
          USA\#tlisted\#tlisted
          -- a blank is "not listed", not "absent"
          """#, onSeed: "list jan12-meeting.participant by source as matrix"),
      Example(
        "list initiatives by member as matrix",
        gives: #"""
          member\#tforge\#tmsp\#tus-japan
          eu\#t\#tyes\#t
          JPN\#t\#tyes\#tyes
          USA\#tmaybe\#tyes\#tyes
          -- a cell says what holds today; a blank is "not stated", not "no"
          """#),
      Example(
        "list summit.participant where type = state sort name columns name, source",
        gives: #"""
          value\#tname\#tsource
          JPN\#tJapan\#tcourier, gazette
          KOR\#tSouth Korea\#tcourier
          USA\#tUnited States\#tcourier, gazette
          """#, onSeed: "list jan12-meeting.participant where type = state sort name columns name, source"),
      Example(
        "list partnerships columns chair, member sort name desc limit 2",
        gives: #"""
          key\#tname\#tmember\#tsources
          msp\#tMinerals Security Partnership\#teu, JPN, USA\#tcourier
          forge\#tFORGE\#tUSA (foreseen)\#tcourier
          -- the first 2 are shown; there may be more
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = try session.interpreter.defined(command[ListGrammar.what])
    if let table = TableName(path) { return try session.answer(table, path, command) { $0.list } }
    try session.interpreter.refuseOtherHeads(path, isCommand: session.isCommand)
    let times = try session.times(command)
    let words = session.interpreter(at: times)
    var output = try session.output(command)
    let isMatrix = output.format == ListGrammar.matrix
    let isMap = output.format == ListGrammar.map
    // Where no file is named, a map is drawn at once.
    if isMatrix || isMap { output.format = isMap && output.file == nil ? "chart" : nil }
    if path.properties.isEmpty {
      if let qualifier = path.qualifiers.first { throw Failures.qualifiersOfType(path.name.text, qualifier) }
      let by = command[ListGrammar.by]
      if isMap { return .table(try words.entityReader.map(ofType: path.name, by, command, times), output) }
      if isMatrix {
        return .table(try words.entityReader.matrix(ofType: path.name, by, command, times), output)
      }
      if let by, let span = command.span(of: ListGrammar.by) {
        throw Failures.listInGroups(path.written, by.map(\.content), isOfType: true, span)
      }
      return .table(try words.entityReader.listEntities(path.name, command, times), output)
    }
    if isMap { return .table(try words.entityReader.map(of: path, command, times), output) }
    if try words.statementReader.groupsBySource(path, command) || isMatrix {
      return .table(try words.statementReader.matrix(path, command, times), output)
    }
    let asks = [
      command.has(SelectionClauses.filter), command.has(SelectionClauses.sort),
      command.has(SelectionClauses.columns),
    ]
    return .table(
      asks.contains(true)
        ? try words.tableReader.listValues(path, command, times)
        : try words.statementReader.listPath(path, command, times), output)
  }
}

extension StatementReader {
  fileprivate func groupsBySource(_ path: PathSyntax, _ command: Invocation) throws(Failure) -> Bool {
    guard let words = command[ListGrammar.by] else { return false }
    guard words.count == 1, words[0].content == "source" else {
      throw Failures.listInGroups(
        path.written, words.map(\.content), isOfType: false, command.span(of: ListGrammar.by) ?? command.span)
    }
    return true
  }

  /// The values of a property, with `limit` and `offset`.
  fileprivate func listPath(_ path: PathSyntax, _ command: Invocation, _ times: Times) throws(Failure)
    -> ResultTable
  {
    var table =
      command.includesGroups ? try membersTable(path, times) : try pathTable(path, times, onlyHolding: true)
    if times.on != nil {
      // Through groups, the way matters too.
      if !command.includesGroups { table = table.joiningSources(certainty: times.holdsHeading) }
      table.notes.append("who is not stated is not \"out\"")
    }
    let offset = command[SelectionClauses.offset] ?? 0
    let most = command[SelectionClauses.limit] ?? .max
    if table.rows.count - offset > most { table.notes.append("the first \(most) of \(table.rows.count)") }
    table.rows = Array(table.rows.dropFirst(offset).prefix(most))
    return table.withoutEmptyColumns(keeping: ["value", "through", "sources", "id"])
  }

  /// Sources against values: what each source lists. A blank is "not listed", not "absent".
  fileprivate func matrix(
    _ path: PathSyntax, _ command: Invocation, _ times: Times
  ) throws(Failure) -> ResultTable {
    var records = try statements(at: path, times)
    var notes: [String] = []
    if command.has(SelectionClauses.filter) || command.has(SelectionClauses.sort) {
      (records, notes) = try tableReader.narrowedValues(path, command, times)
    }
    let subject = try entity(path.name)
    let sources = Set(records.flatMap(\.citations).map(\.source)).sorted()
    var values: [Value] = []
    for record in records where !values.contains(record.statement.value) {
      values.append(record.statement.value)
    }
    let rows = values.map { value -> [Cell] in
      let marks = sources.map { source -> Cell in
        let said = records.filter { record in
          record.statement.value == value && record.citations.contains { $0.source == source }
        }
        let stances = said.flatMap(\.citations).filter { $0.source == source }.map(\.stance)
        if stances.isEmpty { return .empty }
        if stances.contains(.denies) {
          let words = said.filter(\.isDenied).compactMap { $0.denialWord(times) }
          return words.min { $0.count < $1.count }.map { .text($0) } ?? .empty
        }
        let isCertain = times.on == nil || said.contains { $0.held?.certainty == .certainly }
        return .text(isCertain ? "listed" : "maybe")
      }
      return [Cell(value)] + marks
    }
    let property = path.properties.first?.content ?? ""
    var table = ResultTable(
      title: "\(subject.name) · \(property), source by source",
      columns: [Column(property)] + sources.map { Column($0.text) },
      rows: rows,
      notes: rows.isEmpty
        ? ["not stated: no source says \(subject.key).\(property)\(times.words)"] + notes
        : ["a blank is \"not listed\", not \"absent\""] + notes)
    table.view = .wideMatrix
    return table
  }
}
