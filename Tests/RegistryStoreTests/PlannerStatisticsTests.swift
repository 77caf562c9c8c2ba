import RegistryModel
import RegistryStore
import TestServer
import Testing

@testable import PostgreSQLEngine
@testable import RelationalStore

/// What a server's planner knows grows with a registry.
@Suite("What a server's planner knows")
struct PlannerStatisticsTests {
  @Test("is told in the middle of an import, and again when there is much more")
  func growing() throws {
    let location = try TestServer.shared.get().location("planner_statistics")
    let registry = try PostgreSQLRegistry.open(
      location: location, options: ServerOptions(createIfMissing: true)
    ).registry
    let engine = try #require(registry.shared.db as? PostgreSQLEngine)
    func known() throws -> Int64? {
      try engine.ask([
        .plain(
          "SELECT reltuples::bigint FROM pg_catalog.pg_class WHERE oid = 'planner_statistics.statement'::regclass"
        )
      ]).integer(0, 0)
    }
    _ = try registry.write { edits in
      try edits.store.apply(
        .defineType(TypeDefinition(key: Key(unchecked: "thing"), parent: BuiltIn.entity, plural: "things")))
      for number in 0..<900 { try edits.add("thing", "t-\(number)") }
      #expect(try known() ?? 0 < 900)
      for number in 900..<4_500 { try edits.add("thing", "t-\(number)") }
      #expect(try known() ?? 0 > 3_900)
    }
    #expect(engine.statistics.due ?? 0 > 15_900)
    // Who opens it goes on from what is known.
    let other = try PostgreSQLRegistry.open(location: location).registry
    let due = try #require((other.shared.db as? PostgreSQLEngine)?.statistics.due)
    #expect(due > 15_900 && due < 20_000)
  }
}
