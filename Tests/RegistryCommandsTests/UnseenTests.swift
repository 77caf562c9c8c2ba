import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// What stands after uniting and is seen nowhere, since the other desk took back what it rests on: it is told.
@Suite("What uniting leaves unseen")
struct UnseenTests {
  /// Two desks with the same beginning.
  private func desks(_ anna: String, _ ben: String) throws -> (anna: Desk, ben: Desk) {
    let first = Desk("anna", try TestRegistry.session())
    for line in [
      "define type pact; define property m of pact to text many", #"source s1 "A"; source s2 "B""#,
      #"add pact p "P" { m = "x" citing s1 }"#,
    ] { first.run(line) }
    let second = Desk("ben", try TestRegistry.session())
    second.unite(first)
    for (desk, commands) in [(first, anna), (second, ben)] {
      for line in commands.split(separator: "\n") {
        let answer = desk.run(String(line))
        #expect(!answer.contains("error"), "\(answer)")
      }
    }
    #expect(first.run("conflicts judged").contains("nothing is judged differently"))
    #expect(second.run("conflicts judged").contains("nothing is judged differently"))
    first.unite(second)
    second.unite(first)
    #expect(try first.fingerprint() == second.fingerprint())
    return (first, second)
  }

  @Test("A source that one added to a claim that the other withdrew is told, until it is claimed anew")
  func citedMeanwhile() throws {
    let (anna, ben) = try desks("retract p.m", #"claim p.m = "x" citing s2"#)
    for desk in [anna, ben] {
      #expect(desk.run("show p.m").contains("not stated"))
      let told = desk.run("conflicts judged")
      #expect(
        told.contains(#"p.m = "x" citing s2"#)
          && told.contains("withdrawn by one who did not know of this source"))
    }
    anna.run(#"claim p.m = "x" citing s2"#)
    #expect(anna.run("show p.m").contains("s2"))
    #expect(anna.run("conflicts judged").contains("nothing is judged differently"))
  }

  @Test("What one said of a thing that the other took back is told, until the thing is added anew")
  func ofNothing() throws {
    let (anna, ben) = try desks("retract p.type", #"claim p.m = "z""#)
    for desk in [anna, ben] {
      let told = desk.run("conflicts judged")
      #expect(told.contains(#"p.m = "z""#) && told.contains("its subject has no type any more"))
    }
    anna.run("add pact p")
    #expect(anna.run("list p.m").contains("z"))
    #expect(anna.run("conflicts judged").contains("nothing is judged differently"))
  }

  @Test("Of two types with one plural the other is told, and found by its key")
  func plurals() throws {
    let (anna, ben) = try desks(
      "define type foo plural bars\nadd foo k",
      "define type baz plural bars\nadd baz l\ndefine type quux plural foo\nadd quux q")
    for desk in [anna, ben] {
      #expect(desk.run("list bars").contains("\nl") && desk.run("list foo").contains("\nk"))
      #expect(desk.run("list quux").contains("\nq"))
      let told = desk.run("conflicts judged")
      #expect(
        told.contains("define type foo") && told.contains("define type quux")
          && !told.contains("define type baz"))
      #expect(told.contains("the word means another type"))
    }
    anna.run("define type quux plural quuxes; define type foo plural foos")
    #expect(anna.run("list foos").contains("\nk") && anna.run("list quuxes").contains("\nq"))
    #expect(anna.run("conflicts judged").contains("nothing is judged differently"))
  }

  @Test("A clock far ahead is told, one that is not is not")
  func clocks() throws {
    for (at, isTold) in [("2036-11-22T12:00:00.000Z", true), ("2026-11-23T11:59:59.000Z", false)] {
      let (anna, ben) = (Desk("anna", try TestRegistry.session()), Desk("ben", try TestRegistry.session()))
      ben.transcript.session.settings.editedAt = at
      ben.run("define type pact; add pact p")
      for isDryRun in [true, false] {
        let answer = anna.unite(ben, isDryRun: isDryRun)
        #expect(answer.contains("by a clock that is 3653 days ahead of the one here") == isTold, "\(answer)")
      }
      // What is recorded here from now on stands behind it, and is told nowhere.
      anna.run("add pact q")
      #expect(!ben.unite(anna).contains("ahead"))
    }
  }
}
