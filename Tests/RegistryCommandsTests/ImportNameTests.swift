import Foundation
import RegistryCommands
import TestRegistry
import Testing

@Suite("Names that rows give, in whatever spelling")
struct ImportNameTests {
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

  private func imported(_ rows: String, _ mapping: String) throws -> String {
    try folder.write(rows, to: "a.csv")
    return run(#"import "a.csv" citing gazette keep going { \#(mapping) }"#)
  }

  /// The same on two threads and on one.
  private static let endings = ["", #"; alias $n "the very $k""#]

  @Test("A name that a second thing was given meanwhile means neither, in every spelling", arguments: endings)
  func ambiguous(_ ending: String) throws {
    let printed = try imported(
      "k,n,ck,cv\np1,Berlin Pact,,\n,,p1,berlin pact\np2,Berlin Pact,,\n,,p2,berlin pact\n,,p2,BERLIN-PACT\n",
      "add agreement $k $n; claim $ck.parent = $cv" + (ending.isEmpty ? "" : #"; alias $k "the very $k""#))
    #expect(printed.contains("berlin pact\t1\t5\tcv\tsay which by its key"), "\(printed)")
    #expect(printed.contains("BERLIN-PACT\t1\t6\tcv\tsay which by its key"), "\(printed)")
    #expect(!run("show p2").contains("parent"))
  }

  @Test("A key that a row gives is a name in every spelling, though nothing had it before")
  func keys() throws {
    let printed = try imported(
      "k,ck,cv\np1,,\n,p1,berlin pact\nberlin-pact,,\n,p1,berlin pact\n,p1,Berlin Pact\n",
      "add agreement $k; claim $ck.parent = $cv")
    #expect(printed.contains("1 of 5 rows could not be recorded"), "\(printed)")
    #expect(run("show p1").contains("berlin-pact"))
  }

  @Test("An alias that a row before gave to something else is refused, as one that is typed is")
  func aliases() throws {
    let printed = try imported("k,n\nJPN,The Host\nKOR,the host\nUSA,Guest\n", "alias $k $n")
    #expect(printed.contains("1 of 3 rows could not be recorded"), "\(printed)")
    #expect(run("find \"The Host\"").contains("JPN") && !run("find \"The Host\"").contains("KOR"))
  }
}
