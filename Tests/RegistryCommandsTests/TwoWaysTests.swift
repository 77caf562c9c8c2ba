import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// The faults of the kind "two ways of asking, two answers", each with its right answer.
@Suite("Two ways of asking give one answer")
struct TwoWaysTests {
  @Test("What a new claim dethrones is not counted any more")
  func dethroned() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      source x "X" { published 2024-05-01; reliability A }
      claim forge.chair = KOR through 2026-06 citing gazette quote "chaired by Korea"
      claim msp.chair = KOR citing gazette quote "chaired by Korea"
      claim forge.chair = JPN through 2026-06 citing x quote "a"
      """)
    #expect(transcript.run("count initiatives by chair").contains("KOR\t1\n"))
    #expect(
      transcript.run("count initiatives where chair = KOR")
        == "ever\ttoday\n1\t0\n-- 1 not stated, left out\n-- 1 more possibly today\n")
    #expect(try transcript.session.store.check().compactMap(\.problem) == [])
  }

  @Test(
    "After two sources are merged, each page keeps its date and reliability, however it is asked (answers 57)"
  )
  func mergedSources() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      define property slogan of initiative to text one
      source wire-1 "A wire" { published 2026-01-10; reliability D }
      source wire-2 "A wire" { published 2026-07-01; reliability A }
      claim forge.slogan = "early" citing wire-1
      claim forge.slogan = "late" citing wire-2
      """)
    func agree(on slogan: String, _ reliability: String) {
      #expect(
        transcript.run("list partnerships where slogan = \(slogan) columns slogan").contains(
          "forge\tFORGE\t\(slogan)\t"))
      #expect(transcript.run("why forge.slogan").contains("\(slogan)\tchosen\t"))
      #expect(
        transcript.run("sql { SELECT value FROM statements WHERE property = 'slogan' AND chosen }")
          == "value\n\(slogan)\n")
      let why = transcript.run("why forge.slogan")
      #expect(why.contains("late\tchosen") == (slogan == "late"))
      #expect(why.contains("\t2026-01-10\tD") && why.contains("\t2026-07-01\tA"))
    }
    agree(on: "late", "A")
    _ = transcript.run("merge wire-1 into wire-2 because \"one page\"")
    agree(on: "late", "A")
    _ = transcript.run("unmerge wire-1")
    _ = transcript.run("merge wire-2 into wire-1 because \"one page\"")
    agree(on: "late", "A")
    // What came out in July was not out in February.
    let early = transcript.run("show forge.slogan published by 2026-02-01")
    #expect(early.contains("early") && !early.contains("late"))
    #expect(try transcript.session.store.check().compactMap(\.problem) == [])
    // Of a page of which nothing is known, what it counts as tells.
    _ = transcript.run(
      """
      add source wire-3 "A wire"
      claim forge.slogan = "third" citing wire-3
      merge wire-3 into wire-1 because "one page"
      """)
    #expect(transcript.run("why forge.slogan").contains("third\trival\twire-1 (wire-3)\t2026-01-10\tD"))
  }

  @Test("A property stands for what narrows it in counts too, and counts a thing once for each value")
  func narrower() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      "claim us-japan.member = JPN citing gazette; claim forge.member = unknown citing leaflet")
    let printed = transcript.run("count initiatives by member").split(separator: "\n").dropFirst()
    let rows = printed.filter { !$0.hasPrefix("-- ") }.map { $0.split(separator: "\t").map(String.init) }
    // Who signed, and is said to be a member too, is one of them.
    #expect(rows.contains(["JPN", "2"]) && rows.contains(["USA", "3"]) && rows.contains(["unknown", "1"]))
    for row in rows where row[0] != "not stated" {
      let found = transcript.run("count initiatives where member = \(row[0])").split(separator: "\n")[1]
      #expect(found.hasPrefix(row[1] + "\t"), "\(row)")
    }
  }

  @Test(
    "By started, what has a launch is found; of several beginnings the first is shown, as what it is (answers 6)"
  )
  func beginnings() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      define property signed under started of initiative to date one
      define property in-force under started of initiative to date one
      add agreement pact "A pact" citing courier { in-force = 2018-03; signed = 2016 }
      add agreement other "Another" citing courier { signed = 2017 }
      """)
    let counted = transcript.run("count agreements by started")
    #expect(counted == "started\tever\n2016\t1\n2017\t1\n2018-03\t1\n2025-10-28\t1\n")
    #expect(
      transcript.run("list agreements where type = agreement columns started sort started").contains(
        "pact\tA pact\t2016\tsigned\tcourier\nother\tAnother\t2017"))
    #expect(
      transcript.run("list agreements where started = 2018-03 columns started").contains("2018-03, 2016"))
    #expect(transcript.run("conflicts where subject = pact").contains("nothing differs"))
  }

  @Test("A path to a type asks for the types of what it leads to, as sql does")
  func pathsToTypes() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run("add commitment gift citing courier { giver = eu; rung = pledged }")
    #expect(transcript.run("count commitments where giver.type = state").hasPrefix("ever\ttoday\n4\t"))
    #expect(transcript.run("count commitments where giver.type = group").hasPrefix("ever\ttoday\n1\t"))
    #expect(transcript.run("count commitments where giver.type = actor").hasPrefix("ever\ttoday\n5\t"))
    #expect(
      transcript.run(
        "sql { SELECT count(DISTINCT s.subject) AS n FROM statements s JOIN entities e ON e.key = s.object WHERE s.property = 'giver' AND s.chosen AND e.type = 'state' }"
      ) == "n\n4\n")
    #expect(transcript.run("count commitments where giver.key = eu").hasPrefix("ever\ttoday\n1\t"))
    #expect(transcript.run("list commitments where giver.type = state on 2026-02").contains("smelters"))
  }

  @Test("`!=` with several means none of them, and order signs have a meaning or are refused")
  func comparisons() throws {
    let transcript = Transcript(try TestRegistry.example())
    #expect(transcript.run("count initiatives where key != forge, msp").hasPrefix("ever\ttoday\n1\t"))
    #expect(transcript.run("count initiatives where key = forge, msp").hasPrefix("ever\ttoday\n2\t"))
    #expect(
      transcript.run("count initiatives where type != agreement, partnership").hasPrefix("ever\ttoday\n0\t"))
    #expect(
      transcript.run("list initiatives where type > agreement").contains("of them none is more than another"))
    #expect(transcript.run("list initiatives where type ~ \"partner\" columns name").contains("forge"))
    // By the alphabet, as a list is sorted.
    _ = transcript.run("add partnership zone \"Ärger\" citing courier")
    #expect(
      transcript.run("list partnerships where name < \"b\" columns name")
        == "key\tname\tsources\nzone\tÄrger\tcourier\n")
  }

  @Test("A list is sorted by the least of several values, whenever they were recorded")
  func sorting() throws {
    for order in [["3", "8"], ["8", "3"]] {
      let transcript = Transcript(try TestRegistry.example())
      _ = transcript.run(
        """
        define property sizes of initiative to number many
        claim forge.sizes = \(order[0]) citing courier
        claim forge.sizes = \(order[1]) citing courier
        claim msp.sizes = 5 citing courier
        """)
      let sorted = transcript.run("list partnerships sort sizes columns sizes")
      #expect(
        sorted.contains("\nforge\tFORGE\t3, 8\tcourier\nmsp")
          || sorted.contains("\nforge\tFORGE\t8, 3\tcourier\nmsp"))
      #expect(transcript.run("list partnerships sort sizes desc limit 1 columns name").contains("msp"))
    }
  }

  @Test(
    "A source that claims and denies one thing of one coarse period contradicts itself, unsettled (answers 18)"
  )
  func selfContradiction() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      claim forge.member = KOR on 2026 citing gazette quote "in"
      deny forge.member = KOR on 2026 citing gazette quote "out"
      """)
    let why = transcript.run("why forge.member")
    #expect(why.contains("KOR on 2026\tunsettled\tgazette"))
    #expect(why.contains("passed over: its denial"))
    #expect(transcript.run("show forge.member").contains("unsettled"))
    #expect(transcript.run("conflicts where subject = forge").contains("denied\tone source alone"))
  }

  @Test("That something was on a date is so on every day")
  func datesHold() throws {
    let transcript = Transcript(try TestRegistry.example())
    for date in ["2026-05", "2030"] {
      #expect(
        transcript.run("show us-japan.started on \(date)").contains("2025-10-28\t\tyes"), "\(date)")
    }
    #expect(
      transcript.run("list agreements where started = 2025-10-28 on 2026-05 columns started").contains(
        "us-japan\tUS–Japan framework\t2025-10-28\tyes"))
  }

  @Test("What a denial of the wider passes over is not chosen, however it is asked")
  func deniedByWider() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      source strict "The strict" { published 2026-05-01; reliability A }
      claim us-japan.signatory = AUS citing leaflet
      deny us-japan.member = AUS citing strict
      """)
    #expect(transcript.run("list agreements where member = AUS columns name").contains("us-japan") == false)
    #expect(transcript.run("list agreements columns signatory").contains("JPN, USA\t"))
    #expect(transcript.run("why us-japan.signatory").contains("AUS\trival\tleaflet"))
    #expect(
      transcript.run("sql { SELECT chosen FROM statements WHERE object = 'AUS' AND property = 'signatory' }")
        == "chosen\n0\n")
  }

  @Test("Whose word counts narrows what is asked, not which groups there are (answers 58)")
  func background() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      "source clash \"Clash\" { published 2026-02-01 }; claim summit.participant = eu citing clash quote \"the EU\""
    )
    let listed = transcript.run("list summit.participant including groups according to clash")
    #expect(listed.contains("MLT\tMalta\tparticipant\teu") && listed.contains("courier"))
    #expect(listed.contains("KOR") == false)
    let found = transcript.run("list meetings where participant = MLT including groups according to clash")
    #expect(found.contains("summit\tThe summit") && found.contains("\teu\t"))
    #expect(found.contains("-- groups and parts are taken from all sources"))
    #expect(
      transcript.run("count meetings where participant = MLT including groups according to clash on 2026-03")
        == "certainly\tat most\n0\t1\n")
  }

  @Test(
    "What a source's reliability decides is decided anew where it changes, of denials of what is many too")
  func reliability() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      claim us-japan.signatory = AUS citing gazette
      deny us-japan.member = AUS citing leaflet
      claim forge.member = KOR citing gazette
      deny forge.member = KOR citing leaflet
      """)
    #expect(transcript.run("list initiatives where member = AUS columns name").contains("us-japan"))
    #expect(transcript.run("list initiatives where member = KOR columns name").contains("forge"))
    _ = transcript.run("source leaflet \"A leaflet\" { reliability A }")
    #expect(try transcript.session.store.check().compactMap(\.problem) == [])
    #expect(transcript.run("list initiatives where member = AUS columns name").contains("us-japan") == false)
    #expect(transcript.run("list initiatives where member = KOR columns name").contains("forge") == false)
    #expect(transcript.run("why forge.member").contains("chosen not forge.member = KOR by the rule"))
  }

  @Test("Paths of many steps are followed under a date too, in filters and in their negations")
  func deepPathsOnDate() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      "claim pipeline.towards = first-money citing courier; claim first-money.towards = smelters citing courier; claim smelters.under = forge citing courier"
    )
    for path in ["towards.towards.under.member", "towards.towards.under.succeeds.member"] {
      for condition in [
        "\(path) = USA", "not (\(path) = USA)", "\(path) is stated",
        "not (not (\(path) = USA and giver = USA))",
      ] {
        let found = transcript.run("count commitments where \(condition) on 2026-03")
        #expect(found.hasPrefix("certainly\tat most\n"), "\(condition): \(found)")
      }
      #expect(
        transcript.run("list commitments where \(path) = USA on 2026-03").contains("pipeline\t"), "\(path)")
    }
  }

  @Test("A quote with an accent behind it is a quote, wherever a text is asked for")
  func accentedQuotes() throws {
    let transcript = Transcript(try TestRegistry.example())
    let text = "it'\u{301}s"
    _ = transcript.run("claim summit.output = \"\(text)\" citing courier")
    for ask in [
      "list statements where value = \"\(text)\"", "list events where output = \"\(text)\"",
      "list summit.output where value = \"\(text)\"",
    ] {
      #expect(transcript.run(ask).contains("summit") || transcript.run(ask).contains(text), "\(ask)")
    }
    #expect(transcript.run("count statements where value = \"\(text)\"") == "count\n1\n")
  }

  @Test("Rates are numbers as shares are: right-aligned, and not compared by words")
  func rates() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      "define property growth of state to percent any many; claim JPN.growth = -2% citing courier; claim USA.growth = 120% citing courier"
    )
    #expect(
      transcript.run("list states where growth ~ \"2\"").contains("~ looks for words in names and texts"))
    #expect(transcript.run("list states where growth < 0%").contains("JPN\t"))
    #expect(transcript.run("count states where growth > 100%").hasPrefix("ever\ttoday\n1\t"))
  }

  @Test(
    "Counted by a property is as many as with that value, of days to come and of what begins and ends things",
    arguments: ["1990", "2019-06", "2021-06", "2026-11-22", "2027-06", "2031"])
  func countedByAndWith(date: String) throws {
    let transcript = Transcript(try TestRegistry.session())
    _ = transcript.run(
      """
      define type state plural states
      define property founded of entity to date one; define property ended of entity to date one
      define property status of entity to choice active, ended one at a time
      define type pact plural pacts begins founded ends ended, status.ended
      define property member of pact to state many
      source s1 "One" { published 2020-01-01 }; source s2 "Two" { published 2026-01-01 }
      add state USA; add state JPN
      add pact p1 citing s1 { founded = 2000; status = active from 2000; member = USA, JPN }
      add pact p2 citing s2 { founded = 2010; status = ended from 2020; member = USA from 2020-06 until 2030 }
      add pact p3 citing s2; claim p3.member = JPN until 2019 citing s1
      add pact p4 citing s2 { founded = 2025; status = active from 2025 until 2031 }
      """)
    func cells(_ command: String) -> [[Substring]] {
      transcript.run(command).split(separator: "\n").filter { !$0.hasPrefix("--") }.dropFirst().map {
        $0.split(separator: "\t", omittingEmptySubsequences: false)
      }
    }
    for property in ["type", "status", "member", "founded"] {
      for row in cells("count pacts by \(property) on \(date)") where row[0] != "not stated" {
        let found = cells("count pacts where \(property) = \(row[0]) on \(date)")
        #expect(found == [[row[1], row[2]]], "\(property) = \(row[0]) on \(date)")
        let listed = cells("list pacts where \(property) = \(row[0]) on \(date)")
        #expect(listed.count == Int(row[2]), "\(property) = \(row[0]) on \(date)")
      }
    }
    let all = cells("count pacts on \(date)")
    try #require(all.count == 1 && all[0].count == 2)
    #expect(cells("count pacts where type = pact on \(date)") == all)
    // A type of which nothing is there has no group.
    let ofTypes = cells("count pacts by type on \(date)").map { Array($0.dropFirst()) }
    #expect(ofTypes == (all[0][1] == "0" ? [] : all))
    // Who is undecided, or of whom nothing is stated, is there.
    for filter in ["status = active is undecided", "member = USA is undecided", "status is not stated"] {
      let found = cells("count pacts where \(filter) on \(date)")
      try #require(found.count == 1 && found[0].count == 2)
      for (count, most) in zip(found[0], all[0]) {
        #expect(Int(count) ?? .max <= Int(most) ?? 0, "\(filter)")
      }
    }
  }

  @Test(
    "What has no name by what is said, or of which none is known, is called by its key, and has a type only of words"
  )
  func namedNone() throws {
    for value in ["none", "unknown"] {
      for property in ["name", "type"] {
        let transcript = Transcript(try TestRegistry.session())
        _ = transcript.run(
          "define type pact plural pacts; add pact p \"P\"; add pact q \"Q\"; claim q.name = unknown")
        let listed = transcript.run("list pacts")
        #expect(listed.contains("p\tP") && listed.contains("q\tQ"))
        _ = transcript.run("correct p.\(property) to \(value)")
        #expect(transcript.run("list pacts").contains("p\tp") == (property == "name"), "\(property) \(value)")
        #expect(try transcript.session.store.check().compactMap(\.problem) == [], "\(property) \(value)")
      }
    }
  }

  @Test("A name means in every command what it meant when that was recorded which is asked for")
  func namesThen() throws {
    let transcript = Transcript(try TestRegistry.session())
    for line in [
      "define type pact plural pacts; define property lead of pact to pact many; define property n of pact to number one",
      "add pact p \"P\"", "add pact q \"Q\" { lead = p }", "add pact r \"R\"",
      "source s1 \"One\"; source s2 \"Two\"; claim p.n = 1 citing s1; claim p.n = 2 citing s2",
    ] { _ = transcript.run(line) }
    let questions = [
      "mentions p", "brief p", "show p", "conflicts p", "conflicts where lead = p",
      "list pacts where lead = p",
      "history p", "why p.n",
    ]
    let before = questions.map { transcript.run($0) }
    let last = try #require(try transcript.session.store.transactions(limit: 1).first).id
    _ = transcript.run("merge p into r because \"one\"")
    for (question, answer) in zip(questions, before) where !question.hasPrefix("history") {
      let then = transcript.run("\(question) recorded by \(last)")
      #expect(
        then.replacing(", as recorded by \(last)", with: "").replacing(" recorded by \(last)", with: "")
          == answer,
        "\(question)")
    }
    #expect(transcript.run("mentions p").contains("q\tQ\tlead"))
    let difference = transcript.run("diff recorded t2 \(last) of p")
    #expect(difference.contains("p.n = 1") && !difference.contains("r.name"))
  }
}
