import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import Testing

@Suite("Rivals sort into kinds")
struct RivalClassifierTests {
  private static let property = Key(unchecked: "p")

  private func record(
    _ value: Value, _ qualifiers: [(String, Value)] = [], _ validity: Validity = Validity(),
    from source: String = "s"
  ) -> StatementRecord {
    let statement = Statement(
      subject: Key(unchecked: "x"), property: Self.property, value: value,
      qualifiers: qualifiers.map { Qualifier(Key(unchecked: $0.0), $0.1) }, validity: validity)
    return StatementRecord(
      id: statement.id, statement: statement, citations: [Citation(source: Key(unchecked: source))],
      isClaimed: true, isDenied: false, rank: .normal, recorded: TransactionID(1))
  }

  private func classifier(
    _ cardinality: Cardinality = .one, wholes: [String: Set<String>] = [:], published: [String: String] = [:]
  ) throws -> RivalClassifier {
    let days = try published.mapValues { try PartialDate(edtf: $0).latest }
    return RivalClassifier(
      PropertyDefinition(
        key: Self.property, domain: [BuiltIn.entity], range: .text, cardinality: cardinality),
      wholes: Dictionary(
        uniqueKeysWithValues: wholes.map { (Key(unchecked: $0), Set($1.map { Key(unchecked: $0) })) }),
      standing: { key in days[key.text].map { SourceStanding(reliability: .c, published: $0) } })
  }

  @Test(
    "by what the numbers allow",
    arguments: [
      ("62%", "about 60%", RivalKind.differentPrecision), ("66%", "about 60%", .conflict),
      ("60%", "62%", .conflict), ("47..87%", "about 50..80%", .differentPrecision),
      ("more than 50%", "40%", .conflict), ("more than 50%", "90%", .differentPrecision),
      ("nearly 80%", "73%", .conflict), ("nearly 80%", "78%", .differentPrecision),
      ("nearly USD 2bn", "USD 1.67bn", .differentPrecision),
      ("USD 1bn unclear", "at least AUD 1bn each", .conflict),
      ("USD 1bn unclear", "at least USD 1bn each", .eachCombined),
      ("USD 2bn combined", "USD 1bn each", .eachCombined),
      ("USD 1.2bn", "USD 1.25bn", .conflict),
    ])
  func numbers(_ one: String, _ other: String, _ kind: RivalKind) throws {
    let first = record(.quantity(try #require(Quantity(canonicalText: one))))
    let second = record(.quantity(try #require(Quantity(canonicalText: other))))
    #expect(try classifier().kind(of: first, beside: second) == kind)
    #expect(try classifier().kind(of: second, beside: first) == kind)
  }

  @Test(
    "by the bounds of dates",
    arguments: [
      ("2025-12-12", "2025-12-12/2025-12-13", RivalKind.differentPrecision),
      ("2025-06", "2025-06-17", .differentPrecision), ("2025-10-27", "2025-10-28", .conflict),
      ("2024-12", "2025-12-04", .conflict),
    ])
  func dates(_ one: String, _ other: String, _ kind: RivalKind) throws {
    let first = record(.date(try PartialDate(edtf: one)))
    let second = record(.date(try PartialDate(edtf: other)))
    #expect(try classifier().kind(of: first, beside: second) == kind)
  }

  @Test("Who is left unknown is not contradicted by a name; none is")
  func unknown() throws {
    let name = record(.entity(Key(unchecked: "bessent")))
    #expect(try classifier().kind(of: record(.unknown), beside: name) == .differentPrecision)
    #expect(try classifier().kind(of: record(.none), beside: name) == .conflict)
  }

  @Test("A member and its group are part and whole")
  func partAndWhole() throws {
    let classifier = try classifier(wholes: ["FRA": ["eu", "g7"], "eu": []])
    let (france, eu) = (record(.entity(Key(unchecked: "FRA"))), record(.entity(Key(unchecked: "eu"))))
    #expect(classifier.kind(of: france, beside: eu) == .partWhole)
    #expect(classifier.kind(of: eu, beside: france) == .partWhole)
    #expect(classifier.kind(of: record(.entity(Key(unchecked: "JPN"))), beside: eu) == .conflict)
  }

  @Test("A scope, a basis and a year make another figure")
  func qualifiers() throws {
    let plain = record(.quantity(Quantity(low: 60, unit: "%")))
    let scoped = record(.quantity(Quantity(low: 90, unit: "%")), [("scope", .text("magnets"))])
    let year = record(
      .quantity(Quantity(low: 90, unit: "%")), [("year", .date(try PartialDate(edtf: "2024")))])
    #expect(try classifier().kind(of: scoped, beside: plain) == .differentScope)
    #expect(try classifier().kind(of: year, beside: plain) == .differentYear)
    #expect(
      try classifier().neighbours([scoped, plain, year]).map { $0.map(\.id) } == [
        [plain.id, year.id, scoped.id]
      ])
  }

  @Test("Figures of different minerals stand beside each other only where one is part of the other")
  func minerals() throws {
    func share(_ mineral: String) -> StatementRecord {
      record(.quantity(Quantity(low: 60, unit: "%")), [("mineral", .entity(Key(unchecked: mineral)))])
    }
    let records = [share("rare-earths"), share("dysprosium"), share("cobalt")]
    let found = try classifier(wholes: ["dysprosium": ["rare-earths"]]).neighbours(records)
    #expect(found.map { $0.map(\.id) } == [[records[1].id, records[0].id]])
  }

  @Test("Of one value at a time the later source replaces the earlier, unless both speak of one day")
  func supersession() throws {
    let classifier = try classifier(.oneAtATime, published: ["june": "2025-06", "february": "2026-02"])
    let proposed = record(.text("proposed"), from: "june")
    let active = record(.text("active"), from: "february")
    #expect(classifier.kind(of: proposed, beside: active) == .superseded)
    #expect(classifier.kind(of: active, beside: proposed) == .conflict)
    let day = Validity(.seen(try PartialDate(edtf: "2026-01-12")))
    let bessent = record(.text("bessent"), [], day, from: "february")
    let yellen = record(.text("yellen"), [], day, from: "june")
    #expect(classifier.kind(of: yellen, beside: bessent) == .conflict)
  }

  @Test("A successor closes an open end")
  func successors() throws {
    let classifier = try classifier(.oneAtATime)
    func from(_ date: String, _ value: String) throws -> StatementRecord {
      record(.text(value), [], Validity(.period(.from(try PartialDate(edtf: date)), nil)))
    }
    let (old, new) = (try from("2021-01-26", "yellen"), try from("2025-01-28", "bessent"))
    let definition = PropertyDefinition(
      key: Self.property, domain: [BuiltIn.entity], range: .text, cardinality: .oneAtATime)
    let resolutions = Resolver(definition, standing: { _ in nil }).resolve([new, old])
    let found = classifier.successions(resolutions)
    #expect(found.map(\.old.id) == [old.id])
    #expect(found.map(\.new.id) == [new.id])
  }
}
