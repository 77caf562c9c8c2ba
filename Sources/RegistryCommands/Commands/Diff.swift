import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let dimension = Argument("time", .choice(["on", "published", "recorded"]))
  static let first = Argument("first", .point)
  static let second = Argument("second", .point)
  static let of = Clause("of", .name, "only of this entity")
}

extension CommandDefinition {
  static let diff = CommandDefinition(
    CommandSignature(
      name: "diff",
      head: [
        Grammar.dimension.element, Grammar.first.element, Grammar.second.element,
      ], clauses: [Grammar.of.signature] + StandardClauses.reading),
    group: .reading, effect: .reads,
    summary: "Show what differs between two points of one of the three times",
    details: """
      `diff published 2026-01-12 2026-01-13`: what the sources of a day added. `diff on D D`: what began or ended to hold. \
      `diff recorded t12 t15`: what the registry changed. The other times hold for both sides: \
      `diff published 2026-01-12 2026-01-13 on 2026-01-12`. Where several registries were united it says whose edit it is.
      """,
    examples: [
      Example(
        "diff published 2026-01-12 2026-01-13 of summit",
        gives: #"""
          \#tstatement\#tsources\#tid
          +\#tsummit.name = "The summit"\#tcourier\#t@mat6ch
          +\#tsummit.participant = KOR\#tcourier\#t@sj6xga
          +\#tsummit.type = "meeting"\#tcourier\#t@0mg9fe
          """#, onSeed: "diff published 2026-01-12 2026-01-13 of jan12-meeting")
    ]
  ) { (command, session) throws(Failure) in
    let time = command[Grammar.dimension]
    // The two points say it already.
    let taken = TimesTaken.all.subtracting(
      time.content == "on" ? .on : time.content == "published" ? .published : .recorded)
    let (times, notes) = try session.times(
      command, taking: taken, of: "diff \(time.content)", help: "the two points behind diff say it")
    let reader = PointReader(session: session, time: time, others: times)
    let before = try reader.visible(command[Grammar.of], at: command[Grammar.first])
    let after = try reader.visible(command[Grammar.of], at: command[Grammar.second])
    let (old, new) = (Set(before.map(\.saying)), Set(after.map(\.saying)))
    let rows =
      before.filter { !new.contains($0.saying) }.map { ("-", $0) }
      + after.filter { !old.contains($0.saying) }.map { ("+", $0) }
    let whose = try Editors(
      of: Set(rows.map(\.1.record.id)).sorted { $0.digest < $1.digest }, session, command.span)
    let table = ResultTable(
      columns: ["", "statement", "sources", "tx", "author", "origin", "id"].map { Column($0) },
      rows: rows.map { (sign, said) -> [Cell] in
        let record = said.record
        let edit = whose.edit(said.saying, isGone: sign == "-" && time.content == "recorded", by: times)
        let words = LanguageText.told(record.statement)
        return [
          .text(sign), .text(said.saying.stance == .denies ? "denied: \(words)" : words),
          .list(Cell.sources(record.citations.filter { $0.stance == said.saying.stance })),
          edit.map { .text($0.id.description) } ?? .empty, edit.map { .text($0.author) } ?? .empty,
          edit.map { .text($0.identity?.origin ?? "") } ?? .empty, .text(record.id.short),
        ]
      },
      notes: (rows.isEmpty ? ["no difference"] : []) + notes)
    return .table(
      table.withoutEmptyColumns(keeping: ["", "statement", "sources", "id"]), try session.output(command))
  }
}

/// That a statement is claimed, or that it is denied: what some claim and others deny are two.
private struct Said {
  struct Saying: Hashable {
    var id: StatementID
    var stance: Stance
  }

  var record: StatementRecord
  var saying: Saying

  static func all(_ records: [StatementRecord]) -> [Said] {
    records.flatMap { record -> [Said] in
      func said(_ stance: Stance) -> Said {
        Said(record: record, saying: Saying(id: record.id, stance: stance))
      }
      return (record.isClaimed ? [said(.claims)] : []) + (record.isDenied ? [said(.denies)] : [])
    }
  }
}

/// Whose edits made statements what they are, where anything came from another registry.
private struct Editors {
  private var entries: [StatementID: [HistoryEntry]] = [:]

  init(of statements: [StatementID], _ session: Session, _ span: Span) throws(Failure) {
    let isOfSeveral = try storing(span) { () throws(StoreProblem) in try session.store.hasArrivals() }
    guard !statements.isEmpty, isOfSeveral else { return }
    let found = try storing(span) { () throws(StoreProblem) in try session.store.history(of: statements) }
    for entry in found {
      if let id = entry.statement?.id { entries[id, default: []].append(entry) }
    }
  }

  /// The last that withdrew it, where it is gone; else the first that said it.
  func edit(_ saying: Said.Saying, isGone: Bool, by times: Times) -> Transaction? {
    let known = entries[saying.id] ?? []
    if isGone { return known.last { $0.action == .withdrawn }?.transaction }
    return known.first { $0.action == (saying.stance == .denies ? .denied : .claimed) }?.transaction
  }
}

/// Reads what stands at one of the two points.
private struct PointReader {
  let session: Session
  /// Which of the three times is compared, and the others.
  let time: Word
  let others: Times

  /// The statements of all or of what the name means there.
  func visible(_ name: NameSyntax?, at point: PointSyntax) throws(Failure) -> [Said] {
    let words = session.interpreter
    var times = others
    switch (time.content, point) {
    case ("recorded", _): times.recorded = try words.recordedPoint(point)
    case ("published", .date(let word)): times.published = try words.date(word)
    case ("on", .date(let word)): times.on = try words.date(word)
    default: throw Failures.wrongKind("a transaction", expected: "a date", time.span)
    }
    var selection = StatementSelection()
    if let name { selection.subjects = [try session.interpreter(at: times).entity(name).key] }
    let found = try storing(time.span) { () throws(StoreProblem) in
      try session.store.statements(selection, times)
    }
    return Said.all(found)
  }
}
