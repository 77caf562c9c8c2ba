import RegistryCommands
import TestRegistry
import Testing

@Suite("Whether something is so")
struct CheckClaimTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    _ = transcript.run("source later \"Later\" { published 2026-02-20; reliability B }")
    _ = transcript.run("claim forge.chair = KOR from 2026-02 through 2026-06 citing later quote \"chairs\"")
    _ = transcript.run("deny forge.member = CHN citing courier")
    _ = transcript.run("claim us-japan.started = unknown citing gazette")
    _ = transcript.run("define property headcount of initiative to number one")
    _ = transcript.run("claim forge.headcount = 31 citing courier\nclaim forge.headcount = 25 citing leaflet")
    _ = transcript.run("claim msp.headcount = about 30 citing courier")
  }

  private func answer(_ claim: String) -> String {
    let lines = transcript.run("check claim \(claim)").split(separator: "\n")
    return lines.count > 1 ? String(lines[1].split(separator: "\t").first ?? "") : lines.joined()
  }

  @Test(
    "true, false, disputed or not stated",
    arguments: [
      ("forge.chair = KOR on 2026-03", "true"), ("forge.chair = JPN on 2026-03", "false"),
      ("forge.chair != JPN on 2026-03", "true"), ("forge.chair = KOR on 2026-09", "false"),
      ("forge.chair = KOR on 2025", "false"),
      ("forge.chair is stated", "true"), ("not forge.chair = KOR on 2026-03", "false"),
      ("forge.member = USA", "true"), ("forge.member = CHN", "false"), ("forge.member = AUS", "not stated"),
      ("treasury-secretary.holder = bessent on 2026-01-12", "disputed"),
      ("treasury-secretary.holder = yellen on 2026-01-12", "disputed"),
      ("treasury-secretary.holder = bessent on 2026-01-12 published by 2026-01-12", "disputed"),
      ("treasury-secretary.holder = bessent according to courier", "true"),
      ("treasury-secretary.holder = yellen according to leaflet", "true"),
      ("forge.headcount >= 30", "disputed"), ("forge.headcount >= 20", "true"),
      ("forge.headcount > 40", "false"),
      ("forge.headcount >= 30 according to courier", "true"), ("msp.headcount >= 30", "not stated"),
      ("forge.chair = KOR recorded by t1", "not stated"),
      ("forge.headcount >= 20 and forge.chair is stated", "true"),
      ("forge.headcount >= 20 and forge.headcount > 40", "false"),
      ("forge.headcount >= 30 or forge.member = USA", "true"),
      ("forge.headcount >= 30 and forge.member = AUS", "not stated"),
      ("forge.member = AUS is undecided", "true"), ("msp.member = MLT", "not stated"),
      ("msp.member = MLT including groups on 2024", "true"),
      ("CHN.share[mineral rare-earths, stage mining] > 61%", "not stated"),
      ("treasury-secretary.of.key = USA", "true"), ("\"the summit\".participant = KOR", "true"),
      ("treasury-secretary.holder.key = bessent", "disputed"),
    ])
  func answers(_ claim: String, _ wanted: String) {
    #expect(answer(claim) == wanted, "\(transcript.run("check claim \(claim)"))")
  }

  @Test("with the claims for and against, what is chosen, and where it would be true")
  func evidence() {
    let told = transcript.run("check claim forge.headcount < 30 as json")
    #expect(told.contains(#""side": "for""#) && told.contains(#""side": "against""#))
    #expect(told.contains(#""source": "leaflet""#) && told.contains(#""if right": "true""#))
    #expect(told.contains("by what is chosen it is false"))
    #expect(told.contains("it would be true where this is right: forge.headcount = 25"))
    #expect(
      transcript.run("check claim not forge.headcount >= 30").contains(
        "would be true where this is right: forge.headcount = 25"))
  }

  @Test("what ended it, and that something is only possible, is told")
  func reasons() {
    #expect(
      transcript.run("check claim forge.chair = KOR on 2026-09").contains(
        "not on 2026-09: KOR (until 2026-06"))
    _ = transcript.run("claim us-japan.chair = JPN from 2026-05 citing courier")
    let told = transcript.run("check claim us-japan.chair = JPN on 2026-06")
    #expect(told.contains("not stated on 2026-06: what is said leaves it open") && told.contains("\tfor\t"))
  }

  @Test("only true leaves a script its status")
  func status() throws {
    for (claim, failed) in [
      ("forge.headcount > 20", false), ("forge.headcount > 30", true), ("forge.member = AUS", true),
    ] {
      var answers: [Answer] = []
      try transcript.session.execute(
        SourceText(name: "x", text: "check claim \(claim)"), atomicity: .eachCommand
      ) { if case .success(let answer) = $0 { answers.append(answer) } }
      #expect(answers.map(\.failed) == [failed], "\(claim)")
      #expect(!failed || answers[0].failureStatus == .refused)
    }
  }

  @Test(
    "agrees with what a list finds by the same condition",
    arguments: [
      "member = USA", "chair = KOR", "headcount >= 30", "headcount < 30", "started >= 2026",
      "status = active",
      "member is denied", "chair is stated", "member = JPN",
    ], ["", " on 2026-03-01", " on 2030", " published by 2026-01-12", " according to courier"])
  func agrees(_ condition: String, _ times: String) {
    let listed = transcript.run("list initiatives where key = forge and \(condition)\(times)")
    let isListed = listed.split(separator: "\n").contains {
      $0.hasPrefix("forge\t") && !$0.contains("\tmaybe") && !$0.contains("\tpossible\t")
    }
    let told = transcript.run("check claim forge.\(condition)\(times)")
    let isTrue = told.contains("\ntrue") || told.contains("by what is chosen it is true")
    #expect(isTrue == isListed, "\(told)\(listed)")
  }

  @Test(
    "what cannot be asked is refused",
    arguments: [
      "forge", "forge.chair", "forge.chair = ", "nobody.chair = KOR", "forge.share > 5%", "forge.chair > KOR",
      "forge.headcount >= 30 including groups", "forge.chair = KOR junk",
    ])
  func refused(_ claim: String) { #expect(transcript.run("check claim \(claim)").contains("error")) }
}
