import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// What two desks took back without knowing of each other.
@Suite("What two took back")
struct UndoneTwiceTests {
  private static let before = [
    "define type pact", "define property m of pact to text many", "add pact p \"P\"", "source s1 \"A\"",
    "claim p.m = \"x\" citing s1",
  ]

  /// Two desks on which one did the same as the other, and each knows.
  private func desks(after commands: [String]) throws -> [Desk] {
    let anna = Desk("anna", try TestRegistry.session())
    for line in Self.before { anna.run(line) }
    let ben = Desk("ben", try TestRegistry.session())
    ben.unite(anna)
    for desk in [anna, ben] {
      for command in commands {
        let answer = desk.run(command)
        #expect(!answer.contains("error"), "\(answer)")
      }
    }
    anna.unite(ben)
    ben.unite(anna)
    #expect(try anna.fingerprint() == ben.fingerprint())
    return [anna, ben]
  }

  private func ends(_ desk: Desk) throws -> [TransactionID] {
    try desk.store.transactions(limit: 2).map(\.id).sorted()
  }

  private func expectBack(_ desks: [Desk], _ fingerprint: String) throws {
    for desk in desks {
      #expect(desk.run("show p.m").contains("x\ts1"))
      #expect(try desk.fingerprint() == fingerprint)
      #expect(try desk.store.check().compactMap(\.problem) == [])
    }
    desks[0].unite(desks[1])
    desks[1].unite(desks[0])
    for desk in desks { #expect(try desk.fingerprint() == fingerprint) }
  }

  @Test(
    "comes back when both are undone, in whichever order, and not before",
    arguments: [["undo t5"], ["retract p.m"]], [false, true])
  func comesBack(commands: [String], isOnServer: Bool) throws {
    try TestRegistry.$isOnServer.withValue(isOnServer) {
      let whole = try desks(after: [])
      let fingerprint = try whole[0].fingerprint()
      let desks = try desks(after: commands)
      for (desk, order) in zip(desks, [false, true]) {
        let ends = try ends(desk)
        for (number, end) in (order ? ends : ends.reversed()).enumerated() {
          #expect(desk.run("show p.m").contains("x\ts1") == false)
          let answer = desk.run("undo \(end)")
          #expect(!answer.contains("error"), "\(number): \(answer)")
        }
      }
      try expectBack(desks, fingerprint)
      // And goes again, once for both.
      desks[0].run("retract p.m")
      desks[1].unite(desks[0])
      #expect(!desks[1].run("show p.m").contains("x\ts1"))
    }
  }

  @Test("redo says that it was undone twice")
  func redoes() throws {
    let fingerprint = try desks(after: [])[0].fingerprint()
    let desks = try desks(after: ["undo t5"])
    for desk in desks {
      let first = desk.run("redo t5")
      #expect(first.contains("undid it too: redo t5 takes that back"), "\(first)")
      #expect(desk.run("redo t5").contains("undid it too") == false)
      #expect(desk.run("redo t5").contains("t5 is not undone"))
    }
    try expectBack(desks, fingerprint)
  }
}
