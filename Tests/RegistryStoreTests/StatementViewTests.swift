import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import SeededNumbers
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

/// What SQL tells of a statement is what the record of it says.
@Suite("The views of statements")
struct StatementViewTests {
  private let registry: SQLiteRegistry

  init() throws {
    registry = try TestRegistry.store()
    try registry.write { edits in
      for (key, range) in [
        ("member", ValueRange.entities([BuiltIn.entity])), ("amount", .money), ("colour", .text),
        ("signed", .date),
      ] {
        try edits.store.apply(
          .defineProperty(
            PropertyDefinition(key: Key(unchecked: key), domain: [BuiltIn.entity], range: range)))
      }
      for (key, range) in [
        ("mineral", ValueRange.entities([BuiltIn.entity])), ("portion", .percent), ("year", .date),
        ("role", .text),
      ] {
        try edits.store.apply(
          .defineProperty(
            PropertyDefinition(key: Key(unchecked: key), domain: [BuiltIn.statement], range: range)))
      }
      for source in ["one", "two", "three", "copy"] {
        try edits.add("source", source)
        try edits.store.apply(.setSource(Key(unchecked: source), SourceData(title: source)))
      }
      for thing in ["a", "b", "c"] { try edits.add("thing", thing) }
    }
  }

  private func rows(_ query: String, _ times: Times = .all) throws -> [[String]] {
    try registry.sql(query, limit: nil, times).rows.map { row in
      row.map { cell in
        switch cell {
        case .empty: ""
        case .text(let text): text
        case .integer(let number): String(number)
        case .real(let number): number == number.rounded() ? String(Int(number)) : "\(number)"
        default: "?"
        }
      }
    }
  }

  private func date(_ text: String) throws -> PartialDate { try PartialDate(edtf: text) }

  @Test("Each relation follows the times that its query reads, and has the columns that are declared")
  func declared() throws {
    #expect(ViewDefinition.all.map(\.relation) == RelationDeclaration.all)
    for view in ViewDefinition.all {
      #expect(view.follows == view.relation.follows, "\(view.name)")
      let found = try registry.sql("SELECT * FROM \(view.name)", limit: 1, .all).columns
      #expect(found == view.relation.columns.map(\.name), "\(view.name)")
    }
  }

  @Test("Periods in SQL: the four bounds as days, nothing where they are open, and the day last seen")
  func periods() throws {
    let periods: [(String, Validity, [String])] = try [
      ("1", Validity(), ["", "", "", "", ""]),
      ("2", Validity(.period(.from(date("1993")), nil)), ["1993-01-01", "1993-12-31", "", "", ""]),
      (
        "3", Validity(.period(.from(date("1993-05")), .until(date("2020-01-31")))),
        ["1993-05-01", "1993-05-31", "2020-01-31", "2020-01-31", ""]
      ),
      ("4", Validity(.seen(date("2019-05"))), ["", "2019-05-31", "2019-05-01", "", "2019-05-01"]),
      (
        "5", Validity(.ongoing(date("1973"), still: date("2026-09-01"))),
        ["1973-01-01", "1973-12-31", "2026-09-01", "", "2026-09-01"]
      ),
      (
        "6", Validity(.within(date("2001-02"), date("2001-04"))),
        ["2001-02-01", "2001-04-30", "2001-02-01", "2001-04-30", ""]
      ),
    ]
    try registry.write { edits in
      for (value, validity, _) in periods {
        try edits.claim("a", "colour", .text(value), validity, citing: "one")
      }
    }
    let found = try rows(
      """
      SELECT value, start_earliest, start_latest, end_earliest, end_latest, last_seen FROM statements
      WHERE property = 'colour' ORDER BY value
      """)
    #expect(found == periods.map { [$0.0] + $0.2 })
    #expect(
      try rows(
        "SELECT count(*) FROM statements WHERE start_latest <= '2000-01-01' AND end_earliest >= '2001-01-01'")
        == [["2"]])
  }

  @Test("Values by their kind: keys, numbers with unit, bound and reading, and the days that a date can mean")
  func values() throws {
    try registry.write { edits in
      try edits.claim("a", "member", .entity(Key(unchecked: "b")), citing: "one")
      try edits.claim("a", "colour", .text("b"), citing: "one")
      try edits.claim("a", "signed", .date(try date("2026-02")), citing: "one")
      try edits.claim("a", "signed", .unknown, citing: "one")
      for text in ["at least USD 5bn each", "USD 1..2m combined", "forecast about USD 7"] {
        let quantity = try #require(Quantity(canonicalText: text))
        try edits.claim("a", "amount", .quantity(quantity), citing: "one")
      }
    }
    let found = try rows(
      """
      SELECT property, value, object, number, low, high, unit, bound, reading, forecast, date_earliest, date_latest
      FROM statements WHERE subject = 'a' AND property NOT IN ('type', 'name') ORDER BY property, value
      """)
    #expect(found.count == 7)
    #expect(found.contains(["colour", "b", "", "", "", "", "", "", "", "0", "", ""]))
    #expect(found.contains(["member", "b", "b", "", "", "", "", "", "", "0", "", ""]))
    #expect(
      found.contains(["signed", "2026-02", "", "", "", "", "", "", "", "0", "2026-02-01", "2026-02-28"]))
    #expect(found.contains(["signed", "unknown", "", "", "", "", "", "", "", "0", "", ""]))
    let amounts = found.filter { $0[0] == "amount" }.map { Array($0[3...9]) }
    #expect(amounts.contains(["5000000000", "5000000000", "5000000000", "USD", "at least", "each", "0"]))
    #expect(amounts.contains(["", "1000000", "2000000", "USD", "range", "combined", "0"]))
    #expect(amounts.contains(["7", "7", "7", "USD", "about", "", "1"]))
  }

  @Test("Qualifiers as a relation of their own, with keys, numbers and days")
  func qualifiers() throws {
    let statement = Statement(
      subject: Key(unchecked: "a"), property: Key(unchecked: "colour"), value: .text("red"),
      qualifiers: [
        Qualifier(Key(unchecked: "mineral"), .entity(Key(unchecked: "b"))),
        Qualifier(Key(unchecked: "portion"), .quantity(Quantity(low: 5, unit: "%", bound: .about))),
        Qualifier(Key(unchecked: "year"), .date(try date("2024"))),
        Qualifier(Key(unchecked: "role"), .text("lead")),
      ])
    let citation = Citation(source: Key(unchecked: "one"), quote: "red")
    try registry.write { edits in
      try edits.store.apply(.claim(statement, citation))
      try edits.store.apply(.withdraw(statement.id))
    }
    #expect(try rows("SELECT * FROM qualifiers") == [])
    try registry.write { try $0.store.apply(.claim(statement, citation)) }
    #expect(
      try rows(
        """
        SELECT property, value, object, low, high, unit, bound, date_earliest, date_latest FROM qualifiers
        WHERE statement = '\(statement.id.digest)' ORDER BY property
        """) == [
          ["mineral", "b", "b", "", "", "", "", "", ""],
          ["portion", "about 5%", "", "5", "5", "%", "about", "", ""],
          ["role", "lead", "", "", "", "", "", "", ""],
          ["year", "2024", "", "", "", "", "", "2024-01-01", "2024-12-31"],
        ])
  }

  @Test("Counts of sources and origins are those of the records, whoever is quoted and merged")
  func origins() throws {
    var random = Seeded(seed: 11)
    let speakers = [nil, "IEA", "iea", "I.E.A.", "Łódź Institute", "Lodz Institute", "-", "One"]
    try registry.write { edits in
      for number in 0..<60 {
        let statement = Statement(
          subject: Key(unchecked: "a"), property: Key(unchecked: "colour"), value: .text("c\(number % 20)"))
        let source = ["one", "two", "three", "copy"].randomElement(using: &random) ?? "one"
        var citation = Citation(
          source: Key(unchecked: source), via: speakers.randomElement(using: &random) ?? nil)
        citation.stance = number % 11 == 0 ? .denies : .claims
        try edits.store.apply(
          citation.stance == .denies ? .deny(statement, citation) : .claim(statement, citation))
      }
      try edits.store.apply(.merge(Key(unchecked: "copy"), into: Key(unchecked: "one"), reason: nil))
    }
    for times in [Times.all, Times(accordingTo: [Key(unchecked: "one")])] {
      let records = try registry.statements(StatementSelection(subjects: [Key(unchecked: "a")]), times)
      let found = Dictionary(
        uniqueKeysWithValues: try rows("SELECT id, sources, origins FROM statements", times).map {
          ($0[0], Array($0[1...]))
        })
      #expect(records.count > 5)
      for record in records {
        let stance = record.isClaimed ? Stance.claims : .denies
        let sources = Set(record.citations.filter { $0.stance == stance }.map(\.source)).count
        #expect(
          found[record.id.digest] == ["\(sources)", "\(record.origins.count)"],
          "\(record.statement.value.canonicalText)")
      }
    }
    #expect(try rows("SELECT facts FROM sources WHERE key = 'one'") != [["0"]])
    #expect(
      try rows(
        "SELECT s.key, s.facts, count(DISTINCT c.statement) FROM sources s JOIN citations c ON c.source = s.key GROUP BY s.key"
      )
      .allSatisfy { $0[1] == $0[2] })
  }

  @Test("Ranks in words")
  func ranks() throws {
    try registry.write { edits in
      for value in ["red", "blue", "green"] { try edits.claim("a", "colour", .text(value), citing: "one") }
      for record in try registry.statements(StatementSelection(properties: [Key(unchecked: "colour")]), .all)
      {
        guard case .text(let text) = record.statement.value, text != "green" else { continue }
        try edits.store.apply(.rank(record.id, text == "red" ? .preferred : .deprecated, reason: nil))
      }
    }
    #expect(
      try rows("SELECT value, rank FROM statements WHERE property = 'colour' ORDER BY value") == [
        ["blue", "deprecated"], ["green", "normal"], ["red", "preferred"],
      ])
  }
}
