import Foundation
import RegistryModel
import RegistryRules
import RegistryStore
import Testing

@Suite("What is said that differs sorts into kinds")
struct ContradictionTests {
  private static let property = Key(unchecked: "p")
  private static let narrower = Key(unchecked: "q")

  private func saying(
    _ value: Value, _ qualifiers: [(String, Value)] = [], _ validity: String = "", denied: Bool = false,
    from sources: String..., of property: Key = property, via: String? = nil
  ) throws -> StatementRecord {
    let statement = Statement(
      subject: Key(unchecked: "x"), property: property, value: value,
      qualifiers: qualifiers.map { Qualifier(Key(unchecked: $0.0), $0.1) },
      validity: try #require(Validity(canonicalText: validity)))
    let citations = (sources.isEmpty ? ["s-\(value.canonicalText)-\(validity)"] : sources).map {
      Citation(source: Key(unchecked: $0), via: via, stance: denied ? .denies : .claims)
    }
    return StatementRecord(
      id: statement.id, statement: statement, citations: citations,
      isClaimed: !denied, isDenied: denied, rank: .normal, recorded: TransactionID(1))
  }

  private func entity(_ key: String) -> Value { .entity(Key(unchecked: key)) }
  private func date(_ text: String) throws -> Value { .date(try PartialDate(edtf: text)) }

  private func judge(
    _ cardinality: Cardinality = .one, wholes: [String: Set<String>] = [:], published: [String: String] = [:],
    corrects: [String: String] = [:]
  ) throws -> Contradictions {
    let days = try published.mapValues { try PartialDate(edtf: $0).latest }
    let properties = [Self.property, Self.narrower].map {
      PropertyDefinition(
        key: $0, domain: [BuiltIn.entity], range: .text, cardinality: cardinality,
        parent: $0 == Self.narrower ? Self.property : nil)
    }
    return Contradictions(
      Schema(properties: properties),
      wholes: Dictionary(
        uniqueKeysWithValues: wholes.map { (Key(unchecked: $0), Set($1.map { Key(unchecked: $0) })) }),
      sources: { key in
        SourceStanding(
          reliability: .c, published: days[key.text] ?? .distantPast,
          corrects: corrects[key.text].map { [Key(unchecked: $0)] } ?? [])
      })
  }

  private func kinds(_ judge: Contradictions, _ records: [StatementRecord]) -> [ContradictionKind] {
    let kinds = judge.cells(records).flatMap { $0.contradictions.map(\.kind) }.sorted()
    // In whatever order they are recorded.
    #expect(judge.cells(records.reversed()).flatMap { $0.contradictions.map(\.kind) }.sorted() == kinds)
    return kinds
  }

  @Test(
    "by what the numbers allow",
    arguments: [
      ("62%", "about 60%", ContradictionKind.differentPrecision), ("66%", "about 60%", .conflict),
      ("60%", "62%", .conflict), ("47..87%", "about 50..80%", .differentPrecision),
      ("more than 50%", "40%", .conflict), ("more than 50%", "90%", .differentPrecision),
      ("nearly 80%", "73%", .conflict), ("nearly 80%", "78%", .differentPrecision),
      ("nearly USD 2bn", "USD 1.67bn", .differentPrecision),
      ("USD 1bn unclear", "at least AUD 1bn each", .conflict),
      ("USD 1bn unclear", "at least USD 1bn each", .eachCombined),
      ("USD 2bn combined", "USD 1bn each", .eachCombined),
      ("USD 1.2bn", "USD 1.25bn", .conflict), ("forecast 60%", "62%", .superseded),
    ])
  func numbers(_ one: String, _ other: String, _ kind: ContradictionKind) throws {
    let first = try saying(.quantity(try #require(Quantity(canonicalText: one))))
    let second = try saying(.quantity(try #require(Quantity(canonicalText: other))))
    #expect(try kinds(judge(), [first, second]) == [kind])
  }

  @Test(
    "by the bounds of dates",
    arguments: [
      ("2025-12-12", "2025-12-12/2025-12-13", ContradictionKind.differentPrecision),
      ("2025-06", "2025-06-17", .differentPrecision), ("2025-10-27", "2025-10-28", .conflict),
      ("2024-12", "2025-12-04", .conflict),
    ])
  func dates(_ one: String, _ other: String, _ kind: ContradictionKind) throws {
    #expect(try kinds(judge(), [saying(date(one)), saying(date(other))]) == [kind])
  }

  @Test("Each two of three are compared, whatever is chosen (answers 59)")
  func pairs() throws {
    let records = try [saying(date("1993")), saying(date("1993-05")), saying(date("1993-11"))]
    #expect(try kinds(judge(), records) == [.conflict, .differentPrecision, .differentPrecision])
  }

  @Test("Who is left unknown is not contradicted by a name; none is")
  func unknown() throws {
    #expect(try kinds(judge(), [saying(.unknown), saying(entity("bessent"))]) == [.differentPrecision])
    #expect(try kinds(judge(), [saying(.none), saying(entity("bessent"))]) == [.conflict])
  }

  @Test("A member and its group are part and whole")
  func partAndWhole() throws {
    let judge = try judge(wholes: ["FRA": ["eu", "g7"], "eu": []])
    #expect(try kinds(judge, [saying(entity("FRA")), saying(entity("eu"))]) == [.partWhole])
    #expect(try kinds(judge, [saying(entity("JPN")), saying(entity("eu"))]) == [.conflict])
  }

  @Test("A scope, a basis and a year make another figure")
  func qualifiers() throws {
    let plain = try saying(.quantity(Quantity(low: 60, unit: "%")))
    let scoped = try saying(.quantity(Quantity(low: 90, unit: "%")), [("scope", .text("magnets"))])
    let year = try saying(.quantity(Quantity(low: 90, unit: "%")), [("year", date("2024"))])
    #expect(try kinds(judge(), [plain, scoped]) == [.differentScope])
    #expect(try kinds(judge(), [plain, year]) == [.differentYear])
    let perYear = try judge(.onePer([Key(unchecked: "year")]))
    #expect(kinds(perYear, [plain, year]) == [])
    #expect(perYear.neighbours([year, plain]).flatMap { $0.contradictions.map(\.kind) } == [.differentYear])
  }

  @Test("Figures of different minerals stand beside each other only where one is part of the other")
  func minerals() throws {
    func share(_ mineral: String) throws -> StatementRecord {
      try saying(.quantity(Quantity(low: 60, unit: "%")), [("mineral", entity(mineral))])
    }
    let judge = try judge(.onePer([Key(unchecked: "mineral")]), wholes: ["dysprosium": ["rare-earths"]])
    let found = judge.neighbours(try [share("rare-earths"), share("dysprosium"), share("cobalt")])
    #expect(found.map { $0.contradictions.map(\.kind) } == [[.partWhole]])
  }

  @Test("Of one value at a time, the later of two sources that name no day took the place of the earlier")
  func supersession() throws {
    let judge = try judge(.oneAtATime, published: ["june": "2025-06", "february": "2026-02"])
    let proposed = try saying(.text("proposed"), from: "june")
    #expect(try kinds(judge, [proposed, saying(.text("active"), from: "february")]) == [.superseded])
    #expect(try kinds(judge, [proposed, saying(.text("active"), from: "undated")]) == [.conflict])
    let bessent = try saying(.text("bessent"), [], "on 2026-01-12", from: "february")
    let yellen = try saying(.text("yellen"), [], "on 2026-01-12", from: "june")
    #expect(kinds(judge, [bessent, yellen]) == [.conflict])
  }

  @Test(
    "Of one value at a time, those differ of which each certainly begins before the other ends",
    arguments: [
      ("from 2021-01-26", "from 2025-01-28", [ContradictionKind]()),
      // A handover.
      ("until 2020-01-31", "from 2020-01-31", []),
      ("from 2010 until 2015", "from 2015", []),
      // Answers 27: which of the two was first is open.
      ("from 2010", "from 2010", []),
      // Answers 28: seen after the other's beginning.
      ("from 2025-01 still on 2026-01-15", "from 2025-06", [.conflict]),
      ("from 2010 until 2020", "from 2015 until 2018", [.conflict]),
      // Answers 31 and 32.
      ("", "", [.conflict]), ("", "from 2026-07", []),
    ])
  func atATime(_ one: String, _ other: String, _ expected: [ContradictionKind]) throws {
    let judge = try judge(.oneAtATime)
    let records = try [saying(.text("a"), [], one), saying(.text("b"), [], other)]
    #expect(judge.cells(records).flatMap { $0.contradictions.filter(\.isOfRivals).map(\.kind) } == expected)
  }

  @Test("What gave way to a successor is no rival of it, and only the next is told")
  func successors() throws {
    let records = try [
      saying(.text("a"), [], "from 2010"), saying(.text("b"), [], "from 2015"),
      saying(.text("c"), [], "from 2020"),
    ]
    let pairs = try judge(.oneAtATime).cells(records).flatMap(\.contradictions)
    #expect(pairs.map(\.kind) == [.superseded, .superseded])
    #expect(pairs.allSatisfy { !$0.isOfRivals })
  }

  @Test("Values that hold jointly are no rivals (answers 29)")
  func jointly() throws {
    let records = try [
      saying(entity("USA"), [("jointly", entity("JPN"))], from: "s"),
      saying(entity("JPN"), [("jointly", entity("USA"))], from: "s"), saying(entity("USA"), from: "t"),
    ]
    #expect(try kinds(judge(.oneAtATime), records) == [])
    let one = try [saying(entity("USA"), [("forecast", .text("yes"))]), saying(entity("USA"))]
    #expect(try kinds(judge(), one) == [])
  }

  @Test(
    "Of one value, two beginnings with no end between exclude each other, two ends with no beginning likewise",
    arguments: [
      // Answers 4.
      (["from 2026-04-16", "from 2026-04-17"], [ContradictionKind.period]),
      (["from 2026-04", "from 2026-04-17"], []),
      // Answers 1.
      (
        [
          "from 1945-11-04 until 1984-12-31", "from 2003-10-01 until 2018-12-31", "from 2023",
          "from 1945-11-04",
        ], []
      ),
      (["from 1945 until 1984", "from 1945", "from 2003"], []),
      // Answers 2 and 3.
      (["until 2019-03-29", "until 2020-01-31"], [.period]),
      (["until 2020", "until 2020-01-31"], []),
      // Seen after it ended.
      (["until 2020-01-31", "on 2021-05-01"], [.period]),
      (["until 2020-01-31", "from 2021 still on 2021-05-01"], []),
      (["from 1973", "from 1973-01-01 still on 2026-09-01"], []),
    ])
  func periods(_ periods: [String], _ expected: [ContradictionKind]) throws {
    let records = try periods.map { try saying(entity("USA"), [], $0) }
    #expect(try kinds(judge(.many), records) == expected)
  }

  @Test(
    "A claim and a denial of one value differ where both certainly speak of one time",
    arguments: [
      ("from 2010 until 2020", "on 2015-05-01", [ContradictionKind.denied]),
      // Answers 16: it may have ended before.
      ("from 1949", "on 2019-05-01", []),
      // Answers 15: what has no period is contested.
      ("from 2010", "", [.denied]), ("", "", [.denied]), ("", "on 2019-05-01", [.denied]),
    ])
  func denials(_ claim: String, _ denial: String, _ expected: [ContradictionKind]) throws {
    for property in [Self.property, Self.narrower] {
      let records = try [
        saying(entity("JPN"), [], claim, of: property), saying(entity("JPN"), [], denial, denied: true),
        saying(entity("KOR"), [], claim, of: property),
      ]
      #expect(try kinds(judge(.many), records) == expected)
    }
  }

  @Test("A list that its source calls whole denies the rest on its date")
  func only() throws {
    let list = try saying(
      .none, [("besides", entity("JPN")), ("besides", entity("USA"))], "on 2026-03-01", from: "l")
    for property in [Self.property, Self.narrower] {
      func claim(_ key: String, _ period: String) throws -> StatementRecord {
        try saying(entity(key), [], period, of: property)
      }
      #expect(try kinds(judge(.many), [list, claim("QAT", "from 2026-01-10 until 2026-06-01")]) == [.denied])
      #expect(try kinds(judge(.many), [list, claim("QAT", "from 2026-01-10")]) == [])
      #expect(try kinds(judge(.many), [list, claim("JPN", "from 2026-01-10 until 2026-06-01")]) == [])
    }
  }

  @Test("A plan that a later source overtakes is superseded (answers 49)")
  func plans() throws {
    let judge = try judge(
      .many, published: ["notice": "2020-07-06", "later": "2022-01-01", "same-day": "2020-07-06"])
    let plan = try saying(entity("USA"), [], "from 2021-07-06 until 2030", denied: true, from: "notice")
    func seen(_ source: String) throws -> StatementRecord {
      try saying(entity("USA"), [], "from 1948-06-21 still on 2022-01-01", from: source)
    }
    #expect(try kinds(judge, [plan, seen("later")]) == [.superseded])
    #expect(try kinds(judge, [plan, seen("same-day")]) == [.denied])
  }

  @Test("What corrects a source supersedes what that one said, and nothing else (answers 62)")
  func corrections() throws {
    let judge = try judge(corrects: ["erratum": "paper", "second": "erratum"])
    let wrong = try saying(date("2024"), from: "paper")
    #expect(try kinds(judge, [wrong, saying(date("2025"), from: "erratum")]) == [.superseded])
    #expect(try kinds(judge, [wrong, saying(date("2025"), from: "second")]) == [.superseded])
    #expect(try kinds(judge, [wrong, saying(date("2025"), from: "third")]) == [.conflict])
    let copied = try saying(date("2024"), from: "paper", "third")
    #expect(try kinds(judge, [copied, saying(date("2025"), from: "erratum")]) == [.conflict])
  }

  @Test("A source that contradicts itself is kept apart; two that quote one origin are told (answers 18, 61)")
  func sources() throws {
    let judge = try judge()
    let alone = judge.cells(try [saying(date("2024"), from: "a"), saying(date("2025"), from: "a")])
    #expect(alone.flatMap(\.contradictions).map(\.isOfOneSource) == [true])
    let other = judge.cells(try [saying(date("2024"), from: "a"), saying(date("2025"), from: "a", "b")])
    #expect(other.flatMap(\.contradictions).map(\.isOfOneSource) == [false])
    let quoting = judge.cells(
      try [saying(date("2024"), from: "a", via: "IEA"), saying(date("2025"), from: "b", via: "iea")])
    #expect(
      quoting.flatMap(\.contradictions).compactMap { $0.sharedOrigin.map { $0.lowercased() } } == ["iea"])
  }

  @Test("Of some sources, only what these say is compared")
  func asked() throws {
    let judge = try judge()
    let records = try [
      saying(date("2024"), from: "a", "b"), saying(date("2025"), from: "c"),
    ]
    let asked = Set(["a", "b"].map(Key.init(unchecked:)))
    #expect(judge.cells(records, asked: asked).flatMap(\.contradictions) == [])
    #expect(
      judge.cells(records, asked: asked.union([Key(unchecked: "c")])).flatMap(\.contradictions).count == 1)
  }
}
