import CEntentePlugin

/// One run of an analysis: its arguments, the registry's relations, and where its rows go.
///
/// Used on the thread that ``Analysis/run(_:)`` was called on and not after it returns, hence not `Sendable`.
/// Once the call has failed or was cancelled, everything that throws throws, and sequences of rows end.
public final class Call {
  private static let batchRows = 256
  private static let batchBytes = 48 * 1024

  private let host: UnsafePointer<entente_host>
  private let call: OpaquePointer
  private let arguments: [String: [Datum]]
  private let columns: [ResultColumn]
  /// As of when is asked.
  public let moment: Moment
  private var columnsAreSaid = false
  private var cells: [entente_cell] = []
  private var rows = 0
  private var arena = Arena()

  init(
    host: UnsafePointer<entente_host>, call: OpaquePointer, arguments: [String: [Datum]],
    columns: [ResultColumn], moment: Moment
  ) {
    self.host = host
    self.call = call
    self.arguments = arguments
    self.columns = columns
    self.moment = moment
  }

  /// The value given for a parameter, or its default.
  public subscript<Value>(_ parameter: Parameter<Value>) -> Value {
    get throws {
      let name = parameter.declaration.name
      guard let value = parameter.read(arguments[name] ?? []) else {
        throw AnalysisFailure("argument-missing", "`\(name)` is needed", hint: "Give it: \(name) …")
      }
      return value
    }
  }

  /// The rows of a relation, read as they are iterated, with these columns.
  ///
  /// - Parameters:
  ///   - relation: a view of `sql`: `memberships`, `initiatives`, `commitments`, `figures` …; `entente_plugin.h` lists
  ///     them with their columns.
  ///   - filters: the values that a column may have; rows with others are left out by the host.
  public func rows(
    of relation: String, columns: [String], where filters: [String: [Datum]] = [:]
  ) throws -> Rows {
    Rows(host: host, call: call, cursor: try open(relation, columns, filters), columns: columns)
  }

  /// Adds a row to the result.
  public func emit(_ row: Datum...) throws { try emit(row: row) }

  /// Adds a row to the result.
  public func emit(row: [Datum]) throws {
    guard row.count == columns.count else {
      throw AnalysisFailure(
        "row-width", "a row of \(row.count) values was emitted for \(columns.count) columns",
        hint: "This is a fault of the plugin: report it to its author")
    }
    for value in row { cells.append(value.cell(in: &arena)) }
    rows += 1
    if rows == Call.batchRows || arena.total > Call.batchBytes { try flush() }
  }

  /// Says how far the run is, from 0 to 1, or nothing where that is not known; throws where it is to end.
  public func progress(_ fraction: Double?, _ message: String = "") throws {
    try check(withText(message) { host.pointee.progress(call, fraction ?? -1, $0) })
  }

  /// Adds a sentence for the reader, shown beside the result.
  public func note(_ sentence: String) throws {
    try check(withText(sentence) { host.pointee.note(call, $0) })
  }

  /// Writes a line for whoever looks into the plugin's working.
  public func log(_ line: String) {
    withText(line) { host.pointee.log(call, Int32(ENTENTE_LOG_INFO), $0) }
  }

  /// Hands over what is not handed over yet, and the columns where no row was emitted.
  func finish() throws { try flush() }

  /// Ends the call with a failure.
  func fail(_ failure: AnalysisFailure) -> Int32 {
    withText(failure.code) { code in
      withText(failure.message) { message in
        withText(failure.hint) { hint in host.pointee.fail(call, code, message, hint) }
      }
    }
  }

  private func flush() throws {
    try sayColumns()
    if rows > 0 { try check(host.pointee.emit(call, cells, UInt64(rows))) }
    cells.removeAll(keepingCapacity: true)
    rows = 0
    arena.reset()
  }

  private func sayColumns() throws {
    guard !columnsAreSaid else { return }
    var names = Arena()
    let list = columns.map { entente_column(name: names.text($0.name), type: $0.type.code, flags: 0) }
    try check(host.pointee.columns(call, list, UInt64(list.count)))
    columnsAreSaid = true
  }

  private func open(
    _ relation: String, _ columns: [String], _ filters: [String: [Datum]]
  ) throws -> OpaquePointer {
    var memory = Arena()
    let relation = memory.text(relation)
    let columns = columns.map { memory.text($0) }
    let filters = filters.sorted { $0.key < $1.key }.map { column, values in
      let name = memory.text(column)
      let list = memory.list(values)
      return entente_filter(column: name, values: list.cells, count: list.count)
    }
    var cursor: OpaquePointer?
    let status = columns.withUnsafeBufferPointer { columns in
      filters.withUnsafeBufferPointer { filters in
        var query = entente_query(
          size: UInt64(MemoryLayout<entente_query>.size), relation: relation, columns: columns.baseAddress,
          column_count: UInt64(columns.count), filters: filters.baseAddress,
          filter_count: UInt64(filters.count))
        return host.pointee.open(call, &query, &cursor)
      }
    }
    try check(status)
    guard let cursor else { throw CallEnded(status: Int32(ENTENTE_FAILED)) }
    return cursor
  }

  private func check(_ status: Int32) throws {
    if status != ENTENTE_OK { throw CallEnded(status: status) }
  }
}

/// The host has ended the call and knows why.
struct CallEnded: Error {
  var status: Int32
}

/// Lends a text for the length of a call.
private func withText<Result>(_ text: String, _ body: (entente_text) -> Result) -> Result {
  var text = text
  return text.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) { bytes in
      body(entente_text(bytes: bytes.baseAddress, length: UInt64(bytes.count)))
    }
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
