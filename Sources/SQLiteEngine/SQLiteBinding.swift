internal import CSQLite
internal import RelationalStore

/// The parameters of a prepared statement.
final class SQLiteBinding: SQLBinding {
  private var handle: OpaquePointer?
  /// Where texts lie until the statement has run; nil where SQLite is to copy them.
  private let arena: UnsafeMutableRawBufferPointer?
  private var used = 0
  private var count: Int32 = 0
  /// The first result that was not well.
  private(set) var code = SQLITE_OK

  /// SQLite copies the texts.
  init() { arena = nil }

  /// - Parameter room: how many bytes of texts lie here until the statement has run.
  init(arenaOf room: Int) { arena = .allocate(byteCount: room, alignment: 1) }

  deinit { arena?.deallocate() }

  /// Begins with the first parameter of a statement.
  func begin(_ handle: OpaquePointer) {
    self.handle = handle
    (used, count, code) = (0, 0, SQLITE_OK)
  }

  private func bound(_ code: Int32) { if self.code == SQLITE_OK { self.code = code } }

  /// What is not bound is NULL: statements are given back without what was bound to them.
  func null() { count += 1 }

  func integer(_ integer: Int64) {
    count += 1
    bound(sqlite3_bind_int64(handle, count, integer))
  }

  func real(_ real: Double) {
    count += 1
    bound(sqlite3_bind_double(handle, count, real))
  }

  func text(_ text: String) {
    count += 1
    var text = text
    let index = count
    let room = arena.map { $0.count - used } ?? 0
    let place = arena?.baseAddress.map { $0 + used }
    let code = text.withUTF8 { bytes in
      if let place, let base = bytes.baseAddress, bytes.count <= room {
        place.copyMemory(from: base, byteCount: bytes.count)
        let text = place.assumingMemoryBound(to: CChar.self)
        // No destructor: the arena outlives the binding.
        return sqlite3_bind_text(handle, index, text, Int32(bytes.count), nil)
      }
      // SQLITE_TRANSIENT: SQLite copies, since the bytes are gone when this returns.
      let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      guard let base = bytes.baseAddress else { return sqlite3_bind_text(handle, index, "", 0, transient) }
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        sqlite3_bind_text(handle, index, $0, Int32(bytes.count), transient)
      }
    }
    if place != nil, text.utf8.count <= room { used += text.utf8.count }
    bound(code)
  }

  func integers(_ integers: [Int64]) { text(SQL.json(integers)) }

  func texts(_ texts: [String]) { text(SQL.json(texts)) }
}
