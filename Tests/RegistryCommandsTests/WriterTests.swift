import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import SeededNumbers
import TestRegistry
import Testing

/// Keys, texts, dates, numbers, qualifiers, periods and evidence drawn at random, recorded behind the language's back, and
/// written by everything that writes commands: each reads back as what was recorded.
@Suite("What is written is read back")
struct WriterTests {
  private static let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

  private static let definitions = """
    define type group plural groups
    define property link of entity to entity many
    define property words of entity to text many
    define property day of entity to date many
    define property count of entity to number many
    define property depth of entity to number many unit m
    define property flow of entity to number many unit "t/yr"
    define property odd of entity to number many unit "each of 2"
    define property price of entity to money many
    define property part of entity to percent many
    define property rate of entity to percent any many
    define property rung of entity to choice low, high-up many
    define property note of statement to text one
    define property mineral of statement to entity one
    define property year of statement to number one
    define property weight of statement to percent any one
    define property start of statement to date one
    """

  private static let keys = [
    "forge", "USA", "unknown", "none", "at", "citing", "only", "in", "new", "list", "from", "today", "where",
    "77",
    "2026",
    "5m", "2026-02", "t1a", "a--b", "treaty:A[b]_1", "x:a b", "x:a.b", "x:é#;{}", "x:$n", "x:a,b=c", "x:'q'",
    "x:->|", "x:a;b", "x:;",
    "source", "statement", "transactions", "true", "because", "with", "and", "each",
  ]

  private static let texts = [
    "plain", "", " blanks ", "a \"quote\" in it", "back\\slash", "\\n", "line\nline", "tab\tand\r",
    "$n and \\$n",
    "“curly”", "\"\"\"", "# no comment; { } [ ]", "unknown", "2026-02", "5%", "\u{1}\u{7}\u{1B}[31m",
    "e\u{301}",
    "\u{202E}back", "=1+1", "new exact text \"x\"", "东京", "\\u{41}", "a\\",
  ]

  private static let dates = [
    "2026", "2026-02", "2026-02-03", "199X", "2026~", "2026?", "2026%", "2026-Q1", "2025-10/2026-01",
    "2026/..",
    "-0044", "2026-02-30~".replacing("30", with: "28"), "../2026", "Y17000",
  ].filter { (try? PartialDate(edtf: $0)) != nil }

  private static func date(_ edtf: String) -> PartialDate {
    (try? PartialDate(edtf: edtf)) ?? PartialDate(day: Day(year: 2000, month: 1, day: 1))
  }

  private struct Drawn {
    var random: Seeded
    let keys: [Key]

    mutating func key() -> Key { random.one(of: keys) }
    mutating func text() -> String {
      random.one(of: WriterTests.texts) + (random.below(4) == 0 ? random.one(of: WriterTests.texts) : "")
    }
    mutating func date() -> PartialDate { WriterTests.date(random.one(of: WriterTests.dates)) }

    mutating func quantity(_ unit: String, whole: Bool) -> Quantity {
      func number(_ random: inout Seeded) -> Decimal {
        let digits = Decimal(random.below(random.one(of: [10, 101, 3_000, 1_000_000])))
        return whole || random.below(2) == 0 ? digits : digits / 1000
      }
      var (low, high) = (number(&random), number(&random))
      if whole { (low, high) = (Swift.min(low, 100), Swift.min(high, 100)) }
      if !whole, random.below(4) == 0 { low.negate() }
      if random.below(3) > 0 { high = low }
      let bound = random.one(of: Quantity.Bound.allCases)
      if bound == .moreThan, whole { (low, high) = (50, 50) }
      if ![.exact, .about, .range].contains(bound) { high = low }
      return Quantity(
        low: Swift.min(low, high), high: Swift.max(low, high), unit: unit, bound: bound,
        reading: random.below(5) == 0 ? random.one(of: Quantity.Reading.allCases) : nil,
        forecast: random.below(6) == 0)
    }

    mutating func value(_ property: String) -> Value {
      if random.below(20) == 0 { return random.one(of: [.unknown, .none]) }
      switch property {
      case "link", "mineral": return .entity(key())
      case "words", "note": return .text(text())
      case "day", "start": return .date(date())
      case "depth": return .quantity(quantity("m", whole: false))
      case "flow": return .quantity(quantity("t/yr", whole: false))
      case "odd": return .quantity(quantity("each of 2", whole: false))
      case "price": return .quantity(quantity(random.one(of: ["USD", "EUR", "USD/kg", "JPY"]), whole: false))
      case "part": return .quantity(quantity("%", whole: true))
      case "rate", "weight": return .quantity(quantity("%", whole: false))
      case "rung": return .text(random.one(of: ["low", "high-up"]))
      default: return .quantity(quantity("", whole: false))
      }
    }

    mutating func validity() -> Validity {
      let plain = ["2020", "2021-03", "2021-03-04", "2019~", "202X", "2026%"]
      func date(_ random: inout Seeded) -> PartialDate { WriterTests.date(random.one(of: plain)) }
      switch random.below(8) {
      case 0: return Validity(.period(.from(date(&random)), nil))
      case 1: return Validity(.period(nil, .until(date(&random))))
      case 2: return Validity(.period(nil, .through(date(&random))))
      case 3:
        let isThrough = random.below(2) == 0
        let end = date(&random)
        return Validity(
          .period(.from(WriterTests.date("2001-02")), isThrough ? .through(end) : .until(end)))
      case 4: return Validity(.seen(date(&random)))
      case 5:
        return Validity(.within(WriterTests.date("2001?"), date(&random)))
      case 6: return Validity(.ongoing(WriterTests.date("1999-12"), still: date(&random)))
      default: return Validity()
      }
    }

    mutating func statement(_ properties: [String]) -> Statement {
      let property = random.one(of: properties)
      var qualifiers: [Qualifier] = []
      for name in ["note", "mineral", "year", "weight", "start"] where random.below(5) == 0 {
        qualifiers.append(Qualifier(Key(unchecked: name), value(name)))
      }
      for name in [BuiltIn.jointly, BuiltIn.besides] where property == "link" && random.below(6) == 0 {
        qualifiers.append(Qualifier(name, .entity(key())))
      }
      if random.below(9) == 0, !["count", "depth", "flow", "odd", "price", "part", "rate"].contains(property)
      {
        qualifiers.append(Qualifier(BuiltIn.forecast, .text(BuiltIn.forecastWord)))
      }
      return Statement(
        subject: key(), property: Key(unchecked: property), value: value(property), qualifiers: qualifiers,
        validity: validity())
    }

    mutating func citation() -> Citation? {
      guard random.below(4) > 0 else { return nil }
      func maybe(_ text: String) -> String? { random.below(2) == 0 ? text : nil }
      let (via, at, quote) = (text(), text(), text())
      return Citation(
        source: random.one(of: ["x", "x:$n"]).key, via: maybe(via), locator: maybe(at), quote: maybe(quote),
        said: maybe(via), inferred: maybe(at), stance: random.below(4) == 0 ? .denies : .claims)
    }
  }

  /// A registry with what a script needs to stand in.
  private func session() throws -> (Session, Transcript) {
    let session = try TestRegistry.session()
    let transcript = Transcript(session)
    var told = transcript.run(Self.definitions + "\nsource x \"X\"; source \"x:$n\" \"Y\"")
    for key in Self.keys where key != "x:$n" { told += transcript.run("add group \"\(key)\"") }
    #expect(!told.contains("error:"), "\(told)")
    return (session, transcript)
  }

  /// The commands carried out in a registry of their own.
  private func read(_ commands: [String]) throws -> String {
    let (session, transcript) = try session()
    for command in commands {
      let told = transcript.run(command)
      #expect(!told.contains("error:"), "\(command): \(told)")
    }
    _ = session
    return transcript.run("dump")
  }

  /// The statements of a dump, whoever claims or denies them.
  private func ids(_ lines: [String]) throws -> [String] {
    lines.filter { $0.hasPrefix("claim ") || $0.hasPrefix("deny ") }.map { line in
      let statement = line.drop { $0 != " " }
      // In a dump no text before the evidence has this word bare.
      var isQuoted = false
      var isEscaped = false
      var end = statement.startIndex
      while end < statement.endIndex {
        let character = statement[end]
        if character == "\"", !isEscaped { isQuoted.toggle() }
        isEscaped = character == "\\" && !isEscaped
        if !isQuoted, statement[end...].hasPrefix(" citing ") { break }
        end = statement.index(after: end)
      }
      return String(statement[..<end])
    }
  }

  @Test("by a difference, an edit, a message, a history and a dump", arguments: 0..<6)
  func writers(_ seed: Int) throws {
    let (session, transcript) = try session()
    let empty = transcript.run("dump")
    var drawn = Drawn(
      random: Seeded(seed: UInt64(seed &* 7_919 &+ 3)),
      keys: Self.keys.filter { $0 != "x:$n" }.map { Key(unchecked: $0) })
    let properties = [
      "link", "words", "day", "count", "depth", "flow", "odd", "price", "part", "rate", "rung",
    ]
    let id = try session.keep(
      { (session) throws(Failure) in
        for _ in 0..<(Self.isStress ? 4_000 : 250) {
          let (statement, citation) = (drawn.statement(properties), drawn.citation())
          do {
            _ = try session.store.apply(
              citation?.stance == .denies ? .deny(statement, citation) : .claim(statement, citation))
          } catch {
            throw Failure(.storage, code: "test", "\(error)")
          }
        }
      }, reason: "drawn")
    let all = transcript.run("dump")
    #expect(all != empty)

    // What a transaction changed, as its difference says.
    let number = try #require(id)
    var commands: [String] = []
    try session.execute(
      SourceText(name: "test", text: "show \(number) limit 100000"), atomicity: .eachCommand
    ) {
      guard case .success(let answer) = $0 else {
        Issue.record("refused")
        return
      }
      for case .table(let table) in answer.results.map(\.content) {
        for row in table.rows where row.first == .text("+") {
          if case .text(let text) = row[1] { commands.append(text) }
        }
      }
    }
    #expect(commands.count > 100)
    #expect(try read(commands) == all)

    // Histories say the same statements, without their sources.
    var sentences: Set<String> = []
    for key in Self.keys {
      try session.execute(SourceText(name: "test", text: "history \"\(key)\""), atomicity: .eachCommand) {
        guard case .success(let answer) = $0 else {
          Issue.record("refused")
          return
        }
        for case .table(let table) in answer.results.map(\.content) {
          guard let column = table.columns.firstIndex(where: { $0.name == "statement" }) else { continue }
          for case .text(let text) in table.rows.map({ $0[column] }) where !text.contains(".type = ") {
            sentences.insert(text)
          }
        }
      }
    }
    let claims = sentences.map { "claim " + $0 }
    #expect(claims.count > 100)
    let again = Set(try ids(all.split(separator: "\n").map(String.init)))
    #expect(try Set(ids(read(claims).split(separator: "\n").map(String.init))) == again)

    // Each entity as it is edited.
    var edited: [String] = []
    for key in Self.keys + ["x", "x:$n"] {
      try session.execute(SourceText(name: "test", text: "edit \"\(key)\""), atomicity: .eachCommand) {
        guard case .success(let answer) = $0, case .edit(.entity(let script))? = answer.action else {
          Issue.record("\(key) cannot be edited")
          return
        }
        edited += script.lines.map(\.command).filter { !$0.contains(".name = ") }
      }
    }
    #expect(try read(edited) == all)

    // Tables of things and of statements, as they are exported and imported again.
    let folder = try ScratchFolder()
    session.setFolder(folder.url)
    let lists = ["list groups columns link, rung", "list \"unknown\".link", ""]
    for format in ["csv", "jsonl", "json"] {
      for list in lists {
        let told = transcript.run("export \"a.\(format)\"\(list.isEmpty ? "" : " { \(list) }")")
        #expect(told.contains("exported"), "\(told)")
        let back = transcript.run("import \"a.\(format)\"")
        #expect(back.hasSuffix(": nothing was edited\n"), "\(list), \(format): \(back)")
      }
    }

    // A dump, and a dump of what it made.
    try folder.write(all, to: "all.ent")
    let copy = try TestRegistry.session()
    copy.setFolder(folder.url)
    let loaded = Transcript(copy)
    #expect(!loaded.run("load \"all.ent\"").contains("error:"))
    #expect(loaded.run("dump") == all)
  }
}

extension String {
  fileprivate var key: Key { Key(unchecked: self) }
}
