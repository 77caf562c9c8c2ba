import CommandLanguage
import RegistryCommands
import RegistryModel
import TestRegistry
import Testing

/// Plugins are looked for when a word is met that only they can explain.
@Suite("Looking for plugins")
struct PluginSearchTests {
  /// Tells how often it was asked what there is.
  private final class Counting: AnalysisProvider {
    func lookAgain() -> Bool { false }
    let real: any AnalysisProvider
    private(set) var asked = 0
    init(_ real: any AnalysisProvider) { self.real = real }
    var analyses: [AnalysisSignature] {
      asked += 1
      return real.analyses
    }
    var plugins: ResultTable { real.plugins }
    func run(
      _ name: String, _ command: Invocation, in session: Session, times: Times
    ) throws(Failure) -> ResultTable {
      try real.run(name, command, in: session, times: times)
    }
    func manage(_ action: PluginAction, in session: Session, at span: Span) throws(Failure) -> Answer {
      try real.manage(action, in: session, at: span)
    }
  }

  @Test(
    "commands of Entente itself answer without it",
    arguments: [
      "count initiatives", "list initiatives where member = japan columns member", "show forge",
      "begin\nadd person somebody\nrollback", ".read nothing",
    ])
  func none(text: String) throws {
    let counting = Counting(try TestPlugins.analyses)
    let transcript = Transcript(try TestRegistry.seeded(analyses: counting))
    _ = transcript.run(text)
    #expect(counting.asked == 0)
  }

  @Test(
    "what may be an analysis, or speaks of them, looks once",
    arguments: [
      "roster forge", "about roster", "help roster", "help", "rooster forge",
      "count initiatives\nroster forge",
    ])
  func once(text: String) throws {
    let counting = Counting(try TestPlugins.analyses)
    let transcript = Transcript(try TestRegistry.seeded(analyses: counting))
    let printed = transcript.run(text)
    #expect(counting.asked >= 1)
    #expect(printed.contains("roster") || printed.contains("member"), "\(printed)")
    let asked = counting.asked
    _ = transcript.run(text)
    // `about` asks the plugins themselves each time.
    #expect(counting.asked == asked || text.hasPrefix("about"))
  }
}
