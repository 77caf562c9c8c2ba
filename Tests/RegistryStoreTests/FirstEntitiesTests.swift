import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// A short list of a long table is read from the front of an index: it must be the front of the whole list.
@Suite("Short lists")
struct FirstEntitiesTests {
  /// More things than are tried first; an amount of most, several of some, an unknown one of a few.
  private static func fill() throws -> SQLiteRegistry {
    let registry = try QueryPlanTests.fill(30)
    try registry.write { edits in
      for number in 0..<3_301 {
        let key = "item-\(number * 7_919 % 3_301)"
        try edits.add("thing", key, "Name \(number)")
        if number % 3 != 0 {
          let amount = Quantity(low: Decimal(number % 40), unit: "")
          try edits.claim(key, "amount", number % 100 == 1 ? .unknown : .quantity(amount))
        }
        if number % 50 == 0 {
          try edits.claim(key, "amount", .quantity(Quantity(low: Decimal(number), unit: "")))
        }
        // Of one hub more is found than is worth putting in order, of the other few.
        if number % 3 == 0 { try edits.claim(key, "member", .entity(Key(unchecked: "thing-1"))) }
        if number % 90 == 0 { try edits.claim(key, "member", .entity(Key(unchecked: "thing-2"))) }
        if number % 2 == 0 { try edits.claim(key, "colour", .text(number % 4 == 0 ? "red" : "blue")) }
      }
    }
    return registry
  }

  @Test("are what the whole list begins with, whatever the order and the filter")
  func areTheBeginning() throws {
    let registry = try Self.fill()
    let (thing, amount) = (Key(unchecked: "thing"), Key(unchecked: "amount"))
    let red = Filter.compare(path: [[Key(unchecked: "colour")]], .equal, [.text("red")])
    let none = Filter.compare(path: [[Key(unchecked: "colour")]], .equal, [.text("green")])
    let hubs = ["thing-1", "thing-2"].map {
      Filter.compare(path: [[Key(unchecked: "member")]], .equal, [.entity(Key(unchecked: $0))])
    }
    let orders: [[EntityQuery.Sort]] = [
      [], [.init(.property(amount))], [.init(.property(amount), descending: true), .init(.name)],
      [.init(.key, descending: true)],
    ]
    for sort in orders {
      for filter in [nil, red, .not(red), none, .all([red, .state(path: [[amount]], .stated)])]
        + [hubs[0], hubs[1], .all([red, hubs[0]]), .any(hubs)]
      {
        for types in [[thing], [thing, Groups.type], nil] {
          let whole = try registry.entities(EntityQuery(types: types, filter: filter, sort: sort), .all)
          for limit in [1, 7, 400] {
            let query = EntityQuery(types: types, filter: filter, sort: sort, limit: limit)
            let page = try registry.entities(query, .all)
            #expect(page.rows == Array(whole.rows.prefix(limit)), "\(sort) \(limit)")
          }
        }
      }
    }
    // The front of the index was really tried.
    let query = EntityQuery(types: [thing], sort: [.init(.property(amount))], limit: 5)
    #expect(
      try EntityPlanner(registry.shared).firstEntities(
        query, try PastScope(registry.shared).holding(.main, .all)) != nil)
    let filtered = EntityQuery(types: [thing], filter: red, limit: 5)
    #expect(
      try EntityPlanner(registry.shared).firstEntities(
        filtered, try PastScope(registry.shared).holding(.main, .all)) != nil)
    for (filter, isByIndex) in [(hubs[0], true), (hubs[1], false)] {
      let query = EntityQuery(types: [thing], filter: filter, limit: 5)
      let holding = try PastScope(registry.shared).holding(.main, .all)
      var compiler = try EntityPlanner(registry.shared).filterCompiler(.main, query)
      let entities = try EntityPlanner(registry.shared).firstEntities(query, holding)?.entities(&compiler)
      #expect(entities?.contains("entity_now_type") == isByIndex)
    }
  }
}
