import CEntentePlugin

/// The functions that a plugin may call, one table for all plugins and runs.
enum HostTable {
  /// What this host can do beyond the least.
  static let features = UInt64(1) << 0 | UInt64(1) << 1  // ENTENTE_FEATURE_FILTERS, ENTENTE_FEATURE_LISTS

  // Written once before it is shared, then only read, and never freed: plugins keep it as long as the process.
  nonisolated(unsafe) static let pointer: UnsafePointer<entente_host> = {
    let table = UnsafeMutablePointer<entente_host>.allocate(capacity: 1)
    table.initialize(
      to: entente_host(
        size: UInt64(MemoryLayout<entente_host>.size), major: UInt32(ENTENTE_CONTRACT_MAJOR),
        minor: UInt32(ENTENTE_CONTRACT_MINOR), features: features, open: open, next: next, close: close,
        columns: columns, emit: emit, progress: progress, note: note, log: log, fail: fail))
    return UnsafePointer(table)
  }()

  private static let noCall = Int32(ENTENTE_FAILED)

  private static func run(_ call: OpaquePointer?) -> PluginRun? {
    call.map { Unmanaged<PluginRun>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  private static let open:
    @convention(c) (
      OpaquePointer?, UnsafePointer<entente_query>?, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32 = { call, query, cursor in
      guard let run = run(call) else { return noCall }
      return run.perform { () throws(PluginProblem) in
        guard let query, let cursor, query.pointee.size >= UInt64(MemoryLayout<entente_query>.size) else {
          throw .misuse("it called `open` without a query, a cursor or the query's size")
        }
        cursor.pointee = try run.open(query.pointee)
      }
    }

  private static let next:
    @convention(c) (
      OpaquePointer?, OpaquePointer?, UnsafeMutablePointer<UnsafePointer<entente_cell>?>?,
      UnsafeMutablePointer<UInt64>?
    ) -> Int32 = { call, cursor, cells, rows in
      guard let run = run(call) else { return noCall }
      rows?.pointee = 0
      return run.perform { () throws(PluginProblem) in
        guard let cells, let rows else { throw .misuse("it called `next` without a place for cells or rows") }
        let batch = try run.reading(cursor).next()
        cells.pointee = batch.cells
        rows.pointee = UInt64(batch.rows)
      }
    }

  private static let close: @convention(c) (OpaquePointer?, OpaquePointer?) -> Void = { call, cursor in
    if let cursor { run(call)?.end(cursor) }
  }

  private static let columns:
    @convention(c) (OpaquePointer?, UnsafePointer<entente_column>?, UInt64) -> Int32 = { call, list, count in
      guard let run = run(call) else { return noCall }
      return run.perform { () throws(PluginProblem) in
        guard list != nil, count <= UInt64(ENTENTE_MAX_COLUMNS) else {
          throw .misuse("it said \(count) columns, and 1 to \(ENTENTE_MAX_COLUMNS) are allowed")
        }
        try run.say(columns: UnsafeBufferPointer(start: list, count: Int(count)))
      }
    }

  private static let emit: @convention(c) (OpaquePointer?, UnsafePointer<entente_cell>?, UInt64) -> Int32 = {
    call, cells, rows in
    guard let run = run(call) else { return noCall }
    return run.perform { () throws(PluginProblem) in try run.emit(cells, rows: rows) }
  }

  private static let progress: @convention(c) (OpaquePointer?, Double, entente_text) -> Int32 = {
    call, fraction, message in
    guard let run = run(call) else { return noCall }
    return run.perform { () throws(PluginProblem) in
      run.observer.progress((0...1).contains(fraction) ? fraction : nil, String(lent: message) ?? "")
    }
  }

  private static let note: @convention(c) (OpaquePointer?, entente_text) -> Int32 = { call, sentence in
    guard let run = run(call) else { return noCall }
    return run.perform { () throws(PluginProblem) in try run.add(note: sentence) }
  }

  private static let log: @convention(c) (OpaquePointer?, Int32, entente_text) -> Void = { call, _, line in
    if let run = run(call), let line = String(lent: line) { run.observer.log(line) }
  }

  private static let fail:
    @convention(c) (OpaquePointer?, entente_text, entente_text, entente_text) -> Int32 = {
      call, code, message, hint in
      guard let run = run(call) else { return noCall }
      run.fail(
        .reported(
          code: String(lent: code) ?? "failed",
          message: String(lent: message) ?? "a message that is no UTF-8",
          hint: String(lent: hint) ?? ""))
      return Int32(ENTENTE_FAILED)
    }
}
