import Foundation
import RegistryModel
import RegistryStore
import RegistryStoreSQLite
import Testing

@Suite("Random edits")
struct RandomEditTests {
  @Test(
    "After any edits the projections equal a rebuild, and undoing them all leaves nothing", arguments: 1...12)
  func staysConsistent(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    var transactions = [try registry.write { try RandomEdits.prepare($0) }]
    for _ in 0..<25 {
      let id = try registry.write { edits in
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          if Int.random(in: 0..<8, using: &generator) == 0 {
            struct OnPurpose: Error {}
            try? registry.atomically { () throws in
              try RandomEdits.edit(edits, &generator)
              throw OnPurpose()
            }
          } else {
            try RandomEdits.edit(edits, &generator)
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

  @Test(
    "Every answer recorded by a transaction is the one that was given when it was the newest",
    arguments: 1...8)
  func pastStays(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(100 + seed))
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    try registry.write { try RandomEdits.prepare($0) }
    var given: [(TransactionID, Answers)] = []
    for _ in 0..<12 {
      let id = try registry.write { edits in
        for _ in 0..<Int.random(in: 1...4, using: &generator) { try RandomEdits.edit(edits, &generator) }
      }
      guard let id else { continue }
      given.append((id, try Answers(registry, .all)))
      if Int.random(in: 0..<3, using: &generator) == 0,
        let undo = try registry.write({ _ = try $0.store.revert(id) })
      {
        given.append((undo, try Answers(registry, .all)))
      }
    }
    for (id, answers) in given {
      #expect(try Answers(registry, Times(recorded: .transaction(id))) == answers, "\(id)")
    }
  }

  @Test("A merge that is taken back changes nothing, whatever was recorded before", arguments: 1...8)
  func mergeAndUnmerge(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(200 + seed))
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    try registry.write { try RandomEdits.prepare($0) }
    for round in 0..<8 {
      try registry.write { edits in
        for _ in 0..<10 { try RandomEdits.edit(edits, &generator) }
      }
      let before = try Answers(registry, .all)
      let pair = RandomEdits.pair(&generator)
      let merge: TransactionID?
      do {
        merge = try registry.write {
          try $0.store.apply(.merge(pair.0, into: pair.1, reason: "round \(round)"))
        }
      } catch StoreProblem.cannotMerge { continue }
      #expect(try Answers(registry, .all) != before)
      #expect(try registry.check().compactMap(\.problem) == [])
      if round.isMultiple(of: 2) {
        try registry.write { try $0.store.apply(.unmerge(pair.0)) }
      } else {
        try registry.write { _ = try $0.store.revert(try #require(merge)) }
      }
      #expect(try Answers(registry, .all) == before)
      #expect(try registry.check().compactMap(\.problem) == [])
    }
  }
}
