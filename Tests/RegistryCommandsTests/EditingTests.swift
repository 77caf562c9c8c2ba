import CommandLanguage
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@Suite("Editing an entity as commands")
struct EditingTests {
  private func script(_ key: String, _ session: Session) throws -> EntityScript {
    var request: EditRequest?
    try session.execute(SourceText(name: "test", text: "edit \(key)"), atomicity: .eachCommand) { outcome in
      if case .success(let answer) = outcome, case .edit(let found)? = answer.action { request = found }
    }
    guard case .entity(let script)? = request else { throw CancellationError() }
    return script
  }

  private func preview(_ script: EntityScript, _ edited: String, _ session: Session) throws -> [String] {
    try session.preview { (session) throws(Failure) in
      try session.carryOut(script, edited: SourceText(name: "edited", text: edited))
    }
  }

  @Test("every line of every entity of the Seed says exactly what is recorded")
  func faithful() throws {
    let session = try TestRegistry.seeded()
    let page = try session.store.entities(EntityQuery(types: nil), .all)
    #expect(page.rows.count > 500)
    for row in page.rows {
      let script = try script(row.entity.key.text, session)
      // Carried out again nothing changes: each line is the same statement with the same citation.
      let text = script.lines.map(\.command).joined(separator: "\n")
      let changed = try session.preview { (session) throws(Failure) in
        try session.execute(SourceText(name: row.entity.key.text, text: text), atomicity: .eachCommand) { _ in
        }
      }
      #expect(changed == [], "\(row.entity.key)")
      #expect(try preview(script, script.text, session) == [], "\(row.entity.key)")
    }
  }

  @Test("a line that is deleted is retracted, one that is added is carried out, and a preview keeps nothing")
  func changes() throws {
    let session = try TestRegistry.example()
    let script = try script("forge", session)
    let line = try #require(script.lines.first { $0.command.contains("forge.member = USA") }).command
    let edited = script.text.replacing(line, with: "claim forge.member = JPN from 2026-02-04")
    let lines = try preview(script, edited, session)
    #expect(lines == ["- \(line)", "+ claim forge.member = JPN from 2026-02-04"])
    #expect(Transcript(session).run("list forge.member").contains("USA"))
    let id = try session.keep(
      { (session) throws(Failure) in
        try session.carryOut(script, edited: SourceText(name: "edited", text: edited))
      }, reason: "edit forge")
    #expect(id == TransactionID(2))
    let members = Transcript(session).run("list forge.member")
    #expect(members.contains("JPN") && !members.contains("USA"))
  }

  @Test("of several sources of a statement one can go, and the statement stays")
  func oneSource() throws {
    let session = try TestRegistry.example()
    let script = try script("treasury-secretary", session)
    let lines = script.lines.filter { $0.command.contains("= bessent") }
    #expect(lines.count == 2)
    let edited = script.text.replacing(lines[1].command + "\n", with: "")
    #expect(try preview(script, edited, session) == ["- \(lines[1].command)"])
    _ = try session.keep(
      { (session) throws(Failure) in
        try session.carryOut(script, edited: SourceText(name: "edited", text: edited))
      }, reason: "edit")
    #expect(Transcript(session).run("show treasury-secretary.holder").contains("bessent"))
  }

  @Test("what cannot be carried out is told at its place, and nothing is kept")
  func mistakes() throws {
    let session = try TestRegistry.example()
    let script = try script("forge", session)
    for (line, code) in [
      ("claim forge.chair = ", "missing-argument"), ("claim forge.chair = nobody", "unknown-name"),
    ] {
      let failure = #expect(throws: Failure.self) { try preview(script, "# nothing else\n\(line)", session) }
      #expect(failure?.diagnostics.first?.code == code)
      #expect(failure?.source?.name == "edited")
    }
    #expect(!session.store.isInTransaction)
    #expect(Transcript(session).run("show forge").contains("msp"))
  }

  @Test("inside an open transaction a preview leaves it as it was")
  func inTransaction() throws {
    let session = try TestRegistry.example()
    _ = Transcript(session).run("begin; add person somebody-new")
    let script = try script("forge", session)
    #expect(try preview(script, "", session).count == script.lines.count)
    #expect(session.openTransaction?.edits == 1)
    #expect(Transcript(session).run("commit").contains("t2: committed"))
  }

  @Test("a session that is read-only or safe opens no editor", arguments: [true, false])
  func refused(readOnly: Bool) throws {
    let session = try TestRegistry.example()
    session.settings.readOnly = readOnly
    session.settings.safe = !readOnly
    #expect(Transcript(session).run("edit forge").contains(readOnly ? "read-only" : "safe"))
  }
}
