internal import CSQLite
internal import RegistryModel

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

extension Validity {
  /// Between the first day of one date and the last of another.
  private static func between(_ first: PartialDate, _ last: PartialDate) -> PartialDate? {
    let (earliest, latest) = (first.earliest, last.latest)
    guard earliest <= latest else { return nil }
    // As the two are written, where an interval can be of them.
    return (try? PartialDate(edtf: "\(first.edtf)/\(last.edtf)")) ?? .covering(earliest...latest)
  }

  /// When it begins, as it is said.
  fileprivate var start: PartialDate? {
    switch extent {
    case .period(.from(let date)?, _), .ongoing(let date, _): date
    case .within(let first, let last): Validity.between(first, last)
    default: nil
    }
  }

  /// When it ends: what holds through a month ends on its last day.
  fileprivate var end: PartialDate? {
    switch extent {
    case .period(_, .until(let date)?): date
    case .period(_, .through(let date)?): date.latest == .distantFuture ? nil : PartialDate(day: date.latest)
    case .within(let first, let last): Validity.between(first, last)
    default: nil
    }
  }

  /// When it was seen going on.
  fileprivate var seen: PartialDate? {
    switch extent {
    case .seen(let date), .ongoing(_, let date): date
    default: nil
    }
  }
}
