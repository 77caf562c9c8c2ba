import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

@Suite("Random edits")
struct RandomEditTests {
  @Test(
    "After any edits the projections equal a rebuild, and undoing them all leaves nothing",
    arguments: Seeds.drawn(of: 1...8))
  func staysConsistent(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    var transactions = [try registry.write { try RandomEdits.prepare($0) }]
    for _ in 0..<25 { try edits.step(registry) { transactions.append($0) } }
    #expect(try registry.check().compactMap(\.problem) == [])
    for id in transactions.compactMap({ $0 }).reversed() {
      // What an undo opened and closed is undone by undoing what it undid.
      do { try registry.write { try $0.store.apply(.revert(id)) } } catch StoreProblem.alreadyUndone {}
    }
    #expect(try registry.entities(EntityQuery(types: nil), .all).rows.isEmpty)
    #expect(try registry.statements(StatementSelection(), .all).isEmpty)
    #expect(try registry.paths(PathQuery(.groups), .all).isEmpty)
    #expect(try registry.schema(.all).properties.count == BuiltIn.properties.count)
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  @Test(
    "What is undone together leaves what undoing it one by one leaves", arguments: Seeds.drawn(of: 21...24))
  func undoesTogether(seed: Int) throws {
    var (edits, others) = (RandomEdits(seed: seed), RandomEdits(seed: seed))
    let together = try TestRegistry.store()
    together.shared.limits.withdrawnOneByOne = 0
    together.shared.limits.textAtOnce = 0
    together.shared.limits.countedOneByOne = seed % 2 == 0 ? 0 : 2
    // As where an import is nearly all that there is, or one of several.
    together.shared.limits.most = seed % 2 == 0 ? 0 : 1
    let oneByOne = try TestRegistry.store()
    var transactions: [TransactionID] = []
    try together.write { try RandomEdits.prepare($0) }
    try oneByOne.write { try RandomEdits.prepare($0) }
    func compare() throws {
      while try together.indexText() > 0 {}
      for (one, other) in zip(
        try Answers.all(together, recorded: nil), try Answers.all(oneByOne, recorded: nil))
      {
        #expect(one.differences(from: other) == [])
      }
      #expect(try together.check().compactMap(\.problem) == [])
    }
    for _ in 0..<15 {
      try edits.step(together) { transactions.append($0) }
      try others.step(oneByOne)
      try compare()
    }
    for id in transactions.reversed() {
      for registry in [together, oneByOne] {
        do { try registry.write { try $0.store.apply(.revert(id)) } } catch StoreProblem.alreadyUndone {}
      }
      try compare()
    }
  }

  @Test(
    "Who rests on the types that an edit gave is found the same from those typed and from what came later",
    arguments: Seeds.drawn(of: 31...36))
  func findsDependents(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    var transactions = [try registry.write { try RandomEdits.prepare($0) }]
    var found = 0
    for _ in 0..<25 {
      try edits.step(registry) { transactions.append($0) }
      let dependents = TypeDependents(db: registry.shared.db)
      try registry.shared.db.runScript(TransactionUndo.undoneTable)
      for id in transactions.compactMap({ $0 }) {
        let fromTyped = try dependents.later(than: id.number, from: .typed)
        #expect(try dependents.later(than: id.number, from: .recordedLater) == fromTyped)
        found += fromTyped.count
      }
    }
    #expect(found > 0)
  }

  @Test(
    "Whoever a filter neither finds nor excludes is undecided, at any time asked for",
    arguments: Seeds.drawn(of: 301...306))
  func countsUndecided(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    let one = RandomEdits.filter("one", .text("x"))
    let member = RandomEdits.filter("member", .entity(Key(unchecked: "a")))
    let stated = Filter.state(path: [[Key(unchecked: "many")]], .stated)
    let chain = Filter.compare(path: [[Groups.membership], [Key(unchecked: "one")]], .unequal, [.text("x")])
    let filters = [
      one, member, .not(member), .all([one, stated]), .any([one, member]), .not(.all([member, .not(one)])),
      chain,
      .any([chain, .not(stated)]), .all([]), .any([]), .key(.like, "a"),
    ]
    for _ in 0..<10 {
      try edits.step(registry)
      for times in [
        Times.all, Times(on: try PartialDate(edtf: "2020-06")), Times(accordingTo: [Key(unchecked: "s")]),
      ] {
        for (filter, including) in filters.flatMap({ [($0, false), ($0, true)] }) {
          func page(_ filter: Filter?) throws -> EntityPage {
            var query = EntityQuery(types: [Key(unchecked: "thing"), Groups.type], filter: filter)
            query.includingGroups = including
            return try registry.entities(query, times)
          }
          let (yes, no) = (try page(filter), try page(.not(filter)))
          // What possibly holds possibly does not hold either.
          let possible = Set(yes.rows.filter { $0.certainty == .possibly }.map(\.entity))
          let both = possible.intersection(no.rows.map(\.entity))
          #expect(
            yes.rows.count + no.rows.count - both.count + yes.undecided.count == (try page(nil)).rows.count,
            "\(filter)")
          #expect(yes.undecided == no.undecided)
        }
      }
    }
  }

  @Test(
    "Every answer with recorded by tN is the one that was given when tN was the newest",
    arguments: Seeds.drawn(of: 101...103))
  func keepsThePast(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    var given: [(id: TransactionID, answers: [Answers])] = []
    func note(_ id: TransactionID?) throws {
      if let id { given.append((id, try Answers.all(registry, recorded: nil))) }
    }
    try note(try registry.write { try RandomEdits.prepare($0) })
    for _ in 0..<12 { try edits.step(registry, note) }
    for (id, answers) in given {
      let now = try Answers.all(registry, recorded: id)
      for (now, then) in zip(now, answers) { #expect(now.differences(from: then) == [], "\(id)") }
    }
    #expect(given.count > 10)
  }

  @Test(
    "The closure of groups that edits keep is the one that a search by hand finds",
    arguments: Seeds.drawn(of: 201...208))
  func closesGroups(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    for _ in 0..<12 {
      try edits.step(registry)
      let chosen = Set(
        try registry.sql("SELECT id FROM statements WHERE chosen", limit: nil, .all).rows.map { $0[0] })
      let memberships = try registry.statements(
        StatementSelection(properties: try registry.schema(.all).propertyAndNarrower(of: Groups.membership)),
        .all
      ).filter { chosen.contains(.text($0.id.digest)) }
      let groups = Set(
        try registry.entities(EntityQuery(types: [Groups.type]), .all).rows.map(\.entity.key))
      var expected: Set<[String]> = []
      func walk(_ member: Key, _ at: Key, _ path: [Key], _ bounds: Validity.Bounds?) throws {
        for record in memberships
        where record.statement.value == .entity(at) && groups.contains(record.statement.subject) {
          let group = record.statement.subject
          guard let own = try daysPossible(of: record, in: registry), group != member, !path.contains(group),
            path.count < Groups.longestPath,
            let both = bounds.map({ $0.intersection(own) }) ?? own
          else { continue }
          expected.insert(["\(member)"] + (path + [group]).map(\.text) + ["\(both)"])
          try walk(member, group, path + [group], both)
        }
      }
      for key in Set(memberships.map(\.statement.value)) {
        if case .entity(let member) = key { try walk(member, member, [], nil) }
      }
      let found = try registry.paths(PathQuery(.groups), .all).map {
        ["\($0.member)"] + $0.groups.map(\.text) + ["\($0.bounds)"]
      }
      #expect(Set(found) == expected)
    }
  }

  /// When a statement may hold: what it says itself, but for the days on which something else says that it does not.
  private func daysPossible(
    of record: StatementRecord, in registry: SQLiteRegistry
  ) throws -> Validity.Bounds? {
    let own = record.statement.validity.bounds
    let row = try registry.shared.db.rows(
      """
      SELECT f.timed, min(t.first), max(t.last) FROM statement s JOIN fact f ON f.statement = s.id
        LEFT JOIN timeline t ON t.statement = f.statement AND t.sureness > 0 WHERE s.digest = ?
      """, [.text(record.id.digest)])
    guard try row.next(), row.flag(0) else { return own }
    guard let first = row.optionalInteger(1).map({ Day($0) }),
      let last = row.optionalInteger(2).map({ Day($0) })
    else { return nil }
    return Validity.Bounds(
      startEarliest: max(own.startEarliest, first), startLatest: max(own.startLatest, first),
      endEarliest: min(own.endEarliest, last), endLatest: min(own.endLatest, last))
  }
}

/// What a registry answers to questions of every kind.
struct Answers: Equatable {
  var statements: [StatementRecord]
  var found: [EntityPage]
  var paths: [GroupPath]
  var names: [[EntityRecord]]
  var sources: [SourceData?]
  var hits: [[SearchHit]]
  var rows: [[[Cell]]]
  var counts: EntityPage

  /// The answers at several other times, as recorded by a transaction or now.
  static func all(_ registry: SQLiteRegistry, recorded: TransactionID?) throws -> [Answers] {
    let date = try PartialDate(edtf: "2020-06-15")
    return try [
      Times(), Times(on: date), Times(published: date), Times(accordingTo: [Key(unchecked: "s")]),
      Times(on: date, published: date, accordingTo: [Key(unchecked: "s")]),
    ].map { times in
      var times = times
      times.recorded = recorded.map { .transaction($0) }
      return try Answers(registry, times)
    }
  }

  /// The answers that are not the same.
  func differences(from other: Answers) -> [String] {
    self == other
      ? []
      : zip(Mirror(reflecting: self).children, Mirror(reflecting: other).children).compactMap { mine, its in
        let (one, two) = ("\(mine.value)", "\(its.value)")
        return one == two ? nil : "\(mine.label ?? ""): \(one) instead of \(two)"
      }
  }

  init(_ registry: SQLiteRegistry, _ times: Times) throws {
    statements = try registry.statements(StatementSelection(), times)
    let filters: [Filter?] = [
      nil, RandomEdits.filter("one", .text("x")), .not(RandomEdits.filter("many", .text("y"))),
      RandomEdits.filter("member", .entity(Key(unchecked: "a"))),
    ]
    found = try filters.map { filter in
      var query = EntityQuery(types: nil, filter: filter)
      query.includingGroups = true
      return try registry.entities(query, times)
    }
    paths = try registry.paths(PathQuery(.groups), times)
    names = try ["a", "p", "q", "x", "B"].map { try registry.entities(named: $0, times) }
    sources = try ["s", "r"].map { try registry.source(Key(unchecked: $0), times) }
    hits = try ["x", "said", "p"].map { word in
      try registry.search(word, limit: 50, times).sorted { "\($0)" < "\($1)" }
    }
    rows = try ["statements", "memberships_including_groups", "citations", "names", "sources"].map { view in
      try registry.sql("SELECT * FROM \(view)", limit: nil, times).rows.sorted { "\($0)" < "\($1)" }
    }
    counts = try registry.entities(
      EntityQuery(types: nil).counted(by: [Key(unchecked: "one")]), times)
  }
}
