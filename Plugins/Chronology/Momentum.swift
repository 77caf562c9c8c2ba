import PluginKit
import Foundation

/// New members and announced money, month by month; what cannot be put in one month is told beside.
struct Momentum: Analysis {
  private let period = Parameter.date("period", "the days that are looked at, A..B; all unless told").optional
    .positional
  private let asked = SelectionParameters()
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
    ResultColumn("possible", .integer, "joinings that may have been in it, since their date is coarser"),
    ResultColumn("members", .list, "who certainly joined"),
  ]
  let view: ViewHint? = ViewHint(.bar, "month", "joined")
  let evidence = [Evidence.row]
  private static let money = TableDeclaration(
    "money", "what was announced in each month, in each currency and reading",
    [
      ResultColumn("month", .date, "the month; a coarser date where no month is known"),
      ResultColumn("initiative", .key, "under which; empty where all are added together"),
      ResultColumn("currency", .text, "the currency"),
      ResultColumn("reading", .text, "each or unclear, which are added to nothing else"),
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
  let tables = [money, unplaced]
  let examples = [
    Example(
      "momentum 2025-12..2026-08 about pax-silica", "who joined one initiative, month by month, and its money"
    ),
    Example("momentum 2026 by initiative", "a year, initiative by initiative"),
  ]

  func run(_ call: Call) throws {
    let period = try call[period]
    let days = period.map { $0.firstDay...$0.lastDay }
    let selection = try asked.selection(call)
    let isByInitiative = try call[by] == "initiative"
    let members = try members(call, selection)
    let joinings = Joining.all(members).filter { joining in
      guard let days, let its = joining.days else { return true }
      return its.overlaps(days)
    }
    let rows = MonthlyJoins(joinings, within: days, byInitiative: isByInitiative).rows
    for row in rows {
      try call.emit(
        row: [
          .date(Months.date(row.month)), row.initiative.isEmpty ? .empty : .key(row.initiative),
          .integer(Int64(row.joined.count)), .integer(Int64(row.possible)),
          .list(Set(row.joined).sorted().map(Datum.key)),
        ], because: Evidence(row: row.statements.map(Datum.text)))
    }
    let coarse = joinings.filter { $0.month == nil }
    let about = selection.words.isEmpty ? "" : " " + selection.words
    let bounds = period.map { " in \($0.edtf)" } ?? ""
    if rows.isEmpty { try call.note("nobody is stated to have joined\(about)\(bounds) in any one month") }
    if !coarse.isEmpty {
      let open = coarse.count { $0.days == nil }
      try call.note(
        "\(coarse.count) joinings are in no one month: \(open) without a beginning, \(coarse.count - open) of a coarser date"
      )
    }
    try MonthlyMoney(call, selection, within: days, byInitiative: isByInitiative).emit(call, Self.money)
    try call.begin(Self.unplaced)
    for joining in coarse {
      try call.emit(
        .key(joining.initiative), .key(joining.member), joining.date.map(Datum.date) ?? .empty,
        because: Evidence(row: joining.statements.map(Datum.text)))
    }
  }

  private func members(_ call: Call, _ selection: Selection) throws -> [MemberClaim] {
    let columns = ["initiative", "member", "property", "statement"]
    var filters: [String: [Datum]] = [:]
    let member = try Selection.narrower(["member"], call)
    if let properties = selection.properties {
      let asked = properties.intersection(member)
      guard !asked.isEmpty else {
        throw AnalysisFailure(
          "no-members", "\(properties.sorted().joined(separator: ", ")) names no members",
          hint: "Name one that narrows member, such as signatory")
      }
      filters["property"] = asked.sorted().map(Datum.key)
    }
    var found: [MemberClaim] = []
    for row in try call.rows(of: "memberships", columns: columns, where: filters)
    where selection.subjects?.contains(row[0].label) ?? true {
      found.append(MemberClaim(initiative: row[0].label, member: row[1].label, id: row[3].label))
    }
    // When, as its source has it.
    var periods: [String: (DateValue?, DateValue?)] = [:]
    let ids = Set(found.map(\.id)).sorted()
    for start in stride(from: 0, to: ids.count, by: 10_000) {
      let batch = ids[start..<min(start + 10_000, ids.count)]
      for row in try call.rows(
        of: "statements", columns: ["id", "starts", "ends"], where: ["id": batch.map(Datum.text)])
      {
        periods[row[0].label] = (row[1].date, row[2].date)
      }
    }
    for index in found.indices {
      (found[index].starts, found[index].ends) = periods[found[index].id] ?? (nil, nil)
    }
    return found
  }
}

/// Who joined in which month.
struct MonthlyJoins {
  struct Row {
    var month: Int64
    var initiative: String
    var joined: [String] = []
    var possible = 0
    var statements: [String] = []
  }
  private struct Place: Hashable {
    var month: Int64
    var initiative: String
  }
  private var found: [Place: Row] = [:]

  /// The rows in the order of months and initiatives.
  var rows: [Row] {
    found.values.sorted { ($0.month, $0.initiative) < ($1.month, $1.initiative) }
  }

  init(_ joinings: [Joining], within days: ClosedRange<Int64>?, byInitiative: Bool) {
    for joining in joinings {
      guard let month = joining.month else { continue }
      // A month that lies outside only in part is asked for.
      var row = row(month, byInitiative ? joining.initiative : "")
      row.joined.append(joining.member)
      row.statements += joining.statements
      found[Place(month: row.month, initiative: row.initiative)] = row
    }
    for joining in joinings where joining.month == nil {
      guard let its = joining.days, its.lowerBound > -3_000_000, its.upperBound < 3_000_000 else { continue }
      let asked = days.map { its.clamped(to: $0) } ?? its
      // A year of which nothing is known touches twelve months; what is coarser than ten years is only told beside.
      for month in Months.touched(by: asked, atMost: 121) {
        var row = row(month, byInitiative ? joining.initiative : "")
        row.possible += 1
        row.statements += joining.statements
        found[Place(month: row.month, initiative: row.initiative)] = row
      }
    }
  }

  private func row(_ month: Int64, _ initiative: String) -> Row {
    found[Place(month: month, initiative: initiative)] ?? Row(month: month, initiative: initiative)
  }
}
