import CommandLanguage
import Foundation
import TestRegistry
import Testing

@testable import RegistryCommands

@Suite("What stands in the fields of rows")
struct ImportValueTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run(
      """
      define property note of agreement, initiative to text many
      define property budget of initiative to number many
      define property stage of statement to text one
      """)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  private func rows(_ query: String) -> [String] {
    run(query).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("-- ") }.map(String.init)
  }

  private func values(_ property: String) -> [String] {
    rows("sql SELECT value FROM statements WHERE property = '\(property)' ORDER BY value")
  }

  // MARK: Lists of JSON

  @Test(
    "A list of JSON where one value is wanted is refused by the field's name, and by it alone",
    arguments: [
      "add agreement $k $tags", "add agreement $tags", "claim forge.note = $k quote $tags",
      "claim forge.member = $k from $tags", "claim forge.note[stage $tags] = $k",
      #"claim forge.note = "a $tags""#, "alias forge $k in $tags",
    ])
  func lists(_ mapping: String) throws {
    try folder.write(
      """
      {"k":"d1","tags":["a","b"]}
      {"k":"d2","tags":["a"]}
      {"k":"d3","tags":[]}
      """, to: "a.jsonl")
    let printed = run(#"import "a.jsonl" citing gazette { \#(mapping) }"#)
    #expect(printed.contains("a.jsonl:1: $tags \"a\": the field tags has 2 values"), "\(printed)")
    #expect(!printed.contains("a.jsonl:2: $tags \"a\": the field") && !printed.contains("a.jsonl:3: $tags"))
  }

  @Test("Where values stand by themselves a list is all of them, beside a field of one value too")
  func listsOfValues() throws {
    try folder.write(#"{"k":"JPN","tags":["a","b"],"in":{"x":[{"y":"c"},{"y":"d"}]}}"#, to: "a.jsonl")
    let printed = run(
      #"import "a.jsonl" citing gazette { claim forge.note = $tags, $in_x_y quote $k }"#)
    #expect(printed.contains("4 recorded"), "\(printed)")
    #expect(values("note") == ["a", "b", "c", "d"])
    #expect(
      run(#"import "a.jsonl" citing gazette keep cells { claim msp.note = $k quote $tags }"#)
        .contains("the field tags has 2 values"))
  }

  // MARK: Fields that are split

  @Test(
    "A field is split wherever the separator stands, and what counts as nothing is no value",
    arguments: ["a;", ";a", ";;a", "a; NA", "NA;a;", " ; a ;"])
  func split(_ field: String) throws {
    try folder.write("k,n\nforge,\(field)\n", to: "a.csv")
    run(#"import "a.csv" split ";" blank "NA" { claim $k.note = $n }"#)
    #expect(values("note") == ["a"])
  }

  @Test(
    "Of separators alone, and of values that count as nothing, nothing is said",
    arguments: [";", " ; ;", "NA;NA", "NA"])
  func splitOfNothing(_ field: String) throws {
    try folder.write("k,n\nforge,\(field)\n", to: "a.csv")
    let printed = run(#"import "a.csv" split ";" blank "NA" { claim $k.note = $n }"#)
    #expect(values("note").isEmpty)
    #expect(printed.contains("1 row says nothing in n"), "\(printed)")
    let filtered = run(
      #"import "a.csv" split ";" blank "NA" only where $n is stated { claim $k.note = $n }"#)
    #expect(filtered.contains("1 of 1 rows is left out"), "\(filtered)")
  }

  @Test("A value that counts as nothing is none in a list of JSON either")
  func blanksInLists() throws {
    try folder.write(
      #"{"k":"forge","n":["NA","a"," "]}"# + "\n" + #"{"k":"msp","n":["NA","NA"]}"# + "\n", to: "a.jsonl")
    run(#"import "a.jsonl" citing gazette blank "NA" { claim $k.note = $n quote $n }"#)
    #expect(values("note") == ["a"])
  }

  // MARK: Numbers

  @Test(
    "Groups are three digits behind one to three, before the decimal mark, and set apart by one sign",
    arguments: [
      (".", "1,234,567.8", "1234567.8"), (".", "12,345", "12345"), (".", "1 234.5", "1234.5"),
      (".", "1'234.5", "1234.5"), (".", "0.123", "0.123"), (".", "1234.567890", "1234.567890"),
      (".", "1,000..2,000.5", "1000..2000.5"), (".", "about 1,234", "about 1234"), (".", "0.5", "0.5"),
      (",", "1.234.567,8", "1234567.8"), (",", "1 234,5", "1234.5"), (",", "1\u{A0}234,5", "1234.5"),
      (",", "1\u{202F}234", "1234"), (",", "0,123", "0.123"), (",", "1.234", "1234"),
      (",", "1,5..2,5", "1.5..2.5"), (",", "12", "12"), (",", "5,5k", "5.5k"),
    ])
  func numbers(_ mark: String, _ text: String, _ number: String) {
    let read = ForeignNumber.syntax(text, decimalMark: Character(mark))
    #expect(read != nil && read?.form == ForeignNumber.syntax(number, decimalMark: nil)?.form)
  }

  @Test("What a condition says is written as the language writes it, whatever the decimal mark of the file")
  func conditions() throws {
    try folder.write("k\tn\nforge\t1.234,5\nmsp\t1,5\n", to: "a.tsv")
    run(#"import "a.tsv" decimal "," only where $n > 1.6 { claim $k.budget = $n }"#)
    #expect(values("budget") == ["1234.5"])
  }

  @Test(
    "What may be groups or may not is refused",
    arguments: [
      (".", "0,123"), (".", "1234,567"), (".", "1,234.567,890"), (".", "1,23"), (".", "12,34,567"),
      (".", "1,234'567"), (".", "1.2.3"), (".", ",123"), (".", "01,234"), (".", "1 23"),
      (",", "12.34"), (",", "1.2345"), (",", "0.123"), (",", "1,234.567"), (",", "1234.567"), (",", ".5"),
      (",", "1,2,3"),
    ])
  func noNumbers(_ mark: String, _ text: String) throws {
    try folder.write("k\tn\nforge\t\(text)\n", to: "a.tsv")
    let printed = run(#"import "a.tsv" decimal "\#(mark)" { claim $k.budget = $n }"#)
    #expect(printed.contains("budget takes a number, not \"\(text)\""), "\(printed)")
  }

  // MARK: Lines

  @Test(
    "Lines are counted as they end, inside quotes too",
    arguments: ["\n", "\r\n", "\r"])
  func lines(_ end: String) throws {
    let text = [
      "k,n", "forge,\"a", "b", "", "c\"", "forge,\"d\"\"", "\"", "forge", "forge,e", "forge,\"f", "g,\"h\"",
    ].joined(separator: end)
    try folder.write(text + end, to: "a.csv")
    let printed = run(#"import "a.csv" citing gazette keep going { claim $k.note = $n }"#)
    #expect(printed.contains("8\tthe row has 1 field"), "\(printed)")
    #expect(printed.contains("10\ta quote is opened here, and one on line 11 stands"), "\(printed)")
    #expect(
      rows(
        "sql SELECT locator FROM citations WHERE source = 'gazette' AND locator LIKE 'a.csv%' ORDER BY locator"
      )
        == ["a.csv:2", "a.csv:6", "a.csv:9"])
  }

  @Test(
    "Where a row of another width ends is told, whatever ends its lines", arguments: ["\n", "\r\n", "\r"])
  func lastLine(_ end: String) throws {
    try folder.write(["k,n", "forge,\"a", "b\",c", "forge,d"].joined(separator: end) + end, to: "a.csv")
    #expect(
      run(#"import "a.csv" citing gazette { claim $k.note = $n }"#).contains("it goes on to line 3"))
  }

  @Test("A line end that two pieces of the file share is one")
  func lineEndBetweenPieces() throws {
    for length in [(1 << 18) - 12, (1 << 16) - 12] {
      for extra in 0..<12 {
        let filling = String(repeating: "x", count: length + extra)
        try folder.write("k,n\r\nmsp,\"\(filling)\r\ny\"\r\nforge,d\r\n", to: "a.csv")
        run(#"import "a.csv" citing gazette only where $k = "forge" { claim $k.note = $n }"#)
      }
    }
    #expect(rows("sql SELECT DISTINCT locator FROM citations WHERE locator LIKE 'a.csv%'") == ["a.csv:4"])
  }
}
