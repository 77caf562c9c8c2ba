import RegistryCommands
import TestRegistry
import Testing

/// What users ask, each answered by a command or a few from the Seed alone, with its sources.
@Suite("Questions")
struct QuestionTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.seeded()) }

  /// The rows of what a command prints, by their columns.
  private func rows(_ command: String) -> [[String: String]] {
    let lines = transcript.run(command).split(separator: "\n").filter { !$0.hasPrefix("--") }.map(String.init)
    guard let header = lines.first?.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    else { return [] }
    return lines.dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
    }
  }

  @Test("1. What replaced the MSP?")
  func successor() {
    let found = rows("list initiatives where succeeds = msp")
    #expect(found.map { $0["key"] } == ["forge"])
    #expect(found.first?["sources"]?.contains("allthenews") == true)
  }

  @Test("2. Who runs Pax Silica?")
  func paxSilica() {
    #expect(
      rows("show pax-silica.lead").contains {
        $0["value"] == "us-state-department" && $0["sources"]?.contains("allthenews") == true
      })
    #expect(rows("show pax-silica.launcher").contains { $0["sources"]?.contains("allthenews") == true })
    #expect(
      transcript.run("why pax-silica.launcher").contains(
        "The second Trump administration has launched the Pax Silica initiative"))
  }

  @Test("6. Who are FORGE's members according to the five documents alone? Unknown, and said so")
  func forgeMembers() {
    let found = rows("list forge.member according to clash, globaltimes, allthenews, sohu, toutiao")
    #expect(found.map { $0["value"] } == ["unknown"])
    #expect(found.first?["sources"] == "allthenews")
  }

  @Test("7. Which deals carry an amount, in which currency?")
  func amounts() {
    let found = rows(
      "list commitments where amount is stated columns amount, currency, under according to clash, allthenews, toutiao"
    )
    let amounts = found.map { "\($0["amount"] ?? "") \($0["currency"] ?? "")" }
    for amount in ["USD 8.5bn", "USD 21m", "AUD 135m"] {
      #expect(amounts.contains { $0.contains(amount) }, "\(amount)")
    }
    #expect(amounts.contains { $0.contains("unknown") && $0.contains("INR") })
    #expect(!found.contains { $0["under"] == "us-japan" })
    #expect(found.allSatisfy { $0["sources"]?.isEmpty == false })
  }

  @Test("10. What is China's share by stage, year and scope?")
  func shares() {
    let found = rows("list CHN.share according to toutiao, allthenews, globaltimes, clash")
    func has(_ value: String, _ stage: String, _ year: String, _ source: String) -> Bool {
      found.contains {
        $0["value"] == value && $0["stage", default: ""] == stage && $0["year", default: ""] == year
          && $0["sources"]?.contains(source) == true
      }
    }
    #expect(has("more than 90%", "refining", "2025", "toutiao"))
    #expect(has("about 90%", "refining", "", "allthenews"))
    #expect(has("about 91%", "refining", "2024", "globaltimes via iea"))
    #expect(has("62%", "mining", "2025", "toutiao"))
    #expect(has("about 60%", "mining", "2024", "globaltimes via iea"))
    #expect(found.contains { $0["value"] == "about 50%" && $0["stage"] == "reserves" })
    #expect(found.contains { $0["value"] == "58%" && $0["sources"]?.contains("toutiao") == true })
    #expect(
      found.contains { $0["value"]?.contains("50..80%") == true && $0["sources"]?.contains("clash") == true })
  }

  @Test("11. Who is the US Treasury Secretary, and who says otherwise?")
  func secretary() {
    let printed = transcript.run("why us-treasury-secretary.holder")
    #expect(printed.contains("US Treasury Secretary Bensinger hosted a high-level ministerial meeting"))
    #expect(printed.contains("U.S. Treasury Secretary Yellen is rallying G7"))
    #expect(printed.contains("-- chosen us-treasury-secretary.holder = bessent"))
    #expect(printed.contains("by the rule \"the more reliable source\"; passed over: yellen"))
    let found = rows("conflicts where property = holder and kind = conflict")
    #expect(found.map { $0["kind"] } == ["conflict"])
  }

  @Test("7. What do the deals come to? The pipeline and the money towards it are counted once")
  func totals() {
    let found = rows("total commitments where under = us-australia and rung = announced")
    #expect(found.map { $0["total"] } == ["USD 8.5bn"])
    let why = rows("why total commitments where under = us-australia")
    #expect(
      why.first { $0["key"] == "us-au-government-money" }?["counted"] == "left out: part of us-au-pipeline")
    #expect(why.allSatisfy { $0["sources"]?.isEmpty == false && $0["quotes"]?.isEmpty == false })
    #expect(rows("total commitments").count == rows("total commitments where amount is stated").count)
  }

  @Test("15. If China widens the Japan ban, which initiatives, minerals and stages are exposed?")
  func exposure() {
    let banned = Set(rows("show china-japan-dual-use-ban.concerns").compactMap { $0["value"] })
    #expect(banned.isSuperset(of: ["rare-earths", "critical-minerals"]))
    let exposed = rows(
      "list initiatives where involves = japan and concerns is stated including groups columns concerns")
    let keys = Set(exposed.compactMap { $0["key"] })
    #expect(keys.isSuperset(of: ["us-japan", "pax-silica", "cmpa", "minamitorishima-test"]))
    #expect(exposed.allSatisfy { $0["sources"]?.isEmpty == false })
    let stages = Set(rows("list CHN.share[mineral rare-earths]").compactMap { $0["stage"] })
    #expect(stages.isSuperset(of: ["refining", "mining", "reserves"]))
  }

  @Test(
    "Rivals are told apart by how they differ",
    arguments: [
      ("us-australia.signed", "different-precision"), ("pax-silica.signed", "different-precision"),
      ("us-au-government-money.amount", "each-combined"), ("us-japan.signed", "conflict"),
      ("us-minerals-mobilisation.amount", "different-scope"),
    ])
  func kinds(_ cell: String, _ kind: String) {
    let names = cell.split(separator: ".")
    let found = rows("conflicts where subject = \(names[0]) and property = \(names[1])")
    #expect(found.contains { $0["kind"] == kind })
  }

  @Test("13. Show the sentence behind 62 %")
  func sentence() {
    let found = rows("find 62%")
    #expect(
      found.contains {
        $0["source"] == "toutiao" && $0["text"]?.contains("mining volume share of «62»%") == true
      })
    #expect(transcript.run("why CHN.share[stage mining, year 2025]").contains("mining volume share of 62%"))
  }

  @Test("3. Which initiatives are US-led?")
  func usLed() {
    let keys = rows("list initiatives where lead = USA").map { $0["key"] }
    #expect(keys.contains("pax-silica") && keys.contains("us-eu-japan-action-plan"))
    #expect(rows("list initiatives where lead = USA").allSatisfy { $0["sources"]?.isEmpty == false })
  }

  @Test("4. Who attended the 12 January meeting, source by source?")
  func participants() {
    let found = rows("list jan12-meeting.participant by source as matrix")
    func listed(_ source: String) -> Set<String> {
      Set(found.filter { $0[source] == "listed" }.compactMap { $0["participant"] })
    }
    #expect(listed("toutiao") == ["g7", "eu", "AUS", "IND", "KOR", "MEX", "unknown"])
    #expect(listed("allthenews") == ["g7", "AUS", "IND", "MEX", "KOR"])
    #expect(listed("sohu") == ["g7", "eu", "AUS", "IND", "KOR"])
    #expect(listed("globaltimes") == ["g7", "eu", "AUS", "IND", "KOR", "MEX"])
    #expect(listed("clash") == ["g7", "AUS", "MEX", "KOR", "IND"])
    #expect(
      transcript.run("list jan12-meeting.participant by source as matrix").contains(
        "\"not listed\", not \"absent\""))
  }

  @Test("5. What is Japan part of, and in which role, directly or through a group?")
  func japan() {
    let found = rows("list initiatives where involves = japan including groups")
    func row(_ key: String) -> [String: String]? { found.first { $0["key"] == key } }
    #expect(
      row("pax-silica")?["through"] == "itself" && row("pax-silica")?["as"]?.contains("signatory") == true)
    #expect(row("g7-action-plan")?["through"] == "g7")
    #expect(row("msp")?["as"]?.contains("member") == true)
    #expect(!rows("list initiatives where involves = japan").contains { $0["key"] == "g7-action-plan" })
  }

  @Test("8. What happened from October 2025 to January 2026, in order, with the precision of each date?")
  func events() {
    let found = rows("list events where date >= 2025-10 and date <= 2026-01 sort date columns date")
    let dates = found.compactMap { $0["date"] }
    #expect(dates == dates.sorted())
    #expect(found.contains { $0["key"] == "jan12-meeting" && $0["date"] == "2026-01-12" })
    #expect(dates.contains { $0.hasSuffix("~") })
  }

  @Test("9. What was known by 12 January, before Clash Report came out?")
  func known() {
    let printed = transcript.run("show jan12-meeting known 2026-01-12")
    #expect(!printed.contains("clash"))
    let outcomes = rows("show jan12-meeting.participant known 2026-01-12")
    #expect(
      outcomes.contains { $0["sources"]?.contains("globaltimes") == true && $0["evidence"] == "certain" })
    #expect(outcomes.contains { $0["sources"] == "toutiao" && $0["evidence"] == "possible" })
  }

  @Test("12. Was there a consensus? Claimed is kept apart from issued")
  func consensus() {
    #expect(rows("why jan12-meeting.output").contains { $0["source"] == "clash denies" })
    let outcomes = transcript.run("why jan12-meeting.outcome")
    #expect(outcomes.contains("widespread consensus on the urgency") && outcomes.contains("katayama"))
    #expect(outcomes.contains("G7 members and their allies have reached a consensus!"))
  }

  @Test("14. If the Toutiao article is retracted, which facts lose all support?")
  func retractedSource() {
    let left = { (found: [[String: String]]) in
      Dictionary(found.map { ($0["statement"] ?? "", $0["left"] ?? "") }, uniquingKeysWith: { one, _ in one })
    }
    let preview = left(rows("retract source toutiao preview"))
    let lost = [
      #"CHN.share = 58% basis "patents""#, "CHN.cost-ratio = 0.25",
      #"dysprosium-oxide.price[market "Europe""#,
      #"g7-india-investment.currency = "INR""#, "australia-smelter-subsidy.amount = AUD 135m",
      "eu-separation-plant.operational = 2026", "rare-earths.lead-time[",
    ]
    for fact in lost {
      #expect(preview.contains { $0.key.hasPrefix(fact) && $0.value == "none" }, "\(fact)")
    }
    #expect(preview["jan12-meeting.place = \"Washington\""] == "allthenews, clash")

    let done = left(rows("retract source toutiao"))
    #expect(done == preview.filter { $0.value == "none" })
    #expect(transcript.run("sql SELECT count(*) FROM citations WHERE source = 'toutiao'") == "count(*)\n0\n")
    #expect(rows("show jan12-meeting.place").map { $0["sources"] } == ["allthenews, clash"])
    #expect(rows("show CHN.share").allSatisfy { $0["value"] != "58%" })
  }
}
