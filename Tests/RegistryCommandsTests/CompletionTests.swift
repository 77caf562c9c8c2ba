import Foundation
import RegistryCommands
import TestRegistry
import Testing

@Suite("Completion")
struct CompletionTests {
  private func complete(_ marked: String, _ session: Session? = nil) throws -> Completion {
    let text = marked.replacing("|", with: "", maxReplacements: 1)
    let cursor = marked.utf8.firstIndex(of: UInt8(ascii: "|")).map {
      marked.utf8.distance(from: marked.startIndex, to: $0)
    }
    return try (session ?? TestRegistry.example()).complete(text, cursor: try #require(cursor))
  }

  @Test(
    "offers what the grammar and the registry hold, each with a word on it",
    arguments: [
      ("sho|", "show", "Show an entity, a property of it, a statement or a transaction"),
      ("show fo|", "forge", "FORGE"), ("show forge.succ|", "succeeds", ""),
      ("show forge on 2026-0|", "2026-02-04", "forge.member from"),
      ("show forge on |", "2026-11-22", "today"),
      ("why summit.participant according to ga|", "gazette", "Gazette, a preview"),
      ("list initiatives where status = |", "active", ""), ("add part|", "partnership", ""),
      ("define property p of initiative to text rules rel|", "reliability", ""),
      ("conflicts where |", "kind", "how rivals differ"),
      ("conflicts where kind = each|", "each-combined", ""),
      ("show forge as js|", "json", ""), (".format j|", "json", ""), (".expand |", "auto", ""),
      (".schema init|", "initiatives", nil), ("help ti|", "times", "the three times to ask from"),
      ("help whe|", "where", "a clause"), (".help eve|", "evidence", nil),
      ("citing cou|", "courier", "The Courier on alliances"),
    ] as [(String, String?, String?)])
  func offers(marked: String, text: String?, about: String?) throws {
    let candidates = try complete(marked).candidates
    guard let text else { return #expect(candidates.isEmpty) }
    let candidate = try #require(candidates.first { $0.text == text }, "\(candidates)")
    if let about { #expect(candidate.about == about) }
  }

  @Test("offers what a thing has before what it could have", arguments: ["show forge.|", "why forge.s|"])
  func statedFirst(marked: String) throws {
    let offered = try complete(marked).candidates.map(\.text)
    let stated: Set<String> = ["name", "member", "started", "status", "succeeds", "type"]
    let firsts = offered.prefix { stated.contains($0) }
    #expect(Set(firsts) == stated.intersection(offered))
    #expect(!firsts.isEmpty && firsts.sorted() == Array(firsts))
  }

  @Test(
    "finds what is near where nothing begins so",
    arguments: [
      ("lsit|", "list"), ("rbk|", "rollback"), ("show froge|", "forge"),
      ("show treasruy-secretary|", "treasury-secretary"),
      ("show forge.suceeds|", "succeeds"), ("show forge as jsno|", "json"),
      ("list initiatives where status = actve|", "active"),
      ("show secretary|", "treasury-secretary"), ("help dtaes|", "dates"), (".fromat|", ".format"),
    ])
  func near(marked: String, expected: String) throws {
    #expect(try complete(marked).candidates.map(\.text).contains(expected))
  }

  @Test(
    "tells what is expected where there is nothing to offer",
    arguments: [
      ("list initiatives limit |", "limit N: at most so many; a whole number such as 10"),
      ("show forge save |", "save \"…\": write the result to a file; the path of a file, in quotes"),
      ("claim pipeline.amount = |", "amount: money such as USD 8.5bn"),
      (".lines |", ".lines N: Set how many lines a cell of a table may take before it ends in …"),
    ])
  func hints(marked: String, hint: String) throws {
    let completion = try complete(marked)
    #expect(completion.hint == hint)
    if !marked.contains("save") { #expect(completion.candidates.isEmpty) }
  }

  @Test("completes the names of files: bare behind a dot-command, quoted elsewhere, folders to go on in")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "entente-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "more"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["deals.csv", "my deals.csv", ".hidden", "more/rest.ent"] {
      try Data().write(to: folder.appending(path: name))
    }
    let session = try TestRegistry.session()
    session.setFolder(URL(filePath: folder.path, directoryHint: .isDirectory))
    func texts(_ marked: String) throws -> [String] { try complete(marked, session).candidates.map(\.text) }
    #expect(try texts(".read |") == ["deals.csv", "more/", "\"my deals.csv\""])
    #expect(try texts(".read more/r|") == ["more/rest.ent"])
    #expect(try texts(".output .h|") == [".hidden"])
    #expect(try texts("import \"de|") == ["\"deals.csv\""])
    #expect(try texts("import \"mo|") == ["\"more/"])
    #expect(try texts(".read nothing|") == [])
    #expect(try complete(".read mo|", session).candidates.first?.isUnfinished == true)
  }

  @Test("keys that begin so do not hide who has such a name, and who is called just so comes first")
  func names() throws {
    let session = try TestRegistry.example()
    _ = Transcript(session).run("add group japan-coast-guard \"Coast Guard of Japan\"")
    for typed in [
      "list initiatives where member = \"Jap|", "list initiatives where member = jap|", "show jap|",
    ] {
      let offered = try complete(typed, session).candidates
      #expect(offered.map(\.text) == ["japan-coast-guard", "JPN"], "\(typed)")
      #expect(offered.last?.about == "Japan · state")
    }
    for typed in ["show Japan|", "list initiatives where member = \"japan|"] {
      #expect(
        try complete(typed, session).candidates.map(\.text) == ["JPN", "japan-coast-guard"], "\(typed)")
    }
    #expect(try complete("show forge|", session).candidates.map(\.text) == ["forge"])
  }

  @Test("is a function of the text, the cursor and the registry")
  func pure() throws {
    let session = try TestRegistry.example()
    let first = try complete("show fo|rge on 2026", session)
    _ = try complete("show zzz|", session)
    #expect(try complete("show fo|rge on 2026", session) == first)
    #expect(try complete("show fo|", session) == first)
  }
}
