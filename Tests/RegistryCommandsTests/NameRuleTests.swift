import RegistryCommands
import TestRegistry
import Testing

/// A name that is given to something without a word made another name mean nothing, or something else.
@Suite("Names and keys that would mean something else")
struct NameRuleTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  private func run(_ text: String) -> String { transcript.run(text) }

  @Test(
    "an alias that the language reads as its own is refused, and shared or in a source it is one",
    arguments: [
      ("partnership", "the type partnership"), ("partnerships", "the type partnership"),
      ("member", "the property member"), ("citing", "a word of the language"),
      ("list", "a word of the language"), ("t12", "a transaction"), ("@4k7q", "a statement"),
    ])
  func words(_ name: String, _ what: String) {
    let told = run("alias forge \"\(name)\"")
    #expect(told.contains("error: \(name) is \(what)"), "\(told)")
    #expect(run("add partnership x-one { alias \"\(name)\" }").contains("is \(what)"))
    #expect(run("alias forge \"\(name)\" in courier").contains("also called"))
    #expect(run("alias forge \"\(name)\" shared").contains("also called"))
  }

  @Test(
    "what a thing is stands with its article",
    arguments: [
      ("organisation", "an organisation"), ("agreement", "an agreement"), ("state", "a state"),
      ("union", "a union"), ("eu-body", "a eu-body"),
    ])
  func article(_ type: String, _ words: String) {
    _ = run(
      "define type organisation under actor\ndefine type union under actor\ndefine type eu-body under actor")
    #expect(run("add \(type) thing-one").contains("added thing-one, \(words)"), "\(run("show thing-one"))")
    #expect(run("add \(type) thing-one").contains("is there already, \(words)"))
    #expect(run("list initiatives according to thing-one").contains("thing-one is \(words), not a source"))
  }

  @Test("what stands where nothing is known is no alias and no key", arguments: ["unknown", "none"])
  func values(_ word: String) {
    for clause in ["", " shared", " in courier"] {
      #expect(run("alias forge \"\(word)\"\(clause)").contains("is what stands where a value is not known"))
    }
    #expect(run("claim forge.chair = \(word); list forge.chair").contains("\(word)\t"))
  }

  @Test("a name as people write it is one")
  func asPeopleWrite() {
    #expect(run("alias forge \"Partnership\"").contains("also called"))
    #expect(run("show \"Partnership\"").contains("FORGE"))
  }

  @Test(
    "that a key hides what else has its name is said",
    arguments: [
      "add person japan \"Someone\"", "rename forge to japan",
      "claim treasury-secretary.holder = new person japan \"X\"",
    ])
  func keys(_ command: String) {
    #expect(run("claim forge.chair = japan").contains("chair = JPN"))
    let told = run(command)
    #expect(
      told.contains("japan meant JPN (Japan) until now, and means the new key from here on"), "\(told)")
    #expect(run("show \"Japan\"").contains("JPN") || run("show JPN").contains("Japan"))
  }

  @Test("that a name means something else too is said, and the key that means this one")
  func shared() {
    let words = "\"Japan\" is a name of JPN (Japan) too, so that it means none of them"
    #expect(run("add person x-one \"Japan\"").contains("\(words): write x-one for this one"))
    #expect(run("claim forge.name = \"Japan\" citing courier").contains("\"Japan\" is a name of"))
    #expect(run("claim JPN.name = \"Japan\" citing courier").contains("is a name of forge"))
    #expect(!run("add person x-two \"Nobody else\"").contains("is a name of"))
    #expect(!run("source x-three \"Japan\"").contains("is a name of"))
    #expect(!run("deny forge.name = \"South Korea\" citing courier").contains("is a name of"))
  }
}
