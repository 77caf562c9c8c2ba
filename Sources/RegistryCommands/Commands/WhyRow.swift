import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let number = Argument("number", .integer)
  static let column = OptionalArgument("column", .textOrWord)
  static let table = Clause("of", .word, "of this further table of an analysis that gives several")
}

extension CommandDefinition {
  static let whyRow = CommandDefinition(
    CommandSignature(
      name: "why row", head: [Grammar.number.element, Grammar.column.element],
      clauses: [Grammar.table.signature] + StandardClauses.output),
    group: .reading, effect: .reads,
    summary:
      "Show the claims, quotes and sources behind a row of the last result, or behind one of its cells",
    details: """
      Rows count from 1, as they were shown; the column is named as its heading is, in quotes where that is no word. An \
      analysis names the statements behind its rows; of a list, they are those of the row's entity and of the columns' \
      properties, or those whose ids stand in the row. Read at the times of that result.
      """,
    examples: [
      Example(
        "why row 1 member",
        gives: #"""
          value\#tsource\#tpublished\#treliability\#tquote\#tid
          eu from 2022\#tcourier\#t2026-01-13\#tB\#t\#t@1xmbz7
          JPN from 2022\#tcourier\#t2026-01-13\#tB\#t\#t@d6k1yq
          USA from 2022\#tcourier\#t2026-01-13\#tB\#t\#t@87my4f
          """#, after: ["list initiatives where member = japan"])
    ]
  ) { (command, session) throws(Failure) in
    guard let shown = session.shown else { throw Failures.nothingShown(command.span) }
    // Those of the result count, whatever is set since.
    session.asked = shown.times
    let row = try shown.row(
      command[Grammar.number], command[Grammar.column], of: command[Grammar.table], command.span)
    return .table(
      try session.interpreter(at: shown.times).evidenceReader
        .evidence(of: row, shown.times, command.span), try session.output(command))
  }
}

/// The result that was shown last, and as of when it was read.
struct ShownResult {
  var tables: [ResultTable]
  var times: Times

  /// So many cells are kept at most: a result that was to be saved is no longer looked at by its rows.
  static let mostCells = 1_000_000

  /// Nothing where it is too large to be kept.
  init?(_ answer: Answer, _ times: Times) {
    let tables = answer.results.compactMap { result -> ResultTable? in
      if case .table(let table) = result.content { table } else { nil }
    }
    guard !tables.isEmpty, tables.reduce(0, { $0 + $1.rows.count * $1.columns.count }) <= Self.mostCells
    else {
      return nil
    }
    self.tables = tables
    self.times = times
  }

  /// A row that is asked about.
  struct Row {
    var table: ResultTable
    var number: Int
    /// The heading of the column that is asked about.
    var column: String?
    var columnSpan: Span?
  }

  fileprivate func row(_ number: Int, _ column: Word?, of name: Word?, _ span: Span) throws(Failure) -> Row {
    var table = tables[0]
    if let name {
      guard let named = tables.first(where: { $0.name == name.content }) else {
        let names = tables.compactMap(\.name)
        throw names.isEmpty ? Failures.oneTable(name) : Failures.unknownTable(name, names)
      }
      table = named
    }
    guard table.rows.indices.contains(number - 1) else {
      throw Failures.unknownRow(number, of: table.rows.count, span)
    }
    if let column, !table.columns.contains(where: { $0.name == column.content }) {
      throw Failures.unknownColumn(column, table.columns.map(\.name))
    }
    return Row(table: table, number: number, column: column?.content, columnSpan: column?.span)
  }
}

extension EvidenceReader {
  /// The statements behind a row, with their evidence.
  fileprivate func evidence(
    of row: ShownResult.Row, _ times: Times, _ span: Span
  ) throws(Failure) -> ResultTable {
    let cells = row.table.rows[row.number - 1]
    if let named = row.table.evidence {
      return try evidence(named.statements(row), row, times, span)
    }
    let told =
      row.column == nil
      ? cells
      : cells.enumerated().compactMap {
        row.table.columns[$0.offset].name == row.column ? $0.element : nil
      }
    let ids = told.flatMap(\.statementIDs)
    if !ids.isEmpty { return try evidence(ids, row, times, span) }
    return try evidence(ofEntityIn: row, cells, times, span)
  }

  /// What the statements of some ids rest on; those that are no longer asserted at these times are read as of now.
  private func evidence(
    _ ids: [StatementID], _ row: ShownResult.Row, _ times: Times, _ span: Span
  ) throws(Failure) -> ResultTable {
    let asked = ids.reduce(into: [StatementID]()) { if !$0.contains($1) { $0.append($1) } }
    guard !asked.isEmpty else {
      var table = ResultTable(columns: [
        Column("statement"), Column("value"), Column("source"), Column("quote"),
      ])
      table.notes.append("no statement is named behind \(row.words)")
      return table
    }
    // An analysis may have read other dates than the call's: what it names is shown, whenever it holds.
    var ofAllTime = times
    ofAllTime.on = nil
    var full: [StatementID] = []
    for id in asked { if let whole = try wholeID(id, span) { full.append(whole) } }
    var records = try records(full, ofAllTime, span)
    let missing = full.filter { id in !records.contains { $0.id == id } }
    if !missing.isEmpty { records += try self.records(missing, .all, span) }
    var table = try evidenceTable(records, ofAllTime)
    let lost = asked.count - Set(records.map(\.id)).count
    if lost > 0 {
      table.notes.append("\(lost) of the \(asked.count) statements named are not asserted, or not recorded")
    }
    return table
  }

  private func records(
    _ ids: [StatementID], _ times: Times, _ span: Span
  ) throws(Failure) -> [StatementRecord] {
    try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(ids: ids, includesOver: true, tellsStanding: true), times)
    }
  }

  /// The id that a shown one abbreviates; nothing where there is none.
  private func wholeID(_ id: StatementID, _ span: Span) throws(Failure) -> StatementID? {
    guard id.digest.utf8.count < StatementID.digestLength else { return id }
    let found = try storing(span) { () throws(StoreProblem) in try store.statements(idPrefix: id.digest) }
    return found.count == 1 ? found[0].id : nil
  }

  /// What is said of the entity that a row of a list is of.
  private func evidence(
    ofEntityIn row: ShownResult.Row, _ cells: [Cell], _ times: Times, _ span: Span
  ) throws(Failure) -> ResultTable {
    let place = row.table.columns.firstIndex { ["key", "subject", "entity", "initiative"].contains($0.name) }
    guard let place, let key = cells[place].entityKey, try record(key, times, span) != nil else {
      throw Failures.nothingBehind(row.number, span)
    }
    let schema = try schema(at: span, times)
    let shown = row.column.map { [$0] } ?? row.table.columns.map(\.name)
    let properties = shown.compactMap {
      schema.properties[Key(unchecked: String($0.prefix { $0 != "[" }))]?.key
    }
    if let column = row.column, properties.isEmpty, column != row.table.columns[place].name {
      throw Failures.columnOfNoProperty(column, row.columnSpan ?? span)
    }
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          subjects: [key],
          properties: properties.isEmpty
            ? nil : Set(properties.flatMap(schema.propertyAndNarrower(of:))).sorted(),
          tellsHeld: times.on != nil, tellsStanding: true), times)
    }
    var table = try evidenceTable(found.filter { $0.isSaid(times) }, times)
    if table.rows.isEmpty { table.notes.append("not stated: no source says \(row.words)\(times.words)") }
    return table
  }
}

extension ResultEvidence {
  /// Those behind a row, or behind one of its columns where that is asked for.
  fileprivate func statements(_ row: ShownResult.Row) -> [StatementID] {
    let asked = behind.filter { $0.column == row.column }
    // What is behind no column of its own is behind the row; the row is all of its columns.
    let found = asked.isEmpty ? (row.column == nil ? behind : behind.filter { $0.column == nil }) : asked
    return found.flatMap { $0.statements[row.number - 1] }
  }
}

extension ShownResult.Row {
  fileprivate var words: String { column.map { "\($0) of row \(number)" } ?? "row \(number)" }
}

extension Cell {
  /// The ids of statements that stand in it: whole, or as tables show them.
  var statementIDs: [StatementID] {
    switch self {
    case .list(let cells): cells.flatMap(\.statementIDs)
    case .statements(let ids): ids
    case .text(let text):
      text.split(separator: ", ").compactMap { word in
        let digest = word.hasPrefix("@") ? word.dropFirst() : word[...]
        guard digest.utf8.count == StatementID.digestLength || word.hasPrefix("@") && digest.utf8.count >= 4,
          digest.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) })
        else { return nil }
        return StatementID(String(digest))
      }
    default: []
    }
  }

  var entityKey: Key? {
    switch self {
    case .key(let key): key
    case .text(let text): Key(text)
    default: nil
    }
  }
}
