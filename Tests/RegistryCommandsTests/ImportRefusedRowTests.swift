import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RegistryCommands

/// A mapping of tables is carried out on a second thread; JSON, and what gives aliases, on one.
@Suite("Rows that cannot be recorded, among those that can")
struct ImportRefusedRowTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run("define property parent of agreement to agreement many")
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  enum Path: String, CaseIterable, Sendable {
    case twoThreads, json, alias
  }

  /// Imports rows of a key, a title and a parent; the lines of the table of what is wrong, and the keys that are there.
  private func imported(
    _ rows: [[String]], _ path: Path, _ clauses: String = "keep going", fields: String = "parent = $parent"
  ) throws -> (told: [String], kept: [String]) {
    let name = path == .json ? "a.jsonl" : "a.csv"
    if path == .json {
      // The first line is empty, so that lines are counted as in a table.
      let lines = rows.map { #"{"id":"\#($0[0])","title":"\#($0[1])","parent":"\#($0[2])"}"# }
      try folder.write("\n" + lines.joined(separator: "\n") + "\n", to: name)
    } else {
      let lines = rows.map { $0.joined(separator: ",") }
      try folder.write("id,title,parent\n" + lines.joined(separator: "\n") + "\n", to: name)
    }
    let alias = path == .alias ? #"; alias $id "the very $id""# : ""
    let printed = run(
      #"import "\#(name)" citing gazette \#(clauses) { add agreement $id $title; claim $id.\#(fields)\#(alias) }"#
    )
    let told = printed.split(separator: "\n").filter { $0.contains("\t") }.map(String.init)
    let kept = run("sql SELECT key FROM entities WHERE key LIKE 'x%' ORDER BY key")
    return (told, kept.split(separator: "\n").dropFirst().map(String.init))
  }

  @Test(
    "Of a refused row nothing is kept or known, and of the others nothing is lost", arguments: Path.allCases)
  func refusedRow(_ path: Path) throws {
    let found = try imported(
      [
        ["x1", "One", ""], ["x2", "Two", "Nowhere"], ["x3", "Three", "x2"], ["x4", "Four", ""],
        ["x5", "Five", "Four"],
      ], path)
    #expect(
      found.told == [
        "name\trows\tfirst line\tcolumn\thelp", "Nowhere\t1\t3\tparent\t", "x2\t1\t4\tparent\t",
      ])
    #expect(found.kept == ["x1", "x4", "x5"])
    #expect(run("show x5.parent").contains("x4"))
  }

  @Test("A key that a refused row would have given is free for a row behind it", arguments: Path.allCases)
  func freeAgain(_ path: Path) throws {
    let found = try imported(
      [["x1", "One", ""], ["x2", "Two", "Nowhere"], ["x2", "Two", "One"], ["x3", "Three", "Two"]], path)
    #expect(found.told.count == 2)
    #expect(found.kept == ["x1", "x2", "x3"])
    #expect(run("show x3.parent").contains("x2"))
  }

  @Test(
    "Of a row with a bad cell the rest is kept, and known to the rows behind it", arguments: Path.allCases)
  func badCell(_ path: Path) throws {
    let found = try imported(
      [["x1", "One", ""], ["x2", "Two", "Nowhere"], ["x3", "Three", "x2"], ["x4", "Four", "Two"]], path,
      "keep cells")
    #expect(found.told.count == 2)
    #expect(found.kept == ["x1", "x2", "x3", "x4"])
    #expect(run("show x3.parent").contains("x2") && run("show x4.parent").contains("x2"))
  }

  @Test("What the registry cannot take of rows before is no fault of the row that asks, and ends the import")
  func storeFails() throws {
    let batch = EditBatch { (_, _) throws(Failure) in throw Failure(code: "of-the-store", "of rows before") }
    batch.beginRow()
    batch.add(.createEntity(Key(unchecked: "x1")))
    #expect(batch.problem == nil)
    batch.beginRow()
    #expect(throws: Failure.self) { try batch.carryOutPending(nil) }
    #expect(batch.problem?.diagnostics.first?.code == "of-the-store")
  }
}
