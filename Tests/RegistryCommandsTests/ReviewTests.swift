import RegistryCommands
import TestRegistry
import Testing

@Suite("What is to be looked at again")
struct ReviewTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  private func run(_ command: String) -> String { transcript.run(command).trimmed }

  /// The statements that `check stale` lists, with until when they were good.
  private func stale(_ clauses: String = "") -> [String] {
    let lines = run("check stale \(clauses)").split(separator: "\n").map(String.init)
    return lines.dropFirst().filter { !$0.hasPrefix("-- ") }
      .map { $0.split(separator: "\t").prefix(2).joined(separator: " | ") }
  }

  @Test("a claim brings its date, and is listed the day after")
  func claimed() {
    _ = run("claim forge.chair = KOR from 2026-02 citing courier review by 2026-11-21")
    #expect(stale("on 2026-11-21") == [])
    #expect(stale() == ["forge.chair = KOR from 2026-02 | 2026-11-21"])
    #expect(run("why forge.chair").contains("review by 2026-11-21"))
    #expect(stale("forge.chair") == stale() && stale("msp") == [])
  }

  @Test("an entry of a block, a denial and a row of a file bring theirs")
  func everywhere() throws {
    _ = run(
      "add agreement deal \"Deal\" citing courier { signatory = USA review by 2026-05; started = 2026-01 }")
    _ = run("deny forge.member = KOR citing courier review by 2026-06")
    #expect(stale() == ["deal.signatory = USA | 2026-05-31", "not forge.member = KOR | 2026-06-30"])
    let folder = try ScratchFolder()
    try folder.write("who,until\nJPN,2026-04\nAUS,\n", to: "rows.csv")
    transcript.session.setFolder(folder.url)
    _ = run("import \"rows.csv\" citing courier { claim forge.member = $who review by $until }")
    #expect(stale().first == "forge.member = JPN | 2026-04-30" && stale().count == 3)
    #expect(run("count forge.member").contains("3"))
  }

  @Test("the newest date counts, undo brings the one before back, never takes it away")
  func replaced() {
    _ = run("claim forge.chair = KOR from 2026-02 citing courier review by 2026-10")
    _ = run("review forge.chair by 2027-03 because \"asked again\"")
    #expect(stale() == [])
    #expect(run("history forge.chair").contains("by 2027-03: asked again"))
    _ = run("undo")
    #expect(stale() == ["forge.chair = KOR from 2026-02 | 2026-10-31"])
    _ = run("review forge.chair no longer")
    #expect(stale() == [])
    _ = run("undo")
    #expect(stale().count == 1)
    #expect(run("check").contains("ok") && !run("check").contains("differ"))
  }

  @Test(
    "a property says how long its facts are good, from the newest date of their sources; what ended is left alone"
  )
  func ofProperty() {
    _ = run("claim forge.chair = KOR from 2026-02 citing courier")
    _ = run("claim us-japan.chair = JPN from 2026-02 through 2026-03 citing courier")
    _ = run("review property chair after \"6 months\"")
    #expect(stale() == ["forge.chair = KOR from 2026-02 | 2026-07-13"])
    #expect(run("check stale").contains("6 months after 2026-01-13 (courier)"))
    // What has a date of its own follows that.
    _ = run("review forge.chair by 2026-12-31")
    #expect(stale() == [])
    #expect(stale("on 2027-01-01") == ["forge.chair = KOR from 2026-02 | 2026-12-31"])
    _ = run("review forge.chair no longer")
    _ = run("source fresh \"Fresh\" { published 2026-09-01; reliability C }")
    _ = run("claim forge.chair = KOR from 2026-02 citing fresh")
    #expect(stale() == [])
    _ = run("review property chair no longer")
    #expect(stale("on 2030") == [])
  }

  @Test("what is narrower follows the wider, and a rival that was passed over does not become old")
  func narrower() {
    _ = run("review property involves after \"1 year\"")
    #expect(stale("on 2027-06").contains("forge.member = USA from 2026-02-04 | 2027-01-13"))
    _ = run("review property holder after \"1 month\"")
    let holders = stale("treasury-secretary")
    #expect(holders == ["treasury-secretary.holder = bessent on 2026-01-12 | 2026-02-13"])
  }

  @Test(
    "dump, history and load keep dates and lengths, byte for byte", arguments: ["dump", "dump with history"])
  func dumped(_ dump: String) throws {
    _ = run("claim forge.chair = KOR from 2026-02 citing courier review by 2026-10~")
    _ = run("review forge.chair by 2026-11-01 because \"a \\\"reason\\\"\"")
    _ = run("review property chair after \"6 months\"")
    _ = run("merge south-korea-mof into KOR")
    let text = transcript.run(dump)
    let folder = try ScratchFolder()
    try folder.write(text, to: "dump.ent")
    let other = Transcript(try TestRegistry.session())
    other.session.setFolder(folder.url)
    _ = other.run("load \"dump.ent\"")
    #expect(other.run(dump) == text)
    #expect(other.run("check stale") == transcript.run("check stale"))
    #expect(stale() == ["forge.chair = KOR from 2026-02 | 2026-11-01"])
  }

  @Test("a script that asks ends with the status of what the data refuse")
  func status() throws {
    _ = run("claim forge.chair = KOR citing courier review by 2026-10")
    for (command, failed) in [("check stale", true), ("check stale msp", false)] {
      var answers: [Answer] = []
      try transcript.session.execute(SourceText(name: "x", text: command), atomicity: .eachCommand) {
        if case .success(let answer) = $0 { answers.append(answer) }
      }
      #expect(answers.map(\.failed) == [failed])
      #expect(!failed || answers[0].failureStatus == .refused)
    }
  }

  @Test(
    "what cannot be meant is refused",
    arguments: [
      ("review forge.chair", "nothing"), ("review forge", "by when"),
      ("review forge.started by 2026-13", "no such month"), ("review property chair", "for how long"),
      ("review property chair after \"soon\"", "no length of time"),
      ("review property chair after \"0 days\"", "no length of time"),
      ("review property chair after \"6 months\" no longer", "by a date, or it is not"),
      ("review property name after \"6 months\"", "name"),
      ("define property seat under chair review \"6 moons\"", "no length of time"),
    ])
  func refused(_ command: String, _ words: String) {
    let answer = run(command)
    #expect(answer.contains("error"), "\(command): \(answer)")
  }
}
