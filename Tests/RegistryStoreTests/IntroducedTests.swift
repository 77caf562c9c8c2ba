import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore

/// Things that are new, of which nothing is to be decided, are projected without asking; a check makes all projections anew.
@Suite("What is new and plain")
struct IntroducedTests {
  private struct OnPurpose: Error {}

  private func registry() throws -> RelationalRegistry {
    let registry = try TestRegistry.store()
    try registry.write { edits in
      try RandomEdits.prepare(edits)
      try edits.add("thing", "old", "What was there")
    }
    return registry
  }

  /// Things that begin and end, follow others, are groups and members, and have values of all kinds.
  private func addAll(_ edits: Edits, _ mark: String) throws {
    func key(_ name: String) -> String { "\(name)-\(mark)" }
    try edits.add("thing", key("plain"))
    try edits.add("thing", key("named"), "Named \(mark)")
    try edits.add("thing", key("begun"), "Begun \(mark)")
    try edits.claim(key("begun"), "begun", .date(try PartialDate(edtf: "2020-05")))
    try edits.claim(key("begun"), "many", .text("x"))
    try edits.claim(key("begun"), "one-at-a-time", .text("Any words \(mark)"))
    try edits.add("thing", key("after"))
    try edits.claim(key("after"), "succeeds", .entity(Key(unchecked: key("begun"))))
    try edits.add("group", key("group"), "Group \(mark)")
    try edits.claim(key("group"), "member", .entity(Key(unchecked: key("named"))))
    try edits.claim(key("group"), "speaker", .entity(Key(unchecked: "old")))
    try edits.add("group", key("around"))
    try edits.claim(key("around"), "member", .entity(Key(unchecked: key("group"))))
  }

  private func isSound(_ registry: RelationalRegistry) throws {
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  @Test("is projected as it is when all is made anew")
  func isAsMadeAnew() throws {
    let registry = try registry()
    try registry.write { try addAll($0, "a") }
    try isSound(registry)
    // Each by itself, as an edit is.
    for step in 0..<3 {
      try registry.write { edits in
        try edits.add("thing", "single-\(step)", step == 0 ? nil : "Single")
        if step == 2 { try edits.claim("single-\(step)", "succeeds", .entity(Key(unchecked: "single-1"))) }
      }
      try isSound(registry)
    }
    let paths = try registry.paths(
      PathQuery(.groups, of: [Key(unchecked: "named-a")], in: [Key(unchecked: "around-a")]), .all)
    #expect(paths.count == 1)
  }

  @Test("asks nothing of the database while it is committed")
  func asksNothing() throws {
    let registry = try registry()
    try registry.write { try $0.add("thing", "first", "First") }
    var asked: [String] = []
    try registry.write { edits in
      try edits.add("thing", "second", "Second")
      registry.shared.db.onStatement = { asked.append($0) }
    }
    registry.shared.db.onStatement = nil
    #expect(asked.filter { $0.hasPrefix("SELECT") || $0.hasPrefix("WITH") } == [])
    #expect(asked.contains { $0.hasPrefix("INSERT INTO main.entity_now") })
  }

  @Test("and is as it was where a part that asked for it is dropped")
  func dropped() throws {
    let registry = try registry()
    try registry.write { edits in
      try addAll(edits, "b")
      try edits.claim("old", "many", .text("y"))
      try? registry.atomically { () throws in
        // All that waits is brought up to date, in the part that is dropped.
        _ = try registry.entities(EntityQuery(types: nil).counted(by: [Key(unchecked: "many")]), .all)
        try edits.claim("old", "many", .text("z"))
        try edits.add("thing", "gone")
        throw OnPurpose()
      }
      try edits.claim("old", "many", .text("x"))
      try edits.add("thing", "kept")
    }
    try isSound(registry)
    let counts = try registry.entities(EntityQuery(types: nil).counted(by: [Key(unchecked: "many")]), .all)
    let looked = try registry.entities(
      EntityQuery(types: nil, filter: .all([])).counted(by: [Key(unchecked: "many")]), .all)
    #expect(counts == looked)
  }
}
