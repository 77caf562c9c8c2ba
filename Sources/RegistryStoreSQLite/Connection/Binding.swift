internal import CSQLite
internal import RegistryModel

/// The parameters of a prepared statement, bound one after another: a row of an import has dozens, which an array of
/// values would carry through memory of their own.
struct Binding {
  private let handle: OpaquePointer
  /// Where texts lie until the statement has run; nothing where SQLite is to copy them.
  private let arena: UnsafeMutableRawBufferPointer?
  private var used = 0
  private var count: Int32 = 0
  /// The first result that was not well.
  private(set) var code = SQLITE_OK

  init(_ handle: OpaquePointer, arena: UnsafeMutableRawBufferPointer? = nil) {
    self.handle = handle
    self.arena = arena
  }

  private mutating func bound(_ code: Int32) { if self.code == SQLITE_OK { self.code = code } }

  mutating func null() {
    count += 1
    bound(sqlite3_bind_null(handle, count))
  }

  mutating func integer(_ integer: Int64) {
    count += 1
    bound(sqlite3_bind_int64(handle, count, integer))
  }

  mutating func real(_ real: Double) {
    count += 1
    bound(sqlite3_bind_double(handle, count, real))
  }

  mutating func text(_ text: String) {
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

  mutating func text(_ text: String?) { if let text { self.text(text) } else { null() } }
  mutating func integer(_ integer: Int64?) { if let integer { self.integer(integer) } else { null() } }
  /// A day, NULL where it is `open`.
  mutating func day(_ day: Day, open: Day) { if day == open { null() } else { integer(day.number) } }
  mutating func flag(_ flag: Bool) { integer(flag ? 1 : 0) }

  mutating func value(_ value: SQL) {
    switch value {
    case .null: null()
    case .integer(let number): integer(number)
    case .real(let number): real(number)
    case .text(let words): text(words)
    }
  }
}
