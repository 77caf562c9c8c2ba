import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@Suite("The Seed")
struct SeedTests {
  let session: Session

  init() throws { session = try TestRegistry.seeded() }

  /// The lines of a fixture, split at their tab: where the fact stands, and the quote.
  static func facts(_ name: String) throws -> [(place: String, quote: String)] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).tsv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      return (String(parts[0]), String(parts[1]))
    }
  }

  private func sql(_ query: String) throws -> SQLResult {
    try session.store.sqlReading.sql(query, limit: nil, .all)
  }

  /// What every citation that stands says, by the source's key or its address.
  private func quotes(by column: String) throws -> Set<String> {
    let result = try sql(
      "SELECT s.\(column), c.quote FROM citations c JOIN sources s ON s.key = c.source")
    return Set(result.rows.map { "\($0[0])\t\($0[1])" })
  }

  @Test("has each of the 115 facts of the five articles, with its source and its quote")
  func articleFacts() throws {
    let facts = try Self.facts("article-facts")
    #expect(facts.count == 115)
    let found = try quotes(by: "key")
    let missing = facts.filter {
      !found.contains("\(Cell.key(Key(unchecked: $0.place)))\t\(Cell.text($0.quote))")
        && !found.contains("\(Cell.text($0.place))\t\(Cell.text($0.quote))")
    }
    #expect(missing.map { "\($0.place): \($0.quote)" } == [])
  }

  @Test("has each of the 277 facts of other pages, as the claim of its own source")
  func pageFacts() throws {
    let facts = try Self.facts("page-facts")
    #expect(facts.count == 277)
    let found = try quotes(by: "url")
    let missing = facts.filter { !found.contains("\(Cell.text($0.place))\t\(Cell.text($0.quote))") }
    #expect(missing.map { "\($0.place): \($0.quote)" } == [])
  }

  @Test("has each of the 197 facts of February to September 2026, as the claim of its own source")
  func latestFacts() throws {
    let facts = try Self.facts("latest-facts")
    #expect(facts.count == 197)
    #expect(Set(facts.map(\.place)).count == 100)
    let found = try quotes(by: "url")
    let missing = facts.filter { !found.contains("\(Cell.text($0.place))\t\(Cell.text($0.quote))") }
    #expect(missing.map { "\($0.place): \($0.quote)" } == [])
  }

  @Test("does not add a page again that is there already: 17 of the later facts stand on such pages")
  func pagesOnce() throws {
    let earlier = Set(try Self.facts("page-facts").map(\.place))
    #expect(try Self.facts("latest-facts").filter { earlier.contains($0.place) }.count == 17)
    let twice = try sql(
      "SELECT url FROM sources WHERE url IS NOT NULL GROUP BY url HAVING count(*) > 1")
    #expect(twice.rows == [])
  }

  @Test("says of a day of publication that was inferred that it was")
  func inferredDays() throws {
    let transcript = Transcript(session)
    #expect(transcript.run("count sources where dated-by is stated").hasPrefix("count\n39\n"))
    #expect(
      transcript.run("why wsb-diamond-plant.dated-by").contains("inferred because the page gives no day"))
  }

  @Test("labels what a machine wrote, edited or translated")
  func machines() throws {
    let listed = Transcript(session).run(#"list sources where label ~ "machine" columns label"#)
    for key in [
      "nbot-forge", "pulse-augur-norway", "clank-slop-price-floor", "follow-up-orr-briefing", "toutiao",
      "allthenews",
    ] { #expect(listed.contains("\n\(key)\t"), "\(key)") }
  }

  @Test("takes a table of dates that was copied from Wikipedia for one origin")
  func oneOrigin() throws {
    let origins = try sql(
      "SELECT DISTINCT via FROM citations WHERE source = 'geopoliticsai-dates'")
    #expect(origins.rows == [[Cell.text("wikipedia")]])
  }

  @Test("has a rung for every commitment of which a source says an amount")
  func rungs() throws {
    let bare = Transcript(session).run(
      "list commitments where amount is stated and rung is not stated columns amount")
    #expect(bare.split(separator: "\n").filter { !$0.hasPrefix("--") }.count == 1, "\(bare)")
  }

  @Test("names a source for every statement but judgements and what describes a source")
  func everythingIsSourced() throws {
    let unsourced = try sql(
      """
      SELECT s.id, s.subject, s.property FROM statements s
      WHERE NOT EXISTS (SELECT 1 FROM citations c WHERE c.statement = s.id)
        AND s.property <> 'distinct-from' AND s.subject NOT IN (SELECT key FROM sources)
      """)
    #expect(unsourced.rows == [])
  }

  @Test("has the states of ISO 3166-1, and the groups with dated members")
  func states() throws {
    let transcript = Transcript(session)
    #expect(transcript.run("count states") == "ever\ttoday\n261\t250\n")
    #expect(transcript.run("list states where iso2 = \"JP\" columns iso2").contains("JPN\tJapan\tJP"))
    #expect(transcript.run("list eu.member on 1975-01-01").contains("DNK"))
    #expect(!transcript.run("list eu.member on 1972-06-01").contains("\nDNK\t"))
  }

  @Test("is sound")
  func sound() throws {
    for finding in try session.store.check() { #expect(finding.problem == nil, "\(finding.test)") }
  }

  @Test("has contradictory claims side by side, each with its own source")
  func contradictions() throws {
    let printed = Transcript(session).run("why us-treasury-secretary.holder")
    #expect(printed.contains("bessent") && printed.contains("yellen"))
    #expect(
      printed.contains("globaltimes") && printed.contains("clash") && printed.contains("toutiao")
        && printed.contains("sohu"))
  }
}
