import TestRegistry
import Testing

/// The analyses of the plugin Evidence, on a small registry of which everything can be counted by hand, and on the Seed.
@Suite("Evidence")
struct EvidenceTests {
  private static let script = """
    source one "One" { publisher "P"; published 2025-04-01; reliability B }
    source two "Two" { publisher "Q"; published 2025-09; reliability C }
    source three "Three" { publisher "R"; reliability D }
    source bot "Bot" { publisher "S"; reliability E }
    citing one { add state FRA "France"; add state DEU "Germany"; add state ITA "Italy"; add state ESP "Spain" }
    claim bot.label = "machine-written" citing bot
    add agreement pact "The pact" citing one
    claim pact.member = FRA from 2025-03 citing one
    claim pact.member = FRA from 2025-03 via "Agency" citing two
    claim pact.member = DEU via "agency" citing two
    claim pact.member = DEU via "Agency" citing three
    claim pact.member = ITA citing bot
    claim pact.member = ESP citing bot
    deny pact.member = ESP citing one
    claim pact.signed = 2025-03-04 citing one
    claim pact.signed = 2025-03-06 citing bot
    """

  private let small: AnalysisSession

  init() throws { small = try AnalysisSession(Self.script) }

  // MARK: support

  @Test(
    "support counts each claim for the origins that it goes back to: two papers that quote one agency are one"
  )
  func origins() {
    #expect(
      small.lines(
        "support about pact", "origin", "kind", "claims", "only", "share", "machine", "reliability", "through"
      ) == [
        "bot source 3 3 0.5 machine-written E 1", "Agency via 2 1 0.16666666666666666  B".dropLast(1) + " 2",
        "one source 2 1 0.16666666666666666  B 1",
      ])
    #expect(
      small.run("support about pact").contains(
        "-- 6 claims about pact, names and types left out: 5 go back to one origin, 3 only to machine-written sources"
      ))
  }

  @Test("support lists the claims of one origin, and those that only a machine makes")
  func facts() {
    #expect(
      small.lines("support facts one-origin about pact", "property", "value", "origin", "machine") == [
        "member DEU Agency ", "member ESP bot machine-written", "member ITA bot machine-written",
        "signed 2025-03-04 one ", "signed 2025-03-06 bot machine-written",
      ])
    #expect(
      small.lines("support facts machine", "subject", "value", "standing")
        == [
          "bot machine-written ", "pact ESP ", "pact ITA ", "pact 2025-03-06 passed over",
        ].map { $0 == "pact ESP " ? "pact ESP " + (isEspChosen ? "" : "passed over") : $0 })
    #expect(small.lines("support origin AGENCY", "value") == ["DEU"])
    #expect(small.lines("support facts machine during 2025-03-05..2025-04", "value").contains("2025-03-06"))
    #expect(small.run("support origin nobody").contains("-- no claim goes back to nobody alone"))
    #expect(small.run("support facts machine without bot").contains("error:"))
  }

  private var isEspChosen: Bool {
    small.run("sql SELECT chosen FROM statements WHERE value = 'ESP'").contains("\n1")
  }

  @Test(
    "support without a source tells what nobody else says, who says the rest, and what then stands in its place"
  )
  func falling() {
    #expect(
      small.lines("support without bot about pact", "property", "value", "stance", "falls", "rivals") == [
        "member ESP claims yes ", "member ITA claims yes ", "signed 2025-03-06 claims yes 2025-03-04",
      ])
    #expect(
      small.run("support without bot about pact").contains(
        "-- without bot: 3 statements lose all support, 0 stay"))
    #expect(
      small.lines(
        "support without one about pact property member, signed", "value", "stance", "falls", "left") == [
          "ESP denies yes ", "2025-03-04 claims yes ", "FRA from 2025-03 claims no two",
        ])
    // Two sources at once.
    #expect(
      small.lines("support without one, two about pact property member", "value", "falls").contains(
        "FRA from 2025-03 yes")
    )
    #expect(small.run("support without nobody").contains("error:"))
  }

  // MARK: attestation

  @Test("attestation tells who claims, who denies, and who does not list it, which is no denial")
  func attestation() {
    let tables = small.tables(
      "attestation pact property member", heads: ["claim\tsource", "claim\tclaims", "source\tclaims"])
    #expect(tables.count == 3)
    #expect(
      tables[0].map { "\($0["claim"]!) \($0["source"]!) \($0["says"]!) \($0["via"]!)" } == [
        "DEU three claims Agency", "DEU two claims agency", "ESP bot claims ", "ESP one denies ",
        "FRA one claims ",
        "FRA two claims Agency", "ITA bot claims ",
      ])
    func counts(_ row: [String: String], _ columns: String...) -> String {
      columns.map { row[$0] ?? "?" }.joined(separator: " ")
    }
    #expect(
      tables[1].map { counts($0, "claim", "claims", "denies", "silent", "origins") } == [
        "DEU 2 0 2 1", "ESP 1 1 2 1", "FRA 2 0 2 2", "ITA 1 0 3 1",
      ])
    #expect(
      tables[2].map { counts($0, "source", "claims", "denies", "silent") } == [
        "bot 2 0 2", "one 1 1 2", "three 1 0 3", "two 2 0 2",
      ])
    let both = small.run("attestation pact")
    #expect(both.contains("signed = 2025-03-04\tone\tclaims") && both.contains("member = FRA\t"))
    #expect(small.run("attestation pact property chair").contains("nobody says anything of pact as chair"))
    #expect(small.run("attestation nobody").contains("error:"))
  }

  // MARK: quarrels

  @Test(
    "quarrels count each cell once by property, and each pair of statements for the sources that say them")
  func quarrels() {
    let tables = small.tables("quarrels", heads: ["property\tcells", "one\tother"])
    #expect(tables.count == 2)
    #expect(
      tables[0].map { "\($0["property"]!) \($0["cells"]!) \($0["conflict"]!) \($0["denied"]!)" } == [
        "member 1 0 1", "signed 1 1 0",
      ])
    #expect(
      tables[1].map { "\($0["one"]!) \($0["other"]!) \($0["pairs"]!) \($0["properties"]!)" } == [
        "bot one 2 member, signed"
      ])
    #expect(small.lines("quarrels kind conflict", "property") == ["signed"])
    #expect(small.lines("quarrels between bot, one", "property") == ["member", "signed"])
    #expect(small.run("quarrels between two").contains("-- nothing differs"))
    #expect(small.run("quarrels type measure").contains("-- nothing of the type measure differs"))
  }

  // MARK: freshness

  @Test("freshness tells the age of the newest source, whose month may leave it open whether it is stale")
  func freshness() {
    // 22 November 2026 is 417 days after 30 September 2025, 447 after the 1st, and 600 after 1 April.
    func lines(_ clauses: String) -> [String] {
      small.lines("freshness about pact each fact \(clauses)", "value", "newest", "source", "age", "state")
    }
    #expect(
      lines("after 430") == [
        "2025-03-04 2025-04-01 one 600 stale", "DEU 2025-09 two 418 maybe stale",
        "FRA 2025-09 two 418 maybe stale",
        "ESP    undated", "ITA    undated", "2025-03-06    undated",
      ])
    #expect(lines("after 300").prefix(3).allSatisfy { $0.hasSuffix(" stale") && !$0.contains("maybe") })
    #expect(
      small.lines("freshness about pact after 430", "facts", "stale", "maybe", "undated", "newest", "state")
        == [
          "6 1 2 3 2025-09 maybe stale"
        ])
    // On a day before the second source came out.
    #expect(
      small.lines("freshness about pact day 2025-05-01", "newest", "age", "state") == ["2025-04-01 30 fresh"])
    #expect(
      small.run("freshness about pact day 2025-05-01").contains(
        "-- 1 sources that certainly came out later are not looked at"))
    #expect(small.run("freshness type measure").contains("-- nothing is claimed of the type measure"))
  }

  // MARK: On the Seed

  @Test("on the Seed: 14. what loses all support with Toutiao is what retract source tells")
  func seedFalling() throws {
    let seed = try AnalysisSession()
    let rows = seed.rows("support without toutiao")
    let told = seed.run("retract source toutiao preview")
    #expect(told.contains("\(rows.count { $0["falls"] == "yes" }) statements lose all support"))
    #expect(told.contains("\(rows.count { $0["falls"] == "no" }) stay"))
    for value in ["58%", "AUD 135m", "0.25", "5..10 years"] {
      #expect(rows.contains { $0["falls"] == "yes" && $0["value"]?.hasPrefix(value) == true }, "\(value)")
    }
  }

  @Test("on the Seed: 31. what rests on one origin, and what only machines write")
  func seedOrigins() throws {
    let seed = try AnalysisSession()
    let origins = seed.rows("support")
    #expect(
      origins.contains { $0["origin"] == "usgs" && $0["kind"] == "via" && Int($0["through"] ?? "") ?? 0 > 10 }
    )
    #expect(origins.contains { $0["origin"] == "toutiao" && $0["machine"] == "machine-translated" })
    let wikipedia = seed.rows("support origin wikipedia during 2026-06..2026-12")
    #expect(wikipedia.count == 12 && wikipedia.allSatisfy { $0["sources"] == "geopoliticsai-dates" })
    let machine = seed.rows("support facts machine during 2026")
    #expect(machine.contains { $0["subject"] == "us-minerals-mobilisation" })
    #expect(machine.allSatisfy { $0["machine"]?.isEmpty == false })
    // The number of origins is what statements tell.
    let one = seed.rows(
      "sql SELECT count(*) AS n FROM statements WHERE origins = 1 AND claimed AND property NOT IN ('name', 'type')"
    )
    #expect(seed.run("support").contains(": \(one[0]["n"] ?? "?") go back to one origin"))
  }

  @Test("on the Seed: quarrels are as many cells of each kind as conflicts tells")
  func seedQuarrels() throws {
    let seed = try AnalysisSession()
    let told = seed.run("conflicts limit 10000").split(separator: "\n").last ?? ""
    let rows = seed.rows("quarrels")
    func sum(_ column: String) -> Int { rows.reduce(0) { $0 + (Int($1[column] ?? "") ?? 0) } }
    let kinds = ["conflict", "denied", "period", "each", "superseded", "precision", "others"]
    #expect(sum("cells") == kinds.reduce(0) { $0 + sum($1) } && sum("cells") > 50)
    for (column, kind) in [
      ("conflict", "conflict"), ("denied", "denied"), ("period", "period"),
      ("precision", "different-precision"),
    ] {
      #expect(told.contains("\(sum(column)) \(kind)"), "\(told)")
    }
  }

  @Test(
    "on the Seed: 4. who attended the meeting of 12 January, source by source; 18., 34. and 35. who says so")
  func seedAttestation() throws {
    let seed = try AnalysisSession()
    let rows = seed.rows("attestation jan12-meeting property participant")
    let named = Dictionary(grouping: rows, by: { $0["source"] ?? "" }).mapValues {
      Set($0.compactMap { $0["claim"] })
    }
    #expect(named["clash"] == ["g7", "AUS", "MEX", "KOR", "IND"])
    #expect(named["sohu"] == ["g7", "eu", "AUS", "IND", "KOR"])
    #expect(named["globaltimes"] == ["g7", "eu", "AUS", "IND", "KOR", "MEX"])
    let signatures = seed.rows("attestation pax-silica property signatory each statement")
    #expect(
      signatures.contains {
        $0["claim"] == "PHL from 2026-04-16" && $0["source"] == "manila-bulletin-luzon-zone"
      })
    let floor = seed.run("attestation price-floor property proposer, opponent")
    #expect(floor.contains("opponent = eu\twarptechlab-price-floor\tclaims"))
    let holders = seed.rows("attestation us-treasury-secretary property holder")
    #expect(
      Set(holders.filter { $0["claim"] == "yellen" }.compactMap { $0["source"] }) == [
        "sohu", "tiger-brokers-reserve",
      ])
  }

  @Test("a row names the statements behind it")
  func why() throws {
    let seed = try AnalysisSession()
    #expect(seed.run("quarrels about pax-silica kind denied\nwhy row 1").contains("PRT"))
    #expect(seed.run("attestation jan12-meeting property participant\nwhy row 1").contains("quote"))
    #expect(seed.run("attestation jan12-meeting property participant\nwhy row 1 of claims").contains("AUS"))
    #expect(seed.run("support about forge\nwhy row 1").contains("quote"))
    #expect(seed.run("freshness about forge\nwhy row 1").contains("quote"))
  }
}
