import TestRegistry
import Testing

/// What was promised, on hand-made money: bounds, parts, joint givers, several currencies, rivals.
@Suite("Promised")
struct PromisedTests {
  private let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example(analyses: try TestPlugins.analyses))
    _ = transcript.run(
      """
      define property receiver of commitment to actor, initiative many
      define property due of commitment to date one
      """)
  }

  private func add(_ key: String, _ claims: String) {
    _ = transcript.run("add commitment \(key) citing courier { \(claims) }")
  }

  /// The rows of the first table, without what stands behind the column `counted`.
  private func rows(_ command: String) -> [String] {
    transcript.run(command).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .dropFirst().prefix { !$0.hasPrefix("-- ") && !$0.hasPrefix("who\t") && !$0.isEmpty }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).prefix(9).joined(separator: "|") }
  }

  @Test("Money that several give is one sum of theirs; an amount for each is each one's own, and kept apart")
  func joint() {
    #expect(
      rows("promised") == [
        "AUS|AUD|pledged||AUD 135..200m|135000000|200000000|2|",
        "JPN|USD|announced|each|at least USD 1bn|1000000000||1|",
        "JPN, USA jointly|USD|announced||USD 8.5bn|8500000000|8500000000|1|",
        "USA|USD|announced|each|at least USD 1bn|1000000000||1|",
      ])
    let printed = transcript.run("promised")
    #expect(
      printed.contains(
        "rows are not to be added up: in another row stands what these go towards: first-money"))
    // By initiative an amount for each is taken as often as there are givers, and that is said.
    _ = transcript.run("claim first-money.under = us-japan citing courier")
    #expect(
      rows("promised by initiative under us-japan") == [
        "us-japan|USD|announced||USD 8.5bn|8500000000|8500000000|1|",
        "us-japan|USD|announced|each|at least USD 2bn|2000000000||1|",
      ])
    #expect(
      transcript.run("promised by initiative under us-japan").contains(
        "-- first-money: at least USD 1bn each × 2 givers"))
  }

  @Test(
    "Bounds are kept, and a sum is as open as its parts",
    arguments: [
      ("EUR 5m", "EUR 7m", "EUR 12m|12000000|12000000"),
      ("at least EUR 5m", "EUR 7m", "at least EUR 12m|12000000|"),
      ("more than EUR 5m", "at least EUR 7m", "more than EUR 12m|12000000|"),
      ("up to EUR 5m", "up to EUR 7m", "up to EUR 12m|0|12000000"),
      ("up to EUR 5m", "EUR 7m", "EUR 7..12m|7000000|12000000"),
      ("about EUR 5m", "EUR 7m", "about EUR 12m|12000000|12000000"),
      ("EUR 5..6m", "EUR 7m", "EUR 12..13m|12000000|13000000"),
      ("EUR 0.1", "EUR 0.2", "EUR 0.3|0.3|0.3"),
      ("nearly EUR 5m", "EUR 7m", "nearly EUR 12m|7000000|12000000"),
    ])
  func bounds(_ one: String, _ other: String, _ sum: String) {
    add("one", "giver = KOR; rung = pledged; amount = \(one)")
    add("other", "giver = KOR; rung = pledged; amount = \(other)")
    #expect(rows("promised giver KOR") == ["KOR|EUR|pledged||\(sum)|2|"])
    // The program's own total says the same.
    let total = sum.split(separator: "|")[0]
    #expect(transcript.run("total commitments where giver = KOR").contains("EUR\tpledged\t\(total)\t2"))
  }

  @Test("A part counts once, under its whole, where that stands beside it in one row and can hold it")
  func parts() {
    add("whole", "giver = KOR; rung = pledged; amount = EUR 9m")
    add("part", "giver = KOR; rung = pledged; towards = whole; amount = EUR 2m")
    add("of-part", "giver = KOR; rung = pledged; towards = part; amount = EUR 1m")
    #expect(rows("promised giver KOR") == ["KOR|EUR|pledged||EUR 9m|9000000|9000000|1|"])
    #expect(transcript.run("promised giver KOR").contains("-- left out: of-part, EUR 1m: part of part"))
    // Of another rung it is other news of the same money, in another currency another sum; both are told.
    add("paid", "giver = KOR; rung = delivered; towards = whole; amount = EUR 3m")
    add("foreign", "giver = KOR; rung = pledged; towards = whole; amount = JPY 4m")
    #expect(
      rows("promised giver KOR") == [
        "KOR|EUR|pledged||EUR 9m|9000000|9000000|1|", "KOR|EUR|delivered||EUR 3m|3000000|3000000|1|",
        "KOR|JPY|pledged||JPY 4m|4000000|4000000|1|",
      ])
    // Where the whole is not asked for, the part is counted.
    add("elsewhere", "giver = CHN; rung = pledged; towards = whole; amount = EUR 1m")
    #expect(rows("promised giver CHN") == ["CHN|EUR|pledged||EUR 1m|1000000|1000000|1|"])
  }

  @Test(
    "A whole that is smaller than its parts, contested or unknown holds none of them: both are told, nothing is added"
  )
  func unfitWholes() {
    add("small", "giver = KOR; rung = pledged; amount = EUR 1m")
    add("large", "giver = KOR; rung = pledged; towards = small; amount = EUR 5m")
    #expect(
      rows("promised giver KOR") == [
        "KOR|EUR|pledged||EUR 1m|1000000|1000000|1|",
        "KOR|EUR|pledged||EUR 5m|5000000|5000000|1|large: part of small, which is smaller",
      ])
    add("whole", "giver = CHN; rung = pledged; amount = EUR 9m")
    add("part", "giver = CHN; rung = pledged; towards = whole; amount = EUR 2m")
    #expect(rows("promised giver CHN").count == 1)
    _ = transcript.run("claim whole.amount = EUR 7m citing gazette quote \"7\"")
    #expect(
      rows("promised giver CHN").last
        == "CHN|EUR|pledged||EUR 2m|2000000|2000000|1|part: part of whole, whose amount is contested")
    add("dim", "giver = MLT; rung = pledged; amount = unknown")
    add("known", "giver = MLT; rung = pledged; towards = dim; amount = EUR 4m")
    #expect(rows("promised giver MLT") == ["MLT|EUR|pledged||EUR 4m|4000000|4000000|1|"])
    #expect(transcript.run("promised giver MLT").contains("-- left out: dim, unknown: amount unknown"))
  }

  @Test("Two that are parts of each other: one is counted")
  func circle() {
    add("egg", "giver = KOR; rung = pledged; amount = EUR 1m")
    add("hen", "giver = KOR; rung = pledged; towards = egg; amount = EUR 1m")
    _ = transcript.run("claim egg.towards = hen citing courier")
    #expect(rows("promised giver KOR") == ["KOR|EUR|pledged||EUR 1m|1000000|1000000|1|"])
  }

  @Test("Forecasts, unclear amounts, amounts for each of a group, prices and what is unknown are never added")
  func apart() {
    add("plain", "giver = KOR; rung = pledged; amount = EUR 1m")
    add("foreseen", "giver = KOR; rung = pledged; amount = EUR 2m forecast")
    add("unclear", "giver = KOR, JPN; rung = pledged; amount = EUR 3m unclear")
    add("each", "giver = KOR, eu; rung = pledged; amount = EUR 4m each")
    add("price", "giver = KOR; rung = pledged; amount = EUR 110/kg")
    #expect(
      Set(rows("promised giver KOR")) == [
        "KOR|EUR|pledged||EUR 1m|1000000|1000000|1|", "KOR|EUR|pledged|forecast|EUR 2m|2000000|2000000|1|",
        "JPN, KOR jointly|EUR|pledged|unclear|EUR 3m|3000000|3000000|1|",
        "KOR, eu jointly|EUR|pledged|each of an unknown number|EUR 4m|4000000|4000000|1|",
      ])
    #expect(
      transcript.run("promised giver KOR").contains("-- left out: price, EUR 110/kg: a price, not a sum"))
  }

  @Test("The rung is the last one that holds on the date; each row names the statements behind it")
  func rungs() {
    add(
      "mover",
      "giver = KOR; amount = EUR 6m; rung = announced from 2025-01 until 2026-01; rung = delivered from 2026-01"
    )
    #expect(rows("promised giver KOR").first?.hasPrefix("KOR|EUR|delivered") == true)
    #expect(rows("promised giver KOR on 2025-06").first?.hasPrefix("KOR|EUR|announced") == true)
    let why = transcript.run("promised giver KOR\nwhy row 1")
    #expect(why.contains("mover.amount") && why.contains("mover.giver") && why.contains("mover.rung"))
  }

  @Test("Nothing is converted unless asked, and then at a rate whose source a note names")
  func conversion() {
    let stated = transcript.run("promised giver AUS in USD")
    #expect(stated.contains("USD 87.75..130m\tAUD 1 = USD 0.65 on 2026-01-12 (courier)"))
    #expect(stated.contains("-- converted at AUD 1 = USD 0.65 on 2026-01-12 (courier)"))
    let given = transcript.run("promised giver AUS in USD rates \"AUD=0.70 USD\"")
    #expect(given.contains("USD 94.5..140m\tAUD 1 = USD 0.7 as given"))
    let inverse = transcript.run("promised giver AUS in USD rates \"USD=1.60 AUD\"")
    #expect(inverse.contains("USD 84.375..125m\tUSD 1 = AUD 1.6 as given"))
    // Of what has no rate nothing is converted, and that is said.
    add("yen", "giver = AUS; rung = pledged; amount = JPY 5bn")
    let without = transcript.run("promised giver AUS in USD")
    #expect(without.contains("JPY 5bn") && without.contains("no rate is stated or given"))
    #expect(without.contains("AUS\tpledged\t\tUSD 87.75..130m\t87750000\t130000000\t2\tyen"))
    #expect(transcript.run("promised").contains("converted") == false)
  }

  @Test(
    "What cannot be converted at is refused, with what to write",
    arguments: [
      ("promised in USD rates \"AUD=x USD\"", "is no rate"),
      ("promised in USD rates \"AUD 0.7\"", "is no rate"),
      ("promised in USD rates \"AUD=0 USD\"", "is no rate"),
      ("promised in USD rates \"AUD=-1 USD\"", "is no rate"),
      ("promised in USD rates \"AUD=0.7 USD junk\"", "is no rate"), ("promised in dollars", "is no currency"),
      ("promised rates \"AUD=0.7 USD\"", "no currency to convert to"), ("promised by nobody", "by"),
      ("promised giver atlantis", "atlantis"), ("promised under JPN", "initiative"),
      ("promised including groups", "reads no memberships"),
    ])
  func refused(_ command: String, _ words: String) {
    let printed = transcript.run(command)
    #expect(printed.contains("error: ") && printed.contains(words), "\(printed)")
  }

  @Test("Nothing that fits: no row, and a note that this does not mean that there is nothing")
  func none() {
    let printed = transcript.run("promised giver MLT")
    #expect(rows("promised giver MLT").isEmpty && printed.contains("does not mean that there is none"))
  }

  @Test("What is promised inside a transaction that is taken back is gone with it")
  func whatIf() {
    let before = transcript.run("promised giver KOR")
    _ = transcript.run("begin because \"what if\"")
    add("maybe", "giver = KOR; rung = pledged; amount = EUR 1m")
    #expect(rows("promised giver KOR") == ["KOR|EUR|pledged||EUR 1m|1000000|1000000|1|"])
    _ = transcript.run("rollback")
    #expect(transcript.run("promised giver KOR").prefix(60) == before.prefix(60))
  }

  @Test("Late by how many days, at least and at most; what is delivered, or due later, is not")
  func overdue() {
    func late(_ command: String) -> [String] {
      transcript.run(command).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("-- ") }.map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).prefix(7).joined(separator: "|")
      }
    }
    add("by-day", "giver = KOR; rung = announced; amount = EUR 1m; due = 2026-11-01; towards = pipeline")
    add("by-month", "giver = KOR; rung = announced; due = 2026-10")
    add("maybe", "giver = KOR; rung = announced; due = 2026-11")
    add("done", "giver = KOR; rung = delivered; due = 2026-01-01")
    add("later", "giver = KOR; rung = announced; due = 2027-01-01")
    add("silent", "giver = KOR; due = 2026-11-20")
    #expect(
      late("overdue") == [
        "by-month|KOR|2026-10|22|52|certainly|announced", "by-day|KOR|2026-11-01|21|21|certainly|announced",
        "maybe|KOR|2026-11|0|21|possibly|announced", "silent|KOR|2026-11-20|2|2|certainly|not stated",
      ])
    #expect(transcript.run("overdue").contains("EUR 1m\tpipeline"))
    #expect(late("overdue before 2026-10-15").map { $0.prefix(8) } == ["by-month"])
    #expect(late("overdue before 2026-11-10 done announced").map { $0.split(separator: "|")[0] } == [])
    #expect(transcript.run("overdue giver USA").contains("nothing is stated to be due"))
    #expect(transcript.run("overdue done finished").contains("is no rung"))
    #expect(transcript.run("overdue\nwhy row 2 due").contains("2026-11-01\tcourier"))
  }
}
