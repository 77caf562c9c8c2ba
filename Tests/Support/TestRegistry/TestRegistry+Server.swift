import Foundation
import PostgreSQLEngine
import RegistryStore
import RelationalStore
import SQLiteEngine
import Synchronization
import TestServer

/// The same registries on the tests' own server.
extension TestRegistry {
  /// Whether registries are made on a server in place of memory: in what `$isOnServer.withValue(true)` runs, and everywhere
  /// with `ENTENTE_TEST_STORE=server`.
  @TaskLocal public static var isOnServer =
    ProcessInfo.processInfo.environment["ENTENTE_TEST_STORE"] == "server"

  private static let count = Mutex(0)

  private static func freshName(_ prefix: String) -> String {
    count.withLock { count in
      count += 1
      return "\(prefix)\(count)"
    }
  }

  static func onServer(create: Bool = true, _ location: String? = nil) throws -> RelationalRegistry {
    let location = try location ?? TestServer.shared.get().location(freshName("test_"))
    return try PostgreSQLRegistry.open(location: location, options: ServerOptions(createIfMissing: create))
      .registry
  }

  /// A registry on the server with what the Seed fills, copied from a database that has it.
  static func seededOnServer() throws -> RelationalRegistry {
    let template = try seedDatabase.get()
    let server = try TestServer.shared.get()
    let name = freshName("seeded_")
    // Only one at a time may be copied.
    try copying.withLock { _ in _ = try server.sql("CREATE DATABASE \(name) TEMPLATE \(template)") }
    return try onServer(create: false, server.location("entente", database: name))
  }

  private static let copying = Mutex(())

  /// A database with the Seed, moved there from the file that has it.
  private static let seedDatabase: Result<String, any Error> = Result {
    let server = try TestServer.shared.get()
    try server.sql("CREATE DATABASE seed")
    let file = try SQLiteRegistry.open(
      location: try seedFile.get().path, options: SQLiteRegistry.Options(readOnly: true)
    ).registry
    let registry = try onServer(server.location("entente", database: "seed"))
    var copy = RegistryCopy()
    try copy.copy(file, to: registry)
    try registry.close()
    return "seed"
  }
}
