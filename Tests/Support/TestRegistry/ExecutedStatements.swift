public import RegistryCommands
import RelationalStore
import SQLiteEngine

extension TestRegistry {
  /// The SQL statements that `body` runs on the registry of a session, each text with how often it was run.
  ///
  /// In process a statement costs microseconds; to a server each is a way there and back, so their number is what a
  /// command costs anywhere.
  public static func statements<Failure: Error>(
    runBy session: Session, _ body: () throws(Failure) -> Void
  ) throws(Failure) -> [String: Int] {
    let registry = session.store as? SQLiteRegistry
    var counts: [String: Int] = [:]
    registry?.onStatement = { counts[$0, default: 0] += 1 }
    defer { registry?.onStatement = nil }
    try body()
    return counts
  }
}
