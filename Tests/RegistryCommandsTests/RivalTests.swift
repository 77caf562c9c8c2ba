import TestRegistry
import Testing

@Suite("Rivals")
struct RivalTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  @Test("New rules choose anew, and why names them")
  func rules() {
    _ = transcript.run(
      "source flyer \"A flyer\" { published 2026-01-20; reliability F }\n"
        + "claim treasury-secretary.holder = yellen on 2026-01-12 citing flyer quote \"Yellen\"")
    #expect(
      transcript.run("why treasury-secretary.holder").contains(
        "-- chosen treasury-secretary.holder = bessent"))
    _ = transcript.run(
      "define property holder of office to person one at a time rules recency, reliability")
    let printed = transcript.run("why treasury-secretary.holder")
    #expect(
      printed.contains(
        "-- chosen treasury-secretary.holder = yellen on 2026-01-12 by the rule \"the newer source\""))
    #expect(printed.contains("-- holder has rules of its own: recency, reliability, age"))
    #expect(transcript.run("list offices where holder = yellen").contains("treasury-secretary"))
    _ = transcript.run("undo")
    #expect(transcript.run("list offices where holder = bessent").contains("treasury-secretary"))
    #expect(transcript.run("why treasury-secretary.holder").contains("= bessent on 2026-01-12 by the rule"))
  }

  @Test("An unknown rule is refused with the nearest")
  func unknownRule() {
    let printed = transcript.run("define property holder of office to person one rules rank, recent")
    #expect(printed.contains("there is no rule recent"))
    #expect(printed.contains("did you mean recency?"))
  }

  @Test("One originator in two papers is one origin")
  func origins() {
    let printed = transcript.run("why CHN.share[stage mining]")
    #expect(printed.contains("-- about 60%: 2 sources, 1 origin (iea)"))
  }

  @Test("What is no rival is shown only where it is asked for")
  func neighbours() {
    _ = transcript.run(
      "claim CHN.share = 91% mineral rare-earths stage mining year 2023 citing courier quote \"91\"")
    #expect(!transcript.run("conflicts where property = share").contains("different-year"))
    #expect(transcript.run("conflicts all where property = share").contains("different-year"))
    #expect(transcript.run("conflicts where kind = different-year").contains("1 different-year"))
    #expect(transcript.run("conflicts limit 1").contains("-- the first 1 of 2 cells"))
    #expect(transcript.run("conflicts where kind = quarrel").contains("there is no kind quarrel"))
  }

  @Test("A claim that another source denies is denied")
  func denied() {
    _ = transcript.run("deny msp.member = JPN from 2022 citing gazette quote \"not Japan\"")
    #expect(
      transcript.run("conflicts where kind = denied").contains("msp.member = JPN from 2022\tdisputed\tdenied")
    )
  }
}
