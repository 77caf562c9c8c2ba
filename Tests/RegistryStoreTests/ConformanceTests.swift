import Conformance
import RelationalStore
import SQLiteEngine
import Testing

@Suite("Every backend passes the conformance suite")
struct ConformanceTests {
  /// With what a store may lack.
  static let every =
    StoreConformance.checks + StoreConformance.checksOfSQL + StoreConformance.checksOfTextSearch
    + StoreConformance.checksOfDumps + StoreConformance.checksOfBackup

  @Test("SQLite in memory", arguments: every)
  func inMemory(_ check: StoreConformance.Check) throws {
    try check.run { try SQLiteRegistry.open(location: ":memory:").registry }
  }

  @Test("SQLite in a file", arguments: every)
  func inFile(_ check: StoreConformance.Check) throws {
    let folder = try TemporaryFolder()
    var count = 0
    try check.run {
      count += 1
      return try SQLiteRegistry.open(location: folder.path("registry-\(count).entente")).registry
    }
  }

  @Test("A store that has nothing but what every store must have", arguments: StoreConformance.checks)
  func plain(_ check: StoreConformance.Check) throws {
    try check.run { PlainStore(try SQLiteRegistry.open(location: ":memory:").registry) }
  }
}
