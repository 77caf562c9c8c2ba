internal import CSQLite
internal import RegistryModel
internal import RelationalStore

/// `first_day(text)` and `last_day(text)` in SQL: the days that a date in EDTF can mean, as numbers; nothing for what is no
/// date. `period_start(text)`, `period_end(text)` and `period_seen(text)`: the dates of a period in the language's words,
/// in EDTF. As those of ``NameFunctions``, no table or index is made of them.
enum DateFunctions {
  static func add(to handle: OpaquePointer) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(
      handle, "first_day", 1, flags, nil,
      { context, _, arguments in DateFunctions.answer(context, arguments?[0], \.earliest) }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "last_day", 1, flags, nil,
      { context, _, arguments in DateFunctions.answer(context, arguments?[0], \.latest) }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "period_start", 1, flags, nil,
      { context, _, arguments in DateFunctions.answer(context, arguments?[0]) { $0.start } }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "period_end", 1, flags, nil,
      { context, _, arguments in DateFunctions.answer(context, arguments?[0]) { $0.end } }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "period_seen", 1, flags, nil,
      { context, _, arguments in DateFunctions.answer(context, arguments?[0]) { $0.seen } }, nil, nil, nil)
  }

  private static func answer(
    _ context: OpaquePointer?, _ argument: OpaquePointer?, _ day: KeyPath<PartialDate, Day>
  ) {
    guard let argument, let text = sqlite3_value_text(argument),
      let date = try? PartialDate(edtf: String(cString: text))
    else { return sqlite3_result_null(context) }
    sqlite3_result_int64(context, date[keyPath: day].number)
  }

  private static func answer(
    _ context: OpaquePointer?, _ argument: OpaquePointer?, _ part: (Validity) -> PartialDate?
  ) {
    // Most periods are not stated.
    guard let argument, let text = sqlite3_value_text(argument), text[0] != 0,
      let date = Validity(canonicalText: String(cString: text)).flatMap(part)
    else { return sqlite3_result_null(context) }
    let bytes = Array(date.edtf.utf8.map(CChar.init(bitPattern:)))
    // SQLite copies what is transient.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    sqlite3_result_text(context, bytes, Int32(bytes.count), transient)
  }
}
