import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// What commands that write files must neither lose nor make up.
@Suite("Files that commands write")
struct KeptFileTests {
  private let folder: ScratchFolder
  private let session: Session
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  @Test(
    "nothing is written over another registry",
    arguments: [
      #"export "other.csv" as csv { list states }"#, #"dump "other.csv""#, #"export "other.csv" as graphml"#,
    ])
  func registry(_ command: String) throws {
    let other = Data("SQLite format 3\u{0}".utf8) + Data(repeating: 7, count: 100)
    try folder.write(other, to: "other.csv")
    #expect(run(command).contains("is a registry, or another database"), "\(run(command))")
    #expect(try Data(contentsOf: folder.url.appending(path: "other.csv")) == other)
    try folder.write("key\nold\n", to: "other.csv")
    #expect(!run(command).contains("is a registry"))
    #expect(try folder.read("other.csv") != "key\nold\n")
  }

  @Test("a site of nothing is none, and the pages that were there stay")
  func emptySite() throws {
    run(#"publish "site""#)
    let printed = run(#"publish "site" { list partnerships where key = nosuch }"#)
    #expect(printed.contains("there is nothing to publish"), "\(printed)")
    #expect(run(#"publish "site""#).contains(" 0 files written"))
    let refused = run(#"publish "site" on 2015-01-01 { list initiatives }"#)
    #expect(refused.contains(#"publish "FOLDER" { list initiatives on … }"#), "\(refused)")
  }

  @Test("the pictures of a site say from when they are, and after whom")
  func sitePictures() throws {
    run(#"publish "site" on 2026-03-01"#)
    let pictures = folder.url.appending(path: "site/pictures")
    let files = try FileManager.default.contentsOfDirectory(at: pictures, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files {
      let drawn = try String(contentsOf: file, encoding: .utf8)
      #expect(
        drawn.contains("as of 2026-03-01") && drawn.contains("Sources: "), "\(file): \(drawn.suffix(600))")
    }
  }

  @Test("names that are known are not recorded anew by nobody when FollowTheMoney's lines come back")
  func followTheMoney() throws {
    run(#"citing courier { alias JPN "Nihon"; alias forge "The Forge" }"#)
    run(#"export "f.ftm""#)
    let before = run("dump")
    run(#"import "f.ftm""#)
    let names = { (dump: String) in dump.split(separator: "\n").filter { $0.contains("alias ") } }
    #expect(names(run("dump")) == names(before), "\(run("dump"))")
  }

  @Test("undo is offered transactions, and no things")
  func completion() throws {
    run("add person some-one \"Some One\" citing courier quote \"x\"")
    let offered = session.complete("undo ", cursor: 5).candidates.map(\.text)
    #expect(offered.contains("t2") && !offered.contains("JPN"), "\(offered)")
  }
}
