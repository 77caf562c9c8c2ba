import PostgreSQLEngine
import RegistryModel
import RegistryStore
import TestServer
import Testing

@testable import RelationalStore

/// How often an edit asks the server and waits for it: everybody else who writes waits as long.
@Suite("Ways to the server and back")
struct RoundTripTests {
  /// - Returns: how often `body` asked, the second time that it is done: the first prepares what is asked.
  private func trips(_ schema: String, _ body: (Edits, Int) throws -> Void) throws -> Int {
    let location = try TestServer.shared.get().location(schema)
    let registry = try PostgreSQLRegistry.open(
      location: location, options: ServerOptions(createIfMissing: true)
    ).registry
    let engine = try #require(registry.shared.db as? PostgreSQLEngine)
    try registry.write { edits in
      try edits.store.apply(
        .defineType(TypeDefinition(key: Key(unchecked: "thing"), parent: BuiltIn.entity, plural: "things")))
      try edits.add("thing", "shared", "What all speak of")
      try edits.add("source", "s")
    }
    for number in 0..<3 { try registry.write { try body($0, number) } }
    let before = engine.roundTrips
    try registry.write { try body($0, 3) }
    return engine.roundTrips - before
  }

  @Test("of an edit are no more than its budget")
  func edits() throws {
    let claim = try trips("trips_claim") { edits, number in
      try edits.claim("shared", "name", .text("name \(number)"), citing: "s")
    }
    let thing = try trips("trips_thing") { edits, number in
      try edits.add("thing", "t-\(number)", "T \(number)")
    }
    let dated = try trips("trips_dated") { edits, number in
      try edits.claim(
        "shared", "name", .text("dated \(number)"),
        Validity(.period(.from(try PartialDate(edtf: "202\(number)-01-01")), nil)))
    }
    #expect(claim <= 4 && thing <= 3 && dated <= 5, "\([claim, thing, dated])")
  }
}
