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
    #expect(printed.contains("-- holder has rules of its own: recency, reliability"))
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

  @Test("A few of many are shown without reading them all, and that is said")
  func few() {
    let things = (10..<60).map {
      "add agreement deal-\($0) \"Deal \($0)\" { started = 2001; started = 2002 }"
    }
    _ = transcript.run(things.joined(separator: "\n"))
    let printed = transcript.run("conflicts where property = started limit 2")
    #expect(printed.contains("deal-10.started") && printed.contains("deal-11.started"))
    #expect(!printed.contains("deal-12.started"))
    #expect(printed.contains("-- the first 2 of at least 12 cells"))
    #expect(
      transcript.run("conflicts where property = started limit 49").contains("the first 49 of 50 cells"))
    #expect(!transcript.run("conflicts where property = started limit 50").contains("the first"))
    // A kind that none has is looked for to the end.
    #expect(transcript.run("conflicts where kind = superseded limit 2").contains("-- no rivals"))
  }

  @Test("Where two sources say the same, both fill the cell, and it does not differ")
  func sameOfBoth() {
    _ = transcript.run(
      """
      add agreement deal-1 citing gazette { started = 2001-02-03 }
      claim deal-1.started = 2001-02-03 citing courier
      add agreement deal-2 citing gazette { started = 2001 }
      claim deal-2.started = 2002 citing courier
      add agreement deal-3 citing gazette { started = 2001; started = 2002 }
      """)
    #expect(
      transcript.run("conflicts where property = started between gazette, courier").contains(
        "-- 2 cells that gazette and courier both fill: 1 differ, 1 of them in the year"))
  }

  @Test("A claim that another source denies is denied")
  func denied() {
    _ = transcript.run("deny msp.member = JPN from 2022 citing gazette quote \"not Japan\"")
    #expect(
      transcript.run("conflicts where kind = denied").contains("msp.member = JPN from 2022\tdisputed\tdenied")
    )
  }
}
