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
    try run.say(columns: try columns(list, count))
  }

  func begin(
    table name: entente_text, _ list: UnsafePointer<entente_column>?, count: UInt64
  ) throws(PluginProblem) {
    try run.begin(table: String(lent: name), columns: try columns(list, count))
  }

  private func columns(
    _ list: UnsafePointer<entente_column>?, _ count: UInt64
  ) throws(PluginProblem) -> [PluginRun.ColumnType] {
    guard let list, count <= UInt64(ENTENTE_MAX_COLUMNS) else {
      throw .misuse("it said \(count) columns, and 1 to \(ENTENTE_MAX_COLUMNS) are allowed")
    }
    return UnsafeBufferPointer(start: list, count: Int(count)).map {
      PluginRun.ColumnType(name: String(lent: $0.name) ?? "", type: $0.type, flags: $0.flags)
    }
  }

  private func asked(_ query: entente_query) throws(PluginProblem) -> AskedQuery {
    let columns = UnsafeBufferPointer(start: query.columns, count: Int(query.column_count))
    let filters = UnsafeBufferPointer(start: query.filters, count: Int(query.filter_count))
    let conditions = UnsafeBufferPointer(start: query.conditions, count: Int(query.condition_count))
    var asked = AskedQuery(
      relation: String(lent: query.relation), columns: columns.map { String(lent: $0) }, filters: [])
    let count =
      filters.reduce(0) { $0 + min($1.count, UInt64(AskedQuery.mostValues)) }
      + conditions.reduce(0) { $0 + min($1.count, UInt64(AskedQuery.mostValues)) }
    guard count <= AskedQuery.mostValues else {
      throw .misuse("it filters by more than \(AskedQuery.mostValues) values")
    }
    for filter in filters {
      asked.filters.append((String(lent: filter.column), try values(filter.values, filter.count)))
    }
    for condition in conditions {
      asked.conditions.append(
        AskedQuery.Condition(
          column: String(lent: condition.column),
          // Flags that are not known are as bad as a comparison that is not.
          comparison: condition.flags == 0 ? condition.comparison : UInt32.max,
          values: try values(condition.values, condition.count)))
    }
    asked.ownTimes = query.own_times
    if asked.ownTimes & UInt32(ENTENTE_OWN_ON) != 0 { asked.on = try time(query.on) }
    if asked.ownTimes & UInt32(ENTENTE_OWN_PUBLISHED_BY) != 0 {
      asked.publishedBy = try time(query.published_by)
    }
    if asked.ownTimes & UInt32(ENTENTE_OWN_RECORDED_BY) != 0 {
      guard let text = String(lent: query.recorded_by) else {
        throw .misuse("it opened a relation with a time that cannot be taken")
      }
      asked.recordedBy = text
    }
    return asked
  }

  private func time(_ cell: entente_cell) throws(PluginProblem) -> Cell {
    let found = withUnsafePointer(to: cell) { pointer in
      Result { () throws(PluginProblem) in try values(pointer, 1) }
    }
    guard case .success(let cells) = found, let time = cells.first else {
      throw .misuse("it opened a relation with a time that cannot be taken")
    }
    return time
  }

  private func values(_ cells: UnsafePointer<entente_cell>?, _ count: UInt64) throws(PluginProblem) -> [Cell]
  {
    guard count <= UInt64(ENTENTE_MAX_LIST_CELLS), count == 0 || cells != nil else {
      throw .misuse("it filtered by values that are not there, or by too many")
    }
    guard let cells, count > 0 else { return [] }
    let copy = CellBuffer()
    do {
      try copy.put(lent: cells, types: [UInt32(ENTENTE_EMPTY)], rows: count, holdsDates: false)
    } catch {
      throw .misuse("it filtered by \(error.words)")
    }
    return withExtendedLifetime(copy) {
      var reader = CellReader(copy.bytes, readsNumbers: true)
      return reader.cells(Int(count)) ?? []
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
        columns: columns, emit: emit, progress: progress, note: note, log: log, fail: fail, table: beginTable)
    )
    return UnsafePointer(table)
  }()

  private static let noCall = Int32(ENTENTE_FAILED)

  private static let open:
    @convention(c) (
      OpaquePointer?, UnsafePointer<entente_query>?, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32 = { call, query, cursor in
      guard let call = InProcessCall.at(call) else { return noCall }
      return call.run.perform { () throws(PluginProblem) in
        // Of an earlier version's query, no more is read than it has.
        var whole = entente_query()
        if let wrong = pt_take_query(cursor == nil ? nil : query, &whole) {
          throw .misuse(String(cString: wrong))
        }
        cursor?.pointee = try call.open(whole)
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

  private static let beginTable:
    @convention(c) (OpaquePointer?, entente_text, UnsafePointer<entente_column>?, UInt64) -> Int32 = {
      call, name, list, count in
      guard let call = InProcessCall.at(call) else { return noCall }
      return call.run.perform { () throws(PluginProblem) in try call.begin(table: name, list, count: count) }
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
