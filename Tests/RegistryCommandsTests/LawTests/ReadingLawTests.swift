import TestRegistry
import Testing

/// Laws of the readings that competing claims allow, over registries drawn at random.
@Suite("Laws of readings")
struct ReadingLawTests {
  @Test(
    "The first reading is what is chosen and holds, and every other one takes what it is told to prefer",
    arguments: Draws.parts(90, stress: 60_000))
  func chosen(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 7_000_000 + seed)
      let times = registry.times()
      try laws.with(registry) {
        func none(_ what: String, _ query: String) {
          let found = laws.rows("sql\(times) { \(query) }")
          laws.expect(found.isEmpty, "\(what)\(times): \(found)")
        }
        none(
          "chosen, and not taken by the first reading, or the other way round",
          """
          SELECT r.subject, r.property, r.value FROM readings r JOIN statements s ON s.id = r.statement
          WHERE r.reading = 0 AND r.claimed AND (r.certainty IS NOT NULL OR s.certainty IS NULL)
            AND (NOT s.chosen OR r.certainty IS NOT s.certainty)
          """)
        none(
          "what the first reading does not take, and is chosen",
          """
          SELECT s.subject, s.property, s.value FROM statements s JOIN readings o ON o.statement = s.id
          WHERE s.chosen AND s.claimed AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.statement = s.id
            AND r.property = o.property AND r.choice = o.choice AND r.reading = 0 AND r.claimed)
            AND s.property = o.property
          """)
        none(
          "a choice of one reading",
          "SELECT subject, property, choice FROM readings GROUP BY 1, 2, 3 HAVING count(DISTINCT reading) < 2"
        )
        none(
          "a reading that does not take what it prefers",
          """
          SELECT subject, property, choice, reading FROM readings WHERE reading > 0 GROUP BY 1, 2, 3, 4
          HAVING sum(statement = preferred) = 0
          """)
        none(
          "the chosen reading prefers nothing",
          "SELECT subject, property FROM readings WHERE reading = 0 AND preferred IS NOT NULL")
      }
    }
  }

  @Test(
    "What nobody contests has no readings; a denial or a rival that is added makes some, and dropping it none",
    arguments: Draws.parts(40, stress: 20_000))
  func contested(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 7_500_000 + seed)
      let times = registry.times()
      try laws.with(registry) {
        let open = Set(laws.rows("sql\(times) { SELECT DISTINCT subject, property FROM readings }"))
        let told = Set(
          laws.rows(
            "sql { SELECT DISTINCT c.subject, p.key FROM contested c JOIN properties p ON p.key = c.property }"
          ))
        // What is said of the broader stands there, and is open of what narrows it.
        let subjects = Set(told.map { $0[0] })
        laws.expect(
          open.allSatisfy { subjects.contains($0[0]) }, "open\(times): \(open), contested \(told)")
      }
    }
  }
}
