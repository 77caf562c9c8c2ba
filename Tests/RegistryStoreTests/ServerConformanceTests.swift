import Conformance
import Foundation
import PostgreSQLEngine
import RegistryModel
import RegistryStore
import SQLiteEngine
import Synchronization
import TestServer
import Testing

@testable import RelationalStore

/// Registries on the tests' own server.
enum ServerRegistry {
  private static let count = Mutex(0)

  /// A new, empty registry in a schema of its own.
  static func make(_ server: TestServer? = nil) throws -> RelationalRegistry {
    let options = ServerOptions(createIfMissing: true)
    return try PostgreSQLRegistry.open(location: try location(server), options: options).registry
  }

  /// The location of one that several open, which has a type and maybe something of it.
  static func shared(with key: String? = nil) throws -> String {
    let location = try location()
    let options = ServerOptions(createIfMissing: true)
    try PostgreSQLRegistry.open(location: location, options: options).registry.write { edits in
      try edits.store.apply(
        .defineType(TypeDefinition(key: Key(unchecked: "entity"), parent: nil, plural: "entities")))
      if let key { try edits.add("entity", key, "The \(key)") }
    }
    return location
  }

  static func location(_ server: TestServer? = nil) throws -> String {
    let server = try server ?? TestServer.shared.get()
    let number = count.withLock { count in
      count += 1
      return count
    }
    return server.location("r\(number)")
  }
}

@Suite("A registry on a PostgreSQL server", .serialized)
struct ServerConformanceTests {
  /// All but the backup, which a server has its own means for.
  static let every =
    StoreConformance.checks + StoreConformance.checksOfSQL + StoreConformance.checksOfTextSearch
    + StoreConformance.checksOfDumps

  @Test("passes the conformance suite", arguments: every)
  func conforms(_ check: StoreConformance.Check) throws { try check.run { try ServerRegistry.make() } }

  @Test("has the tables and columns of a file, but for those of SQLite's own")
  func tables() throws {
    let registry = try ServerRegistry.make()
    let found = try columns(of: registry.shared.db, "temp")
    let file = try SQLiteRegistry.open(location: ":memory:").registry
    var expected: Set<String> = []
    let names = try file.shared.db.rows(
      "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'found%'"
    )
    while try names.next() {
      let columns = try file.shared.db.rows("PRAGMA table_info(\(names.text(0)))")
      while try columns.next() { expected.insert("\(names.text(0)).\(columns.text(1))") }
    }
    #expect(expected.subtracting(found).sorted() == [])
  }

  @Test("unites with a file either way, and is then the same", arguments: 71...76)
  func unites(seed: Int) throws {
    let (server, file) = (try ServerRegistry.make(), try SQLiteRegistry.open(location: ":memory:").registry)
    var (edits, others) = (RandomEdits(seed: seed), RandomEdits(seed: seed + 10))
    try server.write { try RandomEdits.prepare($0) }
    #expect(try file.unite(with: server, author: "tester", arrived: "2026-01-31T12:30:00.250Z").count == 1)
    for _ in 0..<8 {
      try edits.step(server)
      try others.step(file)
    }
    #expect(try server.check().compactMap(\.problem) == [], "before")
    _ = try file.unite(with: server, author: "tester", arrived: "2026-02-01T12:30:00.250Z")
    _ = try server.unite(with: file, author: "tester", arrived: "2026-02-01T12:30:00.250Z")
    #expect(try file.fingerprint() == server.fingerprint())
    func judged(_ registry: RelationalRegistry) throws -> Set<[RecordedContent?]> {
      Set(try registry.rivalJudgements().map { [$0.counting?.content] + $0.passedOver.map(\.content) })
    }
    #expect(try judged(file) == judged(server))
    let problems = try server.check().filter { $0.problem != nil }.map(\.test)
    #expect(problems == [])
    #expect(try file.check().compactMap(\.problem) == [])
  }

  private func columns(of db: any SQLEngine, _ schema: String) throws -> Set<String> {
    let engine = try #require(db as? PostgreSQLEngine)
    return Set(engine.columns)
  }
}
