import RegistryCommands
import TestRegistry
import Testing

/// What was recorded otherwise than it was written, or though it made no sense.
@Suite("What is refused or told when it is written")
struct WritingRuleTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  private func run(_ text: String) -> String { transcript.run(text) }

  // MARK: Aliases

  @Test("an alias in a source counts where that source is cited, and nowhere else")
  func aliasOfSource() throws {
    #expect(run("alias JPN \"Korea\" in gazette") == "-- t2: JPN is also called \"Korea\"\n")
    _ = run("alias KOR \"Korea\"")
    // Nobody else is confused by it.
    #expect(run("show \"Korea\"").contains("South Korea"))
    #expect(run("claim forge.chair = \"Korea\" citing courier quote \"k\"").contains("forge.chair = KOR"))
    #expect(run("list forge.chair published by 2026-01-12").contains("gazette") == false)
    // Where it is cited, it means what it means there.
    #expect(run("claim forge.chair = \"Korea\" citing gazette quote \"k\"").contains("forge.chair = JPN"))
    #expect(run("citing gazette { claim \"Korea\".share = 5% mineral rare-earths }").contains("JPN.share"))
    #expect(
      run("add partnership x-one citing gazette { member = \"Korea\" }; show x-one.member").contains(
        "\nJPN\t"))
    #expect(run("citing gazette { claim forge.member = KOR from 2027 }").contains("forge.member = KOR"))
    // The same from a dump, with its history and without.
    #expect(run("dump").contains("alias JPN \"Korea\" in gazette\n"))
    #expect(
      run("sql SELECT kind FROM names WHERE name = 'Korea' ORDER BY kind") == "kind\nalias\nsource alias\n")
  }

  @Test("an import citing the source has its names, and another import has not")
  func importedNames() throws {
    let folder = try ScratchFolder()
    transcript.session.setFolder(folder.url)
    try folder.write("who\nCorea\n", to: "a.csv")
    _ = run("alias KOR \"Corea\" in gazette")
    #expect(
      run(#"import "a.csv" citing courier { claim forge.member = $who from 2027 }"#).contains("nothing was"))
    #expect(
      run(#"import "a.csv" citing gazette { claim forge.member = $who from 2027 }"#).contains("1 recorded"))
    #expect(
      run(#"import "a.csv" { claim forge.member = $who from 2028 citing gazette }"#).contains("1 recorded"))
  }

  @Test("of two sources each has its own meaning of a name, in one import too")
  func twoSources() throws {
    let folder = try ScratchFolder()
    transcript.session.setFolder(folder.url)
    try folder.write("who\nCorea\n", to: "a.csv")
    _ = run("alias KOR \"Corea\" in gazette; alias JPN \"Corea\" in courier")
    let told = run(
      #"import "a.csv" { claim forge.member = $who from 2027 citing gazette; claim forge.member = $who from 2028 citing courier }"#
    )
    #expect(told.contains("2 recorded"), "\(told)")
    let members = run("show forge.member")
    #expect(members.contains("KOR\tSouth Korea\tfrom 2027"))
    #expect(members.contains("JPN\tJapan\tfrom 2028"))
  }

  @Test("an alias that means something else is refused with what it means; shared records it")
  func aliasOfOther() throws {
    let told = run("alias forge \"Japan\"")
    #expect(told.contains("\"Japan\" means JPN (Japan), not forge"))
    #expect(told.contains("shared that the name means both"))
    #expect(run("alias forge \"america\"").contains("means USA (United States)"))
    #expect(run("add partnership x-one { alias \"Japan\" }").contains("means JPN (Japan), not x-one"))
    #expect(run("show \"japan\"").contains("JPN") || run("show JPN").contains("Japan"))
    #expect(run("alias JPN \"Japan\"").contains("also called"))
    #expect(run("alias forge \"Japan\" shared").contains("also called"))
    #expect(run("show \"Japan\"").contains("forge") && run("show \"Japan\"").contains("error:"))
    #expect(
      run("alias forge \"x\" in courier citing gazette").contains("counts in one source, or everywhere"))
    #expect(run("alias forge \"Name of theirs\" citing gazette; show \"Name of theirs\"").contains("FORGE"))
    #expect(run("dump").contains("alias forge \"Name of theirs\" citing gazette\n"))
  }

  // MARK: Definitions

  @Test(
    "a definition that makes no sense is refused",
    arguments: [
      ("define type club plural partnerships", "partnerships means the type partnership already"),
      ("define type club plural actor", "actor means the type actor already"),
      ("define type partnerships", "partnerships means the type partnership already"),
      ("define type club under club", "error:"),
      ("define type actor under person", "person, which is under actor"),
      ("define type source", "is there in every registry"),
      ("define type entity under actor", "in every registry"),
      ("define property name of entity to number one", "is there in every registry"),
      ("define property type of entity to text one", "is there in every registry"),
      ("define property member under signatory", "signatory, which is under member"),
      ("define property from of statement to date one", "from means something already"),
      ("define property citing of statement to text one", "citing means something already"),
    ])
  func definitions(_ command: String, _ words: String) {
    let told = run(command)
    #expect(told.contains("error:") && told.contains(words), "\(told)")
  }

  @Test("a type is defined anew with its own plural")
  func sameType() {
    #expect(
      run("define type partnership under initiative plural partnerships columns member").contains("defined"))
    #expect(run("define type series plural series").contains("defined"))
  }

  // MARK: Sources

  @Test("a source described anew keeps what is not named, and tells what changed")
  func sourceAgain() {
    #expect(
      run("source courier \"The Courier, again\"")
        == "-- t2: source courier: title \"The Courier on alliances\" to \"The Courier, again\"; publisher, published, reliability as before\n"
    )
    let shown = run("show courier")
    #expect(shown.contains("reliability\tB") && shown.contains("published\t2026-01-13"))
    #expect(
      run("source courier \"The Courier, again\" { reliability C; without published }")
        == "-- t3: source courier: published 2026-01-13 to nothing, reliability \"B\" to \"C\"; title, publisher as before\n"
    )
    #expect(run("source courier \"The Courier, again\" { reliability C }").contains("(already so)"))
    #expect(
      run("source courier \"X\" { url \"u\"; without url }").contains(
        "what is given is taken away at once: without url"))
    #expect(run("source courier \"X\" { without title }").contains("error:"))
    #expect(run("source newest \"X\" { without url }").contains("without url has no meaning here"))
  }

  // MARK: Shares

  @Test(
    "a share is a part of a whole",
    arguments: ["101%", "-5%", "95..101%", "-5..10%", "more than 100%", "about 101%", "forecast 120%"])
  func outside(_ value: String) {
    let told = run("claim CHN.share = \(value) mineral rare-earths stage mining year 2020 citing courier")
    #expect(told.contains("share is a part of a whole, from 0 to 100 %"), "\(told)")
    #expect(told.contains("to percent any"))
  }

  @Test(
    "its ends belong to it, and a rate goes beyond them",
    arguments: ["0%", "100%", "99.9%", "at least 90%", "up to 100%", "more than 99%", "nearly 100%"])
  func inside(_ value: String) {
    #expect(
      run("claim CHN.share = \(value) mineral rare-earths stage mining year 2020 citing courier").contains(
        "claimed"))
    _ = run("define property growth of actor to percent any many")
    #expect(run("claim CHN.growth = -5%, 145% citing courier").contains("growth = 145%"))
    #expect(
      run("list properties where property = growth").contains("percent any")
        || run("list properties").contains("\tpercent any\t"))
    #expect(run("dump").contains("define property growth of actor to percent any many\n"))
    #expect(run("define property growth of actor to percent many").contains("error:"))
  }

  // MARK: Evidence

  @Test(
    "evidence without a source is refused",
    arguments: ["via rubio", "at \"p. 4\"", "inferred because \"x\"", "quote \"x\"", "said \"x\""])
  func evidence(_ clause: String) {
    for command in [
      "claim forge.chair = KOR \(clause)", "add partnership x-one { member = JPN \(clause) }",
    ] {
      let told = run(command)
      #expect(told.contains("needs its source") || told.contains("and none is cited"), "\(told)")
    }
    #expect(run("claim forge.chair = KOR \(clause) citing courier").contains("claimed"))
    #expect(run("citing courier { claim forge.chair = JPN \(clause) }").contains("claimed"))
    #expect(run("claim forge.chair = KOR").contains("claimed"))
  }
}
