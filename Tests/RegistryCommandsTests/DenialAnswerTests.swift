import TestRegistry
import Testing

/// What sources say is not so, in every answer that can tell it.
@Suite("Denials in answers")
struct DenialAnswerTests {
  @Test("A claim and a denial of the same statement: disputed with a date and without, each side by itself")
  func claimedAndDenied() throws {
    let registry = try SchemaTranscript(
      """
      add partnership q "Q" citing a
      claim q.member = BBB from 2010 citing a
      deny q.member = BBB from 2010 citing d
      """)
    for question in ["check claim q.member = BBB on 2015", "check claim q.member = BBB"] {
      let told = registry.run(question)
      let lines = told.split(separator: "\n").map {
        $0.split(separator: "\t", omittingEmptySubsequences: false)
      }
      let ifRight = try #require(lines.first?.firstIndex(of: "if right"), "\(told)")
      #expect(lines[1][0] == "disputed" && lines[1][1] == "for" && lines[1][ifRight] == "true", "\(told)")
      #expect(
        lines[2][0] == "disputed" && lines[2][1] == "against" && lines[2][ifRight] == "false", "\(told)")
    }
  }

  @Test("Who prefers what is claimed and denied means the claim")
  func preferred() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      claim p.member = AAA from 2010 citing d
      deny p.member = AAA from 2010 citing a
      """)
    #expect(registry.keys("list p.member on 2012") == [])
    _ = registry.run("prefer p.member because \"I know it\"")
    #expect(registry.keys("list p.member on 2012") == ["AAA"])
    try registry.check()
    // What is only denied can be preferred too.
    _ = registry.run(
      """
      add partnership r "R" citing a
      claim r.member = BBB from 2010 citing a
      deny r.member = BBB from 2009 still on 2012 citing d
      """)
    #expect(registry.keys("list r.member on 2011") == ["BBB"])
    let id = try #require(registry.rows("list denials of r").first?.prefix { $0 != "\t" })
    _ = registry.run("prefer \(id)")
    #expect(!registry.rows("list r.member on 2011").contains { $0.contains("\tyes\t") })
    try registry.check()
  }

  @Test("That a statement came to be denied is a difference")
  func differs() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing d
      claim p.member = AAA from 2010 citing d
      """)
    let before = registry.run("deny p.member = AAA from 2010 citing a")
    let denying = try #require(before.split(separator: " ").first { $0.hasPrefix("t") }?.dropLast())
    let number = try #require(Int(denying.dropFirst()))
    let published = registry.run("diff published 2023-06-01 2025-01-01 of p")
    #expect(published.contains("+\tdenied: p.member = AAA from 2010\ta denies\t"), "\(published)")
    let recorded = registry.run("diff recorded t\(number - 1) t\(number) of p")
    #expect(recorded.contains("+\tdenied: p.member = AAA from 2010\ta denies\t"), "\(recorded)")
  }

  @Test("A denial says no of whatever a property has one of, of numbers, money and dates too")
  func ofOne() throws {
    let registry = try SchemaTranscript(
      """
      add partnership r "R" citing a { announced = 2001 }
      deny r.chair = AAA citing a
      deny r.jobs = 500 citing a
      deny r.cost = USD 5m citing a
      deny r.launched = 2005-05-05 citing a
      """)
    for (property, value, other) in [
      ("chair", "AAA", "BBB"), ("jobs", "500", "501"), ("cost", "USD 5m", "USD 6m"),
      ("launched", "2005-05-05", "2005-05-06"),
    ] {
      #expect(registry.keys("list partnerships where not \(property) = \(value)") == ["r"], "\(property)")
      #expect(registry.keys("list partnerships where \(property) != \(value)") == ["r"], "\(property)")
      #expect(registry.keys("list partnerships where not \(property) = \(other)") == [], "\(property)")
      #expect(
        registry.keys("list partnerships where \(property) = \(value) is undecided") == [], "\(property)")
      #expect(
        registry.run("check claim r.\(property) = \(value)").contains("\nfalse\tagainst\t"), "\(property)")
      #expect(registry.run("check claim r.\(property) = \(other)").contains("-- not stated"), "\(property)")
    }
    let counted = registry.run(
      "deny r.chair = BBB from 2010-01-01 citing a\ncheck claim r.chair = BBB on 2015")
    #expect(counted.contains("\nfalse\tagainst\t"), "\(counted)")
  }

  @Test("A denial that only possibly covers the day is possibly one, in every list")
  func possibly() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { launched = 2001 }
      deny p.member = CCC from 2012 citing a
      """)
    #expect(registry.run("list p.member on 2012-06-01").contains("\tpossibly denied\t"))
    #expect(registry.run("show p on 2012-06-01").contains("\tpossibly denied\t"))
    #expect(registry.run("list partnerships by member as matrix on 2012-06-01").contains("possibly denied"))
    #expect(registry.run("list p.member on 2013-06-01").contains("\tdenied\t"))
    #expect(registry.run("list p.member on 2012").contains("\tdenied in part\t"))
  }

  @Test("Who denies is no source of what is found, and counts for nothing as one")
  func sources() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { announced = 2001 }
      claim p.member = AAA from 2010 citing a
      claim p.member = BBB from 2010 citing a
      deny p.member = AAA from 2010 citing d
      deny p.member = BBB from 2010 citing d
      """)
    #expect(
      registry.rows("list partnerships where member = BBB on 2015").first?.hasSuffix("a, d denies") == true)
    #expect(registry.rows("count p.member by source on 2015") == ["a\t2\t2"])
    #expect(registry.keys("list p.member where source = d") == [])
    #expect(registry.counts("count p.member where source = d") == ["0", "0"])
    #expect(registry.keys("list p.member where source = a") == ["AAA", "BBB"])
  }

  @Test("A denial of the narrower property is none of the wider one")
  func narrower() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { announced = 2001 }
      claim p.member = DDD from 2012-01-01 citing b
      deny p.signatory = DDD from 2010-01-01 citing a
      """)
    let members = registry.run("list p.member on 2016")
    #expect(members.contains("DDD\t") && !members.contains("denies"), "\(members)")
    #expect(!registry.run("list partnerships by member as matrix on 2016").contains("denied"))
    #expect(registry.run("list p.signatory on 2016").contains("denied"))
  }

  @Test("One side of what is disputed can be retracted alone; who retracts both is told")
  func retracted() throws {
    let script = """
      add partnership p "P" citing a
      claim p.member = AAA from 2010 citing d quote "in"
      deny p.member = AAA from 2010 citing a quote "out"
      """
    let one = try SchemaTranscript(script)
    _ = one.run("retract p.member citing d because \"d misread\"")
    #expect(one.run("why p.member").contains("a denies") && !one.run("why p.member").contains("\tin\t"))
    #expect(one.rows("list denials of p").count == 1)
    #expect(one.run("retract p.member citing b").contains("the statement has no such citation"))
    let both = try SchemaTranscript(script)
    #expect(both.run("retract p.member because \"d misread\"").contains("that others deny it (a)"))
    #expect(both.run("list denials of p").contains("denied") == false)
  }

  @Test("What a page says in the place of `disputed` tells which side was chosen")
  func brief() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      claim p.launched = 2005-05-05 citing d
      deny p.launched = 2005-05-05 citing a
      add partnership q "Q" citing a
      claim q.launched = 2005-05-05 citing a
      deny q.launched = 2005-05-05 citing d
      """)
    #expect(registry.run("brief p").contains("disputed, passed over for a denial"))
    #expect(registry.run("brief q").contains("disputed, denied by others"))
  }

  @Test("None at all is on its side, whether it names somebody beside or not")
  func none() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { announced = 2001 }
      claim p.observer = none on 2015-01-01 citing a
      """)
    #expect(registry.run("check claim p.observer = AAA on 2016").contains("false\tagainst\tp.observer\tnone"))
  }
}
