import RegistryCommands
import TestRegistry
import Testing

/// `P of X`: a condition on what names a thing, the other way round of a property of its own.
@Suite("Conditions on what names a thing")
struct NamingConditionTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    let setup = transcript.run(
      """
      define property part-of of mineral to mineral many transitive
      define property concerns of initiative, commitment to mineral many
      define property under of initiative, commitment to initiative many transitive
      citing courier {
        add mineral heavy-rare-earths "heavy rare earths" { part-of = rare-earths }
        add mineral dysprosium "dysprosium" { part-of = heavy-rare-earths }
        add mineral gallium "gallium"
        add mineral holmium "holmium"
        claim msp.concerns = dysprosium from 2024
        claim pipeline.concerns = gallium
        add partnership msp-forum "MSP Forum" { under = msp }
        claim mine.under = msp-forum
        claim smelters.under = msp
      }
      deny forge.concerns = holmium on 2026-03 citing gazette
      """)
    #expect(!setup.contains("error"), "\(setup)")
  }

  private func keys(_ command: String) -> [String] {
    transcript.run(command).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("--") }.map {
      String($0.prefix { $0 != "\t" })
    }
  }

  @Test("What no initiative concerns is found without SQL, and what a commitment concerns is among it")
  func untouched() {
    #expect(keys("list minerals where concerns of initiatives columns name") == ["dysprosium"])
    #expect(
      keys("list minerals where concerns of initiatives is not stated columns name") == [
        "gallium", "heavy-rare-earths", "holmium", "rare-earths",
      ])
    #expect(
      keys("list minerals where concerns of initiatives, commitments is not stated columns name") == [
        "heavy-rare-earths", "holmium", "rare-earths",
      ])
    #expect(
      keys("list minerals where concerns of initiatives is not stated including parts columns name") == [
        "gallium", "holmium",
      ])
    #expect(
      transcript.run("count minerals where concerns of initiatives is not stated").hasPrefix(
        "ever\ttoday\n4\t4"))
  }

  @Test("A row shows who names it, through what part, and by which sources")
  func shown() {
    #expect(
      transcript.run("list minerals where concerns of initiatives including parts columns name").hasPrefix(
        """
        key\tname\tconcerns of initiatives\tsources
        dysprosium\tdysprosium\tmsp\tcourier
        heavy-rare-earths\theavy rare earths\tmsp (dysprosium)\tcourier
        rare-earths\trare earths\tmsp (dysprosium > heavy-rare-earths)\tcourier
        """))
  }

  @Test("Silence is not no, a denial is, and on a date it is what holds then")
  func certainty() {
    #expect(keys("list minerals where not concerns of forge columns name") == ["holmium"])
    #expect(keys("list minerals where concerns of forge is denied columns name") == ["holmium"])
    #expect(keys("list minerals where concerns of initiatives is denied columns name") == ["holmium"])
    #expect(keys("list minerals where not concerns of initiatives columns name") == [])
    #expect(
      keys("list minerals where concerns of msp is undecided columns name") == [
        "gallium", "heavy-rare-earths", "holmium", "rare-earths",
      ])
    #expect(keys("list minerals where concerns of initiatives on 2023 columns name") == [])
    #expect(
      transcript.run("list minerals where concerns of msp on 2024 columns name").contains(
        "dysprosium\tdysprosium\tmsp maybe\tmaybe"))
  }

  @Test("What cannot be is refused, with what to write")
  func refused() {
    for (command, words) in [
      (
        "list minerals where concerns is not stated",
        "help: of what names minerals by it write concerns of initiatives: list minerals where concerns of initiatives is not stated"
      ),
      ("list minerals where member of forge", "member never names minerals"),
      (
        "list states where concerns of minerals",
        "concerns is a property of initiative, commitment, and this is a mineral"
      ),
      ("list minerals where status of initiatives", "the values of status are no things"),
      ("list minerals where concerns of initiatives is unknown", "what is unknown names nobody"),
      ("list states where under.member of forge", "`of` takes one property, and under.member is a path"),
      ("list states where member of nosuch", "nosuch"),
      ("list statements where member of forge", "statements have no member"),
    ] {
      #expect(transcript.run(command).contains(words), "\(command): \(transcript.run(command))")
    }
  }

  @Test("In a list of values, a condition can ask who else names them")
  func values() {
    #expect(keys("list msp.member where signatory of us-japan columns name") == ["JPN", "USA"])
  }

  @Test("PROPERTIES of THING is THING.property; a thing in place of a type says what to write")
  func ofThings() {
    for (said, meant) in [
      ("count members of msp", "count msp.member"),
      ("list signatories of us-japan", "list us-japan.signatory"),
      ("show member of msp on 2026", "show msp.member on 2026"),
      ("list msp.members where name ~ \"e\"", "list msp.member where name ~ \"e\""),
      ("count initiatives by members", "count initiatives by member"),
    ] {
      func told(_ command: String) -> String {
        transcript.run(command).replacing("members", with: "member").replacing(
          "signatories", with: "signatory")
      }
      #expect(told(said) == told(meant), "\(said)")
      #expect(!told(said).contains("error"), "\(said): \(told(said))")
    }
    #expect(transcript.run("list msp").contains("help: show msp tells of it"))
    // Whoever writes says it as it is defined.
    #expect(transcript.run("claim msp.members = USA citing courier").contains("there is no property members"))
  }

  @Test("conflicts THING: about it, what is under it and its parts")
  func conflictsOfThing() {
    _ = transcript.run(
      """
      claim msp-forum.started = 2024-02 citing courier
      claim msp-forum.started = 2024-04 citing gazette
      claim forge.started = 2020 citing gazette
      """)
    let all = keys("conflicts where property = started")
    #expect(all == ["forge", "msp-forum"])
    #expect(keys("conflicts msp where property = started") == ["msp-forum"])
    #expect(keys("conflicts forge where subject = msp-forum") == [])
  }

  @Test("total THING: the commitments under it and under what is under it, by rung")
  func totalOfThing() {
    let rows = "list commitments where under = msp, msp-forum columns name"
    #expect(keys(rows) == ["mine", "smelters"])
    let told = transcript.run("total msp")
    #expect(told.contains("AUD\tpledged"), "\(told)")
    #expect(told.contains("-- the commitments under msp, and under what is under it: msp-forum"))
    #expect(transcript.run("why total msp").contains("smelters"))
    #expect(transcript.run("total japan").contains("help: total commitments where giver = JPN"))
  }

  @Test("list denials: what is said not to be so; of a thing, of it and of its being named")
  func denials() {
    _ = transcript.run("deny forge.member = JPN on 2026-02 citing courier")
    let all = transcript.run("list denials columns subject, property, value, when, source")
    #expect(all.contains("forge\tconcerns\tholmium\ton 2026-03\tgazette"))
    #expect(keys("list denials of forge").count == 2)
    #expect(keys("list denials of japan") == keys("list denials where value = japan"))
    #expect(transcript.run("count denials of forge").contains("2"))
    #expect(transcript.run("list denials of msp").contains("id\tsubject"))
  }
}
