import PluginHost
import RegistryCommands
import TestRegistry
import Testing

/// The three times on the Seed, alone and together, in every command that reads.
@Suite("The three times")
struct TimesTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
  }

  @Test("9. What was known by 12 January: Global Times certainly, undated pages possibly, Clash Report not")
  func known() {
    let printed = transcript.run("show jan12-meeting known 2026-01-12")
    #expect(!printed.contains("clash") && !printed.contains("sohu"))
    for line in printed.split(separator: "\n") where line.contains("globaltimes") {
      #expect(line.contains("\tcertain\t"), "\(line)")
    }
    let undated = printed.split(separator: "\n").filter {
      ($0.contains("toutiao") || $0.contains("allthenews")) && !$0.contains("globaltimes")
    }
    #expect(!undated.isEmpty && undated.allSatisfy { $0.contains("\tpossible\t") }, "\(printed)")
  }

  static let questions = [
    "list jan12-meeting.attendee", "list meetings where attendee = klingbeil", "show jan12-meeting",
    "why jan12-meeting.attendee", "find Klingbeil",
    "sql SELECT value FROM statements WHERE subject = 'jan12-meeting'",
    "count meetings where attendee = klingbeil", "list jan12-meeting.attendee including groups",
  ]

  @Test("published by a date leaves out Clash Report's word, whatever asks", arguments: questions)
  func published(question: String) {
    func ask(_ clauses: String) -> String {
      guard question.hasPrefix("sql ") else { return transcript.run("\(question) \(clauses)") }
      return transcript.run("sql \(clauses) { \(question.dropFirst(4)) }")
    }
    func tells(_ printed: String) -> Bool {
      if question.hasPrefix("count") { return printed.contains("ever\ttoday\n1\t") }
      return printed.split(separator: "\n").contains {
        $0.lowercased().contains("klingbeil") && !$0.hasPrefix("-- ") && !printed.contains("error:")
      }
    }
    #expect(tells(ask("")), "\(ask(""))")
    #expect(tells(ask("published by 2026-01-13")))
    #expect(!tells(ask("published by 2026-01-12")))
    #expect(!tells(ask("according to globaltimes, toutiao")))
    #expect(!tells(ask("recorded by t0")))
    let set = transcript.run(".published 2026-01-12")
    #expect(set.contains("published by 2026-01-12"))
    #expect(!tells(ask("")))
    #expect(tells(ask("published by 2026-01-13")), "a clause wins over the session")
    _ = transcript.run(".published")
    #expect(tells(ask("")))
  }

  @Test(
    "on a date, whatever asks",
    arguments: [
      "list pact.member", "list partnerships where key = pact and member = USA", "show pact.member",
      "why pact.member",
      "find \"stands in the pact\"", "sql { SELECT member FROM memberships WHERE initiative = 'pact' }",
      "count partnerships where key = pact and member = USA", "count pact.member",
      "list pact.member including groups",
    ])
  func on(question: String) {
    _ = transcript.run(
      #"""
      add partnership pact "A pact" citing entente
      claim pact.member = USA from 2000-01-01 until 2010 citing entente quote "stands in the pact"
      """#)
    func tells(_ date: String) -> Bool {
      let printed =
        question.hasPrefix("sql")
        ? transcript.run(question.replacing("sql {", with: "sql on \(date) {"))
        : transcript.run("\(question) on \(date)")
      // A note names those that do not hold, and why.
      let told = printed.split(separator: "\n").filter { !$0.hasPrefix("-- ") }.joined(separator: "\n")
      return question.hasPrefix("count")
        ? told.hasSuffix("\t1") : told.contains("USA") || told.contains("«stands")
    }
    #expect(!tells("1999"))
    #expect(tells("2005-06-01"))
    #expect(tells("2010-06-01"))
    #expect(!tells("2011-01-01"))
    _ = transcript.run(".on 2011-01-01")
    #expect(!transcript.run(question).contains("\tUSA") && !transcript.run(question).contains("\nUSA"))
    _ = transcript.run(".on")
    #expect(tells("2005-06-01"))
  }

  @Test("on, published, recorded and according to go together, as clauses and for a session")
  func together() {
    _ = transcript.run(
      #"""
      source early "Early" { published 2026-01-05 }
      source late "Late" { published 2026-02-05 }
      add partnership pact "A pact" citing early
      claim pact.member = USA from 2000 until 2010 citing early
      """#)
    let first =
      transcript.run("list transactions limit 1").split(separator: "\n").dropFirst().first?.prefix {
        $0 != "\t"
      } ?? ""
    _ = transcript.run("claim pact.member = JPN from 2005 citing early")
    _ = transcript.run("claim pact.member = KOR from 2005 citing late")
    func members(_ clauses: String) -> [String] {
      transcript.run("list pact.member \(clauses)").split(separator: "\n").dropFirst()
        .map { String($0.prefix { $0 != "\t" }) }.filter { $0.count == 3 }.sorted()
    }
    #expect(members("") == ["JPN", "KOR", "USA"])
    #expect(members("on 2006-06-01") == ["JPN", "KOR", "USA"])
    #expect(members("on 2012 published by 2026-01-06") == ["JPN"])
    #expect(members("on 2006-06-01 published by 2026-01-06 recorded by \(first)") == ["USA"])
    #expect(members("on 2012 recorded by \(first)") == [])
    #expect(members("on 2012 according to late, early") == ["JPN", "KOR"])
    #expect(members("on 2012 according to late published by 2026-01-06") == [])
    _ = transcript.run(".on 2006-06-01\n.published by 2026-01-06\n.recorded \(first)")
    #expect(members("") == ["USA"])
    #expect(members("according to late") == [])
    #expect(transcript.session.timesInForce == " on 2006-06-01 published by 2026-01-06 recorded by \(first)")
    #expect(transcript.run(".on").contains("reading published by 2026-01-06"))
    #expect(transcript.run(".on yesterday").contains("error"))
    _ = transcript.run(".published\n.recorded")
    #expect(members("") == ["JPN", "KOR", "USA"])
  }

  @Test("diff keeps to the other times; an analysis takes all of them")
  func diffAndAnalyses() {
    #expect(transcript.run("diff published 2026-01-12 2026-01-13 of jan12-meeting").contains("klingbeil"))
    #expect(
      !transcript.run("diff published 2026-01-12 2026-01-13 of jan12-meeting according to globaltimes")
        .contains("klingbeil"))
    func shared(_ clauses: String) -> String {
      let rows = transcript.run("overlap g7, quad \(clauses)").split(separator: "\n").map {
        $0.split(separator: "\t")
      }
      return rows.first { $0.first == "g7" }.map { String($0[2]) } ?? ""
    }
    #expect(shared("") == "2")
    #expect(shared("on 1970") == "0")
    #expect(shared("recorded by t0") == "0")
    _ = transcript.run(".on 1970")
    #expect(shared("") == "0")
  }

  @Test("conflicts are those of the sources that were out")
  func conflicts() {
    let question = "conflicts where subject = us-treasury-secretary"
    #expect(transcript.run(question).contains("yellen"))
    #expect(!transcript.run("\(question) published by 2026-01-13").contains("yellen"))
    #expect(transcript.run("\(question) published by 2026-01-15").contains("yellen"))
  }

  @Test(
    "figures on a date are those of the latest year up to it, in lists, filters and counts, with the year")
  func figures() {
    _ = transcript.run(
      #"""
      citing entente {
        claim MLT.dependence = 10% mineral cobalt year 2020
        claim MLT.dependence = 80% mineral cobalt year 2024
        claim MLT.dependence = 99% mineral cobalt year 2030 forecast
      }
      """#.replacing(" forecast", with: ""))
    #expect(transcript.run("list MLT.dependence on 2023-06-01").contains("10%\tcobalt\t2020"))
    #expect(!transcript.run("list MLT.dependence on 2023-06-01").contains("80%"))
    #expect(transcript.run("list MLT.dependence on 2026-01-12").contains("80%\tcobalt\t2024"))
    #expect(!transcript.run("list MLT.dependence on 2026-01-12").contains("10%"))
    let states = { (clauses: String) in
      transcript.run("list states where dependence >= 50% and key = MLT columns dependence \(clauses)")
    }
    #expect(!states("on 2023-06-01").contains("MLT"))
    #expect(states("on 2026-01-12").contains("80% (2024)"))
    #expect(
      transcript.run("count states where dependence = 10% and key = MLT on 2026-01-12").contains(
        "at most\n0\t0\n")
    )
    #expect(
      transcript.run("count states where dependence = 10% and key = MLT on 2023").contains("at most\n0\t1\n"))
    #expect(
      transcript.run(
        "sql on 2026-01-12 { SELECT year FROM figures WHERE subject = 'MLT' AND property = 'dependence' }")
        == "year\n2024\n")
  }

  @Test("an undated source is out from what it reports to its retrieval, certainly, possibly or not")
  func undated() {
    _ = transcript.run(
      #"""
      source page "A page" { retrieved 2026-03-10 }
      add partnership pact "A pact" citing page
      citing page {
        claim pact.member = USA from 2026-02-04
        claim pact.launched = 2026-01-20
        claim pact.operational = 2027
        claim pact.member = JPN from 2026-02-20 inferred because "another page says so"
      }
      """#)
    func evidence(_ date: String) -> String {
      let printed = transcript.run("list pact.launched published by \(date)")
      return printed.contains("possible") ? "possible" : printed.contains("page") ? "certain" : "not"
    }
    #expect(evidence("2026-02-03") == "not")
    #expect(evidence("2026-02-04") == "possible")
    #expect(evidence("2026-03-09") == "possible")
    #expect(evidence("2026-03-10") == "certain")
    #expect(
      transcript.run("list partnerships where member = USA and key = pact published by 2026-02-10").contains(
        "possible"))
    #expect(
      transcript.run(
        "sql published by 2026-02-10 { SELECT DISTINCT evidence FROM statements WHERE subject = 'pact' AND property = 'launched' }"
      ) == "evidence\npossible\n")
  }
}
