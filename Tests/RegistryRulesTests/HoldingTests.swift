import Foundation
import RegistryModel
import RegistryRules
import Testing

/// What holds on a date, case by case: memberships, denials, what there is one of at a time, the time of asking.
@Suite("What holds on a date")
struct HoldingTests {
  private func expect(
    _ cell: Cell, _ value: String, _ answers: KeyValuePairs<String, String>, today: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    for (date, word) in answers {
      let found = try cell.word(value, on: date, today: today)
      #expect(found == word, "\(value) on \(date)", sourceLocation: location)
    }
  }

  // MARK: Memberships

  @Test("An older list without an end is bounded by the first end after its start (UNESCO)")
  func unesco() throws {
    var cell = Cell(.many)
    try cell.claim("USA", "from 1945-11-04", "A")
    for period in ["from 1945 until 1984", "from 2003 until 2018", "from 2023"] {
      try cell.claim("USA", period)
    }
    try expect(
      cell, "USA",
      ["1944": "no", "1950": "yes", "1990": "no", "2010": "yes", "2020": "no", "2025": "yes"])
  }

  @Test("Two ends that exclude each other are rivals, and the rules choose")
  func twoEnds() throws {
    var cell = Cell(.many)
    try cell.claim("GBR", "from 1973 until 2019-03-29", "D")
    try cell.claim("GBR", "from 1973 until 2020-01-31", "A")
    try expect(cell, "GBR", ["2019-06-15": "yes", "2020-02-01": "no"])
  }

  @Test("Ends that allow each other narrow each other")
  func compatibleEnds() throws {
    var cell = Cell(.many)
    try cell.claim("GBR", "from 1973 until 2020")
    try cell.claim("GBR", "from 1973 until 2020-01-31")
    try expect(cell, "GBR", ["2020-01-15": "yes", "2020-03-01": "no", "2020": "in part"])
  }

  @Test("Of two starts with no end between the rules choose one; the other only may be")
  func twoStarts() throws {
    var cell = Cell(.many)
    try cell.claim("PHL", "from 2026-04-16", "C")
    try cell.claim("PHL", "from 2026-04-17", "A")
    try expect(
      cell, "PHL", ["2026-04-15": "no", "2026-04-16": "possibly", "2026-04-17": "yes", "2026-05-01": "yes"])
  }

  @Test("A denial of the broader ends the narrower; an end of the broader ends what has no period")
  func narrowing() throws {
    var signed = Cell(.many)
    try signed.claim("USA", "from 2016-02-04")
    try signed.claim("USA", "from 2017-01-30", stance: .denies, broader: true)
    try expect(signed, "USA", ["2016-06-01": "yes", "2020": "no"])
    var founder = Cell(.many)
    try founder.claim("FRA")
    try founder.claim("FRA", "from 1990 until 2010", broader: true)
    try expect(founder, "FRA", ["2000": "possibly", "2015": "no"])
  }

  @Test("Since a day, and still so on another")
  func stillOn() throws {
    var cell = Cell(.many)
    try cell.claim("KOR", "from 1973 still on 2026-09-01")
    try expect(cell, "KOR", ["1972": "no", "1973": "in part", "2000": "yes", "2026-10-01": "yes"])
    #expect(try cell.holds("KOR", on: "2026-10-01")?.verdict.reason == .lastSeen)
  }

  @Test(
    "An end without qualifiers ends all; one with a qualifier ends what has the same, and leaves others open")
  func qualifiedEnds() throws {
    let role = [Qualifier(Key(unchecked: "role"), .text("full member"))]
    var cell = Cell(.many)
    try cell.claim("GBR", "from 1973", "C", role)
    try cell.claim("GBR", "until 2020")
    try expect(cell, "GBR", ["2019": "yes", "2021": "no"])
    var other = Cell(.many)
    try other.claim("GBR", "from 1973")
    try other.claim("GBR", "from 1973 until 2020", "C", role)
    try expect(other, "GBR", ["2019": "yes", "2021": "possibly"])
  }

  @Test("What begins within the date asked for holds in part")
  func inPart() throws {
    var cell = Cell(.many)
    try cell.claim("USA", "from 2010")
    try expect(cell, "USA", ["2009": "no", "2010": "in part", "2010-06-01": "possibly", "2011": "yes"])
  }

  @Test("Seen once it goes on; before, nobody knows")
  func seen() throws {
    var cell = Cell(.many)
    try cell.claim("JPN", "on 2025-03-04")
    try expect(cell, "JPN", ["2024": "possibly", "2025-03-04": "yes", "2026": "yes"])
    var figure = Cell(.many)
    try figure.claim("JPN", "on 2025-03-04")
    figure.records[0].statement.value = .quantity(Quantity(low: 5, unit: "USD"))
    let held = figure.timelines.values.first?.holds(on: try PartialDate(edtf: "2026"), today: nil)
    #expect(held?.certainty == .possibly, "a figure is of its day")
  }

  // MARK: Denials

  @Test("A denial without a period contests, and overturns nothing; with an undated claim it is a rival")
  func undatedDenial() throws {
    var cell = Cell(.many)
    try cell.claim("USA", "from 2010", "D")
    try cell.claim("USA", "", "A", stance: .denies)
    try expect(cell, "USA", ["2015": "yes"])
    var rivals = Cell(.many)
    try rivals.claim("USA", "", "D")
    try rivals.claim("USA", "", "A", stance: .denies)
    try expect(rivals, "USA", ["2015": "no"])
  }

  @Test("What is denied on a day is not so until it begins again")
  func denied() throws {
    var cell = Cell(.many)
    try cell.claim("ISR", "from 1949")
    try cell.claim("ISR", "on 2019-05-01", stance: .denies)
    try expect(cell, "ISR", ["2018": "yes", "2019-05-02": "no", "2020": "no"])
    #expect(try cell.holds("ISR", on: "2020")?.verdict.reason == .denied)
    try cell.claim("ISR", "from 2022")
    try expect(cell, "ISR", ["2020": "no", "2023": "yes"])
  }

  @Test("A list that its source calls whole denies the rest on its date")
  func wholeList() throws {
    var cell = Cell(.many)
    try cell.claim("QAT", "from 2020")
    try cell.claim("USA", "on 2026-03-01")
    try cell.claim(
      "none", "on 2026-03-01", "C", [Qualifier(BuiltIn.besides, .entity(Key(unchecked: "USA")))])
    try expect(cell, "QAT", ["2025": "yes", "2026-04-01": "no"])
    try expect(cell, "USA", ["2026-04-01": "yes"])
  }

  // MARK: One at a time

  @Test("Between the end of one and the start of the next there is none")
  func gap() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("KOR", "through 2026-06")
    try cell.claim("JPN", "from 2026-09")
    try expect(cell, "KOR", ["2026-08": "no"])
    try expect(cell, "JPN", ["2026-08": "no", "2026-10": "yes"])
  }

  @Test("The start that the rules choose ends the one before")
  func chosenStart() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("KOR", "from 2026-01", "B")
    try cell.claim("JPN", "from 2026-07-01", "C")
    try cell.claim("JPN", "from 2026-09-01", "A")
    try expect(cell, "KOR", ["2026-08-01": "yes", "2026-09-02": "no"])
  }

  @Test("A successor ends an open claim, and the answer names it")
  func succession() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("FRA", "from 2010")
    try cell.claim("JPN", "from 2015")
    try cell.claim("BRA", "from 2020")
    try expect(cell, "FRA", ["2012": "yes", "2022": "no"])
    try expect(cell, "JPN", ["2017": "yes", "2022": "no"])
    try expect(cell, "BRA", ["2022": "yes"])
    let held = try cell.holds("FRA", on: "2022")
    #expect(held?.verdict.sureness == .no && held?.verdict.by != nil)
  }

  @Test("Where the order of two open claims is unknown, both are possible")
  func unknownOrder() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("FRA", "from 2010")
    try cell.claim("JPN", "from 2010")
    try expect(cell, "FRA", ["2012": "possibly"])
    try expect(cell, "JPN", ["2012": "possibly"])
  }

  @Test("A holder who was seen after another one's start is its rival, and the rules choose")
  func seenLater() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("anna", "from 2025-01-01 still on 2026-01-15", "A")
    try cell.claim("bert", "from 2025-06-01", "E")
    try expect(cell, "anna", ["2025-08": "yes", "2026-02": "yes"])
    try expect(cell, "bert", ["2025-08": "no"])
  }

  @Test("Co-chairs hold together")
  func jointly() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("USA", "from 2026", "C", [Qualifier(BuiltIn.jointly, .entity(Key(unchecked: "JPN")))])
    try cell.claim("JPN", "from 2026", "C", [Qualifier(BuiltIn.jointly, .entity(Key(unchecked: "USA")))])
    try expect(cell, "USA", ["2027": "yes"])
    try expect(cell, "JPN", ["2027": "yes"])
  }

  @Test("Two without a period are rivals; one with a period excludes one without while it holds")
  func undated() throws {
    var both = Cell(.oneAtATime)
    try both.claim("KOR", "", "A")
    try both.claim("JPN", "", "C")
    try expect(both, "KOR", ["2026": "possibly"])
    try expect(both, "JPN", ["2026": "no"])
    var one = Cell(.oneAtATime)
    try one.claim("KOR", "", "A")
    try one.claim("JPN", "from 2026-07-01", "C")
    try expect(one, "JPN", ["2026-08": "yes"])
    try expect(one, "KOR", ["2026-06": "possibly", "2026-08": "no"])
  }

  @Test("On the day of a handover both hold")
  func handover() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("EU", "until 2020-01-31", "D")
    try cell.claim("UK", "from 2020-01-31", "A")
    try expect(cell, "EU", ["2020-01-31": "yes", "2020-02-01": "no"])
    try expect(cell, "UK", ["2020-01-31": "yes", "2020-02-01": "yes"])
    // Said to the month, the next one began when the one before ended.
    var chair = Cell(.oneAtATime)
    try chair.claim("KOR", "through 2026-06", "D")
    try chair.claim("JPN", "from 2026-06", "A")
    try expect(chair, "JPN", ["2026-07-01": "yes", "2026-10": "yes"])
    try expect(chair, "KOR", ["2026-06-30": "yes", "2026-07": "no"])
    var status = Cell(.oneAtATime)
    try status.claim("active", "from 2012-01-01 until 2018-01-01")
    try status.claim("ended", "from 2018-01-01")
    try expect(status, "active", ["2013": "yes", "2019": "no"])
    try expect(status, "ended", ["2013": "no", "2019": "yes"])
  }

  // MARK: Time of asking

  @Test("A withdrawal that was notified and revoked is overtaken, without the rules")
  func overtaken() throws {
    var cell = Cell(.many)
    try cell.claim("USA", "from 1948 until 2021-07-06", "A.2020-07-07")
    try cell.claim("USA", "on 2022-05-01", "D.2022-05-02")
    try expect(cell, "USA", ["2022-06": "yes"])
  }

  @Test("A plan is possible until a later source confirms it")
  func plan() throws {
    var cell = Cell(.many)
    try cell.claim("IND", "from 2026-07-01", "A.2026-02-01")
    try expect(cell, "IND", ["2026-06": "no", "2026-08": "possibly"])
    #expect(try cell.holds("IND", on: "2026-08")?.verdict.reason == .planned)
    try cell.claim("IND", "on 2026-08-01", "D.2026-08-02")
    try expect(cell, "IND", ["2026-08-05": "yes"])
  }

  @Test("A forecast never holds for certain, and ends nothing")
  func forecast() throws {
    var cell = Cell(.oneAtATime)
    try cell.claim("KOR", "from 2026-01-01")
    try cell.claim("JPN", "from 2026-07-01", "A", [Qualifier(BuiltIn.forecast, .text("yes"))])
    try expect(cell, "KOR", ["2026-08": "yes"])
    try expect(cell, "JPN", ["2026-08": "no"])
  }

  @Test(
    "A month that today lies in is judged up to today; what is stated of the future is certain, the rest possible"
  )
  func today() throws {
    for (period, word) in [("through 2026-06", "possibly"), ("from 2026-01-01", "yes")] {
      var cell = Cell(.many)
      try cell.claim("JPN", period)
      try expect(cell, "JPN", ["2026-06": word], today: "2026-06-15")
    }
    var open = Cell(.many)
    try open.claim("JPN", "from 2020-01-01")
    try expect(open, "JPN", ["2099-01-01": "possibly"], today: "2026-06-15")
    var stated = Cell(.many)
    try stated.claim("JPN", "from 2020-01-01 until 2028-01-01")
    try expect(stated, "JPN", ["2027": "yes", "2029": "no"], today: "2026-06-15")
  }

  @Test(
    "The order in which things are recorded decides nothing; the least id does, and is said to be unsettled")
  func unsettled() throws {
    var cell = Cell(.one)
    try cell.claim("b", "", "C")
    try cell.claim("a", "", "C")
    let sources = cell.sources
    let resolver = Resolver(cell.definition) { sources[$0] }
    let (one, other) = (resolver.resolve(cell.records), resolver.resolve(cell.records.reversed()))
    #expect(one == other)
    #expect(one.first?.isUnsettled == true && one.first?.rule == nil)
  }
}
