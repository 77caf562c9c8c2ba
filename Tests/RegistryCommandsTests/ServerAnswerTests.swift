import CommandLanguage
import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// What a session answers on a server: by the laws, and what it prints of the Seed.
@Suite("Answers on a PostgreSQL server", .serialized)
struct ServerAnswerTests {
  /// A law of answers, asked of the registries of a few draws.
  struct Law: CustomStringConvertible, Sendable {
    var description: String
    var hold: @Sendable (Range<Int>) throws -> Void
  }

  private static let laws = [
    Law(description: "each is found, not found or undecided") { try LawTests().partition(seeds: $0) },
    Law(description: "several values") { try LawTests().several(seeds: $0) },
    Law(description: "turned round") { try LawTests().turned(seeds: $0) },
    Law(description: "counts") { try LawTests().counts(seeds: $0) },
    Law(description: "totals") { try LawTests().totals(seeds: $0) },
    Law(description: "choices") { try LawTests().choices(seeds: $0) },
    Law(description: "what is unrelated") { try LawTests().unrelated(seeds: $0) },
    Law(description: "what is kept") { try LawTests().projections(seeds: $0) },
    Law(description: "the order of recording") { try LawTests().order(seeds: $0) },
    Law(description: "a dump that is loaded") { try LawTests().dumps(seeds: $0) },
    Law(description: "other values") { try LawTests().otherValues(seeds: $0) },
    Law(description: "readings") { try ReadingLawTests().chosen(seeds: $0) },
  ]

  @Test("A law that holds in memory holds there", arguments: laws)
  func holds(_ law: Law) throws {
    try TestRegistry.$isOnServer.withValue(true) { try law.hold(0..<(Draws.isStress ? 40 : 1)) }
  }

  @Test(
    "A dump of the Seed is the same to the byte, with its history and without",
    arguments: ["dump", "dump with history"])
  func dumps(command: String) throws {
    let file = Transcript(try TestRegistry.seeded()).run(command)
    let server = Transcript(try TestRegistry.$isOnServer.withValue(true) { try TestRegistry.seeded() }).run(
      command)
    #expect(file.utf8.count > 100_000)
    for (one, other) in zip(server.split(separator: "\n"), file.split(separator: "\n")) {
      try #require(one == other)
    }
    #expect(server == file)
  }

  @Test("The golden scripts find there what they expect", arguments: ["a-new-deal", "contradictions"])
  func scripts(name: String) throws {
    let session = try TestRegistry.$isOnServer.withValue(true) { try TestRegistry.seeded() }
    let text = try String(
      contentsOf: TestRegistry.checkout.appending(path: "Tests/Scripts/\(name).ent"), encoding: .utf8)
    try session.execute(SourceText(name: name, text: text), atomicity: .eachCommand) { outcome in
      if case .failure(let failure) = outcome { Issue.record("\(failure)") }
    }
  }
}
