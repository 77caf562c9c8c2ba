import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// Dumps read a registry many rows at once, and each row by itself where that meets damage.
@Suite("All that is recorded, read many rows at once")
struct RecordedReadingTests {
  private let registry: SQLiteRegistry
  private let many: TransactionID

  /// More entities, statements and transactions than are read together.
  init() throws {
    registry = try TestRegistry.store()
    let transaction = try registry.write { edits in
      try edits.store.apply(.createEntity(Key(unchecked: "source")))
      try edits.store.apply(.setSource(Key(unchecked: "source"), SourceData(title: "A source")))
      for number in 0..<1_200 {
        let key = "k-\(number)"
        try edits.add("thing", key, "Thing \(number)")
        try edits.claim(key, "note", .text("note \(number)"), citing: "source")
        if number % 100 == 0 {
          try edits.store.apply(
            .alias(Key(unchecked: key), name: "Alias \(number)", source: nil, reason: nil))
        }
      }
    }
    many = try #require(transaction)
    for number in 0..<1_100 { try registry.write { try $0.claim("k-\(number)", "mark", .text("red")) } }
  }

  private func contents() throws -> [RecordedContent] {
    var found: [RecordedContent] = []
    try registry.recordedContents {
      found.append($0)
      return true
    }
    return found
  }

  private func changes() throws -> [RecordedChange] {
    var found: [RecordedChange] = []
    try registry.recordedChanges {
      found.append($0)
      return true
    }
    return found
  }

  private func statement(_ content: RecordedContent) -> Statement? {
    switch content {
    case .claim(let statement), .denial(let statement), .citation(let statement, _),
      .rank(let statement, _, _), .review(let statement, _, _):
      statement
    default: nil
    }
  }

  @Test("Everything is there once and in its order")
  func order() throws {
    let contents = try contents()
    #expect(contents.count == 1_200 * 4 + 1_100 + 12 + 1 && Set(contents).count == contents.count)
    let subjects = contents.compactMap(statement).map(\.subject.text)
    #expect(subjects == subjects.sorted())
    for (content, next) in zip(contents, contents.dropFirst()) {
      if case .citation(let statement, _) = next { #expect(content == .claim(statement)) }
    }
    let changes = try changes()
    let transactions = changes.compactMap { change in
      if case .transaction(let transaction, _) = change { transaction.id.number } else { nil }
    }
    #expect(transactions == Array(1...1_101))
    let asserted = changes.compactMap { change in
      if case .asserted(let content) = change { content } else { nil }
    }
    #expect(asserted.count == contents.count && Set(asserted) == Set(contents))
    #expect(asserted.suffix(1_100).map { statement($0)?.subject.text } == (0..<1_100).map { "k-\($0)" })
  }

  @Test("The SQL statements grow in number by the thousand rows")
  func statements() throws {
    func count(_ body: () throws -> Int) rethrows -> (rows: Int, statements: Int) {
      var count = 0
      registry.onStatement = { _ in count += 1 }
      defer { registry.onStatement = nil }
      return (try body(), count)
    }
    let several = try [
      count { try contents().count }, count { try changes().count },
      count {
        var rows = 0
        try registry.changes(of: many) { _ in
          rows += 1
          return true
        }
        return rows
      },
    ]
    for (rows, statements) in several {
      #expect(rows > 4_500)
      #expect(statements < 60 + rows / 100, "\(statements) for \(rows) rows")
    }
  }

  @Test("Reading ends where it is told to", arguments: [1, 999, 1_000, 1_001, 3_500])
  func ends(after most: Int) throws {
    var contents: [RecordedContent] = []
    try registry.recordedContents {
      contents.append($0)
      return contents.count < most
    }
    #expect(try contents == Array(self.contents().prefix(most)))
    var changes: [RecordedChange] = []
    try registry.recordedChanges {
      changes.append($0)
      return changes.count < most
    }
    #expect(try changes == Array(self.changes().prefix(most)))
  }

  @Test("Of damage, what is damaged is left out and no more, or reading ends right there")
  func damage() throws {
    let (contents, changes) = (try contents(), try changes())
    let damaged = ["k-7", "k-8", "k-900"]
    for key in damaged {
      let changed = try registry.shared.db.run(
        """
        UPDATE main.statement SET validity = 'nonsense'
        WHERE property = 'note' AND subject = (SELECT id FROM main.entity WHERE key = ?)
        """, [.text(key)])
      try #require(changed == 1)
    }
    func isDamaged(_ content: RecordedContent) -> Bool {
      statement(content).map { $0.property.text == "note" && damaged.contains($0.subject.text) } ?? false
    }
    var (problems, left): ([StoreProblem], [RecordedContent]) = ([], [])
    try registry.recordedContents(onDamage: { problems.append($0) }) {
      left.append($0)
      return true
    }
    #expect(problems.count == damaged.count)
    #expect(left == contents.filter { !isDamaged($0) })

    left = []
    #expect(throws: StoreProblem.self) {
      try registry.recordedContents {
        left.append($0)
        return true
      }
    }
    #expect(left == Array(contents.prefix { !isDamaged($0) }) && left.count > 1_000)

    var told: [RecordedChange] = []
    #expect(throws: StoreProblem.self) {
      try registry.recordedChanges {
        told.append($0)
        return true
      }
    }
    let sound = changes.prefix { change in
      if case .asserted(let content) = change { !isDamaged(content) } else { true }
    }
    #expect(told == Array(sound) && told.count > 1_000)
  }
}
