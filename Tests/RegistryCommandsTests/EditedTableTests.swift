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
}
