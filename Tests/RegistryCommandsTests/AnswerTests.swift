import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// What holds on a date, asked in every way that the language has: a list of values, a filter, a count, and SQL.
@Suite("What holds on a date is told alike by list, where, count and sql")
struct AnswerTests {
  struct Ask: Sendable {
    /// The subject, the property and the value.
    var what: String
    var date: String
    /// `yes`, `maybe`, `in part` or `no`.
    var wanted: String

    init(_ what: String, _ date: String, _ wanted: String) {
      (self.what, self.date, self.wanted) = (what, date, wanted)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var setup: String
    var asks: [Ask]
    var testDescription: String { title }

    init(_ title: String, _ setup: String, _ asks: Ask...) {
      (self.title, self.setup, self.asks) = (title, setup, asks)
    }
  }

  /// Five sources, by their reliability; all came out this year.
  private static let sources = """
    source a "A" { published 2026-01-10; reliability A }
    source b "B" { published 2026-03-10; reliability B }
    source c "C" { published 2026-06-10; reliability C }
    source d "D" { published 2026-08-10; reliability D }
    source e "E" { published 2026-09-10; reliability E }
    define property founder under member of initiative, group to actor many
    define property ended of initiative to date one
    define property role of statement to text one
    define type accord under initiative begins started ends ended, status.ended
    add state FRA "France"; add state GBR "Great Britain"; add state SUN "Soviet Union"; add state RUS "Russia"
    add group club "Club"; add partnership body "Body"; add accord pact "Pact"
    """

  static let cases: [Case] = [
    Case(
      "1 An older open claim ends where another one ends (UNESCO)",
      """
      claim club.member = USA from 1945-11-04 citing a
      claim club.member = USA from 1945-11-04 until 1984-12-31 citing b
      claim club.member = USA from 2003-10-01 until 2018-12-31 citing b
      claim club.member = USA from 2023-07-10 citing b
      """, Ask("club.member USA", "1940", "no"), Ask("club.member USA", "1980", "yes"),
      Ask("club.member USA", "1990", "no"), Ask("club.member USA", "2010", "yes"),
      Ask("club.member USA", "2020", "no"), Ask("club.member USA", "2024", "yes")),
    Case(
      "2 Two ends are rivals, and the rules choose",
      """
      claim club.member = GBR from 1973 until 2019-03-29 citing b
      claim club.member = GBR from 1973 until 2020-01-31 citing a
      """, Ask("club.member GBR", "2019-06", "yes"), Ask("club.member GBR", "2020-06", "no")),
    Case(
      "3 Ends that allow each other narrow each other",
      """
      claim club.member = GBR from 1973 until 2020 citing a
      claim club.member = GBR from 1973 until 2020-01-31 citing b
      """, Ask("club.member GBR", "2020-01-15", "yes"), Ask("club.member GBR", "2020-03-01", "no")),
    Case(
      "7 A denial of the broader ends the narrower",
      """
      claim body.signatory = USA from 2016-02-04 citing a
      deny body.member = USA from 2017-01-30 citing b
      """, Ask("body.member USA", "2016-06", "yes"), Ask("body.signatory USA", "2016-06", "yes"),
      Ask("body.member USA", "2020", "no"), Ask("body.signatory USA", "2020", "no")),
    Case(
      "8 The end of the broader ends what has no period",
      """
      claim club.founder = FRA citing a
      claim club.member = FRA from 1949 until 1966 citing b
      """, Ask("club.founder FRA", "1970", "no"), Ask("club.member FRA", "1970", "no"),
      Ask("club.member FRA", "1960", "yes")),
    Case(
      "10 A list that its source calls whole denies the rest",
      """
      claim club.member = FRA from 2010 citing a
      claim club.member = only GBR, RUS on 2020-05-01 citing b
      """, Ask("club.member FRA", "2019", "yes"), Ask("club.member FRA", "2021", "no"),
      Ask("club.member GBR", "2021", "yes"), Ask("club.member RUS", "2021", "yes")),
    Case(
      "10 A newer list that leaves one out says nothing of it",
      """
      claim club.member = FRA from 2010 citing a
      claim club.member = GBR on 2020-05-01 citing b
      """, Ask("club.member FRA", "2021", "yes")),
    Case(
      "12 Since a day, and still on another",
      "claim club.member = GBR from 1973 still on 2025-09-01 citing a",
      Ask("club.member GBR", "2020", "yes"), Ask("club.member GBR", "1970", "no")),
    Case(
      "13 An end without qualifiers ends all",
      """
      claim club.member = FRA from 1950 role "full member" citing a
      claim club.member = FRA from 1950 until 2020 citing b
      """, Ask("club.member FRA", "2019", "yes"), Ask("club.member FRA", "2022", "no")),
    Case(
      "13 An end as something leaves open whether it is the end of all",
      """
      claim club.member = FRA from 1950 citing a
      claim club.member = FRA from 1950 until 2020 role "full member" citing b
      """, Ask("club.member FRA", "2019", "yes"), Ask("club.member FRA", "2022", "maybe")),
    Case(
      "14 A year in which it begins is held in part",
      "claim club.member = FRA from 2010-05-05 citing a",
      Ask("club.member FRA", "2009", "no"), Ask("club.member FRA", "2010", "in part"),
      Ask("club.member FRA", "2011", "yes")),
    Case(
      "15 A denial without a period overturns nothing",
      """
      claim club.member = FRA from 2010 citing d
      deny club.member = FRA citing a
      """, Ask("club.member FRA", "2015", "yes")),
    Case(
      "16 What is denied on a day is not so until it begins again",
      """
      claim club.member = FRA from 1949 citing a
      deny club.member = FRA on 2019-05-01 citing b
      claim club.member = FRA from 2022 citing c
      """, Ask("club.member FRA", "2018", "yes"), Ask("club.member FRA", "2020", "no"),
      Ask("club.member FRA", "2023", "yes")),
    Case(
      "21 A denial of one's own name stands, whoever is in through a group",
      """
      claim pact.started = 1990 citing a
      claim pact.signatory = eu from 2005 citing a
      deny pact.signatory = MLT from 2005 citing b
      """, Ask("pact.signatory eu", "2010", "yes"), Ask("pact.signatory MLT", "2010", "no")),
    Case(
      "24 Between an end and the next start there is none",
      """
      claim body.chair = KOR through 2026-06 citing b
      claim body.chair = JPN from 2026-09 citing e
      """, Ask("body.chair KOR", "2026-08", "no"), Ask("body.chair JPN", "2026-08", "no"),
      Ask("body.chair JPN", "2026-10", "yes")),
    Case(
      "24 What is said to the month hands over within it",
      """
      claim body.chair = KOR through 2026-06 citing b
      claim body.chair = JPN from 2026-06 citing e
      """, Ask("body.chair JPN", "2026-10", "yes"), Ask("body.chair KOR", "2026-10", "no")),
    Case(
      "25 The start that the rules choose ends the one before",
      """
      claim body.chair = KOR from 2025-02 citing c
      claim body.chair = JPN from 2025-07-01 citing e
      claim body.chair = JPN from 2025-09-01 citing a
      """, Ask("body.chair KOR", "2025-08", "yes"), Ask("body.chair JPN", "2025-10", "yes"),
      Ask("body.chair KOR", "2025-10", "no")),
    Case(
      "27 Where the order is not known both are possible",
      """
      claim body.chair = FRA from 2010 citing a
      claim body.chair = JPN from 2010 citing b
      """, Ask("body.chair FRA", "2015", "maybe"), Ask("body.chair JPN", "2015", "maybe")),
    Case(
      "28 Who was seen after another's start is its rival",
      """
      claim body.chair = FRA from 2025-01-01 still on 2025-12-15 citing a
      claim body.chair = JPN from 2025-06-01 citing e
      """, Ask("body.chair FRA", "2025-09", "yes"), Ask("body.chair JPN", "2025-09", "no")),
    Case(
      "29 Who holds jointly holds together",
      """
      claim body.chair = jointly USA, JPN from 2020 citing a
      claim body.chair = USA from 2020 citing b
      """, Ask("body.chair USA", "2022", "yes"), Ask("body.chair JPN", "2022", "yes")),
    Case(
      "32 One with a period excludes one without on its days",
      """
      claim body.chair = KOR citing a
      claim body.chair = JPN from 2025-07-01 citing c
      """, Ask("body.chair JPN", "2025-08", "yes"), Ask("body.chair KOR", "2025-08", "no"),
      Ask("body.chair KOR", "2025-05", "maybe")),
    Case(
      "34 On the day of a handover both hold",
      """
      claim body.chair = FRA from 2010 until 2020-01-31 citing a
      claim body.chair = JPN from 2020-01-31 citing b
      """, Ask("body.chair FRA", "2020-01-31", "yes"), Ask("body.chair JPN", "2020-01-31", "yes"),
      Ask("body.chair FRA", "2020-02-01", "no"), Ask("body.chair JPN", "2020-02-01", "yes")),
    Case(
      "39 Of what has ended nobody is a member after",
      """
      claim pact.started = 1980 citing a
      claim pact.ended = 1991-07-01 citing a
      claim pact.member = FRA from 1980 citing a
      """, Ask("pact.member FRA", "1985", "yes"), Ask("pact.member FRA", "2020", "no")),
    Case(
      "39 An end without a date lies between what was said last and its source",
      """
      claim pact.status = ended citing c
      claim pact.member = FRA from 2022-06-14 citing a
      """, Ask("pact.member FRA", "2022-06-14", "yes"), Ask("pact.member FRA", "2024", "maybe"),
      Ask("pact.member FRA", "2026-10", "no")),
    Case(
      "43 A value that ended, and the one that follows it",
      """
      claim club.member = SUN from 1945 until 1991-12-26 citing a
      claim club.member = RUS from 1991-12-26 citing a
      """, Ask("club.member SUN", "1980", "yes"), Ask("club.member SUN", "2000", "no"),
      Ask("club.member RUS", "2000", "yes"), Ask("club.member RUS", "1980", "no")),
    Case(
      "45 What is certainly claimed of a thing it certainly is there for",
      "claim pact.member = FRA from 2007 citing a",
      Ask("pact.member FRA", "2010", "yes")),
    Case(
      "49 A withdrawal that was announced and did not come is overtaken",
      """
      source then "Then" { published 2020-07-07; reliability A }
      claim club.member = USA from 1948 citing a
      claim club.member = USA from 1948 until 2021-07-06 citing then
      claim club.member = USA on 2022-01-01 citing b
      """, Ask("club.member USA", "2023", "yes")),
    Case(
      "50 A forecast is never more than possible",
      "claim club.member = forecast FRA from 2025 citing a",
      Ask("club.member FRA", "2026-05", "maybe")),
    Case(
      "52 A stated end in the time to come bounds; what is open there nobody knows",
      """
      claim club.member = FRA from 2010 until 2028 citing a
      claim club.member = GBR from 2010 citing a
      """, Ask("club.member FRA", "2027", "yes"), Ask("club.member FRA", "2030", "no"),
      Ask("club.member GBR", "2027", "maybe")),
  ]

  @Test("Every way of asking tells the same", arguments: cases)
  func alike(_ one: Case) throws {
    let transcript = Transcript(try TestRegistry.example())
    transcript.session.settings.today = Day(year: 2026, month: 11, day: 28)
    let told = transcript.run(Self.sources + "\n" + one.setup)
    #expect(!told.contains("error:"), "\(told)")
    for ask in one.asks {
      let (path, value) = Self.parts(ask.what, at: " ")
      let (subject, property) = Self.parts(path, at: ".")
      let where_ = "list entities where \(property) = \(value) on \(ask.date)"
      #expect(
        Self.cell(transcript.run("list \(path) on \(ask.date)"), value, "on \(ask.date)") ?? "no"
          == ask.wanted, "list \(path) on \(ask.date): \(value)")
      // Of a whole year it holds of the entity, or it may.
      let ofEntity = ask.wanted == "in part" ? "maybe" : ask.wanted
      #expect(
        Self.cell(transcript.run(where_), subject, "on \(ask.date)") ?? "no" == ofEntity,
        "\(where_): \(subject)")
      let sql = transcript.run(
        """
        sql { SELECT subject, certainty FROM statements WHERE subject = '\(subject)' AND claimed AND chosen
          AND property IN ('\(property)', 'signatory', 'founder') AND value = '\(value)' ORDER BY 2 } on \(ask.date)
        """)
      let certainty = Self.cell(sql, subject, "certainty") ?? "no"
      #expect(
        ["certainly": "yes", "possibly": "maybe"][certainty] ?? certainty == ofEntity,
        "sql on \(ask.date): \(sql)")
      let counted = transcript.run(
        "count entities where \(property) = \(value) and key = \(subject) on \(ask.date)")
      let wanted = ["yes": "1\t1", "maybe": "0\t1", "no": "0\t0"][ofEntity] ?? ""
      #expect(counted.contains("certainly\tat most\n\(wanted)\n"), "\(where_): \(counted)")
    }
    #expect(try transcript.session.store.check().compactMap(\.problem) == [])
  }

  private func transcript(_ setup: String, today: Day = Day(year: 2026, month: 11, day: 28)) throws
    -> Transcript
  {
    let transcript = Transcript(try TestRegistry.example())
    transcript.session.settings.today = today
    let told = transcript.run(Self.sources + "\n" + setup)
    #expect(!told.contains("error:"), "\(told)")
    return transcript
  }

  @Test("21 Through the group it holds, beside the denial of one's own name")
  func throughGroup() throws {
    let transcript = try transcript(
      """
      claim pact.started = 1990 citing a
      claim pact.signatory = eu from 2005 citing a
      deny pact.signatory = MLT from 2005 citing b
      """)
    let found = transcript.run("list entities where signatory = MLT including groups on 2010")
    #expect(Self.cell(found, "pact", "on 2010") == "yes" && found.contains("eu"), "\(found)")
    let listed = transcript.run("list pact.signatory including groups on 2010")
    #expect(listed.contains("MLT\tMalta\tsignatory\teu"), "\(listed)")
    #expect(listed.contains("MLT\tMalta\tsignatory\titself\tfrom 2005\tdenied"), "\(listed)")
    // Who is denied as a group is not denied of its members.
    _ = transcript.run("deny body.member = eu from 2005 citing b")
    #expect(!transcript.run("list body.member including groups on 2010").contains("MLT"))
    #expect(!transcript.run("list body.member including groups").contains("MLT"))
  }

  @Test("23 Others who are listed do not make it no: silence is not no")
  func silence() throws {
    let transcript = try transcript("claim body.member = FRA from 2010 citing a")
    #expect(!transcript.run("list partnerships where not member = USA on 2015").contains("body"))
    #expect(transcript.run("list partnerships where member = USA is undecided on 2015").contains("body"))
    _ = transcript.run("claim body.member = only FRA on 2014 citing b")
    #expect(transcript.run("list partnerships where not member = USA on 2015").contains("body"))
  }

  @Test("31 Two without a period are rivals")
  func withoutPeriods() throws {
    let transcript = try transcript(
      "claim body.chair = KOR citing a; claim body.chair = JPN citing b")
    #expect(transcript.run("conflicts where subject = body").contains("body\tchair\tJPN\tb\tKOR\ta"))
    #expect(transcript.run("why body.chair").contains("KOR\tchosen"))
  }

  @Test("36 and 38 What began in a year may be there in it; what begins by nothing is there for ever")
  func beginnings() throws {
    let transcript = try transcript(
      "claim pact.started = 1993 citing a; claim pact.started = 1994 citing b")
    func count(_ what: String) -> String {
      transcript.run("count \(what)").split(separator: "\n").dropFirst().first.map(String.init) ?? ""
    }
    #expect(count("accords on 1992-06") == "0\t0")
    #expect(count("accords on 1993-06") == "0\t1")
    #expect(count("accords on 1994-06") == "1\t1")
    #expect(count("minerals on 1900") == "1\t1")
    #expect(count("states on 1500") == count("states on 2020"))
  }

  @Test("41 and 42 A successor does not end what has an end of its own, and takes no members over")
  func successors() throws {
    let transcript = try transcript(
      """
      add accord gatt "GATT"; add accord wto "WTO"
      claim gatt.started = 1948-01-01 citing a
      claim gatt.ended = 1995-12-31 citing a
      claim gatt.member = FRA from 1948-01-01 citing a
      claim wto.started = 1995-01-01 citing a
      claim wto.succeeds = gatt citing a
      """)
    let during = transcript.run("list gatt.member on 1995-06")
    #expect(Self.cell(during, "FRA", "on 1995-06") == "yes", "\(during)")
    #expect(Self.cell(transcript.run("list gatt.member on 1996-06"), "FRA", "on 1996-06") == nil)
    #expect(!transcript.run("list wto.member on 1996-06").contains("FRA\t"))
  }

  @Test(
    "51 A month that is not over is judged up to today", arguments: ["through 2026-06", "until 2026-06", ""])
  func runningMonth(_ end: String) throws {
    let transcript = try transcript(
      "claim club.member = FRA from 2020 \(end) citing c", today: Day(year: 2026, month: 6, day: 15))
    let listed = transcript.run("list club.member on 2026-06")
    #expect(
      Self.cell(listed, "FRA", "on 2026-06") == (end.hasPrefix("until") ? "in part" : "yes"), "\(listed)")
  }

  @Test("53 A count without a date tells of ever and of today")
  func everAndToday() throws {
    let transcript = try transcript(
      "claim club.member = FRA from 1950 until 1966 citing a; claim club.member = GBR from 1950 citing a")
    #expect(transcript.run("count club.member") == "ever\ttoday\n2\t1\n")
    #expect(transcript.run("count club.member on 1960") == "certainly\tat most\n2\t2\n")
  }

  @Test("56 What no rule parts is said to be unsettled, and not decided by what was recorded first")
  func unsettled() throws {
    for (first, second) in [("1", "2"), ("2", "1")] {
      let transcript = try transcript(
        """
        source f1 "F1" { published 2026-01-10; reliability C }
        source f2 "F2" { published 2026-01-10; reliability C }
        claim pact.started = 2025-0\(first)-01 citing f\(first)
        claim pact.started = 2025-0\(second)-01 citing f\(second)
        """)
      let why = transcript.run("why pact.started")
      #expect(why.contains("unsettled"), "\(why)")
      #expect(
        transcript.run("list accords columns started").contains("2025-0")
          && transcript.run("conflicts where subject = pact").contains("2025-01-01"))
    }
  }

  @Test("19 A later page of one publisher that denies is a second source, or corrects the first")
  func laterPage() throws {
    for corrects in ["", "; corrects p1"] {
      let transcript = try transcript(
        """
        source p1 "One" { publisher "P"; published 2026-02-01 }
        source p2 "Two" { publisher "P"; published 2026-06-01\(corrects) }
        claim body.member = FRA on 2026-02-01 citing p1; deny body.member = FRA on 2026-06-01 citing p2
        """)
      func found(_ date: String) -> Bool {
        transcript.run("list entities where member = FRA on \(date)").contains("body\t")
      }
      #expect(found("2026-03-01") && !found("2026-07-01"), "\(corrects)")
      #expect(transcript.run("show body.member on 2026-07-01").contains("denied"))
    }
  }

  @Test("35 Three claims of which no pair certainly overlaps never give two holders a yes")
  func threeClaims() throws {
    let transcript = try transcript(
      """
      claim pact.chair = FRA from 2024 until 2025-06 citing a
      claim pact.chair = GBR from 2025 until 2026-06 citing b
      claim pact.chair = USA from 2025-06 still on 2026-03-01 citing c
      """)
    for date in ["2025-03-01", "2025-06-15", "2025-12-01", "2026-02-01"] {
      let listed = transcript.run("list pact.chair on \(date)")
      let holders = ["FRA", "GBR", "USA"].filter { Self.cell(listed, $0, "on \(date)") == "yes" }
      #expect(holders.count <= 1, "\(date): \(listed)")
    }
  }

  @Test("37 What was announced is there from then on, and its status says so")
  func announced() throws {
    let transcript = try transcript(
      """
      define property made-known of initiative to date one; define property set-going of initiative to date one
      define type scheme under initiative begins made-known, set-going
      add scheme big "Scheme"
      claim big.made-known = 2025-03-01 citing a; claim big.set-going = 2026-02-01 citing a
      """)
    #expect(transcript.run("count schemes on 2025-06") == "certainly\tat most\n1\t1\n")
    #expect(transcript.run("count schemes on 2024-06") == "certainly\tat most\n0\t0\n")
  }

  @Test("46 A period whose both ends lie past its subject's end contradicts the end")
  func pastTheEnd() throws {
    let transcript = try transcript(
      """
      claim pact.started = 1990 citing a; claim pact.ended = 2000-12-31 citing a
      claim pact.member = FRA from 2005 until 2010 citing b
      """)
    #expect(!transcript.run("list pact.member on 2007").contains("\tyes"))
    #expect(transcript.run("list pact.member on 2007").contains("ended 2000-12-31"))
  }

  @Test("47 Whom a source names as a value alone is kept under it")
  func namedAlone() throws {
    let transcript = try transcript(
      """
      add state AUT "Austria" citing c; add state CHE "Switzerland" citing c
      claim body.member = AUT from 2020 citing a; claim club.member = CHE citing b
      """)
    let listed = transcript.run("list states according to a")
    #expect(listed.contains("AUT\t") && !listed.contains("CHE\t"), "\(listed)")
  }

  @Test("55 Of what is one, two dates without periods are rivals")
  func undatedRivals() throws {
    let transcript = try transcript(
      "claim pact.started = 2025-10-27 citing a; claim pact.started = 2025-10-28 citing b")
    #expect(transcript.run("conflicts where subject = pact").contains("2025-10-28"))
    #expect(transcript.run("list accords columns started").contains("2025-10-27"))
  }

  @Test("64 and 65 Through groups with their own ends, and through groups within groups")
  func groups() throws {
    let transcript = try transcript(
      """
      add group inner "Inner"; add group outer "Outer"
      claim inner.member = FRA from 2000 until 2010 citing a
      claim outer.member = inner from 1995 citing a
      claim club.member = inner from 1990 until 2005 citing a
      claim club.member = outer from 1990 citing a
      """)
    func through(_ date: String) -> String? {
      Self.cell(
        transcript.run("list entities where member = FRA including groups on \(date)"), "club", "on \(date)")
    }
    #expect(through("1996") == nil)
    #expect(through("2003") == "yes")
    #expect(through("2008") == "yes")
    #expect(through("2015") == nil)
  }

  private static func parts(_ text: String, at separator: Character) -> (String, String) {
    let parts = text.split(separator: separator, maxSplits: 1).map(String.init)
    return (parts[0], parts[1])
  }

  /// What stands in a column of a row; nothing where there is no such row, or none whose claim it is.
  private static func cell(_ table: String, _ row: String, _ column: String) -> String? {
    let lines = table.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = lines.first, let place = head.firstIndex(of: column) else { return nil }
    let found = lines.dropFirst().first { fields in
      fields.count > place && fields.contains(row) && fields[place] != "denied"
    }
    return found?[place]
  }
}
