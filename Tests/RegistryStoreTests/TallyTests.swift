import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// What is counted, or set apart, as it is edited, beside what looking at every statement gives.
@Suite("Kept counts")
struct TallyTests {
  @Test("are what looking at each gives, after any edits", arguments: 401...408)
  func areTrue(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { edits in
      try RandomEdits.prepare(edits)
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Groups.membership, domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
            cardinality: .many)))
    }
    for _ in 0..<12 {
      try edits.step(registry)
      for property in ["one", "many", "member", "type", "lead", "chair", "guest"].map(Key.init(unchecked:)) {
        for types in [nil, [Key(unchecked: "thing")], [Key(unchecked: "thing"), Groups.type]] {
          // What is filtered is looked at one by one.
          let kept = try registry.entities(EntityQuery(types: types).counted(by: [property]), .all)
          let looked = try registry.entities(
            EntityQuery(types: types, filter: .all([])).counted(by: [property]), .all)
          #expect(kept == looked, "\(property)")
        }
      }
      let statements = try registry.statements(StatementSelection(), .all)
      for thing in RandomEdits.things {
        guard let key = try registry.entity(Key(unchecked: thing), .all)?.key else { continue }
        let named = statements.filter { $0.statement.value == .entity(key) }
        let counts = Dictionary(grouping: named, by: \.statement.property).mapValues(\.count)
        let mentions = try registry.mentions(of: key, most: 100, .all).asValue
        #expect(Dictionary(uniqueKeysWithValues: mentions.map { ($0.property, $0.count) }) == counts)
      }
    }
  }

  @Test("Places with rivals are among those that are found, at any time", arguments: 411...418)
  func places(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    for _ in 0..<12 {
      try edits.step(registry)
      for times in [
        Times.all, Times(on: try PartialDate(edtf: "2020-06")), Times(accordingTo: [Key(unchecked: "s")]),
      ] {
        let schema = try registry.schema(times)
        let records = try registry.statements(StatementSelection(), times)
        let places = Dictionary(grouping: records) {
          Place(subject: $0.statement.subject, property: $0.statement.property)
        }
        let book = try registry.sources(.pages(Set(records.flatMap(\.citations).map(\.book))), times)
        let standings = book.mapValues { data in
          SourceStanding(
            reliability: data.reliability,
            published: (data.published ?? data.retrieved)?.latest ?? .distantPast, corrects: data.corrects)
        }
        let standing: (Key) -> SourceStanding? = { standings[$0] }
        let contested = places.filter { place, records in
          guard let definition = schema.properties[place.property] else { return false }
          return records.contains { $0.isClaimed && $0.isDenied }
            || Resolver(definition, standing: standing).resolve(records).contains { !$0.passedOver.isEmpty }
        }
        let found = try registry.contestedPlaces(ContestedQuery(), times)
        #expect(Set(contested.keys).isSubset(of: found))
        #expect(found == found.sorted { ($0.subject, $0.property) < ($1.subject, $1.property) })
      }
    }
  }

  @Test("Many places are found in the order of keys, as few are")
  func order() throws {
    let registry = try QueryPlanTests.fill(30)
    try registry.write { edits in
      for number in 0..<1_500 {
        let key = "item-\(number * 7 % 1_500)"
        try edits.add("thing", key)
        for colour in ["red", "blue"] { try edits.claim(key, "colour", .text(colour)) }
      }
    }
    let all = try registry.contestedPlaces(ContestedQuery(), .all)
    #expect(all.count == 1_500)
    for properties in [nil, [Key(unchecked: "colour")], [Key(unchecked: "amount")]] {
      for (limit, offset) in [(1, 0), (10, 0), (10, 700)] {
        let some = try registry.contestedPlaces(
          ContestedQuery(properties: properties, limit: limit, offset: offset), .all)
        let expected = properties == [Key(unchecked: "amount")] ? [] : all.dropFirst(offset).prefix(limit)
        #expect(some == Array(expected))
      }
    }
  }

  @Test("A list by what some sources say finds the same from those who can fit alone", arguments: 422...427)
  func candidates(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    let filter = RandomEdits.filter("member", .entity(Key(unchecked: "a")))
    var isLeast = false
    for _ in 0..<12 {
      try edits.step(registry)
      for times in [
        Times(accordingTo: [Key(unchecked: "s")]), Times(published: try PartialDate(edtf: "2021")),
      ] {
        let query = EntityQuery(types: [Groups.type, Key(unchecked: "thing")], filter: filter)
        func asked(_ least: Int) throws -> EntityPage {
          registry.shared.leastForCandidates = least
          // Another time between, so that nothing is there.
          _ = try registry.schema(Times(accordingTo: [Key(unchecked: "r")]))
          return try registry.entities(query, times)
        }
        let (whole, part) = (try asked(10_000), try asked(0))
        #expect(part.rows == whole.rows)
        #expect(part.undecided.count <= whole.undecided.count)
        isLeast = isLeast || part.undecided.isLowerBound
      }
    }
    #expect(isLeast)
  }
}
