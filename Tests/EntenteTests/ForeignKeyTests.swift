import CommandLanguage
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// Keys of other registries, with the signs that these use: they go through everything that reads and writes keys.
@Suite("Keys of other registries")
struct ForeignKeyTests {
  private static let keys = [
    "treaty:A[b]_1", "x:a b", "x:é#;{}", "x:->|", "x:a,b=c", "x:'q'", "x:$n", "東:京 1",
  ]
  .filter(Key.isWellFormed)

  /// As it can always be written.
  private func quoted(_ key: String) -> String {
    "\"" + key.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("$", with: "\\$") + "\""
  }

  /// A registry in which a key is that of a pact, of a state and of a source.
  private func session(_ key: String) throws -> AnalysisSession {
    let (name, source) = (
      quoted(key), quoted(key + "s")
    )
    return try AnalysisSession(
      """
      source \(source) "A source" { published 2026-01-01; reliability A }
      citing \(source) {
        add state \(quoted(key + "z")) "A state"
        add state JPN "Japan"
        add partnership other "Another" { member = JPN from 2020 }
        add partnership \(name) "A pact" {
          member = \(quoted(key + "z")), JPN from 2021 quote "its members"
          succeeds = other
        }
      }
      """)
  }

  @Test("can be keys", arguments: keys)
  func wellFormed(key: String) { #expect(Key.isWellFormed(key) && Key.isWellFormed(key + "z")) }

  @Test("edit writes commands that say exactly what is recorded", arguments: keys)
  func edited(key: String) throws {
    let session = try session(key)
    let name = quoted(key)
    var script: EntityScript?
    try session.transcript.session.execute(
      SourceText(name: "test", text: "edit \(name)"), atomicity: .eachCommand
    ) { outcome in
      if case .success(let answer) = outcome, case .edit(.entity(let found))? = answer.action {
        script = found
      }
    }
    let found = try #require(script)
    func changes(_ text: String) throws -> [String] {
      try session.transcript.session.preview { (session) throws(Failure) in
        try session.carryOut(found, edited: SourceText(name: "edited", text: text))
      }
    }
    #expect(try changes(found.text) == [])
    let line = try #require(found.lines.first { $0.command.contains(".member = JPN") }).command
    #expect(try changes(found.text.replacing(line, with: "")) == ["- \(line)"])
  }

  @Test(
    "an export comes back with nothing edited, and an edited value as its own change", arguments: keys,
    ["csv", "tsv", "json", "jsonl"])
  func exported(key: String, format: String) throws {
    let session = try session(key)
    let folder = try ScratchFolder()
    session.transcript.session.setFolder(folder.url)
    #expect(
      session.run("export \"a.\(format)\" { list partnerships columns member, succeeds }").contains(
        "exported"))
    let told = session.run("import \"a.\(format)\"")
    #expect(told.contains(": nothing was edited"), "\(told)")
    let text = try folder.read("a.\(format)")
    let edited = text.replacing("A pact", with: "A new pact").replacing("\"other\"", with: "\"JPN\"")
    // A value in a column of keys: of whom the pact is a successor.
    #expect(
      text.contains(format.hasPrefix("json") ? key.replacing("\"", with: "\\\"") : String(key.prefix(2))))
    #expect(edited != text)
  }

  @Test("the whole registry comes back", arguments: keys)
  func dumped(key: String) throws {
    let session = try session(key)
    let folder = try ScratchFolder()
    session.transcript.session.setFolder(folder.url)
    #expect(session.run("export \"all.csv\"").contains("exported"))
    #expect(session.run("import \"all.csv\"").contains(": nothing was edited"))
    let dump = session.run("dump")
    let copy = Transcript(try TestRegistry.session())
    try folder.write(dump, to: "a.ent")
    copy.session.setFolder(folder.url)
    #expect(!copy.run("load \"a.ent\"").contains("error:"))
    #expect(copy.run("dump") == dump)
  }

  @Test("plugins get and give them", arguments: keys)
  func analysed(key: String) throws {
    let session = try session(key)
    let name = quoted(key)
    let roster = session.rows("roster \(name), other")
    #expect(Set(roster.compactMap { $0["member"] }) == [key + "z", "JPN"], "\(roster)")
    let overlap = session.run("overlap \(name), other")
    #expect(overlap.contains("\(key)\tother\t1\t2\t0.5"), "\(overlap)")
  }

  @Test("what is offered for the beginning of one is read as that one", arguments: keys)
  func completed(key: String) throws {
    let session = try session(key)
    let name = quoted(key)
    for word in [name, String(name.prefix(while: { $0 != ":" })) + ":"] {
      let line = "show \(word.hasSuffix("\"") ? String(word.dropLast()) : word)"
      let completion = session.transcript.session.complete(line, cursor: line.utf8.count)
      let offered = try #require(
        completion.candidates.first { $0.about.contains("A pact") }, "\(line): \(completion)")
      let start = line.utf8.index(line.startIndex, offsetBy: completion.span.start)
      let chosen = line[..<start] + offered.text
      #expect(session.run(String(chosen)) == session.run("show \(name)"), "\(chosen)")
      #expect(session.run(String(chosen)).contains("A pact"))
    }
  }
}
