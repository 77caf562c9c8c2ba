import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// What a source said counts while it is cited, on all desks the same.
@Suite("Citations that were taken back")
struct TakenBackCitationTests {
  private static let before = [
    "define type pact", "source s1 \"A\" { published 2025-01 }", "source s2 \"B\" { published 2026-01 }",
  ]
  private static let questions = [
    "list pacts according to s1", "count pacts according to s1", "list pacts published by 2025-06",
    "count pacts published by 2025-06", "show p according to s1", "show p published by 2025-06",
  ]

  private func desks() throws -> (anna: Desk, ben: Desk) {
    let anna = Desk("anna", try TestRegistry.session())
    for line in Self.before { anna.run(line) }
    let ben = Desk("ben", try TestRegistry.session())
    ben.unite(anna)
    return (anna, ben)
  }

  @Test(
    "A source that is cited no longer, or never was for others, counts for nothing", arguments: [false, true])
  func takesBack(isTogether: Bool) throws {
    let (anna, ben) = try desks()
    let commands = ["add pact p \"P\" citing s2", "retract source s2"]
    for command in isTogether ? ["begin"] + commands + ["commit"] : commands { anna.run(command) }
    ben.unite(anna)
    #expect(try anna.fingerprint() == ben.fingerprint())
    for question in Self.questions { #expect(anna.run(question) == ben.run(question), "\(question)") }

    // Said anew by nobody, as it stands.
    let carl = Desk("carl", try TestRegistry.session())
    for line in Self.before + ["add pact p \"P\""] { carl.run(line) }
    #expect(try carl.fingerprint() == anna.fingerprint())
    for question in Self.questions { #expect(carl.run(question) == anna.run(question), "\(question)") }
  }

  @Test("A source that was cited then counts as it did then")
  func keepsPast() throws {
    let (anna, _) = try desks()
    anna.run("add pact p \"P\" citing s2")
    let then = try #require(try anna.store.transactions(limit: 1).first).id
    let questions = Self.questions.map { "\($0) recorded by \(then)" }
    let before = questions.map(anna.run)
    let today = Self.questions.map(anna.run)
    anna.run("retract source s2")
    #expect(questions.map(anna.run) == before)
    #expect(Self.questions.map(anna.run) != today)
  }
}
