import Foundation
import RegistryModel
import RegistryStore
import SQLiteEngine
import TestRegistry
import Testing

@testable import RelationalStore

/// The laws that random registries are held to, on a server: a few draws of each. `ENTENTE_TEST_STORE=server` has all of them
/// run there, for hours.
@Suite("Laws of the store on a PostgreSQL server", .serialized)
struct ServerLawTests {
  private static let isLong = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

  @Test(
    "After the same edits a server answers what a file answers", arguments: isLong ? 600...630 : 607...607)
  func sameAnswers(seed: Int) throws {
    let (server, file) = (
      try TestRegistry.$isOnServer.withValue(true) { try TestRegistry.store() },
      try SQLiteRegistry.open(location: ":memory:").registry
    )
    var (edits, others) = (RandomEdits(seed: seed), RandomEdits(seed: seed))
    try server.write { try RandomEdits.prepare($0) }
    try file.write { try RandomEdits.prepare($0) }
    for step in 0..<(Self.isLong ? 6 : 2) {
      try edits.step(server)
      try others.step(file)
      for (one, other) in zip(try Answers.all(server, recorded: nil), try Answers.all(file, recorded: nil)) {
        #expect(one.differences(from: other) == [], "after \(step + 1)")
      }
    }
    #expect(try server.fingerprint() == file.fingerprint())
    #expect(try server.check().compactMap(\.problem) == [])
  }

  @Test(
    "What is undone together, as an import is, leaves there what it leaves in a file", arguments: [0.0, 1.0])
  func undoesTogether(most: Double) throws {
    let server = try TestRegistry.$isOnServer.withValue(true) { try TestRegistry.store() }
    let file = try SQLiteRegistry.open(location: ":memory:").registry
    server.shared.limits.withdrawnOneByOne = 0
    server.shared.limits.textAtOnce = 0
    server.shared.limits.most = most
    var (edits, others) = (RandomEdits(seed: 22), RandomEdits(seed: 22))
    try server.write { try RandomEdits.prepare($0) }
    try file.write { try RandomEdits.prepare($0) }
    var transactions: [TransactionID] = []
    for _ in 0..<4 {
      try edits.step(server) { transactions.append($0) }
      try others.step(file)
    }
    for id in transactions.reversed() {
      for registry in [server, file] {
        do { try registry.write { try $0.store.apply(.revert(id)) } } catch StoreProblem.alreadyUndone {}
      }
    }
    while try server.indexText() > 0 {}
    for (one, other) in zip(try Answers.all(server, recorded: nil), try Answers.all(file, recorded: nil)) {
      #expect(one.differences(from: other) == [])
    }
    #expect(try server.fingerprint() == file.fingerprint())
    #expect(try server.check().compactMap(\.problem) == [])
  }

  /// A law, asked of the registries of one draw.
  struct Law: CustomStringConvertible, Sendable {
    var description: String
    var hold: @Sendable () throws -> Void
  }

  private static let laws = [
    Law(description: "projections equal a rebuild") { try RandomEditTests().staysConsistent(seed: 1) },
    Law(description: "the closure of groups") { try RandomEditTests().closesGroups(seed: 201) },
    Law(description: "look-ups between edits") { try LookUpTests().looksUpBetweenEdits(seed: 501) },
    Law(description: "a dropped part") { try LookUpTests().dropsAPart() },
    Law(description: "tallies") { try TallyTests().areTrue(seed: 401) },
    Law(description: "a dump that is loaded") { try DumpTests().roundTrip(seed: 401) },
    Law(description: "quantities compared") { try ComparisonLawTests().same(seed: 1) },
  ]

  private static let long = [
    Law(description: "undone together") { try RandomEditTests().undoesTogether(seed: 21) },
    Law(description: "the past as it was told") { try RandomEditTests().keepsThePast(seed: 102) },
    Law(description: "merges taken back") { try RandomMergeTests().mergeAndUnmerge(seed: 401) },
    Law(description: "look-ups at other times") { try LookUpTests().looksUpThePast(seed: 401) },
    Law(description: "the copy with history") { try DumpTests().history(seed: 411) },
    Law(description: "what holds on a month") { try HoldingLawTests().months() },
    Law(description: "what holds on a date") { try HoldingLawTests().filters() },
    Law(description: "uniting") { try UnitingLawTests().converges(part: 0) },
  ]

  @Test("A law that holds in memory holds there", arguments: isLong ? laws + long : laws)
  func holds(_ law: Law) throws {
    try TestRegistry.$isOnServer.withValue(true) { try law.hold() }
  }
}
