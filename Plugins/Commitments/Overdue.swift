import PluginKit

/// What is due before a day and has not been delivered.
struct Overdue: Analysis {
  private let before = Parameter.date("before", default: "today", "the day before which it was to be done")
  private let done = Parameter.text("done", default: "delivered", "the rung from which on it counts as done")
  private let giver = Parameter.entities("giver", of: "actor", "only what these give").optional
  private let under = Parameter.entities(
    "under", of: "initiative, measure, event", "only what belongs to these"
  ).optional

  private let selection = Selection()

  let name = "overdue"
  let summary = "What is due before a day, today unless told, and has not been delivered"
  var parameters: [ParameterDeclaration] {
    [before.declaration, done.declaration, giver.declaration, under.declaration] + selection.declarations
  }
  let columns = [
    ResultColumn("commitment", .key, "what was promised"),
    ResultColumn("giver", .list, "who promised it"),
    ResultColumn("due", .date, "when it was to be done"),
    ResultColumn(
      "days_least", .integer, "by how many days it is late at least; 0 where the day may be still to come"),
    ResultColumn("days_most", .integer, "by how many days it is late at most"),
    ResultColumn("late", .text, "certainly, or possibly where the due date leaves it open"),
    ResultColumn("rung", .text, "how far it has come"),
    ResultColumn("amount", .text, "how much it is"),
    ResultColumn("towards", .list, "what it is meant for"),
    ResultColumn("under", .list, "what it belongs to"),
  ]
  let evidence = [Evidence.row, "due", "rung", "amount"]
  let tables = [ReadingsReport.table]
  let view: ViewHint? = ViewHint(.bar, "commitment", "days_most")
  let about: About? = About(
    """
    Commitments with a `due` date or a `deadline` that can lie before a day, today unless told, and \
    whose last rung is below `delivered`, or below the one that `done` names; with by how many days they \
    are late at least and at most, and what they go towards. A rung that is a forecast, a plan or begins only after today has not \
    been reached. What is due in a month is late by between \
    its last and its first day.
    """,
    sources: ["the properties `due`, `deadline`, `rung` and `towards` of commitments"],
    limits: [
      "anything of commitments without a date; their number is in a note",
      "that something was not delivered: only that nobody states it",
    ])
  let examples = [
    Example("overdue", "what should have been delivered by today"),
    Example("overdue before 2027-01-01", "what falls due in the year, beside what is late"),
    Example("overdue before 2026-06-01 done committed", "what had not even been committed"),
  ]

  func run(_ call: Call) throws {
    var ledger = try Ledger(call)
    ledger.selection = Ledger.Selection(
      giver: try call[giver].map(Set.init), under: try call[under].map(Set.init),
      subjects: try selection.subjects(call).map(Set.init))
    let done = try call[done]
    guard ledger.rungs.isEmpty || ledger.rungs.contains(done) else {
      throw AnalysisFailure(
        "rung-unknown", "‘\(done)’ is no rung", hint: "Write one of \(ledger.rungs.joined(separator: ", "))")
    }
    let before = try call[before]
    let found = Late.found(in: ledger, before: before, done: done) { $0.isChosen }
    for late in found {
      try call.emit(
        row: late.row(ledger), because: late.evidence)
    }
    let dated = ledger.commitments.keys.count { !Late.dues(of: $0, ledger) { $0.isChosen }.isEmpty }
    if found.isEmpty {
      try call.note(
        "nothing is stated to be due before \(before.edtf) and not \(done); \(dated) have a due date")
    }
    let undated = ledger.commitments.count - dated
    if undated > 0 {
      try call.note(
        "of \(undated) commitments no due date is stated, so that nobody can say whether they are late")
    }
    let silent = found.count { $0.rung == nil }
    if silent > 0 { try call.note("\(silent) of them state no rung: not stated is not undelivered") }
    try report(ledger, before, done).emit(to: call)
  }
}

extension Overdue {
  /// By how many days each is late under every reading; what is late under none is left out.
  private func report(_ ledger: Ledger, _ before: DateValue, _ done: String) -> ReadingsReport {
    var report = ReadingsReport()
    for key in ledger.commitments.keys.sorted() {
      func days(_ taken: @escaping Ledger.Taken) -> [Int?] {
        let late = Late.found(in: ledger, among: [key], before: before, done: done, taken)
        return [
          late.map(\.days.lowerBound).max().map(Int.init), late.map(\.days.upperBound).max().map(Int.init),
        ]
      }
      let open = ledger.open(of: [key], ["due", "deadline", "rung", "giver", "under"])
      let chosen = days { $0.isChosen }
      guard !open.isEmpty else {
        report.settled(chosen.compactMap(\.self).count)
        continue
      }
      let extremes = ledger.readings.extremes(dependingOn: open) { days(ledger.taken($0)) }
      for (measure, (number, extreme)) in zip(["days_least", "days_most"], zip(chosen, extremes)) {
        report.add(key, measure, extreme.chosen(number))
      }
    }
    return report
  }
}

/// Something that is late, or may be.
struct Late {
  let commitment: String
  let due: Saying
  let rung: Saying?
  let amounts: [Saying]
  /// By how many days, at least and at most.
  let days: ClosedRange<Int64>
  let isCertain: Bool
  private let givers: [Saying]
  private let towards: [Saying]
  private let under: [Saying]

  /// By when a commitment is to be done.
  static func dues(of key: String, _ ledger: Ledger, _ taken: Ledger.Taken) -> [Saying] {
    (ledger.said("due", of: key, taken) + ledger.said("deadline", of: key, taken)).filter { $0.days != nil }
  }

  /// What is late by the statements that are taken, the latest first.
  static func found(
    in ledger: Ledger, among keys: [String]? = nil, before: DateValue, done: String,
    _ taken: @escaping Ledger.Taken
  ) -> [Late] {
    (keys ?? Array(ledger.commitments.keys)).filter { ledger.isSelected($0, taken) }.flatMap {
      key -> [Late] in
      let rung = ledger.rung(of: key, taken)
      if let rung, ledger.place(of: rung.text) >= ledger.place(of: done), !rung.isPossible { return [] }
      return dues(of: key, ledger, taken).compactMap { Late(key, $0, rung, before, ledger, taken) }
    }.sorted {
      ($1.days.upperBound, $0.commitment, $0.due.id) < ($0.days.upperBound, $1.commitment, $1.due.id)
    }
  }

  private init?(
    _ key: String, _ due: Saying, _ rung: Saying?, _ before: DateValue, _ ledger: Ledger,
    _ taken: Ledger.Taken
  ) {
    guard let range = due.days, range.lowerBound < before.lastDay else { return nil }
    commitment = key
    self.due = due
    self.rung = rung
    // The day before which it is asked may itself be open: a month.
    let least = max(0, before.firstDay - range.upperBound)
    days = least...max(least, before.lastDay - range.lowerBound)
    // What is to come behind that day does not say that it may be done by then.
    let mayBeReached = rung.map { $0.isPossible && $0.start ?? .min <= before.lastDay } ?? false
    isCertain = range.upperBound < before.firstDay && !mayBeReached && !due.isPossible
    amounts = ledger.said("amount", of: key, taken)
    givers = ledger.said("giver", of: key, taken)
    towards = ledger.said("towards", of: key, taken)
    under = ledger.said("under", of: key, taken)
  }

  func row(_ ledger: Ledger) -> [Datum] {
    func names(_ sayings: [Saying]) -> Datum {
      .list(
        Set(sayings.map(\.name)).sorted().map { name in name == "unknown" ? .text(name) : .key(name) })
    }
    let date = due.days.map {
      Datum.date(DateValue(edtf: due.text, firstDay: $0.lowerBound, lastDay: $0.upperBound))
    }
    return [
      .key(commitment), names(givers), date ?? .empty, .integer(days.lowerBound), .integer(days.upperBound),
      .text(isCertain ? "certainly" : "possibly"), .text(rung?.text ?? "not stated"),
      .text(amounts.map { $0.figure?.words ?? $0.text }.uniqued().joined(separator: "; ")), names(towards),
      names(under),
    ]
  }

  var evidence: Evidence {
    let all = [due] + [rung].compactMap(\.self) + amounts + givers + towards + under
    return Evidence(row: all.map(\.datum)).of("due", [due.datum]).of("rung", [rung].compactMap { $0?.datum })
      .of("amount", amounts.map(\.datum))
  }
}
