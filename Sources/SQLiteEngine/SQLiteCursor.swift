internal import CSQLite
package import RegistryStore
package import RelationalStore

/// A prepared statement that waits in the engine's pool or is being stepped through.
final class PreparedStatement {
  let handle: OpaquePointer
  let text: PreparedText
  let onlyReads: Bool
  init(handle: OpaquePointer, text: PreparedText, onlyReads: Bool) {
    self.handle = handle
    self.text = text
    self.onlyReads = onlyReads
  }
}

/// The text of statements that were prepared, with those of them that nobody is stepping through.
final class PreparedText {
  let sql: String
  /// Whether statements of it are kept when they are done.
  var isKept = true
  var waiting: [PreparedStatement] = []
  init(sql: String) { self.sql = sql }
}

/// The rows of a query. Going out of scope hands the statement back to the engine.
package final class SQLiteCursor: SQLCursor {
  private let engine: SQLiteEngine
  private let statement: PreparedStatement
  private var handle: OpaquePointer { statement.handle }

  init(_ engine: SQLiteEngine, _ statement: PreparedStatement) {
    self.engine = engine
    self.statement = statement
  }

  deinit { engine.giveBack(statement) }

  package func next() throws(StoreProblem) -> Bool {
    engine.isOnlyReading = statement.onlyReads
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw engine.problem(code)
    }
  }

  /// The steps of SQLite's machine.
  package var steps: Int { Int(sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_VM_STEP, 0)) }

  package var columnCount: Int { Int(sqlite3_column_count(handle)) }

  package func columnName(_ index: Int) -> String {
    sqlite3_column_name(handle, Int32(index)).map { String(cString: $0) } ?? ""
  }

  package func isNull(_ index: Int) -> Bool { sqlite3_column_type(handle, Int32(index)) == SQLITE_NULL }

  package func integer(_ index: Int) -> Int64 { sqlite3_column_int64(handle, Int32(index)) }

  package func real(_ index: Int) -> Double { sqlite3_column_double(handle, Int32(index)) }

  package func optionalText(_ index: Int) -> String? {
    guard let bytes = sqlite3_column_text(handle, Int32(index)) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, Int32(index)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  package func value(_ index: Int) -> SQL {
    switch sqlite3_column_type(handle, Int32(index)) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(index))
    case SQLITE_FLOAT: .real(real(index))
    default: .text(text(index))
    }
  }
}

extension SQLiteCursor {
  package func lend(_ index: Int) -> LentValue {
    let column = Int32(index)
    switch sqlite3_column_type(handle, column) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
    default:
      let bytes = sqlite3_column_text(handle, column)
      return .text(UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }
  }
}
