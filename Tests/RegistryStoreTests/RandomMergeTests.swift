import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine
import TestRegistry
import Testing

@Suite("Random merges")
struct RandomMergeTests {
  @Test("A merge that is taken back changes no answer, whatever was recorded before", arguments: 401...406)
  func mergeAndUnmerge(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    var merges = 0
    for round in 0..<6 {
      try edits.step(registry)
      let before = try Answers.all(registry, recorded: nil)
      let (one, other) = edits.pair()
      let merge: TransactionID?
      do {
        merge = try registry.write {
          try $0.store.apply(.merge(one, into: other, reason: "round \(round)"))
        }
      } catch StoreProblem.cannotMerge { continue }
      merges += 1
      #expect(try Answers.all(registry, recorded: nil) != before)
      #expect(try registry.check().compactMap(\.problem) == [])
      if round.isMultiple(of: 2) {
        try registry.write { try $0.store.apply(.unmerge(one)) }
      } else {
        try registry.write { try $0.store.apply(.revert(try #require(merge))) }
      }
      for (now, then) in zip(try Answers.all(registry, recorded: nil), before) {
        #expect(now.differences(from: then) == [])
      }
      #expect(try registry.check().compactMap(\.problem) == [])
    }
    #expect(merges > 0)
  }
}
