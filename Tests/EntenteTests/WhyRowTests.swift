import Foundation
import PluginHost
import TestRegistry
import Testing

/// `why row` on the last result: of the program's own lists, of SQL and of analyses.
@Suite("Why of a row")
struct WhyRowTests {
  private let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses)) }

  private func rows(_ commands: String...) -> [[String]] {
    for command in commands.dropLast() { _ = transcript.run(command) }
    return transcript.run(commands[commands.count - 1]).split(separator: "\n").filter { !$0.hasPrefix("-- ") }
      .dropFirst().map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  /// The ids in the last column, as tables show them.
  private func ids(_ commands: String...) -> Set<String> {
    for command in commands.dropLast() { _ = transcript.run(command) }
    return Set(rows(commands[commands.count - 1]).compactMap(\.last))
  }

  @Test("an analysis: the row's statements are those of its members, and a cell's those of the shared ones")
  func analysis() throws {
    _ = transcript.run("overlap g7, quad")
    let row = ids("why row 1")
    let shared = ids("why row 1 shared")
    #expect(!shared.isEmpty && shared.isStrictSubset(of: row))
    #expect(ids("why row 1 members") == shared)
    // A cell of which nothing is named has the row's.
    #expect(ids("why row 1 jaccard") == row)
    let printed = transcript.run("why row 1 shared")
    #expect(printed.hasPrefix("statement\tvalue\t") && printed.contains("quote"))
    let stated = transcript.run(
      "sql SELECT '@' || substr(statement, 1, 6) FROM memberships WHERE initiative IN ('g7', 'quad')")
    #expect(row == Set(stated.split(separator: "\n").dropFirst().map(String.init)))
  }

  @Test("a claim that is passed over stands beside what was chosen, as why shows it")
  func figures() throws {
    let printed = transcript.run("concentration mineral cobalt stage refining year 2024\nwhy row 1")
    #expect(printed.contains("CHN") || printed.contains("share"))
    #expect(printed.contains("%"))
    let top = transcript.run("why row 1 top")
    #expect(top.split(separator: "\n").count <= printed.split(separator: "\n").count)
  }

  @Test("a list: a row is its entity, a cell its property, at the times of the list")
  func list() throws {
    let holders = rows("list offices where holder = bessent", "why row 1 holder")
    #expect(!holders.isEmpty && holders.contains { $0[0].hasPrefix("bessent") })
    let all = transcript.run("list initiatives where member = japan limit 1\nwhy row 1")
    #expect(all.contains(".member\t") && all.contains(".name\t"))
    let later = ids("list offices where holder = bessent published by 2026-01-15", "why row 1 holder")
    #expect(later.isSubset(of: ids("list offices where holder = bessent", "why row 1 holder")))
  }

  @Test("a list of statements, of conflicts and of SQL: those whose ids stand in the row")
  func statements() throws {
    let shown = rows("list statements where property = chair limit 1")
    #expect(ids("list statements where property = chair limit 1", "why row 1") == Set(shown.map { $0[0] }))
    let conflict = try #require(rows("conflicts limit 1").first)
    let named = Set(try #require(conflict.last).split(separator: ", ").map(String.init))
    #expect(ids("conflicts limit 1", "why row 1") == named && named.count == 2)
    let ids = ids(
      "sql SELECT statement, member FROM memberships ORDER BY statement LIMIT 2", "why row 2 statement")
    #expect(ids.count == 1)
    let unknown = transcript.run("sql SELECT 'zzzzzzzzzzzzzzzzzzzzzzzzzz' AS statement\nwhy row 1")
    #expect(unknown.contains("1 of the 1 statements named are not asserted, or not recorded"))
  }

  @Test("a row that stands for several statements: all of them")
  func severalInOne() throws {
    for command in [
      "list pax-silica.signatory on 2026-03-01", "show forge on 2026-03-01", "list pax-silica.signatory",
    ] {
      let shown = rows(command)
      for (number, row) in shown.enumerated().prefix(12) {
        let id = try #require(row.last).split(separator: " ")
        let more = id.count > 1 ? Int(id[1].dropFirst()) ?? 0 : 0
        let told = ids(command, "why row \(number + 1)")
        #expect(told.contains(String(id[0])), "\(command): \(row), \(told)")
        #expect(told.count == more + 1, "\(command): \(row), \(told)")
      }
    }
  }

  @Test("asking why does not take the place of the result, and what is written in between neither")
  func keeps() throws {
    _ = transcript.run("overlap g7, quad")
    let first = transcript.run("why row 1")
    _ = transcript.run("help overlap")
    _ = transcript.run("alias forge \"The forum\" because \"a test\"")
    #expect(transcript.run("why row 1") == first)
    _ = transcript.run("list states limit 1")
    #expect(transcript.run("why row 1") != first)
  }

  @Test(
    "what cannot be asked is refused, with what to write",
    arguments: [
      ("why row 1", "no result", "list, count, sql"),
      ("overlap g7, quad\nwhy row 2", "no row 2", "1 to 1"),
      ("overlap g7, quad\nwhy row 0", "no row 0", "1 to 1"),
      ("overlap g7, quad\nwhy row 1 jacard", "no column jacard", "did you mean jaccard"),
      ("overlap g7, quad\nwhy row 1 of more", "none called more", "leave of more out"),
      ("count initiatives\nwhy row 1", "nobody says", "why KEY.PROPERTY"),
      ("list offices limit 1\nwhy row 1 sources", "no statement stands behind sources", "why row NUMBER"),
    ])
  func refused(text: String, words: String, help: String) throws {
    let printed = transcript.run(text)
    #expect(printed.contains(words), "\(printed)")
    #expect(printed.contains("help: ") && printed.contains(help), "\(printed)")
  }

  @Test("other formats and files as ever; the program keeps the result from one -c to the next")
  func program() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run([
      "--registry", program.registry, "-c", "overlap g7, quad", "-c", "why row 1 shared as json",
    ])
    #expect(outcome.status == 0 && outcome.output.contains("\"quote\""), "\(outcome.errors)")
  }
}
