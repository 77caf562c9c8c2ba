import CEntentePlugin
import RegistryModel

/// A table that an analysis gave: columns as it said them, rows as they travel.
struct EmittedTable {
  /// Nothing for the first.
  let name: String?
  let columns: [PluginRun.ColumnType]
  let cells: CellBuffer
  let rowCount: Int

  /// The name of a column of evidence that is behind all of its row.
  static let wholeRow = "*"

  /// Refuses columns of evidence that are behind nothing, or can hold no ids.
  static func checkEvidence(_ columns: [PluginRun.ColumnType]) throws(PluginProblem) {
    let shown = columns.filter { !$0.isEvidence }.map(\.name)
    guard !shown.isEmpty else { throw .misuse("it said no column that is shown") }
    if shown.contains(wholeRow) {
      throw .misuse("it said a column `\(wholeRow)`, which is what the whole row is called")
    }
    var seen: Set<String> = []
    for column in columns where column.isEvidence {
      guard column.name == wholeRow || shown.contains(column.name) else {
        throw .misuse("it said evidence of a column that there is not: `\(column.name)`")
      }
      guard seen.insert(column.name).inserted else {
        throw .misuse("it said evidence of `\(column.name)` twice")
      }
      guard [ENTENTE_TEXT, ENTENTE_LIST, ENTENTE_EMPTY].contains(Int(column.type)) else {
        throw .misuse("evidence of `\(column.name)` is of a type that holds no ids of statements")
      }
    }
  }

  /// Refuses a table that the manifest does not declare, or declares otherwise.
  static func check(
    _ said: [PluginRun.ColumnType], of name: String, _ declared: [TableDescription]
  ) throws(PluginProblem) {
    guard let table = declared.first(where: { $0.name == name }) else {
      throw .misuse("it began the table `\(name)`, which its manifest does not declare")
    }
    let shown = said.filter { !$0.isEvidence }
    let fits = zip(table.columns, shown).allSatisfy {
      $0.name == $1.name && ProgramMessage.type($0.type) == $1.type
    }
    guard fits, table.addsColumns ? shown.count >= table.columns.count : shown.count == table.columns.count
    else { throw .misuse("it said other columns of the table `\(name)` than its manifest declares") }
  }

  /// Refuses columns of the first table that the manifest does not declare, or declares otherwise; some of them may be left
  /// out.
  static func checkFirst(
    _ said: [PluginRun.ColumnType], _ declared: [ColumnDescription], adds: Bool
  ) throws(PluginProblem) {
    for column in said where !column.isEvidence {
      guard let known = declared.first(where: { $0.name == column.name }) else {
        if adds { continue }
        throw .misuse("it said the column `\(column.name)`, which its manifest does not declare")
      }
      guard ProgramMessage.type(known.type) == column.type else {
        throw .misuse(
          "it said the column `\(column.name)` of another type than its manifest declares: \(known.type)")
      }
    }
  }

  /// The table as it is shown, the evidence behind it.
  func result(of analysis: String) -> ResultTable {
    var reader = CellReader(cells.bytes)
    let shown = columns.indices.filter { !columns[$0].isEvidence }
    let hidden = columns.indices.filter { columns[$0].isEvidence }
    var rows: [[Cell]] = []
    var behind = [[[StatementID]]](repeating: [], count: hidden.count)
    rows.reserveCapacity(rowCount)
    while rows.count < rowCount, let row = reader.cells(columns.count) {
      rows.append(hidden.isEmpty ? row : shown.map { row[$0] })
      for (place, column) in hidden.enumerated() { behind[place].append(Self.ids(row[column])) }
    }
    var table = ResultTable(
      title: name.map { "\(analysis): \($0)" } ?? analysis,
      columns: shown.map { Column(columns[$0].name, alignsRight: isNumber(columns[$0].type)) }, rows: rows)
    table.name = name
    table.hasMeasures = true
    if !hidden.isEmpty {
      table.evidence = ResultEvidence(
        zip(hidden, behind).map { column, ids in
          let name = columns[column].name
          return ResultEvidence.Behind(column: name == Self.wholeRow ? nil : name, statements: ids)
        })
    }
    return table
  }

  /// The ids that a cell holds; what is no text is none.
  private static func ids(_ cell: Cell) -> [StatementID] {
    switch cell {
    case .text(let text): [StatementID(text.hasPrefix("@") ? String(text.dropFirst()) : text)]
    case .list(let cells): cells.flatMap(ids)
    default: []
    }
  }

  private func isNumber(_ type: UInt32) -> Bool {
    [ENTENTE_INTEGER, ENTENTE_REAL, ENTENTE_DECIMAL].contains(Int(type))
  }
}
