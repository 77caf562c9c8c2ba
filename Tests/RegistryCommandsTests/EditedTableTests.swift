import Foundation
import RegistryCommands
import TestRegistry
import Testing

@Suite("Tables that were exported and edited")
struct EditedTableTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run(
      """
      define property tally of agreement to number many
      define property size of agreement to number one unit "t"
      define property begun of agreement to date one
      define property party of agreement to actor many
      define property remark of agreement to text many
      citing gazette {
        add agreement deal "The deal" { tally = 12; size = 5 t; begun = 2020; remark = "plain" }
        claim deal.party = JPN from 2020
        claim deal.party = KOR, USA from 2021
        add agreement other "The other"
      }
      """)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  /// Exports the deal, replaces texts in what was written, and imports it.
  private func edited(
    _ columns: String, _ edits: [(String, String)], file: String = "e.csv", citing: String = "citing gazette",
    _ clauses: String = "", behind: (String) -> String = { $0 }
  ) throws -> String {
    run("export \"\(file)\" { list agreements where key = deal or key = other columns \(columns) }")
    var text = try folder.read(file)
    for (old, new) in edits {
      #expect(text.contains(old), "\(text)")
      text = text.replacing(old, with: new, maxReplacements: 1)
    }
    try folder.write(behind(text), to: file)
    return run("import \"\(file)\" \(citing) \(clauses)")
  }

  @Test(
    "A cell takes what its property takes, however short: plain numbers, years, texts like numbers or with a dollar sign",
    arguments: [
      ("tally", ",12,", ",13,", "tally\t13"), ("size", "5 t", "7", "size\t7 t"),
      ("begun", ",2020,", ",2021,", "begun\t2021"), ("remark", "plain", "12", "remark\t12"),
      ("remark", "plain", "of $key", "remark\tof $key"), ("party", "KOR", "AUS", "party\tAUS"),
    ])
  func values(_ column: String, _ old: String, _ new: String, _ shown: String) throws {
    let printed = try edited(column, [(old, new)])
    #expect(!printed.contains("error"), "\(printed)")
    #expect(run("show deal").contains(shown), "\(run("show deal"))")
  }

  /// Who is a party, with period and source.
  private func parties() -> Set<String> {
    let query =
      "sql SELECT s.value || ' ' || s.validity || ' ' || coalesce(c.source, '') FROM statements s LEFT JOIN citations c ON c.statement = s.id WHERE s.property = 'party'"
    return Set(run(query).split(separator: "\n").dropFirst().map(String.init))
  }

  @Test("What stays in a cell stays as it is, what is new is claimed anew, and what is gone is withdrawn")
  func shifted() throws {
    _ = try edited("party", [("JPN; KOR; USA", "KOR; USA; eu")], citing: "")
    #expect(parties() == ["KOR from 2021 gazette", "USA from 2021 gazette", "eu  "])
    let back = try edited("party", [("KOR; USA; eu", "eu; USA; KOR")], citing: "")
    #expect(back.contains("nothing was edited"), "\(back)")
  }

  @Test("One value in the place of another is that statement, with its period and its sources")
  func inPlace() throws {
    _ = try edited("party", [("JPN; KOR; USA", "AUS; KOR; USA")], citing: "")
    #expect(parties() == ["AUS from 2020 gazette", "KOR from 2021 gazette", "USA from 2021 gazette"])
  }

  @Test("Of two new values in the place of two nobody says which is which: they are claimed anew")
  func twoInPlace() throws {
    _ = try edited("party", [("JPN; KOR; USA", "AUS; CHN; USA")], citing: "")
    #expect(parties() == ["AUS  ", "CHN  ", "USA from 2021 gazette"])
  }

  /// The table with the deal's row twice, a text in the second replaced.
  private func twice(_ text: String, _ old: String, _ new: String) -> String {
    guard let row = text.split(separator: "\n").first(where: { $0.hasPrefix("deal,") }) else { return text }
    return text + row.replacing(old, with: new, maxReplacements: 1) + "\n"
  }

  @Test("What two rows edit in two ways is refused with both lines, whether there was a value or none")
  func twoRows() throws {
    let printed = try edited("size", [("5 t", "6 t")]) { twice($0, "6 t", "7 t") }
    #expect(printed.contains("line 2"), "\(printed)")
    #expect(run("show deal.size").contains("5 t"))
    _ = run("retract deal.size")
    let empty = try edited("size", [("The deal,", "The deal,")]) { text in
      twice(
        text.replacing(#/(?m)^(deal,.*),,$/#) { "\($0.1),8 t," }, ",8 t", ",9 t")
    }
    #expect(empty.contains("line 2"), "\(empty)")
    #expect(!run("show deal").contains("8 t"))
  }

  @Test("The same edit in two rows is one")
  func sameTwice() throws {
    let printed = try edited("size", [("5 t", "6 t")]) { twice($0, "6 t", "6 t") }
    #expect(printed.contains("1 withdrawn, 1 claimed"), "\(printed)")
    #expect(run("show deal.size").contains("6 t"))
  }

  @Test(
    "In tables of statements and of evidence, too, two rows that edit one statement in two ways are refused",
    arguments: [#"export "all.csv" { list deal.size }"#, #"export "all.csv""#])
  func statementTwice(_ export: String) throws {
    run(export)
    let lines = try folder.read("all.csv").split(separator: "\n").map(String.init)
    let row = try #require(lines.first { $0.contains("deal,size") })
    func `import`(_ other: String) throws -> String {
      try folder.write(
        [lines[0], row.replacing("5 t", with: "6 t"), row.replacing("5 t", with: other)]
          .joined(separator: "\n"), to: "all.csv")
      return run(#"import "all.csv""#)
    }
    let printed = try `import`("7 t")
    #expect(printed.contains("line 2"), "\(printed)")
    #expect(run("show deal.size").contains("5 t"))
    #expect(try `import`("6 t").contains("1 withdrawn, 1 claimed"))
  }

  // MARK: Values that change their rows

  /// Claims of two properties, of one value and of many, each by a source of its own.
  private func prepareMoves(_ property: String, _ values: [String]) throws {
    run(
      """
      define property head of agreement to actor one
      define property friend of agreement to actor many
      source a1 "A1" { reliability B }
      source a2 "A2" { reliability C }
      source a3 "A3" { reliability C }
      """)
    for (place, value) in values.enumerated() {
      run("claim deal.\(property) = \(value) citing a\(place + 1) quote \"q\(place + 1)\"")
    }
  }

  /// Who says what of a property, in which words.
  private func said(_ property: String) -> Set<String> {
    let query =
      "sql SELECT s.value || ' ' || c.source || ' ' || coalesce(c.quote, '') FROM statements s JOIN citations c ON c.statement = s.id WHERE s.property = '\(property)'"
    return Set(run(query).split(separator: "\n").dropFirst().map(String.init))
  }

  /// Gives each row of a table, found by its value, another value, an empty one, or that of another.
  private func moved(_ export: String, _ moves: [String: String]) throws -> String {
    run(export)
    let lines = try folder.read("m.csv").split(separator: "\n", omittingEmptySubsequences: false)
    try folder.write(
      lines.map { line in
        for (old, new) in moves where line.contains("friend,\(old),") || line.contains("head,\(old),") {
          return String(line).replacing(",\(old),", with: ",\(new),", maxReplacements: 1)
        }
        return String(line)
      }.joined(separator: "\n"), to: "m.csv")
    return run(#"import "m.csv""#)
  }

  private static let properties = ["head", "friend"]
  private static let kinds = [#"export "m.csv" { list deal.PROPERTY }"#, #"export "m.csv""#]

  @Test(
    "Values that two rows exchange keep the sources of their rows, each with the other value",
    arguments: properties, kinds)
  func exchanged(_ property: String, _ export: String) throws {
    try prepareMoves(property, ["JPN", "KOR"])
    let printed = try moved(export.replacing("PROPERTY", with: property), ["JPN": "KOR", "KOR": "JPN"])
    #expect(printed.contains("2 withdrawn, 2 claimed"), "\(printed)")
    #expect(said(property) == ["KOR a1 q1", "JPN a2 q2"], "\(printed)")
  }

  @Test("Values that move up by a row lose no source", arguments: properties, kinds)
  func movedUp(_ property: String, _ export: String) throws {
    try prepareMoves(property, ["JPN", "KOR", "USA"])
    let printed = try moved(export.replacing("PROPERTY", with: property), ["JPN": "KOR", "KOR": "USA"])
    #expect(said(property) == ["KOR a1 q1", "USA a2 q2", "USA a3 q3"], "\(printed)")
  }

  @Test(
    "A value that a row is given while the row that had it is emptied stands by its new source",
    arguments: properties)
  func takenOver(_ property: String) throws {
    try prepareMoves(property, ["JPN", "KOR"])
    let printed = try moved(#"export "m.csv" { list deal.\#(property) }"#, ["JPN": "KOR", "KOR": ""])
    #expect(printed.contains("2 withdrawn, 1 claimed"), "\(printed)")
    #expect(said(property) == ["KOR a1 q1"], "\(printed)")
  }

  @Test("Where nobody can tell what a row withdraws, nothing of the row is edited, and the others are")
  func movedWithFault() throws {
    try prepareMoves("friend", ["JPN", "KOR"])
    run(#"export "m.csv" { list deal.friend }"#)
    let text = try folder.read("m.csv").replacing(",JPN,", with: ",nobody,").replacing(",KOR,", with: ",USA,")
    try folder.write(text, to: "m.csv")
    let printed = run(#"import "m.csv" keep going"#)
    #expect(printed.contains("1 withdrawn, 1 claimed"), "\(printed)")
    #expect(said("friend") == ["JPN a1 q1", "USA a2 q2"], "\(printed)")
  }

  @Test(
    "What is told of things that were renamed names statements that are there, and is done once",
    arguments: kinds)
  func renamed(_ export: String) throws {
    try prepareMoves("friend", ["JPN"])
    run("rename deal to pact")
    let printed = try moved(export.replacing("deal.PROPERTY", with: "pact.friend"), ["JPN": "USA"])
    let id = try #require(printed.firstMatch(of: #/\+\tpact.friend = USA.*@([0-9a-z]{6})/#)?.1, "\(printed)")
    #expect(run("show @\(id)").contains("USA"), "\(printed)")
    let again = run(#"import "m.csv""#)
    #expect(again.contains("nothing was edited"), "\(again)")
  }

  @Test("An export of values on a date has the rows of the list, and not what is told beneath it")
  func onDate() throws {
    try prepareMoves("head", [])
    run(
      "claim deal.head = JPN from 2024 until 2026 citing a1; claim deal.head = KOR from 2024 until 2026 citing a2"
    )
    let listed = run("list deal.head on 2025-06")
    #expect(listed.contains("not on 2025-06: KOR"), "\(listed)")
    run(#"export "m.csv" { list deal.head on 2025-06 }"#)
    let text = try folder.read("m.csv")
    #expect(text.contains(",JPN,") && !text.contains(",KOR,"), "\(text)")
    run(#"export "m.csv" { list deal.head }"#)
    #expect(try folder.read("m.csv").contains(",KOR,"))
  }

  @Test("Ids of another thing or property are refused: a column that was sorted alone, a row that was copied")
  func elsewhere() throws {
    try prepareMoves("friend", ["JPN"])
    run(
      "claim other.friend = KOR citing a2; claim other.head = USA citing a2; claim deal.head = USA citing a1")
    run(#"export "m.csv" { list agreements where key = deal or key = other columns friend, head }"#)
    let text = try folder.read("m.csv")
    func refused(_ text: String) throws -> String {
      try folder.write(text, to: "m.csv")
      return run(#"import "m.csv""#)
    }
    let sorted = text.replacing("\ndeal,", with: "\nX,").replacing("\nother,", with: "\ndeal,").replacing(
      "\nX,", with: "\nother,")
    let printed = try refused(sorted)
    #expect(printed.contains("are of deal.name, and the row is of other.name"), "\(printed)")
    let columns = text.replacing("friend,friend@,head,head@", with: "head,head@,friend,friend@")
    #expect(try refused(columns).contains("the ids in head@ are of deal.friend, and the row is of deal.head"))
    run("rename deal to pact")
    let own = try refused(text.replacing("\ndeal,", with: "\npact,").replacing(",JPN,", with: ",USA,"))
    #expect(own.contains("1 withdrawn, 1 claimed"), "\(own)")
  }

  @Test(
    "A new value is claimed where it stands otherwise: passed over, with another period, or by others; and once"
  )
  func standsOtherwise() throws {
    try prepareMoves("friend", ["JPN"])
    run("claim deal.friend = KOR from 2025 citing a2; claim deal.friend = USA citing a2")
    try folder.write("key,friend,friend@\ndeal,KOR; USA; AUS,\n", to: "m.csv")
    let printed = run(#"import "m.csv" citing a1"#)
    #expect(printed.contains("0 withdrawn, 3 claimed"), "\(printed)")
    #expect(said("friend").isSuperset(of: ["KOR a1 ", "USA a1 ", "AUS a1 ", "KOR a2 ", "USA a2 "]))
    let again = run(#"import "m.csv" citing a1"#)
    #expect(again.contains("nothing was edited"), "\(again)")
  }

  @Test("Sources cannot be edited in a list of statements; a denial that a whole export adds is told as one")
  func evidence() throws {
    try prepareMoves("friend", ["JPN"])
    let printed = try moved(#"export "m.csv" { list deal.friend }"#, [:])
    #expect(printed.contains("nothing was edited"), "\(printed)")
    try folder.write(try folder.read("m.csv").replacing("a1", with: "a2"), to: "m.csv")
    let refused = run(#"import "m.csv""#)
    #expect(refused.contains("sources cannot be edited in a table"), "\(refused)")
    run(#"export "m.csv""#)
    let text = try folder.read("m.csv")
    let names = text.prefix { $0 != "\n" }.split(separator: ",", omittingEmptySubsequences: false)
    let values = [
      "subject": "deal", "property": "friend", "value": "USA", "source": "a2", "stance": "denies",
    ]
    let row = names.map { values[String($0)] ?? "" }.joined(separator: ",")
    try folder.write(text + row + "\n", to: "m.csv")
    let denied = run(#"import "m.csv""#)
    #expect(denied.contains("0 withdrawn, 0 claimed, 1 denied"), "\(denied)")
  }
}
