import CEntentePlugin
import CPluginTransport
import RegistryModel

/// A run in this process. Its address is the `entente_call`.
final class InProcessCall {
  /// A relation that the plugin reads. Its address is the `entente_cursor`.
  final class Cursor {
    let id: UInt32
    var lent: LentCells?
    init(_ id: UInt32) { self.id = id }
  }

  let run: PluginRun
  private var cursors: [OpaquePointer: Cursor] = [:]

  init(_ run: PluginRun) { self.run = run }

  static func at(_ call: OpaquePointer?) -> InProcessCall? {
    call.map { Unmanaged<InProcessCall>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  func open(_ query: entente_query) throws(PluginProblem) -> OpaquePointer {
    let cursor = Cursor(try run.open(try asked(query).checked()))
    let handle = OpaquePointer(Unmanaged.passUnretained(cursor).toOpaque())
    cursors[handle] = cursor
    return handle
  }

  func next(_ handle: OpaquePointer?) throws(PluginProblem) -> (
    cells: UnsafePointer<entente_cell>?, rows: Int
  ) {
    guard let handle, let cursor = cursors[handle] else {
      throw .misuse("it read from a cursor that is closed or not its own")
    }
    let (reading, rows) = try run.next(cursor.id)
    if let lent = cursor.lent {
      lent.refresh(count: rows * reading.width)
    } else {
      cursor.lent = LentCells(reading.rows.cells, count: rows * reading.width)
    }
    return (rows > 0 ? cursor.lent?.pointer : nil, rows)
  }

  func close(_ handle: OpaquePointer) {
    if let cursor = cursors.removeValue(forKey: handle) { run.close(cursor.id) }
  }

  func say(_ list: UnsafePointer<entente_column>?, count: UInt64) throws(PluginProblem) {
    guard let list, count <= UInt64(ENTENTE_MAX_COLUMNS) else {
      throw .misuse("it said \(count) columns, and 1 to \(ENTENTE_MAX_COLUMNS) are allowed")
    }
    var said: [PluginRun.ColumnType] = []
    for column in UnsafeBufferPointer(start: list, count: Int(count)) {
      // Flags that are not known are as bad as a type that is not.
      said.append(
        PluginRun.ColumnType(
          name: String(lent: column.name) ?? "", type: column.flags == 0 ? column.type : UInt32.max))
    }
    try run.say(columns: said)
  }

  private func asked(_ query: entente_query) throws(PluginProblem) -> AskedQuery {
    guard query.column_count <= 1000, query.filter_count <= 1000,
      query.columns != nil || query.column_count == 0, query.filters != nil || query.filter_count == 0
    else { throw .misuse("it asked for columns or filters that are not there") }
    let columns = UnsafeBufferPointer(start: query.columns, count: Int(query.column_count))
    let filters = UnsafeBufferPointer(start: query.filters, count: Int(query.filter_count))
    var asked = AskedQuery(
      relation: String(lent: query.relation), columns: columns.map { String(lent: $0) }, filters: [])
    guard filters.reduce(0, { $0 + min($1.count, UInt64(AskedQuery.mostValues)) }) <= AskedQuery.mostValues
    else { throw .misuse("it filters by more than \(AskedQuery.mostValues) values") }
    for filter in filters { asked.filters.append((String(lent: filter.column), try values(of: filter))) }
    return asked
  }

  private func values(of filter: entente_filter) throws(PluginProblem) -> [Cell] {
    guard filter.count <= UInt64(ENTENTE_MAX_LIST_CELLS), filter.count == 0 || filter.values != nil else {
      throw .misuse("it filtered by values that are not there, or by too many")
    }
    guard let values = filter.values, filter.count > 0 else { return [] }
    let copy = CellBuffer()
    do {
      try copy.put(lent: values, types: [UInt32(ENTENTE_EMPTY)], rows: filter.count)
    } catch {
      throw .misuse("it filtered by \(error.words)")
    }
    return withExtendedLifetime(copy) {
      var reader = CellReader(copy.bytes, readsNumbers: true)
      return reader.cells(Int(filter.count)) ?? []
    }
  }
}

/// The functions that a plugin in this process may call, one table for all plugins and runs.
enum HostTable {
  // Written once before it is shared, then only read, and never freed: plugins keep it as long as the process.
  nonisolated(unsafe) static let pointer: UnsafePointer<entente_host> = {
    let table = UnsafeMutablePointer<entente_host>.allocate(capacity: 1)
    table.initialize(
      to: entente_host(
        size: UInt64(MemoryLayout<entente_host>.size), major: UInt32(ENTENTE_CONTRACT_MAJOR),
        minor: UInt32(ENTENTE_CONTRACT_MINOR), features: UInt64(PT_FEATURE_BITS), open: open, next: next,
        close: close,
        columns: columns, emit: emit, progress: progress, note: note, log: log, fail: fail))
    return UnsafePointer(table)
  }()

  private static let noCall = Int32(ENTENTE_FAILED)

  private static let open:
    @convention(c) (
      OpaquePointer?, UnsafePointer<entente_query>?, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32 = { call, query, cursor in
      guard let call = InProcessCall.at(call) else { return noCall }
      return call.run.perform { () throws(PluginProblem) in
        guard let query, let cursor, query.pointee.size >= UInt64(MemoryLayout<entente_query>.size) else {
          throw .misuse("it called `open` without a query, a cursor or the query's size")
        }
        cursor.pointee = try call.open(query.pointee)
      }
    }

  private static let next:
    @convention(c) (
      OpaquePointer?, OpaquePointer?, UnsafeMutablePointer<UnsafePointer<entente_cell>?>?,
      UnsafeMutablePointer<UInt64>?
    ) -> Int32 = { call, cursor, cells, rows in
      guard let call = InProcessCall.at(call) else { return noCall }
      rows?.pointee = 0
      return call.run.perform { () throws(PluginProblem) in
        guard let cells, let rows else { throw .misuse("it called `next` without a place for cells or rows") }
        let batch = try call.next(cursor)
        cells.pointee = batch.cells
        rows.pointee = UInt64(batch.rows)
      }
    }

  private static let close: @convention(c) (OpaquePointer?, OpaquePointer?) -> Void = { call, cursor in
    if let cursor { InProcessCall.at(call)?.close(cursor) }
  }

  private static let columns:
    @convention(c) (OpaquePointer?, UnsafePointer<entente_column>?, UInt64) -> Int32 = { call, list, count in
      guard let call = InProcessCall.at(call) else { return noCall }
      return call.run.perform { () throws(PluginProblem) in try call.say(list, count: count) }
    }

  private static let emit: @convention(c) (OpaquePointer?, UnsafePointer<entente_cell>?, UInt64) -> Int32 = {
    call, cells, rows in
    guard let call else { return noCall }
    // The call outlives the plugin's `run`, so that nothing need be counted for each row.
    return Unmanaged<InProcessCall>.fromOpaque(UnsafeRawPointer(call))._withUnsafeGuaranteedRef {
      $0.run.take(cells, rows: rows)
    }
  }

  private static let progress: @convention(c) (OpaquePointer?, Double, entente_text) -> Int32 = {
    call, fraction, message in
    guard let run = InProcessCall.at(call)?.run else { return noCall }
    return run.tell(progress: fraction, String(lent: message))
  }

  private static let note: @convention(c) (OpaquePointer?, entente_text) -> Int32 = { call, sentence in
    guard let run = InProcessCall.at(call)?.run else { return noCall }
    return run.perform { () throws(PluginProblem) in try run.add(note: String(lent: sentence)) }
  }

  private static let log: @convention(c) (OpaquePointer?, Int32, entente_text) -> Void = { call, _, line in
    InProcessCall.at(call)?.run.log(String(lent: line))
  }

  private static let fail:
    @convention(c) (OpaquePointer?, entente_text, entente_text, entente_text) -> Int32 = {
      call, code, message, hint in
      guard let run = InProcessCall.at(call)?.run else { return noCall }
      run.fail(.reported(code: String(lent: code), message: String(lent: message), hint: String(lent: hint)))
      return Int32(ENTENTE_FAILED)
    }
}
