import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

@Suite("The full text after a long import")
struct FullTextTests {
  let transcript: Transcript
  let registry: SQLiteRegistry

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    registry = try #require(transcript.session.store as? SQLiteRegistry)
    registry.shared.limits = ImportLimits(textAtOnce: 0, textStep: 2)
  }

  /// As an import that was ended behind its commit.
  private func leaveWaiting() throws {
    try registry.begin(
      TransactionInfo(author: "tester", reason: nil, tool: "tests", at: "2026-01-01T00:00:00.000Z"))
    for number in 1...5 {
      let value = Value.text("yttrium paper \(number)")
      try registry.apply(
        .claim(
          Statement(subject: Key(unchecked: "summit"), property: Key(unchecked: "output"), value: value), nil)
      )
    }
    try registry.commit()
    #expect(try registry.textWaiting() == 5)
  }

  private func found() -> Int {
    transcript.run("find yttrium").split(separator: "\n").count { $0.contains("«yttrium»") }
  }

  @Test("is complete when the command returns")
  func completes() throws {
    _ = transcript.run("claim summit.output = \"yttrium paper\" citing courier")
    #expect(try registry.textWaiting() == 0)
    #expect(found() == 1)
    _ = transcript.run("begin; claim summit.output = \"yttrium plan\" citing courier")
    #expect(found() == 2)
    _ = transcript.run("commit")
    #expect(found() == 2)
  }

  @Test("is completed by the next find, which says so where it may not")
  func completedByFind() throws {
    try leaveWaiting()
    transcript.session.settings.readOnly = true
    #expect(transcript.run("find yttrium").contains("-- not all is searched: 5 statements"))
    transcript.session.settings.readOnly = false
    #expect(found() == 5)
    #expect(try registry.textWaiting() == 0)
    #expect(try registry.check().compactMap(\.problem) == [])
  }
}
