internal import CSQLite
internal import RelationalStore

/// `nearest(mantissa, scale)` in SQL: the number of floating point that is kept beside a mantissa with so many decimal
/// places. As those of ``NameFunctions``, no table or index is made of it.
enum NumberFunctions {
  static func add(to handle: OpaquePointer) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(
      handle, "nearest", 2, flags, nil,
      { context, _, arguments in
        guard let mantissa = arguments?[0], let scale = arguments?[1],
          sqlite3_value_type(mantissa) == SQLITE_INTEGER, sqlite3_value_type(scale) == SQLITE_INTEGER
        else { return sqlite3_result_null(context) }
        sqlite3_result_double(
          context, Mantissas.real(sqlite3_value_int64(mantissa), scale: sqlite3_value_int64(scale)))
      }, nil, nil, nil)
  }
}
