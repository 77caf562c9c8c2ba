import Foundation
import PluginHost
import RegistryCommands
import TestRegistry
import Testing

/// What contract 1.1 gives, asked by a program in Python of a registry.
@Suite("Contract 1.1 in a session", .serialized)
struct ContractTests {
  private let plugin: ProbePlugin
  private let transcript: Transcript

  init() throws {
    plugin = try ProbePlugin()
    transcript = Transcript(try TestRegistry.seeded(analyses: plugin.analyses))
  }

  private func rows(_ command: String) -> [[String]] {
    transcript.run(command).split(separator: "\n").filter { !$0.hasPrefix("-- ") }.dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  private func count(_ query: String, _ clauses: String = "") -> String {
    rows("sql \(clauses) { SELECT count(*) FROM \(query) }").first?.first ?? "none"
  }

  @Test(
    "a condition keeps the rows that it says, of days, dates, numbers and texts",
    arguments: [
      "memberships column start_earliest day 2022", "memberships column end_latest day 2025-06-30",
      "initiatives column started day 2025-10", "initiatives column announced day 2025-12-12",
      "sources column published day 2026-01", "commitments column due day 2027",
      "statements column \"number\" number 50", "figures column low number 12.5",
      "statements column sources number 2", "names column name word \"M\"",
      "statements column subject word \"USA\"",
      "transactions column id number 1",
    ])
  func conditions(what: String) throws {
    let words = what.split(separator: " ", maxSplits: 1)
    let found = rows("probe-conditions relation \(words[0]) \(words[1])")
    try #require(
      found.count == 6 && found.allSatisfy { $0.count == 4 },
      "\(transcript.run("probe-conditions relation \(words[0]) \(words[1])"))")
    for row in found { #expect(row[1] == row[2] && row[3] == "yes", "\(what): \(row)") }
    // A condition that keeps all or nothing would try nothing.
    let kept = Set(found.prefix(4).map { $0[1] })
    #expect(kept.count > 1, "\(what): \(found)")
  }

  @Test("a relation is read at other times than the call's, several at once, and the result says which")
  func times() throws {
    let now = rows("probe-times")
    let expected: [(String, String)] = [
      ("call", count("memberships")), ("on 2019", count("memberships", "on 2019-06-01")),
      ("on 2025", count("memberships", "on 2025-06-01")), ("all", count("memberships")),
      ("published", count("memberships", "published by 2025-11")),
    ]
    #expect(now.map { [$0[0], $0[1]] } == expected.map { [$0.0, $0.1] })
    #expect(Set(now.map { $0[1] }).count > 3)
    let narrowed = rows("probe-times on 2025-06-01 published by 2026-01-15")
    #expect(narrowed[0][1] == count("memberships", "on 2025-06-01 published by 2026-01-15"))
    #expect(narrowed[1][1] == count("memberships", "on 2019-06-01 published by 2026-01-15"))
    #expect(narrowed[3][1] == count("memberships"))
    let printed = transcript.run("probe-times")
    #expect(
      printed.contains(
        "-- also read on 2019-06-01, on 2025-06-01, of all time published by 2025-11"))
  }

  @Test("a relation is read as the registry was; a transaction that there is not is refused")
  func recorded() throws {
    _ = transcript.run("claim five-eyes.member = ISL from 2026-10 inferred because \"a test\"")
    let newest = rows("list transactions sort id desc limit 1").first?.first ?? ""
    let before = try #require(Int(newest.dropFirst())) - 1
    let then = rows("probe-times point \"t\(before)\"").last
    #expect(then?[1] == count("memberships", "recorded by t\(before)"))
    #expect(transcript.run("probe-times point \"t999999\"").contains("t999999"))
    #expect(transcript.run("probe-times point \"soon\"").contains("`soon`, which is no date"))
  }

  @Test("several tables come one after the other; why row asks of either by its name")
  func tables() throws {
    let printed = transcript.run("probe-tables")
    #expect(
      printed.contains("member\ttimes\n") && printed.contains("year\tmembers\n2025\tUSA, \n"), "\(printed)")
    let row = rows("why row 1").count
    let cell = rows("why row 1 times").count
    #expect(row >= 1 && cell >= row)
    #expect(rows("why row 1 of by-year").count > cell)
    #expect(transcript.run("why row 1 of by-yaer").contains("did you mean by-year"))
    #expect(transcript.run("why row 1 members of by-year").contains("@"))
  }

  @Test("in files each table has its own, beside the first; JSON and others have them in order")
  func files() throws {
    let file = plugin.folder.appending(path: "out.csv")
    let printed = transcript.run("probe-tables save \"\(file.path)\"")
    #expect(printed.contains("the table by-year is written to") && printed.contains("out-by-year.csv"))
  }

  @Test("parameters of every kind: defaults, values, and what is refused")
  func parameters() throws {
    #expect(
      rows("probe-parameters").map { $0[1] } == [
        "'member'", "False", "2026-10-23", "['a', 'c']", "[]", "3", "",
      ])
    let file = plugin.folder.appending(path: "data.csv")
    try "\u{feff}key,value\nUSA,1\n".write(to: file, atomically: true, encoding: .utf8)
    let given = rows(
      "probe-parameters chair strict yes since today kinds b of-types state, office data \"\(file.path)\" most 9"
    )
    #expect(
      given.map { $0[1] }.prefix(6) == ["'chair'", "True", "2026-11-22", "['b']", "['state', 'office']", "9"])
    #expect(given.last?[1] == "\(file.path) 16 key,value")
  }

  @Test(
    "arguments that no parameter can take are refused with a place and what to write",
    arguments: [
      ("probe-parameters chiar", "did you mean chair"), ("probe-parameters of-types stat", "did you mean"),
      ("probe-parameters strict maybe", "yes"), ("probe-parameters kinds a, d", "d"),
      ("probe-parameters most 12", "at most 9"), ("probe-parameters since someday", "someday"),
      ("probe-parameters data \"nothing.csv\"", "No such file"),
      ("probe-parameters data \"/dev/zero\"", "no regular file"),
      ("probe-parameters data \"/usr/bin/env\"", "no UTF-8 text"),
    ])
  func refused(command: String, words: String) throws {
    let printed = transcript.run(command)
    #expect(printed.contains("error: ") && printed.contains(words), "\(printed)")
  }

  @Test("a file of more bytes than the parameter allows is refused before the plugin runs")
  func tooLarge() throws {
    let file = plugin.folder.appending(path: "large.csv")
    try Data(repeating: 0x61, count: 100_001).write(to: file)
    #expect(transcript.run("probe-parameters data \"\(file.path)\"").contains("at most 100000 are allowed"))
  }

  @Test(
    "help shows positional parameters, ranges and defaults, and Tab completes types, properties and choices")
  func help() throws {
    let page = transcript.run("help probe-parameters")
    #expect(page.contains("PART: a property; member unless told."), "\(page)")
    #expect(page.contains("at most; 1 to 9, 3 unless told") && page.contains("a, c unless told"))
    #expect(
      transcript.run("help probe-tables").replacing("\n", with: " ").contains(
        "Table by-year, a row a year: year: the year; others"))
    func complete(_ text: String) -> [String] {
      transcript.session.complete(text, cursor: text.utf8.count).candidates.map(\.text)
    }
    #expect(complete("about probe-param") == ["probe-parameters"])
    #expect(complete("probe-parameters chai") == ["chair"])
    #expect(complete("probe-parameters of-types stat").contains("state"))
    #expect(complete("probe-parameters of-types state, offi").contains("office"))
    #expect(complete("probe-parameters strict y") == ["yes"] && complete("probe-parameters kinds b") == ["b"])
  }
}
