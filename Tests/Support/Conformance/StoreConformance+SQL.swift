import RegistryModel
import RegistryStore

/// The user's own SQL, which a store may lack.
extension StoreConformance {
  /// What a store must do that answers SQL (``SQLReading``).
  public static let checksOfSQL: [Check] = [
    Check("SQL reads the documented views and nothing else happens") { store in
      let reader = try store.sqlReading
      let scene = StoreScene(store)
      try scene.transaction { try scene.add("thing", "a", "Alpha") }
      for view in RelationDeclaration.all {
        let result = try reader.sql("SELECT * FROM \(view.name)", limit: 5, .all)
        try expect(result.columns, is: view.columns.map(\.name), "columns of \(view.name)")
      }
      let result = try reader.sql(
        "SELECT key, 1 AS one FROM entities UNION ALL SELECT 'x', 2; ", limit: 1, .all)
      try expect(result.rows, is: [[.text("a"), .integer(1)]], "rows")
      try expect(result.isTruncated, is: true, "truncated")
      for query in [
        "DELETE FROM statement", "PRAGMA user_version = 3", "ATTACH ':memory:' AS x", "SELECT 1; SELECT 2",
        "",
        "WITH x AS (SELECT 1) DELETE FROM entity",
      ] {
        try expect(query, throws: { $0 == .sqlNotReadOnly }) { _ = try reader.sql(query, limit: nil, .all) }
      }
      let bound = "SELECT key FROM entities WHERE key = $key"
      try expect(
        try reader.sql(bound, ["key": "a"], limit: nil, .all).rows, is: [[.text("a")]], "a parameter")
      try expect(
        try reader.sql("SELECT $n + 1, $t", ["n": "2", "t": "2'; --"], limit: nil, .all).rows,
        is: [[.integer(3), .text("2'; --")]], "a number and a text")
      for query in [bound, "SELECT ?1", "SELECT :key", "SELECT @key", "SELECT ?"] {
        try expect(query, throws: { $0.code == "missing-parameter" }) {
          _ = try reader.sql(query, ["other": "x"], limit: nil, .all)
        }
      }
      try expect("nonsense", throws: { $0.code == "sql-failed" }) {
        _ = try reader.sql("SELECT nothing FROM nowhere", limit: nil, .all)
      }
      try scene.transaction { try scene.add("thing", "b") }
      try expect(try scene.find(nil).keys, is: ["a", "b"], "writing afterwards")
    },
    Check("SQL reads past times and uncommitted edits too") { store in
      let reader = try store.sqlReading
      let scene = StoreScene(store)
      let first = try scene.transaction { try scene.add("thing", "a") }
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try scene.add("thing", "b")
      let count = "SELECT count(*) FROM entities"
      try expect(try reader.sql(count, limit: nil, .all).rows, is: [[.integer(2)]], "now")
      try expect(try reader.sql(count, limit: nil, .recorded(first)).rows, is: [[.integer(1)]], "then")
      try expect(try reader.sql(count, limit: nil, .all).rows, is: [[.integer(2)]], "now again")
      try store.rollback()
      try expect(try reader.sql(count, limit: nil, .all).rows, is: [[.integer(1)]], "rolled back")
    },
  ]
}
