internal import CSQLite
internal import RegistryStore

/// `readings_of(subject, property)` in SQL: what the relation `readings` is made of, for the row of an entity and a property.
/// It asks the registry that it was added for, on the same connection.
enum ReadingFunction {
  typealias Body = (Int64, String) throws(StoreProblem) -> String

  private final class Holder {
    let body: Body
    init(_ body: @escaping Body) { self.body = body }
  }

  static func add(to handle: OpaquePointer, _ body: @escaping Body) {
    sqlite3_create_function_v2(
      handle, "readings_of", 2, SQLITE_UTF8, Unmanaged.passRetained(Holder(body)).toOpaque(),
      { context, _, arguments in
        guard let context, let arguments, let holder = sqlite3_user_data(context),
          let property = sqlite3_value_text(arguments[1])
        else { return sqlite3_result_null(context) }
        let holding = Unmanaged<Holder>.fromOpaque(holder).takeUnretainedValue()
        do throws(StoreProblem) {
          let json = try holding.body(sqlite3_value_int64(arguments[0]), String(cString: property))
          // SQLite copies it.
          sqlite3_result_text(context, json, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        } catch {
          sqlite3_result_error(context, "\(error)", -1)
        }
      }, nil, nil, { $0.map { Unmanaged<Holder>.fromOpaque($0).release() } })
  }
}
