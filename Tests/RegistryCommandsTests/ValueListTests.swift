import RegistryCommands
import TestRegistry
import Testing

/// What lists and counts of values, of groups and as matrices answer: faults 3, "a clause that is accepted and does
/// nothing".
@Suite("Lists and counts of the values of a property")
struct ValueListTests {
  private func transcript() throws -> Transcript {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(ClauseCases.script, atomicity: .whole)
    return transcript
  }

  private func rows(_ printed: String) -> [[String]] {
    printed.split(separator: "\n").filter { !$0.hasPrefix("-- ") }.dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test(
    "are narrowed by the properties of the values and by what is said of the statements",
    arguments: [
      ("list accord.signatory where type = state", ["FRA", "JPN"]),
      ("list accord.signatory where start >= 2026", ["eu"]),
      ("list accord.signatory where name ~ \"fra\"", ["FRA"]),
      ("list accord.signatory sort from desc", ["eu", "FRA", "JPN"]),
      ("list accord.signatory sort name", ["eu", "FRA", "JPN"]),
      ("list accord.signatory where type = state on 2026-06", []),
      ("list accord.signatory where name ~ \"malta\" including groups", ["MLT"]),
      ("list CHN.share where value >= 90%", ["90%"]),
      ("list CHN.share where year = 2023 sort value", ["58%", "90%"]),
      ("list summit.participant where source = gazette sort name", ["eu", "JPN", "USA"]),
      ("list summit.participant where denied = yes", ["KOR"]),
    ])
  func narrowed(_ line: String, _ values: [String]) throws {
    #expect(rows(try transcript().run(line)).map(\.[0]) == values)
  }

  @Test("show the columns that are asked for")
  func columns() throws {
    let printed = try transcript().run("list accord.signatory where type = state columns name, from, source")
    #expect(printed == "value\tname\tfrom\tsource\nFRA\tFrance\t2020\tflyer\nJPN\tJapan\t2020\tflyer\n")
  }

  @Test(
    "are counted in groups, each value once",
    arguments: [
      ("count accord.signatory by type", [["state", "2", "0"], ["group", "1", "1"]]),
      ("count accord.signatory where type = state", [["2", "0"]]),
      ("count accord.signatory by type on 2022", [["state", "2", "2"]]),
      ("count summit.participant by source limit 1", [["courier", "3", "0"]]),
      ("count accord.signatory where type = state including groups", [["3", "2"]]),
    ])
  func counted(_ line: String, _ rows: [[String]]) throws {
    #expect(self.rows(try transcript().run(line)) == rows)
  }

  @Test(
    "Of which groups a count shows only the first is told, and of none where all are shown",
    arguments: [
      "initiatives by member", "initiatives by member on 2024", "summit.participant by source",
      "statements by property", "statements by property on 2024",
    ])
  func limited(_ count: String) throws {
    let transcript = try transcript()
    let all = rows(transcript.run("count \(count)")).count
    try #require(all > 1)
    for limit in 1...(all + 1) {
      let printed = transcript.run("count \(count) limit \(limit)")
      #expect(rows(printed).count == min(limit, all))
      #expect(printed.contains("-- the first \(limit) ") == (limit < all), "\(limit) of \(all)")
    }
  }

  @Test(
    "What a count by groups counts, a filter by the group finds",
    arguments: [
      "", " on 2024", " on 2026-06", " on 1990", " published by 2026-01-31",
    ])
  func countsAreLists(_ times: String) throws {
    let transcript = try transcript()
    let counted = rows(transcript.run("count initiatives by member including groups\(times)"))
    #expect(counted.count > (times == " on 1990" ? 0 : 3))
    for row in counted where row[0] != "not stated" {
      let found = rows(transcript.run("count initiatives where member = \(row[0]) including groups\(times)"))
      #expect(found.first?.first == row[1], "\(row[0])\(times)")
      if times.contains("on ") { #expect(found.first?.last == row[2], "\(row[0])\(times), at most") }
    }
  }

  @Test(
    "A matrix says of each cell what the list of its column says", arguments: ["2023", "2024-08", "2026-06"])
  func matrix(_ date: String) throws {
    let transcript = try transcript()
    let printed = transcript.run("list initiatives by member as matrix on \(date)")
    let header = try #require(printed.split(separator: "\n").first).split(separator: "\t").map(String.init)
    for (place, initiative) in header.enumerated().dropFirst() {
      let list = rows(transcript.run("list \(initiative).member on \(date) columns value"))
      let said = Dictionary(list.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
      for row in rows(printed) {
        #expect((said[row[0]] ?? "") == (place < row.count ? row[place] : ""), "\(initiative), \(row[0])")
      }
    }
  }

  @Test("A matrix follows groups and says so")
  func matrixOfGroups() throws {
    let printed = try transcript().run("list initiatives by member as matrix including groups")
    #expect(printed.contains("MLT\tyes, through eu"))
    #expect(!(try transcript().run("list initiatives by member as matrix")).contains("MLT"))
  }

  @Test(
    "are refused where they would mean nothing, with what to write",
    arguments: [
      ("list accord.signatory columns nosuch", "have no nosuch"),
      ("list accord.signatory sort nosuch", "have no nosuch"),
      ("list CHN.share where name = \"x\"", "have no name"),
      ("list accord.signatory where amount > USD 1", "amount is a property of commitment"),
      ("list initiatives by member", "count initiatives by member counts in groups"),
      ("list accord.signatory by type", "count accord.signatory by type counts in groups"),
      ("list statements by property", "count statements by property counts in groups"),
      ("list initiatives as matrix", "list initiatives by PROPERTY as matrix"),
      ("list sources as matrix", "make no matrix"),
      ("list sources as map", "make no matrix and no map"),
      ("list CHN.share[mineral gallium] as map", "one property of one thing"),
      ("list CHN.share as map", "share has no states"),
      ("list initiatives by status as map", "status has no states"),
      ("list initiatives by member, chair as map", "one property"),
      ("list accord.signatory as map limit 3", "limit"),
      ("list initiatives by member, chair as matrix", "one property"),
      ("list initiatives including groups", "where member = KEY"),
      ("list initiatives where status = active including groups", "where member = KEY"),
      ("count initiatives by status including groups", "nobody is asked for"),
      ("count CHN.share including groups", "share names nobody"),
      ("count initiatives limit 3", "add by PROPERTY"),
      ("count forge.member limit 3", "add by PROPERTY"),
      ("list initiatives where member >= 3", "none is more than another"),
      ("list initiatives known 2026-01-01 on 2026-02-01", "says it a second time"),
      ("diff on 2023 2024 on 2022", "on has no meaning"),
      (#"source s "S" { publisher "P"; publisher "Q" }"#, "a second time"),
      ("define property p of state to text many one", "two cardinalities"),
      (#"define property p of state to text unit "t""#, "has no unit"),
      ("define property p of state to number one per nosuch", "there is no qualifier nosuch"),
      ("define type t columns nosuch", "there is no property nosuch"),
      ("claim forge.chair = KOR via rubio", "none is cited"),
      (#"claim forge.chair = KOR at "p. 1""#, "none is cited"),
      (#"claim forge.chair = KOR inferred because "so""#, "none is cited"),
      ("claim forge.chair = KOR from 2026-02 on 2026-03 citing courier", "do not make one period"),
      ("claim forge.chair = KOR until 2026-02 through 2026-03 citing courier", "do not make one period"),
    ])
  func refused(_ line: String, _ words: String) throws {
    let printed = try transcript().run(line)
    #expect(printed.contains("error: "))
    #expect(printed.contains("help: "))
    #expect(printed.contains(words), "\(printed)")
  }
}
