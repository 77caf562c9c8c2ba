import Foundation
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RegistryCommands

@Suite("What rows ask of the registry while others are recorded")
struct ImportThreadTests {
  private let folder: ScratchFolder
  private let session: Session
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
  }

  private func run(_ text: String) -> String { transcript.run(text) }

  /// More rows than are read, and than are recorded, at once.
  private static let many = 2_200

  @Test("A thing that a row adds is known to the rows behind it, near and far, by its key and by its name")
  func addedBefore() throws {
    var text = "id,title,partner\n"
    for number in 0..<Self.many {
      // A name is asked for when all before it is recorded.
      let other = number == 0 ? "" : number % 100 == 99 ? "Deal \(number / 3)" : "d\(number / 2)-deal"
      text += "d\(number)-deal,Deal \(number),\(other)\n"
    }
    try folder.write(text, to: "a.csv")
    _ = run("define property follows of initiative to initiative many")
    let printed = run(
      #"import "a.csv" citing gazette { add agreement $id $title { follows = $partner } }"#)
    #expect(printed.contains("\(Self.many) rows of a.csv: \(3 * Self.many - 1) recorded"))
    for number in [1, 99, 1_023, 1_024, 1_025, 1_199, 2_048, 2_199] {
      let other = number % 100 == 99 ? number / 3 : number / 2
      #expect(run("show d\(number)-deal.follows").contains("d\(other)-deal"))
    }
  }

  @Test("A name that a row gives is what it means from there on, though it was asked for before")
  func namedBetween() throws {
    // Far behind the row that gives it, and in another spelling; before it, nobody has the name.
    var text = "kind,id,title,who\n"
    for number in 0..<Self.many {
      text += number == 1_500 ? "add,host,The Host,\n" : "claim,,,\(number == 40 ? "The Host" : "KOR")\n"
    }
    text += "claim,,,The Host\nclaim,,,the hóst\n"
    try folder.write(text, to: "b.csv")
    let printed = run(
      #"import "b.csv" citing gazette keep going { add person $id $title; claim forge.member = $who }"#)
    #expect(printed.contains("1 of \(Self.many + 2) rows could not be recorded"), "\(printed.prefix(400))")
    #expect(printed.contains("The Host"))
    #expect(run("show forge.member").contains("host"))
  }

  @Test("A key that a row far before gave to a thing of another type is refused, at its line")
  func addedOtherwise() throws {
    var text = "kind,id\n"
    for number in 0..<Self.many { text += "a,k\(number)-key\n" }
    text += "b,k3-key\nb,k\(Self.many - 1)-key\nb,another-key\n"
    try folder.write(text, to: "a.csv")
    try folder.write("id\nk3-key\nk\(Self.many - 1)-key\nanother-key\n", to: "b.csv")
    #expect(
      run(#"import "a.csv" citing gazette only where $kind = "a" { add agreement $id }"#).contains("recorded")
    )
    let printed = run(#"import "b.csv" citing gazette keep going { add person $id }"#)
    #expect(printed.contains("2\tk3-key") || printed.contains("k3-key"))
    #expect(printed.contains("2 of 3 rows could not be recorded and were left out"))
    #expect(run("show another-key").contains("another-key"))
  }

  @Test("Bad rows are told in the order of their lines, whatever is wrong with them")
  func orderOfFaults() throws {
    var text = "id,who,day\n"
    var bad: [Int] = []
    for number in 0..<Self.many {
      let line = number + 2
      switch number % 300 {
      case 7: text += "forge,nobody-\(number),2001\n"
      case 150: text += "forge\n"
      case 299: text += "forge,KOR,no day\n"
      default:
        text += "forge,KOR,2001\n"
        continue
      }
      bad.append(line)
    }
    try folder.write(text, to: "a.csv")
    let printed = run(
      #"import "a.csv" citing gazette keep going rejects "r.csv" { claim $id.member = $who from $day }"#)
    #expect(printed.contains("\(bad.count) of \(Self.many) rows could not be recorded"))
    let rejected = try folder.read("r.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rejected.map { $0[4] } == bad.map(String.init))
  }

  @Test("Whoever interrupts an import is heard, and nothing of it stays")
  func interrupted() throws {
    try folder.write(
      "who\n" + String(repeating: "KOR\n", count: 50_000), to: "a.csv")
    let before = run("sql SELECT count(*) FROM statements")
    var asked = 0
    session.store.isInterrupted = {
      asked += 1
      return asked > 4
    }
    let printed = run(#"import "a.csv" citing gazette { claim forge.member = $who }"#)
    session.store.isInterrupted = nil
    #expect(printed.contains("interrupted"))
    #expect(run("sql SELECT count(*) FROM statements") == before)
  }

  @Test("Names are those that were given later, and ids are made of the keys that things had first")
  func renamed() throws {
    _ = run("rename forge to the-forge")
    try folder.write("id,who\nthe-forge,KOR\n", to: "a.csv")
    let (other, outer) = (try TestRegistry.example(), try ScratchFolder())
    try outer.write("id,who\nforge,KOR\n", to: "a.csv")
    other.setFolder(outer.url)
    let mapping = #"import "a.csv" citing gazette { claim $id.member = $who from 1999 }"#
    _ = run(mapping)
    let elsewhere = Transcript(other)
    _ = elsewhere.run(mapping)
    let ids = "sql SELECT id FROM statements WHERE \"when\" = 'from 1999'"
    #expect(run(ids) == elsewhere.run(ids))
    #expect(run(ids).split(separator: "\n").count > 1)
  }
}
