import RegistryCommands
import TestRegistry
import Testing

/// What is said of parts, where a question follows them.
@Suite("Including parts")
struct PartTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      define property part-of of mineral to mineral many transitive
      define property concerns of initiative, commitment to mineral many
      citing courier {
        add mineral heavy-rare-earths "heavy rare earths" { part-of = rare-earths }
        add mineral magnet-rare-earths "magnet rare earths" { part-of = rare-earths }
        add mineral dysprosium "dysprosium" { part-of = heavy-rare-earths, magnet-rare-earths }
        add mineral yttrium "yttrium"
        add mineral gallium "gallium"
        claim forge.concerns = rare-earths
        claim msp.concerns = dysprosium
        claim us-japan.concerns = gallium
        claim pipeline.concerns = dysprosium
        claim smelters.concerns = heavy-rare-earths
      }
      """)
  }

  private func keys(_ question: String) -> [String] {
    transcript.run(question).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("-- ") }.map {
      String($0.prefix { $0 != "\t" })
    }
  }

  @Test("What concerns a part concerns the whole, and each row says through what")
  func follows() {
    #expect(keys("list initiatives where concerns = \"rare earths\" columns name") == ["forge"])
    let all = transcript.run(
      "list initiatives where concerns = \"rare earths\" including parts columns concerns")
    #expect(all.contains("forge\tFORGE\trare-earths\titself"))
    #expect(all.contains("dysprosium > heavy-rare-earths, dysprosium > magnet-rare-earths"))
    #expect(
      keys("list initiatives where concerns = heavy-rare-earths including parts columns name") == ["msp"])
    #expect(
      transcript.run("list initiatives where not concerns = gallium including parts columns name").contains(
        "us-japan") == false)
  }

  @Test("A part is not said to have what is said of its whole (answers 70)")
  func downwards() {
    #expect(keys("list initiatives where concerns = dysprosium including parts columns name") == ["msp"])
  }

  @Test("Counts agree with lists, in groups too")
  func counts() {
    #expect(
      transcript.run("count initiatives where concerns = rare-earths including parts").hasPrefix(
        "ever\ttoday\n2\t"))
    let groups = transcript.run("count initiatives by concerns including parts")
    #expect(
      groups.contains("rare-earths\t2\n") && groups.contains("heavy-rare-earths\t1\n")
        && groups.contains("dysprosium\t1\n"))
    #expect(transcript.run("count initiatives by concerns").contains("rare-earths\t1\n"))
  }

  @Test("Totals follow parts, and tell how they add up what they find")
  func totals() {
    let total = transcript.run("total commitments where concerns = rare-earths including parts")
    #expect(total.contains("USD\tannounced\tUSD 8.5bn\t1") && total.contains("AUD\tpledged\tAUD 135m\t1"))
    let groups = transcript.run("total commitments by concerns including parts")
    #expect(groups.contains("rare-earths\tUSD\tannounced\tUSD 8.5bn\t1"))
    #expect(groups.contains("heavy-rare-earths\tAUD\tpledged\tAUD 135m\t1"))
    #expect(
      transcript.run("why total commitments where concerns = rare-earths including parts").contains(
        "pipeline"))
  }

  @Test("A cycle is followed once (answers 67)")
  func cycle() {
    _ = transcript.run("claim rare-earths.part-of = dysprosium citing leaflet")
    #expect(
      keys("list initiatives where concerns = rare-earths including parts columns name") == ["forge", "msp"])
    #expect(
      keys("list initiatives where concerns = dysprosium including parts columns name") == ["forge", "msp"])
  }

  @Test("The weakest step is named, with who says so and who denies it (answers 68)")
  func weakest() {
    _ = transcript.run(
      """
      claim us-japan.concerns = yttrium citing courier
      claim yttrium.part-of = heavy-rare-earths citing gazette
      deny yttrium.part-of = heavy-rare-earths citing leaflet
      """)
    let found = transcript.run(
      "list agreements where concerns = rare-earths including parts columns concerns")
    #expect(
      found.contains(
        "yttrium > heavy-rare-earths\tyttrium part-of heavy-rare-earths (gazette C, leaflet denies)"))
    // Where the denial is the more reliable, yttrium is no part.
    _ = transcript.run("source leaflet \"A leaflet\" { reliability A }")
    #expect(keys("list agreements where concerns = rare-earths including parts columns name") == [])
  }

  @Test("On a date the way is as certain as its weakest step")
  func dates() {
    _ = transcript.run(
      """
      claim us-japan.concerns = yttrium from 2025-10-28 citing courier
      claim yttrium.part-of = heavy-rare-earths until 2026-01-31 citing courier
      """)
    let before = transcript.run(
      "list agreements where concerns = heavy-rare-earths including parts on 2026-01-15 columns concerns")
    #expect(before.contains("yttrium possibly"))
    #expect(
      keys("list agreements where concerns = heavy-rare-earths including parts on 2026-03 columns name") == []
    )
  }

  @Test("Figures of a part are none of the whole (answers 69)")
  func figures() {
    _ = transcript.run(
      "claim JPN.share = 90% mineral dysprosium stage mining year 2024 citing courier quote \"90\"")
    #expect(
      keys("list states where share[mineral rare-earths] > 50% including parts columns name").contains("JPN")
        == false)
  }
}
