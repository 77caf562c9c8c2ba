import Testing

/// What is only to come: a forecast, a plan that nobody confirmed, what begins only after today. Of all time it is no more
/// than possible, and in no count of what there ever was.
@Suite("What is to come")
struct ToComeTests {
  private static let club = """
    source a "A" { published 2024-01-01; reliability A }
    citing a {
      add state AAA "Alfa"; add state BBB "Bravo"; add state CCC "Charlie"; add state DDD "Delta"
      add state EEE "Echo"
      add partnership q "Q" { launched = 2012; member = AAA from 2012-10 }
      claim q.member = forecast CCC from 2026-08-01
      claim q.member = DDD from 2027-01-01
      claim q.member = forecast EEE
    }

    """

  private let session: AnalysisSession

  init() throws { session = try AnalysisSession(Self.club) }

  @Test("a count of values leaves it out of what there ever was, and says so")
  func counts() {
    let printed = session.run("count q.member")
    #expect(printed.hasPrefix("ever\ttoday\n1\t1\n"), "\(printed)")
    #expect(printed.contains("-- 3 more only to come"), "\(printed)")
    let groups = session.run("count q.member by type")
    #expect(groups.hasPrefix("type\tever\ttoday\nstate\t1\t1\n"), "\(groups)")
    #expect(groups.contains("-- 3 more only to come"), "\(groups)")
    #expect(
      session.run("count partnerships where member = DDD").contains("-- 1 of them only by what is to come"))
    #expect(!session.run("count partnerships where member = AAA").contains("to come"))
    // What has begun by the day that is taken for today is no more to come.
    let later = session.run("count q.member on 2027-06-01")
    #expect(later.contains("\n0\t4\n") || later.contains("\n1\t4\n"), "\(later)")
  }

  @Test("relations say possibly of it without a date")
  func relations() {
    let sql = "sql { select member, certainty from memberships where initiative = 'q' order by member }"
    let printed = session.run(sql)
    #expect(
      printed == "member\tcertainty\nAAA\t\nCCC\tpossibly\nDDD\tpossibly\nEEE\tpossibly\n", "\(printed)")
  }

  @Test("who is only to come is possibly in it, and joined in no month for certain")
  func members() {
    let counted = session.rows("counted q")
    #expect(counted.first?["named"] == "1" && counted.first?["named_at_most"] == "4", "\(counted)")
    let roster = session.rows("roster q")
    #expect(
      Dictionary(roster.map { ($0["member"] ?? "", $0["q"] ?? "") }, uniquingKeysWith: { first, _ in first })
        == ["AAA": "yes", "CCC": "possibly", "DDD": "possibly", "EEE": "possibly"], "\(roster)")
    #expect(
      session.lines("momentum 2026..2027", "month", "joined", "possible", "members")
        == ["2026-08 0 1 ", "2027-01 0 1 "])
    let printed = session.run("momentum 2026..2027")
    #expect(printed.contains("are only possible or to come"), "\(printed)")
    let periods = session.tables(
      "spread q by year", heads: ["initiative\tmember", "initiative\tperiod", "of\tmeasure"])
    #expect(periods[0].map { $0["member"] } == ["AAA"])
    let last = periods[1].last
    #expect(last?["period"] == "2027" && last?["joined_least"] == "0" && last?["so_far_least"] == "1")
    #expect(last?["joined_most"] == "2" && last?["so_far_most"] == "4", "\(periods[1])")
  }

  @Test(
    "a joining that is to come follows only where an end lies between, and a plan gives way to what came about"
  )
  func joinings() {
    _ = session.run(
      "claim q.member = BBB from 2010-01 until 2015-05 citing a; claim q.member = BBB from 2027-03 citing a")
    #expect(
      session.lines("momentum 2010..2028", "month", "joined", "possible").contains("2027-03 0 1"))
    _ = session.run("claim q.member = AAA from 2027-04 citing a")
    #expect(!session.run("momentum 2027-04").contains("2027-04\t"))
    #expect(session.lines("momentum 2012", "month", "members") == ["2012-10 AAA"])
  }

  @Test(
    "a rung that begins only in the future is not reached: what is late stays late, and is added where it stands"
  )
  func rungs() {
    _ = session.run(
      """
      add commitment c6 "C6" citing a { giver = CCC; amount = USD 5m; rung = announced from 2023; due = 2025-06-15 }
      claim c6.rung = delivered from 2027-07-01 citing a
      """)
    for command in ["overdue", "overdue on today"] {
      #expect(session.lines(command, "commitment", "late", "rung") == ["c6 certainly announced"])
    }
    #expect(session.lines("total commitments", "rung", "total") == ["announced USD 5m"])
    #expect(session.lines("promised", "rung", "total") == ["announced USD 5m"])
    #expect(session.run("sql { select rung from commitments }") == "rung\nannounced\n")
    // What is asked for at a rung is added there, and that it is to come is said.
    let planned = session.run("total commitments where rung = delivered")
    #expect(planned.contains("USD\tdelivered\tUSD 5m") && planned.contains("-- 1 of them are only to come"))
    _ = session.run("claim c6.rung = forecast delivered from 2025 citing a")
    #expect(session.lines("overdue", "commitment", "late", "rung") == ["c6 certainly announced"])
  }

  @Test("an exposure through a forecast is only possible, and no single point of failure")
  func exposure() {
    _ = session.run("add project mine \"Mine\" citing a { funder = forecast AAA from 2030 }")
    let tables = session.tables(
      "exposure AAA",
      heads: ["mineral\tstage", "initiative\tpart", "who\tmineral", "what\tof", "of\tmeasure"])
    let mine = tables.joined().first { $0["initiative"] == "mine" }
    #expect(mine?["certainty"] == "possibly" && mine?["only"] == "", "\(tables)")
  }

  @Test("a total on a date says what it adds only possibly, whatever made it so: where, by, amount or rung")
  func possibleTotals() {
    _ = session.run(
      """
      add commitment c7 "C7" citing a { giver = CCC until 2030; amount = USD 7m from 2023; rung = announced from 2023 }
      add commitment c8 "C8" citing a { giver = CCC from 2025; amount = USD 9m from 2023; rung = announced from 2023 }
      add commitment c9 "C9" citing a { giver = AAA from 2020; amount = USD 2m from 2023; rung = announced from 2023 }
      """)
    for command in ["total commitments where giver = CCC", "total commitments by giver"] {
      let printed = session.run("\(command) on 2025-06-01")
      #expect(printed.contains("USD 16m\t2"), "\(printed)")
      #expect(printed.contains("-- 2 of them hold only possibly on 2025-06-01"), "\(printed)")
    }
    #expect(!session.run("total commitments where giver = AAA on 2025-06-01").contains("possibly"))
    #expect(!session.run("total commitments on 2025-06-01").contains("possibly"))
  }
}
