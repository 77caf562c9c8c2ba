import PluginKit

/// What ends or falls due within some days: terms, chairs, memberships and suspensions by their stated ends, deadlines and
/// dues by their dates.
struct Ending: Analysis {
  private let from = Parameter.date(
    "from", "the day from which is counted; the date asked for, or today, unless told"
  )
  .optional
  private let days = Parameter.integer("days", in: 0...36_600, default: 90, "within so many days of it")
  private let asked = ScopeParameters()
  private let due = Parameter.properties(
    "due", default: ["deadline", "due", "ended"], "the properties whose dates are deadlines or ends")

  let name = "ending"
  let summary = "Which terms, chairs, memberships and deadlines end within some days"
  var parameters: [ParameterDeclaration] {
    [from.declaration, days.declaration] + asked.declarations + [due.declaration]
  }
  let columns = [
    ResultColumn("ends", .date, "when, as its source has it"),
    ResultColumn("precision", .text, "how exactly that is given"),
    ResultColumn("days", .integer, "how many days are left at least; below 0 where it may be past"),
    ResultColumn("subject", .key, "of what"),
    ResultColumn("property", .key, "what of it"),
    ResultColumn("value", .text, "who or what ends; empty where it falls due"),
    ResultColumn("standing", .text, "possibly where the date may lie outside, or the fact is only possible"),
    ResultColumn("sources", .text, "who says so"),
  ]
  let view: ViewHint? = ViewHint(.timeline, "subject", "ends", "ends")
  let evidence = [Evidence.row]
  let tables = [ReadingsReport.table]
  let examples = [
    Example("ending", "what ends within 90 days of today"),
    Example("ending from 2026-04-15 days 90", "within 90 days of another day"),
    Example(
      "ending from 2026-09-01 days 121 due deadline, due, operational", "with plants that are to begin"),
  ]

  let about: About? = About(
    """
    Each end that a source states (until a date, or through it), and each date of the properties that are deadlines, which \
    can lie within some days of a day.
    """,
    formulas: ["days = the first day that the end can mean - the first day that is counted from"],
    sources: ["ISO 8601-2:2019, Date and time, Part 2: Extensions (EDTF)"],
    limits: [
      "an end that no source states is not here",
      "a term that a later source shows to go on stands with the end that was stated, where the rules chose that",
    ])

  func run(_ call: Call) throws {
    let from = try call[from] ?? call.moment.on ?? DateValue(day: call.moment.today)
    let window = try Self.window(from, try call[days])
    let scope = try asked.scope(call)
    var found = DatedFacts(scope, within: window, includingPassedOver: false)
    try found.readValues(call, of: try call.propertiesAndNarrower(of: try call[due]))
    try found.readPeriods(call, [.ends, .took])
    found.sort()
    let ends = found.facts.merged
    for (fact, ids, cited) in ends {
      let isInside = window.contains(fact.firstDay) && window.contains(fact.lastDay)
      try call.emit(
        row: [
          .date(fact.date), .text(Precision.words(fact.date)), .integer(fact.firstDay - from.firstDay),
          .key(fact.subject), .key(fact.property), fact.value.isEmpty ? .empty : .text(fact.value),
          isInside && !fact.isPossible ? .empty : "possibly", cited.isEmpty ? .empty : .text(cited),
        ], because: Evidence(row: ids.map(Datum.text)))
    }
    let bounds = "\(DateValue(day: window.lowerBound).edtf) to \(DateValue(day: window.upperBound).edtf)"
    let about = scope.words.isEmpty ? "" : " " + scope.words
    if ends.isEmpty {
      try call.note(
        "no end or deadline\(about) is stated from \(bounds), which does not mean that nothing ends")
    } else {
      try call.note("\(ends.count) from \(bounds); an end that no source states is not here")
    }
    if found.leftOut > 0 {
      try call.note("\(found.leftOut) more that the rules passed over for others: conflicts shows them")
    }
    var report = ReadingsReport()
    let open = try found.openDates(call)
    report.settled(ends.count)
    for (fact, _, _) in ends {
      if let days = open.firstDays(of: fact) { report.add(fact.row, "ends", days) }
    }
    try report.emit(to: call)
  }

  private static func window(_ from: DateValue, _ days: Int64) throws -> ClosedRange<Int64> {
    let (last, isBeyond) = from.lastDay.addingReportingOverflow(days)
    guard !isBeyond, from.firstDay <= last, last < 3_000_000, from.firstDay > -3_000_000 else {
      throw AnalysisFailure(
        "open-day", "\(from.edtf) has no first or no last day from which could be counted",
        hint: "Give a day, a month or a year: ending from 2026-04-15")
    }
    return from.firstDay...last
  }
}

/// What facts that say the same have in common.
private struct Same: Hashable {
  var date: String
  var subject: String
  var property: String
  var value: String
  var part: DatedFact.Part
}

extension [DatedFact] {
  /// Those that say the same once, with the statements of all and who says so.
  fileprivate var merged: [(fact: DatedFact, ids: [String], cited: String)] {
    var places: [Same: Int] = [:]
    var rows: [(fact: DatedFact, ids: [String], cited: Set<String>)] = []
    for fact in self {
      let same = Same(
        date: fact.date.edtf, subject: fact.subject, property: fact.property, value: fact.value,
        part: fact.part)
      let cited = fact.cited.split(separator: ", ").map(String.init)
      if let place = places[same] {
        rows[place].ids.append(fact.id)
        rows[place].cited.formUnion(cited)
        // What one says for certain is certain.
        rows[place].fact.isPossible = rows[place].fact.isPossible && fact.isPossible
      } else {
        places[same] = rows.count
        rows.append((fact, [fact.id], Set(cited)))
      }
    }
    return rows.map { ($0.fact, $0.ids, $0.cited.sorted().joined(separator: ", ")) }
  }
}
