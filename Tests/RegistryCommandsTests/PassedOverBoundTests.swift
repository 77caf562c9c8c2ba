import TestRegistry
import Testing

/// What was passed over ends nothing, neither of its own property nor of what narrows that.
@Suite("Ends and denials that were passed over")
struct PassedOverBoundTests {
  private let script = """
    add partnership p "P" citing a { announced = 2001 }
    claim p.signatory = EEE from 2008 citing a
    claim p.founder = EEE citing a
    """

  @Test(
    "A denial, and an end",
    arguments: [
      "deny p.member = EEE from 2010 still on 2014 citing d",
      "claim p.member = EEE from 2009 until 2010 citing d",
    ])
  func passedOver(_ word: String) throws {
    let registry = try SchemaTranscript(script)
    // What alone says so counts.
    _ = registry.run(word)
    #expect(registry.keys("list p.signatory on 2012") == [])
    try registry.check()
    // The better source speaks against it.
    _ = registry.run("claim p.member = EEE from 2009 still on 2015 citing a")
    #expect(registry.rows("list p.member on 2012").contains { $0.hasPrefix("member\tEEE\t") })
    #expect(registry.rows("list p.signatory on 2012").contains { $0.contains("\tyes\t") })
    #expect(registry.keys("list p.founder on 2012") == ["EEE"])
    try registry.check()
    _ = registry.run("undo")
    #expect(registry.keys("list p.signatory on 2012") == [])
    try registry.check()
    // As the sources are judged.
    _ = registry.run("redo\nsource d { reliability A; published 2024-06-01 }\nsource a { reliability E }")
    #expect(registry.keys("list p.signatory on 2012") == [])
    try registry.check()
  }

  @Test("A list that is called whole")
  func list() throws {
    let registry = try SchemaTranscript(
      """
      add partnership r "R" citing a { announced = 2001 }
      claim r.member = BBB from 2015 until 2018 citing b
      claim r.member = only DDD on 2016-01-01 citing d
      claim r.signatory = EEE from 2002 citing a
      """)
    let members = registry.run("list r.member on 2016-06-01")
    #expect(["BBB", "DDD", "EEE"].allSatisfy { members.contains("\t\($0)\t") }, "\(members)")
    #expect(registry.keys("list partnerships where not member = EEE on 2016-06-01") == [])
    try registry.check()
  }
}
