package import RegistryStore
package import RelationalStore

/// What is asked of SQLite's own tables, and of its settings.
extension SQLiteEngine {
  package func dataVersion() throws(StoreProblem) -> Int64 {
    try integer("PRAGMA main.data_version") ?? 0
  }

  package func temporary(_ kind: SQLKind, among names: [String]) throws(StoreProblem) -> Set<String> {
    let row = try rows(
      "SELECT name FROM temp.sqlite_schema WHERE type = ? AND name IN (SELECT value FROM json_each(?))",
      [.text(kind.rawValue), .list(names)])
    var found: Set<String> = []
    while try row.next() { found.insert(row.text(0)) }
    return found
  }

  package func indexes(
    among names: [String]
  ) throws(StoreProblem) -> [(name: String, creation: String)] {
    let row = try rows(
      """
      SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND name IN (SELECT value FROM json_each(?))
      """, [.list(names)])
    var found: [(name: String, creation: String)] = []
    while try row.next() { found.append((row.text(0), row.text(1))) }
    return found
  }

  package func tell(_ hints: [IndexHint], of scope: Scope) throws(StoreProblem) {
    let values = hints.map { "('\($0.table)', '\($0.index)', '\($0.counts)')" }.joined(separator: ", ")
    // The first makes the table, the last has it read.
    try runScript(
      """
      ANALYZE \(scope).identity_now;
      DELETE FROM \(scope).sqlite_stat1;
      INSERT INTO \(scope).sqlite_stat1(tbl, idx, stat) VALUES \(values);
      ANALYZE \(scope).sqlite_schema;
      """)
  }

  /// In kilobytes, taken when they are needed.
  static let usualCache = 16_000
  private static let wideCache = 64_000

  package func keepPages(_ pages: SQLPages) throws(StoreProblem) {
    let size =
      switch pages {
      case .usual: Self.usualCache
      case .many: Self.wideCache
      }
    try run("PRAGMA main.cache_size = -\(size)", [])
  }

  package func checkIntegrity() throws(StoreProblem) -> (problem: String?, examined: Int) {
    let row = try rows("PRAGMA main.integrity_check(5)", [])
    var problems: [String] = []
    while try row.next() { problems.append(row.text(0)) }
    return (problems == ["ok"] ? nil : problems.joined(separator: "; "), Int(try pages()))
  }

  package func checkReferences() throws(StoreProblem) -> String? {
    let row = try rows("PRAGMA main.foreign_key_check", [])
    guard try row.next() else { return nil }
    return "a row of \(row.text(0)) refers to a row of \(row.text(2)) that is not there"
  }

  package func mostRows() throws(StoreProblem) -> Int64 { try pages() * 100 }

  private func pages() throws(StoreProblem) -> Int64 { try integer("PRAGMA main.page_count") ?? 0 }
}
