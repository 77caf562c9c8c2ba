import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

/// The faults of the kind "two ways of asking, two answers", each with its right answer.
@Suite("Two ways of asking give one answer")
struct TwoWaysTests {
  @Test("What a new claim dethrones is not counted any more")
  func dethroned() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      source x "X" { published 2024-05-01; reliability A }
      claim forge.chair = KOR through 2026-06 citing gazette quote "chaired by Korea"
      claim msp.chair = KOR citing gazette quote "chaired by Korea"
      claim forge.chair = JPN through 2026-06 citing x quote "a"
      """)
    #expect(transcript.run("count initiatives by chair").contains("KOR\t1\n"))
    #expect(
      transcript.run("count initiatives where chair = KOR")
        == "ever\ttoday\n1\t0\n-- 1 not stated, left out\n-- 1 more possibly today\n")
    #expect(try transcript.session.store.check().compactMap(\.problem) == [])
  }
}
