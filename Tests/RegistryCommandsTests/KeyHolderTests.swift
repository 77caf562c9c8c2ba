import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// Which thing a key means: on all desks the same, and at a time what it meant then.
@Suite("Who has a key")
struct KeyHolderTests {
  private static let before = [
    "define type pact", "define property lead of pact to pact many", "add pact p \"P\"",
  ]

  private func desks() throws -> (anna: Desk, ben: Desk) {
    let anna = Desk("anna", try TestRegistry.session())
    for line in Self.before { anna.run(line) }
    let ben = Desk("ben", try TestRegistry.session())
    ben.unite(anna)
    return (anna, ben)
  }

  private func runTogether(_ commands: [String], _ desk: Desk) {
    for command in ["begin"] + commands + ["claim p.name = \"P2\"", "commit"] {
      let answer = desk.run(command)
      #expect(!answer.contains("error"), "\(command): \(answer)")
    }
  }

  private func expectSame(_ anna: Desk, _ ben: Desk) throws {
    #expect(try anna.fingerprint() == ben.fingerprint())
    for question in ["list pacts", "show k", "conflicts judged"] {
      // By which numbers they know what both have is their own affair.
      let answers = [anna, ben].map { $0.run(question).replacing(/\bt\d+/, with: "t") }
      #expect(answers[0] == answers[1])
    }
    for desk in [anna, ben] { #expect(try desk.store.check().compactMap(\.problem) == []) }
  }

  private func loaded(from desk: Desk) throws -> Desk {
    let folder = try ScratchFolder()
    desk.transcript.session.setFolder(folder.url)
    desk.run("dump \"history.ent\" with history")
    let loaded = Desk("carl", try TestRegistry.session())
    loaded.transcript.session.setFolder(folder.url)
    let answer = loaded.run("load \"history.ent\"")
    #expect(!answer.contains("error"), "\(answer)")
    return loaded
  }

  static let takenBack: [[String]] = [
    ["add pact k \"K\"", "retract k.name", "retract k.type"],
    ["add pact k \"K\"", "claim p.lead = k", "retract p.lead", "retract k.name", "retract k.type"],
  ]

  @Test(
    "What was made and taken back within one transaction has no key: its desk goes on like all others",
    arguments: takenBack, [false, true])
  func takesBack(commands: [String], isOnServer: Bool) throws {
    try TestRegistry.$isOnServer.withValue(isOnServer) {
      let (anna, ben) = try desks()
      runTogether(commands, anna)
      ben.run("rename p to k")
      anna.unite(ben)
      ben.unite(anna)
      try expectSame(anna, ben)
      #expect(anna.run("list pacts").contains("k\t"))
      try expectSame(try loaded(from: anna), anna)

      // The key is free where it was taken back, too; and who makes it has it first.
      let (carl, dora) = try desks()
      runTogether(commands, carl)
      let renamed = carl.run("rename p to k")
      #expect(!renamed.contains("error"), "\(renamed)")
      dora.run("add pact k \"Another\"")
      dora.run("claim k.lead = p")
      carl.unite(dora)
      dora.unite(carl)
      try expectSame(carl, dora)
      #expect(carl.run("show k").contains("Another"))
      try expectSame(try loaded(from: carl), carl)
    }
  }

  @Test("It is made again where it was taken back", arguments: takenBack, [false, true])
  func makesAgain(commands: [String], isOnServer: Bool) throws {
    try TestRegistry.$isOnServer.withValue(isOnServer) {
      let (anna, ben) = try desks()
      runTogether(commands, anna)
      let before = try #require(try anna.store.transactions(limit: 1).first).id
      let list = anna.run("list pacts")
      for command in ["add pact k \"K\"", "claim k.lead = p"] {
        let answer = anna.run(command)
        #expect(!answer.contains("error"), "\(answer)")
      }
      #expect(anna.run("list pacts").contains("k\tK"))
      #expect(anna.run("list pacts recorded by \(before)") == list)
      ben.unite(anna)
      try expectSame(anna, ben)
    }
  }

  @Test(
    "What a key meant at a time does not change when something comes that had it first",
    arguments: [false, true])
  func keepsPast(isOnServer: Bool) throws {
    try TestRegistry.$isOnServer.withValue(isOnServer) {
      let (anna, ben) = try desks()
      anna.run("rename p to k")
      ben.run("add pact k \"K\"")
      let then = try #require(try anna.store.transactions(limit: 1).first).id
      let questions = [
        "list pacts recorded by \(then)", "show k recorded by \(then)", "count pacts recorded by \(then)",
      ]
      let before = questions.map(anna.run)
      #expect(before[0].contains("k\tP"))
      anna.unite(ben)
      #expect(questions.map(anna.run) == before)
      #expect(anna.run("list pacts").contains("k\tK") && anna.run("list pacts").contains("p\tP"))
      ben.unite(anna)
      try expectSame(anna, ben)
    }
  }
}
