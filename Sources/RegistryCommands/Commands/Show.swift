import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .path)
  static let limit = SelectionClauses.limit.meaning("of a transaction: at most so many of its changes")
}

extension CommandDefinition {
  static let show = CommandDefinition(
    CommandSignature(
      name: "show", head: [Grammar.what.element], clauses: StandardClauses.reading + [Grammar.limit.signature]
    ),
    group: .reading, effect: .reads,
    summary: "Show an entity, a property of it, a statement or a transaction",
    details: """
      Every statement of the entity with its period, its sources and its id. `today` says what holds now: yes, maybe (the \
      period is only partly known), no. Rivals stand side by side, the chosen one marked; `why` tells the rule. Of a \
      transaction: who made it, when and why, and what came (+) and went (-) with it, as commands.
      """,
    examples: [
      Example(
        "show forge",
        gives: #"""
          property\#tvalue\#twhen\#ttoday\#tsources\#tid
          name\#tFORGE\#t\#t\#tcourier\#t@wf411s
          member\#tUSA\#tfrom 2026-02-04\#tmaybe\#tcourier\#t@3jmyzg
          started\#t2026-02-04\#t\#t\#tcourier\#t@hgnft8
          status\#tactive\#t\#t\#tcourier\#t@tzkr5h
          succeeds\#tmsp\#t\#t\#tcourier\#t@cfdrf1
          """#),
      Example(
        "show summit.participant",
        gives: #"""
          value\#tname\#tsources\#tid
          eu\#tEuropean Union\#tgazette\#t@8xb27s
          JPN\#tJapan\#tcourier, gazette\#t@1qy888
          KOR\#tSouth Korea\#tcourier\#t@sj6xga
          USA\#tUnited States\#tcourier, gazette\#t@7ck21a
          """#, onSeed: "show jan12-meeting.participant"),
      Example(
        "show forge.chair",
        gives: #"""
          value\#tsources\#tid
          -- not stated: no source says forge.chair
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = try session.interpreter.defined(command[Grammar.what])
    let output = try session.output(command)
    if path.name.form == .transaction {
      // It is the same whenever it is looked at.
      return .table(
        try session.interpreter.changeReader.transactionTable(path.name, limit: command[Grammar.limit]),
        output)
    }
    let times = try session.times(command)
    let words = session.interpreter(at: times)
    if path.name.form == .statement {
      return .table(try words.evidenceReader.statementTable(path.name, times), output)
    }
    if !path.properties.isEmpty { return .table(try words.statementReader.pathTable(path, times), output) }
    return .table(try words.entityReader.entityTable(path, times), output)
  }
}

extension EntityReader {
  fileprivate func entityTable(_ path: PathSyntax, _ times: Times) throws(Failure) -> ResultTable {
    let record = try entity(path.name)
    let schema = try schema(at: path.span, times)
    let found = try storing(path.span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(subjects: [record.key], tellsHeld: true, tellsStanding: true), times)
    }
    let order = Dictionary(uniqueKeysWithValues: [BuiltIn.name, BuiltIn.type].enumerated().map { ($1, $0) })
    let records = found.filter { $0.statement.property != BuiltIn.type }.enumerated().sorted {
      (order[$0.element.statement.property] ?? 9, $0.element.statement.property.text, $0.offset)
        < (order[$1.element.statement.property] ?? 9, $1.element.statement.property.text, $1.offset)
    }.map(\.element)
    var table = try statementReader.table(
      records, title: "\(record.name) · \(record.type) · \(record.key)", showsProperty: true, times, schema)
    if schema.isType(record.type, under: BuiltIn.source) { try describeSource(record.key, times, &table) }
    if records.isEmpty { table.notes.append("nothing is stated of \(record.key)\(times.words)") }
    if let note = try mentionsNote(record, path.span, times, schema) { table.notes.append(note) }
    return table
  }

  /// Where others name it most, what a source is cited for, and what lists them.
  private func mentionsNote(
    _ record: EntityRecord, _ span: Span, _ times: Times, _ schema: Schema
  ) throws(Failure) -> String? {
    let most = 10_000
    let mentions = try storing(span) { () throws(StoreProblem) in
      try store.mentions(of: record.key, most: most, times)
    }
    func words(_ count: Int) -> String { count == most ? "at least \(count)" : "\(count)" }
    var parts: [String] = []
    if schema.isType(record.type, under: BuiltIn.source), mentions.cited > 0 {
      parts.append("cited for \(words(mentions.cited)) statement\(mentions.cited == 1 ? "" : "s")")
    } else {
      if !mentions.asValue.isEmpty {
        let counts = mentions.asValue.prefix(6).map { "\($0.property) \($0.count)" }
        parts.append("named by others as " + counts.joined(separator: ", "))
      }
      if !mentions.asQualifier.isEmpty {
        let counts = mentions.asQualifier.prefix(3).map { "\($0.property) \(words($0.count))" }
        parts.append("as the qualifier " + counts.joined(separator: ", "))
      }
    }
    return parts.isEmpty
      ? nil : parts.joined(separator: "; ") + " (mentions \(LanguageText.name(record.key)) lists them)"
  }

  /// What is known of a source goes in front, in the same columns.
  private func describeSource(_ key: Key, _ times: Times, _ table: inout ResultTable) throws(Failure) {
    guard let data = try storing(nil, { () throws(StoreProblem) in try store.source(key, times) }) else {
      return
    }
    let padding = [Cell](repeating: .empty, count: max(0, table.columns.count - 2))
    table.rows.insert(
      contentsOf: data.fields.filter { $0.1 != .empty }.map { [.text($0.0), $0.1] + padding }, at: 0)
  }
}

extension EvidenceReader {
  /// A statement with its evidence; at other times than now, what stood of it then.
  func statementTable(_ name: NameSyntax, _ times: Times) throws(Failure) -> ResultTable {
    let record = try interpreter.names.statement(name)
    let found = try storing(name.span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(ids: [record.id], tellsStanding: true), times)
    }
    // What was withdrawn is told as it was.
    if found.isEmpty, times.isAll { return try evidenceTable([record], times) }
    var table = try evidenceTable(found, times)
    if found.isEmpty { table.notes.append("\(record.id.short) does not stand\(times.words)") }
    return table
  }
}

extension StatementReader {
  /// The statements of a path.
  ///
  /// - Parameter onlyHolding: whether, on a date, what was passed over is told in a note.
  func pathTable(
    _ path: PathSyntax, _ times: Times, onlyHolding: Bool = false
  ) throws(Failure) -> ResultTable {
    let schema = try schema(at: path.span, times)
    let all = try statements(at: path, times, includesOver: times.on != nil)
    func isTold(_ record: StatementRecord) -> Bool {
      onlyHolding ? record.isListed(times) : record.isSaid(times)
    }
    let records = all.filter(isTold)
    let subject = try entity(path.name)
    let property = path.properties.first?.content ?? ""
    let narrower =
      Set(records.map(\.statement.property)).count > 1
      || records.first.map { $0.statement.property.text != property } ?? false
    var table = try table(
      records, title: "\(subject.name) · \(property)", showsProperty: narrower, times, schema)
    if let note = all.filter({ !isTold($0) }).overNote(among: all, times) {
      table.notes.append(note)
    } else if records.isEmpty {
      table.notes.append("not stated: no source says \(subject.key).\(property)\(times.words)")
    }
    return table
  }
}

extension ChangeReader {
  /// A transaction with what it changed.
  fileprivate func transactionTable(_ name: NameSyntax, limit: Int?) throws(Failure) -> ResultTable {
    let id = try interpreter.names.transaction(name)
    let found = try storing(name.span) { () throws(StoreProblem) in try store.transaction(id) }
    guard let found else { throw Failure(.unknownTransaction(id), at: name.span) }
    let limit = limit ?? Self.usualLimit
    let changes = try changeRows(of: id, limit: limit, name.span)
    let facts: [(String, String?)] = [
      ("at", found.at), ("author", found.author), ("reason", found.reason),
      ("undoes", found.reverts?.description), ("tool", found.tool),
    ]
    var table = ResultTable(
      title: "\(id) · \(found.author) · \(found.at.prefix(10))",
      columns: [Column("what"), Column("text"), Column("id")],
      rows: facts.compactMap { what, text in text.map { [.text(what), .text($0), .empty] } }
        + changes.rows.map(\.cells))
    if changes.isCut {
      table.notes = [
        "shown are the first \(limit) changes; limit N shows more",
        "in all: \(try changeWords(of: id))",
      ]
    }
    return table
  }
}

extension SourceData {
  /// What is known of it, by the words of the language.
  var fields: [(String, Cell)] {
    [
      ("publisher", publisher.map { .text($0) } ?? .empty),
      ("published", published.map { .date($0) } ?? .text("undated")),
      ("url", url.map { .text($0) } ?? .empty),
      ("retrieved", retrieved.map { .date($0) } ?? .empty),
      ("language", language.map { .text($0) } ?? .empty),
      ("reliability", .text(reliability.rawValue)),
      ("corrects", corrects.isEmpty ? .empty : .list(corrects.map { .key($0) })),
      ("note", note.map { .text($0) } ?? .empty),
    ]
  }
}
