internal import CSQLite
internal import RegistryModel

/// The functions that this program adds to SQL: `folded(text)`, `searched(text)` and `alphabetical(text)`, the rules by
/// which names are compared (``foldedName(_:)``), texts searched (``searchedText(_:)``), and names sorted (``alphabeticalKey(_:)``). No table or index is made of them, so that any
/// SQLite can read a registry.
enum NameFunctions {
  static func add(to handle: OpaquePointer) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(
      handle, "folded", 1, flags, nil,
      { context, _, arguments in
        NameFunctions.answer(context, arguments) { bytes in
          withFoldedName(bytes) { NameFunctions.answer(context, $0) }
        }
      }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "searched", 1, flags, nil,
      { context, _, arguments in
        NameFunctions.answer(context, arguments) { bytes in
          // What is all of one byte is folded where it lies.
          guard bytes.contains(where: { $0 >= 0x80 }) else {
            return withFoldedName(bytes) { NameFunctions.answer(context, $0) }
          }
          var text = searchedText(String(decoding: bytes, as: UTF8.self))
          text.withUTF8 { NameFunctions.answer(context, $0) }
        }
      }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "alphabetical", 1, flags, nil,
      { context, _, arguments in
        NameFunctions.answer(context, arguments) { bytes in
          var key = alphabeticalKey(String(decoding: bytes, as: UTF8.self))
          key.withUTF8 { NameFunctions.answer(context, $0) }
        }
      }, nil, nil, nil)
  }

  /// Reads the argument; of nothing, nothing is made.
  private static func answer(
    _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard let argument = arguments?[0], let text = sqlite3_value_text(argument) else {
      return sqlite3_result_null(context)
    }
    body(UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(argument))))
  }

  private static func answer(_ context: OpaquePointer?, _ text: UnsafeBufferPointer<UInt8>) {
    // An empty text has no address.
    guard let start = text.baseAddress else { return sqlite3_result_text(context, "", 0, nil) }
    start.withMemoryRebound(to: CChar.self, capacity: text.count) {
      // SQLite copies it.
      sqlite3_result_text(context, $0, Int32(text.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
  }
}
