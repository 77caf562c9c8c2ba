import CommandLanguage
import Testing

@Suite("Values")
struct ValueTests {
  typealias Number = ValueSyntax.Number

  private func values(_ text: String) throws -> [ValueSyntax] {
    let tree = parse("claim x.p = \(text)")
    #expect(tree.diagnostics.map(\.message) == [])
    guard case .values(let values) = try #require(tree.commands.first?.arguments["values"]) else { return [] }
    return values
  }

  static let numbers: [(String, Number, ValueSyntax.Bound)] = [
    ("26", Number(low: "26"), .exact),
    ("-3", Number(low: "-3"), .exact),
    ("1_000_000", Number(low: "1000000"), .exact),
    ("2.50", Number(low: "2.50"), .exact),
    ("91%", Number(low: "91", isPercent: true), .exact),
    ("47..87%", Number(low: "47", high: "87", isPercent: true), .exact),
    ("about 47..87%", Number(low: "47", high: "87", isPercent: true), .about),
    ("USD 250..310/kg", Number(low: "250", high: "310", currency: "USD", per: "kg"), .exact),
    ("USD 8.5bn", Number(low: "8.5", suffix: "bn", currency: "USD"), .exact),
    ("at least USD 1bn", Number(low: "1", suffix: "bn", currency: "USD"), .atLeast),
    ("more than 90%", Number(low: "90", isPercent: true), .moreThan),
    ("up to 300", Number(low: "300"), .upTo),
    ("nearly 50%", Number(low: "50", isPercent: true), .nearly),
    ("400t", Number(low: "400", suffix: "t"), .exact),
    ("3tn", Number(low: "3", suffix: "tn"), .exact),
    ("1bn..2bn", Number(low: "1", high: "2", suffix: "bn"), .exact),
    ("2026", Number(low: "2026"), .exact),
    ("5 weeks", Number(low: "5", words: ["weeks"]), .exact),
    ("USD 8.5 billion", Number(low: "8.5", currency: "USD", words: ["billion"]), .exact),
    ("91 million", Number(low: "91", words: ["million"]), .exact),
    ("12bn EUR", Number(low: "12", suffix: "bn", words: ["EUR"]), .exact),
    ("12 m EUR from 2026", Number(low: "12", words: ["m", "EUR"]), .exact),
    ("3 \"odd units\"", Number(low: "3", words: ["odd units"]), .exact),
    ("12 %", Number(low: "12", isPercent: true), .exact),
    ("5 million mineral cobalt", Number(low: "5", words: ["million"]), .exact),
    ("12MM", Number(low: "12", suffix: "MM"), .exact),
  ]

  @Test("A number keeps what is written beside it", arguments: numbers)
  func number(_ text: String, _ number: Number, _ bound: ValueSyntax.Bound) throws {
    var number = number
    let found = try values(text).map(\.form)
    guard case .number(let read, _)? = found.first else { return #expect(Bool(false), "\(found)") }
    number.text = read.text
    #expect(found == [.number(number, bound)])
  }

  @Test(
    "What looks like a date is one",
    arguments: [
      "2026-02", "2026-02-04", "2026~", "2026?", "201X", "20XX", "2026-XX", "2026-21", "2025-10-20/2026-06",
      "2025-12-12/..", "-0044-03-15", "2026-Q1", "2026-H2", "2026-Q1/2026-Q3", "today", "today + 90 days",
      "today - 1 week",
    ])
  func date(_ text: String) throws { #expect(try values(text).map(\.form) == [.date(text)]) }

  @Test("Readings and forecasts stand beside the value")
  func readings() throws {
    let each = try #require(try values("at least USD 1bn each").first)
    #expect(each.reading == .each)
    #expect(try values("forecast 600").first?.forecast == true)
    #expect(try values("600 combined forecast").first?.forecast == true)
  }

  @Test("Names, unknown and none")
  func names() throws {
    let names = try values(#"USA, "Pax Silica", “Pax”, türkiye, new person x "A B", unknown, none, forecast"#)
    let forms: [NameSyntax.Form?] = names.map { if case .name(let name) = $0.form { name.form } else { nil } }
    guard case .new("person", let title)? = forms[4] else { return #expect(Bool(false), "\(names[4])") }
    #expect(title?.content == "A B")
    #expect(
      [forms[0], forms[1], forms[2], forms[3], forms[5], forms[6], forms[7]] == [
        .bare, .quoted, .quoted, .bare, nil, nil, .bare,
      ])
    #expect(names[5].form == .unknown && names[6].form == .none)
  }

  @Test("Behind `=` and a comma a keyword is a value")
  func keywordAsValue() throws {
    #expect(try values("on, from, citing").count == 3)
    #expect(try values("on on 2026").count == 1)
  }

  @Test(
    "What would be misread is refused",
    arguments: [
      ("1,000", "comma-in-number"), ("5m..6bn", "mixed-magnitudes"),
      ("2026-02..2026-06", "date-range-as-value"),
      ("at least", "bound-without-number"), ("a.b", "path-for-name"), ("a%b", "not-a-name"),
      ("\"a\\q\"", "bad-escape"), ("", "missing-argument"), ("USA,", "missing-argument"),
      ("usd 5bn", "small-currency"), ("12,5", "comma-in-number"), ("USD 1,000.5", "comma-in-number"),
      ("12%x", "not-a-literal"), ("USD 1e6", "not-a-literal"),
      ("5 t mineral cobalt", "missing-argument"), ("today+90", "relative-day"),
      ("today + 90", "relative-day"),
      ("today + x days", "relative-day"), ("1_.5", "not-a-literal"),
    ])
  func refused(_ text: String, _ code: String) {
    let tree = parse("claim x.p = \(text)")
    #expect(tree.diagnostics.map(\.code) == [code])
    #expect(tree.commands.isEmpty)
  }

  @Test("Escapes are resolved in simple quotes only")
  func escapes() throws {
    let texts = try values(#""a\"\\\n\t\u{1F600}", “\n”, """a\n"b """"#).map { value -> String in
      if case .name(let name) = value.form { name.text } else { "" }
    }
    #expect(texts == ["a\"\\\n\t😀", "\\n", "a\\n\"b "])
  }
}
