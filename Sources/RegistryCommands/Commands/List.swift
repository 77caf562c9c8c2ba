import CommandLanguage
import RegistryModel
import RegistryStore

/// What `list` is written with beside the clauses of selections.
enum ListGrammar {
  static let what = Argument("what", .path)
}

extension CommandDefinition {
  static let list = CommandDefinition(
    CommandSignature(
      name: "list", head: [ListGrammar.what.element],
      clauses: [
        SelectionClauses.filter.signature, SelectionClauses.sort.signature, SelectionClauses.limit.signature,
        SelectionClauses.offset.signature, SelectionClauses.columns.signature,
        SelectionClauses.by.meaning("grouped: by source").signature, StandardClauses.groups.signature,
        StandardClauses.parts.signature,
      ] + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "List the entities of a type, or the values of a property",
    details: """
      `list initiatives where member = japan and status != ended sort started desc limit 10`. A filter says what it could \
      not decide: where nothing is stated, a comparison is neither true nor false, and the entity is left out and counted. \
      `list pax-silica.signatory on 2026-01-10` lists values and says who is certainly and who is possibly in. `by source \
      as matrix` sets sources against values. Also: list sources, statements, types, properties, transactions.
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
          msp\#tMinerals Security Partnership\#tpartnership\#tended\#t\#tUSA, JPN, eu\#tmember\#tcourier
          us-japan\#tUS–Japan framework\#tagreement\#t\#t2025-10-28\#tUSA, JPN\#tsignatory\#tcourier
          -- 1 not stated, left out
          """#),
      Example(
        "list summit.participant by source as matrix",
        gives: #"""
          participant\#tcourier\#tgazette
          USA\#tlisted\#tlisted
          JPN\#tlisted\#tlisted
          KOR\#tlisted\#t
          eu\#t\#tlisted
          -- a blank is "not listed", not "absent"
          """#),
      Example(
        "list partnerships columns chair, member sort name desc limit 2",
        gives: #"""
          key\#tname\#tmember\#tsources
          msp\#tMinerals Security Partnership\#tUSA, JPN, eu\#tcourier
          forge\#tFORGE\#tUSA\#tcourier
          -- the first 2 are shown; there may be more
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = command[ListGrammar.what]
    if let head = TableName(path) { return try session.list(head, path, command) }
    let times = try session.times(command)
    var output = try session.output(command)
    if !path.properties.isEmpty {
      let bySource = try session.groupsBySource(command)
      if bySource || output.format == "matrix" {
        output.format = output.format == "matrix" ? nil : output.format
        return .table(try session.matrix(path, times), output)
      }
      return .table(try session.listPath(path, command, times), output)
    }
    return .table(try session.listEntities(path.name, command, times), output)
  }
}

extension Session {
  fileprivate func groupsBySource(_ command: Invocation) throws(Failure) -> Bool {
    guard let words = command[SelectionClauses.by] else { return false }
    guard words.count == 1, words[0].content == "source" else {
      throw Failures.listInGroups(command.span(of: SelectionClauses.by) ?? command.span)
    }
    return true
  }

  /// The values of a property, with `limit` and `offset`.
  fileprivate func listPath(_ path: PathSyntax, _ command: Invocation, _ times: Times) throws(Failure)
    -> ResultTable
  {
    var table =
      includesGroups(command) ? try membersTable(path, times) : try pathTable(path, times, onlyHolding: true)
    if times.on != nil {
      // Through groups, the way matters too.
      if !includesGroups(command) { table = table.joiningSources(certainty: holdsHeading(times)) }
      table.notes.append("who is not stated is not \"out\"")
    }
    let offset = command[SelectionClauses.offset] ?? 0
    let most = command[SelectionClauses.limit] ?? .max
    if table.rows.count - offset > most { table.notes.append("the first \(most) of \(table.rows.count)") }
    table.rows = Array(table.rows.dropFirst(offset).prefix(most))
    return table.withoutEmptyColumns(keeping: ["value", "through", "sources", "id"])
  }

  /// Sources against values: what each source lists. A blank is "not listed", not "absent".
  fileprivate func matrix(_ path: PathSyntax, _ times: Times) throws(Failure) -> ResultTable {
    let records = try statements(at: path, times)
    let subject = try entity(path.name)
    var sources: [Key] = []
    for key in records.flatMap(\.citations).map(\.source) where !sources.contains(key) { sources.append(key) }
    var values: [Value] = []
    for record in records where !values.contains(record.statement.value) {
      values.append(record.statement.value)
    }
    let rows = values.map { value -> [Cell] in
      let marks = sources.map { source -> Cell in
        let stances = records.filter { $0.statement.value == value }.flatMap(\.citations)
          .filter { $0.source == source }.map(\.stance)
        return stances.isEmpty ? .empty : .text(stances.contains(.denies) ? "denied" : "listed")
      }
      return [cell(value)] + marks
    }
    let property = path.properties.first?.content ?? ""
    return ResultTable(
      title: "\(subject.name) · \(property), source by source",
      columns: [Column(property)] + sources.map { Column($0.text) },
      rows: rows,
      notes: rows.isEmpty
        ? ["not stated: no source says \(subject.key).\(property)\(bounds(times))"]
        : ["a blank is \"not listed\", not \"absent\""])
  }
}
