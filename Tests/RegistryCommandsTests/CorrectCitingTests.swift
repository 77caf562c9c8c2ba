import TestRegistry
import Testing

/// What others say stays as it is where one source's word is put right.
@Suite("Corrections of one source's word")
struct CorrectCitingTests {
  private let script = """
    add partnership p "P" citing a
    claim p.member = AAA from 2010 citing a quote "Alfa in"
    claim p.member = AAA from 2010 citing b quote "Alfa too"
    """

  @Test("With `citing`, and with a quote", arguments: ["citing a", "citing a quote \"Delta in\""])
  func ofOne(_ clauses: String) throws {
    let registry = try SchemaTranscript(script)
    _ = registry.run("correct p.member to DDD \(clauses) because \"a says DDD\"")
    let why = registry.run("why p.member")
    #expect(why.contains("DDD from 2010\ta\t") && why.contains("AAA from 2010\tb\t"), "\(why)")
    #expect(!why.contains("DDD from 2010\tb\t") && !why.contains("AAA from 2010\ta\t"), "\(why)")
    #expect(why.contains(clauses.contains("quote") ? "Delta in" : "Alfa in") && why.contains("Alfa too"))
    let undone = registry.run("undo\nwhy p.member")
    #expect(undone.contains("AAA from 2010\ta\t") && !undone.contains("DDD"), "\(undone)")
    try registry.check()
  }

  @Test("Without it all go along, and that is told; a source that says nothing of it is refused")
  func ofAll() throws {
    let registry = try SchemaTranscript(script)
    #expect(registry.run("correct p.member to DDD citing d").contains("the statement has no such citation"))
    #expect(registry.run("correct p.member to DDD").contains(": with it, what all of its sources say (a, b)"))
    #expect(!registry.run("why p.member").contains("AAA"))
  }

  @Test("A denial by another stays a denial of what was denied")
  func denial() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      claim p.member = AAA from 2010 citing d
      deny p.member = AAA from 2010 citing a
      """)
    _ = registry.run("correct p.member to BBB citing d")
    let why = registry.run("why p.member")
    #expect(
      why.contains("BBB from 2010\t\td\t") && why.contains("AAA from 2010\tdenied\ta denies\t"), "\(why)")
    try registry.check()
  }
}
