import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// How many SQL statements a command runs on the Seed, in a session that has read nothing yet.
@Suite("SQL statements that a command runs")
struct StatementBudgetTests {
  /// Commands with the most that they may run, which is what they ran when the number was written: who makes one cheaper
  /// writes the new number down. `ENTENTE_RECORD=1` tells all of them, and fails.
  static let budgets: [(command: String, most: Int)] = [
    // One of them tells what of the values shown is only to come.
    ("list initiatives", 10),
    ("list initiatives columns status, started, member", 10),
    ("list initiatives where member = JPN on 2026-02-10", 29),
    ("list initiatives including groups where member = MLT", 38),
    ("list initiatives published by 2026-01-12", 44),
    ("list initiatives recorded by t1", 53),
    ("list initiatives according to iso-3166", 37),
    ("list initiatives by member as matrix", 11),
    ("list commitments", 10),
    ("list entities", 5),
    ("list pax-silica.member", 23),
    ("list statements where property = share", 10),
    ("list statements where property = member", 10),
    ("list sources", 13),
    ("list transactions", 5),
    ("list properties", 4),
    ("show forge", 20),
    ("show pax-silica", 27),
    ("show USA", 26),
    ("show forge on 2026-02-10", 20),
    ("show gallium", 18),
    ("brief forge", 158), ("brief JPN", 105), ("brief topic rare-earths", 393),
    ("count initiatives", 7),
    // One of them asks whether what the kept counts count is only to come.
    ("count initiatives by member", 9),
    ("count initiatives including groups by member", 11),
    ("count statements by property", 34),
    ("total commitments", 17),
    ("total commitments by giver", 17),
    ("conflicts", 21),
    ("why forge.member", 14),
    ("why list initiatives where member = JPN", 36),
    ("why total commitments", 17),
    ("find gallium", 11),
    ("find \"critical minerals\"", 10),
    ("mentions USA", 15),
    ("history forge", 14),
    ("diff on 2026-01-01 2026-06-01", 11),
    ("diff published 2026-01-01 2026-03-01", 80),
    ("sql SELECT count(*) FROM statements", 10),
    ("suggest merges", 9),
    ("check", 1880),
    ("dump", 50),
    ("dump with history", 56),
    ("show t1", 16),
    ("export \"list.csv\" { list initiatives }", 9),
    ("export \"all.csv\"", 11),
    ("export \"graph.graphml\"", 11),
    ("roster pax-silica", 39),
    ("timeline", 228),
    ("overlap forge, pax-silica", 35),
    ("promised", 75),
    ("exposure gallium", 52),
    ("support", 14),
    ("centrality", 73),
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
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      Issue.record("today \(count) of \(most): \(command)")
    }
    let often = statements.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
    #expect(
      count <= most,
      "\(often.map { "\($0.value) × \($0.key)" }.joined(separator: "\n"))")
  }

  /// Things that two sources contest, each also a source and a value, with texts that the same word finds.
  private func script(_ count: Int) -> String {
    let things = (1...count).map { number in
      """
      source s-\(number) "Source \(number)" { published 2026-01-01; reliability B; corrects other }
      citing s-\(number) {
        add thing k-\(number) "Thing \(number)" { size = \(number); note = "wort \(number)"; part = hub; cost = USD \(number)m }
        claim hub.link = k-\(number) from 2020; claim union.member = k-\(number); claim k-\(number).in = deal
      }
      citing other { claim k-\(number).size = \(number + 1) }
      """
    }
    return """
      define type thing
      define type group
      define type deal
      define property member of group to thing many
      define property in of thing to deal many
      define property link of thing to thing many
      define property part of thing to thing many
      define property note of thing to text many
      define property size of thing to number one
      define property cost of thing to money one
      source other "Another" { published 2026-01-02; reliability B }
      add thing hub "The hub"
      add deal deal "The deal"
      add group union "The union"
      \(things.joined(separator: "\n"))
      """
  }

  /// Commands of which the number does not depend on how many rows there are.
  static let constant = [
    "list things", "list things columns size, note, part", "list things where part = hub on 2026-01-01",
    "list things published by 2026-01-01", "list things recorded by t1", "list things according to other",
    "list things where in = deal including groups", "list things by part as matrix", "list sources",
    "list hub.link", "list union.member", "list statements where property = size", "show hub", "show union",
    "why hub.link", "history hub", "mentions hub", "mentions deal", "count things by size",
    "count things by part", "count things by note", "total things of cost", "conflicts",
    "conflicts published by 2026-01-01", "find wort limit 1000", "export \"list.csv\" { list things }",
    "export \"all.csv\"",
  ]

  @Test("are as many for a hundred rows as for ten")
  func growth() throws {
    let folder = try ScratchFolder()
    func counts(_ things: Int) throws -> [Int] {
      let file = folder.url.appending(path: "\(things).entente").path
      let printed = Transcript(try TestRegistry.session(at: file)).run(script(things), atomicity: .whole)
      try #require(!printed.contains("error:"), "\(printed)")
      return try Self.constant.map { command in
        let session = Transcript(try TestRegistry.session(at: file))
        session.session.setFolder(folder.url)
        var answer = ""
        let statements = TestRegistry.statements(runBy: session.session) { answer = session.run(command) }
        #expect(!answer.contains("error:"), "\(answer)")
        return statements.values.reduce(0, +)
      }
    }
    for (command, (few, many)) in zip(Self.constant, zip(try counts(10), try counts(100))) {
      #expect(many <= few, "\(command)")
    }
  }
}
