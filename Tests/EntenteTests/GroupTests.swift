import PluginHost
import RegistryCommands
import TestRegistry
import Testing

/// What members are in through the groups of the Seed.
@Suite("Groups")
struct GroupTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
  }

  @Test("the EU's seat is not Malta's unless groups are included")
  func malta() {
    #expect(!transcript.run("list meetings where participant = MLT").contains("jan12-meeting"))
    let printed = transcript.run("list meetings where participant = MLT including groups columns place")
    #expect(printed.contains("jan12-meeting") && printed.contains("\teu\t"))
    #expect(!transcript.run("list jan12-meeting.participant").contains("MLT"))
    #expect(
      transcript.run("list jan12-meeting.participant including groups").contains(
        "MLT\tMalta\tparticipant\teu\t"))
    #expect(!transcript.run("count msp.member including groups").contains(transcript.run("count msp.member")))
  }

  @Test("the G7 brings its members to the meeting, not the EU, which only takes part in it")
  func g7() {
    let printed = transcript.run("list jan12-meeting.participant including groups")
    #expect(printed.contains("JPN\tJapan\tparticipant\tg7\t"))
    #expect(!printed.contains("g7 > eu") && !printed.contains("eu > g7"))
    #expect(!transcript.run("list jan12-meeting.participant on 2026-01-12 including groups").contains("RUS"))
    #expect(
      !transcript.run("list jan12-meeting.participant on 2005 including groups").contains("RUS\tRussia"))
    _ = transcript.run("add partnership club \"A club\" citing entente { member = g7 from 2000 }")
    #expect(transcript.run("list club.member on 2005 including groups").contains("RUS\tRussia"))
  }

  @Test("the group must have had the member on the date, and the list says how certainly")
  func dates() {
    _ = transcript.run(
      #"""
      add partnership pact "A pact" citing entente { member = eu from 2000-01-01 }
      add group visegrad "Visegrád Group" citing entente { member = POL from 1991-02-15 }
      claim eu.member = visegrad from 2005 until 2019 citing entente
      retract @\#(britain()) because "its departure follows"
      claim eu.member = GBR from 1973-01-01 until 2020-01 citing entente
      """#)
    func pacts(_ member: String, _ date: String) -> String {
      transcript.run(
        "list partnerships where member = \(member) and key = pact on \(date) including groups columns name")
    }
    #expect(pacts("GBR", "2019-06-01").contains("yes\tmember\teu certainly"))
    #expect(pacts("GBR", "2020-01-15").contains("maybe\tmember\teu possibly"))
    #expect(!pacts("GBR", "2020-03-01").contains("pact"))
    #expect(pacts("POL", "2010-01-01").contains("visegrad > eu certainly"))
    #expect(pacts("POL", "2019-06-01").contains("visegrad > eu possibly"))
    #expect(!pacts("POL", "2019-06-01").contains("visegrad > eu certainly"))
    #expect(!pacts("GBR", "1999-06-01").contains("\npact\t"), "before it was in the pact")
  }

  private func britain() -> String {
    let printed = transcript.run(
      "sql SELECT id FROM statements WHERE subject = 'eu' AND property = 'member' AND value = 'GBR'")
    return printed.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test("SQL and analyses follow groups when they are asked to")
  func elsewhere() {
    let printed = transcript.run(
      """
      sql SELECT through, start_earliest FROM memberships_including_groups
        WHERE initiative = 'msp' AND member = 'MLT'
      """.replacing("\n", with: " "))
    #expect(printed.contains("eu\t2004-01-01"))
    let members = { (clauses: String) in
      transcript.run("overlap msp, us-eu-mou \(clauses)").split(separator: "\n").last { !$0.hasPrefix("-- ") }
        ?? ""
    }
    #expect(!members("").contains("MLT"))
    #expect(members("including groups").contains("MLT"))
  }
}
