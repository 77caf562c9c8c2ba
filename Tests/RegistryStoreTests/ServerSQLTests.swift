import Foundation
import RegistryModel
import RegistryStore
import TestServer
import Testing

@testable import PostgreSQLEngine
@testable import RelationalStore

/// The user's own SQL on a server: the documented views, reading, for a while, and no more.
@Suite("SQL of one's own on a PostgreSQL server", .serialized)
struct ServerSQLTests {
  private let server: TestServer
  private let location: String

  init() throws {
    server = try TestServer.shared.get()
    location = try ServerRegistry.shared(with: "first")
  }

  private func open(as role: String) throws -> RelationalRegistry {
    guard role != "owner" else { return try PostgreSQLRegistry.open(location: location).registry }
    let schema = String(location.split(separator: "=")[1])
    let name = "\(role)_\(schema)"
    try server.sql("CREATE ROLE \(name) LOGIN; SELECT \"\(schema)\".allow('\(name)', '\(role)')")
    let location = location.replacing("postgres@", with: "\(name)@")
    return try PostgreSQLRegistry.open(location: location).registry
  }

  private static let refused = [
    "SELECT * FROM statement", "SELECT * FROM main.tx", "SELECT * FROM temp.held_fact",
    "SELECT * FROM letter",
    "SELECT * FROM main.entities", "SELECT rolpassword FROM pg_authid", "SELECT * FROM pg_catalog.pg_authid",
    "SELECT * FROM \"pg_shadow\"", "SELECT * FROM information_schema.tables",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_sleep(100)", "SELECT pg_catalog.pg_sleep(100)", "SELECT pg_terminate_backend(1)",
    "SELECT lo_import('/etc/passwd')", "SELECT set_config('role', 'postgres', false)",
    "SELECT dblink('', '')", "SELECT query_to_xml('DELETE FROM tx', true, true, '')",
    "SELECT key FROM entities WHERE key IN (SELECT digest FROM statement)",
    "WITH x AS (SELECT * FROM statement) SELECT * FROM x",
    "SELECT * FROM entities e WHERE EXISTS(SELECT 1 FROM tx)", "SELECT * FROM json_each(pg_ls_dir('/'))",
  ]

  @Test(
    "names the documented views alone, and only the functions that a file knows",
    arguments: ["reader", "editor", "owner"])
  func views(role: String) throws {
    let registry = try open(as: role)
    #expect(try registry.sql("SELECT key FROM entities", limit: nil, .all).rows == [[.text("first")]])
    #expect(
      try registry.sql("WITH x AS (SELECT name FROM entities) SELECT * FROM x", limit: nil, .all).rows
        == [[.text("The first")]])
    for query in Self.refused {
      let problem = #expect(throws: StoreProblem.self, "\(query)") {
        _ = try registry.sql(query, limit: nil, .all)
      }
      #expect(problem?.code == "sql-failed", "\(query)")
      #expect(problem?.message.contains("SQLite") == false)
    }
    for query in ["DELETE FROM entities", "COPY entities TO '/tmp/x'", "DO 'x'", "SET role postgres"] {
      let problem = #expect(throws: StoreProblem.self, "\(query)") {
        _ = try registry.sql(query, limit: nil, .all)
      }
      #expect(problem?.code == "sql-not-read-only", "\(query)")
    }
    #expect(try registry.sql("SELECT count(*) FROM entities", limit: nil, .all).rows == [[.integer(1)]])
  }

  @Test(
    "a number is not compared with a text, which a file does by rules of its own",
    arguments: [
      "low > '50'", "'50' < low", "low IN ('3')", "'3' IN (1, 2)", "'10' < 9", "low IS '3'",
      "low BETWEEN '1' AND '3'",
      "(subject, low) = ('x', '3')", "low IN (SELECT subject FROM figures)",
      "CASE low WHEN '3' THEN 1 ELSE 0 END",
      "substr(subject, 1, 4) > 2025", "subject = 3",
    ])
  func kinds(condition: String) throws {
    let registry = try open(as: "owner")
    let problem = #expect(throws: StoreProblem.self) {
      _ = try registry.sql("SELECT count(*) FROM figures WHERE \(condition)", limit: nil, .all)
    }
    #expect(problem?.message.contains("a server does not compare a number with a text") == true)
  }

  @Test(
    "numbers are compared with numbers, texts with texts, and parameters with either",
    arguments: [
      "low > 50", "subject > '50'", "CAST(subject AS REAL) < 50", "low IS NULL", "subject = $n", "low > $n",
      "low = NULL",
      "$n IN (SELECT subject FROM figures)", "low IN (1, 2.5, NULL)",
    ])
  func kindsAlike(condition: String) throws {
    let registry = try open(as: "owner")
    let result = try registry.sql(
      "SELECT count(*) FROM figures WHERE \(condition)", ["n": "3"], limit: nil, .all)
    #expect(result.rows == [[.integer(0)]])
  }

  private static let endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT "

  @Test(
    "is given up after its time, whether nothing comes of it or ever more",
    arguments: ["count(*) FROM n", "i FROM n"])
  func limit(rest: String) throws {
    let registry = try open(as: "owner")
    let engine = try #require(registry.shared.db as? PostgreSQLEngine)
    engine.foreignSeconds = 1
    let start = ContinuousClock.now
    let problem = #expect(throws: StoreProblem.self) {
      _ = try registry.sql(Self.endless + rest, limit: nil, .all)
    }
    #expect(problem == .sqlTooLong(seconds: 1))
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(try registry.sql("SELECT count(*) FROM entities", limit: nil, .all).rows == [[.integer(1)]])
  }

  @Test("is handed over some rows at a time: the first of very many are there at once")
  func first() throws {
    let registry = try open(as: "owner")
    let result = try registry.sql(Self.endless + "i FROM n", limit: 1_200, .all)
    #expect(result.isTruncated)
    #expect(result.rows.count == 1_200)
    #expect(result.rows.last == [.integer(1_200)])
    let all = try registry.sql(
      Self.endless.replacing("2000000000", with: "1000") + "i FROM n", limit: nil, .all)
    #expect(all.rows.count == 1_000)
  }

  @Test(
    "Ctrl-C in an open transaction ends the question and not the transaction, and so does what goes wrong")
  func interrupting() throws {
    let registry = try open(as: "owner")
    try registry.begin(
      .transaction(TransactionInfo(author: "a", reason: nil, tool: "tests", at: "2026-01-02T00:00:00.000Z")))
    try Edits(store: registry).add("entity", "second")
    let start = ContinuousClock.now
    registry.hooks.isInterrupted = { ContinuousClock.now - start > .milliseconds(300) }
    let problem = #expect(throws: StoreProblem.self) {
      try registry.atOneMoment { () throws(StoreProblem) in
        _ = try registry.sql(Self.endless + "count(*) FROM n", limit: nil, .all)
      }
    }
    #expect(problem == .interrupted)
    // A question of the store itself, which is given up on its way.
    let asked = #expect(throws: StoreProblem.self) {
      try registry.atOneMoment { () throws(StoreProblem) in
        _ = try registry.shared.db.integer(Self.endless + "count(*) FROM n")
      }
    }
    #expect(asked == .interrupted)
    registry.hooks.isInterrupted = nil
    _ = try? registry.sql("SELECT 1 / 0 + 'x' FROM nowhere", limit: nil, .all)
    try registry.atomically { () throws in try Edits(store: registry).add("entity", "third") }
    try registry.commit(reason: nil)
    let found = try registry.entities(EntityQuery(types: nil), .all).rows.map(\.entity.key.text).sorted()
    #expect(found == ["first", "second", "third"])
    #expect(try registry.check().compactMap(\.problem) == [])
  }
}
