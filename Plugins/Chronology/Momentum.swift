import PluginKit

/// New members and announced money, month by month; what cannot be put in one month is told beside.
struct Momentum: Analysis {
  private let period = Parameter.date("period", "the days that are looked at, A..B; all unless told").optional
    .positional
  private let asked = ScopeParameters()
  private let by = Parameter.choice(
    "by", of: ["month", "initiative"], default: "month",
    "a row for each month, or for each initiative in each month")

  let name = "momentum"
  let summary = "New members and announced money, month by month"
  var parameters: [ParameterDeclaration] { [period.declaration] + asked.declarations + [by.declaration] }
  let columns = [
    ResultColumn("month", .date, "the month"),
    ResultColumn("initiative", .key, "of what; empty where all are counted together"),
    ResultColumn("joined", .integer, "joinings that certainly were in it"),
    ResultColumn(
      "possible", .integer,
      "joinings that may have been in it: their date is coarser, or they are only possible or to come"),
    ResultColumn("members", .list, "who certainly joined"),
  ]
  let view: ViewHint? = ViewHint(.bar, "month", "joined")
  let evidence = [Evidence.row]
  private static let money = TableDeclaration(
    "money", "what was announced in each month, in each currency, at each rung and in each reading",
    [
      ResultColumn("month", .date, "the month; a coarser date where no month is known"),
      ResultColumn("initiative", .key, "under which; empty where all are added together"),
      ResultColumn("currency", .text, "the currency"),
      ResultColumn(
        "rung", .text, "announced; where nobody says when it was, the rung at which it is, by its own day"),
      ResultColumn("reading", .text, "each, unclear, forecast or to come, which are added to nothing else"),
      ResultColumn("least", .decimal, "the sum of the low ends"),
      ResultColumn("most", .decimal, "the sum of the high ends; empty where one has none"),
      ResultColumn("commitments", .integer, "how many are added"),
      ResultColumn("parts", .integer, "how many are left out as parts of what is added"),
      ResultColumn("unknown", .integer, "how many have no amount"),
    ], evidence: [Evidence.row])
  private static let unplaced = TableDeclaration(
    "unplaced", "who joined in no one month, by what is stated",
    [
      ResultColumn("initiative", .key, "what it joined"), ResultColumn("member", .key, "who"),
      ResultColumn("when", .date, "when, as its source has it; empty where no beginning is stated"),
    ], evidence: [Evidence.row])
  let tables = [money, unplaced, ReadingsReport.table]
  let examples = [
    Example(
      "momentum 2025-12..2026-08 about pax-silica", "who joined one initiative, month by month, and its money"
    ),
    Example("momentum 2026 by initiative", "a year, initiative by initiative"),
  ]

  let about: About? = About(
    """
    How many joined in each month: for each initiative and member the beginning that the claims have in common, and another \
    one only behind an end; and what was announced in each month, in one currency, at one rung and in one reading. What nobody \
    says the announcement of stands at the rung that it has, in the month in which it came to it.
    """,
    formulas: [
      "joined(month) = the joinings all of whose possible days lie in it",
      "possible(month) = the joinings of a coarser date of which some day lies in it, and those that hold only possibly on the date or are still to come: a forecast, a plan that nobody confirmed, a day after today",
    ],
    sources: ["ISO 8601-2:2019, Date and time, Part 2: Extensions (EDTF)"],
    limits: [
      "how many members there are: who left is not subtracted",
      "money is dated by its announcement where that is stated, not by its payment",
      "under other readings amounts change, and not when they were announced",
    ])

  func run(_ call: Call) throws {
    let period = try call[period]
    let days = period.map { $0.firstDay...$0.lastDay }
    let scope = try asked.scope(call)
    let isByInitiative = try call[by] == "initiative"
    let properties = try memberProperties(call, scope)
    let readings = Readings(try call.openChoices(of: properties, subjects: scope.named))
    let members = try members(call, scope, properties, readings)
    let joins = MonthlyJoins(members, readings, within: days, byInitiative: isByInitiative)
    let rows = joins.rows.sorted { $0.key < $1.key }
    var report = ReadingsReport()
    for (place, row) in rows {
      let month = Months.date(place.month)
      try call.emit(
        row: [
          .date(month), place.initiative.isEmpty ? .empty : .key(place.initiative),
          .integer(Int64(row.joined.count)), .integer(Int64(row.possible)),
          .list(Set(row.joined).sorted().map(Datum.key)),
        ], because: Evidence(row: row.statements.map(Datum.text)))
      let name = place.initiative.isEmpty ? month.edtf : "\(month.edtf) \(place.initiative)"
      if let extreme = joins.extreme(of: place) {
        report.add(name, "joined", extreme)
      } else {
        report.settled(1)
      }
    }
    let about = scope.words.isEmpty ? "" : " " + scope.words
    let bounds = period.map { " in \($0.edtf)" } ?? ""
    if rows.isEmpty { try call.note("nobody is stated to have joined\(about)\(bounds) in any one month") }
    if !joins.unplaced.isEmpty {
      let open = joins.unplaced.count { $0.days == nil }
      try call.note(
        "\(joins.unplaced.count) joinings are in no one month: \(open) without a beginning, \(joins.unplaced.count - open) of a coarser date"
      )
    }
    if !joins.possible.isEmpty {
      try call.note(
        "\(joins.possible.count) joinings are only possible or to come, and counted under possible")
    }
    try MonthlyMoney(call, scope, within: days, byInitiative: isByInitiative).emit(
      call, Self.money, &report)
    try call.begin(Self.unplaced)
    for joining in joins.unplaced {
      try call.emit(
        .key(joining.initiative), .key(joining.member), joining.date.map(Datum.date) ?? .empty,
        because: Evidence(row: joining.statements.map(Datum.text)))
    }
    try report.emit(to: call)
  }

  /// The properties by which somebody is a member.
  private func memberProperties(_ call: Call, _ scope: Scope) throws -> [String] {
    let member = try call.propertiesAndNarrower(of: ["member"])
    guard let properties = scope.properties else { return member.sorted() }
    let asked = properties.intersection(member)
    guard !asked.isEmpty else {
      throw AnalysisFailure(
        "no-members", "\(properties.sorted().joined(separator: ", ")) names no members",
        hint: "Name one that narrows member, such as signatory")
    }
    return asked.sorted()
  }

  /// All claims that some reading takes.
  private func members(
    _ call: Call, _ scope: Scope, _ properties: [String], _ readings: Readings
  ) throws -> [MemberClaim] {
    var found: [MemberClaim] = []
    let filters: [String: [Datum]] = ["property": properties.map(Datum.key), "claimed": [true]]
    // Who is in it through a group has no statement of his own.
    let named: [String: [Datum]] = ["property": properties.map(Datum.key)]
    var known: Set<String> = []
    let toCome = try toCome(call, properties)
    let initiatives = Set(try call.rows(of: "initiatives", columns: ["key"]).map { $0[0].label })
    for row in try scope.rows(
      call, of: "statements", columns: ["id", "subject", "object", "starts", "ends", "chosen", "certainty"],
      where: filters
    )
    where initiatives.contains(row[1].label) && !row[2].label.isEmpty
      && (row[5].isYes || !readings.isAlwaysTaken(row[0].label))
    {
      known.insert(row[0].label + " " + row[2].label)
      found.append(
        MemberClaim(
          initiative: row[1].label, member: row[2].label, id: row[0].label, starts: row[3].date,
          ends: row[4].date, isPossible: row[6].label == "possibly" || toCome.contains(row[0].label)))
    }
    for row in try call.rows(
      of: "memberships",
      columns: [
        "initiative", "member", "statement", "start_earliest", "start_latest", "end_earliest", "end_latest",
        "certainty",
      ],
      where: named)
    where scope.subjects?.contains(row[0].label) ?? true && initiatives.contains(row[0].label)
      && !known.contains(row[2].label + " " + row[1].label)
    {
      found.append(
        MemberClaim(
          initiative: row[0].label, member: row[1].label, id: row[2].label,
          starts: Self.between(row[3], row[4]),
          ends: Self.between(row[5], row[6]),
          isPossible: row[7].label == "possibly" || toCome.contains(row[2].label)))
    }
    return found
  }

  /// Of the claims of members those that are only to come, whatever date is asked for.
  private func toCome(_ call: Call, _ properties: [String]) throws -> Set<String> {
    guard call.moment.on != nil else { return [] }
    let rows = try call.rows(
      of: "statements", columns: ["id"],
      where: ["property": properties.map(Datum.key), "claimed": [true], "certainty": ["possibly"]],
      at: .on(nil))
    return Set(rows.map { $0[0].label })
  }

  private static func between(_ first: Datum, _ last: Datum) -> DateValue? {
    guard let first = first.day, let last = last.day, first <= last else { return nil }
    if first == last { return DateValue(day: first) }
    return DateValue(
      edtf: "\(DateValue(day: first).edtf)/\(DateValue(day: last).edtf)", firstDay: first, lastDay: last)
  }
}
