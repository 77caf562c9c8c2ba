import Foundation
import RegistryModel
import RegistryStore
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

@Suite("Checking a registry")
struct SQLiteCheckTests {
  @Test(
    "A tampered row is found",
    arguments: [
      ("UPDATE statement SET chosen = 0 WHERE property = 'name'", "projection fact"),
      ("UPDATE statement SET chosen = NULL WHERE property = 'name'", "projection fact"),
      ("DELETE FROM name", "projection name"), ("UPDATE entity_now SET name = 'x'", "projection entity_now"),
      ("DELETE FROM found", "projection found"),
      ("INSERT INTO group_path SELECT 1, 1, '[]', '[]', 0, 0, 0, 0, 2", "projection group_path"),
      ("UPDATE statement SET text = 'x', folded = NULL", "statement ids"),
      ("INSERT INTO life(thing, id, tx_in) VALUES (1, 999, 1)", "content of lives"),
      ("INSERT INTO life(thing, id, tx_in, tx_out) VALUES (1, 1, 1, 77)", "life rows"),
      ("INSERT INTO life(thing, id, tx_in) VALUES (1, 1, 1)", "life rows"),
      ("UPDATE statement SET tx = 77 WHERE id = 1", "life rows"),
      ("UPDATE tx SET last_statement = 1", "life rows"),
    ])
  func findsTampering(sql: String, test: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("registry.entente")
    let registry = try SQLiteRegistry.open(location: path).registry
    try registry.write { try $0.add("thing", "a", "Alpha") }
    #expect(try registry.check().compactMap(\.problem) == [])
    try registry.close()
    let database = try Database(path)
    try database.run(sql)
    try database.close()
    let tampered = try SQLiteRegistry.open(location: path).registry
    let failing = try tampered.check().filter { $0.problem != nil }.map(\.test)
    #expect(failing.contains(test))
    try tampered.close()
  }

  @Test("The frequent questions scan no table of statements")
  func usesIndexes() throws {
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    try registry.write { try $0.add("thing", "a", "Alpha") }
    let questions = [
      "SELECT * FROM main.fact WHERE subject = 1 AND property IN ('name')",
      "SELECT subject FROM main.fact WHERE property = 'member' AND object = 3",
      "SELECT subject FROM main.fact WHERE property = 'amount' AND low_key > '1'",
      "SELECT * FROM main.name WHERE folded >= 'a' AND folded < 'b'",
      "SELECT * FROM main.entity_now WHERE type = 'state' ORDER BY key",
      "SELECT * FROM main.citation_now WHERE statement = 4",
      "SELECT * FROM main.citation_now WHERE source = 4",
      "SELECT * FROM main.statement WHERE digest >= 'ab' AND digest < 'ac'",
      "SELECT * FROM citations WHERE statement = 'x'", "SELECT * FROM citations WHERE source = 's'",
      "SELECT * FROM statements WHERE subject = 'a'",
      "SELECT * FROM memberships WHERE member = 'a'", "SELECT * FROM memberships WHERE initiative = 'a'",
    ]
    for question in questions {
      let plan = try registry.sql("EXPLAIN QUERY PLAN " + question, limit: nil, .all).rows.map {
        if case .text(let text)? = $0.last { text } else { "" }
      }
      #expect(plan.contains { $0.hasPrefix("SEARCH ") }, "\(question): \(plan)")
      // From end to end, be it of an index that holds all that is asked for.
      // What is in brackets is made of what other lines tell of.
      let small = ["json_each", "j", "p", "r", "CONSTANT"]
      for line in plan where line.hasPrefix("SCAN ") {
        let table = line.dropFirst(5).prefix { $0 != " " }
        #expect(small.contains(String(table)) || table.hasPrefix("("), "\(question): \(plan)")
      }
    }
  }
}
