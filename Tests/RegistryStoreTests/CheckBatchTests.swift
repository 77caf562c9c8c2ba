import Foundation
import RegistryModel
import RegistryStore
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

@Suite("Checking ids, so many at a time")
struct CheckBatchTests {
  @Test("every statement is looked at once, whatever the size of a batch", arguments: [1, 7, 20, 1_000])
  func all(size: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("registry.entente")
    let registry = try SQLiteRegistry.open(location: path).registry
    try registry.write { registry in
      for number in 0..<10 { try registry.add("thing", "a-\(number)", "Alpha \(number)") }
    }
    registry.shared.checkedAtOnce = size
    let count = try registry.sql("SELECT count(*) FROM statements", limit: nil, .all).rows[0][0]
    func ids() throws -> CheckFinding {
      try #require(try registry.check().first { $0.test == "statement ids" })
    }
    let sound = try ids()
    #expect(sound.problem == nil && .integer(Int64(sound.examined)) == count)
    // The first, the last and one between two batches.
    for row in ["min(id)", "max(id)", "min(id) + 7"] {
      let damage = "UPDATE statement SET text = text || 'x' WHERE id = (SELECT \(row) FROM statement)"
      try registry.shared.db.run(damage)
      #expect(try ids().problem?.contains("does not fit its content") == true, "\(row)")
      try registry.shared.db.run(damage.replacing("text || 'x'", with: "substr(text, 1, length(text) - 1)"))
      #expect(try ids().problem == nil)
    }
    // What is withdrawn can come back by an undo.
    let last = try #require(
      try registry.statements(StatementSelection(subjects: [Key(unchecked: "a-9")]), .all).last)
    try registry.write { try $0.store.apply(.withdraw(last.id)) }
    #expect(try ids().examined == sound.examined)
    try registry.shared.db.run(
      "UPDATE statement SET text = text || 'x' WHERE digest = ?", [.text(last.id.digest)])
    #expect(try ids().problem == "\(last.id.short) does not fit its content")
    try registry.close()
  }
}
