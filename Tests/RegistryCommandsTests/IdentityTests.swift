import TestRegistry
import Testing

@Suite("Renaming and merging")
struct IdentityTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  private func run(_ command: String) -> String { transcript.run(command).trimmed }

  /// Reading commands of every kind that speak of the two.
  private static let readings = [
    "show KOR", "show summit", "show south-korea-mof", "list states", "list actors", "count states",
    "list meetings where participant = KOR", "find Korea", "why summit.participant",
    "sql SELECT * FROM statements ORDER BY id", "sql SELECT * FROM entities ORDER BY key",
    "sql SELECT * FROM names ORDER BY entity, name",
    "sql SELECT * FROM memberships ORDER BY statement, member",
  ]

  @Test("A renamed entity has its new key everywhere, and the old one before")
  func renamed() {
    let id = "sql SELECT id FROM statements WHERE property = 'amount'"
    let before = run(id)
    #expect(run("rename pipeline to us-japan-pipeline") == "-- t2: pipeline is now us-japan-pipeline")
    for reading in ["show pipeline", "list commitments", "why pipeline.amount", "find pipeline"] {
      let printed = run(reading)
      #expect(!printed.contains("pipeline\t") || printed.contains("us-japan-pipeline"), "\(reading)")
    }
    #expect(run("list commitments").contains("us-japan-pipeline"))
    #expect(run("sql SELECT key FROM commitments WHERE key LIKE '%pipeline'") == "key\nus-japan-pipeline")
    #expect(run("list commitments recorded by t1").contains("\npipeline\t"))
    #expect(run(id) == before)
    #expect(run("claim pipeline.rung = pledged citing courier").contains("us-japan-pipeline.rung = "))
    #expect(run("history pipeline").contains("renamed\t"))
    #expect(run("undo t2").contains("undid t2"))
    #expect(run("show pipeline.rung").contains("pledged"))
    #expect(run("show us-japan-pipeline").contains("there is nothing called"))
  }

  @Test("After merge and unmerge every answer is as it was, and recorded by the time before it always is")
  func mergedAndBack() {
    // t2 and t3
    _ = run("claim summit.participant = south-korea-mof citing leaflet")
    _ = run("claim south-korea-mof.share = 5% mineral rare-earths stage mining year 2024 citing leaflet")
    let before = Self.readings.map(run)
    #expect(
      run("merge south-korea-mof into KOR")
        == "-- t4: merged south-korea-mof into KOR: 2 statements counted for it")
    #expect(run("show KOR").contains("Ministry of Finance of South Korea"))
    #expect(run("list states").contains("KOR\tSouth Korea"))
    #expect(run("show KOR.share").contains("5%"))
    #expect(!run("list actors").contains("south-korea-mof"))
    #expect(run("show \"Ministry of Finance of South Korea\"") == run("show KOR"))
    for (reading, answer) in zip(Self.readings, before) where !reading.hasPrefix("why") {
      let past =
        reading.hasPrefix("sql ")
        ? reading.replacing("sql ", with: "sql recorded by t3 ") : reading + " recorded by t3"
      #expect(run(past) == answer, "\(past)")
    }
    #expect(run("merge KOR into JPN").contains("south-korea-mof counts as it"))
    #expect(run("unmerge south-korea-mof") == "-- t5: south-korea-mof is an entity of its own again")
    for (reading, answer) in zip(Self.readings, before) { #expect(run(reading) == answer, "\(reading)") }
    #expect(run("unmerge south-korea-mof").contains("is not merged into anything"))
    #expect(!run("check").contains("differ"))
  }

  @Test("What was judged distinct is neither merged nor suggested")
  func distinct() {
    _ = run(#"add person yellin "Janet Yellin""#)
    #expect(
      run("suggest merges people").contains("yellen\tJanet Yellen\tyellin\tJanet Yellin\tnearly the same"))
    #expect(!run("suggest merges").contains("USA"))
    _ = run(#"distinct yellen, yellin because "another person""#)
    #expect(!run("suggest merges people").contains("yellin"))
    #expect(run("merge yellin into yellen").contains("they were judged to be distinct"))
  }

  @Test("Correcting a citation of what is merged leaves the statement's id")
  func correctedAfterMerge() {
    _ = run(
      #"claim south-korea-mof.share = 5% mineral rare-earths stage mining year 2024 citing leaflet quote "5""#
    )
    let id = "sql SELECT id FROM statements WHERE property = 'share' AND value = '5%'"
    let before = run(id)
    _ = run("merge south-korea-mof into KOR")
    #expect(run("correct KOR.share quote \"5 %\"").contains("corrected the citation"))
    #expect(run(id) == before)
  }
}
