import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RegistryCommands

/// The parts of a session, each built by itself on a store.
@Suite("Parts of a session")
struct SessionPartTests {
  private let session: Session
  private var store: any RegistryStore { session.store }

  init() throws { session = try TestRegistry.example() }

  private func carryOut(_ text: String) throws {
    try session.execute(SourceText(name: "test", text: text), atomicity: .eachCommand) { _ in }
  }

  private func command(_ text: String) throws -> CommandSyntax {
    let tree = SourceTree(parsing: text, signatures: CommandTable.own.signatures)
    return try #require(tree.commands.first)
  }

  private func invocation(_ text: String, _ definition: CommandDefinition) throws -> Invocation {
    try Invocation(try command(text), by: definition.signature)
  }

  /// Edits as they are handed over, of which none is carried out.
  private final class Collected: EditSink {
    var edits: [Edit] = []

    func apply(_ edit: Edit, _ span: Span?) throws(Failure) -> EditOutcome {
      edits.append(edit)
      return EditOutcome(changed: true)
    }
  }

  private func recorder(
    _ edits: any EditSink, parameters: Parameters = Parameters(), remark: ((String) -> Void)? = nil
  ) -> Recorder {
    Recorder(
      ReadContext(store: store, today: session.today, remark: remark), parameters, evidence: nil,
      edits: edits,
      isCommand: { CommandTable.own[$0] != nil })
  }

  private func resolver(at times: Times = .all, citing sources: [Key] = []) -> NameResolver {
    NameResolver(
      context: ReadContext(store: store, today: session.today, times: times), parameters: Parameters(),
      citedSources: sources,
      make: { (name, _, _) throws(Failure) in throw Failures.malformedKey(name.text, name.span) })
  }

  private let nowhere = Span(0, 0)

  @Test("a name means what it meant when that was recorded which is asked for")
  func recordedNames() throws {
    try carryOut(#"alias KOR "the chair""#)
    try carryOut("undo t2")
    try carryOut(#"alias JPN "the chair""#)
    let name = NameSyntax(.quoted, "the chair", nowhere)
    #expect(try resolver().entity(name).key.text == "JPN")
    let then = Times(recorded: .transaction(TransactionID(2)))
    #expect(try resolver(at: then).entity(name).key.text == "KOR")
  }

  @Test("a source's own name counts where it is cited, and nowhere else")
  func localNames() throws {
    try carryOut(#"alias USA "the superpower" in courier because "so it says""#)
    let name = NameSyntax(.quoted, "the superpower", nowhere)
    #expect(try resolver().entityIfKnown(name) == nil)
    #expect(try resolver(citing: [Key(unchecked: "courier")]).entity(name).key.text == "USA")
  }

  @Test("a claim becomes edits, and nothing is recorded before they are applied")
  func recording() throws {
    let before = try store.transactions(limit: 1)
    let collected = Collected()
    let said = try recorder(collected).assert(
      try invocation("claim forge.chair = KOR through 2026-06", .claim), denies: false)
    #expect(said.messages == ["claimed forge.chair = KOR through 2026-06"])
    guard case .claim(let statement, nil)? = collected.edits.first, collected.edits.count == 1 else {
      Issue.record("\(collected.edits)")
      return
    }
    #expect(statement.value == .entity(Key(unchecked: "KOR")))
    #expect(try store.transactions(limit: 1) == before)
    #expect(try store.statements(idPrefix: statement.id.digest).isEmpty)
  }

  @Test("what `new` stands for is made before it is claimed, and told where it hides another name")
  func making() throws {
    let collected = Collected()
    var remarks: [String] = []
    _ = try recorder(collected, remark: { remarks.append($0) }).assert(
      try invocation(#"claim treasury-secretary.holder = new person doe "Japan""#, .claim), denies: false)
    #expect(collected.edits.first == .createEntity(Key(unchecked: "doe")))
    #expect(collected.edits.count == 4)
    #expect(remarks.count == 1)
    #expect(remarks.first?.contains("is a name of JPN") == true)
  }

  @Test("a parameter is a value, and in a row a column")
  func parameters() throws {
    var parameters = Parameters(values: ["who": "KOR", "when": "2026"])
    #expect(try parameters.substituted("$who", nowhere) == "KOR")
    #expect(parameters.interpolated("in $when, $nothing") == "in 2026, $nothing")
    let row = CurrentRow(
      try ImportOptions(try invocation(#"import "x.csv" { }"#, .importFile), [], isMapped: true),
      file: "x.csv",
      outer: ["who", "when"])
    for column in ["who"] { _ = row.columns.add(column) }
    row.raw = ImportRow(line: 2, fields: ["JPN"])
    parameters.row = row
    #expect(try parameters.substituted("$who", nowhere) == "JPN")
    #expect(parameters.interpolated("$when") == "2026")
  }

  @Test("a plan is tested once, and leaves out of a row what speaks of an empty field")
  func plans() throws {
    let interpreter = recorder(Collected()).interpreter
    func plan(_ text: String) throws -> ImportPlan {
      try ImportPlan(
        MappingText(commands: try invocation(#"import "x.csv" { \#(text) }"#, .importFile).commands ?? []),
        interpreter)
    }
    #expect(throws: Failure.self) { try plan("list initiatives") }
    #expect(throws: Failure.self) { try plan("claim $who.nosuch = $what") }
    let read = try plan("claim $who.member = $what from $since")
    #expect(read.parameters.map(\.name) == ["who", "what", "since"])
    let row = CurrentRow(
      try ImportOptions(try invocation(#"import "x.csv" { }"#, .importFile), [], isMapped: true),
      file: "x.csv",
      outer: [])
    for column in ["who", "what", "since"] { _ = row.columns.add(column) }
    row.raw = ImportRow(line: 2, fields: ["quad", "USA", ""])
    var skipped: [ImportSkip] = []
    let commands = try read.commands(for: row) { skipped.append($0) }
    #expect(commands.count == 1)
    #expect(commands.first?.clauses.isEmpty == true)
    #expect(skipped == [ImportSkip(column: "since", clause: "from")])
  }

  @Test("a part that fails is dropped alone, a transaction that fails as a whole")
  func transactions() throws {
    let transactor = Transactor(store)
    let info = TransactionInfo(
      author: "tester", reason: "parts", tool: "tests", at: "2026-11-22T12:00:00.000Z")
    func claim(_ name: String) throws(Failure) {
      let statement = Statement(
        subject: Key(unchecked: "forge"), property: BuiltIn.name, value: .text(name))
      _ = try StoreEdits(store: store).apply(.claim(statement, nil), nil)
    }
    let before = try store.transactions(limit: 1).first?.id
    #expect(throws: Failure.self) {
      try transactor.inTransaction(info) { () throws(Failure) in
        try claim("One")
        throw Failure(code: "test", "no more")
      }
    }
    #expect(try store.transactions(limit: 1).first?.id == before)
    try transactor.begin(info, nil)
    try transactor.inPart { () throws(Failure) in try claim("Two") }
    #expect(throws: Failure.self) {
      try transactor.inPart { () throws(Failure) in
        try claim("Three")
        transactor.gather(reason: "dropped")
        throw Failure(code: "test", "no more")
      }
    }
    transactor.gather(reason: "kept")
    let id = try #require(try transactor.commit(nil))
    #expect(try store.transaction(id)?.reason == "parts\nkept")
    let names = try store.entities(named: "Two", .all).map(\.key.text)
    #expect(names == ["forge"])
    #expect(try store.entities(named: "Three", .all).isEmpty)
  }

  @Test("a dry run tells what would have changed, and keeps nothing")
  func dryRuns() throws {
    let transactor = Transactor(store)
    transactor.beginDryRun()
    let info = TransactionInfo(author: "tester", reason: nil, tool: "tests", at: "2026-11-22T12:00:00.000Z")
    _ = try transactor.inTransaction(info) { () throws(Failure) in
      let statement = Statement(
        subject: Key(unchecked: "forge"), property: BuiltIn.name, value: .text("Tried"))
      _ = try StoreEdits(store: store).apply(.claim(statement, nil), nil)
    }
    let reader = recorder(Collected()).changeReader
    #expect(try transactor.tried(reader)?.rows.count == 1)
    #expect(try transactor.tried(reader) == nil)
    transactor.endDryRun()
    #expect(try store.entities(named: "Tried", .all).isEmpty)
  }

  @Test("no result is written over the registry, by whatever path")
  func files() throws {
    let files = FileAccess(registry: "/data/alliances.db", Transactor(store))
    files.folder = URL(filePath: "/data/scripts/", directoryHint: .isDirectory)
    #expect(files.path("../x.csv") == "/data/x.csv")
    #expect(throws: Failure.self) { try files.writable(Word("../alliances.db", nowhere)) }
    #expect(throws: Failure.self) { try files.writable(Word("/data/./alliances.db-wal", nowhere)) }
    #expect(try files.writable(Word("out.csv", nowhere)).url.path == "/data/scripts/out.csv")
  }
}
