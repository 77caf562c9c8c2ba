import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// A registry that somebody keeps, and what was printed there.
final class Desk {
  let transcript: Transcript
  var store: any RegistryStore { transcript.session.store }

  init(_ author: String, _ session: Session) {
    session.settings.author = author
    transcript = Transcript(session)
  }

  @discardableResult
  func run(_ command: String) -> String { transcript.run(command).trimmed }

  @discardableResult
  func unite(_ other: Desk, isDryRun: Bool = false) -> String {
    let store = other.store
    transcript.session.openRegistry = { _ in store }
    return transcript.run("unite \"other\"", isDryRun: isDryRun).trimmed
  }

  /// As it is written in commands.
  func origin(of author: String) throws -> String {
    let found = try store.transactions(limit: .max).first { $0.author == author }
    return String(try #require(found?.identity?.origin).prefix(8))
  }

  func fingerprint() throws -> String { try store.uniting.fingerprint() }
}
