import PluginKit

/// Something that has a date: the date that is claimed, or a beginning, an end, or a day on which it was seen.
struct DatedFact {
  /// What of it the date is.
  enum Part: String, CaseIterable {
    /// The value itself: when something was signed.
    case dated
    case begins
    case ends
    /// It began and ended somewhere in it: `within A..B`.
    case took = "took place"
    case seen
  }

  var date: DateValue
  var part: Part
  var subject: String
  var property: String
  /// The value; empty where it is the date itself.
  var value: String
  var id: String
  /// Whether the rules chose it among its rivals.
  var isChosen: Bool
  /// Whether it holds only possibly on the date asked for, or is said of what is to come.
  var isPossible: Bool
  /// Who says so.
  var cited: String

  var firstDay: Int64 { date.firstDay }
  var lastDay: Int64 { date.lastDay }

  /// By its days, and where these are the same by what it is.
  static func precedes(_ one: DatedFact, _ other: DatedFact) -> Bool {
    if one.firstDay != other.firstDay { return one.firstDay < other.firstDay }
    if one.lastDay != other.lastDay { return one.lastDay < other.lastDay }
    return (one.subject, one.property, one.value, one.part.rawValue, one.id)
      < (other.subject, other.property, other.value, other.part.rawValue, other.id)
  }
}

/// The dated facts of a scope, read once.
struct DatedFacts {
  /// The days that are asked for; nothing for all.
  var within: ClosedRange<Int64>?
  var scope: Scope
  private(set) var facts: [DatedFact] = []
  /// What was left out since the rules chose another date, whenever that is.
  private(set) var passedOver: [DatedFact] = []
  private let includesPassedOver: Bool
  /// Texts that occur again and again, each once in memory.
  private var texts: [String: String] = [:]

  private static let columns = [
    "id", "subject", "property", "value", "chosen", "certainty", "forecast", "cited",
  ]

  init(_ scope: Scope, within: ClosedRange<Int64>?, includingPassedOver: Bool) {
    self.scope = scope
    self.within = within
    includesPassedOver = includingPassedOver
  }

  /// Reads the dates that are values, of these properties or of all.
  mutating func readValues(_ call: Call, of properties: Set<String>? = nil) throws {
    var dated: Set<String> = []
    for row in try call.rows(of: "properties", columns: ["key", "range", "domain"])
    where row[1].label == "date" {
      dated.insert(row[0].label)
    }
    if let properties { dated.formIntersection(properties) }
    if let asked = scope.properties { dated.formIntersection(asked) }
    guard !dated.isEmpty else { return }
    let columns = Self.columns + ["date_earliest", "date_latest"]
    let filters: [String: [Datum]] = ["property": dated.sorted().map(Datum.key), "claimed": [true]]
    let conditions = within.map { Self.conditions("date_earliest", "date_latest", $0) } ?? []
    for row in try scope.rows(
      call, of: "statements", columns: columns, where: filters.merging(["chosen": [true]]) { $1 }, conditions)
    {
      // `unknown` is no date.
      guard let first = row[8].day, let last = row[9].day else { continue }
      add(row, DateValue(edtf: row[3].label, firstDay: first, lastDay: last), .dated)
    }
    // Of those that were passed over all are looked at, since a reading may put one in the place of another.
    for row in try scope.rows(
      call, of: "statements", columns: columns, where: filters.merging(["chosen": [false]]) { $1 })
    {
      // `unknown` is no date.
      guard let first = row[8].day, let last = row[9].day else { continue }
      add(row, DateValue(edtf: row[3].label, firstDay: first, lastDay: last), .dated)
    }
  }

  /// Reads when what is stated begins, ends and was seen.
  mutating func readPeriods(_ call: Call, _ parts: Set<DatedFact.Part>) throws {
    guard !parts.isDisjoint(with: [.begins, .ends, .took, .seen]) else { return }
    let rows = try scope.rows(
      call, of: "statements", columns: Self.columns + ["starts", "ends", "seen"], where: ["claimed": [true]],
      [.isNotIn("validity", [.empty, ""])])
    for row in rows {
      let (starts, ends) = (row[8].date, row[9].date)
      if let starts, let ends, starts == ends, starts.firstDay < starts.lastDay {
        if parts.contains(.took) { add(row, starts, .took) }
        continue
      }
      if let starts, parts.contains(.begins) { add(row, starts, .begins) }
      if let ends, parts.contains(.ends) { add(row, ends, .ends) }
      if let seen = row[10].date, parts.contains(.seen) { add(row, seen, .seen) }
    }
  }

  private static func conditions(_ first: String, _ last: String, _ days: ClosedRange<Int64>) -> [Condition] {
    [
      .isAtLeast(last, .date(DateValue(day: days.lowerBound))),
      .isAtMost(first, .date(DateValue(day: days.upperBound))),
    ]
  }

  private mutating func add(_ row: Row, _ date: DateValue, _ part: DatedFact.Part) {
    let isChosen = row[4].isYes
    let isInside = within.map { date.lastDay >= $0.lowerBound && date.firstDay <= $0.upperBound } ?? true
    guard isInside || !isChosen else { return }
    let value = part == .dated ? "" : row[3].label
    let fact = DatedFact(
      date: date, part: part, subject: shared(row[1].label), property: shared(row[2].label),
      value: value.isEmpty ? "" : shared(value), id: row[0].label, isChosen: isChosen,
      isPossible: row[5].label == "possibly" || row[6].isYes, cited: shared(row[7].label))
    if !isChosen { passedOver.append(fact) }
    if isInside, isChosen || includesPassedOver { facts.append(fact) }
  }

  /// The text as it was first read, so that a million facts of one source do not keep its key a million times.
  private mutating func shared(_ text: String) -> String {
    // Short ones lie in the string itself.
    guard text.utf8.count > 15 else { return text }
    if let known = texts[text] { return known }
    texts[text] = text
    return text
  }

  /// How many of those that were left out lie in the days asked for.
  var leftOut: Int {
    includesPassedOver
      ? 0
      : passedOver.count { fact in
        within.map { fact.lastDay >= $0.lowerBound && fact.firstDay <= $0.upperBound } ?? true
      }
  }

  /// What competing claims leave open of these dates.
  func openDates(_ call: Call) throws -> OpenDates {
    try OpenDates(call, among: facts.filter(\.isChosen) + passedOver)
  }

  /// Puts them in order.
  mutating func sort() {
    texts = [:]
    facts.sort(by: DatedFact.precedes)
  }
}
