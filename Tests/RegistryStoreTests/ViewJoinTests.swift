import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// What a user joins in `sql` takes steps as there are rows, not as there are pairs of them.
@Suite("Joins of views")
struct ViewJoinTests {
  /// Deals of four firms each, cited, with a year.
  static func fill(_ count: Int) throws -> SQLiteRegistry {
    let registry = try SQLiteRegistry.open(location: ":memory:").registry
    try registry.write { edits in
      for type in ["initiative", "commitment", "office", "event", "actor", "group"] {
        try edits.store.apply(
          .defineType(TypeDefinition(key: Key(unchecked: type), parent: nil, plural: type + "s")))
      }
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: "year"), domain: [BuiltIn.statement], range: .date, cardinality: .one)))
      for (key, range, parent) in [
        ("member", ValueRange.entities([BuiltIn.entity]), nil),
        ("signatory", .entities([BuiltIn.entity]), "member"),
        ("giver", .entities([BuiltIn.entity]), nil), ("holder", .entities([BuiltIn.entity]), nil),
        ("status", .text, nil), ("share", .percent, nil),
      ] {
        try edits.store.apply(
          .defineProperty(
            PropertyDefinition(
              key: Key(unchecked: key), domain: [BuiltIn.entity], range: range,
              parent: parent.map { Key(unchecked: $0) })))
      }
      try edits.add("source", "paper")
      try edits.store.apply(.setSource(Key(unchecked: "paper"), SourceData(title: "Paper")))
      for firm in 0..<count { try edits.add("actor", "firm-\(firm)", "Firm \(firm)") }
      for deal in 0..<count {
        for (type, property) in [("initiative", "signatory"), ("commitment", "giver"), ("office", "holder")] {
          let key = "\(type)-\(deal)"
          try edits.add(type, key, "The \(type) \(deal)")
          for place in 0..<(type == "initiative" ? 4 : 1) {
            let firm = Key(unchecked: "firm-\((deal * 7 + place * 3) % count)")
            try edits.claim(key, property, .entity(firm), citing: "paper")
          }
        }
        let year = Qualifier(LatestFigures.year, .date(try PartialDate(edtf: "2024")))
        try edits.store.apply(
          .claim(
            Statement(
              subject: Key(unchecked: "firm-\(deal)"), property: Key(unchecked: "share"),
              value: .quantity(Quantity(low: 5, unit: "%")), qualifiers: [year]),
            Citation(source: Key(unchecked: "paper"), quote: "5 percent")))
      }
    }
    return registry
  }

  /// Which column of a view holds what: what can be joined on.
  private static let entities = [
    "memberships": ["initiative", "member"], "memberships_including_groups": ["initiative", "member"],
    "initiatives": ["key"], "commitments": ["key", "giver"], "offices": ["key", "holder"],
    "figures": ["subject"],
    "entities": ["key"], "names": ["entity"], "statements": ["subject", "object"],
  ]
  private static let statements = [
    "memberships": ["statement"], "statements": ["id"], "citations": ["statement"],
    "qualifiers": ["statement"],
    "figures": ["statement"], "offices": ["statement"],
  ]

  static let joins: [(String, String)] = [entities, statements].flatMap { columns in
    columns.keys.sorted().flatMap { one in
      columns.keys.sorted().flatMap { other in
        (columns[one] ?? []).flatMap { first in
          (columns[other] ?? []).map { second in ("\(one) a", "\(other) b ON b.\(second) = a.\(first)") }
        }
      }
    }
  }

  private static func steps(_ registry: SQLiteRegistry, _ query: String) throws -> Int {
    // That makes the views for it.
    _ = try registry.sql(query, limit: 1, .all)
    let row = try registry.shared.db.rows(query)
    let before = row.steps
    while try row.next() {}
    return row.steps - before
  }

  @Test("Four times the rows take less than eight times the steps, with JOIN and with LEFT JOIN")
  func grows() throws {
    let (small, large) = (try Self.fill(40), try Self.fill(160))
    var bad: [String] = []
    for join in Self.joins {
      for word in ["JOIN", "LEFT JOIN"] {
        let query = "SELECT count(*) FROM \(join.0) \(word) \(join.1)"
        let (few, many) = (try Self.steps(small, query), try Self.steps(large, query))
        if many > 8 * few { bad.append("\(query): \(few), \(many)") }
      }
    }
    #expect(bad == [])
    #expect(Self.joins.count > 150)
  }

  @Test("What is asked of one takes as many steps as there are of it")
  func selective() throws {
    let (small, large) = (try Self.fill(40), try Self.fill(160))
    var bad: [String] = []
    for condition in [
      "memberships a WHERE a.member = 'firm-7'", "memberships a WHERE a.initiative = 'initiative-7'",
      "memberships a JOIN memberships b ON b.initiative = a.initiative WHERE a.member = 'firm-7'",
      "statements a WHERE a.subject = 'firm-7'",
      "statements a JOIN citations c ON c.statement = a.id WHERE a.subject = 'firm-7'",
      "statements a JOIN qualifiers q ON q.statement = a.id WHERE a.subject = 'firm-7'",
      "citations a WHERE a.source = 'paper' AND a.statement = 'x'",
      "initiatives a JOIN memberships m ON m.initiative = a.key WHERE a.key = 'initiative-7'",
    ] {
      let query = "SELECT count(*) FROM \(condition)"
      let (few, many) = (try Self.steps(small, query), try Self.steps(large, query))
      if many > few * 3 / 2 { bad.append("\(query): \(few), \(many)") }
    }
    #expect(bad == [])
  }

  @Test("Columns that are not asked for are not made")
  func lazily() throws {
    let registry = try Self.fill(40)
    let bare = try Self.steps(
      registry,
      "SELECT s.digest FROM main.fact f JOIN main.statement s ON s.id = f.statement JOIN main.entity_now e ON e.id = f.subject"
    )
    let one = try Self.steps(registry, "SELECT id FROM statements")
    let all = try Self.steps(registry, "SELECT * FROM statements")
    #expect(one < 2 * bare, "\(bare), \(one), \(all)")
    #expect(all > 5 * bare, "\(bare), \(one), \(all)")
  }
}
