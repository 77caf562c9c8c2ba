internal import CSQLite
package import RegistryStore
package import RelationalStore

extension SQLiteEngine {
  package func inspect(_ sql: String) throws(StoreProblem) -> InspectedQuery {
    var prepared: OpaquePointer?
    var rest = ""
    let code = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(handle, text, -1, &prepared, &tail)
      rest = tail.map { String(cString: $0) } ?? ""
      return code
    }
    guard code == SQLITE_OK else { throw .sqlFailed(words) }
    guard let prepared else {
      return InspectedQuery(isReadOnly: true, isEmpty: true, parameters: [], rest: rest)
    }
    defer { sqlite3_finalize(prepared) }
    let parameters = (0..<sqlite3_bind_parameter_count(prepared)).map { index in
      sqlite3_bind_parameter_name(prepared, index + 1).map { String(cString: $0) } ?? "?"
    }
    return InspectedQuery(
      isReadOnly: sqlite3_stmt_readonly(prepared) != 0, isEmpty: false, parameters: parameters, rest: rest)
  }

  package func readsAgainAndAgain(_ sql: String) throws(StoreProblem) -> Bool {
    let row = try rows("EXPLAIN QUERY PLAN " + sql, [])
    var lines: [QueryPlan.Line] = []
    while try row.next() {
      lines.append(QueryPlan.Line(id: row.integer(0), parent: row.integer(1), text: row.text(3)))
    }
    return QueryPlan(lines: lines).readsAgainAndAgain
  }

  package func onlyReading<Result>(
    _ body: () throws(StoreProblem) -> Result
  ) throws(StoreProblem) -> Result {
    try run("PRAGMA query_only = ON", [])
    defer { _ = try? run("PRAGMA query_only = OFF", []) }
    return try body()
  }
}
