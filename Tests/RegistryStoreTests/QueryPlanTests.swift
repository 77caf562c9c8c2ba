import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// What each question makes SQLite do: by the plans of all that it prepares, which do not depend on how much there is
/// since no statistics are kept, and by the time that it takes on more.
@Suite("Query plans")
struct QueryPlanTests {
  /// Things, of which every tenth has a member, two groups, and twenty things of which more is stated.
  static func fill(_ count: Int) throws -> SQLiteRegistry {
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    try registry.write { edits in
      try edits.store.apply(
        .defineType(TypeDefinition(key: Groups.type, parent: nil, plural: "groups")))
      for (key, range) in [
        ("member", ValueRange.entities([BuiltIn.entity])), ("amount", .number), ("colour", .text),
        ("share", .percent),
      ] {
        let cardinality: Cardinality =
          key == "share" ? .onePer([LatestFigures.year]) : key == "member" ? .many : .one
        try edits.store.apply(
          .defineProperty(
            PropertyDefinition(
              key: Key(unchecked: key), domain: [BuiltIn.entity], range: range, cardinality: cardinality)))
      }
      for group in ["eu", "g7"] { try edits.add("group", group, group.uppercased()) }
      try edits.add("source", "paper")
      try edits.store.apply(.setSource(Key(unchecked: "paper"), SourceData(title: "Paper")))
      for number in 0..<count {
        let key = "thing-\(number)"
        try edits.add("thing", key, "Name \(number)")
        if number % 10 == 0 {
          try edits.claim(key, "member", .entity(Key(unchecked: "thing-\(number / 100)")), citing: "paper")
        }
      }
      for number in 1...20 {
        try edits.claim("eu", "member", .entity(Key(unchecked: "thing-\(number)")), citing: "paper")
        let amount = Quantity(low: Decimal(number), unit: "")
        try edits.claim("thing-\(number)", "amount", .quantity(amount), citing: "paper")
        try edits.claim("thing-\(number)", "colour", .text("red"), citing: "paper")
      }
      try edits.claim("thing-7", "member", .entity(Key(unchecked: "eu")), citing: "paper")
    }
    return registry
  }

  /// Everything that a reading command asks of the store under today's evidence.
  private func ask(_ registry: SQLiteRegistry, _ times: Times) throws {
    let (thing, member) = (Key(unchecked: "thing-7"), Key(unchecked: "member"))
    func filter(_ property: String, _ comparison: Filter.Comparison, _ value: Value) -> Filter {
      .compare(path: [[Key(unchecked: property)]], comparison, [value])
    }
    let amount = filter("amount", .greater, .quantity(Quantity(low: 5, unit: "")))
    let isMember = filter("member", .equal, .entity(thing))
    let filters: [Filter?] = [
      nil, isMember, amount, .not(isMember), .all([amount, isMember]), .any([amount, isMember]),
      filter("colour", .like, .text("re")), .state(path: [[member]], .denied),
      .compare(path: [[member], [Key(unchecked: "colour")]], .equal, [.text("red")]),
    ]
    for filter in filters {
      for includingGroups in [false, true] {
        var query = EntityQuery(types: [Key(unchecked: "thing")], filter: filter, limit: 10)
        query.includingGroups = includingGroups
        _ = try registry.entities(query, times)
        _ = try registry.entities(query.counted(), times)
      }
    }
    _ = try registry.statements(StatementSelection(subjects: [thing]), times)
    _ = try registry.statements(StatementSelection(subjects: [thing], properties: [member]), times)
    _ = try registry.statements(StatementSelection(properties: [member], objects: [thing]), times)
    _ = try registry.statements(StatementSelection(objects: [thing]), times)
    _ = try registry.mentions(of: thing, most: 100, times)
    _ = try registry.transaction(TransactionID(1))
    _ = try registry.paths(PathQuery(.groups, of: [thing]), times)
    _ = try registry.paths(PathQuery(.groups, in: [Key(unchecked: "eu")]), times)
    _ = try registry.entity(thing, times)
    _ = try registry.entities(named: "name 7", times)
    _ = try registry.names(.prefix("name 7", limit: 5))
    _ = try registry.search("Name 7", limit: 5, times)
    _ = try registry.source(Key(unchecked: "paper"), times)
    _ = try registry.history(of: thing, property: nil)
    _ = try registry.transactions(limit: 5)
    for view in ["memberships", "memberships_including_groups"] {
      _ = try registry.sql("SELECT * FROM \(view) WHERE member = 'thing-7'", limit: nil, times)
      _ = try registry.sql("SELECT * FROM \(view) WHERE initiative = 'thing-70'", limit: nil, times)
    }
    _ = try registry.sql("SELECT * FROM statements WHERE subject = 'thing-7'", limit: nil, times)
  }

  /// Tables in which there is a row for each statement, citation, life or name.
  private static let large: Set<String> = [
    "fact", "statement", "citation", "life", "qualifier", "found", "name", "group_path", "f", "s", "c", "l",
    "q",
    "n", "p", "f1", "f2", "r", "y",
    // Of entities.
    "entity", "entity_now", "e", "k",
  ]

  /// The texts of the statements that are kept prepared.
  private static func prepared(_ registry: SQLiteRegistry) throws -> [String] {
    try #require(registry.shared.db as? SQLiteEngine).preparedTexts
  }

  @Test("No question under today's evidence scans a table of statements", arguments: [nil, "2026-01-12"])
  func scansNothing(on date: String?) throws {
    let registry = try Self.fill(300)
    let before = Set(try Self.prepared(registry))
    try ask(registry, Times(on: try date.map { try PartialDate(edtf: $0) }))
    let texts = try Self.prepared(registry).filter { text in
      !before.contains(text) && ["SELECT", "WITH"].contains { text.hasPrefix($0) }
    }
    #expect(texts.count > 40)
    try expectNoScans(registry, texts, Self.large.subtracting(["entity", "entity_now", "e", "k"]))
  }

  @Test(
    "Where the first places are looked for in the order of keys, no more facts are read than are contested")
  func contestedInOrder() throws {
    let registry = try Self.fill(300)
    let narrow = " AND f.property IN (SELECT value FROM json_each(?1))"
    let row = try registry.shared.db.rows(
      "EXPLAIN QUERY PLAN " + ContestedReader.inOrderOfKeys(narrow) + " LIMIT 5")
    var plan: [String] = []
    while try row.next() { plan.append(row.text(3)) }
    #expect(plan.contains { $0.hasPrefix("SEARCH s USING INDEX statement_contested") }, "\(plan)")
    // That filter is made of a whole table.
    #expect(!plan.contains { $0.hasPrefix("BLOOM FILTER") || $0.hasPrefix("SCAN s") }, "\(plan)")
  }

  @Test("What is to be decided in a few cells is not looked for in whole tables")
  func decidingScansNothing() throws {
    let registry = try Self.fill(300)
    let cells: Set<Dirty.Cell> = [Dirty.Cell(subject: 7, property: "member")]
    for looked in [FactsLookedAt.cells(cells), .entities([7]), .statements([7]), .rows(1...7)] {
      let question = try CellResolver(registry.shared).undecidedQuestion(looked, in: .main)
      try expectNoFilters(question.sql, try plan(registry, question.sql))
    }
  }

  @Test("No edit scans a table of statements or of entities")
  func editsScanNothing() throws {
    let registry = try Self.fill(300)
    let before = Set(try Self.prepared(registry))
    let (thing, other) = (Key(unchecked: "thing-7"), Key(unchecked: "thing-9"))
    try registry.write { edits in
      try edits.add("thing", "new-one", "New")
      try edits.claim("thing-7", "name", .text("Another"), citing: "paper")
      _ = try registry.entity(thing, .all)
      try edits.claim("thing-7", "share", .quantity(Quantity(low: 5, unit: "%")), citing: "paper")
      try edits.claim("eu", "member", .entity(other), citing: "paper")
      try edits.store.apply(.alias(thing, name: "Seventh", source: nil, reason: nil))
      let records = try registry.statements(StatementSelection(subjects: [thing]), .all)
      try edits.store.apply(.rank(records[0].id, .preferred, reason: nil))
      try edits.store.apply(.withdraw(records[0].id))
    }
    let texts = try Self.prepared(registry).filter { !before.contains($0) || $0.contains("INTO main.") }
    #expect(texts.count > 20)
    try expectNoScans(registry, texts.filter { !$0.hasPrefix("PRAGMA") }, Self.large)
    // What was recorded just now is found by where it lies, and not in all that is said by a property.
    let ranges = texts.filter { $0.contains("main.statement") && $0.contains("BETWEEN ?1 AND ?") }
    #expect(!ranges.isEmpty)
    for text in ranges {
      let row = try registry.shared.db.rows("EXPLAIN QUERY PLAN " + text)
      while try row.next() { #expect(!row.text(3).contains("(property=?"), "\(text)\n\(row.text(3))") }
    }
    // What is asked of some entities is not looked for in all that is said by a property.
    let others = try Self.prepared(registry).filter { text in
      ["f.subject = j.value", "f.subject = n.id"].contains { text.contains($0) } && !text.hasPrefix("EXPLAIN")
    }
    #expect(others.count > 3)
    try expectNoScans(registry, others, Self.large, orIn: "(property=?)")
  }

  private func plan(_ registry: SQLiteRegistry, _ text: String) throws -> [String] {
    let row = try registry.shared.db.rows("EXPLAIN QUERY PLAN " + text)
    var plan: [String] = []
    while try row.next() { plan.append(row.text(3)) }
    return plan
  }

  /// SQLite makes such a filter of a whole table.
  private func expectNoFilters(_ text: String, _ plan: [String]) throws {
    let filters = plan.filter { line in
      line.hasPrefix("BLOOM FILTER ON ") && Self.large.contains { line.hasPrefix("BLOOM FILTER ON \($0) ") }
    }
    #expect(filters == [], "\(text)\n\(plan.joined(separator: "\n"))")
  }

  /// - Parameter search: how a plan names a search that finds too much.
  private func expectNoScans(
    _ registry: SQLiteRegistry, _ texts: [String], _ large: Set<String>, orIn search: String? = nil
  ) throws {
    for text in texts {
      let plan = try plan(registry, text)
      try expectNoFilters(text, plan)
      let words = plan.map { $0.split(separator: " ").map(String.init) }
      // What a query makes for itself first is as small as what made it.
      var made = Set(words.filter { ["MATERIALIZE", "CO-ROUTINE"].contains($0[0]) }.map { $0[1] })
      let spoken = text.split(whereSeparator: \.isWhitespace).map(String.init)
      made.formUnion(zip(spoken, spoken.dropFirst()).filter { made.contains($0.0) }.map(\.1))
      let scanned = words.filter {
        ($0[0] == "SCAN" || $0[0] == "SEARCH" && $0.last == search) && large.subtracting(made).contains($0[1])
          && !$0.contains("VIRTUAL")
      }
      #expect(scanned == [], "\(text)\n\(plan.joined(separator: "\n"))")
    }
  }
}
