import CommandLanguage
import Conformance
import Foundation
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

/// What a store may lack is asked for, and said where it is not there; nothing else of the program needs it.
@Suite("A store without what a store may lack")
struct CapabilityTests {
  /// A session like another one, on the same registry behind a store that has only what every store must have.
  private func plain(_ session: Session) -> Transcript {
    Transcript(Session(store: PlainStore(session.store), settings: session.settings))
  }

  /// What needs a capability.
  static let needing: [(command: String, capability: StoreCapability)] = [
    ("sql SELECT 1", .sql),
    ("sql recorded by t1 { SELECT * FROM statements }", .sql),
    ("find \"south korea\"", .textSearch),
    ("dump", .dumps),
    ("dump with history", .dumps),
    ("dump \"out.ent\"", .dumps),
    ("dump \"out.ent\" despite damage", .dumps),
    ("backup \"out.ent\"", .backup),
    ("suggest splits", .uniting),
    ("split forge as new-forge from t1", .uniting),
  ]

  @Test("says what it lacks, and does nothing", arguments: needing)
  func refuses(command: String, capability: StoreCapability) throws {
    let folder = try ScratchFolder()
    let transcript = plain(try TestRegistry.example())
    transcript.session.setFolder(folder.url)
    try expectRefusal(command, capability, transcript.session)
    #expect(!folder.exists("out.ent"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    #expect(transcript.session.store.state == WritingState(transaction: nil, isInTrial: false))
  }

  @Test("takes no dump, whether its text or its file, dry or not", arguments: [false, true])
  func loadsNothing(isDry: Bool) throws {
    let folder = try ScratchFolder()
    let filled = Transcript(try TestRegistry.example())
    filled.session.setFolder(folder.url)
    for (file, clause) in [("dump.ent", ""), ("history.ent", " with history")] {
      #expect(filled.run("dump \"\(file)\"\(clause)") == "-- dumped to \(file)\n")
    }
    let empty = plain(try TestRegistry.session())
    empty.session.setFolder(folder.url)
    if isDry { empty.session.beginDryRun() }
    for file in ["dump.ent", "history.ent"] {
      try expectRefusal("load \"\(file)\"", .dumps, empty.session)
    }
    try expectRefusal("restore \"dump 2\"", .dumps, empty.session)
    try expectRefusal("fingerprint", .uniting, empty.session)
    if isDry { empty.session.endDryRun() }
    #expect(try empty.session.store.transactions(limit: 1).isEmpty)
    #expect(empty.session.store.state == WritingState(transaction: nil, isInTrial: false))
  }

  private func expectRefusal(
    _ command: String, _ capability: StoreCapability, _ session: Session,
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    let problem = StoreProblem.lacks(capability)
    let failure = #expect(throws: Failure.self, sourceLocation: place) {
      try session.execute(SourceText(name: "<input>", text: command), atomicity: .eachCommand) { outcome in
        if case .success(let answer) = outcome {
          Issue.record("\(command) answered \(answer)", sourceLocation: place)
        }
      }
    }
    let diagnostic = try #require(failure?.diagnostics.first, sourceLocation: place)
    #expect(failure?.status == .refused, sourceLocation: place)
    #expect(
      [diagnostic.code, diagnostic.message, diagnostic.help] == [
        problem.code, problem.message, problem.help,
      ],
      sourceLocation: place)
    #expect(diagnostic.span != nil, sourceLocation: place)
  }

  @Test("has a code, words and a way out for each of them")
  func words() {
    let problems = StoreCapability.allCases.map(StoreProblem.lacks)
    #expect(problems.map(\.code) == ["no-sql", "no-text-search", "no-dumps", "no-backup", "no-uniting"])
    #expect(Set(problems.map(\.message)).count == problems.count)
    #expect(problems.allSatisfy { $0.help != nil && !$0.isStorage })
  }

  @Test("answers all else as another does, and takes edits as it does", arguments: ExampleTests.cases)
  func answersAllElse(_ example: ExampleTests.Case) throws {
    let command = example.example.command
    guard !["sql", "find", "split", "suggest splits"].contains(where: command.hasPrefix) else { return }
    let usual = Transcript(try TestRegistry.example())
    let plain = plain(try TestRegistry.example())
    for text in example.before + [command, "show forge", "list transactions"] {
      #expect(plain.run(text) == usual.run(text), "\(text)")
    }
    #expect(try plain.session.store.check().compactMap(\.problem) == [])
  }

  @Test("completes words, keys and near names without a search")
  func completes() throws {
    let session = plain(try TestRegistry.example()).session
    func offered(_ text: String) -> [String] {
      session.complete(text, cursor: text.utf8.count).candidates.map(\.text)
    }
    #expect(offered("show for") == ["forge"])
    #expect(offered("show forgee").contains("forge"))
  }

  @Test("has a dry run and a long transaction as another has")
  func writes() throws {
    let (usual, plain) = (Transcript(try TestRegistry.example()), plain(try TestRegistry.example()))
    for isDry in [true, false] {
      let text = """
        begin "an edit"
        claim forge.member = AUS citing courier
        rollback
        begin "another"
        claim forge.member = AUS citing courier
        commit
        undo
        history forge
        """
      let printed = plain.run(text, isDryRun: isDry)
      #expect(printed == usual.run(text, isDryRun: isDry))
      #expect(printed.contains("rolled back") && printed.contains("undo t"))
    }
  }
}
