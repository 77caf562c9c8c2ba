import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// Looking something up makes ready only what it needs; the answer must be that of a registry in which all is ready.
@Suite("Look-ups")
struct LookUpTests {
  /// What is known of a few entities, each asked for by itself.
  struct Found: Equatable {
    var records: [EntityRecord?] = []
    var about: [[StatementRecord]] = []
    var naming: [[StatementRecord]] = []
    var named: [[EntityRecord]] = []
    var cited: [[StatementRecord]] = []

    init(_ registry: SQLiteRegistry, _ times: Times) throws {
      for text in ["a", "b", "q-a", "p-b", "c", "g", "h", "s"] {
        let key = Key(unchecked: text)
        records.append(try registry.entity(key, times))
        about.append(try registry.statements(StatementSelection(subjects: [key]), times))
        naming.append(try registry.statements(StatementSelection(objects: [key]), times))
      }
      for name in ["p", "x", "q", "A", "p b"] { named.append(try registry.entities(named: name, times)) }
      for source in ["s", "r"] {
        cited.append(try registry.statements(StatementSelection(source: Key(unchecked: source)), times))
      }
    }
  }

  @Test("At any time asked for, one entity is answered for as among all", arguments: 401...404)
  func looksUpThePast(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    var recorded: [RecordedPoint?] = [nil]
    if let id = try registry.write({ try RandomEdits.prepare($0) }) { recorded.append(.transaction(id)) }
    for _ in 0..<10 { try edits.step(registry) { recorded.append(.transaction($0)) } }
    let date = try PartialDate(edtf: "2020-06-15")
    for point in recorded {
      for var times in [Times(), Times(published: date), Times(accordingTo: [Key(unchecked: "s")])] {
        times.recorded = point
        registry.shared.memory.past = nil
        let alone = try Found(registry, times)
        _ = try registry.entities(EntityQuery(types: nil), times)
        #expect(try Found(registry, times) == alone, "\(times)")
      }
    }
  }

  @Test("Between edits, one entity is answered for as when all is brought up to date", arguments: 501...506)
  func looksUpBetweenEdits(seed: Int) throws {
    var random = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    try registry.write { edits in
      for _ in 0..<60 {
        try random.edit(edits)
        guard random.chance(2) else { continue }
        let quick = try Found(registry, .all)
        try Projector(registry.shared).flush()
        #expect(try Found(registry, .all) == quick)
      }
    }
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  @Test("In the middle of a long import, what a filter leaves undecided is counted anew before it is told")
  func countsInALongImport() throws {
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    try registry.write { edits in
      for number in 0..<3_000 { try edits.claim("a", "many", .text("value \(number)")) }
      try edits.claim("b", "one", .text("x"))
      try Projector(registry.shared).flush(isLast: false)
      let filter = Filter.compare(path: [[Key(unchecked: "many")]], .equal, [.text("value 7")])
      let query = EntityQuery(types: [Key(unchecked: "thing")], filter: filter)
      #expect(try registry.entities(query, .all).undecided.count == 3)
    }
  }

  @Test("What a dropped part had brought up to date is so again, and what was edited before it too")
  func dropsAPart() throws {
    struct OnPurpose: Error {}
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    try registry.write { edits in
      try edits.claim("a", "one", .text("before"))
      try? registry.atomically { () throws in
        try edits.claim("a", "one", .text("inside"))
        try registry.atomically { () throws in try edits.claim("b", "many", .text("deeper")) }
        _ = try registry.entities(EntityQuery(types: nil), .all)
        throw OnPurpose()
      }
      #expect(
        try registry.statements(
          StatementSelection(subjects: [Key(unchecked: "a")], properties: [Key(unchecked: "one")]), .all
        ).map(\.statement.value) == [.text("before")])
    }
    #expect(try registry.check().compactMap(\.problem) == [])
  }
}
