import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@Suite("Who names an entity, and why a list finds what it finds")
struct MentionTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  private func rows(_ command: String) -> [[String]] {
    transcript.run(command).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("--") }.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("show says how often an entity is named, by what, and what lists those")
  func told() {
    #expect(
      transcript.run("show JPN").contains(
        "-- named by others as giver 2, participant 1, member 1, signatory 1 (mentions JPN lists them)")
        || transcript.run("show JPN").contains("(mentions JPN lists them)"))
    #expect(
      transcript.run("show mining").contains("-- as the qualifier stage 2 (mentions mining lists them)"))
    #expect(transcript.run("show courier").contains("statements (mentions courier lists them)"))
    #expect(!transcript.run("show pipeline").contains("as the qualifier"))
  }

  @Test("mentions lists as many as show counts, by value and as a qualifier, merged or not")
  func agrees() throws {
    _ = transcript.run(
      "add state NPN \"Nippon\" citing courier; claim forge.member = NPN citing gazette; merge NPN into JPN")
    for key in ["JPN", "USA", "KOR", "eu", "mining", "rare-earths", "msp", "bessent"] {
      let counts = try transcript.session.store.mentions(of: Key(unchecked: key), most: 100, .all)
      let all = (counts.asValue + counts.asQualifier).map(\.count).reduce(0, +)
      #expect(rows("mentions \(key)").count == all, "\(key)")
      for named in counts.asValue {
        #expect(
          rows("mentions \(key) property \(named.property)").count >= named.count, "\(key) \(named.property)")
      }
      // The same in SQL.
      let sql = rows(
        "sql { SELECT id FROM statements s WHERE s.subject != '\(key)' AND (s.object = '\(key)' OR EXISTS (SELECT 1 FROM qualifiers q WHERE q.statement = s.id AND q.object = '\(key)')) }"
      )
      #expect(sql.count == all, "\(key)")
    }
    #expect(rows("mentions JPN").contains { $0[0] == "forge" })
    #expect(rows("mentions NPN").count == rows("mentions JPN").count)
  }

  @Test("mentions takes the times, a page, and says where nobody names it")
  func narrowed() {
    #expect(rows("mentions JPN on 2024-06-01 property member").map { $0[0] } == ["msp"])
    #expect(rows("mentions USA limit 2").count == 2)
    #expect(transcript.run("mentions USA limit 2").contains("-- the first 2; limit N shows more"))
    #expect(rows("mentions USA limit 2 offset 1")[0] == rows("mentions USA")[1])
    #expect(transcript.run("mentions refining").contains("-- nobody names refining"))
    #expect(transcript.run("mentions JPN published by 2020-01-01").contains("nobody names JPN"))
    #expect(transcript.run("mentions nobody").contains("error: there is nothing called nobody"))
  }

  @Test("Of a source, mentions lists what it says in its words")
  func sources() {
    let leaflet = rows("mentions leaflet")
    #expect(leaflet.count == 2 && leaflet[1][3] == "Secretary Yellen")
    #expect(rows("mentions gazette property participant").count == 3)
    #expect(
      transcript.run("show leaflet").contains("-- cited for 2 statements (mentions leaflet lists them)"))
  }

  @Test("why list: named by whom, with the quotes; what a filter passes by is not shown")
  func whyList() {
    let found = rows("why list meetings where participant = KOR")
    #expect(
      found == [
        ["summit.participant", "KOR", "courier", "2026-01-13", "B", "Japan and South Korea", "@sj6xga"]
      ])
    let amounts = rows("why list commitments where giver = AUS and amount is stated")
    #expect(amounts.map { $0[0] } == ["mine.amount", "mine.giver", "smelters.amount", "smelters.giver"])
    // A passed-over rival is none of the reasons, and no false choice.
    let offices = transcript.run("why list offices where holder = bessent")
    #expect(offices.contains("bessent on 2026-01-12\tchosen") && !offices.contains("yellen on"))
    #expect(offices.contains("passed over: yellen"))
  }

  @Test("why list: denials decide for not, groups say through whom, times count")
  func whyListFurther() {
    _ = transcript.run("deny forge.member = JPN citing gazette quote \"Japan stays out\"")
    let denied = transcript.run("why list partnerships where not member = JPN")
    #expect(
      denied.contains("forge.member\tJPN") && denied.contains("gazette denies")
        && denied.contains("Japan stays out"))
    #expect(
      rows("why list partnerships where member = MLT including groups").map { $0[1] } == [
        "eu from 2022", "MLT from 2004-05-01",
      ])
    #expect(rows("why list partnerships where member = USA on 2023-01-01").map { $0[0] } == ["msp.member"])
    #expect(
      rows("why list actors where share[stage mining] > 50%").allSatisfy { $0[1].contains("stage mining") })
    #expect(
      transcript.run("why list partnerships").contains(
        "error: without a condition every one of the partnerships is listed"))
    #expect(transcript.run("why list forge.member where member = USA").contains("help: why KEY.property"))
  }
}
