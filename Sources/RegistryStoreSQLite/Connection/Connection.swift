internal import CSQLite
internal import RegistryStore

/// What a registry asks of its database: statements that are prepared once and kept, bound and stepped directly.
///
/// A registry is one session's handle, used from one thread.
final class Connection {
  let location: String
  private let database: Database
  private let handle: OpaquePointer
  private var pool: [String: PreparedText] = [:]
  /// The same by where the text lies in memory: a loop brings the same text again and again, which is long to hash.
  private var places: [UInt: PreparedText] = [:]
  /// Where ``run(_:binding:)`` lays texts; one runs at a time.
  private let arena = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 1)
  private var isClosed = false
  /// Whether to break off what is read, and waiting.
  var isInterrupted: (() -> Bool)? { didSet { patience.isInterrupted = isInterrupted } }
  /// Waits for the locks of others.
  let patience: Patience
  /// Whether the statement that is stepped through only reads. SQLite rolls a whole transaction back when it is
  /// interrupted in a statement that writes, so none of those is.
  var isOnlyReading = false
  /// Told of every statement that is run: tests count them.
  var onStatement: ((String) -> Void)?
  /// Whether a transaction was begun and not ended by the store.
  var isBegun = false { didSet { lost = nil } }
  /// Why SQLite dropped by itself the transaction that was begun: a full disk, a failing one. What were written
  /// now would be kept each by itself.
  private(set) var lost: StoreProblem?

  init(_ database: Database, location: String, patience seconds: Double) {
    self.database = database
    self.location = location
    patience = Patience(seconds: seconds, location: location)
    handle = database.handle
    // Unretained: the connection outlives its handle, which it closes.
    sqlite3_progress_handler(
      handle, 20_000,
      { context in
        guard let context else { return 0 }
        let connection = Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue()
        return connection.isOnlyReading && connection.isInterrupted?() == true ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
    patience.wait(on: handle)
    NameFunctions.add(to: handle)
    DateFunctions.add(to: handle)
  }

  deinit {
    _ = try? close()
    arena.deallocate()
  }

  /// Adds what the relation `readings` is made of.
  func add(readings body: @escaping ReadingFunction.Body) { ReadingFunction.add(to: handle, body) }

  /// Gives the file back. Cursors must be gone.
  func close() throws(StoreProblem) {
    guard !isClosed else { return }
    isClosed = true
    for text in pool.values { for statement in text.waiting { sqlite3_finalize(statement.handle) } }
    pool = [:]
    places = [:]
    try database.close()
  }

  /// Copies what is committed to another database, in one step that sees one state.
  func backup(to copy: Database) throws(StoreProblem) { try database.backup(to: copy) }

  /// Runs a statement that has no rows.
  /// - Returns: how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> Int {
    let cursor = try rows(sql, arguments)
    while try cursor.next() {}
    return Int(sqlite3_changes(handle))
  }

  /// Runs several statements that have no parameters.
  func runScript(_ sql: String) throws(StoreProblem) {
    onStatement?(sql)
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw problem(code) }
  }

  /// The rows of a query.
  func rows(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> Cursor {
    let statement = try take(sql)
    let cursor = Cursor(self, statement)
    var binding = Binding(statement.handle)
    for argument in arguments { binding.value(argument) }
    guard binding.code == SQLITE_OK else { throw problem(binding.code) }
    return cursor
  }

  /// Runs a statement that has no rows, with its parameters bound one after another.
  /// - Returns: how many rows it changed.
  @discardableResult
  func run(
    _ sql: String, binding bind: (inout Binding) throws(StoreProblem) -> Void
  ) throws(StoreProblem) -> Int {
    let statement = try take(sql)
    defer { giveBack(statement) }
    var binding = Binding(statement.handle, arena: arena)
    try bind(&binding)
    guard binding.code == SQLITE_OK else { throw problem(binding.code) }
    isOnlyReading = false
    let code = sqlite3_step(statement.handle)
    guard code == SQLITE_DONE else { throw problem(code) }
    return Int(sqlite3_changes(handle))
  }

  /// The first column of the first row, nothing where there is no row or it is NULL.
  func integer(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> Int64? {
    let cursor = try rows(sql, arguments)
    return try cursor.next() ? cursor.optionalInteger(0) : nil
  }

  func text(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> String? {
    let cursor = try rows(sql, arguments)
    return try cursor.next() ? cursor.optionalText(0) : nil
  }

  /// The first column of all rows.
  func integers(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> [Int64] {
    let cursor = try rows(sql, arguments)
    var found: [Int64] = []
    while try cursor.next() { found.append(cursor.integer(0)) }
    return found
  }

  var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Whether SQLite has no transaction open.
  var isAutocommit: Bool { sqlite3_get_autocommit(handle) != 0 }

  /// What is known of one statement of foreign SQL before it is run.
  /// - Returns: with its parameters, as they are named in it.
  func inspect(
    _ sql: String
  ) throws(StoreProblem) -> (isReadOnly: Bool, isEmpty: Bool, parameters: [String], rest: String) {
    var prepared: OpaquePointer?
    var rest = ""
    let code = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(handle, text, -1, &prepared, &tail)
      rest = tail.map { String(cString: $0) } ?? ""
      return code
    }
    guard code == SQLITE_OK else { throw .sqlFailed(words) }
    guard let prepared else { return (true, true, [], rest) }
    defer { sqlite3_finalize(prepared) }
    let parameters = (0..<sqlite3_bind_parameter_count(prepared)).map { index in
      sqlite3_bind_parameter_name(prepared, index + 1).map { String(cString: $0) } ?? "?"
    }
    return (sqlite3_stmt_readonly(prepared) != 0, false, parameters, rest)
  }

  /// The texts of the statements that are kept prepared, for whoever looks at their plans.
  var preparedTexts: [String] { pool.keys.sorted() }

  /// SQLite's words for what went wrong last.
  var words: String { String(cString: sqlite3_errmsg(handle)) }

  func problem(_ code: Int32) -> StoreProblem {
    let extended = sqlite3_extended_errcode(handle)
    var problem = StoreProblem(
      resultCode: extended == SQLITE_OK ? code : extended, words: words, location: location)
    if case .locked = problem, patience.wasInterrupted { problem = .interrupted }
    if isBegun, lost == nil, isAutocommit { lost = .transactionLost(because: problem.message) }
    return problem
  }

  func giveBack(_ statement: PreparedStatement) {
    sqlite3_reset(statement.handle)
    guard !isClosed, statement.text.waiting.isEmpty, statement.text.isKept else {
      sqlite3_finalize(statement.handle)
      return
    }
    sqlite3_clear_bindings(statement.handle)
    statement.text.waiting.append(statement)
  }

  /// A statement that nobody is stepping through.
  private func take(_ sql: String) throws(StoreProblem) -> PreparedStatement {
    onStatement?(sql)
    let text = prepared(sql)
    if let statement = text.waiting.popLast() { return statement }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw problem(code) }
    return PreparedStatement(handle: prepared, text: text, onlyReads: sqlite3_stmt_readonly(prepared) != 0)
  }

  private func prepared(_ sql: String) -> PreparedText {
    let place = sql.utf8.withContiguousStorageIfAvailable { UInt(bitPattern: $0.baseAddress) }
    // Where one text lay another may lie now.
    if let place, let known = places[place], known.sql == sql { return known }
    let text = pool[sql] ?? PreparedText(sql: sql, isKept: pool.count < Self.mostKept)
    guard text.isKept else { return text }
    pool[sql] = text
    if let place, places.count < Self.mostKept { places[place] = text }
    return text
  }

  private static var mostKept: Int { 500 }
}
