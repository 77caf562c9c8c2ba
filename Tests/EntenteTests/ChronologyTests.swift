import TestRegistry
import Testing

/// The analyses of the plugin Chronology, on a small registry of which everything can be counted by hand, and on the Seed.
@Suite("Chronology")
struct ChronologyTests {
  private static let script = """
    source one "One" { publisher "P"; published 2025-04-01; reliability B }
    source two "Two" { publisher "Q"; published 2025-09-01; reliability C }
    citing one { add state FRA "France"; add state DEU "Germany"; add state ITA "Italy"; add state ESP "Spain" }
    citing one {
      add agreement pact "The pact"
      claim pact.signed = 2025-03-04
      claim pact.member = FRA from 2025-03-04
      claim pact.member = DEU from 2025-05 until 2026-02-10
      claim pact.chair = FRA from 2025-03-04 through 2025-08
      claim pact.deadline = 2025-10
      add commitment loan "A loan" under pact { giver = FRA; rung = announced from 2025-03-10; amount = USD 5m }
      add commitment part "A part of it" under pact {
        giver = FRA; rung = announced from 2025-03-20; amount = USD 2m; towards = loan
      }
      add commitment grant "A grant" under pact { giver = DEU; rung = announced from 2025-03; amount = up to EUR 3m }
      add commitment gift "A gift" under pact { giver = DEU; rung = announced from 2025; amount = unknown }
    }
    citing two {
      claim pact.signed = 2025-03-06
      claim pact.member = ITA from 2025
      claim pact.member = ESP on 2025-07-01
      claim pact.purpose = "trade" within 2025-06-01..2025-06-20
    }
    """

  private let small: AnalysisSession

  init() throws { small = try AnalysisSession(Self.script) }

  private func timeline(_ clauses: String) -> [String] {
    small.lines(
      "timeline \(clauses)", "date", "precision", "property", "what", "value", "standing")
  }

  // MARK: timeline

  @Test("timeline has every beginning, end, sighting and date, each with the precision of its source")
  func timelineOfAll() {
    #expect(
      timeline("about pact property signed, member, chair, deadline, purpose") == [
        "2025 year member begins ITA ",
        "2025-03-04 day chair begins FRA ",
        "2025-03-04 day member begins FRA ",
        "2025-03-04 day signed dated  ",
        "2025-05 month member begins DEU possibly",
        "2025-06-01/2025-06-20 range purpose took place trade ",
        "2025-07-01 day member seen ESP ",
        "2025-08-31 day chair ends FRA ",
        "2025-10 month deadline dated  ",
        "2026-02-10 day member ends DEU possibly",
      ])
    let notes = small.run("timeline about pact property signed")
    #expect(
      notes.contains("-- 1 more that the rules passed over for others are left out: rivals yes shows them"))
  }

  @Test(
    "a date that is coarser than what is asked lies in it possibly; what was passed over is shown on request")
  func timelineOfSome() {
    #expect(
      timeline("2025-08-15..2025-10-15 property signed, member, chair, deadline") == [
        "2025 year member begins ITA possibly", "2025-08-31 day chair ends FRA ",
        "2025-10 month deadline dated  possibly",
      ])
    #expect(
      timeline("2025-03..2025-03 property signed rivals yes") == [
        "2025-03-04 day signed dated  ", "2025-03-06 day signed dated  passed over",
      ])
    #expect(timeline("2025-09.. what ends") == ["2026-02-10 day member ends DEU possibly"])
    #expect(
      timeline("..2025-04 what begins type agreement property chair") == ["2025-03-04 day chair begins FRA "]
    )
    #expect(
      timeline("2025 what dated published by 2025-05")
        == timeline("2025 what dated").filter { !$0.contains("06") })
    #expect(timeline("2025 property chair on 2025-06-01").count == 2)
    #expect(timeline("2025 property chair on 2025-10-01") == [])
  }

  @Test("a reversed interval, names that there are not and days without anything are told")
  func timelineOfNothing() {
    #expect(small.run("timeline 2026..2025").contains("error:"))
    #expect(small.run("timeline 2025-13..2026").contains("error:"))
    #expect(small.run("timeline about nobody").contains("error:"))
    #expect(small.run("timeline property nothing").contains("error:"))
    #expect(
      small.run("timeline 1950..1951").contains(
        "-- nothing dated is stated in 1950/1951, which does not mean that nothing happened"))
    #expect(small.run("timeline type measure").contains("-- nothing dated is stated of the type measure"))
    #expect(small.run("timeline limit 2").contains("-- the first 2 of "))
  }

  // MARK: ending

  @Test(
    "ending has the terms that end and the deadlines that fall due, certain or possible, with the days left")
  func ending() {
    func lines(_ clauses: String) -> [String] {
      small.lines("ending \(clauses)", "ends", "days", "property", "value", "standing")
    }
    #expect(
      lines("from 2025-08-01 days 92") == [
        "2025-08-31 30 chair FRA ", "2025-10 61 deadline  ",
      ])
    #expect(lines("from 2025-10-15") == ["2025-10 -14 deadline  possibly"])
    #expect(lines("from 2025-12 days 90") == ["2026-02-10 71 member DEU possibly"])
    #expect(lines("from 2025-08-01 days 92 due signed") == ["2025-08-31 30 chair FRA "])
    // Of what held on a day, from that day on.
    #expect(lines("on 2025-08-01 property chair") == ["2025-08-31 30 chair FRA "])
    #expect(
      small.run("ending").contains(
        "-- no end or deadline is stated from 2026-11-22 to 2027-02-20, which does not mean that nothing ends"
      ))
    #expect(small.run("ending days -1").contains("error:"))
    #expect(small.run("ending from 2025/..").contains("error:"))
  }

  // MARK: momentum

  @Test("momentum counts who joined in each month, and tells who is in no one month")
  func momentum() {
    let tables = small.tables(
      "momentum about pact",
      heads: [
        "month\tinitiative\tjoined", "month\tinitiative\tcurrency", "initiative\tmember", "of\tmeasure",
      ])
    #expect(tables.count == 4)
    let joins = tables[0].map { "\($0["month"]!) \($0["joined"]!) \($0["possible"]!) \($0["members"]!)" }
    #expect(joins.count == 12)
    // That Germany joins in May is announced in April, and nobody confirms it.
    #expect(
      joins.contains("2025-03 1 1 FRA") && joins.contains("2025-05 0 2 ") && joins.contains("2025-12 0 1 ")
    )
    #expect(
      tables[2].map { "\($0["member"]!) \($0["when"]!)" } == ["ESP ", "ITA 2025"])
    #expect(
      small.run("momentum about pact").contains(
        "-- 2 joinings are in no one month: 1 without a beginning, 1 of a coarser date"))
  }

  @Test(
    "momentum adds money in one currency, leaves parts out beside their whole, and keeps bounds and unknown amounts"
  )
  func money() {
    let tables = small.tables(
      "momentum about pact",
      heads: ["month\tinitiative\tjoined", "month\tinitiative\tcurrency", "initiative\tmember"])
    let money = tables[1].map { row in
      ["month", "currency", "least", "most", "commitments", "parts", "unknown"].map { row[$0] ?? "?" }.joined(
        separator: " ")
    }
    #expect(
      money == [
        "2025    0 0 1", "2025-03 EUR 0 3000000 1 0 0",
        "2025-03 USD 5000000 5000000 1 1 0",
      ])
    #expect(small.run("momentum property chair").contains("names no members"))
    #expect(small.run("momentum 1950..1951").contains("nobody is stated to have joined in 1950/1951"))
  }

  // MARK: Under every reading

  @Test("what was announced has its least and its greatest where sources differ in amounts, in one currency")
  func moneyUnderReadings() throws {
    let open = try AnalysisSession(
      """
      source one "One" { publisher "P"; published 2025-09-01; reliability B }
      source two "Two" { publisher "Q"; published 2025-09-01; reliability C }
      citing one { add state FRA "France"; add agreement pact "The pact" }
      citing one {
        add commitment loan "A loan" under pact { giver = FRA; rung = announced from 2025-03-10; amount = USD 5m }
        add commitment aid "Aid" under pact { giver = FRA; rung = announced from 2025-03-11; amount = USD 1m }
        add commitment gift "A gift" under pact { giver = FRA; rung = announced from 2025-03-12; amount = USD 2m }
        add commitment plan "A plan" under pact { giver = FRA; rung = announced from 2025-04-12; amount = USD 3m }
      }
      citing two { claim loan.amount = up to USD 7m; claim gift.amount = EUR 2m }
      """)
    let rows = (open.tables("momentum 2025 about pact", heads: ["of\tmeasure\tchosen"]).first ?? []).map {
      row in
      ["of", "measure", "chosen", "least", "greatest", "extremes"].map { row[$0] ?? "?" }.joined(
        separator: " ")
    }
    // By hand: the loan 5 or, of up to 7, nothing; the gift 2 or nothing in dollars; the aid 1 for certain; April is settled.
    #expect(rows == ["2025-03 USD announced least 8000000 1000000 8000000 exact"])
    let why = open.run("momentum 2025 about pact\nwhy row 1 moved_most_by of readings")
    #expect(why.contains("up to USD 7m") && why.contains("two"), "\(why)")
  }

  @Test(
    "where sources differ, each date and count has its least and its greatest, and the claim that moves it most"
  )
  func readings() throws {
    let open = try AnalysisSession(
      """
      source one "One" { publisher "P"; published 2025-09-01; reliability B }
      source two "Two" { publisher "Q"; published 2025-09-01; reliability C }
      citing one { add state FRA "France"; add state DEU "Germany"; add state AUT "Austria"; add state ESP "Spain" }
      citing one {
        add agreement pact "The pact"
        claim pact.signed = 2025-03-04
        claim pact.member = FRA from 2025-06-02
        claim pact.member = DEU from 2025-06-10
        claim pact.member = ESP from 2025-07-01
        claim pact.member = AUT from 2024-01-01 until 2025-08-10
      }
      citing two {
        claim pact.signed = 2025-03-06
        claim pact.member = FRA from 2025-07-03
        claim pact.member = AUT from 2024-01-01 until 2025-12-20
        deny pact.member = DEU from 2025-06-10
      }
      """)
    let head = "of\tmeasure\tchosen"
    func readings(_ command: String) -> [String] {
      (open.tables(command, heads: [head]).first ?? []).map { row in
        ["of", "measure", "chosen", "least", "greatest", "extremes"].map { row[$0] ?? "?" }.joined(
          separator: " ")
      }
    }
    #expect(
      readings("timeline 2025 about pact what dated") == [
        "pact.signed date 2025-03-04 2025-03-04 2025-03-06 exact"
      ])
    // By hand: June has FRA and DEU, each in one of two readings; July ESP for certain, and FRA where June has him not.
    #expect(
      readings("momentum 2025 about pact") == ["2025-06 joined 2 0 2 exact", "2025-07 joined 1 1 2 exact"])
    #expect(
      readings("ending from 2025-08-01 about pact") == [
        "pact.member AUT ends ends 2025-08-10 2025-08-10 2025-12-20 exact"
      ])
    let why = open.run("timeline 2025 about pact what dated\nwhy row 1 moved_most_by of readings")
    #expect(why.contains("2025-03-06") && why.contains("two"), "\(why)")
    #expect(
      small.run("ending from 2025-08-01 days 92").contains("-- no competing claim moves any of these numbers")
    )
  }

  // MARK: On the Seed

  @Test("on the Seed: 8. what happened from October 2025 to January 2026; 30. Pax Silica in order")
  func seedTimeline() throws {
    let seed = try AnalysisSession()
    let all = seed.rows("timeline 2025-10..2026-01 what dated")
    for (date, subject) in [
      ("2025-10-20/2025-10-21", "us-australia"), ("2025-10-21~", "us-australia"),
      ("2025-12-12", "pax-silica"),
      ("2026-01-12", "jan12-meeting"), ("2026-01-05/2026-01-11", "china-japan-dual-use-ban"),
    ] {
      #expect(
        all.contains { $0["date"] == date && $0["subject"] == subject && $0["sources"]?.isEmpty == false })
    }
    #expect(Set(all.compactMap { $0["precision"] }).isSuperset(of: ["day", "about day", "range", "year"]))
    // The same as the list of statements gives, where dates lie inside.
    let listed = seed.rows(
      "list statements where property = date, announced, launched, signed, started and value >= 2025-10 and value < 2026-02 and chosen = yes columns value, property, subject"
    )
    let certain = all.filter {
      ["date", "announced", "launched", "signed", "started"].contains($0["property"]) && $0["standing"] == ""
    }
    #expect(certain.count == listed.count)
    let pax = seed.rows("timeline 2025-12..2026-08 about pax-silica")
    #expect(pax.contains { $0["date"] == "2026-01-12" && $0["value"] == "QAT" && $0["what"] == "begins" })
    #expect(pax.contains { $0["subject"] == "pax-silica-summit-2" && $0["property"] == "date" })
    let why = seed.run("timeline 2025-12-12..2025-12-12 about pax-silica property signed\nwhy row 1")
    #expect(why.contains("lokmat-pax-silica") && why.contains("quote"))
  }

  @Test("on the Seed: 29. and 39. what ends within 90 days of a day, as the list of statements has it")
  func seedEnding() throws {
    let seed = try AnalysisSession()
    let april = seed.rows("ending from 2026-04-15")
    for (subject, date) in [
      ("forge", "2026-06-30"), ("us-au-government-money", "2026-04-20"), ("us-japan", "2026-04-28"),
      ("us-mexico-action-plan", "2026-07-01"), ("us-section-232", "2026-07-13"),
    ] {
      #expect(april.contains { $0["subject"] == subject && $0["ends"] == date && $0["standing"] == "" })
    }
    let autumn = seed.rows("ending from 2026-09-01 days 121 due deadline, due, operational")
    #expect(autumn.contains { $0["subject"] == "china-october-controls" && $0["ends"] == "2026-11-10" })
    #expect(autumn.contains { $0["subject"] == "australia-strategic-reserve" && $0["ends"] == "2026-12-31" })
  }
}
