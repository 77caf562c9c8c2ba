import FoundationEssentials
import RegistryCommands
import RelationalStore
import SQLiteEngine

/// A registry for the fixture of a plugin's example: in memory, with the types and properties that the Seed has.
enum FixtureRegistry {
  /// A session on a new one, which reads and writes no files and knows no plugins.
  /// - Parameter schema: the shipped Seed; nothing where it is missing.
  static func session(like session: Session, schema seed: URL?, _ tool: String) throws(Failure) -> Session {
    guard let seed else { throw Failure.noShippedSeed }
    let registry: SQLiteRegistry
    do {
      registry = try SQLiteRegistry.open(
        location: ":memory:", options: SQLiteRegistry.Options(createIfMissing: true)
      ).registry
    } catch {
      throw Failure(error)
    }
    let filling = Session(
      store: registry, settings: Session.Settings(author: Session.Settings.seedAuthor, tool: tool))
    _ = try filling.read(seed.appending(path: "schema.ent").path, reason: "the Seed")
    let settings = Session.Settings(today: session.today, author: "fixture", tool: tool, safe: true)
    let own = Session(store: registry, settings: settings)
    own.tableText = session.tableText
    own.onProgress = session.onProgress
    return own
  }
}
