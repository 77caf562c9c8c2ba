import TestRegistry
import Testing

/// The statements behind an answer: of groups and parts too, and of what is only foreseen.
@Suite("What decides a claim stands in the answer")
struct DecidingStatementTests {
  @Test(
    "Through a group: what names the group and who says who is in it; a list with the group in it denies nobody in it"
  )
  func throughGroups() throws {
    let registry = try SchemaTranscript(
      """
      add partnership q "Q" citing a
      add group g "Gee" citing a { member = AAA from 2009 citing b }
      claim q.member = only EEE, g on 2020-01-01 citing a
      """)
    let told = registry.run("check claim q.member = AAA on 2020-01-01 including groups")
    #expect(told.contains("true\tfor\tq.member\tg "), "\(told)")
    #expect(told.contains("true\tfor\tg.member\tAAA from 2009"), "\(told)")
    #expect(!told.contains("against"), "\(told)")
    #expect(
      registry.run("check claim q.member = BBB on 2020-01-01 including groups").contains("false\tagainst\t"))
  }

  @Test("Through a part")
  func throughParts() throws {
    let registry = try SchemaTranscript(
      """
      add mineral m "M" citing a
      add mineral m1 "M 1" citing a { part-of = m citing b }
      add partnership p "P" citing a
      claim p.concerns = m1 citing a
      """)
    let told = registry.run("check claim p.concerns = m including parts")
    #expect(told.contains("true\tfor\tp.concerns\tm1"), "\(told)")
    #expect(told.contains("true\tfor\tm1.part-of\tm"), "\(told)")
  }

  @Test("What is only foreseen is not so")
  func foreseen() throws {
    let registry = try SchemaTranscript(
      """
      add partnership q "Q" citing a
      claim q.member = forecast CCC from 2026-08-01 citing a
      claim q.member = DDD from 2027-01-01 citing a
      claim q.member = forecast EEE citing a
      claim q.member = BBB from 2020 citing a
      """)
    for state in ["CCC", "DDD", "EEE"] {
      let told = registry.run("check claim q.member = \(state)")
      #expect(told.contains("not stated\tfor\t"), "\(told)")
      #expect(told.contains("-- what says so is foreseen"), "\(told)")
    }
    #expect(registry.run("check claim q.member = BBB").contains("true\tfor\t"))
    #expect(registry.run("check claim not q.member = BBB").contains("false\tagainst\t"))
  }

  @Test("Behind `why list` stand the group's members, and who names an entity")
  func whyList() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      add group g "Gee" citing a
      claim g.member = AAA from 2005 citing a
      claim p.member = g from 2010 citing b
      """)
    let list = registry.rows("list partnerships where member = AAA including groups")
    #expect(list.first?.hasSuffix("a, b") == true, "\(list)")
    let why = registry.run("why list partnerships where member = AAA including groups")
    #expect(why.contains("p.member\tg from 2010\tb") && why.contains("g.member\tAAA from 2005\ta"), "\(why)")
    let named = registry.run("why list groups where member of p")
    #expect(named.contains("p.member\tg from 2010"), "\(named)")
  }
}
