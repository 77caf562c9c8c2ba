import RegistryModel
import SeededNumbers
import Testing

@Suite("Dates of EDTF level 1")
struct EDTFTests {
  /// First and last day as ISO dates; `nil` for an open side.
  static let valid: [(edtf: String, earliest: String?, latest: String?, precision: PartialDate.Precision)] = [
    ("2026", "2026-01-01", "2026-12-31", .year),
    ("0000", "0000-01-01", "0000-12-31", .year),
    ("-0044", "-0044-01-01", "-0044-12-31", .year),
    ("2026-02", "2026-02-01", "2026-02-28", .month),
    ("2024-02", "2024-02-01", "2024-02-29", .month),
    ("2000-02-29", "2000-02-29", "2000-02-29", .day),
    ("2026-02-03", "2026-02-03", "2026-02-03", .day),
    ("-0044-03-15", "-0044-03-15", "-0044-03-15", .day),
    ("2026-21", "2026-03-01", "2026-05-31", .season),
    ("2026-22", "2026-06-01", "2026-08-31", .season),
    ("2026-23", "2026-09-01", "2026-11-30", .season),
    ("2027-24", "2027-12-01", "2028-02-29", .season),
    ("201X", "2010-01-01", "2019-12-31", .decade),
    ("20XX", "2000-01-01", "2099-12-31", .century),
    ("-004X", "-0049-01-01", "-0040-12-31", .decade),
    ("-01XX", "-0199-01-01", "-0100-12-31", .century),
    ("2026-XX", "2026-01-01", "2026-12-31", .year),
    ("2026-02-XX", "2026-02-01", "2026-02-28", .month),
    ("2026-XX-XX", "2026-01-01", "2026-12-31", .year),
    ("2026?", "2026-01-01", "2026-12-31", .year),
    ("2026~", "2025-01-01", "2027-12-31", .year),
    ("2026%", "2025-01-01", "2027-12-31", .year),
    ("2026-01~", "2025-12-01", "2026-02-28", .month),
    ("2026-01-01~", "2025-12-31", "2026-01-02", .day),
    ("2026-21~", "2025-12-01", "2026-08-31", .season),
    ("2026-24~", "2026-09-01", "2027-05-31", .season),
    ("201X~", "2000-01-01", "2029-12-31", .decade),
    ("2025-10/2026-01", "2025-10-01", "2026-01-31", .interval),
    ("2026-05/2026", "2026-05-01", "2026-12-31", .interval),
    ("2025-10-20/2026-06~", "2025-10-20", "2026-07-31", .interval),
    ("2025-12-12/..", "2025-12-12", nil, .interval),
    ("2025-12-12/", "2025-12-12", nil, .interval),
    ("../2026-06", nil, "2026-06-30", .interval),
    ("/2026-06", nil, "2026-06-30", .interval),
  ]

  @Test("A date has its bounds and its precision", arguments: valid)
  func bounds(edtf: String, earliest: String?, latest: String?, precision: PartialDate.Precision) throws {
    let date = try PartialDate(edtf: edtf)
    #expect(date.edtf == edtf)
    #expect(date.earliest == earliest.map(day) ?? .distantPast)
    #expect(date.latest == latest.map(day) ?? .distantFuture)
    #expect(date.precision == precision)
  }

  @Test("Years with more than four digits reach ten thousand million years")
  func longYears() throws {
    #expect(try PartialDate(edtf: "Y-17000").earliest == Day(year: -17_000, month: 1, day: 1))
    #expect(try PartialDate(edtf: "Y170000002").latest == Day(year: 170_000_002, month: 12, day: 31))
    let farthest = try PartialDate(edtf: "Y10000000000~")
    #expect(farthest.latest < .distantFuture)
    #expect(throws: DateProblem.self) { try PartialDate(edtf: "Y10000000001") }
    #expect(throws: DateProblem.self) { try PartialDate(edtf: "Y99999999999999999999999") }
  }

  @Test(
    "What is no date is refused with the nearest one",
    arguments: [
      ("2026-2", "date-malformed", "2026-02"),
      ("12.01.2026", "date-malformed", "2026-01-12"),
      ("2026/02/03", "date-malformed", "2026-02-03"),
      ("01/12/2026", "date-malformed", "2026-12-01 or 2026-01-12"),
      ("1/13/2026", "date-malformed", "2026-01-13"),
      ("Feb 2026", "date-malformed", "2026-02"),
      ("3rd of February 2026", "date-malformed", "2026-02-03"),
      ("Feb. 3, 2026", "date-malformed", "2026-02-03"),
      ("spring 2026", "date-malformed", "2026-21"),
      ("about 2026", "date-malformed", "2026~"),
      ("2010s", "date-malformed", "201X"),
      ("44 BC", "date-malformed", "-0043"),
      ("Q1 2026", "date-malformed", "2026-Q1"),
      ("2026Q3", "date-malformed", "2026-Q3"),
      ("2026-q1", "date-malformed", "2026-Q1"),
      ("1H2026", "date-malformed", "2026-H1"),
      ("second half of 2026", "date-malformed", "2026-H2"),
      ("the last quarter of 2026", "date-malformed", "2026-Q4"),
      ("2026-Q5", "date-malformed", nil),
      ("2026-H3", "date-malformed", nil),
      ("1990s", "date-malformed", "199X"),
      ("2004/unknown", "date-malformed", "2004/"),
      ("2004BC", "date-malformed", "-2003"),
      ("2004 AD", "date-malformed", "2004"),
      ("USD 2004", "date-malformed", "2004"),
      ("2004m", "date-malformed", "2004"),
      ("20260203", "date-malformed", "2026-02-03"),
      ("17000", "date-malformed", "Y17000"),
      ("201x", "date-malformed", "201X"),
      ("2026-02-03T10:00:00Z", "date-malformed", "2026-02-03"),
      ("2025-2026", "date-malformed", "2025/2026"),
      ("2025–2026", "date-malformed", "2025/2026"),
      ("2025-3/2026-1", "date-malformed", "2025-03/2026-01"),
      ("2026 ", "date-malformed", "2026"),
      ("{2026,2027}", "date-level", "2026/2027"),
      ("[2026..2028]", "date-level", "2026/2028"),
      ("2026-~02", "date-level", "2026-02~"),
      ("2026?-02~", "date-level", "2026-02%"),
      ("?2026", "date-level", "2026?"),
      ("2026-37", "date-level", "2026-01/2026-04"),
      ("2026-32", "date-level", "2026-06/2026-08"),
      ("2026-31", "date-level", "2026-03/2026-05"),
      ("2026-30", "date-level", "2026-12/2027-02"),
      ("2XXX", "date-level", "2000/2999"),
      ("201X-05", "date-level", "201X"),
      ("2026-XX-03", "date-level", "2026"),
      ("1950S2", "date-level", "19XX or 1950~"),
      ("Y-17E4", "date-level", "Y-170000"),
      ("2026-13", "date-nonexistent", nil),
      ("2026-00", "date-nonexistent", nil),
      ("2026-02-30", "date-nonexistent", "2026-02"),
      ("2025-02-29", "date-nonexistent", "2025-02"),
      ("-0000", "date-nonexistent", "0000"),
      ("2026-06/2025-10", "date-reversed", "2025-10/2026-06"),
      ("../..", "date-open", nil),
      ("/", "date-open", nil),
      ("", "date-malformed", nil),
      ("soon", "date-malformed", nil),
      ("2026-02-03-04", "date-malformed", nil),
      ("٢٠٢٦", "date-malformed", nil),
      ("2026-02/2026-03/2026-04", "date-malformed", nil),
    ] as [(String, String, String?)])
  func refused(text: String, code: String, nearest: String?) throws {
    let problem = try #require(throws: DateProblem.self) { try PartialDate(edtf: text) }
    #expect(problem.code == code)
    #expect(problem.message.contains(text))
    if let nearest {
      #expect(problem.help.hasSuffix("write " + nearest) || problem.help.contains("write \(nearest) "))
    }
    #expect(!problem.help.isEmpty)
  }

  @Test(
    "Quarters and halves keep their bounds, and have one text",
    arguments: [
      ("2026-Q1", "2026-Q1", "2026-01-01", "2026-03-31"), ("2026-33", "2026-Q1", "2026-01-01", "2026-03-31"),
      ("2026-Q4", "2026-Q4", "2026-10-01", "2026-12-31"), ("2026-36", "2026-Q4", "2026-10-01", "2026-12-31"),
      ("2026-H1", "2026-H1", "2026-01-01", "2026-06-30"), ("2026-40", "2026-H1", "2026-01-01", "2026-06-30"),
      ("2026-H2", "2026-H2", "2026-07-01", "2026-12-31"), ("2026-41", "2026-H2", "2026-07-01", "2026-12-31"),
      ("2026-Q1~", "2026-Q1~", "2025-10-01", "2026-06-30"),
      ("2026-33?", "2026-Q1?", "2026-01-01", "2026-03-31"),
      ("2026-Q1/2026-36", "2026-Q1/2026-Q4", "2026-01-01", "2026-12-31"),
      ("-0044-H2", "-0044-H2", "-0044-07-01", "-0044-12-31"),
    ])
  func partsOfTheYear(text: String, canonical: String, first: String, last: String) throws {
    let date = try PartialDate(edtf: text)
    #expect(date.edtf == canonical)
    #expect(try PartialDate(edtf: canonical) == date)
    #expect(try date.earliest == PartialDate(edtf: first).earliest)
    #expect(try date.latest == PartialDate(edtf: last).latest)
  }

  @Test(
    "What has no bounds is refused with bounds to write, and the source's words",
    arguments: [
      "mid-2026", "early 2026", "late-2026", "end of 2026",
    ])
  func vague(text: String) throws {
    let problem = try #require(throws: DateProblem.self) { try PartialDate(edtf: text) }
    #expect(problem.help.contains("said \"\(text)\"") && problem.help.contains("2026-"))
  }

  @Test(
    "Days are counted from today",
    arguments: [
      ("today", "2026-01-31"), ("today + 1 day", "2026-02-01"), ("today - 7 days", "2026-01-24"),
      ("today + 1 month", "2026-02-28"), ("today + 2 weeks", "2026-02-14"), ("today - 2 years", "2024-01-31"),
      ("today - 14 months", "2024-11-30"), ("today + 25 months", "2028-02-29"),
    ])
  func relative(text: String, day: String) throws {
    let today = try PartialDate(edtf: "2026-01-31").earliest
    #expect(try RelativeDay(text)?.day(from: today) == PartialDate(edtf: day).earliest)
  }

  @Test("What a problem offers can be read", arguments: refusedTexts)
  func helpIsValid(text: String) throws {
    let problem = try #require(throws: DateProblem.self) { try PartialDate(edtf: text) }
    let offers = problem.help.dropFirst("write ".count).split(separator: " or ").map(String.init)
    for offer in offers { #expect(throws: Never.self) { try PartialDate(edtf: offer) } }
  }
  static let refusedTexts = [
    "2026-2", "12.01.2026", "01/12/2026", "{2026,2027}", "1950S2", "2026-06/2025-10",
  ]

  @Test("Any text is read or refused, never trapped on", arguments: 0..<20)
  func hostile(seed: Int) {
    var random = Seeded(seed: UInt64(seed))
    let alphabet = Array("0123456789-/.~?%XYSET[]{}, abcé\u{301}\u{1F1E6}")
    for _ in 0..<500 {
      let text = String(
        (0..<Int.random(in: 0...14, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
      if let date = try? PartialDate(edtf: text) { #expect(date.earliest <= date.latest) }
    }
  }

  @Test("Marks are told apart")
  func marks() throws {
    #expect(try PartialDate(edtf: "2026~").isApproximate)
    #expect(try PartialDate(edtf: "2025%/2026").isApproximate)
    #expect(try PartialDate(edtf: "2025%/2026").isUncertain)
    #expect(try !PartialDate(edtf: "2026~").isUncertain)
    #expect(try !PartialDate(edtf: "2026-02").isApproximate)
  }

  @Test("Dates sort by their first possible day, then by their last")
  func order() throws {
    let texts = ["2026-02-03", "2026", "../2026", "2026-02", "2025-12/..", "2026-01"]
    let sorted = try texts.map { try PartialDate(edtf: $0) }.sorted().map(\.edtf)
    #expect(sorted == ["../2026", "2025-12/..", "2026-01", "2026", "2026-02", "2026-02-03"])
  }

  @Test(
    "Days and years make dates that read back", arguments: [-17_000, -44, 0, 999, 2026, 17_000] as [Int64])
  func made(year: Int64) throws {
    let whole = PartialDate.year(year)
    #expect(try PartialDate(edtf: whole.edtf) == whole)
    guard (-9999...9999).contains(year) else { return }
    let first = PartialDate(day: Day(year: year, month: 3, day: 5))
    #expect(try PartialDate(edtf: first.edtf) == first)
  }

  private func day(_ iso: String) -> Day {
    let isNegative = iso.hasPrefix("-")
    let fields = iso.split(separator: "-").compactMap { Int64($0) }
    return Day(year: isNegative ? -fields[0] : fields[0], month: Int(fields[1]), day: Int(fields[2]))
  }
}
