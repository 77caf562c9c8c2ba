import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine
import TestRegistry
import Testing

/// Histories that are loaded whole or not at all.
@Suite("Loading a history")
struct HistoryLoadTests {
  private static let commands = [
    "define type pact", "define property m of pact to text many", "add pact p \"P\"", "claim p.m = \"x\"",
    "claim p.m = \"y\"", "alias p \"pee\"", "rename p to k", "undo t6",
  ]

  private func dumped(_ folder: ScratchFolder) throws -> (text: String, fingerprint: String) {
    let anna = Desk("anna", try TestRegistry.session())
    for command in Self.commands {
      let answer = anna.run(command)
      #expect(!answer.contains("error"), "\(answer)")
    }
    anna.transcript.session.setFolder(folder.url)
    anna.run("dump \"good.ent\" with history")
    return (try folder.read("good.ent"), try anna.fingerprint())
  }

  /// How a history is spoilt: what it replaces, and what the failure says.
  static let faults: [(String, String, String)] = [
    ("\"x\"", "\"z\"", "t4 is not what was recorded"), ("\"y\"", "\"z\"", "t5 is not what was recorded"),
    ("rename p to k", "rename p to l", "t7 is not what was recorded"),
    ("claim p.name = \"P\"\n", "", "t3 is not what was recorded"),
  ]

  private func failure(_ desk: Desk, _ command: String) throws -> Failure {
    var found: Failure?
    do throws(Failure) {
      try desk.transcript.session.execute(
        SourceText(name: "<input>", text: command), atomicity: .eachCommand
      ) { outcome in
        if case .failure(let failure) = outcome { found = failure }
      }
    } catch { found = error }
    return try #require(found)
  }

  @Test("What was altered or cut is refused with its line, and nothing is left of it", arguments: faults)
  func refuses(fault: (String, String, String)) throws {
    let folder = try ScratchFolder()
    let good = try dumped(folder)
    try #require(good.text.contains(fault.0))
    let bad = good.text.replacing(fault.0, with: fault.1, maxReplacements: 1)
    try folder.write(bad, to: "bad.ent")
    let number = fault.2.prefix { $0 != " " }.dropFirst()
    let lines = bad.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
      try #require(
        lines.firstIndex { $0.hasPrefix("transaction t\(number) ") || $0.hasPrefix("transaction \(number) ") }
      ) + 1
    let ben = Desk("ben", try TestRegistry.session())
    ben.transcript.session.setFolder(folder.url)
    let refused = try failure(ben, "load \"bad.ent\"")
    #expect(refused.status == .refused)
    #expect(refused.diagnostics.first?.message.hasPrefix("bad.ent:\(line): \(fault.2)") == true, "\(refused)")
    #expect(try ben.store.transactions(limit: 1).isEmpty)
    let answer = ben.run("load \"good.ent\"")
    #expect(!answer.contains("error"), "\(answer)")
    #expect(try ben.fingerprint() == good.fingerprint)
    #expect(try ben.store.check().compactMap(\.problem) == [])

    let carl = Desk("carl", try TestRegistry.session())
    carl.transcript.session.setFolder(folder.url)
    carl.transcript.session.openRegistry = { location throws(StoreProblem) in
      try SQLiteRegistry.open(location: location).registry
    }
    let other = try failure(carl, "unite \"bad.ent\"")
    #expect(other.status == .refused)
    #expect(other.diagnostics.first?.message.contains("bad.ent:\(line): \(fault.2)") == true, "\(other)")
    #expect(try carl.store.transactions(limit: 1).isEmpty)
  }

  @Test("What ends what is not there is refused", arguments: [false, true])
  func endsUnknown(isOnServer: Bool) throws {
    try TestRegistry.$isOnServer.withValue(isOnServer) {
      let store = try TestRegistry.store()
      let claim = RecordedContent.claim(
        Statement(subject: Key(unchecked: "p"), property: BuiltIn.type, value: .text("entity")))
      try store.begin(
        restoring: Transaction(
          id: TransactionID(3), at: "2026-01-31T12:30:00.250Z", author: "a", reason: nil, tool: "t",
          reverts: nil),
        undoing: [])
      #expect(throws: StoreProblem.historyRefused(TransactionID(3), .endsUnknown(TransactionID(2)))) {
        try store.restore(ended: claim, seen: [TransactionID(2)])
      }
      try store.rollback()
    }
  }
}
