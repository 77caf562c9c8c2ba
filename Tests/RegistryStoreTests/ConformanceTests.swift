import Conformance
import RegistryStoreSQLite
import Testing

@Suite("Every backend passes the conformance suite")
struct ConformanceTests {
  @Test("SQLite in memory", arguments: StoreConformance.checks + StoreConformance.checksOfSQL)
  func inMemory(_ check: StoreConformance.Check) throws {
    try check.run { try SQLiteRegistry.open(location: ":memory:").registry }
  }

  @Test("SQLite in a file", arguments: StoreConformance.checks + StoreConformance.checksOfSQL)
  func inFile(_ check: StoreConformance.Check) throws {
    let folder = try TemporaryFolder()
    try check.run { try SQLiteRegistry.open(location: folder.path("registry.entente")).registry }
  }
}
