import TestRegistry
import Testing

@Suite("Totals")
struct TotalTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  private func add(_ key: String, _ claims: String) {
    _ = transcript.run("add commitment \(key) citing courier { \(claims) }")
  }

  @Test("A part is not counted beside its whole, and is where the whole is not asked for")
  func parts() {
    let all = transcript.run("total commitments where rung = announced")
    #expect(all.contains("USD\tannounced\tUSD 8.5bn\t1\tcourier"))
    #expect(all.contains("-- left out: first-money, at least USD 1bn each: part of pipeline"))
    let part = transcript.run("total commitments where towards = pipeline")
    #expect(part.contains("USD\tannounced\tat least USD 2bn\t1"))
    #expect(part.contains("-- first-money: at least USD 1bn each × 2 givers"))
    add("second-money", "giver = USA; towards = first-money; amount = USD 10m")
    #expect(
      transcript.run("total commitments").contains(
        "-- left out: second-money, USD 10m: part of first-money"))
  }

  @Test("What is asked for at a rung is added at that rung, whatever it came to later")
  func askedAtARung() {
    add("both", "amount = USD 5m; rung = delivered")
    _ = transcript.run("claim both.rung = announced from 2017 citing courier quote \"b\"")
    for rung in ["delivered", "announced"] {
      let printed = transcript.run("total commitments where rung = \(rung) and key = both")
      #expect(printed.contains("USD\t\(rung)\tUSD 5m\t1\t"), "\(printed)")
    }
  }

  @Test("Of two that are said to be parts of each other, one is counted")
  func circle() {
    add("egg", "rung = pledged; amount = EUR 1m")
    add("hen", "rung = pledged; towards = egg; amount = EUR 1m")
    _ = transcript.run("claim egg.towards = hen citing courier")
    #expect(transcript.run("total commitments").contains("EUR\tpledged\tEUR 1m\t1"))
  }

  @Test("A part that has come further stands in a row of its own")
  func rungs() {
    add("paid", "giver = USA; towards = pipeline; rung = delivered; amount = USD 300m")
    let printed = transcript.run("total commitments")
    #expect(printed.contains("USD\tdelivered\tUSD 300m\t1"))
    #expect(printed.contains("USD\tannounced\tUSD 8.5bn\t1"))
  }

  @Test("An amount for each of unknown givers, and one that is unclear, stand apart")
  func readings() {
    add("of-some", "giver = USA, unknown; rung = announced; amount = USD 3m each")
    add("of-a-group", "giver = eu; rung = announced; amount = USD 4m each")
    add("of-nobody-knows", "giver = USA, JPN; rung = announced; amount = USD 5m unclear")
    add("foreseen", "giver = USA; rung = announced; amount = USD 6m forecast")
    let printed = transcript.run("total commitments where rung = announced")
    #expect(printed.contains("USD\tannounced\teach\t\tUSD 7m each\t2"))
    #expect(printed.contains("USD\tannounced\tunclear\t\tUSD 5m unclear\t1"))
    #expect(printed.contains("USD\tannounced\t\tforecast\tUSD 6m forecast\t1"))
    #expect(printed.contains("USD\tannounced\t\t\tUSD 8.5bn\t1"))
    #expect(transcript.run("why total commitments").contains("apart: not all givers are known"))
  }

  @Test("What is unknown, a price or not stated is said, not added")
  func omissions() {
    add("rupees", "amount = unknown")
    add("floor", "amount = USD 110/kg")
    add("silent", "giver = USA")
    let printed = transcript.run("total commitments")
    #expect(printed.contains("-- left out: rupees, unknown: amount unknown"))
    #expect(printed.contains("-- left out: floor, USD 110/kg: a price, not a sum"))
    #expect(printed.contains("-- 1 state no amount"))
    #expect(transcript.run("why total commitments").contains("left out: a price, not a sum"))
  }

  @Test("Only the chosen amount of rivals is added")
  func rivals() {
    _ = transcript.run("claim smelters.amount = AUD 999m citing leaflet quote \"999\"")
    #expect(transcript.run("total commitments where giver = AUS").contains("AUD 135..200m\t2"))
  }

  @Test("Nothing is converted without a rate, and the newest rate up to the date counts")
  func rates() {
    let refused = transcript.run("total commitments in JPY")
    #expect(refused.contains("no rate says what AUD is in JPY"))
    #expect(transcript.run("total commitments in dollars").contains("there is no currency dollars"))
    let converted = "total commitments where giver = AUS in USD"
    #expect(transcript.run(converted).contains("USD 87.75..130m\tAUD 1 = USD 0.65 on 2026-01-12 (courier)"))
    _ = transcript.run("claim AUD.rate = USD 0.7 on 2026-06-01 citing gazette quote \"70 cents\"")
    #expect(transcript.run(converted).contains("AUD 1 = USD 0.7 on 2026-06-01 (gazette)"))
    #expect(transcript.run("why total commitments on 2026-02-01").contains("smelters"))
    #expect(transcript.run(converted + " on 2026-02-01").contains("AUD 1 = USD 0.65"))
  }

  @Test("What is no money is not added up")
  func refusals() {
    #expect(transcript.run("total commitments of rung").contains("rung is no money"))
    #expect(transcript.run("total allies").contains("there is no type allies"))
  }

  @Test("Each row by givers is the total of what has the giver (faults 4: 2.2bn and 12.2bn)")
  func groups() {
    add("alone", "giver = USA; rung = announced; amount = USD 2bn")
    let grouped = transcript.run("total commitments by giver")
    #expect(grouped.contains("USA\tUSD\tannounced\tUSD 10.5bn\t2\tcourier"))
    #expect(grouped.contains("JPN\tUSD\tannounced\tUSD 8.5bn\t1\tcourier"))
    #expect(
      grouped.contains("-- in several groups, so that rows are not to be added up: first-money, pipeline"))
    #expect(transcript.run("total commitments where giver = USA").contains("USD\tannounced\tUSD 10.5bn\t2"))
    #expect(transcript.run("why total commitments by giver").contains("JPN\tpipeline\tUSD 8.5bn\tannounced"))
  }

  @Test("A part is not left out where its whole is of another rung, or not asked for; through others it is")
  func wholes() {
    add("between", "giver = AUS; towards = pipeline")
    add("below", "giver = USA; towards = between; rung = announced; amount = USD 1m")
    #expect(
      transcript.run("total commitments where giver = USA").contains(
        "-- left out: below, USD 1m: part of pipeline"))
    add("elsewhere", "giver = USA; towards = pipeline; rung = pledged; amount = USD 3m")
    add("foreign", "giver = USA; towards = pipeline; rung = announced; amount = EUR 3m")
    let all = transcript.run("total commitments")
    #expect(all.contains("USD\tpledged\tUSD 3m\t1") && all.contains("EUR\tannounced\tEUR 3m\t1"))
  }

  @Test(
    "A whole that is smaller than its parts, contested or unknown holds none of them, and that is said (answers 72)"
  )
  func unfitWholes() {
    add("small", "rung = announced; amount = EUR 1m")
    add("large", "rung = announced; towards = small; amount = EUR 5m")
    #expect(transcript.run("total commitments").contains("EUR\tannounced\tEUR 1m\t1\t") == false)
    let smaller = transcript.run("total commitments")
    #expect(smaller.contains("EUR\tannounced\t\tEUR 1m\t1\tcourier"))
    #expect(smaller.contains("EUR\tannounced\tlarge: part of small, which is smaller\tEUR 5m\t1\tcourier"))
    #expect(
      transcript.run("why total commitments").contains("apart: part of small, which is smaller"))
    add("whole", "rung = announced; amount = AUD 9m")
    add("part", "rung = announced; towards = whole; amount = AUD 2m")
    #expect(transcript.run("total commitments").contains("-- left out: part, AUD 2m: part of whole"))
    _ = transcript.run("claim whole.amount = AUD 7m citing gazette quote \"7\"")
    #expect(
      transcript.run("total commitments").contains(
        "part: part of whole, whose amount is contested\tAUD 2m\t1"))
    add("dim", "rung = announced; amount = unknown")
    add("known", "rung = announced; towards = dim; amount = JPY 4m")
    let unknown = transcript.run("total commitments")
    #expect(unknown.contains("JPY\tannounced\t\tJPY 4m\t1"))
    #expect(unknown.contains("-- left out: dim, unknown: amount unknown"))
  }

  @Test("Whose word counts for amounts does not narrow rates (answers 58)")
  func background() {
    _ = transcript.run(
      "claim smelters.amount = AUD 135m citing gazette quote \"135\"; claim smelters.giver = AUS citing gazette"
    )
    #expect(
      transcript.run("total commitments in USD according to gazette").contains(
        "USD 87.75m\tAUD 1 = USD 0.65 on 2026-01-12 (courier)"))
  }

  @Test("In groups by rung, the rung stands once")
  func byRung() {
    #expect(
      transcript.run("total commitments by rung").hasPrefix(
        "rung\tcurrency\ttotal\tcounted\tsources\nannounced\tUSD\tUSD 8.5bn\t1\tcourier\npledged\tAUD"))
  }
}
