import PostgreSQLEngine
import RegistryModel
import RegistryStore
import SQLiteEngine
import TestRegistry
import TestServer
import Testing

@testable import RelationalStore

/// What a session has read stays true while others write, or is read again.
@Suite("Sessions beside others")
struct OtherSessionTests {
  private func open(_ location: String) throws -> RelationalRegistry {
    location.hasPrefix("postgresql:")
      ? try PostgreSQLRegistry.open(location: location, options: ServerOptions(createIfMissing: true))
        .registry
      : try SQLiteRegistry.open(location: location).registry
  }

  /// All that is told of entities, statements, definitions and what contradicts.
  private func told(_ registry: any RegistryStore) throws -> String {
    let entities = try registry.entities(EntityQuery(types: nil), .all).rows.map { "\($0.entity)" }
    let statements = try registry.statements(StatementSelection(), .all).map {
      "\($0.id.short) \($0.isClaimed) \($0.rank) \($0.citations.count) \($0.standing.map { "\($0)" } ?? "")"
    }
    let contested = try registry.contestedPlaces(ContestedQuery(), .all)
    let schema = try registry.schema(.all)
    let cardinalities = schema.properties.values.map { "\($0.key) \($0.cardinality)" }.sorted()
    return (entities.sorted() + statements.sorted() + cardinalities + ["\(contested)"]).joined(
      separator: "\n")
  }

  @Test("tell the same after any edits of each other", arguments: 731...736)
  func alternately(seed: Int) throws {
    let folder = try TemporaryFolder()
    let location = folder.path("registry.entente")
    let sessions = [try open(location), try open(location)]
    try sessions[0].write { try RandomEdits.prepare($0) }
    var edits = RandomEdits(seed: seed)
    for number in 0..<24 {
      let writer = sessions[edits.chance(2) ? 0 : 1]
      switch number % 4 {
      case 0: _ = try writer.write { try edits.contradiction($0) }
      case 1:
        let cardinality: Cardinality = edits.chance(2) ? .one : .many
        _ = try writer.write { edits in
          try edits.store.apply(
            .defineProperty(
              PropertyDefinition(
                key: Key(unchecked: "many"), domain: [BuiltIn.entity], range: .choice(["x", "y", "z"]),
                cardinality: cardinality)))
        }
      default: try edits.step(writer)
      }
      let new = try open(location)
      let expected = try told(new)
      for session in sessions { #expect(try told(session) == expected, "after \(number)") }
      try new.close()
    }
    #expect(try sessions[1].check().compactMap(\.problem) == [])
    for session in sessions { try session.close() }
  }

  @Test("read definitions anew when one has changed, not whenever somebody writes", arguments: [false, true])
  func definitions(isOnServer: Bool) throws {
    let folder = try TemporaryFolder()
    let location =
      isOnServer ? try TestServer.shared.get().location("beside") : folder.path("registry.entente")
    let (one, other) = (try open(location), try open(location))
    func define(_ type: String, by session: RelationalRegistry) throws {
      _ = try session.write { edits in
        try edits.store.apply(
          .defineType(
            TypeDefinition(key: Key(unchecked: type), parent: BuiltIn.entity, plural: type + "s")))
      }
    }
    try define("thing", by: one)
    /// How many statements an edit of the other session runs that read definitions.
    func reads(_ type: String, _ key: String) throws -> Int {
      var count = 0
      other.shared.db.onStatement = { if $0.contains("main.definition d") { count += 1 } }
      defer { other.shared.db.onStatement = nil }
      _ = try other.write { try $0.add(type, key) }
      return count
    }
    #expect(try reads("thing", "a") > 0)
    // That others write at all is noticed once.
    for key in ["x", "y"] {
      _ = try one.write { try $0.add("thing", key) }
      _ = try reads("thing", key + "-other")
    }
    _ = try one.write { try $0.add("thing", "b") }
    #expect(try reads("thing", "c") == 0)
    try define("place", by: one)
    #expect(try reads("place", "d") > 0)
    _ = try one.write { try $0.claim("a", "name", .text("A")) }
    #expect(try reads("place", "e") == 0)
    #expect(try one.schema(.all).types[Key(unchecked: "place")] != nil)
    try one.close()
    try other.close()
  }
}
