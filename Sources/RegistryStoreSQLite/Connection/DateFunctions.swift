internal import GRDBSQLite
internal import RegistryModel

/// `first_day(text)` and `last_day(text)` in SQL: the days that a date in EDTF can mean, as numbers; nothing for what is no
/// date. As those of ``NameFunctions``, no table or index is made of them.
enum DateFunctions {
  static func add(to handle: OpaquePointer) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(
      handle, "first_day", 1, flags, nil,
      { context, _, arguments in DateFunctions.answer(context, arguments?[0], \.earliest) }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "last_day", 1, flags, nil,
      { context, _, arguments in DateFunctions.answer(context, arguments?[0], \.latest) }, nil, nil, nil)
  }

  private static func answer(
    _ context: OpaquePointer?, _ argument: OpaquePointer?, _ day: KeyPath<PartialDate, Day>
  ) {
    guard let argument, let text = sqlite3_value_text(argument),
      let date = try? PartialDate(edtf: String(cString: text))
    else { return sqlite3_result_null(context) }
    sqlite3_result_int64(context, date[keyPath: day].number)
  }
}
