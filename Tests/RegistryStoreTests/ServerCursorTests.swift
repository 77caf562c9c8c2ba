import RegistryModel
import RegistryStore
import TestServer
import Testing

@testable import PostgreSQLEngine
@testable import RelationalStore

/// What was read on a server can be dropped: nothing is left open behind a reader.
@Suite("Cursors on a PostgreSQL server", .serialized)
struct ServerCursorTests {
  private let location: String

  init() throws { location = try ServerRegistry.shared(with: "first") }

  private func open() throws -> RelationalRegistry {
    try PostgreSQLRegistry.open(location: location).registry
  }

  private func engine() throws -> any SQLEngine { try open().shared.db }

  private func make(_ table: String, _ count: Int, in db: any SQLEngine) throws {
    try db.runScript(
      "CREATE TEMP TABLE \(table)(id INTEGER PRIMARY KEY); CREATE INDEX temp.\(table)_i ON \(table)(id);")
    try db.run(
      "INSERT INTO temp.\(table) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count)) SELECT i FROM n",
      [])
  }

  @Test(
    "a table whose rows were read is dropped, with its index, wherever the reader stopped",
    arguments: [1, 499, 500, 501, 1_700], [0, 1, 600, 2_000])
  func dropped(count: Int, read: Int) throws {
    let db = try engine()
    for beginning in [SQLBeginning.reading, .writing] {
      try db.begin(beginning)
      try make("kept", count, in: db)
      do {
        let rows = try db.stream("SELECT id FROM temp.kept", [])
        var found = 0
        while found < read, try rows.next() { found += 1 }
        #expect(found == min(read, count))
      }
      try db.runScript("DROP INDEX temp.kept_i; DROP TABLE temp.kept;")
      try db.rollback()
    }
  }

  @Test("a reader of a part of a transaction ends with it, and what is around goes on")
  func parts() throws {
    let db = try engine()
    try db.begin(.writing)
    try make("outer", 1_000, in: db)
    var around: (any SQLCursor)? = try db.stream("SELECT id FROM temp.outer", [])
    #expect(try around?.next() == true)
    try db.run("SAVEPOINT part", [])
    try make("inner", 1_000, in: db)
    var within: (any SQLCursor)? = try db.stream("SELECT id FROM temp.inner", [])
    #expect(try within?.next() == true)
    #expect(throws: StoreProblem.self) { try db.run("INSERT INTO temp.inner(id) VALUES (1)", []) }
    around = nil
    try db.run("ROLLBACK TO part", [])
    within = nil
    try db.run("RELEASE part", [])
    try db.runScript("DROP TABLE temp.outer;")
    try db.run("SAVEPOINT part", [])
    try make("inner", 1_000, in: db)
    within = try db.stream("SELECT id FROM temp.inner", [])
    #expect(try within?.next() == true)
    try db.run("RELEASE part", [])
    within = nil
    try db.runScript("DROP TABLE temp.inner;")
    try db.commit(nil)
    #expect(try open().check().compactMap(\.problem) == [])
  }

  @Test("sources of one time and of another are read one after the other, in a transaction too")
  func times() throws {
    let registry = try open()
    let source = Key(unchecked: "a")
    try registry.write {
      try $0.add("source", "a")
      try $0.store.apply(.setSource(source, SourceData(title: "A")))
    }
    let last = try #require(try registry.transactions(limit: 1).first?.id)
    let citations = RelationDeclaration.citations
    func read(_ times: Times) throws {
      let rows = try registry.rows(
        RelationQuery(citations, [citations["source"]], counting: citations["statement"]), times)
      #expect(try !rows.next())
      _ = try registry.entities(EntityQuery(types: nil), times)
    }
    let (recorded, published) = (
      Times(recorded: .transaction(last)), Times(published: try PartialDate(edtf: "2026-01-15"))
    )
    let both = Times(published: published.published, recorded: recorded.recorded)
    for _ in 0..<2 {
      for times in [recorded, both, published, .all, both] { try read(times) }
      if registry.state.transaction == nil {
        try registry.begin(
          .transaction(
            TransactionInfo(author: "Jane Doe", reason: nil, tool: "tests", at: "2026-03-02T00:00:00.000Z")))
      }
    }
    try registry.rollback(.transaction)
  }
}
