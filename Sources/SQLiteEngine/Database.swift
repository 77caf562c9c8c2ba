internal import CSQLite
internal import RegistryStore

/// A database that SQLite has open: opened, closed and copied here; ``SQLiteEngine`` is for whoever works in it.
///
/// Used from one thread at a time.
final class Database {
  let handle: OpaquePointer
  /// What problems call it.
  let location: String
  private var isClosed = false

  private static let settings: Void = sqlite_settings_count_no_memory()

  /// - Parameters:
  ///   - name: the path of a file, a `file:` URI, or `:memory:`.
  ///   - location: what problems call it; the name, where it is not given.
  ///   - patience: for how many seconds to wait for the locks of others.
  init(
    _ name: String, location: String? = nil, readOnly: Bool = false, patience: Double = 0
  ) throws(StoreProblem) {
    Self.settings
    let location = location ?? name
    let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(
      name, &opened, access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close(opened)
      throw StoreProblem(resultCode: code, words: String(cString: sqlite3_errstr(code)), location: location)
    }
    handle = opened
    self.location = location
    sqlite3_busy_timeout(handle, Int32(clamping: Int(patience * 1000)))
    sqlite_settings_quote_names_only(handle)
    sqlite_settings_plan_for_any_value(handle)
  }

  deinit {
    // What is still stepped through keeps it open until that is done.
    if !isClosed { sqlite3_close_v2(handle) }
  }

  /// Gives the file back.
  /// - Throws: where something is still stepped through; it is given back when that is done.
  func close() throws(StoreProblem) {
    guard !isClosed else { return }
    try test(sqlite3_close(handle))
    isClosed = true
  }

  /// Runs several statements that have no parameters.
  func run(_ script: String) throws(StoreProblem) { try test(sqlite3_exec(handle, script, nil, nil, nil)) }

  /// The first column of the first row, 0 where there is none.
  func integer(_ sql: String) throws(StoreProblem) -> Int64 {
    var prepared: OpaquePointer?
    try test(sqlite3_prepare_v2(handle, sql, -1, &prepared, nil))
    defer { sqlite3_finalize(prepared) }
    switch sqlite3_step(prepared) {
    case SQLITE_ROW: return sqlite3_column_int64(prepared, 0)
    case SQLITE_DONE: return 0
    case let code: throw problem(code)
    }
  }

  /// Copies what is committed to another database, in one step that sees one state.
  func backup(to copy: Database) throws(StoreProblem) {
    guard let backup = sqlite3_backup_init(copy.handle, "main", handle, "main") else {
      throw copy.problem(sqlite3_errcode(copy.handle))
    }
    let code = sqlite3_backup_step(backup, -1)
    let end = sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else { throw copy.problem(code) }
    try copy.test(end)
  }

  /// What is committed, as it would lie in a file.
  func bytes() throws(StoreProblem) -> [UInt8] {
    var count: Int64 = 0
    guard let start = sqlite3_serialize(handle, "main", &count, 0) else {
      throw StoreProblem(
        resultCode: SQLITE_NOMEM, words: String(cString: sqlite3_errstr(SQLITE_NOMEM)), location: location)
    }
    defer { sqlite3_free(start) }
    return Array(UnsafeBufferPointer(start: start, count: Int(count)))
  }

  /// Puts into a database what lay in another one.
  func fill(with bytes: [UInt8]) throws(StoreProblem) {
    let source = try Database(":memory:", location: location)
    // It only reads, and not beyond this.
    var held = bytes
    try held.withUnsafeMutableBufferPointer { (buffer) throws(StoreProblem) in
      let count = Int64(buffer.count)
      try source.test(
        sqlite3_deserialize(
          source.handle, "main", buffer.baseAddress, count, count, UInt32(SQLITE_DESERIALIZE_READONLY)))
      try source.backup(to: self)
      try source.close()
    }
  }

  private func test(_ code: Int32) throws(StoreProblem) {
    guard code == SQLITE_OK else { throw problem(code) }
  }

  private func problem(_ code: Int32) -> StoreProblem {
    StoreProblem(resultCode: code, words: String(cString: sqlite3_errmsg(handle)), location: location)
  }
}
