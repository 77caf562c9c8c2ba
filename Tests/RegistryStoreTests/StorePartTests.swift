import RegistryModel
import RegistryStore
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// The parts of the store, each built by itself on a database of its own.
@Suite("Parts of the store")
struct StorePartTests {
  private let state: RegistryState

  init() throws {
    let db = SQLiteEngine(try Database(":memory:"), location: ":memory:", patience: 0)
    for migration in Format.migrations { try db.runScript(migration.sql) }
    try db.runScript(ProjectionSchema.creation)
    try db.tell(IndexHints.of(.main), of: .main)
    state = RegistryState(db, isReadOnly: false)
    try begin()
  }

  private func begin() throws {
    try state.db.run("BEGIN")
    state.transaction = OpenTransaction(
      info: TransactionInfo(author: "test", reason: nil, tool: "tests", at: "2026-01-01T00:00:00Z"))
  }

  private func end() throws {
    try state.db.run("COMMIT")
    state.transaction = nil
  }

  private func count(_ table: String) throws -> Int64 {
    try state.db.integer("SELECT count(*) FROM \(table)") ?? -1
  }

  private let deal = Statement(
    subject: Key(unchecked: "deal"), property: BuiltIn.type, value: .text("agreement"))

  @discardableResult
  private func record(_ statement: Statement) throws -> Int64 {
    let truth = Truth(state)
    _ = try truth.createEntity(statement.subject)
    let row = try truth.statementRow(statement, statement.id, isClaim: true)
    if row.isNew { try truth.assertNew(row.id, statement, as: .claims) }
    return row.id
  }

  @Test("the truth has each content once, and knows what is asserted")
  func truth() throws {
    let row = try record(deal)
    #expect(try record(deal) == row)
    #expect(try count("statement") == 1)
    let truth = Truth(state)
    #expect(try truth.isOpen(.statement, row))
    #expect(try truth.withdraw(.statement, row))
    #expect(try !truth.isOpen(.statement, row))
    #expect(throws: StoreProblem.unknownEntity(Key(unchecked: "other"))) {
      try truth.entityID(Key(unchecked: "other"))
    }
  }

  @Test("the projector makes of what was recorded what is read")
  func projector() throws {
    try record(deal)
    try record(Statement(subject: deal.subject, property: BuiltIn.name, value: .text("The Deal")))
    #expect(try count("entity_now") == 0)
    try Projector(state).flush()
    #expect(try state.db.text("SELECT name FROM entity_now") == "The Deal")
    #expect(try count("name") == 2)
    #expect(state.dirty.isEmpty)
    #expect(
      try state.db.integer("SELECT entities FROM tally WHERE property = '' AND type = 'agreement'") == 1)
  }

  @Test("the resolver finds the cells in which there is something to decide, and chooses")
  func resolver() throws {
    let rows = try ["2020", "2021"].map { date in
      try record(
        Statement(
          subject: deal.subject, property: Key(unchecked: "born"),
          value: .date(try PartialDate(edtf: date))))
    }
    try state.db.run("UPDATE statement SET chosen = 1")
    let cell = Dirty.Cell(subject: 1, property: "born")
    // A property that nobody defined has no rivals.
    #expect(try CellResolver(state).undecided([cell], in: .main).isEmpty)
    let property = PropertyDefinition(
      key: Key(unchecked: "born"), domain: [], range: .date, unit: nil, cardinality: .one, parent: nil,
      about: nil)
    _ = try Truth(state).assert(.definition, try Truth(state).definitionRow(property).id, isNew: true)
    #expect(try CellResolver(state).undecided([cell], in: .main) == [cell: rows])
    try CellResolver(state).resolve([cell: rows], in: .main)
    #expect(try state.db.integer("SELECT count(*) FROM statement WHERE chosen") == 1)
  }

  @Test("the loader of batches makes the indexes again that it dropped")
  func batchLoader() throws {
    let indexes =
      "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name)"
    let before = try state.db.text(indexes)
    try record(deal)
    try record(Statement(subject: deal.subject, property: BuiltIn.name, value: .text("The Deal")))
    state.transaction?.firstStatement = 1
    try BatchLoader(state).dropIndexes()
    #expect(!state.late.indexes.isEmpty)
    #expect(try state.db.text(indexes) != before)
    try BatchLoader(state).restoreIndexes()
    #expect(try state.db.text(indexes) == before)
  }

  @Test("the full text has what is named, and what waits is put there step by step")
  func text() throws {
    state.limits.textAtOnce = 1
    state.limits.textStep = 2
    for number in 0..<3 {
      try record(
        Statement(
          subject: Key(unchecked: "d\(number)"), property: BuiltIn.name, value: .text("Deal \(number)")))
    }
    try Projector(state).flush()
    #expect(try TextIndexer(state).textWaiting() == 3)
    try TextIndex(state).step()
    #expect(try TextIndexer(state).textWaiting() == 1)
    try TextIndex(state).step()
    #expect(try TextIndexer(state).textWaiting() == 0)
    #expect(try state.db.integer("SELECT count(*) FROM found WHERE found MATCH 'deal'") == 3)
  }

  @Test("an undo ends what a transaction asserted, and another time still has it")
  func undoAndPast() throws {
    try record(deal)
    try Projector(state).flush()
    try end()
    try begin()
    #expect(try TransactionUndo(state).revert(TransactionID(1)))
    try Projector(state).flush()
    try end()
    #expect(try count("entity_now") == 0)
    let times = Times(recorded: .transaction(TransactionID(1)))
    let past = PastScope(state)
    #expect(try past.scope(times) == .temp)
    try past.ready(.everything(), in: .temp)
    #expect(try count("temp.entity_now") == 1)
    #expect(
      try EntityPlanner(state).entities(EntityQuery(types: nil), times).rows.map(\.entity.key) == [
        deal.subject
      ])
  }
}
