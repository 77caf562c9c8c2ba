import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// `ENTENTE_RECORD=1 swift test --filter ExampleTests` writes what the examples print into the command table, and fails,
/// so that a recording is never taken for a pass.
@Suite("The examples in the command table", .serialized)
struct ExampleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var example: Example
    /// What the examples before it leave behind is not there: each begins with the example registry anew, in which
    /// these were carried out.
    var before: [String]
    var testDescription: String { example.command }
  }

  static let cases: [Case] = CommandTable.builtIn.flatMap { definition in
    definition.examples.map {
      Case(example: $0, before: ExampleTests.preparation($0))
    }
  }

  /// Some examples speak of what another command's example records.
  static func preparation(_ example: Example) -> [String] {
    let command = example.command
    let chair =
      #"claim forge.chair = KOR through 2026-06 citing courier quote "with South Korea chairing it through June""#
    if command == "redo" { return [chair, "undo"] }
    if command.hasPrefix("suggest merges") { return [#"add person yellin "Janet Yellin""#] }
    if command.hasPrefix("why row") { return ["list initiatives where member = japan"] }
    if command.hasPrefix("unmerge") { return ["merge south-korea-mof into KOR"] }
    return ["split forge", "retract", "correct", "prefer", "review forge", "check claim forge", "undo"]
      .contains {
        command.hasPrefix($0)
      } ? [chair] : []
  }

  @Test("give what they say", arguments: cases)
  func givesItsResult(_ example: Case) throws {
    let transcript = Transcript(try TestRegistry.example())
    for command in example.before { _ = transcript.run(command) }
    let printed = transcript.run(example.example.command).trimmed
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try ExampleRecorder.record(printed, of: example.example.command)
      Issue.record("recorded \(example.example.command)")
      return
    }
    #expect(printed == example.example.result.trimmed)
  }

  @Test(
    "run on the registry that is shipped as help shows them; those that are refused say so", arguments: cases)
  func runsOnTheSeed(_ example: Case) throws {
    let transcript = Transcript(try TestRegistry.seeded())
    for command in example.example.after {
      let printed = transcript.run(command)
      #expect(!printed.contains(": error: "), "\(command): \(printed)")
    }
    let printed = transcript.run(example.example.shown)
    #expect(printed.contains(": error: ") == (example.example.refusal != nil), "\(printed.prefix(600))")
  }

  @Test("are there for every command that answers")
  func everyCommandHasExamples() {
    let without: Set<String> = [
      "commit", "rollback", "run", "about", "help", "import", "edit", "export", "publish", "dump", "load",
      "backup", "unite", "fingerprint",
      "restore",
      "transaction", "withdraw", "only", "ranked", "reviewed", "end",
    ]
    let missing = CommandTable.builtIn.filter {
      $0.examples.isEmpty && !without.contains($0.name) && !$0.name.hasPrefix(".")
        // Which plugins there are is not the registry's affair; the tutorial for their authors shows these at work.
        && !$0.name.hasPrefix("plugin ")
    }
    #expect(missing.map(\.name) == [])
  }
}

extension String {
  var trimmed: String { trimmingSuffix(while: \.isNewline) }
  private func trimmingSuffix(while test: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, test(last) { text.removeLast() }
    return String(text)
  }
}
