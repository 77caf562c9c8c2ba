import PluginKit

/// How old the newest source of each thing or fact is on a day, and which are stale.
struct Freshness: Analysis {
  private let asked = ScopeParameters()
  private let after = Parameter.integer(
    "after", in: 0...36_600, default: 365, "stale is whose newest source is older than so many days")
  private let day = Parameter.date(
    "day", "the day on which ages are counted; the date asked for, or today, unless told"
  ).optional
  private let each = Parameter.choice(
    "each", of: ["thing", "fact"], default: "thing", "a row for each thing, or for each fact")
  private let limit = Parameter.integer("limit", in: 1...1_000_000, "at most so many rows").optional

  let name = "freshness"
  let summary = "How old the newest source of each thing or fact is, and which are stale"
  var parameters: [ParameterDeclaration] {
    asked.declarations + [after.declaration, day.declaration, each.declaration, limit.declaration]
  }
  let columns: [ResultColumn] = []
  let addsColumns = true
  let evidence = [Evidence.row]
  let examples = [
    Example("freshness type initiative", "how old the newest source of each initiative is today"),
    Example("freshness about forge each fact after 180", "each fact of one, stale after half a year"),
    Example("freshness topic gallium day 2026-06-30", "as of another day"),
  ]

  private static let thing = [ResultColumn("subject", .key, "of what")]
  private static let fact =
    thing + [
      ResultColumn("property", .key, "what of it"),
      ResultColumn("value", .text, "what is claimed, and of which mineral, stage, year …"),
    ]
  private static let counts = [
    ResultColumn("facts", .integer, "how many claims it has"),
    ResultColumn("stale", .integer, "of them, those whose newest source is certainly older than asked"),
    ResultColumn(
      "maybe", .integer, "of them, those of which the days that the source's date can mean leave it open"),
    ResultColumn("undated", .integer, "of them, those of which no source has a date"),
  ]
  private static let ages = [
    ResultColumn("newest", .date, "when the newest source came out, as it is dated"),
    ResultColumn("source", .text, "which that is"),
    ResultColumn("age", .integer, "its age in days, at least"),
    ResultColumn("state", .text, "fresh, stale, maybe stale, or undated"),
  ]

  let about: About? = About(
    """
    The age of a claim is that of its newest source on a day; a thing is as old as its newest claim. Stale is what is older \
    than some days by the last day on which its source can have come out, maybe stale by the first.
    """,
    formulas: ["age = day - the last day that the source's date can mean"],
    sources: ["ISO/IEC 25012:2008, Data quality model: currentness"],
    limits: [
      "that something old is wrong, or something new right",
      "a page that was read later is no newer for that; what has no date is undated, not old",
    ])

  func run(_ call: Call) throws {
    let scope = try asked.scope(call)
    let day =
      (try call[day] ?? call.moment.on ?? call.moment.published)?.lastDay ?? call.moment.today
    guard abs(day) < 3_000_000 else {
      throw AnalysisFailure(
        "open-day", "ages are counted on a day", hint: "Give one: freshness day 2026-06-30")
    }
    let after = try call[after]
    let isByFact = try call[each] == "fact"
    let sources = try SourceAges(call, on: day)
    try call.say(
      columns: isByFact
        ? Self.fact + Self.ages
        : Self.thing + Self.counts + Self.ages, evidence: [Evidence.row])
    var things: [String: Thing] = [:]
    var facts: [(claim: Claim, newest: SourceAges.Age?)] = []
    for row in try scope.rows(
      call, of: "statements", columns: isByFact ? Claim.columns : ["id", "subject", "cited"],
      where: ["claimed": [true]], [.isNotIn("property", Claim.staying)])
    {
      let newest = sources.newest(of: row[isByFact ? 8 : 2].names)
      if isByFact {
        facts.append((Claim(row), newest))
      } else {
        things[row[1].label, default: Thing()].add(row[0], newest, after)
      }
    }
    let most = Int(try call[limit] ?? 1_000_000)
    if isByFact { try emit(call, facts, after, most) } else { try emit(call, things, after, most) }
    if things.isEmpty, facts.isEmpty {
      try call.note("nothing is claimed\(scope.words.isEmpty ? "" : " " + scope.words)")
    }
    try call.note("ages on \(DateValue(day: day).edtf); stale after \(after) days")
    if sources.later > 0 {
      try call.note("\(sources.later) sources that certainly came out later are not looked at")
    }
  }

  /// What is known of one thing.
  private struct Thing {
    var facts = 0
    var stale = 0
    var maybe = 0
    var undated = 0
    var newest: SourceAges.Age?
    var because: [Datum] = []

    mutating func add(_ id: Datum, _ age: SourceAges.Age?, _ after: Int64) {
      facts += 1
      guard let age else {
        undated += 1
        return
      }
      switch age.state(after) {
      case "stale": stale += 1
      case "maybe stale": maybe += 1
      default: break
      }
      if let newest, !newest.isOlder(than: age) {
        if newest == age, because.count < 20 { because.append(id) }
      } else {
        newest = age
        because = [id]
      }
    }
  }

  private func emit(_ call: Call, _ things: [String: Thing], _ after: Int64, _ most: Int) throws {
    let sorted = things.sorted { SourceAges.precede(($0.value.newest, $0.key), ($1.value.newest, $1.key)) }
    for (key, thing) in sorted.prefix(most) {
      try call.emit(
        row: [
          .key(key), .integer(Int64(thing.facts)), .integer(Int64(thing.stale)), .integer(Int64(thing.maybe)),
          .integer(Int64(thing.undated)),
        ] + cells(thing.newest, after), because: Evidence(row: thing.because))
    }
    if sorted.count > most { try call.note("the first \(most) of \(sorted.count) things, the stalest first") }
  }

  private func emit(
    _ call: Call, _ facts: [(claim: Claim, newest: SourceAges.Age?)], _ after: Int64, _ most: Int
  ) throws {
    let sorted = facts.sorted { SourceAges.precede(($0.newest, $0.claim.order), ($1.newest, $1.claim.order)) }
    for (claim, newest) in sorted.prefix(most) {
      try call.emit(
        row: [.key(claim.subject), .key(claim.property), .text(claim.words)] + cells(newest, after),
        because: Evidence(row: [.text(claim.id)]))
    }
    if sorted.count > most { try call.note("the first \(most) of \(sorted.count) facts, the stalest first") }
  }

  private func cells(_ age: SourceAges.Age?, _ after: Int64) -> [Datum] {
    guard let age else { return [.empty, .empty, .empty, "undated"] }
    return [.date(age.date), .text(age.source), .integer(age.least), .text(age.state(after))]
  }
}

extension Claim {
  /// By what it says.
  fileprivate var order: String {
    [subject, property, value, qualifiers, when, id].joined(separator: "\u{1}")
  }
}

/// How old sources are on a day.
struct SourceAges {
  struct Age: Hashable {
    var source: String
    var date: DateValue
    /// Days, at least and at most: a source of a month may have come out on any day of it.
    var least: Int64
    var most: Int64

    func isOlder(than other: Age) -> Bool {
      (least, most, source) > (other.least, other.most, other.source)
    }

    func state(_ after: Int64) -> String {
      least > after ? "stale" : most > after ? "maybe stale" : "fresh"
    }
  }

  private var ages: [String: Age] = [:]
  /// How many came out after the day.
  private(set) var later = 0

  init(_ call: Call, on day: Int64) throws {
    for row in try call.rows(
      of: "sources", columns: ["key", "published", "published_earliest", "published_latest", "retrieved"])
    {
      guard case .date(let date) = row[1], let first = row[2].day, let last = row[3].day else { continue }
      guard first <= day else {
        later += 1
        continue
      }
      ages[row[0].label] = Age(
        source: row[0].label, date: date, least: max(0, day - last), most: day - first)
    }
  }

  func newest(of sources: [String]) -> Age? {
    var newest: Age?
    for source in sources {
      guard let age = ages[source] else { continue }
      if newest?.isOlder(than: age) ?? true { newest = age }
    }
    return newest
  }

  /// The stalest first, what is undated behind the others.
  static func precede(_ one: (age: Age?, key: String), _ other: (age: Age?, key: String)) -> Bool {
    switch (one.age, other.age) {
    case (nil, nil): one.key < other.key
    case (nil, _): false
    case (_, nil): true
    case (let first?, let second?):
      (first.least, first.most, other.key) > (second.least, second.most, one.key)
    }
  }
}
