import TestRegistry
import Testing

@testable import RegistryCommands

/// Texts that look alike and are written in other scalars are other texts.
@Suite("Texts that look alike")
struct ExactTextTests {
  private static let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")

  /// A statement and a quote for each of both, one behind the other, and one more citation of each from a file that is named so.
  private func imported() throws -> (ScratchFolder, Session, Transcript) {
    let folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    let transcript = Transcript(session)
    let both = [Self.composed, Self.decomposed]
    try folder.write("org,note\n" + both.map { "twin,\($0)\n" }.joined(), to: "notes.csv")
    try folder.write("org,q\n" + both.map { "twin,\($0)\n" }.joined(), to: "quotes.csv")
    for name in both { try folder.write("org\ntwin\n", to: "\(name).csv") }
    let told = transcript.run(
      """
      define property remark of state to text many
      source alike "Alike"
      add state twin "\(Self.composed)"
      claim twin.name = "\(Self.decomposed)"
      import "notes.csv" citing alike { claim $org.remark = "$note" }
      import "quotes.csv" citing alike { claim $org.remark = "same" quote "$q" }
      import "\(Self.composed).csv" citing alike { claim $org.remark = "filed" }
      import "\(Self.decomposed).csv" citing alike { claim $org.remark = "filed" }
      """)
    #expect(!told.contains("error"), "\(told)")
    return (folder, session, transcript)
  }

  private func bytes(_ query: String, _ transcript: Transcript) -> Int {
    [Self.composed, Self.decomposed].count { text in
      let hex = text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
      return transcript.run("sql \(query)").contains(hex)
    }
  }

  @Test("are kept apart by an import, in a dump and when it is loaded")
  func apart() throws {
    let (folder, _, transcript) = try imported()
    let kept = [
      "SELECT hex(value) FROM statements WHERE subject = 'twin' AND property = 'remark'",
      "SELECT hex(quote) FROM citations WHERE quote IS NOT NULL",
      "SELECT hex(locator) FROM citations WHERE locator LIKE 'caf%'",
      "SELECT hex(value) FROM statements WHERE subject = 'twin' AND property = 'name'",
    ]
    for query in kept { #expect(bytes(query, transcript) == 2, "\(query)") }
    #expect(!transcript.run("check").contains("does not"))
    for kind in ["", " with history"] {
      let name = kind.isEmpty ? "d" : "h"
      _ = transcript.run("dump \"\(name).ent\"\(kind)")
      let loaded = try TestRegistry.session()
      loaded.setFolder(folder.url)
      let again = Transcript(loaded)
      _ = again.run("load \"\(name).ent\"")
      for query in kept { #expect(bytes(query, again) == 2, "\(query) loaded from a dump\(kind)") }
      #expect(!again.run("check").contains("does not"))
      _ = again.run("dump \"\(name)2.ent\"\(kind)")
      let (first, second) = (try folder.read("\(name).ent"), try folder.read("\(name)2.ent"))
      #expect(Array(first.utf8) == Array(second.utf8))
    }
  }
}
