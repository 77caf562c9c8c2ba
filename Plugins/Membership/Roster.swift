import PluginKit

/// Who stands how in what: a row for each member, a column for each initiative.
struct Roster: Analysis {
  private let initiatives = Parameter.entities(
    "initiatives", of: "initiative, group",
    "the initiatives and groups; without any, all in which anybody stands"
  ).positional.optional
  private let members = Parameter.entities("members", of: "actor", "only these").optional
  private let selection = Selection()
  private let property = Parameter.property(
    "property", default: "member", "which part in them is membership, with what narrows it")

  /// So many columns a table may have (ENTENTE_MAX_COLUMNS).
  private static let mostColumns = 256

  let name = "roster"
  let summary = "Who stands how in what: members by initiatives, in their own name or through whom"
  var parameters: [ParameterDeclaration] {
    [initiatives.declaration, members.declaration, property.declaration] + selection.declarations
  }
  let columns = [ResultColumn("member", .key, "who")]
  let addsColumns = true
  let tables = [
    TableDeclaration(
      "totals", "how many stand how in each",
      [
        ResultColumn("initiative", .key, "the initiative or group"),
        ResultColumn("own_name", .integer, "members in their own name, for certain"),
        ResultColumn("through_groups", .integer, "those who are in it only through a group, for certain"),
        ResultColumn("possibly", .integer, "those who may be in it, in either way"),
        ResultColumn("otherwise", .integer, "those with another part: observers, the invited …"),
        ResultColumn(
          "denied", .integer, "those who are said not to be in it, and by nobody that counts to be"),
      ]),
    ReadingsReport.table,
  ]
  let examples = [
    Example("roster pax-silica, forge, waico on 2026-06-30", "who was in which of three on a day"),
    Example("roster pax-silica including groups", "who is in it in its own name, and who through a group"),
    Example("roster pax-silica, waico members KAZ, IND, CAN", "how three states stand in two"),
  ]
  let evidence = [Evidence.row]

  let about: About? = About(
    """
    How everybody stands in each initiative or group: `yes` in the own name, `through` a group that is in it while both hold \
    (with `including groups`), `possibly` where the dates leave it open or it is only to come, else another part in it (text-signatory, ratified-by, \
    observer, participant, candidate, invited, expected, in this order), else `denied` where a source says that it is not, \
    or gives a list that it calls whole and that it is not on, else `passed over` where only a claim says so that another one was chosen over. An empty cell is no no: nobody says \
    anything. The table `totals` counts each column.
    """,
    sources: ["the ladder of properties in Language.md; the rules of what holds on a date in Answers.md"],
    limits: [
      "an empty cell is not a denial; who has left by the date has an empty cell too",
      "a part such as observer is no membership, and never counted as one",
      "being in through a group says nothing of an own signature",
    ])

  func run(_ call: Call) throws {
    let asked = try selection.subjects(call, among: try call[initiatives])
    let only = try call[members]
    let standings = try Standings(asked, property: try call[property], members: only, call)
    let shown = try call[initiatives] == nil ? standings.initiatives : asked ?? []
    guard shown.count + 2 <= Self.mostColumns else {
      throw AnalysisFailure(
        "too-many-initiatives", "\(shown.count) initiatives do not fit beside one another",
        hint: "Name up to 254 of them: roster pax-silica, forge")
    }
    let initiatives = shown.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    var names: Set<String> = ["member"]
    let columns = initiatives.map { key in
      ResultColumn(Self.columnName(key, &names), .text, "how each stands in \(key)")
    }
    // What a cell rests on takes a column as the cell does.
    let hasCellEvidence = 2 * columns.count + 2 <= Self.mostColumns
    try call.say(
      columns: self.columns + columns,
      evidence: [Evidence.row] + (hasCellEvidence ? columns.map(\.name) : []))
    let members = only ?? standings.members
    for member in members {
      let cells = initiatives.map { standings.of(member, in: $0) }
      if only == nil, cells.allSatisfy({ $0 == nil }) { continue }
      var evidence = Evidence(row: cells.flatMap { $0?.evidence ?? [] })
      for (column, cell) in zip(columns, cells) where hasCellEvidence {
        if let cell { evidence = evidence.of(column.name, cell.evidence) }
      }
      try call.emit(
        row: [.key(member)] + cells.map { $0.map { .text($0.words) } ?? .empty }, because: evidence)
    }
    if !hasCellEvidence {
      try call.note(
        "why row N tells what a whole row rests on, for \(columns.count) initiatives: of up to \((Self.mostColumns - 2) / 2) it tells each cell's"
      )
    }
    if standings.initiatives.isEmpty {
      try call.note("nobody is said to be in any of them, which does not mean that nobody is")
    }
    try emitTotals(initiatives, members, standings, call)
  }

  private func emitTotals(
    _ initiatives: [String], _ members: [String], _ standings: Standings, _ call: Call
  ) throws {
    try call.begin(tables[0])
    var report = ReadingsReport()
    let isShown = Set(members)
    for initiative in initiatives {
      let words = members.compactMap { standings.of($0, in: initiative)?.words }
      func count(_ isMeant: (String) -> Bool) -> Datum { .integer(Int64(words.count(where: isMeant))) }
      func isPossible(_ word: String) -> Bool { word == "possibly" || word.hasPrefix("possibly through ") }
      let rest = Set(["yes", "passed over", "denied", "possibly denied"])
      try call.emit(
        .key(initiative), count { $0 == "yes" }, count { $0.hasPrefix("through ") }, count(isPossible),
        count { !rest.contains($0) && !$0.hasPrefix("through ") && !isPossible($0) },
        count { $0 == "denied" || $0 == "possibly denied" })
      let mine = standings.ties.ties.filter { $0.subject == initiative && isShown.contains($0.object) }
      report.add(initiative, members: mine, standings.ties)
    }
    try report.emit(to: call)
  }

  /// The key as the name of a column, another one where that is taken.
  private static func columnName(_ key: String, _ taken: inout Set<String>) -> String {
    let name = String(key.lowercased().map { $0 == "-" ? "_" : $0 })
    var found = name.first?.isLetter == true ? name : "in_\(name)"
    let first = found
    var number = 2
    while !taken.insert(found).inserted {
      found = "\(first)_\(number)"
      number += 1
    }
    return found
  }
}

extension ReadingsReport {
  /// How many members there are, under every reading.
  mutating func add(_ initiative: String, members: [Ties.Tie], _ ties: Ties) {
    let parts = members.map { tie in
      Part(ties.openStatements(of: tie)) { tie.isThere($0) ? 1 : 0 }
    }
    add(initiative, "members", ties.readings.extreme(ofSum: parts) as Extreme<Int>)
  }
}
