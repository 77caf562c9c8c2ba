internal import CSQLite
package import RegistryStore
package import RelationalStore

/// SQLite as an engine of the store: statements that are prepared once and kept, bound and stepped directly.
package final class SQLiteEngine: SQLEngine {
  package let location: String
  private let database: Database
  let handle: OpaquePointer
  private var pool: [String: PreparedText] = [:]
  /// The same by where the text lies in memory: a loop brings the same text again and again, which is long to hash.
  private var places: [UInt: PreparedText] = [:]
  /// What ``run(_:binding:)`` binds with; one runs at a time.
  private let binding = SQLiteBinding(arenaOf: 16_384)
  private var isClosed = false
  package var hooks: StoreHooks {
    get { StoreHooks(isInterrupted: patience.isInterrupted, onWait: patience.onWait) }
    set {
      patience.isInterrupted = newValue.isInterrupted
      patience.onWait = newValue.onWait
    }
  }
  /// Waits for the locks of others.
  let patience: Patience
  /// Whether the statement that is stepped through only reads. SQLite rolls a whole transaction back when it is
  /// interrupted in a statement that writes, so none of those is.
  var isOnlyReading = false
  package var onStatement: ((String) -> Void)?
  package var isBegun = false { didSet { lost = nil } }
  package private(set) var lost: StoreProblem?
  /// Whether others can read beside the file who writes.
  private var isNoted = false

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
        let connection = Unmanaged<SQLiteEngine>.fromOpaque(context).takeUnretainedValue()
        return connection.isOnlyReading && connection.patience.isInterrupted?() == true ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
    patience.wait(on: handle)
    NameFunctions.add(to: handle)
    DateFunctions.add(to: handle)
    NumberFunctions.add(to: handle)
  }

  deinit {
    _ = try? close()
  }

  package func add(readings body: @escaping (Int64, String) throws(StoreProblem) -> String) {
    ReadingFunction.add(to: handle, body)
  }

  package func close() throws(StoreProblem) {
    guard !isClosed else { return }
    isClosed = true
    forgetTexts()
    try database.close()
  }

  /// Copies what is committed to another database, in one step that sees one state.
  func copy(to copy: Database) throws(StoreProblem) { try database.backup(to: copy) }

  @discardableResult
  package func run(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> Int {
    let cursor = try rows(sql, arguments)
    while try cursor.next() {}
    return Int(sqlite3_changes(handle))
  }

  package func runScript(_ sql: String) throws(StoreProblem) {
    onStatement?(sql)
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw problem(code) }
  }

  package func rows(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> any SQLCursor {
    let statement = try take(sql)
    let cursor = SQLiteCursor(self, statement)
    let binding = SQLiteBinding()
    binding.begin(statement.handle)
    for argument in arguments { binding.value(argument) }
    guard binding.code == SQLITE_OK else { throw problem(binding.code) }
    return cursor
  }

  @discardableResult
  package func run(
    _ sql: String, binding bind: (any SQLBinding) throws(StoreProblem) -> Void
  ) throws(StoreProblem) -> Int {
    let statement = try take(sql)
    defer { giveBack(statement) }
    binding.begin(statement.handle)
    try bind(binding)
    guard binding.code == SQLITE_OK else { throw problem(binding.code) }
    isOnlyReading = false
    let code = sqlite3_step(statement.handle)
    guard code == SQLITE_DONE else { throw problem(code) }
    return Int(sqlite3_changes(handle))
  }

  package var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  @discardableResult
  package func begin(_ beginning: SQLBeginning) throws(StoreProblem) -> Bool {
    switch beginning {
    case .reading: try run("BEGIN")
    case .writing: try run("BEGIN IMMEDIATE")
    case .writingAtOnce:
      patience.isNone = true
      defer { patience.isNone = false }
      do throws(StoreProblem) {
        try run("BEGIN IMMEDIATE")
      } catch {
        if case .locked = error { return false }
        throw error
      }
    }
    return true
  }

  package func tell(writer author: String) {
    WriterNote.write(author: author, beside: location)
    isNoted = true
  }

  package func commit(_ uid: String?) throws(StoreProblem) {
    removeNote()
    try run("COMMIT")
  }

  package func rollback() throws(StoreProblem) {
    removeNote()
    // After a full disk or a failing one, SQLite has rolled back by itself.
    if isInTransaction { try run("ROLLBACK") }
  }

  /// While the lock is still held, or it could be the note of the next writer.
  private func removeNote() {
    if isNoted { WriterNote.remove(beside: location) }
    isNoted = false
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
    if isBegun, lost == nil, !isInTransaction { lost = .transactionLost(because: problem.message) }
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
    if let known = pool[sql] {
      if let place, places.count < Self.mostKept { places[place] = known }
      return known
    }
    // What a long session asked once would otherwise keep out what it asks all the time.
    if pool.count >= Self.mostKept { forgetTexts() }
    let text = PreparedText(sql: sql)
    pool[sql] = text
    if let place, places.count < Self.mostKept { places[place] = text }
    return text
  }

  private static var mostKept: Int { 500 }

  private func forgetTexts() {
    for text in pool.values {
      text.isKept = false
      for statement in text.waiting { sqlite3_finalize(statement.handle) }
      text.waiting = []
    }
    pool = [:]
    places = [:]
  }
}
