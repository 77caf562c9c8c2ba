import RegistryModel
import RegistryRules
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// Another time is read through views over what is derived for now, or from tables made for it: the answers are the same.
@Suite("Views of other times")
struct PastViewTests {
  /// Asks all in one way and the other.
  private func compare(
    _ registry: SQLiteRegistry, _ times: Times, _ viewed: inout Int, leastForCandidates: Int
  ) throws {
    registry.shared.leastForCandidates = leastForCandidates
    registry.shared.leastForViews = .max
    registry.shared.memory.past = nil
    let tables = try Asked(registry, times)
    #expect(registry.shared.memory.past?.views == nil)
    registry.shared.leastForViews = 0
    registry.shared.memory.past = nil
    let views = try Asked(registry, times)
    if registry.shared.memory.past?.views != nil { viewed += 1 }
    for (one, other) in zip(views.answers, tables.answers) {
      #expect(one.answer == other.answer, "\(one.question) at \(times)")
    }
    #expect(views.answers.count == tables.answers.count)
  }

  private func times(_ recorded: RecordedPoint?) throws -> [Times] {
    let (date, today) = (try PartialDate(edtf: "2020-06-15"), Day(year: 2026, month: 1, day: 1))
    let s = Key(unchecked: "s")
    return [
      Times(), Times(published: try PartialDate(edtf: "2019-06")), Times(published: date),
      Times(accordingTo: [s]), Times(published: date, accordingTo: [s]), Times(on: date, published: date),
      Times(on: date, accordingTo: [s]), Times(on: date),
    ].map { times in
      var times = times
      times.recorded = recorded
      times.today = today
      return times
    }
  }

  @Test(
    "What fewer sources say is the same through views as in tables, after any edits",
    arguments: Seeds.drawn(of: 601...604))
  func fewerSources(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    var viewed = 0
    for least in [0, Int.max] {
      for _ in 0..<12 { try edits.step(registry) }
      for times in try times(nil) where !times.isCurrentEvidence {
        try compare(registry, times, &viewed, leastForCandidates: least)
      }
    }
    #expect(viewed == 2 * 6)
  }

  @Test(
    "What was recorded by a transaction is the same through views as in tables",
    arguments: Seeds.drawn(of: 621...624))
  func earlierRecords(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    var points = [RecordedPoint.date(try PartialDate(edtf: "2025"))]
    if let id = try registry.write({ try RandomEdits.prepare($0) }) { points.append(.transaction(id)) }
    // Of every second registry things are merged, withdrawn and undone too.
    for _ in 0..<14 {
      if seed % 2 == 0 {
        try edits.step(registry) { points.append(.transaction($0)) }
      } else if let id = try registry.write({ writer in for _ in 0..<4 { try edits.addition(writer) } }) {
        points.append(.transaction(id))
      }
    }
    var viewed = 0
    for point in points.enumerated().filter({ $0.offset % 3 == seed % 3 || $0.offset > 12 }).map(\.element) {
      for times in try times(point) where times.published == nil && times.accordingTo.isEmpty {
        try compare(registry, times, &viewed, leastForCandidates: .max)
      }
    }
    #expect(viewed >= (seed % 2 == 0 ? 1 : 8), "\(viewed) times")
  }
}

/// Questions of every kind with their answers, in words.
private struct Asked {
  var answers: [(question: String, answer: String)] = []

  init(_ registry: SQLiteRegistry, _ times: Times) throws {
    func ask<Answer>(_ question: String, _ answer: () throws -> Answer) rethrows {
      answers.append((question, "\(try answer())"))
    }
    let things = ["a", "b", "p-a", "q-b", "c", "g", "h", "s"].map(Key.init(unchecked:))
    let value = Value.entity(Key(unchecked: "a"))
    func filter(_ property: String, _ value: Value) -> Filter { RandomEdits.filter(property, value) }
    // Who can fit a filter, before anything is there of anybody.
    for named in [filter("member", value), filter("lead", value), .not(filter("chair", value))] {
      for limit in [2, nil] {
        try ask("\(named) limit \(limit ?? -1)") {
          try registry.entities(EntityQuery(types: nil, filter: named, limit: limit), times)
        }
        try ask("statements of those") {
          try registry.statements(
            StatementSelection(subjects: Array(things.prefix(3)), tellsHeld: true), times)
        }
      }
      try ask("count \(named)") {
        try registry.entities(EntityQuery(types: nil, filter: named).counted(), times)
      }
    }
    try ask("count") { try registry.entities(EntityQuery(types: nil).counted(), times) }
    try ask("count things") {
      try registry.entities(EntityQuery(types: [Key(unchecked: "thing")]).counted(), times)
    }
    for limit in [3, nil] {
      try ask("list limit \(limit ?? -1)") {
        try registry.entities(EntityQuery(types: nil, limit: limit), times)
      }
    }
    for key in things {
      try ask("entity \(key)") { try registry.entity(key, times) }
      try ask("statements of \(key)") {
        try registry.statements(
          StatementSelection(subjects: [key], tellsHeld: true, tellsStanding: true), times)
      }
      try ask("statements naming \(key)") {
        try registry.statements(StatementSelection(objects: [key]), times)
      }
      try ask("mentions of \(key)") {
        try registry.mentions(of: key, most: 100, times)
      }
    }
    for name in ["a", "p", "q", "x", "B"] {
      try ask("named \(name)") { try registry.entities(named: name, times) }
    }
    let filters: [Filter] = [
      filter("one", .text("x")), .not(filter("many", .text("y"))), filter("member", value),
      .undecided(filter("lead", value)), .compare(path: [[Key(unchecked: "lead")]], .like, [.text("a")]),
      .compare(path: [[Key(unchecked: "begun")]], .less, [.date(try PartialDate(edtf: "2020"))]),
      .compare(path: [[Key(unchecked: "member")], [Key(unchecked: "one")]], .equal, [.text("x")]),
      .state(path: [[Key(unchecked: "member")]], .denied),
    ]
    for filter in filters {
      for includesGroups in [false, true] {
        var query = EntityQuery(
          types: nil, filter: filter,
          sort: [EntityQuery.Sort(.property(Key(unchecked: "begun")), descending: true)])
        query.includingGroups = includesGroups
        try ask("list \(filter)") { try registry.entities(query, times) }
        try ask("count \(filter)") {
          try registry.entities(query.counted(by: [Key(unchecked: "one")]), times)
        }
      }
    }
    for property in ["one", "lead", "member", "type"] {
      try ask("count by \(property)") {
        try registry.entities(EntityQuery(types: nil).counted(by: [Key(unchecked: property)]), times)
      }
    }
    try ask("all statements") {
      try registry.statements(StatementSelection(tellsHeld: true, tellsStanding: true), times)
    }
    try ask("paths") { try registry.paths(PathQuery(.groups), times) }
    for word in ["x", "said", "p"] {
      try ask("find \(word)") { try registry.search(word, limit: 50, times).map { "\($0)" }.sorted() }
    }
    for neighbours in [false, true] {
      try ask("conflicts") {
        try registry.contestedPlaces(ContestedQuery(includesNeighbours: neighbours), times)
      }
    }
    for view in ViewDefinition.all.map(\.name) {
      try ask("sql \(view)") {
        try registry.sql("SELECT * FROM \(view)", limit: nil, times).rows.map { "\($0)" }.sorted()
      }
    }
  }
}
