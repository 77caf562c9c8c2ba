import PluginHost
import TestRegistry
import Testing

/// The analyses of the plugin Membership on a small registry in which everything is known.
@Suite("Membership")
struct MembershipTests {
  private let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.session(analyses: try TestPlugins.analyses))
    let printed = transcript.run(
      """
      define type actor
      define type group under actor
      define type initiative
      define property involves of initiative, group to actor many
      define property member under involves of initiative, group to actor many
      define property signatory under member of initiative to actor many
      define property founder under signatory of initiative to actor many
      define property observer under involves of initiative to actor many
      define property chair under involves of initiative to actor one at a time
      define property scope of statement to text
      define property member-count of initiative to number many
      source good "A good source" { published 2026-02-01; reliability A }
      source poor "A poor source" { published 2026-03-01; reliability D }
      citing good {
        add actor USA "United States"
        add actor JPN "Japan"
        add actor KOR "Korea"
        add actor AUS "Australia"
        add actor GBR "United Kingdom"
        add actor PRT "Portugal"
        add group eu "Union" { member = PRT from 2000 }
        add initiative forge "Forge" {
          member = USA from 2025; signatory = JPN from 2025; founder = KOR from 2025; chair = GBR
          member = AUS from 2025-06/2026-06
        }
        add initiative pax "Pax" {
          member = USA from 2025; signatory = USA from 2025; signatory = JPN from 2025; member = AUS from 2025
          member = GBR from 2025-12-01; observer = KOR from 2025; member = eu from 2025-06-01
        }
        add initiative other "Other"
        deny pax.member = PRT on 2026-01-01
      }
      citing poor {
        claim pax.signatory = PRT on 2026-01-01
        claim pax.member = GBR from 2026-01-15
        claim pax.member-count = 7 scope "states" on 2026-01-20
      }
      """)
    #expect(!printed.contains("error"), "\(printed)")
  }

  private func rows(_ command: String) -> [[String]] {
    transcript.run(command).split(separator: "\n").dropFirst()
      .prefix { !$0.hasPrefix("-- ") && !$0.contains("readings") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test("the Jaccard index counts each certain member once, and narrower properties too")
  func jaccard() {
    // Certain on the day: forge USA, JPN, KOR; pax USA, JPN, AUS, GBR, eu: 2 of 6; AUS possibly in both.
    let printed = transcript.run("overlap forge, pax on 2026-01-10")
    #expect(printed.contains("forge\tpax\t2\t6\t0.3333333333333333\t1\tJPN, USA"), "\(printed)")
    #expect(
      transcript.run("overlap pax, forge property signatory on 2026-01-10").contains("pax\tforge\t1\t3\t"))
  }

  @Test("under every reading: the late start and the passed over signature, and who says them")
  func readings() {
    let printed = transcript.run("overlap forge, pax on 2026-01-10")
    // AUS in both or not in forge; GBR in pax or not yet; PRT in pax or not.
    #expect(printed.contains("forge, pax\tshared\t2\t2\t3\texact\t@"), "\(printed)")
    #expect(printed.contains("forge, pax\tunion\t6\t5\t7\texact\t@"), "\(printed)")
    let counted = transcript.run("counted pax on 2026-01-10")
    #expect(counted.contains("pax\tmembers\t5\t4\t6\texact\t@"), "\(counted)")
    #expect(transcript.run("overlap forge, other").contains("no competing claim moves any of these numbers"))
  }

  @Test("without names: the pairs that share somebody, the nearest first")
  func all() {
    let printed = transcript.run("overlap on 2026-01-10")
    #expect(printed.contains("forge\tpax\t2\t6"), "\(printed)")
    #expect(!printed.contains("other\t"))
  }

  @Test("a roster tells own name, group, observer, possibly and denied apart")
  func roster() {
    let printed = transcript.run("roster forge, pax including groups on 2026-01-10")
    #expect(printed.contains("member\tforge\tpax"), "\(printed)")
    #expect(printed.contains("AUS\tpossibly\tyes"))
    #expect(printed.contains("KOR\tyes\tobserver"))
    #expect(printed.contains("PRT\t\tthrough eu"))
    let own = transcript.run("roster pax on 2026-01-10")
    #expect(own.contains("PRT\tdenied"), "\(own)")
    #expect(own.contains("pax\t5\t0\t0\t1\t1"), "\(own)")
    #expect(transcript.run("roster pax members PRT on 2026-01-10\nwhy row 1 pax").contains("denies"))
  }

  @Test(
    "a roster of more than a table has columns for",
    arguments: [(127, true, true), (128, true, false), (254, true, false), (255, false, false)])
  func wideRoster(count: Int, fits: Bool, tellsCells: Bool) throws {
    let wide = Transcript(try TestRegistry.session(analyses: try TestPlugins.analyses))
    _ = wide.run(
      """
      define type actor
      define type initiative
      define property member of initiative to actor many
      source one "One"
      add actor a
      """ + "\n"
        + (0..<count).map { "add initiative i-\($0)\nclaim i-\($0).member = a citing one" }.joined(
          separator: "\n"))
    let printed = wide.run("roster\nwhy row 1 i_3")
    #expect(
      printed.contains("\nmember\ti_0") == fits || printed.hasPrefix("member\ti_0") == fits,
      "\(printed.prefix(300))")
    #expect(printed.contains("255 initiatives do not fit beside one another") == !fits)
    #expect(printed.contains("why row N tells what a whole row rests on") == (fits && !tellsCells))
    // Of one cell its statement alone, else those of the row.
    #expect(printed.contains("\ni-3.member\ta\tone") == (fits && !tellsCells), "\(printed.suffix(500))")
    #expect(printed.contains("\na\tone\tundated") == (fits && tellsCells), "\(printed.suffix(500))")
  }

  @Test("counts that others give stand beside those who are named on their day")
  func counted() {
    let printed = transcript.run("counted pax")
    #expect(printed.contains("poor\t7\tstates\ton 2026-01-20\t5\t5\tno"), "\(printed)")
    let none = transcript.run("counted other")
    #expect(none.contains("no member of other is stated, which does not mean that it has none"))
  }

  @Test("what is tried in an open transaction counts, and is gone with it")
  func whatIf() {
    let before = transcript.run("counted forge on 2026-01-10")
    let printed = transcript.run(
      """
      begin
      claim forge.member = GBR from 2025 citing good
      counted forge on 2026-01-10
      rollback
      """)
    #expect(before.contains("\t3\tmember\t2026-01-10\t3\t4"), "\(before)")
    #expect(printed.contains("\t4\tmember\t2026-01-10\t4\t5"), "\(printed)")
    #expect(printed.contains("with the changes of the open transaction"))
    #expect(transcript.run("counted forge on 2026-01-10") == before)
  }

  @Test("by type and topic, by whose word, and by when it was known")
  func narrowed() throws {
    let seeded = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    let all = seeded.run("overlap top 1000")
    let some = seeded.run("overlap top 1000 type agreement topic rare-earths")
    let listed = seeded.run("list agreements where concerns = rare-earths including parts columns name")
    let keys = Set(listed.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "\t" }) })
    let pairs = some.split(separator: "\n").dropFirst().prefix { !$0.hasPrefix("-- ") }
    #expect(!pairs.isEmpty && all.contains(pairs[1]))
    for pair in pairs {
      let ends = pair.split(separator: "\t").prefix(2).map(String.init)
      #expect(ends.allSatisfy(keys.contains), "\(pair)")
    }
    #expect(seeded.run("roster type fund topic dysprosium").contains("nothing is of this type and topic"))
    let good = transcript.run("counted pax on 2026-01-10 according to poor")
    #expect(good.contains("\t1\tmember\t") || good.contains("\t0\tmember\t"), "\(good)")
    #expect(transcript.run("counted pax published by 2026-02-10").contains("\t5\tmember\t"))
    #expect(!transcript.run("counted pax published by 2026-02-10").contains("poor"))
  }

  @Test("groups are those of all sources, whoever is asked who is in what")
  func groupsOfAll() throws {
    let seeded = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    for line in [
      "source group-page \"S0\" { reliability B }", "source party-page \"S1\" { reliability D }",
      "add partnership new-party \"P1\" citing group-page",
      "add group new-group \"Gee One\" citing group-page",
      "claim new-group.member = JPN from 2000 citing group-page",
      "claim new-party.member = new-group from 2010 citing party-page",
    ] {
      _ = seeded.run(line)
    }
    let asked = "including groups on 2015 according to party-page"
    #expect(seeded.run("count new-party.member \(asked)").contains("2\t2"))
    #expect(seeded.run("roster new-party \(asked)").contains("JPN"))
    let counted = seeded.run("counted new-party \(asked)")
    #expect(counted.contains("\t2\tmember\t"), "\(counted)")
  }

  @Test("who is no member, one name, and nobody are said, not computed")
  func bad() {
    #expect(transcript.run("overlap forge").contains("takes at least 2 values"))
    #expect(transcript.run("overlap forge, forge").contains("an initiative cannot be compared with itself"))
    #expect(transcript.run("overlap forge, pax property member-count").contains("names nobody"))
    let empty = transcript.run("overlap other, forge property observer")
    #expect(empty.contains("other\tforge\t0\t0\t\t0"), "\(empty)")
    #expect(empty.contains("no observer of other is stated"))
  }

  @Test("who is not on a list that its source calls whole is denied, and has no empty cell")
  func wholeLists() {
    _ = transcript.run(
      """
      claim other.member = only USA on 2026-01-01 citing good
      claim other.member = JPN from 2024 citing poor
      """)
    let rows = rows("roster other, pax members USA, JPN, KOR on 2026-06-01").map { Array($0.prefix(2)) }
    #expect(rows.contains(["USA", "yes"]) && rows.contains(["JPN", "denied"]), "\(rows)")
    #expect(rows.contains(["KOR", "denied"]), "\(rows)")
    #expect(
      transcript.run("roster other on 2026-06-01\nwhy row 1 other").contains("good"))
  }

  @Test("according to some, who is in a group is told by all, and no more surely than all say it")
  func background() throws {
    let added = transcript.run(
      """
      source one "One" { published 2022-04; reliability D }
      source two "Two" { published 2019-12-18; reliability D }
      add group gg "GG"
      add group hh "HH"
      add initiative pact "Pact"
      claim pact.member = gg from 2019-12-25 citing one
      claim gg.member = USA on 2022-02-18 citing two
      claim gg.member = JPN from 2015 until 2021 citing two
      claim gg.member = KOR from 2015 citing two
      claim gg.member = hh from 2015 citing two
      claim hh.member = AUS citing two
      claim gg.member = GBR citing one
      claim gg.member = GBR from 2015 citing two
      """)
    #expect(!added.contains("error"), "\(added)")
    let sources = ["", " according to one"]
    for asked in sources {
      let roster = transcript.run("roster pact including groups on 2021-06-01\(asked)")
      for member in ["USA", "JPN", "AUS"] {
        #expect(roster.contains("\(member)\tpossibly through gg\n"), "\(roster)")
      }
      for member in ["KOR", "GBR", "hh"] { #expect(roster.contains("\(member)\tthrough gg\n"), "\(roster)") }
      #expect(roster.contains("pact\t1\t3\t3\t0\t0"), "\(roster)")
      #expect(roster.contains("pact\tmembers\t4\t4\t7\texact\t@"), "\(roster)")
      let counted = transcript.run("counted pact including groups on 2021-06-01\(asked)")
      #expect(counted.contains("\t4\t7\t\n"), "\(counted)")
      // As the relation has it.
      let told = transcript.run(
        "sql on 2021-06-01\(asked) { select member, min(certainty) from memberships_including_groups where initiative = 'pact' group by member }"
      )
      for member in ["USA", "JPN", "AUS"] { #expect(told.contains("\(member)\tpossibly\n"), "\(told)") }
      for member in ["KOR", "GBR", "hh", "gg"] { #expect(told.contains("\(member)\tcertainly\n"), "\(told)") }
    }
    let evidence = transcript.run("roster pact including groups on 2021-06-01 according to one; why row 5")
    #expect(!evidence.contains("error") && !evidence.contains("by all sources"), "\(evidence)")
  }
}
