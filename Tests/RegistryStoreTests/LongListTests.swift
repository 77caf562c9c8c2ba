import Foundation
import RegistryModel
import RegistryStore
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// A list of very many values of one thing takes steps as there are values, not as there are pairs of them.
@Suite("Long lists")
struct LongListTests {
  /// One group of so many members, each of which ended, and some began anew.
  private static func fill(_ count: Int) throws -> SQLiteRegistry {
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    try registry.write { edits in
      for type in ["group", "actor"] {
        try edits.store.apply(
          .defineType(TypeDefinition(key: Key(unchecked: type), parent: nil, plural: type + "s")))
      }
      for (key, parent) in [("member", nil), ("lead", "member")] {
        try edits.store.apply(
          .defineProperty(
            PropertyDefinition(
              key: Key(unchecked: key), domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
              parent: parent.map { Key(unchecked: $0) })))
      }
      try edits.add("group", "g")
      for number in 0..<count {
        let member = Value.entity(Key(unchecked: "m-\(number)"))
        try edits.add("actor", "m-\(number)")
        for property in ["member", "lead"] {
          try edits.claim(
            "g", property, member, Validity(.period(nil, .through(try PartialDate(edtf: "2020")))))
        }
        if number.isMultiple(of: 10) {
          try edits.claim(
            "g", "member", member, Validity(.period(.from(try PartialDate(edtf: "2022")), nil)))
        }
      }
    }
    return registry
  }

  private static func steps(_ registry: SQLiteRegistry, _ looked: FactsLookedAt, areMany: Bool) throws -> Int
  {
    let question = try CellResolver(registry.shared).undecidedQuestion(looked, in: .main, areMany: areMany)
    let row = try registry.shared.db.rows(question)
    let before = row.steps
    var found = 0
    while try row.next() { found += 1 }
    #expect(found > 0)
    return row.steps - before
  }

  @Test("are looked at by their cell, and as they are loaded, when the indexes are not there yet")
  func undecided() throws {
    let (small, large) = (try Self.fill(60), try Self.fill(240))
    for isLoading in [false, true] {
      if isLoading {
        for registry in [small, large] {
          for index in ["value", "object"] {
            try registry.shared.db.run("DROP INDEX main.statement_\(index)")
          }
        }
      }
      var looked: [(FactsLookedAt, areMany: Bool)] = [
        (.cells([Dirty.Cell(subject: 1, property: "member")]), false),
        (.cells([Dirty.Cell(subject: 1, property: "lead")]), false), (.rows(1...100_000), true),
      ]
      if !isLoading { looked.append((.all, true)) }
      for (looked, areMany) in looked {
        let few = try Self.steps(small, looked, areMany: areMany)
        let many = try Self.steps(large, looked, areMany: areMany)
        #expect(many < few * 6, "\(looked), \(isLoading): \(few), \(many)")
      }
    }
  }

  @Test("of renamings and mergings, each of others, are looked at one by one", arguments: [false, true])
  func identities(isMerging: Bool) throws {
    /// How often SQLite asked whether it is to go on, which it does every 20,000 steps.
    func pauses(_ count: Int) throws -> Int {
      let registry = try Self.fill(1)
      var pauses = 0
      registry.isInterrupted = {
        pauses += 1
        return false
      }
      try registry.write { edits in
        for number in 0..<count {
          let (one, other) = (Key(unchecked: "one-\(number)"), Key(unchecked: "other-\(number)"))
          try edits.add("actor", one.text)
          if isMerging { try edits.add("actor", other.text) }
          try edits.store.apply(
            isMerging ? .merge(one, into: other, reason: nil) : .rename(one, to: other, reason: nil))
          // As the next command of a script does.
          #expect(try registry.entity(one, .all)?.key == other)
        }
      }
      registry.isInterrupted = nil
      #expect(try registry.check().compactMap(\.problem) == [])
      return pauses
    }
    let (few, many) = (try pauses(300), try pauses(1_200))
    #expect(many < (few + 1) * 6, "\(few), \(many)")
  }

  @Test("name what nothing else is said of, which is found at once while the indexes are not there yet")
  func keysOfValues() throws {
    func steps(_ count: Int) throws -> Int {
      let registry = try Self.fill(count)
      var steps = 0
      try registry.write { edits in
        // As a dump does that speaks of a thing before it says what that is.
        try edits.store.apply(.createEntity(Key(unchecked: "value")))
        try edits.claim("g", "member", .entity(Key(unchecked: "value")))
        for index in ["statement_object", "statement_value", "citation_source"] {
          try registry.shared.db.run("DROP INDEX main.\(index)")
        }
        let row = try registry.shared.db.rows(
          "SELECT \(Identity.owner(of: "?1", in: "main"))", [.text("value")])
        let before = row.steps
        #expect(try row.next() && row.optionalInteger(0) != nil)
        steps = row.steps - before
      }
      return steps
    }
    #expect(try steps(240) < steps(60) * 2)
  }

  @Test("are asked of each who is in them, by name and by date, and of each who is not")
  func read() throws {
    let (small, large) = (try Self.fill(500), try Self.fill(2_000))
    let named = Filter.named(
      by: [Key(unchecked: "member"), Key(unchecked: "lead")], of: Owners(entities: [Key(unchecked: "g")]), nil
    )
    /// How often SQLite asked whether it is to go on, which it does every 20,000 steps.
    func pauses(_ registry: SQLiteRegistry, _ filter: Filter, _ times: Times) throws -> Int {
      var count = 0
      registry.isInterrupted = {
        count += 1
        return false
      }
      defer { registry.isInterrupted = nil }
      _ = try registry.entities(EntityQuery(types: [Key(unchecked: "actor")], filter: filter), times)
      return count
    }
    for filter in [named, .not(named)] {
      for times in [Times.all, Times(on: try PartialDate(edtf: "2019"))] {
        let (few, many) = (try pauses(small, filter, times), try pauses(large, filter, times))
        #expect(many < (few + 1) * 6, "\(filter), \(times): \(few), \(many)")
      }
    }
  }
}
