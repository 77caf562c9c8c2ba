import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine
import TestRegistry
import Testing

@Suite("Dumps")
struct DumpTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func session(_ registry: SQLiteRegistry) -> Session {
    Session(store: registry, settings: Session.Settings(author: "tester", tool: "tests"))
  }

  private func text(_ registry: SQLiteRegistry, _ command: String = "dump") throws -> String {
    var text = ""
    try session(registry).execute(SourceText(name: "dump", text: command), atomicity: .whole) { outcome in
      if case .success(let answer) = outcome, case .text(let dumped)? = answer.results.first?.content {
        text = dumped + "\n"
      }
    }
    return text
  }

  /// A new registry from a dump, by `load` or as a script.
  private func loaded(_ text: String, asScript: Bool = false) throws -> SQLiteRegistry {
    let registry = try TestRegistry.store()
    let file = folder.url.appending(path: "\(UUID().uuidString).ent")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let source =
      asScript
      ? SourceText(name: "dump.ent", text: text) : SourceText(name: "-c", text: "load \"\(file.path)\"")
    try session(registry).execute(source, atomicity: .whole) { _ in }
    return registry
  }

  @Test(
    "After any edits, dump and load and dump give the same bytes, and the same answers", arguments: 401...408)
  func roundTrip(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    for _ in 0..<25 { try edits.step(registry) }
    let dump = try text(registry)
    for asScript in [false, true] {
      let copy = try loaded(dump, asScript: asScript)
      #expect(try text(copy) == dump)
      #expect(try copy.check().compactMap(\.problem) == [])
      #expect(try asserted(copy) == asserted(registry))
    }
  }

  /// What stands, without when it was recorded.
  private func asserted(_ registry: SQLiteRegistry) throws -> Set<StatementRecord> {
    Set(
      try registry.statements(StatementSelection(), .all).map { record in
        var record = record
        record.recorded = TransactionID(0)
        record.citations.sort { "\($0)" < "\($1)" }
        return record
      })
  }

  @Test(
    "A dump that was cut between two lines, or that lines were taken from or added to, is refused",
    arguments: [false, true])
  func cut(isHistory: Bool) throws {
    var edits = RandomEdits(seed: 5)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    for _ in 0..<4 { try edits.step(registry) }
    let lines = try text(registry, isHistory ? "dump with history" : "dump").split(separator: "\n")
    var (taken, added, behind) = (lines, lines, lines)
    taken.remove(at: lines.count - 2)
    added.insert(lines[lines.count - 2], at: lines.count - 2)
    behind.append(lines[lines.count - 2])
    for (changed, code) in [
      (Array(lines.dropLast()), "cut-dump"), (Array(lines.dropLast(3)), "cut-dump"), (taken, "altered-dump"),
      (added, "altered-dump"), (behind, "altered-dump"),
    ] {
      for asScript in isHistory ? [false] : [false, true] {
        let problem = #expect(throws: Failure.self, "\(code)") {
          try loaded(changed.joined(separator: "\n") + "\n", asScript: asScript)
        }
        let told = "\(problem.map { $0.diagnostics.map { $0.code + " " + $0.message } } ?? [])"
        #expect(
          told.contains(code == "cut-dump" ? "was cut" : "altered") || told.contains("behind the end"),
          "\(told)")
      }
    }
  }

  @Test("With history, the copy answers as the registry did at every transaction", arguments: 411...416)
  func history(seed: Int) throws {
    var edits = RandomEdits(seed: seed)
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    for _ in 0..<20 { try edits.step(registry) }
    let dump = try text(registry, "dump with history")
    let copy = try loaded(dump)
    #expect(try text(copy, "dump with history") == dump)
    #expect(try text(copy) == text(registry))
    #expect(try copy.check().compactMap(\.problem) == [])
    let transactions = try registry.transactions(limit: .max)
    #expect(try copy.transactions(limit: .max) == transactions)
    for transaction in transactions {
      let times = Times(recorded: .transaction(transaction.id))
      let (one, other) = (
        try registry.statements(StatementSelection(), times), try copy.statements(StatementSelection(), times)
      )
      #expect(Set(one.map(\.id)) == Set(other.map(\.id)), "\(transaction.id)")
      #expect(one.map(\.recorded) == other.map(\.recorded))
    }
  }

  @Test("Every kind of value, period, name and text comes back as it was")
  func everything() throws {
    let registry = try TestRegistry.store()
    try registry.write { try OddContent.write($0) }
    let dump = try text(registry)
    #expect(dump.utf8.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
    let copy = try loaded(dump)
    let difference = try text(copy).split(separator: "\n").difference(from: dump.split(separator: "\n"))
    #expect(difference.isEmpty)
    #expect(try asserted(copy) == asserted(registry))
    #expect(try copy.source(Key(unchecked: "s"), .all) == registry.source(Key(unchecked: "s"), .all))
    let schema = try copy.schema(.all)
    #expect(try schema.properties == registry.schema(.all).properties)
    #expect(try schema.types == registry.schema(.all).types)
    #expect(dump.split(separator: "\n").count == Set(dump.split(separator: "\n")).count)
  }

  @Test("A change of one statement changes its lines alone")
  func locality() throws {
    let registry = try TestRegistry.store()
    try registry.write { try OddContent.write($0) }
    let before = try text(registry).split(separator: "\n")
    let record = try #require(
      try registry.statements(StatementSelection(properties: [Key(unchecked: "many")]), .all).first)
    var changed = record.statement
    changed.value = .text("changed")
    try registry.write { edits in
      try edits.store.apply(.withdraw(record.id))
      try edits.store.apply(.claim(changed, Citation(source: Key(unchecked: "s"))))
    }
    let after = try text(registry).split(separator: "\n")
    let difference = after.difference(from: before)
    #expect(difference.removals.count == 1 && difference.insertions.count == 1)
  }

  @Test("A registry that holds something, a text that is no dump, and a line that is wrong are refused")
  func refusals() throws {
    let registry = try TestRegistry.store()
    try registry.write { try RandomEdits.prepare($0) }
    let dump = try text(registry)
    let file = folder.url.appending(path: "a.ent")
    func problem(_ content: String, into registry: SQLiteRegistry) throws -> String {
      try content.write(to: file, atomically: true, encoding: .utf8)
      do throws(Failure) {
        try session(registry).execute(
          SourceText(name: "-c", text: "load \"\(file.path)\""), atomicity: .whole
        ) { _ in }
        return ""
      } catch {
        return "\(error.status) \(error.diagnostics[0].code): \(error.diagnostics[0].message)"
      }
    }
    #expect(try problem(dump, into: registry).hasPrefix("refused not-empty"))
    let empty = try TestRegistry.store()
    #expect(try problem("show forge\n", into: empty).hasPrefix("refused not-a-dump"))
    #expect(try problem("restore \"dump 9\"\n", into: empty).hasPrefix("refused not-a-dump"))
    for cut in [
      "define property chair", "define property chair of initiative", "define property chair to state one",
    ] {
      #expect(try problem("restore \"dump 2\"\n\(cut)\n", into: empty).contains("property-needs-range"))
    }
    #expect(
      try problem(dump + "claim a.many = \n", into: empty).contains(
        "a.ent:\(dump.split(separator: "\n").count + 1): "))
    #expect(
      try problem(dump.replacing("\nend ", with: "\nshow a\nend "), into: empty).contains("not-in-dump"))
    #expect(try empty.transactions(limit: 1).isEmpty)
    #expect(try problem(dump, into: empty) == "")
  }
}

/// Something of every kind that a registry can hold.
enum OddContent {
  static let texts = [
    "", " ", "plain", "\"quoted\"", "back\\slash", "line\nbreak\r\n\ttab", "\u{1B}[31mred", "rtl \u{202E}abc",
    "zero\u{200B}width", "one\u{1}", "$notAParameter", "'); DROP TABLE tx;--", "é漢👩‍👩‍👧", "“curly”", "a b",
    "2026",
    "unknown", "# no comment", "{ } ; [ ]",
  ]
  static let keys = ["a", "new", "from", "about", "x:A[1] b_2", "x:a.b", "USA", "2nd", "unknown", "x:ö/ß"]
  static let quantities = [
    "91%", "about 47..87%", "USD 8.5bn", "at least USD 1bn each", "USD 250..310/kg", "5 weeks", "26",
    "-3.25", "1990..2000", "up to 300 combined", "nearly 50% unclear forecast", "more than 2 \"odd unit; é\"",
    "0.000000000000000001", "999999999999999999", "EUR 3/t",
  ]
  static let dates = [
    "2026", "2026-02~", "201X", "-0044-03-15", "Y-17000", "2026-21", "2025-12-12/..", "../2026", "2026%",
  ]

  static func write(_ edits: Edits) throws {
    let key = Key.init(unchecked:)
    func property(
      _ name: String, _ range: ValueRange, unit: String? = nil, _ cardinality: Cardinality = .many
    ) throws {
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: key(name), domain: [BuiltIn.entity], range: range, unit: unit, cardinality: cardinality,
            about: "about \(name) \"\(name)\"")))
    }
    try edits.store.apply(
      .defineType(TypeDefinition(key: key("thing"), parent: nil, plural: "thingies", columns: [key("many")])))
    try edits.store.apply(
      .defineType(TypeDefinition(key: key("part"), parent: key("thing"), plural: "parts", about: "\u{7}")))
    try property("many", .text)
    try property("date", .date, .one)
    try property("percent", .percent, .onePer([key("scope"), key("of-what")]))
    try property("money", .money)
    try property("number", .number)
    try property("weeks", .number, unit: "weeks", .oneAtATime)
    try property("choice", .choice(["one", "two"]))
    try property("link", .entities([BuiltIn.entity]))
    for name in ["scope", "of-what"] {
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: key(name), domain: [BuiltIn.statement],
            range: name == "scope" ? .text : .entities([BuiltIn.entity]), cardinality: .one,
            parent: name == "scope" ? nil : key("link"), rules: [.precision, .rank])))
    }
    for name in keys + ["s"] { try edits.store.apply(.createEntity(key(name))) }
    try edits.store.apply(
      .setSource(
        key("s"),
        SourceData(
          title: texts[6], publisher: texts[5], published: try PartialDate(edtf: "../2026"), url: "u",
          retrieved: try PartialDate(edtf: "2026-02~"), language: "en", reliability: .b, note: texts[7])))
    let values: [Value] =
      texts.map { .text($0) } + keys.map { .entity(key($0)) } + [.unknown, .none]
      + quantities.compactMap { Quantity(canonicalText: $0).map { .quantity($0) } }
      + (try dates.map { .date(try PartialDate(edtf: $0)) })
    // Each value under every property, whether its range takes it or not, and under one that is not defined.
    let properties = [
      "many", "date", "percent", "money", "number", "weeks", "choice", "link", "undefined", "name", "type",
    ]
    for (index, value) in values.enumerated() {
      for (place, name) in properties.enumerated() {
        let statement = Statement(
          subject: key(keys[(index + place) % keys.count]), property: key(name), value: value,
          qualifiers: place.isMultiple(of: 3)
            ? [
              Qualifier(key("scope"), .text(texts[index % texts.count])),
              Qualifier(key("of-what"), .entity(key(keys[index % keys.count]))),
              Qualifier(key("of-what"), .unknown),
            ] : [], validity: try period(index + place))
        let text = texts[(index + place) % texts.count]
        switch index % 4 {
        case 0: try edits.store.apply(.claim(statement, nil))
        case 1: try edits.store.apply(.claim(statement, Citation(source: key("s"), via: text, quote: text)))
        case 2:
          try edits.store.apply(.claim(statement, Citation(source: key("s"), locator: text)))
          try edits.store.apply(.deny(statement, Citation(source: key("s"), said: text, inferred: text)))
        default: try edits.store.apply(.deny(statement, nil))
        }
        if place == 4 { try edits.store.apply(.rank(statement.id, .deprecated, reason: text)) }
      }
    }
    for (index, text) in texts.enumerated() {
      try edits.store.apply(
        .alias(
          key(keys[index % keys.count]), name: text, source: index.isMultiple(of: 2) ? key("s") : nil,
          reason: text))
    }
  }

  private static func period(_ number: Int) throws -> Validity {
    let date = try PartialDate(edtf: dates[number % dates.count])
    switch number % 6 {
    case 0: return Validity(.period(.from(date), nil))
    case 1: return Validity(.period(nil, .until(date)))
    case 2: return Validity(.seen(date))
    case 3: return Validity(.within(date, try PartialDate(edtf: "2030")))
    case 4: return Validity(.period(.from(try PartialDate(edtf: "1900")), .through(date)))
    default: return Validity()
    }
  }
}
