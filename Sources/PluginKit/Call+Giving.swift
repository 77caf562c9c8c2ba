import CEntentePlugin

/// The table that rows are of, and what of it is not handed over yet.
struct OpenTable {
  var columns: [ResultColumn]
  /// The columns that rows can give evidence of, in the order of the hidden columns behind the shown ones.
  var evidence: [String]
  /// Its name; nothing for the first.
  var name: String?
  var isSaid = false
  var cells: [entente_cell] = []
  var rows = 0
  var arena = ArenaBox()

  init(columns: [ResultColumn], evidence: [String], name: String? = nil) {
    self.columns = columns
    self.evidence = evidence
    self.name = name
  }
}

/// An arena that several own.
final class ArenaBox {
  var memory = Arena()
}

/// The ids of the statements behind a row, so that `why row 3` shows claims, quotes and sources.
public struct Evidence: Hashable, Sendable {
  /// What the whole row is called among columns of evidence.
  public static let row = "*"

  var statements: [String: [Datum]] = [:]

  /// None.
  public init() {}

  /// Behind all that the row says.
  public init(row ids: [Datum]) { statements[Evidence.row] = ids }

  /// The same, with these behind what a column says.
  public func of(_ column: String, _ ids: [Datum]) -> Evidence {
    var copy = self
    copy.statements[column, default: []] += ids
    return copy
  }
}

extension Call {
  private static let batchRows = 256
  private static let batchBytes = 48 * 1024

  /// Adds a row to the result.
  public func emit(_ row: Datum..., because evidence: Evidence = Evidence()) throws {
    try emit(row: row, because: evidence)
  }

  /// Adds a row to the result.
  ///
  /// - Parameter evidence: the statements behind it; ``Analysis/evidence`` says of which columns there is any.
  public func emit(row: [Datum], because evidence: Evidence = Evidence()) throws {
    guard row.count == table.columns.count else {
      throw AnalysisFailure(
        "row-width", "a row of \(row.count) values was emitted for \(table.columns.count) columns",
        hint: "This is a fault of the plugin: report it to its author")
    }
    if let unknown = evidence.statements.keys.sorted().first(where: { !table.evidence.contains($0) }) {
      throw AnalysisFailure(
        "evidence-undeclared", "evidence was given of `\(unknown)`, of which none is declared",
        hint: "This is a fault of the plugin: its author adds `\(unknown)` to `evidence`")
    }
    for value in row { table.cells.append(value.cell(in: &table.arena.memory)) }
    for column in table.evidence {
      let ids = evidence.statements[column].map(Datum.list) ?? .empty
      table.cells.append(ids.cell(in: &table.arena.memory))
    }
    table.rows += 1
    if table.rows == Call.batchRows || table.arena.memory.total > Call.batchBytes { try flush() }
  }

  /// Says the columns of the first table where they are known only now (``Analysis/addsColumns``); before its first row.
  public func say(columns: [ResultColumn], evidence: [String] = []) throws {
    guard table.name == nil, !table.isSaid, table.rows == 0 else {
      throw AnalysisFailure(
        "columns-late", "columns were said after the first row",
        hint: "This is a fault of the plugin: report it to its author")
    }
    table = OpenTable(columns: columns, evidence: evidence)
    try sayColumns()
  }

  /// Begins one of the further tables (``Analysis/tables``); rows are its from here on.
  ///
  /// - Parameter columns: all of its columns, where it has more than are declared.
  public func begin(_ declared: TableDeclaration, columns: [ResultColumn]? = nil) throws {
    try flush()
    table = OpenTable(
      columns: columns ?? declared.columns, evidence: declared.evidence, name: declared.name)
    try sayColumns()
  }

  /// Hands over what is not handed over yet, and the columns where no row was emitted.
  func finish() throws { try flush() }

  private func flush() throws {
    try sayColumns()
    if table.rows > 0 { try check(host.pointee.emit(call, table.cells, UInt64(table.rows))) }
    table.cells.removeAll(keepingCapacity: true)
    table.rows = 0
    table.arena.memory.reset()
  }

  private func sayColumns() throws {
    guard !table.isSaid else { return }
    var names = Arena()
    var list = table.columns.map {
      entente_column(name: names.text($0.name), type: $0.type.code, flags: 0)
    }
    list += table.evidence.map {
      entente_column(
        name: names.text($0), type: UInt32(ENTENTE_LIST), flags: UInt32(ENTENTE_COLUMN_EVIDENCE))
    }
    if let name = table.name {
      try check(withText(name) { host.pointee.table(call, $0, list, UInt64(list.count)) })
    } else {
      try check(host.pointee.columns(call, list, UInt64(list.count)))
    }
    table.isSaid = true
  }
}

extension ResultColumn.Kind {
  /// The contract's number for it.
  fileprivate var code: UInt32 {
    switch self {
    case .text: UInt32(ENTENTE_TEXT)
    case .key: UInt32(ENTENTE_KEY)
    case .integer: UInt32(ENTENTE_INTEGER)
    case .real: UInt32(ENTENTE_REAL)
    case .decimal: UInt32(ENTENTE_DECIMAL)
    case .date: UInt32(ENTENTE_DATE)
    case .boolean: UInt32(ENTENTE_BOOLEAN)
    case .list: UInt32(ENTENTE_LIST)
    case .any: UInt32(ENTENTE_EMPTY)
    }
  }
}
