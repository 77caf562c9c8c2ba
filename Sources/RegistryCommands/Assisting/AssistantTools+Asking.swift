import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension AssistantTools {
  func ask(_ given: AssistantArguments) throws(Failure) -> JSONText {
    let text = given.text("command") ?? ""
    return try answer(text, limit: given.number("limit"), offset: given.number("offset"))
  }

  func find(_ given: AssistantArguments) throws(Failure) -> JSONText {
    let limit = try rows(given.number("limit"))
    let words = (given.text("words") ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
    return try answer("find \(words) limit \(limit)\(given.times)", only: "find", limit: limit, offset: nil)
  }

  /// `show` and `why`: the table of the command, and what it is of in full.
  func tell(_ name: String, _ given: AssistantArguments) throws(Failure) -> JSONText {
    let text = "\(name) \(given.text("what") ?? "")\(given.times)"
    return try answer(text, only: name, limit: given.number("limit"), offset: nil)
  }

  func commands(_ given: AssistantArguments) throws(Failure) -> JSONText {
    let table = session.commands
    if let name = given.text("name") {
      guard let definition = table[name], isAllowed(definition) || allowsEdits && isEdit(definition) else {
        throw Failures.notForAssistants(Word(name, Span(0, 0)))
      }
      let clauses = definition.signature.clauseLines.map { line -> JSONText in
        ["clause": .text(line.usage), "does": .text(line.summary)]
      }
      let examples = definition.examples.map { JSONText.text($0.command) }
      return [
        "commands": [
          told(definition).adding([
            "details": .text(definition.details), "clauses": .list(clauses), "examples": .list(examples),
          ])
        ], "truncated": false,
      ]
    }
    let allowed = table.all.filter { isAllowed($0) || allowsEdits && isEdit($0) }
    return ["commands": .list(allowed.map(told)), "truncated": false]
  }

  private func told(_ definition: CommandDefinition) -> JSONText {
    [
      "name": .text(definition.name), "usage": .text(definition.signature.usage),
      "summary": .text(definition.summary), "edits": .truth(isEdit(definition)),
    ]
  }

  // MARK: What may be asked

  /// Whether an assistant may have a command carried out by `ask`: what reads the registry, and nothing else of the machine.
  func isAllowed(_ definition: CommandDefinition) -> Bool {
    guard definition.effect == .reads else { return false }
    switch definition.group {
    // What `why row` is of was shown to somebody else.
    case .reading: return definition.name != CommandDefinition.whyRow.name
    case .analysing: return definition.name == CommandDefinition.aboutAnalysis.name || isAnalysis(definition)
    case .judging: return true
    default: return false
    }
  }

  private func isAnalysis(_ definition: CommandDefinition) -> Bool {
    !CommandTable.builtInNames.contains(definition.name)
  }

  func isEdit(_ definition: CommandDefinition) -> Bool {
    switch definition.effect {
    case .reads: false
    case .writes: ![.session, .data, .scripting].contains(definition.group)
    case .transacts:
      [CommandDefinition.undo.name, CommandDefinition.redo.name].contains(definition.name)
    }
  }

  /// Whether a command would read or write a file, by whatever clause.
  func usesFiles(_ command: CommandSyntax, _ definition: CommandDefinition) -> Bool {
    let shapes = definition.signature.clauses
    return command.clauses.contains { clause in
      shapes.contains { $0.keyword == clause.keyword.content && [.file, .files].contains($0.shape) }
    }
  }

  /// The one command of a text, if it may be carried out.
  private func permitted(_ source: SourceText, only name: String?) throws(Failure) -> (
    CommandSyntax, CommandDefinition
  ) {
    let tree = session.parsed(source.text)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.command, errors, in: source) }
    guard let command = tree.commands.first, tree.commands.count == 1 else {
      throw Failures.oneCommandAtATime(tree.commands.count).located(in: source)
    }
    guard let definition = session.command(named: command.name.content), isAllowed(definition),
      name == nil || definition.name == name, !usesFiles(command, definition)
    else { throw Failures.notForAssistants(command.name).located(in: source) }
    return (command, definition)
  }

  /// How many rows are given.
  private func rows(_ asked: Int?) throws(Failure) -> Int {
    guard let asked else { return limits.rows }
    guard 1...limits.mostRows ~= asked else { throw Failures.toolLimit(asked, limits.mostRows) }
    return asked
  }

  // MARK: Answering

  private func answer(
    _ text: String, only name: String? = nil, limit: Int?, offset: Int?
  ) throws(Failure) -> JSONText {
    let most = try rows(limit)
    if let offset, offset < 0 { throw Failures.toolLimit(offset, limits.mostRows) }
    var source = SourceText(name: "command", text: text)
    let (command, definition) = try permitted(source, only: name)
    // Of what takes both, no more is read than is told, and one to see whether there is more.
    let keywords = Set(definition.signature.clauses.map(\.keyword))
    let own = Set(command.clauses.map(\.keyword.content))
    let isPaged =
      keywords.isSuperset(of: ["limit", "offset"]) && own.isDisjoint(with: ["limit", "offset"])
      && !own.contains("by")
    if isPaged {
      let end = source.text.utf8.index(source.text.startIndex, offsetBy: command.span.end)
      source.text = source.text[..<end] + " limit \(most + 1)" + (offset.map { " offset \($0)" } ?? "")
    } else if offset ?? 0 > 0 {
      throw Failures.toolOffset(command.name).located(in: source)
    }
    let answer = try carriedOut(source)
    return try told(answer, command, definition, rows: most, offset: offset ?? 0, isPaged: isPaged)
  }

  /// Carries a text out, and gives all that it answered.
  func carriedOut(
    _ source: SourceText, atomicity: Session.Atomicity = .eachCommand, reason: String? = nil
  ) throws(Failure) -> Answer {
    var whole = Answer.nothing
    let room = limits.bytes
    var text = ""
    session.textOutput = { (piece) throws(Failure) in
      text += piece
      if text.utf8.count > room { throw Failures.answerTooLong(room) }
    }
    defer { session.textOutput = nil }
    try session.execute(source, atomicity: atomicity, reason: reason) { outcome in
      if case .success(let answer) = outcome { whole.append(answer) }
    }
    if !text.isEmpty { whole.results.append(.init(.text(text))) }
    return whole
  }

  private func told(
    _ answer: Answer, _ command: CommandSyntax, _ definition: CommandDefinition, rows most: Int, offset: Int,
    isPaged: Bool
  ) throws(Failure) -> JSONText {
    var columns: [String] = []
    var rows: [JSONText] = []
    var ids: [StatementID] = []
    var notes = answer.notes + answer.messages
    var texts: [String] = []
    var (isCut, room) = (false, limits.bytes * 6 / 10)
    for result in answer.results {
      switch result.content {
      case .text(let text):
        texts.append(text)
      case .table(let table):
        notes += table.notes
        let names = Self.distinct(table.columns.map(\.name))
        if columns.isEmpty { columns = names }
        for (place, cells) in table.rows.enumerated() {
          let row = JSONText.object(
            zip(names, cells).filter { $1 != .empty }.map { JSONMember(name: $0, value: cut(JSONText($1))) })
          room -= row.written.utf8.count
          guard place < most, room > 0 else {
            isCut = true
            break
          }
          rows.append(row)
        }
        ids += try behind(table, rows: min(table.rows.count, most))
        for more in table.following {
          notes.append("a further table, \(more.name ?? "unnamed"), has \(more.rows.count) rows")
        }
      }
    }
    // It tells of the row more that was read.
    notes = notes.map { $0.replacing("the first \(most + 1) are", with: "the first \(most) are") }
    let records = try subjects(command, definition, ids)
    let (statements, isShort) = try fitting(
      records, into: limits.bytes * 9 / 10 - (limits.bytes * 6 / 10 - max(room, 0)))
    var told: JSONText = [
      "columns": JSONText(texts: columns), "rows": .list(rows), "statements": .list(statements),
    ]
    if !texts.isEmpty {
      told = told.adding(["text": .text(String(texts.joined(separator: "\n").prefix(limits.bytes / 2)))])
    }
    if answer.failed { told = told.adding(["status": JSONText(Int(answer.failureStatus.rawValue))]) }
    told = told.adding([
      "notes": JSONText(texts: notes.prefix(50).map(limits.cut)), "truncated": .truth(isCut || isShort),
    ])
    if isCut, isPaged { told = told.adding(["next_offset": JSONText(offset + rows.count)]) }
    if isCut || isShort {
      let more =
        isCut
        ? isPaged
          ? "ask again with this offset" : "ask for less: where, limit and columns narrow a list"
        : "more statements stand behind the rows: why tells one at a time"
      told = told.adding(["more": .text(more)])
    }
    return told
  }

  private func behind(_ table: ResultTable, rows: Int) throws(Failure) -> [StatementID] {
    let times = session.asked ?? .all
    let reader = StatementsBehind(
      interpreter: session.interpreter(at: times), times: times, most: limits.statements + 1)
    return try reader.ids(table, rows: rows)
  }

  /// The statements that are told in full: those behind the rows, or of what `show` and `why` are of.
  private func subjects(
    _ command: CommandSyntax, _ definition: CommandDefinition, _ ids: [StatementID]
  ) throws(Failure) -> [StatementID] {
    var all = ids
    let times = session.asked ?? .all
    if [CommandDefinition.show.name, CommandDefinition.why.name].contains(definition.name),
      case .path(let path)? = command.arguments["what"]
    {
      let reader = session.interpreter(at: times).statementReader
      if path.name.form == .statement {
        all.append(try session.interpreter.names.statement(path.name).id)
      } else if path.name.form != .transaction,
        let found = try? reader.statements(
          at: session.interpreter(at: times).defined(path), times, includesOver: times.on != nil)
      {
        all += found.filter { $0.isSaid(times) }.map(\.id)
      }
    }
    var seen: Set<StatementID> = []
    return all.filter { seen.insert($0).inserted }
  }

  /// As many of some statements as there is room for.
  private func fitting(_ ids: [StatementID], into room: Int) throws(Failure) -> ([JSONText], isShort: Bool) {
    let reader = ToldStatements(
      interpreter: session.interpreter(at: session.asked ?? .all), times: session.asked ?? .all,
      limits: limits)
    return fit(try reader.told(Array(ids.prefix(limits.statements))), of: ids.count, into: room)
  }

  func fit(_ told: [JSONText], of count: Int, into room: Int) -> ([JSONText], isShort: Bool) {
    var (fitting, left) = ([JSONText](), room)
    for one in told {
      left -= one.written.utf8.count
      guard left > 0 else { break }
      fitting.append(one)
    }
    return (fitting, fitting.count < count)
  }

  private func cut(_ value: JSONText) -> JSONText {
    switch value {
    case .text(let text): .text(limits.cut(text))
    case .list(let items): .list(items.prefix(limits.mostRows).map(cut))
    default: value
    }
  }

  /// Column by column another name.
  private static func distinct(_ names: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return names.map { name in
      seen[name, default: 0] += 1
      return seen[name] == 1 ? name : "\(name) \(seen[name] ?? 0)"
    }
  }
}
