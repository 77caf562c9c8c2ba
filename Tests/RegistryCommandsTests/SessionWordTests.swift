import CommandLanguage
import RegistryModel
import TestRegistry
import Testing

@testable import RegistryCommands

/// The same of session commands as ``ClauseTests`` of the others: each has its effect, each word that it takes has its
/// own, and a word more is refused.
@Suite("The words of session commands")
struct SessionWordTests {
  /// Two ways to write a session command, which must answer differently.
  struct Case: Sendable {
    var one: String
    var other: String
    /// Whether a word behind the last one has a meaning too.
    var takesMore = false
  }

  static let cases: [String: Case] = [
    ".format": Case(one: "csv", other: "json"), ".output": Case(one: "", other: "made.txt"),
    ".once": Case(one: "made.txt", other: "other.txt"), ".tee": Case(one: "", other: "made.txt"),
    ".record": Case(one: "", other: "made.ent"), ".expand": Case(one: "on", other: "off"),
    ".lines": Case(one: "1", other: "2"), ".pager": Case(one: "off", other: "less", takesMore: true),
    ".theme": Case(one: "mono", other: "none"), ".timer": Case(one: "on", other: "off"),
    ".edit": Case(one: "", other: ""), ".read": Case(one: "\"one.ent\"", other: "\"other.ent\""),
    ".on": Case(one: "", other: "2026-01-12"), ".published": Case(one: "", other: "by 2026-01-12"),
    ".recorded": Case(one: "", other: "by t1"), ".tables": Case(one: "", other: ""),
    ".schema": Case(one: "statements", other: "sources", takesMore: true),
    ".plugins": Case(one: "", other: ""), ".history": Case(one: "a", other: "b", takesMore: true),
    ".help": Case(one: "list", other: "count", takesMore: true), ".quit": Case(one: "", other: ""),
    ".exit": Case(one: "", other: "3"),
  ]

  static let names = CommandTable.builtIn.map(\.name).filter { $0.hasPrefix(".") }

  @Test("are tried for each of them", arguments: names)
  func isTried(_ name: String) { #expect(Self.cases[name] != nil) }

  @Test("have their effect", arguments: names)
  func haveTheirEffect(_ name: String) throws {
    let example = try #require(Self.cases[name])
    let one = try outcome("\(name) \(example.one)")
    if example.one != example.other { #expect(try outcome("\(name) \(example.other)") != one) }
    let last = example.other.isEmpty ? example.one : example.other
    let more = try outcome("\(name) \(last) extra")
    #expect(more != (try outcome("\(name) \(last)")))
    guard !example.takesMore else { return }
    #expect(more.failure?.help?.isEmpty == false, "\(name) \(last) extra is not refused")
  }

  @Test(
    "set the times of what is asked then",
    arguments: [".on 2023", ".published by 2025-01-01", ".recorded t1"])
  func setTimes(_ line: String) throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(ClauseCases.script, atomicity: .whole)
    let clause = String(line.dropFirst()).replacing("recorded t1", with: "recorded by t1")
    let back = String(line.prefix { $0 != " " })
    for (command, lines) in ClauseCases.reading.sorted(by: { $0.key < $1.key }) {
      // What has the clause.
      guard
        CommandTable()[command]?.signature.clauses.contains(where: { clause.hasPrefix($0.keyword) }) == true
      else { continue }
      // A transaction is what it was, whatever time is read; what an export writes, its file tells (ForeignTableTests).
      for asked in lines where !asked.contains("show t2") && !asked.hasPrefix("export") {
        let before = transcript.run(ClauseCases.line(asked))
        if before.contains("error:") { continue }
        let written = transcript.run(ClauseCases.line(asked, with: clause))
        _ = transcript.run(line)
        let inSession = transcript.run(ClauseCases.line(asked))
        _ = transcript.run(back)
        // Where a clause has no meaning, the session's is told.
        #expect(
          inSession == written
            || written.contains("error:") && inSession.contains("that does not narrow"), "\(line); \(asked)")
      }
    }
  }

  private struct Outcome: Equatable {
    var answers: [Answer] = []
    var failure: Diagnostic?
  }

  private func outcome(_ line: String) throws -> Outcome {
    let session = try TestRegistry.example()
    let folder = try ScratchFolder()
    try folder.write("count states", to: "one.ent")
    try folder.write("count initiatives", to: "other.ent")
    session.setFolder(folder.url)
    var outcome = Outcome()
    do throws(Failure) {
      try session.execute(SourceText(name: "line", text: line), atomicity: .eachCommand) { answer in
        if case .success(let answer) = answer { outcome.answers.append(answer) }
      }
    } catch {
      outcome.failure = error.diagnostics.first
    }
    return outcome
  }
}
