import Foundation
import RegistryModel
import RegistryStore
import SQLiteEngine
import Synchronization
import TestServer
import Testing

@testable import PostgreSQLEngine
@testable import RelationalStore

@Suite("Sessions on a PostgreSQL server", .serialized)
struct ServerSessionTests {
  private let server: TestServer
  private let location: String

  init() throws {
    server = try TestServer.shared.get()
    location = try ServerRegistry.shared(with: "first")
  }

  private func open(user: String = "postgres", patience: Double = 30) throws -> RelationalRegistry {
    let location = location.replacing("postgres@", with: "\(user)@")
    return try PostgreSQLRegistry.open(location: location, options: ServerOptions(patience: patience))
      .registry
  }

  private func names(_ store: any RegistryStore) throws -> [String] {
    try store.entities(EntityQuery(types: nil), .all).rows.map(\.entity.key.text).sorted()
  }

  private var schema: String { String(location.split(separator: "=")[1]) }

  @Test("one writes, others read what was committed, and who waits is told for whom")
  func waiting() throws {
    let (one, other) = (try open(), try open(patience: 2))
    try one.begin(
      .transaction(
        TransactionInfo(author: "Jane Doe", reason: nil, tool: "tests", at: "2026-01-02T00:00:00.000Z")))
    // Before anything is edited, too.
    let early = #expect(throws: StoreProblem.self) { try other.write { try $0.add("entity", "third") } }
    #expect(early?.message.contains("Jane Doe (process ") == true)
    try Edits(store: one).add("entity", "second")
    #expect(try names(other) == ["first"])
    var told: [StoreProblem] = []
    other.hooks.onWait = { told.append($0) }
    let problem = #expect(throws: StoreProblem.self) { try other.write { try $0.add("entity", "third") } }
    #expect(problem?.code == "locked")
    #expect(told.count == 1)
    #expect(told.first?.message.contains("Jane Doe (process ") == true)
    #expect(told.first?.message.contains(" since 2") == true)
    // Nobody waits on who wants no more.
    let start = ContinuousClock.now
    other.hooks.isInterrupted = { ContinuousClock.now - start > .milliseconds(300) }
    let interrupted = #expect(throws: StoreProblem.self) { try other.write { try $0.add("entity", "third") } }
    #expect(interrupted?.code == "interrupted")
    other.hooks.isInterrupted = nil
    try one.commit(reason: nil)
    try other.write { try $0.add("entity", "third") }
    #expect(try names(one) == ["first", "second", "third"])
  }

  @Test("who may not write into the server's log commits all the same, whether that is known before or not")
  func log() throws {
    let name = try role("editor")
    let before = try open(user: name)
    let function = "FUNCTION pg_catalog.pg_logical_emit_message(boolean, text, text)"
    _ = try server.sql("REVOKE EXECUTE ON \(function) FROM PUBLIC")
    defer { _ = try? server.sql("GRANT EXECUTE ON \(function) TO PUBLIC") }
    let after = try open(user: name)
    #expect((after.shared.db as? PostgreSQLEngine)?.mayLog == false)
    for (registry, key) in [(before, "second"), (after, "third"), (before, "fourth")] {
      #expect(try TestClock.now { try registry.write { try $0.add("entity", key) } } != nil)
    }
    #expect(try names(after) == ["first", "fourth", "second", "third"])
    // Their uids are made of who edited, which the server says.
    let problems = try before.check().compactMap(\.problem)
    #expect(problems == [])
    #expect(try before.transactions(limit: 1).first?.author == name)
  }

  @Test("a long question is given up by the server when nobody wants it")
  func cancelling() throws {
    let registry = try open()
    let start = ContinuousClock.now
    registry.hooks.isInterrupted = { ContinuousClock.now - start > .milliseconds(300) }
    let problem = #expect(throws: StoreProblem.self) {
      _ = try registry.sql(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000)
        SELECT count(*) FROM n a
        """, [:], limit: nil, .all)
    }
    #expect(problem?.code == "interrupted")
    registry.hooks.isInterrupted = nil
    #expect(try names(registry) == ["first"])
  }

  @Test(
    "what a date means is known in the transaction that records it, and behind a part of it that was dropped")
  func datesInside() throws {
    let registry = try open()
    let read = "SELECT starts FROM statements WHERE validity = 'from 2027'"
    try registry.begin(
      .transaction(
        TransactionInfo(author: "Jane Doe", reason: nil, tool: "tests", at: "2026-01-02T00:00:00.000Z")))
    try registry.apply(
      .claim(
        Statement(
          subject: Key(unchecked: "first"), property: Key(unchecked: "name"), value: .text("Another"),
          validity: try #require(Validity(canonicalText: "from 2027"))), nil))
    #expect(try registry.sql(read, limit: nil, .all).rows == [[.text("2027")]])
    #expect(try registry.check().compactMap(\.problem) == [])
    try registry.commit(reason: nil)
    #expect(try registry.sql(read, limit: nil, .all).rows == [[.text("2027")]])
    #expect(try open().check().compactMap(\.problem) == [])
  }

  @Test("many short questions end when nobody wants the answer, too")
  func cancellingMany() throws {
    let registry = try open()
    let whole = try registry.fingerprint()
    var asked = 0
    registry.hooks.isInterrupted = {
      asked += 1
      return asked > 3
    }
    let problem = #expect(throws: StoreProblem.self) { try registry.fingerprint() }
    #expect(problem?.code == "interrupted")
    #expect(asked < 10)
    registry.hooks.isInterrupted = nil
    #expect(try registry.fingerprint() == whole)
  }

  @Test("a connection that is lost is told, reading goes on with a new one, and an open transaction is gone")
  func losing() throws {
    let name = try role("editor")
    let registry = try open(user: name)
    #expect(try names(registry) == ["first"])
    try cut(name)
    let problem = #expect(throws: StoreProblem.self) { try names(registry) }
    #expect(problem?.message.contains("the connection to the server was lost") == true)
    #expect(try names(registry) == ["first"])
    try beginEditing(registry)
    try cut(name)
    let dropped = #expect(throws: StoreProblem.self) { try registry.commit(reason: nil) }
    #expect(dropped?.code == "transaction-lost")
    #expect(try names(registry) == ["first"])
    _ = try TestClock.now { try registry.write { try $0.add("entity", "third") } }
    #expect(try names(registry) == ["first", "third"])
  }

  @Test(
    "after a connection was lost in an open transaction, nothing is told of another moment, and it is rolled back"
  )
  func losingInside() throws {
    let name = try role("editor")
    let registry = try open(user: name)
    try beginEditing(registry)
    #expect(try names(registry) == ["first", "second"])
    try cut(name)
    #expect(throws: StoreProblem.self) { try names(registry) }
    let problem = #expect(throws: StoreProblem.self) { try names(registry) }
    #expect(problem?.code == "transaction-lost")
    // An edit of a session is a part of what is open.
    let lost = #expect(throws: StoreProblem.self) {
      try registry.atomically { () throws in try Edits(store: registry).add("entity", "third") }
    }
    #expect(lost?.code == "transaction-lost")
    #expect(registry.isInTransaction)
    try registry.rollback()
    #expect(!registry.isInTransaction)
    #expect(try names(registry) == ["first"])
    _ = try TestClock.now { try registry.write { try $0.add("entity", "third") } }
    #expect(try names(registry) == ["first", "third"])
  }

  @Test("a transaction whose connection was lost is rolled back, whoever notices first")
  func rollingBack() throws {
    let name = try role("editor")
    let registry = try open(user: name)
    try beginEditing(registry)
    try cut(name)
    try registry.rollback()
    #expect(!registry.isInTransaction)
    #expect(try names(registry) == ["first"])
  }

  @Test("what two sessions bring of one registry at once comes once")
  func unitingAtOnce() async throws {
    let other = try SQLiteRegistry.open(location: ":memory:").registry
    _ = try other.unite(with: try open(), author: "anna", arrived: "2026-06-01T00:00:00.000Z")
    for number in 0..<20 { try other.write { try $0.add("entity", "e-\(number)") } }
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = folder.url.appending(path: "other.entente").path
    let dumped = try SQLiteRegistry.open(location: path).registry
    _ = try dumped.unite(with: other, author: "anna", arrived: "2026-06-01T00:00:00.000Z")
    try dumped.close()
    let came = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let source = try SQLiteRegistry.open(location: path).registry
          return try self.open().unite(with: source, author: "ben", arrived: "2026-06-01T00:00:00.000Z").count
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(came == 20)
    #expect(try open().check().compactMap(\.problem) == [])
  }

  @Test("many sessions edit, and no edit is lost")
  func concurrency() async throws {
    let (sessions, edits) = (8, 10)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in 0..<sessions {
        group.addTask {
          let registry = try self.open()
          for edit in 0..<edits { try registry.write { try $0.add("entity", "e-\(session)-\(edit)") } }
          try registry.close()
        }
      }
      try await group.waitForAll()
    }
    let registry = try open()
    #expect(try names(registry).count == sessions * edits + 1)
    #expect(try registry.transactions(limit: 200).count == sessions * edits + 1)
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  /// Begins a transaction that adds `second`.
  private func beginEditing(_ registry: RelationalRegistry) throws {
    try TestClock.now {
      try registry.begin(
        .transaction(TransactionInfo(author: "a", reason: nil, tool: "tests", at: TestClock.reading)))
    }
    try Edits(store: registry).add("entity", "second")
  }

  /// Ends the connections of a role.
  private func cut(_ name: String) throws {
    try server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(name)'")
  }

  private func role(_ what: String) throws -> String { try server.role(what, in: schema) }

  @Test("one of the format before is brought up to date by its owner, and found in by the new rule")
  func olderFormat() throws {
    let editor = try role("editor")
    let size = Key(unchecked: "size")
    try open().write {
      try $0.add("entity", "company", "東京日本会社")
      try $0.store.apply(
        .defineProperty(
          PropertyDefinition(key: size, domain: [BuiltIn.entity], range: .number, cardinality: .one)))
      let number = Quantity(low: Decimal(string: "444261166.06") ?? 0, unit: "")
      try $0.store.apply(
        .claim(Statement(subject: Key(unchecked: "company"), property: size, value: .quantity(number)), nil))
    }
    _ = try server.sql(
      """
      UPDATE "\(schema)".moment SET format = 1; DROP FUNCTION "\(schema)".searched(text);
      UPDATE "\(schema)".found SET text = 'x';
      UPDATE "\(schema)".statement SET low = 444261166.06000006, high = 7 WHERE kind = 2
      """)
    let refused = #expect(throws: StoreProblem.self) { try open(user: editor) }
    #expect(refused?.code == "older-format")
    let registry = try open()
    while try registry.indexText() > 0 {}
    #expect(try registry.search("日本", limit: 9, .all).map(\.entity.key.text) == ["company"])
    #expect(try registry.check().compactMap(\.problem) == [])
    let read = "SELECT low, high FROM statements WHERE property = 'size'"
    #expect(
      try registry.sql(read, limit: nil, .all).rows == [[.real(444_261_166.06), .real(444_261_166.06)]])
    #expect(try server.sql("SELECT format FROM \"\(schema)\".moment").contains("\(ServerFormat.version)"))
  }

  @Test("a password in a location is refused, and told nowhere")
  func password() throws {
    for location in ["postgresql://u:secret@h/d", "postgresql://u@h/d?password=secret"] {
      let problem = #expect(throws: StoreProblem.self) { try PostgreSQLRegistry.open(location: location) }
      #expect(problem?.message.contains("secret") == false)
      #expect(problem?.message.contains(".pgpass") == true)
    }
  }
}
