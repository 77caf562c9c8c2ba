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

  @Test(
    "After two sources are merged, each page keeps its date and reliability, however it is asked (answers 57)"
  )
  func mergedSources() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      define property slogan of initiative to text one
      source wire-1 "A wire" { published 2026-01-10; reliability D }
      source wire-2 "A wire" { published 2026-07-01; reliability A }
      claim forge.slogan = "early" citing wire-1
      claim forge.slogan = "late" citing wire-2
      """)
    func agree(on slogan: String, _ reliability: String) {
      #expect(
        transcript.run("list partnerships where slogan = \(slogan) columns slogan").contains(
          "forge\tFORGE\t\(slogan)\t"))
      #expect(transcript.run("why forge.slogan").contains("\(slogan)\tchosen\t"))
      #expect(
        transcript.run("sql { SELECT value FROM statements WHERE property = 'slogan' AND chosen }")
          == "value\n\(slogan)\n")
      let why = transcript.run("why forge.slogan")
      #expect(why.contains("late\tchosen") == (slogan == "late"))
      #expect(why.contains("\t2026-01-10\tD") && why.contains("\t2026-07-01\tA"))
    }
    agree(on: "late", "A")
    _ = transcript.run("merge wire-1 into wire-2 because \"one page\"")
    agree(on: "late", "A")
    _ = transcript.run("unmerge wire-1")
    _ = transcript.run("merge wire-2 into wire-1 because \"one page\"")
    agree(on: "late", "A")
    // What came out in July was not out in February.
    let early = transcript.run("show forge.slogan published by 2026-02-01")
    #expect(early.contains("early") && !early.contains("late"))
    #expect(try transcript.session.store.check().compactMap(\.problem) == [])
    // Of a page of which nothing is known, what it counts as tells.
    _ = transcript.run(
      """
      add source wire-3 "A wire"
      claim forge.slogan = "third" citing wire-3
      merge wire-3 into wire-1 because "one page"
      """)
    #expect(transcript.run("why forge.slogan").contains("third\trival\twire-1 (wire-3)\t2026-01-10\tD"))
  }
}
