import RegistryCommands
import TestRegistry
import Testing

/// What is asked with one clause more, in another order or as a picture, is answered in the same way.
@Suite("One answer, with one clause more or in another form")
struct OneAnswerTests {
  @Test("Under `published by`, what rests only on a page without a date is possible, however it is asked")
  func undatedPage() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      source dated "Dated" { published 2020-01-01; reliability B }
      source undated "Undated" { reliability B }
      add partnership pact "A pact" citing dated
      claim pact.member = JPN from 2016-01-01 until 2021 citing undated quote "a"
      claim pact.member = KOR from 2016-01-01 until 2021 citing dated quote "b"
      """)
    let when = "on 2020-07-04 published by 2022-11-26"
    for (member, counts, word) in [("JPN", "0\t1", "possibly"), ("KOR", "1\t1", "certainly")] {
      let filter = "where member = \(member) and key = pact"
      #expect(
        transcript.run("count pact.member where value = \(member) \(when)").contains("most\n\(counts)\n"))
      #expect(
        transcript.run("count partnerships \(filter) \(when)").contains("most\n\(counts)\n"), "\(member)")
      #expect(
        transcript.run("count partnerships where key = pact by member \(when)").contains(
          "\(member)\t\(counts)\n"))
      let claim = transcript.run("check claim pact.member = \(member) \(when)")
      #expect(claim.contains("true\t") == (word == "certainly"), "\(claim)")
      #expect(
        transcript.run(
          "sql \(when) { SELECT certainty FROM memberships WHERE member = '\(member)' AND initiative = 'pact' }"
        )
          == "certainty\n\(word)\n")
      #expect(
        transcript.run(
          "sql \(when) { SELECT certainty FROM statements WHERE object = '\(member)' AND subject = 'pact' }")
          == "certainty\n\(word)\n")
      let undecided = transcript.run(
        "list partnerships where key = pact and member = \(member) is undecided \(when)")
      #expect(undecided.contains("pact") == (word == "possibly"), "\(undecided)")
    }
    #expect(transcript.run("count pact.member \(when)").contains("most\n1\t2\n"))
    let matrix = transcript.run("list partnerships where key = pact by member as matrix \(when)")
    #expect(matrix.contains("JPN\tmaybe") && matrix.contains("KOR\tyes"), "\(matrix)")
  }

  @Test(
    "The order of recording changes no row through groups: neither its period nor the order of its sources")
  func recordedInAnyOrder() throws {
    let claims = [
      "claim club.member = JPN until 2026-05-22 citing gazette quote \"a\"",
      "claim club.signatory = JPN from 2011-10~ citing courier quote \"b\"",
      "claim club.participant = JPN from 2011 until 2020 citing leaflet quote \"c\"",
    ]
    func listed(_ order: [Int]) throws -> [String] {
      let transcript = Transcript(try TestRegistry.example())
      _ = transcript.run(
        """
        define property signatory of group to actor
        define property participant of group to actor
        add group club "A club" citing courier
        add partnership pact "A pact" citing courier
        claim pact.member = club on 2012 citing gazette quote "d"
        """)
      for place in order { _ = transcript.run(claims[place]) }
      return try ["", " on 2013", " on 2012"].map { when in
        let printed = transcript.run("list pact.member including groups\(when)")
        try #require(printed.contains("JPN"))
        return printed
      }
    }
    let first = try listed([0, 1, 2])
    for order in [[1, 0, 2], [2, 1, 0], [1, 2, 0]] { #expect(try listed(order) == first) }
  }

  @Test("What was passed over for its denial is not counted, however it is asked")
  func passedOverForDenial() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      add partnership pact "A pact" citing courier
      claim pact.member = KOR from 2012-01-01 citing leaflet quote "a"
      deny pact.member = KOR from 2012-01-01 citing courier quote "b"
      claim pact.member = JPN from 2012-01-01 citing courier quote "c"
      """)
    #expect(transcript.run("count pact.member").hasPrefix("ever\ttoday\n1\t"))
    #expect(transcript.run("count pact.member including groups").hasPrefix("ever\ttoday\n1\t"))
    #expect(transcript.run("count pact.member where type = state").hasPrefix("ever\ttoday\n1\t"))
    #expect(transcript.run("count pact.member by standing").contains("disputed"))
    #expect(
      transcript.run("count partnerships where member = KOR and key = pact").hasPrefix("ever\ttoday\n0\t0"))
  }

  @Test("`including groups` keeps what a value's own row says: qualifiers, and how it stands")
  func qualifiedMembers() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run(
      """
      add partnership pact "A pact" citing courier
      claim pact.member = forecast AUS citing gazette quote "a"
      claim pact.member = only CHN on 2015-06-01 citing gazette quote "b"
      claim pact.member = KOR from 2012-01-01 citing leaflet quote "c"
      deny pact.member = KOR from 2012-01-01 citing gazette quote "d"
      """)
    let printed = transcript.run("list pact.member including groups")
    let rows = printed.split(separator: "\n")
    for (value, word) in [("AUS", "forecast"), ("none", "besides CHN"), ("KOR", "disputed")] {
      #expect(rows.contains { $0.hasPrefix("\(value)\t") && $0.contains(word) }, "\(value): \(printed)")
    }
    #expect(!transcript.run("list msp.member including groups").contains("standing"))
  }
}
