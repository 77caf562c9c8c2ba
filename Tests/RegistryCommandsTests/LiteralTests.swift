import Foundation
import RegistryCommands
import RegistryModel
import TestRegistry
import Testing

/// A token that begins like a number, an amount, a date or a percentage is read whole or refused (faults.md, 1).
@Suite("Literals")
struct LiteralTests {
  private let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    run(LiteralScene.definitions)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  @Test(
    "A number means what is written, with its multiplier, unit and currency",
    arguments: [
      ("money", "USD 12B", "USD 12bn"), ("money", "USD 12BN", "USD 12bn"), ("money", "USD 12K", "USD 12000"),
      ("money", "USD 12M", "USD 12m"), ("money", "USD 12TN", "USD 12tn"), ("money", "USD 12mn", "USD 12m"),
      ("money", "USD 12mln", "USD 12m"), ("money", "USD 12million", "USD 12m"),
      ("money", "USD 12 million", "USD 12m"), ("money", "USD 12 Billion", "USD 12bn"),
      ("money", "USD 12 trillion each", "USD 12tn each"), ("money", "at least USD 5 bn", "at least USD 5bn"),
      ("money", "12bn EUR", "EUR 12bn"), ("money", "12 EUR", "EUR 12"), ("money", "400USD", "USD 400"),
      ("money", "USD 1..2bn", "USD 1..2bn"), ("money", "DEM 5m", "DEM 5m"), ("money", "USD 3/kg", "USD 3/kg"),
      ("money", "12 million USD", "USD 12m"), ("money", "about USD 5..6m", "about USD 5..6m"),
      ("plain", "5k", "5000"), ("plain", "5 thousand", "5000"), ("plain", "2.5B", "2500000000"),
      ("plain", "5m", "5000000"), ("plain", "1_000", "1000"), ("plain", "+5", "5"), ("plain", "-5", "-5"),
      ("depth", "6000m", "6000 m"), ("depth", "6000 m", "6000 m"), ("depth", "6m", "6 m"),
      ("depth", "about 6000m", "about 6000 m"), ("depth", "5..6m", "5..6 m"), ("depth", "6k", "6000 m"),
      ("depth", "6000", "6000 m"), ("depth", "2 million m", "2000000 m"),
      ("weight", "400t", "400 t"), ("weight", "5.3m", "5300000 t"), ("weight", "5.3 million t", "5300000 t"),
      ("span", "5 weeks", "5 weeks"), ("flow", "400t/yr", "400 t/yr"), ("flow", "400 t/yr", "400 t/yr"),
      ("part", "12%", "12%"), ("part", "12 %", "12%"), ("part", "47..87%", "47..87%"),
      ("when", "2004%", "2004%"), ("when", "about 2004", "2004~"), ("when", "2026-Q1", "2026-Q1"),
      ("when", "2026-40", "2026-H1"), ("when", "2004", "2004"), ("when", "today + 9 days", "2026-12-01"),
      ("text", "2004", #""2004""#), ("text", "2004-02", #""2004-02""#),
    ])
  func accepted(_ property: String, _ literal: String, _ canonical: String) {
    let printed = run("claim forge.\(property) = \(literal)")
    #expect(printed == "-- t3: claimed forge.\(property) = \(canonical)\n", "\(printed)")
    // What is written back is read again, and found.
    #expect(run("claim forge.\(property) = \(canonical)").contains("(already so)"))
    for text in [literal, canonical] {
      #expect(run("list initiatives where \(property) = \(text)").contains("forge"), "\(text)")
    }
  }

  @Test(
    "What is appended to a number or a date is refused, with what to write",
    arguments: [
      ("money", "USD 12MM", "write USD 12m"), ("money", "USD 12 crore", "write USD 120m"),
      ("money", "USD 3 lakh", "write USD 300k"), ("money", "USD 12b", "write USD 12bn"),
      ("money", "USD 12mio", "write USD 12m"), ("money", "USD 12x", "write it as in USD 8.5bn"),
      ("money", "USD 12 m t", "write it as in USD 8.5bn"), ("money", "ZZZ 5", "ZZZ is no currency"),
      ("money", "12", "has no currency"), ("money", "12bn", "has no currency"), ("money", "USD 12%", "money"),
      ("money", "USD 1e6", "begins as a number does"), ("money", "USD 1,000", "a comma separates values"),
      ("money", "at least USD 5..6m", "at least bounds one number"),
      ("money", "up to USD 5..6m", "up to bounds one number"),
      ("plain", "12MM", "write 12m"), ("plain", "12%", "a number"), ("plain", "12 apples", "a number"),
      ("plain", "12,5", "a comma separates values"), ("plain", "1__0", "a number"),
      ("plain", "5_", "a number"),
      ("plain", "2004-02", "a number"), ("plain", "12345678901234567890", "at most 18 digits"),
      ("depth", "6000ft", "it is counted in m"), ("depth", "6000M", "it is counted in m"),
      ("span", "5 m", "it is counted in weeks"), ("span", "12M", "it is counted in weeks"),
      ("depth", "6000 km", "it is counted in m"), ("depth", "6000m/s", "it is counted in m"),
      ("weight", "400kg", "it is counted in t"), ("weight", "USD 5", "it is counted in t"),
      ("part", "12k%", "begins as a number does"), ("part", "12m", "write 12%"),
      ("part", "12 million", "write 12%"),
      ("part", "12pc", "write 12%"), ("part", "12%x", "begins as a number does"),
      ("part", "12 percent", "write 12%"),
      ("when", "1990s", "write 199X"), ("when", "2004/unknown", "write 2004/"),
      ("when", "2004BC", "write -2003"),
      ("when", "USD 2004", "write 2004"), ("when", "2004m", "write 2004"),
      ("when", "at least 2004", "is no date"),
      ("when", "2004 each", "each says how an amount"), ("when", "2004..2006", "write 2004/2006"),
      ("when", "mid-2026", #"said "mid-2026""#), ("when", "2026-13", "has the month 13"),
      ("when", "2_004", "is no date"), ("when", "+2004", "is no date"),
      ("text", "5k", "put it in quotes"), ("text", "USD 5bn", "put it in quotes"),
      ("state", "2004", "choice"), ("state", "5m", "choice"), ("member", "5m", "nothing called"),
    ])
  func refused(_ property: String, _ literal: String, _ words: String) {
    let words = words == "choice" ? "one of " : words == "nothing called" ? "5m" : words
    let commands = [
      "claim forge.\(property) = \(literal)", "list initiatives where \(property) = \(literal)",
      "list initiatives where \(property) > \(literal)",
      "add initiative x { \(property) = \(literal) }",
      "citing courier { claim forge.\(property) = \(literal) }",
    ]
    for command in commands {
      let printed = run(command)
      #expect(printed.contains("error: ") && printed.contains(words), "\(command): \(printed)")
    }
  }

  @Test(
    "A qualifier's value is read whole wherever it stands",
    arguments: [
      "claim CHN.share = 5% year 1990s", "list CHN.share[year 1990s]", "claim CHN.share[year 1990s] = 5%",
      "citing courier with year 1990s { claim CHN.share = 5% }", "show CHN.share[year USD 2004]",
      "claim CHN.share = 5% year 2024x stage mining", "claim CHN.share = 5% year at least 2004",
      "why CHN.share[year 2004/unknown]", "retract CHN.share[year 1990s]",
    ])
  func qualifiers(_ command: String) {
    let printed = run(command)
    #expect(printed.contains("is no date"), "\(printed)")
  }

  @Test(
    "A clause's date is read whole",
    arguments: [
      "list initiatives on 1990s", "list initiatives on 2004BC", "claim forge.member = JPN from 1990s",
      "claim forge.member = JPN from 2004 until 2010/unknown", "list initiatives published by 2004m",
      "list initiatives recorded by 2026-2", "claim forge.member = JPN within 2004..2010x",
      "source z \"Z\" { published 1990s }", "list initiatives known mid-2026", "list initiatives limit 5k",
      "list initiatives on today + 5", "list initiatives on today + 5 apples", "diff on 1990s 2004 of forge",
    ])
  func clauses(_ command: String) { #expect(run(command).contains("error: "), "\(command)") }

  @Test("A parameter's value is read as the literal would be")
  func parameters() {
    func set(_ value: String, _ command: String) -> String {
      var settings = transcript.session.settings
      settings.parameters["x"] = value
      return Transcript(Session(store: transcript.session.store, settings: settings)).run(command)
    }
    #expect(set("USD 12B", "claim forge.money = $x").contains("= USD 12bn"))
    #expect(set("USD 12MM", "claim forge.money = $x").contains("error: "))
    #expect(set("6000m", "claim forge.depth = $x").contains("= 6000 m"))
    #expect(set("1990s", "claim forge.when = $x").contains("write 199X"))
    #expect(set("1990s", "list initiatives on $x").contains("write 199X"))
    #expect(set("2004%", "claim forge.when = $x").contains("= 2004%"))
    #expect(set("USD 2025", "list initiatives where when > $x").contains("is no date"))
  }

  @Test("today is a date wherever a date is asked for")
  func today() {
    run("claim forge.when = 2026-12-01")
    #expect(run("list initiatives where when <= today + 90 days").contains("forge"))
    #expect(!run("list initiatives where when <= today + 5 days").contains("forge"))
    #expect(run("list initiatives where when > today - 7 days and when < today + 2 weeks").contains("forge"))
    for clause in ["on today", "published by today - 1 month", "known today + 1 year", "recorded by today"] {
      #expect(!run("list initiatives \(clause)").contains("error: "), "\(clause)")
    }
    #expect(
      run("claim forge.member = CHN from today until today + 1 year").contains(
        "from 2026-11-22 until 2027-11-22"))
    #expect(run("claim forge.member = KOR from \"today\"").contains("from 2026-11-22"))
    func offered(_ text: String) -> [String] {
      transcript.session.complete(text, cursor: text.utf8.count).candidates.map(\.text)
    }
    #expect(offered("list initiatives on tod") == ["today"])
    #expect(offered("list initiatives on today ").contains("+"))
    #expect(offered("list initiatives on today + 90 ") == ["days", "weeks", "months", "years"])
    #expect(offered("list initiatives where when <= to") == ["today"])
    #expect(offered("list initiatives where when <= today - 3 w") == ["weeks"])
  }
}

/// Properties of every kind, for literals.
enum LiteralScene {
  static let definitions = """
    begin
    define property money of initiative to money many
    define property plain of initiative to number many
    define property depth of initiative to number many unit m
    define property weight of initiative to number many unit t
    define property span of initiative to number many unit weeks
    define property flow of initiative to number many unit "t/yr"
    define property part of initiative to percent any many
    define property when of initiative to date many
    define property text of initiative to text many
    define property state of initiative to choice good, bad many
    commit
    """
}
