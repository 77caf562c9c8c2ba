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
}
