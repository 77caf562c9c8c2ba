import FoundationEssentials
import PluginKit

/// How many are in something by those who are named, and what others count: why they say otherwise.
struct Counted: Analysis {
  private let initiative = Parameter.entity("initiative", of: "initiative, group", "what is counted")
    .positional
  private let property = Parameter.property(
    "property", default: "member", "which part in it counts, with what narrows it")

  let name = "counted"
  let summary = "How many are in something, who they are, and why others count otherwise"
  var parameters: [ParameterDeclaration] { [initiative.declaration, property.declaration] }
  let columns = [
    ResultColumn("said_by", .list, "the sources of the count; empty for those who are named here"),
    ResultColumn("count", .text, "how many, as they say it"),
    ResultColumn("counts", .text, "what they say that they count"),
    ResultColumn("on", .text, "when that was so"),
    ResultColumn("named", .integer, "how many are certainly in it then, by who is named"),
    ResultColumn("named_at_most", .integer, "with those who possibly are"),
    ResultColumn(
      "agrees", .text, "`yes` where the two can be one number, else `no`; empty where no day is said"),
  ]
  let tables = [
    TableDeclaration(
      "members", "who they are",
      [
        ResultColumn("member", .key, "who"),
        ResultColumn("standing", .text, "`yes`, `through` a group, `possibly`"),
      ], evidence: [Evidence.row]),
    ReadingsReport.table,
  ]
  let examples = [
    Example("counted pax-silica", "how many have signed, and who says 13, 23 or more than 30"),
    Example("counted pax-silica on 2026-06-26 including groups", "on a day, those through the Union too"),
  ]
  let evidence = [Evidence.row]

  let about: About? = About(
    """
    How many are in something by those who are named, and beside it every count that a source gives (`member-count`): who says \
    it, of when, what it says that it counts, how many are named as of that day, and whether the two can be one number. Those \
    who are named stand in the table `members`. A count is a claim like any other: none of them is corrected here.
    """,
    sources: ["counts are compared with their bounds: at least, more than, up to, a range"],
    limits: [
      "`no` does not say who is wrong: the two may count different things, which `counts` tells",
      "a count of a month or a year is compared with those who were in it on its every day, and possibly on some",
    ])

  func run(_ call: Call) throws {
    let (initiative, property) = (try call[initiative], try call[property])
    let ties = try call.ties(of: property, subjects: [initiative])
    let now = Count(ties)
    try call.emit(
      .empty, .text("\(now.certain)"), .text(property), .text(call.moment.on?.edtf ?? ""),
      .integer(Int64(now.certain)), .integer(Int64(now.atMost)), .empty,
      because: Evidence(row: ties.ties.filter { $0.standing != .contested }.flatMap(ties.evidence)))
    var known: [String: Count] = [:]
    for claim in try CountClaim.read(of: initiative, call) {
      var listed: Count?
      if let day = claim.day {
        if known[day] == nil {
          known[day] = Count(try call.ties(of: property, subjects: [initiative], at: .on(day)))
        }
        listed = known[day]
      }
      try call.emit(
        .list(claim.sources.map(Datum.key)), .text(claim.words), .text(claim.counts), .text(claim.validity),
        listed.map { .integer(Int64($0.certain)) } ?? .empty,
        listed.map { .integer(Int64($0.atMost)) } ?? .empty,
        listed.map { .text(claim.agrees(with: $0) ? "yes" : "no") } ?? .empty,
        because: Evidence(row: [.text(claim.id)]))
    }
    if now.atMost == 0 {
      try call.note("no \(property) of \(initiative) is stated, which does not mean that it has none")
    }
    try call.begin(tables[0])
    for tie in ties.ties where tie.standing != .contested {
      let standing = Standing(tie, of: ties)
      try call.emit(.key(tie.object), .text(standing.words), because: Evidence(row: standing.evidence))
    }
    var report = ReadingsReport()
    report.add(initiative, members: ties.ties, ties)
    try report.emit(to: call)
  }
}

/// How many are named.
struct Count {
  let certain: Int
  let atMost: Int

  init(_ ties: Ties) {
    certain = ties.ties.count { $0.standing == .certain }
    atMost = ties.ties.count { $0.standing != .contested }
  }
}

/// A count that is claimed.
private struct CountClaim {
  static let property = "member-count"

  let id: String
  var sources: [String] = []
  let words: String
  var counts = ""
  let validity: String
  let low: Decimal?
  let high: Decimal?
  let bound: String

  /// The date of which it is said, in EDTF; nothing where none is.
  var day: String? {
    validity.split(separator: " ").last.map(String.init).flatMap { $0.first?.isNumber == true ? $0 : nil }
  }

  /// Whether as many as it says can be among those who are named.
  func agrees(with count: Count) -> Bool {
    let (least, most) = (Decimal(count.certain), Decimal(count.atMost))
    switch bound {
    case "at least": return low.map { most >= $0 } ?? false
    case "more than": return low.map { most > $0 } ?? false
    case "up to", "at most": return high.map { least <= $0 } ?? false
    case "less than": return high.map { least < $0 } ?? false
    default:
      guard let low, let high else { return false }
      return low <= most && high >= least
    }
  }

  /// All of something, the earliest first.
  static func read(of initiative: String, _ call: Call) throws -> [CountClaim] {
    let filters: [String: [Datum]] = [
      "subject": [.key(initiative)], "property": [.key(property)], "claimed": [.boolean(true)],
    ]
    var found: [String: CountClaim] = [:]
    var order: [(day: String, id: String)] = []
    for row in try call.rows(
      of: "statements", columns: ["id", "value", "validity", "low", "high", "bound", "last_seen"],
      where: filters,
      at: .on(nil))
    {
      let id = row[0].label
      found[id] = CountClaim(
        id: id, words: row[1].label, validity: row[2].label, low: row[3].number, high: row[4].number,
        bound: row[5].label)
      order.append((row[6].label, id))
    }
    guard !found.isEmpty else { return [] }
    let ids = found.keys.sorted().map(Datum.text)
    for row in try call.rows(
      of: "citations", columns: ["statement", "source"], where: ["statement": ids, "stance": ["claims"]],
      at: .on(nil))
    where found[row[0].label]?.sources.contains(row[1].label) == false {
      found[row[0].label]?.sources.append(row[1].label)
    }
    for row in try call.rows(
      of: "qualifiers", columns: ["statement", "property", "value"],
      where: ["statement": ids, "property": [.key("scope")]], at: .on(nil))
    {
      found[row[0].label]?.counts = row[2].label
    }
    return order.sorted { ($0.day, $0.id) < ($1.day, $1.id) }.compactMap { found[$0.id] }.map {
      var claim = $0
      claim.sources.sort()
      return claim
    }
  }
}
