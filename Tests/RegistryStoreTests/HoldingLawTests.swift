import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// What holds on a date, asked in two ways of random registries.
@Suite("What holds on a date, in two ways")
struct HoldingLawTests {
  static let properties = ["many", "one", "one-at-a-time", "member", "speaker", "lead", "chair", "guest"]
  static let dates = [
    "2016", "2018", "2018-07-01", "2019-05", "2020-01", "2020-06-15", "2021", "2021-03-02", "2023",
  ]

  static var rounds: Int {
    let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil
    return TestRegistry.isOnServer ? isStress ? 5 : 1 : isStress ? 600 : 25
  }

  /// What a filter says of an entity.
  private enum Answer: String { case yes, maybe, no }

  @Test("The filter finds whom the statements say, for certain and possibly; what it leaves out is undecided")
  func filters() throws {
    for seed in 0..<Self.rounds {
      var edits = RandomEdits(seed: 9_000 + seed)
      let registry = try TestRegistry.store()
      try registry.write { try RandomEdits.prepare($0) }
      for _ in 0..<12 { try edits.step(registry) }
      let schema = try registry.schema(.all)
      for text in Self.dates {
        let times = Times(on: try PartialDate(edtf: text), today: Day(year: 2022, month: 6, day: 1))
        let everything = try registry.entities(EntityQuery(types: nil), times)
        for property in Self.properties {
          let family = schema.propertyAndNarrower(of: Key(unchecked: property))
          var selection = StatementSelection(properties: family)
          selection.tellsHeld = true
          selection.includesOver = true
          let records = try registry.statements(selection, times)
          let values = Set(records.map(\.statement.value)).filter { $0 != .none && $0 != .unknown }
          for value in values {
            let filter = Filter.compare(path: [family], .equal, [value])
            let yes = try registry.entities(EntityQuery(types: nil, filter: filter), times)
            let no = try registry.entities(EntityQuery(types: nil, filter: .not(filter)), times)
            func certain(_ page: EntityPage) -> Set<Key> {
              Set(page.rows.filter { $0.certainty == .certainly }.map(\.entity.key))
            }
            func all(_ page: EntityPage) -> Set<Key> { Set(page.rows.map(\.entity.key)) }
            let question = "seed \(seed), \(property) = \(value.canonicalText) on \(text)"
            #expect(certain(yes).isDisjoint(with: all(no)), "\(question)")
            #expect(certain(no).isDisjoint(with: all(yes)), "\(question)")
            // Whom the filter neither finds nor excludes is undecided.
            #expect(
              all(yes).union(all(no)).count + yes.undecided.count == everything.rows.count
                || yes.undecided.isLowerBound, "\(question)")
            var surest: [Key: Certainty] = [:]
            for record in records where record.isClaimed && record.statement.value == value {
              guard let held = record.held else { continue }
              surest[record.statement.subject] = max(surest[record.statement.subject] ?? .not, held.certainty)
            }
            let there = Dictionary(everything.rows.map { ($0.entity.key, $0.certainty) }) { first, _ in first
            }
            for (entity, certainty) in surest {
              guard let isThere = there[entity] else { continue }
              let expected = min(certainty, isThere)
              let found: Certainty =
                certain(yes).contains(entity) ? .certainly : all(yes).contains(entity) ? .possibly : .not
              #expect(
                found == expected,
                "\(question), of \(entity): \(records.filter { $0.statement.subject == entity })")
            }
            #expect(all(yes).isSubset(of: surest.keys), "\(question)")
          }
        }
      }
    }
  }

  @Test(
    "Certain on a month is certain on its days; possible on a day is possible on its month; sql tells the same"
  )
  func months() throws {
    for seed in 0..<Self.rounds {
      var edits = RandomEdits(seed: 19_000 + seed)
      let registry = try TestRegistry.store()
      try registry.write { try RandomEdits.prepare($0) }
      for _ in 0..<12 { try edits.step(registry) }
      func held(_ text: String) throws -> [StatementID: Certainty] {
        var selection = StatementSelection()
        selection.tellsHeld = true
        selection.includesOver = true
        let records = try registry.statements(selection, Times(on: try PartialDate(edtf: text)))
        // Of what has no type there is no row in the views.
        let known = Set(try registry.entities(EntityQuery(types: nil), .all).rows.map(\.entity.key))
        return Dictionary(
          uniqueKeysWithValues: records.filter { $0.isClaimed && known.contains($0.statement.subject) }
            .map { ($0.id, $0.held?.certainty ?? .not) })
      }
      for (month, days) in [("2020-01", ["2020-01-01", "2020-01-31"]), ("2020-06", ["2020-06-15"])] {
        let whole = try held(month)
        for day in days {
          for (id, certainty) in try held(day) {
            if whole[id] == .certainly { #expect(certainty == .certainly, "seed \(seed), \(id) on \(day)") }
            if certainty > .not { #expect(whole[id] ?? .not > .not, "seed \(seed), \(id) on \(month)") }
          }
        }
        let told = try registry.sql(
          "SELECT id, certainty FROM statements WHERE claimed AND chosen", limit: nil,
          Times(on: try PartialDate(edtf: month)))
        var views: [StatementID: Certainty] = [:]
        for row in told.rows {
          guard case .text(let id) = row[0], case .text(let certainty) = row[1] else { continue }
          views[StatementID(id)] = Certainty(rawValue: certainty)
        }
        for id in Set(views.keys).union(whole.keys) {
          #expect(views[id] ?? .not == whole[id] ?? .not, "seed \(seed), \(id) in sql on \(month)")
        }
      }
    }
  }
}
