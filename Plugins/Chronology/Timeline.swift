import PluginKit

/// Every dated fact in order: dates that are claimed, and when what is stated began, ended and was seen.
struct Timeline: Analysis {
  private let period = Parameter.date(
    "period", "the days that are looked at, A..B; all unless told"
  ).optional.positional
  private let asked = ScopeParameters()
  private let parts = Parameter.choices(
    "what", of: DatedFact.Part.allCases.map(\.word), default: DatedFact.Part.allCases.map(\.word),
    "dates that are values, beginnings, ends, what took place between two dates, and days on which something was seen"
  )
  private let rivals = Parameter.boolean(
    "rivals", default: false, "whether dates that the rules passed over are shown, too")
  private let limit = Parameter.integer("limit", in: 1...1_000_000, "at most so many").optional

  let name = "timeline"
  let summary = "Every dated fact in order, with its precision and its sources"
  var parameters: [ParameterDeclaration] {
    [period.declaration] + asked.declarations + [parts.declaration, rivals.declaration, limit.declaration]
  }
  let columns = [
    ResultColumn("date", .date, "when, as its source has it"),
    ResultColumn("precision", .text, "how exactly it is given: day, month, year, range …, about"),
    ResultColumn("subject", .key, "of what"),
    ResultColumn("property", .key, "what of it"),
    ResultColumn(
      "what", .text, "whether the date is the value, or the value begins, ends, took place or was seen"),
    ResultColumn("value", .text, "the value; empty where it is the date"),
    ResultColumn(
      "standing", .text,
      "possibly where the date may lie outside, or the fact is only possible; passed over where the rules chose another"
    ),
    ResultColumn("sources", .text, "who says so"),
  ]
  let view: ViewHint? = ViewHint(.timeline, "subject", "date", "date")
  let evidence = [Evidence.row]
  let tables = [ReadingsReport.table]
  let examples = [
    Example("timeline 2025-10..2026-01 what dated", "what happened in four months, in order"),
    Example(
      "timeline 2025-12..2026-08 about pax-silica",
      "all that is dated of one initiative and of what is under it"),
    Example("timeline 2026 topic rare-earths type measure rivals yes", "with the dates that others give"),
  ]

  let about: About? = About(
    """
    A row for each date that is claimed, and for each beginning, end and sighting of what is claimed, in the order of the \
    first and then of the last day that the date can mean.
    """,
    formulas: [
      "in A..B: certainly where its first and its last day are both in A..B; possibly where only some day between is",
      "under every reading: the least and the greatest first day of the claims of the same value that a reading takes",
    ],
    sources: [
      "ISO 8601-2:2019, Date and time, Part 2: Extensions (EDTF): precision, approximate ~, uncertain ?, intervals"
    ],
    limits: [
      "that nothing stands between two dates does not mean that nothing happened",
      "what is dated by a qualifier alone, such as a figure of the year 2024, is not in it",
    ])

  func run(_ call: Call) throws {
    let period = try call[period]
    let scope = try asked.scope(call)
    let wanted = Set(try call[parts].compactMap(DatedFact.Part.init(word:)))
    let days = period.map { $0.firstDay...$0.lastDay }
    var found = DatedFacts(scope, within: days, includingPassedOver: try call[rivals])
    if wanted.contains(.dated) { try found.readValues(call) }
    try found.readPeriods(call, wanted)
    found.sort()
    let shown = found.facts.prefix(Int(try call[limit] ?? 1_000_000))
    for (index, fact) in shown.enumerated() {
      if index % 20_000 == 0 { try call.progress(Double(index) / Double(shown.count), "emitting") }
      let isInside = days.map { $0.contains(fact.firstDay) && $0.contains(fact.lastDay) } ?? true
      try call.emit(
        row: [
          .date(fact.date), .text(Precision.words(fact.date)), .key(fact.subject), .key(fact.property),
          .text(fact.part.rawValue), fact.value.isEmpty ? .empty : .text(fact.value),
          fact.isChosen ? (isInside && !fact.isPossible ? .empty : "possibly") : "passed over",
          fact.cited.isEmpty ? .empty : .text(fact.cited),
        ], because: Evidence(row: [.text(fact.id)]))
    }
    try note(call, found, shown.count, scope, period)
    var report = ReadingsReport()
    let open = try found.openDates(call)
    report.settled(shown.count)
    for fact in shown where fact.isChosen {
      if let days = open.firstDays(of: fact) { report.add(fact.row, "date", days) }
    }
    try report.emit(to: call)
  }

  private func note(
    _ call: Call, _ found: DatedFacts, _ shown: Int, _ scope: Scope, _ period: DateValue?
  ) throws {
    let about = scope.words.isEmpty ? "" : " " + scope.words
    let bounds = period.map { " in \($0.edtf)" } ?? ""
    if found.facts.isEmpty {
      try call.note("nothing dated is stated\(about)\(bounds), which does not mean that nothing happened")
    }
    if shown < found.facts.count { try call.note("the first \(shown) of \(found.facts.count) dates") }
    if found.leftOut > 0 {
      try call.note(
        "\(found.leftOut) more that the rules passed over for others are left out: rivals yes shows them")
    }
  }
}

extension DatedFact.Part {
  /// As a choice on the command line.
  var word: String { self == .took ? "within" : rawValue }

  init?(word: String) {
    guard let part = DatedFact.Part.allCases.first(where: { $0.word == word }) else { return nil }
    self = part
  }
}
