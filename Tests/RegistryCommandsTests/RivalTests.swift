import RegistryCommands
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
    #expect(printed.contains("deal-10\tstarted") && printed.contains("deal-11\tstarted"))
    #expect(!printed.contains("deal-12\tstarted"))
    #expect(printed.contains("-- the first 2 of at least 12 cells"))
    #expect(
      transcript.run("conflicts where property = started limit 49").contains("the first 49 of 50 cells"))
    #expect(!transcript.run("conflicts where property = started limit 50").contains("the first"))
    // A kind that none has is looked for to the end.
    #expect(transcript.run("conflicts where kind = superseded limit 2").contains("-- nothing differs"))
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

  @Test("Of some sources only what they say differs; of any two, and of all, it is counted too (answers 59)")
  func threeSources() {
    _ = transcript.run(
      """
      source a "A" { reliability A }
      source b "B" { reliability D }
      source c "C" { reliability E }
      add agreement deal citing a { started = 1993 }
      claim deal.started = 1993-05-11 citing b
      claim deal.started = 1993-11-05 citing c
      """)
    #expect(
      transcript.run("conflicts where subject = deal").contains(
        "deal\tstarted\t1993-05-11\tb\t1993-11-05\tc\tconflict"))
    let apart = transcript.run("conflicts where subject = deal between a, b")
    #expect(
      apart.contains(
        "-- 1 cells that a and b both fill: 0 differ, 0 of them in the year; 1 more in precision"))
    #expect(!apart.contains("1993-11-05"))
    #expect(
      transcript.run("conflicts between a, b, c, gazette any where subject = deal").contains(
        "-- 1 cells that any two of a, b, c, gazette fill: 1 differ, 0 of them in the year"))
    #expect(
      transcript.run("conflicts any where property = started").contains(
        "cells that two sources or more fill: 1 differ, 0 of them in the year"))
    #expect(transcript.run("conflicts between a").contains("between compares two sources or more"))
  }

  @Test(
    "One source that says two things is kept apart, and two that quote one origin are told (answers 18, 61)")
  func alone() {
    _ = transcript.run(
      """
      add agreement deal citing gazette { started = 2001; started = 2002 }
      claim forge.chair = JPN on 2026-05-01 citing courier via reuters
      claim forge.chair = KOR on 2026-05-01 citing gazette via Reuters
      """)
    let printed = transcript.run("conflicts where kind = conflict")
    #expect(printed.contains("deal\tstarted\t2001\tgazette\t2002\tgazette\tconflict\tone source alone"))
    #expect(printed.contains("conflict\tboth quote Reuters\t"))
    #expect(printed.contains("-- 3 cells: 3 conflict; 1 by one source alone"))
  }

  @Test("A claim that another source denies is denied")
  func denied() {
    _ = transcript.run("deny msp.member = JPN from 2022 citing gazette quote \"not Japan\"")
    #expect(
      transcript.run("conflicts where kind = denied").contains(
        "msp\tmember\tJPN from 2022\tcourier\tnot JPN from 2022\tgazette\tdenied"))
  }

  @Test("What an erratum says supersedes what it corrects, and comes back from a dump (answers 62)")
  func erratum() throws {
    _ = transcript.run(
      """
      claim us-japan.started = 2025-10-27 citing gazette
      source erratum "Corrections" { published 2026-02-01; corrects gazette }
      claim us-japan.started = 2025-10-29 citing erratum
      """)
    func kinds(_ printed: String) -> [String] {
      printed.split(separator: "\n").compactMap { row in
        row.hasPrefix("us-japan\t") ? row.split(separator: "\t").dropLast().last.map(String.init) : nil
      }
    }
    // Of the framework's start the courier says something else than both.
    let question = "conflicts where subject = us-japan and property = started"
    #expect(kinds(transcript.run(question)) == ["conflict", "conflict", "superseded"])
    #expect(transcript.run(question + " between gazette, erratum").contains("0 differ"))
    #expect(transcript.run("show erratum").contains("corrects\tgazette"))
    // It counts, though its source is the least reliable.
    _ = transcript.run(
      """
      claim forge.chair = JPN citing gazette
      claim forge.chair = KOR citing erratum
      """)
    #expect(
      transcript.run("list partnerships where chair = KOR columns chair").contains("forge\tFORGE\tKOR\t"))
    #expect(
      transcript.run("why forge.chair").contains(
        "chosen forge.chair = KOR since a later source overtakes or corrects"))
    #expect(
      transcript.run("source erratum \"Corrections\" { corrects erratum }").contains(
        "erratum cannot correct itself"))
    let folder = try ScratchFolder()
    transcript.session.setFolder(folder.url)
    _ = transcript.run("dump \"all.ent\"")
    let copy = Transcript(try TestRegistry.session())
    copy.session.setFolder(folder.url)
    _ = copy.run("load \"all.ent\"")
    #expect(copy.run(question) == transcript.run(question))
    #expect(copy.run("show erratum") == transcript.run("show erratum"))
    // Under whatever key it is shown, and as whatever it counts.
    _ = transcript.run("rename gazette to the-gazette because \"its name\"")
    #expect(kinds(transcript.run(question)) == ["conflict", "conflict", "superseded"])
    _ = transcript.run("merge the-gazette into erratum because \"one page\"")
    #expect(kinds(transcript.run(question)) == ["conflict", "conflict", "superseded"])
  }
}
