import RegistryModel
import Testing

@Suite("Periods")
struct ValidityTests {
  @Test(
    "Canonical text reads back to the same period and the same text",
    arguments: [
      "", "from 2025-12-12", "from 2025 until 2026-06", "from 2025 through 2026-06", "through 2026-06",
      "until 2026~",
      "on 2026-02-20", "within 2025-01..2025-03", "within 2025-01/.. .. 2026", "within 2025/ .. ../2026",
      "on 2025-10-20/2026-06",
    ])
  func roundTrip(text: String) throws {
    #expect(try #require(Validity(canonicalText: text)).canonicalText == text)
  }

  @Test(
    "What is no period is refused",
    arguments: [
      " ", "from", "2026", "from 2026 from 2027", "until 2026 from 2025", "on 2026 2027", "within 2026",
      "within 2026 2027", "since 2026", "from soon", "from  2026",
    ])
  func refused(text: String) { #expect(Validity(canonicalText: text) == nil) }

  @Test("An end alone leaves the start unknown, but no later than the end")
  func endOnly() throws {
    let june = try PartialDate(edtf: "2026-06")
    for text in ["through 2026-06", "until 2026-06"] {
      let bounds = try #require(Validity(canonicalText: text)).bounds
      #expect(bounds.startEarliest == .distantPast)
      #expect(bounds.startLatest == june.latest)
    }
  }

  @Test(
    "A period holds certainly, possibly or not",
    arguments: [
      ("through 2026-06", "2026-06-30", Certainty.certainly), ("through 2026-06", "2026-05-01", .possibly),
      ("through 2026-06", "2026-07-01", .not), ("until 2026-06", "2026-06-30", .possibly),
      ("from 2025-12-12", "2026-01-10", .certainly), ("from 2025-12-12", "2025-12-11", .not),
      ("from 2026-01~", "2026-01-15", .possibly), ("from 2026-01~", "2026-02-28", .certainly),
      ("on 2026-02-20", "2026-02-20", .certainly), ("on 2026-02-20", "2026-02-21", .possibly),
      ("within 2025-01..2025-03", "2025-02-01", .possibly), ("within 2025-01..2025-03", "2025-04-01", .not),
      ("", "2026", .possibly),
    ])
  func holds(text: String, date: String, certainty: Certainty) throws {
    #expect(try #require(Validity(canonicalText: text)).holds(on: PartialDate(edtf: date)) == certainty)
  }

  @Test("A period that ends before it starts is impossible")
  func impossible() throws {
    #expect(try !#require(Validity(canonicalText: "from 2027 until 2026")).isPossible)
    #expect(try !#require(Validity(canonicalText: "within 2027..2026")).isPossible)
    #expect(try #require(Validity(canonicalText: "from 2026 until 2026-02")).isPossible)
  }
}

@Suite("Values")
struct ValueTests {
  @Test(
    "Canonical text names the kind and reads back",
    arguments: [
      "entity:JPN", "entity:desta:usa-can-1987", "text:", "text:none", "text:entity:JPN", "text:a\nb: “c”",
      "quantity:91%", "quantity:USD 250..310/kg", "date:2026-02", "date:2025-10-20/2026-06", "unknown",
      "none",
    ])
  func roundTrip(text: String) throws {
    #expect(try #require(Value(canonicalText: text)).canonicalText == text)
  }

  @Test(
    "What is no value is refused", arguments: ["", "JPN", "entity:", "quantity:x", "date:2026-2", "other:x"])
  func refused(text: String) { #expect(Value(canonicalText: text) == nil) }
}
