import Foundation
import RegistryModel
import RegistryStore
import RegistryStoreSQLite
import Testing

@Suite("Random edits")
struct RandomEditTests {
  private static let names = ["a", "b", "c", "d"]
  private static let properties = ["many", "one", "one-at-a-time", "name"]

  @Test(
    "After any edits the projections equal a rebuild, and undoing them all leaves nothing", arguments: 1...12)
  func staysConsistent(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    var transactions = [try registry.write { try prepare($0) }]
    for _ in 0..<25 {
      let id = try registry.write { edits in
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          if Int.random(in: 0..<8, using: &generator) == 0 {
            struct OnPurpose: Error {}
            try? registry.atomically { () throws in
              try edit(edits, &generator)
              throw OnPurpose()
            }
          } else {
            try edit(edits, &generator)
          }
        }
      }
      transactions.append(id)
      if Int.random(in: 0..<5, using: &generator) == 0, let id {
        transactions.append(try registry.write { _ = try $0.store.revert(id) })
      }
    }
    #expect(try registry.check().compactMap(\.problem) == [])
    for id in transactions.compactMap({ $0 }).reversed() {
      // What an undo opened and closed is undone by undoing what it undid.
      do { try registry.write { _ = try $0.store.revert(id) } } catch StoreProblem.alreadyUndone {}
    }
    #expect(try registry.entities(EntityQuery(types: nil), .all).rows.isEmpty)
    #expect(try registry.statements(StatementSelection(), .all).isEmpty)
    #expect(try registry.schema(.all).properties.count == BuiltIn.properties.count)
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  private func prepare(_ edits: Edits) throws {
    let cardinalities: [(String, Cardinality)] = [
      ("many", .many), ("one", .one), ("one-at-a-time", .oneAtATime),
    ]
    for (key, cardinality) in cardinalities {
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: key), domain: [BuiltIn.entity], range: .text, cardinality: cardinality)))
    }
    for name in Self.names { try edits.add("thing", name, name.uppercased()) }
    for source in ["s", "r"] {
      try edits.add("source", source)
      try edits.store.apply(.setSource(Key(unchecked: source), SourceData(title: source)))
    }
  }

  private func edit(_ edits: Edits, _ generator: inout SeededGenerator) throws {
    func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &generator)] }
    let subject = pick(Self.names)
    let key = Key(unchecked: subject)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<4:
      try edits.claim(
        subject, pick(Self.properties), .text(pick(["x", "y", "z"])), citing: pick(["s", "r", nil]))
    case 4:
      let statement = Statement(
        subject: key, property: Key(unchecked: pick(Self.properties)), value: .text("x"))
      try edits.store.apply(.deny(statement, Citation(source: Key(unchecked: pick(["s", "r"])))))
    case 5:
      let records = try edits.store.statements(
        StatementSelection(subjects: [key], properties: Self.properties.map(Key.init(unchecked:))), .all)
      if !records.isEmpty { try edits.store.apply(.withdraw(pick(records).id)) }
    case 6: try edits.store.apply(.alias(key, name: pick(["p", "q"]), source: nil, reason: nil))
    case 7: try edits.store.apply(.withdrawAlias(key, name: pick(["p", "q"])))
    case 8:
      let reliability = pick(SourceData.Reliability.allCases)
      try edits.store.apply(
        .setSource(Key(unchecked: pick(["s", "r"])), SourceData(title: "t", reliability: reliability)))
    default:
      let records = try edits.store.statements(StatementSelection(subjects: [key]), .all)
      if !records.isEmpty {
        try edits.store.apply(.rank(pick(records).id, pick([.preferred, .normal, .deprecated]), reason: nil))
      }
    }
  }
}
