import Foundation
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

@Suite("What a long import does later")
struct LongImportTests {
  /// Every edit counts as a long import after so many others.
  private static func limits(waiting: Int) -> ImportLimits {
    ImportLimits(waiting: waiting, textAtOnce: 0, textStep: 3, existencesAtOnce: 3, part: 0)
  }

  private func indexes(_ registry: SQLiteRegistry) throws -> [String] {
    let row = try registry.shared.db.rows(
      "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
    var found: [String] = []
    while try row.next() { found.append(row.text(0)) }
    return found
  }

  @Test("Random edits leave what they leave otherwise, however many wait", arguments: 401...412)
  func leavesTheSame(seed: Int) throws {
    let usual = try TestRegistry.store()
    let late = try TestRegistry.store()
    late.shared.limits = Self.limits(waiting: seed % 4 + 1)
    let before = try indexes(late)
    for registry in [usual, late] {
      var edits = RandomEdits(seed: seed)
      try registry.write { try RandomEdits.prepare($0) }
      for _ in 0..<12 { try edits.step(registry) }
    }
    #expect(try late.check().compactMap(\.problem) == [])
    #expect(try late.textWaiting() > 0)
    while try late.indexText() > 0 {}
    #expect(try late.check().compactMap(\.problem) == [])
    #expect(try indexes(late) == before)
    for (late, usual) in zip(
      try Answers.all(late, recorded: nil), try Answers.all(usual, recorded: nil))
    {
      #expect(late.differences(from: usual) == [])
    }
  }

  @Test("In its middle every question is answered as at its end", arguments: 421...424)
  func answersInTheMiddle(seed: Int) throws {
    let usual = try TestRegistry.store()
    let late = try TestRegistry.store()
    late.shared.limits = Self.limits(waiting: 3)
    var answers: [[Answers]] = []
    for registry in [usual, late] {
      try registry.write { try RandomEdits.prepare($0) }
      try registry.write { edits in
        for number in 0..<9 {
          try edits.claim("a", "many", .text("value \(number * seed)"), citing: "s")
          try edits.claim(["b", "c"][number % 2], "one", .text("x\(number % 3)"), citing: "r")
          try edits.claim("g", "member", .entity(Key(unchecked: RandomEdits.things[number % 4])))
        }
        while try registry.indexText() > 0 {}
        answers.append([try Answers(registry, .all), try Answers(registry, Times(accordingTo: [Key("s")!]))])
        try edits.claim("a", "one", .text("after"), citing: "s")
      }
      #expect(try registry.check().compactMap(\.problem) == [])
    }
    for (late, usual) in zip(answers[1], answers[0]) { #expect(late.differences(from: usual) == []) }
  }

  @Test("Dropped, as a whole or in part, it leaves every index")
  func dropsNothingForGood() throws {
    struct OnPurpose: Error {}
    let registry = try TestRegistry.store()
    registry.shared.limits = Self.limits(waiting: 2)
    try registry.write { try RandomEdits.prepare($0) }
    let before = try indexes(registry)
    func many(_ edits: Edits) throws {
      for number in 0..<9 { try edits.claim("a", "many", .text("value \(number)"), citing: "s") }
    }
    _ = try? registry.write { edits in
      try many(edits)
      #expect(try indexes(registry).count < before.count)
      throw OnPurpose()
    }
    #expect(try indexes(registry) == before)
    try registry.write { edits in
      try? registry.atomically { () throws in
        try many(edits)
        throw OnPurpose()
      }
      #expect(try indexes(registry) == before)
      try edits.claim("b", "one", .text("kept"))
    }
    try registry.write { edits in
      try many(edits)
      try? registry.atomically { () throws in
        // The index of ids is asked for, so all are made, and dropped again.
        _ = try registry.statements(idPrefix: "0")
        #expect(try indexes(registry) == before)
        throw OnPurpose()
      }
      try edits.claim("c", "one", .text("kept"))
    }
    #expect(try indexes(registry) == before)
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  @Test("What waits for the full text is known to whoever opens the registry next")
  func keepsWaiting() throws {
    let folder = try TemporaryFolder()
    let location = folder.path("r.entente")
    let registry = try SQLiteRegistry.open(location: location).registry
    registry.shared.limits.textAtOnce = 2
    try registry.write { edits in
      try RandomEdits.prepare(edits)
      for number in 0..<9 { try edits.claim("a", "many", .text("cobalt \(number)"), citing: "s") }
    }
    try registry.close()
    let reader = try SQLiteRegistry.open(location: location, options: .init(readOnly: true)).registry
    #expect(try reader.textWaiting() > 18)
    #expect(try reader.search("cobalt", limit: 50, .all).isEmpty)
    #expect(throws: StoreProblem.readOnly(location: location)) { try reader.indexText() }
    try reader.close()
    let writer = try SQLiteRegistry.open(location: location).registry
    writer.shared.limits.textStep = 4
    let waiting = try writer.textWaiting()
    // It is no reason to wait for somebody who writes.
    let other = try SQLiteRegistry.open(location: location).registry
    try other.begin(
      TransactionInfo(author: "other", reason: nil, tool: "tests", at: "2026-01-01T00:00:00.000Z"))
    try other.apply(.createEntity(Key(unchecked: "other")))
    #expect(try writer.indexText() == waiting)
    try other.rollback()
    try other.close()
    // Four texts, and what lies between them.
    let left = try writer.indexText()
    #expect(left <= waiting - 4 && left > 0)
    #expect(try writer.shared.db.integer("SELECT count(*) FROM main.found") == 4)
    #expect(try writer.check().compactMap(\.problem) == [])
    while try writer.indexText() > 0 {}
    #expect(try writer.search("cobalt", limit: 50, .all).count == 9)
    #expect(try writer.search("said", limit: 50, .all).count == 9)
    #expect(try writer.transactions(limit: 9).count == 1)
  }

  /// It held all of a load in memory, with all indexes in place.
  @Test("A load waits for no more than an import does")
  func loadMakesRoom() throws {
    let (source, target) = (
      try SQLiteRegistry.open(location: ":memory:").registry,
      try SQLiteRegistry.open(location: ":memory:").registry
    )
    try source.write { edits in
      try RandomEdits.prepare(edits)
      for number in 0..<100 { try edits.claim("a", "many", .text("v\(number)")) }
    }
    var contents: [RecordedContent] = []
    try source.recordedContents { content in
      contents.append(content)
      return true
    }
    target.shared.limits.waiting = 10
    var most = 0
    try target.write { _ in
      for content in contents {
        try target.restore(content, asserts: true)
        most = max(most, target.shared.dirty.count)
      }
    }
    #expect(most > 5)
    #expect(most <= 11)
    #expect(try target.fingerprint() == source.fingerprint())
    #expect(try target.check().compactMap(\.problem) == [])
  }
}
