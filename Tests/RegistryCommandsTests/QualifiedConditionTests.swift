import RegistryCommands
import TestRegistry
import Testing

@Suite("Conditions on qualifiers")
struct QualifiedConditionTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    let setup = transcript.run(
      """
      define property instrument of statement to choice signature, ratification, accession one
      define property ratifier of agreement to actor many
      define property phase of statement to text one
      citing courier {
        add agreement pact "Pact" { ratifier = USA instrument ratification from 2001; ratifier = JPN instrument accession from 2003 }
        add agreement accord "Accord" { ratifier = USA instrument accession from 2002; ratifier = KOR }
        add agreement treaty "Treaty" { ratifier = KOR instrument accession }
        claim USA.share = 3% mineral rare-earths stage mining year 2024
        claim USA.share = 60% mineral rare-earths stage refining year 2024-03-05
        claim AUS.share = 55% mineral rare-earths year 2023
      }
      deny treaty.ratifier = USA citing gazette
      deny pact.ratifier = KOR instrument signature citing gazette
      """)
    #expect(!setup.contains("error"), "\(setup)")
  }

  private func keys(_ command: String) -> [String] {
    transcript.run(command).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("--") }.map {
      String($0.prefix { $0 != "\t" })
    }
  }

  @Test("where ratifier[instrument accession] = RUS: those who acceded, not those who ratified")
  func instrument() {
    #expect(keys("list agreements where ratifier[instrument accession] = USA") == ["accord"])
    #expect(keys("list agreements where ratifier[instrument ratification] = USA") == ["pact"])
    #expect(keys("list agreements where ratifier = USA") == ["accord", "pact"])
    #expect(keys("list agreements where ratifier[instrument accession] = KOR, JPN") == ["pact", "treaty"])
  }

  @Test("What is stated without the qualifier is neither yes nor no; a denial of all denies each")
  func undecided() {
    // KOR ratified the accord, nobody says how; the pact says nothing of KOR but that it did not sign.
    #expect(keys("list agreements where not ratifier[instrument accession] = KOR") == [])
    #expect(keys("list agreements where not ratifier[instrument accession] = USA") == ["treaty"])
    #expect(keys("list agreements where not ratifier[instrument signature] = KOR") == ["pact"])
    #expect(
      transcript.run("count agreements where ratifier[instrument accession] = USA").contains("2 not stated"))
    #expect(keys("list agreements where ratifier[instrument signature] is denied") == ["pact", "treaty"])
    #expect(
      keys("list agreements where ratifier[instrument accession] is stated") == ["accord", "pact", "treaty"])
    #expect(
      keys("list agreements where ratifier[instrument ratification] is not stated") == [
        "accord", "treaty", "us-japan",
      ])
  }

  @Test("where share[mineral …, stage refining] > 50%: a year asked for covers any date in it, as in paths")
  func shares() {
    #expect(keys("list actors where share[mineral rare-earths, stage refining] > 50%") == ["USA"])
    #expect(keys("list actors where share[stage mining] > 50%") == ["CHN"])
    #expect(keys("list actors where share[stage mining, year 2024] < 50%") == ["USA"])
    #expect(keys("list actors where share[year 2024] > 50%") == ["CHN", "USA"])
    #expect(keys("list actors where share[year 2024-03] > 50%") == ["USA"])
    #expect(
      keys("list actors where share[stage mining] > 50% or share[stage refining] > 50%") == ["CHN", "USA"])
    #expect(keys("list actors where not share[stage mining] > 50%") == ["USA"])
    // The same in a second way.
    #expect(transcript.run("list USA.share[year 2024-03]").contains("60%"))
    #expect(
      transcript.run(
        """
        sql { SELECT s.subject FROM statements s JOIN qualifiers q ON q.statement = s.id AND q.property = 'year'
          JOIN qualifiers m ON m.statement = s.id AND m.property = 'stage' AND m.object = 'refining'
          WHERE s.property = 'share' AND s.low > 50 AND q.date_earliest >= '2024-01-01' }
        """) == "subject\nUSA\n")
  }

  @Test("The list shows what the filter looked at, and all where that is asked for")
  func columns() {
    let narrow = transcript.run("list actors where share[stage refining] > 50%")
    #expect(
      narrow.hasPrefix("key\tname\ttype\tshare[stage refining]\tsources\n")
        || narrow.contains("share[stage refining]"))
    #expect(narrow.contains("60%") && !narrow.contains("3%\t"))
    let all = transcript.run("list actors where share[stage refining] > 50% columns share")
    #expect(all.contains("3%, 60%") || all.contains("60%, 3%"))
  }

  @Test("On a date, and behind a path of several steps")
  func datesAndPaths() {
    #expect(keys("list agreements where ratifier[instrument accession] = JPN on 2002") == [])
    #expect(keys("list agreements where ratifier[instrument accession] = JPN on 2004") == ["pact"])
    #expect(
      keys("list agreements where ratifier[instrument accession].share[stage refining] > 50%") == ["accord"])
    #expect(keys("list agreements where ratifier.share[stage refining] > 50%") == ["accord", "pact"])
  }

  @Test("What is no qualifier, or of nothing, is refused with what to write")
  func refused() {
    #expect(transcript.run("list actors where share[member USA] > 5%").contains("error: member"))
    #expect(transcript.run("list actors where share[nosuch x] > 5%").contains("there is no property nosuch"))
    #expect(
      transcript.run("list actors where key[stage mining] = x").contains(
        "a key and a type have no qualifiers"))
    #expect(
      transcript.run("list actors where type[stage mining] = state").contains(
        "a key and a type have no qualifiers"))
    #expect(transcript.run("list agreements where ratifier[instrument accession]").contains("error"))
  }

  @Test("Completion offers qualifiers and their values in brackets")
  func completion() throws {
    func offered(_ text: String) throws -> [String] {
      transcript.session.complete(text, cursor: text.utf8.count).candidates.map(\.text)
    }
    #expect(try offered("list actors where share[st").contains("stage"))
    #expect(try offered("list actors where share[stage mi").contains("mining"))
    #expect(try offered("list agreements where ratifier[instrument a").contains("accession"))
    #expect(try offered("list agreements where ratifier[instrument accession] = JP").contains("JPN"))
  }
}
