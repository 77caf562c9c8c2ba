import Foundation
import RegistryModel
import SeededNumbers
import Testing

@Suite("Quantities")
struct QuantityTests {
  static let texts = [
    "91%", "47..87%", "about 60%", "about 47..87%", "nearly 50%", "at least USD 1bn each", "more than 90%",
    "up to 300", "USD 250..310/kg", "USD 8.5bn", "USD 21m", "USD 0.5..2bn", "AUD 135m", "26", "-3.25", "0",
    "5 weeks",
    "10050000 t", "400 t/yr", "USD 1500", "USD 1234567890", "USD 1tn combined forecast", "3 \"each\"",
    "5%/yr",
    "EUR 2m/yr unclear", "12 metric tons each", "1.0000000001", "7 \"say \\\"x\\\"\"", "0.1..0.3 °C",
  ]

  @Test("Canonical text reads back to the same quantity and the same text", arguments: texts)
  func roundTrip(text: String) throws {
    let quantity = try #require(Quantity(canonicalText: text))
    #expect(quantity.canonicalText == text)
    #expect(quantity.description == text)
  }

  @Test(
    "Other spellings read to the canonical one",
    arguments: [
      ("1.50", "1.5"), ("USD 21000k", "USD 21m"), ("5..5", "5"), ("forecast USD 1bn", "USD 1bn forecast"),
      ("USD 0.5m", "USD 500000"), ("1m", "1000000"), ("007", "7"), ("-0", "0"),
    ])
  func normalised(text: String, canonical: String) throws {
    #expect(try #require(Quantity(canonicalText: text)).canonicalText == canonical)
  }

  @Test(
    "What is no quantity is refused",
    arguments: [
      "", "x", "1e5", "1.2.3", ".5", "5.", "1..", "9..1", "USD", "USD 1bx", "1,000", "about", "5 ", " 5",
      "USD 5/",
      "5 each each", "forecast 5 forecast", "5 \"weeks", "1234567890123456789012345678901234567890",
    ])
  func refused(text: String) { #expect(Quantity(canonicalText: text) == nil) }

  @Test(
    "People read grouped digits",
    arguments: [
      ("10050000 t", "10,050,000 t"), ("USD 8.5bn", "USD 8.5bn"), ("USD 21m", "USD 21m"),
      ("AUD 135m", "AUD 135m"),
      ("91%", "91%"), ("2024", "2024"), ("-12345.678", "-12,345.678"),
      ("USD 1234567890", "USD 1,234,567,890"),
      ("10000..20000 t", "10,000..20,000 t"),
    ])
  func displayed(text: String, shown: String) throws {
    #expect(try #require(Quantity(canonicalText: text)).displayText == shown)
  }

  @Test("Random quantities round-trip", arguments: 0..<20)
  func randomRoundTrip(seed: Int) throws {
    var random = Seeded(seed: UInt64(seed))
    let units = [
      "", "%", "USD", "USD/kg", "%/yr", "weeks", "t/yr", "each", "%x", "5", "DEM", "USD/", "a \"b\" \\", "m",
    ]
    for _ in 0..<200 {
      let number = { (random: inout Seeded) in
        Decimal(
          sign: Bool.random(using: &random) ? .plus : .minus,
          exponent: Int.random(in: -6...12, using: &random),
          significand: Decimal(Int.random(in: 0...999_999, using: &random)))
      }
      let ends = [number(&random), number(&random)].sorted()
      let isRange = Bool.random(using: &random)
      let quantity = Quantity(
        low: ends[0], high: isRange ? ends[1] : nil, unit: units.randomElement(using: &random)!,
        bound: Quantity.Bound.allCases.randomElement(using: &random)!,
        approximate: Bool.random(using: &random),
        reading: (Quantity.Reading.allCases + [nil]).randomElement(using: &random)!,
        forecast: Bool.random(using: &random))
      #expect(Quantity(canonicalText: quantity.canonicalText) == quantity)
    }
  }

  @Test(
    "A comparison holds, does not, or cannot be decided",
    arguments: [
      ("91%", ">=", "90%", true), ("91%", ">", "91%", false), ("91%", "=", "91%", true),
      ("91%", "!=", "90%", true),
      ("47..87%", ">", "50%", nil), ("47..87%", ">=", "47%", true), ("47..87%", "<", "47%", false),
      ("47..87%", "=", "90%", false), ("47..87%", "=", "50%", nil), ("47..87%", "=", "47..87%", true),
      ("47..87%", ">=", "47..87%", true), ("47..87%", "<", "47..87%", false), ("at least 5", ">=", "5", true),
      ("at least 5", ">", "5", nil), ("at least 5", "<", "5", false), ("more than 5", ">", "5", true),
      ("more than 5", "=", "5", false), ("more than 5", "<=", "5", false), ("more than 5", "<", "9", nil),
      ("up to 300", "<=", "300", true), ("up to 300", "<", "300", nil), ("up to 300", ">", "300", false),
      ("nearly 50%", "<", "50%", true), ("nearly 50%", ">=", "50%", false), ("nearly 50%", ">", "40%", nil),
      ("about 60%", ">", "50%", true), ("about 60%", ">", "58%", nil), ("about 60%", "=", "60%", nil),
      ("USD 1bn", ">", "AUD 1bn", nil), ("5 weeks", "<", "6", nil), ("USD 2bn each", ">", "USD 1bn", true),
      ("USD 2bn", ">", "USD 1bn each", nil), ("USD 2bn each", ">", "USD 1bn each", true),
    ] as [(String, String, String, Bool?)])
  func compared(left: String, comparison: String, right: String, expected: Bool?) throws {
    let first = try #require(Quantity(canonicalText: left))
    let second = try #require(Quantity(canonicalText: right))
    #expect(first.satisfies(try #require(Quantity.Comparison(rawValue: comparison)), second) == expected)
  }

  @Test("Order is only told where it is certain")
  func order() throws {
    let five = Quantity(low: 5)
    #expect(five.compare(Quantity(low: 6)) == .less)
    #expect(five.compare(Quantity(low: 4)) == .greater)
    #expect(five.compare(five) == .same)
    #expect(five.compare(Quantity(low: 4, high: 6)) == nil)
  }

  @Test("Currency codes are sorted, unique and active")
  func currencies() {
    #expect(Currency.codes == Set(Currency.codes).sorted())
    #expect(Currency.codes.allSatisfy(Key.isCode))
    #expect(["USD", "AUD", "EUR", "JPY", "CNY", "KRW", "XCG"].allSatisfy(Currency.isCode))
    #expect(!["usd", "US", "XXX", "XTS", "TEU", ""].contains(where: Currency.isCode))
    // Withdrawn ones are kept as they were said.
    #expect(["DEM", "FRF", "ITL", "SUR", "XEU", "YUM", "HRK", "BGN", "ANG"].allSatisfy(Currency.isCode))
    #expect(Currency.withdrawn["DEM"] == 2002 && Currency.withdrawn["HRK"] == 2023)
    #expect(
      Currency.withdrawn.count == 129 && Currency.withdrawn.values.allSatisfy { (1978...2026).contains($0) })
    #expect(Set(Currency.withdrawn.keys).isDisjoint(with: Currency.codes))
    for code in Currency.codes + Currency.withdrawn.keys {
      #expect(Quantity(canonicalText: "\(code) 5bn/t")?.canonicalText == "\(code) 5bn/t")
    }
  }
}
