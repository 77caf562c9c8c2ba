import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// Sources of which each is said to correct the other.
@Suite("Corrections that lead back")
struct MutualCorrectionTests {
  private static let before = [
    "define type pact", "define property m of pact to text one", "source s1 \"A\"", "source s2 \"B\"",
    "source s3 \"C\"",
    "add pact p \"P\"", "claim p.m = \"x\" citing s1", "claim p.m = \"y\" citing s2",
  ]

  @Test("What each of two desks says to correct the other is unsettled on both")
  func ofTwo() throws {
    let anna = Desk("anna", try TestRegistry.session())
    for line in Self.before { #expect(!anna.run(line).contains("error")) }
    let ben = Desk("ben", try TestRegistry.session())
    ben.unite(anna)
    anna.run("source s1 \"A\" { corrects s2 }")
    #expect(anna.run("why p.m").contains("overtakes or corrects"))
    #expect(anna.run("conflicts").contains("superseded"))
    ben.run("source s2 \"B\" { corrects s1 }")
    anna.unite(ben)
    ben.unite(anna)
    #expect(try anna.fingerprint() == ben.fingerprint())
    for desk in [anna, ben] {
      let why = desk.run("why p.m")
      #expect(why.contains("no rule parts them") && !why.contains("corrects what the other says"), "\(why)")
      #expect(desk.run("list p.m").contains("unsettled"))
      #expect(!desk.run("conflicts").contains("superseded"))
      #expect(try desk.store.check().compactMap(\.problem) == [])
    }
  }

  @Test("Three that correct one another in a circle are unsettled, and one that corrects them all is not")
  func ofThree() throws {
    let anna = Desk("anna", try TestRegistry.session())
    for line in Self.before + ["claim p.m = \"z\" citing s3"] { #expect(!anna.run(line).contains("error")) }
    for (one, other) in [("s1 \"A\"", "s2"), ("s2 \"B\"", "s3"), ("s3 \"C\"", "s1")] {
      anna.run("source \(one) { corrects \(other) }")
    }
    #expect(anna.run("why p.m").contains("no rule parts them"), "\(anna.run("why p.m"))")
    anna.run("source s4 \"D\" { corrects s1, s2, s3 }")
    anna.run("claim p.m = \"w\" citing s4")
    let why = anna.run("why p.m")
    #expect(why.contains("overtakes or corrects"), "\(why)")
    #expect(anna.run("show p.m").contains("w\t"))
  }
}
