public import Foundation
public import RegistryCommands
import RegistryModel
public import RelationalStore
import SQLiteEngine

/// Registries for tests, with a pinned clock.
public enum TestRegistry {
  /// The checkout that the tests are of.
  public static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  /// The day that every test takes for today.
  public static let today = "2026-11-22"

  /// An empty registry in memory, or on the server.
  public static func store() throws -> RelationalRegistry {
    try isOnServer ? onServer() : SQLiteRegistry.open(location: ":memory:").registry
  }

  /// A session on an empty registry in memory, or in a file.
  public static func session(at location: String = ":memory:", analyses: (any AnalysisProvider)? = nil) throws
    -> Session
  {
    let options = SQLiteRegistry.Options(createIfMissing: true)
    let store =
      try location == ":memory:"
      ? store() : SQLiteRegistry.open(location: location, options: options).registry
    return try session(on: store, analyses: analyses)
  }

  private static func session(
    on store: RelationalRegistry, analyses: (any AnalysisProvider)?
  ) throws -> Session {
    var settings = Session.Settings(
      today: try PartialDate(edtf: today).earliest, author: "tester", tool: "tests")
    settings.editedAt = "\(today)T12:00:00.000Z"
    return Session(store: store, settings: settings, analyses: analyses)
  }

  /// A session on a copy of the registry that the Seed fills; it is filled once for all tests.
  public static func seeded(analyses: (any AnalysisProvider)? = nil) throws -> Session {
    if isOnServer { return try session(on: try seededOnServer(), analyses: analyses) }
    let copy = FileManager.default.temporaryDirectory.appending(path: "entente-test-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: try seedFile.get(), to: copy)
    // Open files outlive their names.
    defer {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy.path + suffix) }
    }
    return try session(at: copy.path, analyses: analyses)
  }

  /// Where the seeded registry lies; never write to it.
  public static let seedFile: Result<URL, any Error> = Result {
    let file = FileManager.default.temporaryDirectory.appending(path: "entente-seed-\(UUID().uuidString)")
    let session = try TestRegistry.session(at: file.path)
    session.settings.author = Session.Settings.seedAuthor
    _ = try session.read(checkout.appending(path: "Seed/seed.ent").path)
    try (session.store as? SQLiteRegistry)?.close()
    atexit {
      if let file = try? TestRegistry.seedFile.get() { try? FileManager.default.removeItem(at: file) }
    }
    return file
  }

  /// A session on the registry that the examples of the commands are of.
  public static func example(analyses: (any AnalysisProvider)? = nil) throws -> Session {
    let session = try TestRegistry.session(analyses: analyses)
    try session.execute(SourceText(name: "ExampleRegistry", text: exampleScript), atomicity: .whole) { _ in }
    return session
  }
}
