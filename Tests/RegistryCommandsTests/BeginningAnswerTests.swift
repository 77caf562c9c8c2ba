import TestRegistry
import Testing

/// When things were there of which no source says when they began.
@Suite("Beginnings that nobody states")
struct BeginningAnswerTests {
  @Test("What a year or a month leaves open is possible on its days")
  func withinItsYear() throws {
    let registry = try SchemaTranscript(
      """
      add partnership r "R" citing a
      claim r.member = BBB from 2013 citing a
      claim r.member = CCC citing a
      """)
    for day in ["2013-06-01", "2013-01-01", "2013-12-30"] {
      #expect(registry.rows("list r.member on \(day)").count == 2, "\(day)")
      #expect(registry.rows("list r.member on \(day)").allSatisfy { $0.contains("\tmaybe\t") }, "\(day)")
      #expect(registry.counts("count partnerships on \(day)") == ["0", "1"], "\(day)")
      #expect(registry.keys("list partnerships where member = BBB on \(day)") == ["r"], "\(day)")
    }
    #expect(registry.counts("count partnerships on 2013-12-31") == ["1", "1"])
    #expect(registry.keys("list r.member on 2012-12-31") == ["CCC"])
    try registry.check()
  }

  @Test("That something was seen says nothing of the days before")
  func seen() throws {
    let registry = try SchemaTranscript("add partnership s \"S\" citing a { member = CCC }")
    #expect(registry.counts("count partnerships where key = s on 2012") == ["0", "1"])
    _ = registry.run("claim s.observer = BBB on 2020-05-05 citing a")
    for day in ["2012", "2020-05-04"] {
      #expect(registry.counts("count partnerships where key = s on \(day)") == ["0", "1"], "\(day)")
    }
    #expect(registry.counts("count partnerships where key = s on 2020-05-05") == ["1", "1"])
    #expect(registry.keys("list s.member on 2020-05-04") == ["CCC"])
    #expect(
      registry.rows("sql on 2020-05-04 { select member from memberships where initiative = 's' }").contains(
        "CCC"))
    try registry.check()
  }

  @Test("Before a beginning that is stated it was not there, unless it is spoken of earlier")
  func stated() throws {
    let registry = try SchemaTranscript(
      """
      add partnership t "T" citing a { launched = 2017-03-01; member = AAA from 2018 }
      add partnership u "U" citing a { launched = 2017; member = AAA from 2013 }
      """)
    #expect(registry.counts("count partnerships where key = t on 2016") == ["0", "0"])
    #expect(registry.counts("count partnerships where key = u on 2012-12-31") == ["0", "0"])
    #expect(registry.counts("count partnerships where key = u on 2013-06-01") == ["0", "1"])
    #expect(registry.counts("count partnerships where key = u on 2014") == ["1", "1"])
    try registry.check()
  }
}
