import PluginKit

/// How joining spreads over time, and how many of those that it shares something with had joined before each member.
struct Spread: Analysis {
  private let initiatives = Parameter.entities(
    "initiatives", of: "entity", "what is joined"
  ).positional
  private let property = Parameter.property(
    "property", default: "member", "what joining is, with what narrows it")
  private let by = Parameter.choice(
    "by", of: Period.allCases.map(\.rawValue), default: "month", "what is counted in")

  let name = "spread"
  let summary = "How joining spreads over time, and along which ties"
  var parameters: [ParameterDeclaration] { [initiatives.declaration, property.declaration, by.declaration] }
  let columns = [
    ResultColumn("initiative", .key, "what is joined"),
    ResultColumn("member", .key, "who joins"),
    ResultColumn("earliest", .date, "the first day on which it may have joined; empty where that is open"),
    ResultColumn("latest", .date, "the last such day"),
    ResultColumn("before", .integer, "how many had certainly joined earlier"),
    ResultColumn(
      "contacts", .integer, "how many members of it or of others it shares another initiative with"),
    ResultColumn("contacts_before", .integer, "how many of these had certainly joined earlier"),
    ResultColumn("exposure", .real, "contacts_before by contacts: the threshold at which it joined"),
  ]
  let examples = [
    Example("spread pax-silica", "who signed when, and how many of its partners had"),
    Example("spread forge, pax-silica, msp by quarter", "three initiatives beside each other"),
  ]
  var view: ViewHint? { ViewHint(.timeline, "member", "earliest", "latest") }
  var evidence: [String] { [Evidence.row] }
  private let periods = TableDeclaration(
    "periods", "How many joined in each stretch of time, at least and at most",
    [
      ResultColumn("initiative", .key, "what is joined"), ResultColumn("period", .text, "when"),
      ResultColumn("joined_least", .integer, "how many certainly joined then"),
      ResultColumn("joined_most", .integer, "how many may have"),
      ResultColumn("so_far_least", .integer, "how many certainly had joined by its end"),
      ResultColumn("so_far_most", .integer, "how many may have"),
    ], view: ViewHint(.bar, "period", "so_far_least"))
  var tables: [TableDeclaration] { [periods, ReadingsReport.table] }

  let about: About? = .spread

  func run(_ call: Call) throws {
    let initiatives = try call[initiatives]
    let property = try call[property]
    let joinings = try Joinings(initiatives, property, call)
    for note in joinings.notes { try call.note(note) }
    for initiative in initiatives {
      let mine = joinings.of(initiative)
      guard !mine.isEmpty else {
        try call.note("no \(property) of \(initiative) is stated, which does not mean that it has none")
        continue
      }
      for joining in mine {
        try emit(joining, mine, joinings.contacts(joining.member, besides: initiative), call)
      }
      let undated = mine.count { $0.earliest == nil && $0.latest == nil }
      if undated > 0 {
        try call.note(
          "of \(undated) members of \(initiative) no day is stated: they may have joined in any period")
      }
    }
    try call.begin(periods)
    let period = Period(rawValue: try call[by]) ?? .month
    for initiative in initiatives { try emit(joinings, of: initiative, by: period, call) }
    let ties = try call.ties(of: property, subjects: initiatives)
    var report = ReadingsReport()
    for initiative in initiatives {
      let parts = ties.ties.filter { $0.subject == initiative }.map { tie in
        Part(ties.openStatements(of: tie)) { tie.isThere($0) ? 1 : 0 }
      }
      report.add(initiative, "members", ties.readings.extreme(ofSum: parts) as Extreme<Int>)
    }
    try report.emit(to: call)
  }

  private func emit(_ joining: Joining, _ all: [Joining], _ contacts: Set<String>, _ call: Call) throws {
    let before = all.filter { $0.isBefore(joining) }.map(\.member)
    let mine = contacts.intersection(before).count
    try call.emit(
      .key(joining.initiative), .key(joining.member),
      joining.earliest.map { .date(DateValue(day: $0)) } ?? .empty,
      joining.latest.map { .date(DateValue(day: $0)) } ?? .empty, .integer(Int64(before.count)),
      .integer(Int64(contacts.count)), .integer(Int64(mine)),
      .real(contacts.isEmpty ? nil : Double(mine) / Double(contacts.count)),
      because: Evidence(row: joining.statements.map(Datum.text)))
  }

  private func emit(_ joinings: Joinings, of initiative: String, by period: Period, _ call: Call) throws {
    let (certain, possible) = (joinings.of(initiative), joinings.possibly(initiative))
    // Who is in it on the date asked for had joined by then.
    let asked = call.moment.on?.lastDay
    func latest(_ joining: Joining) -> Int64? {
      guard let asked else { return joining.latest }
      return min(joining.latest ?? asked, asked)
    }
    let days = (certain + possible).flatMap { [$0.earliest, $0.latest == nil ? nil : latest($0)] }
      .compactMap(\.self)
    guard let first = days.min().map(period.number), let last = days.max().map(period.number) else { return }
    guard last - first < 12_000 else {
      throw AnalysisFailure(
        "too-many-periods", "from the first day to the last are \(last - first + 1) periods",
        hint: "Count by year, or ask on a date")
    }
    func span(_ joining: Joining) -> (from: Int64, to: Int64) {
      (joining.earliest.map(period.number) ?? .min, latest(joining).map(period.number) ?? .max)
    }
    let (certainly, all) = (certain.map(span), (certain + possible).map(span))
    for number in first...last {
      var (least, most, soFarLeast, soFarMost) = (Int64(0), Int64(0), Int64(0), Int64(0))
      for (from, to) in all {
        if from <= number, number <= to { most += 1 }
        if from <= number { soFarMost += 1 }
      }
      for (from, to) in certainly {
        if from == number, to == number { least += 1 }
        if to <= number { soFarLeast += 1 }
      }
      try call.emit(
        .key(initiative), .text(period.words(number)), .integer(least), .integer(most), .integer(soFarLeast),
        .integer(soFarMost))
    }
  }
}

/// Who joined what when, of all initiatives.
struct Joinings {
  private var joinings: [String: [String: Joining]] = [:]
  private var initiativesOf: [String: Set<String>] = [:]
  /// Of those who are in it only possibly, by what is said of them.
  private var possible: [String: [String: Joining]] = [:]
  private(set) var notes: [String] = []

  init(_ initiatives: [String], _ property: String, _ call: Call) throws {
    try Self.each(property, call) { subject, object, certainty, statement, earliest, latest in
      let joining = Joining(
        initiative: subject, member: object, earliest: earliest, latest: latest,
        statements: statement.isEmpty ? [] : [statement])
      guard certainty != "possibly" else {
        guard initiatives.contains(subject) else { return }
        if possible[subject]?[object] != nil {
          possible[subject]?[object]?.widen(earliest, latest)
        } else {
          possible[subject, default: [:]][object] = joining
        }
        return
      }
      if joinings[subject]?[object] != nil {
        joinings[subject]?[object]?.narrow(earliest, latest, statement)
      } else {
        joinings[subject, default: [:]][object] = joining
      }
      initiativesOf[object, default: []].insert(subject)
    }
    for (subject, members) in joinings { for member in members.keys { possible[subject]?[member] = nil } }
    let count = Set(possible.values.flatMap(\.keys)).count
    if count > 0 {
      notes.append(
        "\(count) members \(call.moment.possibly): the first table leaves them out, and the periods have them at most"
      )
    }
  }

  /// Those who possibly joined an initiative, besides those who certainly did.
  func possibly(_ initiative: String) -> [Joining] { Array((possible[initiative] ?? [:]).values) }

  /// Those who joined an initiative, the first first.
  func of(_ initiative: String) -> [Joining] {
    (joinings[initiative] ?? [:]).values.sorted { left, right in
      (left.earliest ?? left.latest ?? .max, left.latest ?? .max, left.member)
        < (right.earliest ?? right.latest ?? .max, right.latest ?? .max, right.member)
    }
  }

  /// Who shares another initiative with a member.
  func contacts(_ member: String, besides initiative: String) -> Set<String> {
    var contacts: Set<String> = []
    for other in initiativesOf[member] ?? [] where other != initiative {
      contacts.formUnion((joinings[other] ?? [:]).keys)
    }
    contacts.remove(member)
    return contacts
  }

  /// The memberships, or the statements of another part, with when each may have begun.
  private static func each(
    _ property: String, _ call: Call,
    _ body: (
      _ subject: String, _ object: String, _ certainty: String, _ statement: String, _ earliest: Int64?,
      _ latest: Int64?
    ) -> Void
  ) throws {
    func day(_ cell: Datum) -> Int64? { if case .date(let date) = cell { date.firstDay } else { nil } }
    let members = Set(try call.propertyAndNarrower(of: "member"))
    let asked = try call.propertyAndNarrower(of: property)
    let columns = ["certainty", "start_earliest", "start_latest"]
    let memberships = asked.filter(members.contains).map(Datum.key)
    if !memberships.isEmpty {
      for row in try call.rows(
        of: "memberships", columns: ["initiative", "member", "statement"] + columns,
        where: ["property": memberships])
      { body(row[0].label, row[1].label, row[3].label, row[2].label, day(row[4]), day(row[5])) }
    }
    let others = asked.filter { !members.contains($0) }.map(Datum.key)
    guard !others.isEmpty else { return }
    for row in try call.rows(
      of: "statements", columns: ["subject", "object", "id"] + columns,
      where: ["property": others, "claimed": [.boolean(true)], "chosen": [.boolean(true)]])
    where row[1] != .empty {
      body(row[0].label, row[1].label, row[3].label, row[2].label, day(row[4]), day(row[5]))
    }
  }
}
