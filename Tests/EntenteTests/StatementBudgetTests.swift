import RegistryCommands
import TestRegistry
import Testing

/// How many SQL statements a command runs on the Seed, in a session that has read nothing yet.
@Suite("SQL statements that a command runs")
struct StatementBudgetTests {
  /// Commands with the most that they may run, which is what they ran when the number was written: who makes one cheaper
  /// writes the new number down.
  static let budgets: [(command: String, most: Int)] = [
    ("list initiatives", 245),
    ("list initiatives columns status, started, member", 245),
    ("list initiatives where member = JPN on 2026-02-10", 59),
    ("list initiatives including groups where member = MLT", 58),
    ("list initiatives published by 2026-01-12", 735),
    ("list initiatives recorded by t1", 1260),
    ("list initiatives according to iso-3166", 41),
    ("list initiatives by member as matrix", 247),
    ("list commitments", 176),
    ("list entities", 7),
    ("list pax-silica.member", 30),
    ("list statements where property = share", 12),
    ("list statements where property = member", 12),
    ("list sources", 1057),
    ("list transactions", 6),
    ("list properties", 4),
    ("show forge", 25),
    ("show pax-silica", 41),
    ("show USA", 36),
    ("show forge on 2026-02-10", 25),
    ("show gallium", 23),
    ("count initiatives", 10),
    ("count initiatives by member", 73),
    ("count initiatives including groups by member", 282),
    ("count statements by property", 44),
    ("total commitments", 209),
    ("total commitments by giver", 209),
    ("conflicts", 284),
    ("why forge.member", 19),
    ("why list initiatives where member = JPN", 66),
    ("why total commitments", 209),
    ("find gallium", 66),
    ("find \"critical minerals\"", 184),
    ("mentions USA", 359),
    ("history forge", 207),
    ("diff on 2026-01-01 2026-06-01", 11),
    ("diff published 2026-01-01 2026-03-01", 990),
    ("sql SELECT count(*) FROM statements", 10),
    ("suggest merges", 11),
    ("check", 2775),
    ("dump", 17553),
    ("export \"list.csv\" { list initiatives }", 244),
    ("export \"all.csv\"", 2675),
    ("export \"graph.graphml\"", 2675),
    ("roster pax-silica", 43),
    ("timeline", 233),
    ("overlap forge, pax-silica", 44),
    ("promised", 96),
    ("exposure gallium", 64),
    ("support", 21),
    ("centrality", 80),
  ]

  @Test("are no more than its budget", arguments: budgets)
  func budget(command: String, most: Int) throws {
    let session = try AnalysisSession()
    let folder = try ScratchFolder()
    session.transcript.session.setFolder(folder.url)
    var printed = ""
    let statements = TestRegistry.statements(runBy: session.transcript.session) {
      printed = session.run(command)
    }
    #expect(!printed.contains("error:"), "\(printed)")
    let count = statements.values.reduce(0, +)
    let often = statements.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
    #expect(
      count <= most,
      "\(often.map { "\($0.value) × \($0.key)" }.joined(separator: "\n"))")
  }
}
