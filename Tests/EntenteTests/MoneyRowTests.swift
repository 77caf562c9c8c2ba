import Testing

/// What is never added: amounts at different rungs, forecasts, prices; and at which rates money is converted, by `total` and
/// by the analysis alike.
@Suite("Rows of money")
struct MoneyRowTests {
  private let session: AnalysisSession

  init() throws {
    session = try AnalysisSession(
      """
      source a "A" { published 2024-01-01; reliability A }
      source d "D" { published 2022-01-01; reliability D }
      citing a {
        add state AAA "Alfa"; add currency EUR "Euro"
        add partnership p "P" { announced = 1990 }
      }
      """)
  }

  @Test(
    "momentum adds what was announced, and nothing that was proposed, delivered or forecast; a price is no sum"
  )
  func announced() {
    _ = session.run(
      """
      add commitment c1 "C1" citing a { under = p; rung = announced from 2010-05; amount = USD 5m }
      add commitment c3 "C3" citing a { under = p; rung = proposed from 2010-05-07; amount = USD 9m }
      add commitment c4 "C4" citing a { under = p; rung = delivered from 2010-05-17; amount = USD 100m }
      add commitment c8 "C8" citing a { under = p; rung = announced from 2010-05; amount = forecast USD 1000m }
      add commitment c9 "C9" citing a { under = p; rung = announced from 2010-05-17; amount = USD 3/kg }
      """)
    let tables = session.tables(
      "momentum 2010-05",
      heads: ["month\tinitiative\tjoined", "month\tinitiative\tcurrency", "initiative\tmember"])
    let money = tables[1].map { row in
      ["rung", "reading", "least", "commitments"].map { row[$0] ?? "?" }.joined(separator: " ")
    }
    #expect(
      money == [
        "announced  5000000 1", "announced forecast 1000000000 1", "delivered  100000000 1",
        "proposed  9000000 1",
      ])
    #expect(session.run("momentum 2010-05").contains("-- left out of the money: c9: a price, not a sum"))
  }

  @Test(
    "total and promised convert at the same rate, with its bounds and its days, at no forecast and at none of the future",
    arguments: [
      // Of one day the more reliable source's.
      ("EUR.rate = USD 1.1 on 2021-01-01 citing d; EUR.rate = USD 1.2 on 2021-01-01 citing a", "USD 120m"),
      ("EUR.rate = at least USD 1.25 on 2024-03-01 citing d", "at least USD 125m"),
      ("EUR.rate = up to USD 1.25 on 2024-03-01 citing d", "up to USD 125m"),
      ("EUR.rate = USD 1..1.5 on 2024-03-01 citing d", "USD 100..150m"),
      ("EUR.rate = USD 1.05 from 2023-01-01 until 2023-12-31 citing a", "USD 105m"),
      (
        "EUR.rate = USD 1.1 on 2021-01-01 citing d; EUR.rate = USD 1.05 from 2023-01-01 until 2023-12-31 citing a",
        "USD 105m"
      ),
      (
        "EUR.rate = USD 1.1 on 2021-01-01 citing d; EUR.rate = forecast USD 2 on 2022-01-01 citing a",
        "USD 110m"
      ),
      ("EUR.rate = USD 1.3 on 2030-01-01 citing a; EUR.rate = USD 1.25 on 2026-02 citing a", "USD 125m"),
      ("EUR.rate = USD 1.1 on 2021-01-01 citing d; EUR.rate = USD 0 on 2022-01-01 citing a", "USD 110m"),
    ])
  func rates(claims: String, sum: String) {
    _ = session.run(
      "add commitment c \"C\" citing a { giver = AAA; rung = announced from 2020; amount = EUR 100m from 2020 }"
    )
    for claim in claims.split(separator: "; ") {
      let printed = session.run("claim \(claim)")
      #expect(!printed.contains("error"), "\(printed)")
    }
    #expect(session.lines("total commitments in USD", "in USD") == [sum])
    #expect(session.lines("promised in USD", "in_usd") == [sum], "\(session.run("promised in USD"))")
  }

  @Test("on a day within it a rate of a period is taken; who denies it is not told as its source")
  func rateOfPeriod() {
    _ = session.run(
      """
      add commitment c "C" citing a { giver = AAA; rung = announced from 2020; amount = EUR 100m from 2020 }
      claim EUR.rate = USD 1.1 on 2021-01-01 citing a
      claim EUR.rate = USD 1.05 from 2023-01-01 until 2023-12-31 citing a
      deny EUR.rate = USD 1.05 from 2023-01-01 until 2023-12-31 citing d
      """)
    #expect(session.lines("total commitments in USD on 2022-06-01", "in USD") == ["USD 110m"])
    #expect(
      session.lines("total commitments in USD on 2023-06-01", "rate") == [
        "EUR 1 = USD 1.05 from 2023-01-01 until 2023-12-31 (a)"
      ])
    #expect(
      session.run("promised in USD on 2023-06-01").contains("USD 1.05 from 2023-01-01 until 2023-12-31 (a)"))
  }
}
