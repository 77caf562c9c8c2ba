import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import RelationalStore
import SQLiteEngine
import SeededNumbers
import TestRegistry
import Testing

/// Registries that went on by themselves, with random histories, and were united in every order.
@Suite("Uniting")
struct UnitingLawTests {
  private static let isLong = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil
  private static let arrived = "2026-06-01T00:00:00.000Z"

  /// Registries that were used and are emptied: to open one and to prepare what is asked of it takes longer than to ask.
  private final class Registries {
    private var (free, used) = ([SQLiteRegistry](), [SQLiteRegistry]())

    func take() throws -> SQLiteRegistry {
      let registry = try free.popLast() ?? TestRegistry.store()
      used.append(registry)
      return registry
    }

    /// After a history, nothing of which is needed any more.
    func giveBack() throws {
      guard !TestRegistry.isOnServer else {
        used = []
        return
      }
      for registry in used { try registry.empty() }
      free += used
      used = []
    }
  }

  private let registries = Registries()

  private func empty() throws -> SQLiteRegistry { try registries.take() }

  @discardableResult
  private func unite(_ one: SQLiteRegistry, with other: SQLiteRegistry) throws -> Int {
    try one.unite(with: other, author: "tester", arrived: Self.arrived).count
  }

  private func expectSound(
    _ registry: SQLiteRegistry, _ which: Comment = "", at place: SourceLocation = #_sourceLocation
  ) throws {
    let problems = try registry.check().compactMap { finding in
      finding.problem.map { "\(finding.test): \($0)" }
    }
    #expect(problems == [], which, sourceLocation: place)
  }

  /// What stands: the contents, as a dump without history tells them.
  private func standing(_ registry: SQLiteRegistry) throws -> [RecordedContent] {
    var found: [RecordedContent] = []
    try registry.recordedContents { content in
      found.append(content)
      return true
    }
    return found
  }

  /// What is defined, as it is read.
  private func definitions(_ registry: SQLiteRegistry) throws -> Set<RecordedContent> {
    let schema = try registry.schema(.all)
    return Set(
      schema.types.values.map(RecordedContent.type) + schema.properties.values.map(RecordedContent.property))
  }

  private static var rounds: Int { TestRegistry.isOnServer ? 4 : isLong ? 10_000 : 60 }

  @Test(
    "in any order and any number of times gives the same, and loses nothing",
    arguments: [0, 1])
  func converges(part: Int) throws {
    var partings = 0
    for seed in stride(from: part, to: Self.rounds, by: 2) {
      partings += try trial(seed)
      // A run of hours says how far it came.
      if Self.isLong, (seed / 2).isMultiple(of: 250) {
        FileHandle.standardError.write(Data("stress: seed \(seed) of \(Self.rounds) united\n".utf8))
      }
    }
    #expect(partings > 0 || Self.rounds < 60, "nothing was parted")
    if Self.isLong {
      print("stress: \(Self.rounds / 2) histories united in every order, \(partings) partings in them")
    }
  }

  /// - Returns: how often something was moved from one key to another.
  private func trial(_ seed: Int) throws -> Int {
    var random = Seeded(seed: UInt64(seed) &+ 77_000)
    let count = Bool.random(using: &random) ? 2 : 3
    let base = try empty()
    try base.write { try RandomEdits.prepare($0) }
    var edits = RandomEdits(seed: seed)
    for _ in 0..<Int.random(in: 0...4, using: &random) { try edits.step(base) }
    let defined = try base.write { edits in
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: "extra"), domain: [BuiltIn.entity], range: .choice(["x", "y", "z"]),
            cardinality: .many,
            // What it narrows is counted by it too.
            parent: Bool.random(using: &random) ? Key(unchecked: "many") : nil)))
    }
    var sides: [SQLiteRegistry] = [base]
    for _ in 1..<count {
      let side = try empty()
      try unite(side, with: base)
      sides.append(side)
    }
    var steps: [RandomEdits] = (0..<count).map { RandomEdits(seed: seed * 10 + $0) }
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let index = Int.random(in: 0..<count, using: &random)
      try steps[index].step(sides[index])
      try sides[index].write { edits in
        if Bool.random(using: &random) { try steps[index].contradiction(edits) }
        if Int.random(in: 0..<4, using: &random) == 0,
          try edits.store.schema(.all).properties[Key(unchecked: "extra")] != nil
        {
          try edits.claim("a", "extra", .text("x"))
        }
      }
      // What is used elsewhere is taken back by one who does not know it.
      if Int.random(in: 0..<4, using: &random) == 0, let defined {
        do { try sides[index].write { try $0.store.apply(.revert(defined)) } } catch StoreProblem
          .alreadyUndone
        {} catch StoreProblem.undoBlocked {}
      }
      if Int.random(in: 0..<8, using: &random) == 0 {
        // Now and then two meet before all do.
        let other = Int.random(in: 0..<count, using: &random)
        if other != index { try unite(sides[index], with: sides[other]) }
      }
    }
    let before = try sides.map(standing)
    var prints: Set<String> = []
    var dumps: Set<[RecordedContent]> = []
    var last: SQLiteRegistry?
    for first in 0..<count {
      for step in [1, count - 1] {
        let whole = try empty()
        for offset in 0..<count { try unite(whole, with: sides[(first + offset * step) % count]) }
        #expect(try unite(whole, with: sides[first]) == 0)
        prints.insert(try whole.fingerprint())
        dumps.insert(try standing(whole))
        try expectSound(whole, "seed \(seed)")
        last = whole
      }
    }
    #expect(prints.count == 1, "seed \(seed)")
    #expect(dumps.count == 1, "seed \(seed)")
    let all = try #require(last)
    for index in sides.indices {
      for other in sides.indices where other != index { try unite(sides[index], with: sides[other]) }
      #expect(try sides[index].fingerprint() == prints.first, "seed \(seed), side \(index)")
      #expect(try definitions(sides[index]) == definitions(all), "seed \(seed), side \(index)")
      try expectSound(sides[index], "seed \(seed), side \(index)")
    }
    try expectSameAnew(all, seed)
    try expectNothingLost(before, all, sides, seed)
    try registries.giveBack()
    return steps.reduce(0) { $0 + $1.partings }
  }

  @Test(
    "A number and a clock that nothing can be counted on from are refused, and what was there goes on",
    arguments: [(Int64.max, 1), (1, Int64.max), (0, 1), (1, -1), (1, TransactionIdentity.last + 1)]
      as [(Int64, Int64)])
  func refusesImpossible(number: Int64, clock: Int64) throws {
    let registry = try empty()
    let transaction = Transaction(
      id: TransactionID(1), at: "2026-01-31T12:30:00.250Z", author: "a", reason: nil, tool: "t", reverts: nil,
      identity: TransactionIdentity(origin: "o", number: number, clock: clock, uid: "u"))
    #expect(throws: StoreProblem.self) { try registry.begin(restoring: transaction, undoing: []) }
    try registry.write { try $0.store.apply(.createEntity(Key(unchecked: "a"))) }
    try expectSound(registry)
  }

  @Test("what is said again by the undo of a merging is the same statement where all of it arrives together")
  func undoneMerging() throws {
    let one = try empty()
    try one.write { edits in
      for key in ["c", "d"] { try edits.add("entity", key, key.uppercased()) }
    }
    let (c, d) = (Key(unchecked: "c"), Key(unchecked: "d"))
    let merging = try one.write { edits in
      let name = try edits.store.statements(
        StatementSelection(subjects: [c], properties: [BuiltIn.name]), .all)
      try edits.store.apply(.withdraw(#require(name.first).id))
      try edits.store.apply(.merge(c, into: d, reason: nil))
    }
    try one.write { try $0.store.apply(.revert(#require(merging))) }
    let other = try empty()
    try unite(other, with: one)
    try expectSound(other)
    #expect(try other.fingerprint() == one.fingerprint())
    try registries.giveBack()
  }

  @Test("a denial that is undone with a merging bounds nothing any more of what narrows what it denied")
  func undoneBound() throws {
    let registry = try empty()
    try registry.write { edits in
      try RandomEdits.prepare(edits)
      try edits.claim("b", "speaker", .entity(Key(unchecked: "b")))
    }
    let (b, d) = (Key(unchecked: "b"), Key(unchecked: "d"))
    let both = try registry.write { edits in
      let denied = Statement(
        subject: d, property: Groups.membership, value: .entity(d),
        validity: Validity(.period(nil, .until(try PartialDate(edtf: "2022")))))
      try edits.store.apply(.deny(denied, Citation(source: Key(unchecked: "s"))))
      try edits.store.apply(.merge(d, into: b, reason: nil))
    }
    try expectSound(registry)
    try registry.write { try $0.store.apply(.revert(#require(both))) }
    try expectSound(registry)
    try registries.giveBack()
  }

  @Test("of keys that were given at one moment the same counts where the history is made anew")
  func oneMoment() throws {
    // Which of the two uids is the greater is drawn.
    for _ in 0..<8 {
      let base = try empty()
      try base.write { try $0.add("entity", "d") }
      let side = try empty()
      try unite(side, with: base)
      for (registry, key) in [(base, "p"), (side, "q")] {
        try registry.write {
          try $0.store.apply(.rename(Key(unchecked: "d"), to: Key(unchecked: key), reason: nil))
        }
      }
      #expect(try base.identities().last?.clock == side.identities().last?.clock)
      try unite(base, with: side)
      try expectSound(base)
      try expectSameAnew(base, 0)
      try registries.giveBack()
    }
  }

  @Test("of what was called so before, and is again, the same history where it is made anew")
  func calledAgain() throws {
    let registry = try empty()
    try registry.write {
      try $0.add("entity", "c")
      try $0.add("entity", "d")
    }
    func rename(_ edits: Edits, _ key: String) throws {
      try edits.store.apply(.rename(Key(unchecked: key), to: Key(unchecked: "p-\(key)"), reason: nil))
    }
    let first = try registry.write { try rename($0, "d") }
    try registry.write { try $0.store.apply(.revert(#require(first))) }
    try registry.write {
      try rename($0, "c")
      try rename($0, "d")
    }
    try expectSound(registry)
    try expectSameAnew(registry, 0)
  }

  /// Made anew of its history it is the same, with the same uids: those were tested when it was made.
  private func expectSameAnew(_ whole: SQLiteRegistry, _ seed: Int) throws {
    func history(_ registry: SQLiteRegistry) throws -> [RecordedChange] {
      var found: [RecordedChange] = []
      try registry.recordedChanges { change in
        found.append(change)
        return true
      }
      return found
    }
    let told = try history(whole)
    let copy = try empty()
    for change in told {
      switch change {
      case .transaction(let transaction, let undone):
        if copy.isInTransaction { try copy.commit() }
        try copy.begin(restoring: transaction, undoing: undone)
      case .withdrawn(let content): try copy.restore(content, asserts: false)
      case .ended(let content, let seen): try copy.restore(ended: content, seen: seen)
      case .asserted(let content): try copy.restore(content, asserts: true)
      }
    }
    try copy.commit()
    #expect(try history(copy) == told, "seed \(seed)")
    #expect(try copy.fingerprint() == whole.fingerprint(), "seed \(seed)")
    try expectSound(copy, "seed \(seed)")
  }

  /// What stood on a side stands, or was ended by a transaction that saw its assertion.
  private func expectNothingLost(
    _ before: [[RecordedContent]], _ whole: SQLiteRegistry, _ sides: [SQLiteRegistry], _ seed: Int
  ) throws {
    let now = Set(try standing(whole))
    let gone = Set(before.joined()).subtracting(now).filter { content in
      switch content {
      // Of these one counts of several that stand.
      case .rank, .review, .source, .type, .property, .merging: false
      default: true
      }
    }
    guard !gone.isEmpty else { return }
    var ended: Set<RecordedContent> = []
    try whole.handOver(Set(try whole.identities().map(\.uid))) { change in
      if case .ended(let handed, let seen) = change, !seen.isEmpty { ended.insert(handed.content) }
      return true
    }
    #expect(gone.subtracting(ended).isEmpty, "seed \(seed)")
  }
}
