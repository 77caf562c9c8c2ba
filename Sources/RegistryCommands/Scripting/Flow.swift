import CommandLanguage
import RegistryModel
import RegistryStore

/// Carries out a command that carries out others: their answers are given away one by one, as they are there.
typealias Flow = @Sendable (Invocation, Session, _ emit: (Answer) -> Void) throws(Failure) -> Void

extension CommandDefinition {
  /// A command that carries out others, and does to the registry what they do.
  init(
    _ signature: CommandSignature, summary: String, details: String, examples: [Example],
    flow: @escaping Flow
  ) {
    self.init(
      signature, group: .scripting, effect: .reads, summary: summary, details: details, examples: examples
    ) { (_, _) throws(Failure) in .nothing }
    self.flow = flow
  }
}

extension Session {
  /// What a command does to the registry: of one that carries out others, what these do.
  func effect(of command: CommandSyntax) -> CommandDefinition.Effect? {
    guard let definition = self.command(named: command.name.content) else { return nil }
    guard definition.flow != nil else { return definition.effect }
    let effects = command.inside.map { effect(of: $0) }
    if effects.contains(.writes) { return .writes }
    return effects.contains(.transacts) ? .transacts : definition.effect
  }

  /// Carries out a command that carries out others: all of it or nothing, where it writes.
  func carryOut(
    _ flow: @escaping Flow, _ definition: CommandDefinition, _ command: CommandSyntax,
    _ emit: (Answer) -> Void
  ) throws(Failure) {
    func body() throws(Failure) {
      do throws(Failure) {
        try perform(command, definition.signature) { (invocation) throws(Failure) in
          try flow(invocation, self, emit)
        }
        tellExpectation(definition, command, nil)
      } catch {
        guard error.status != .interrupted, error.status != .storage,
          tellExpectation(definition, command, error)
        else { throw error }
      }
    }
    guard effect(of: command) == .writes, !store.isInTransaction else { return try body() }
    guard !settings.readOnly else { throw Failures.readOnlySession(command.name) }
    if let id = try inTransaction(reason: nil, body) {
      emit(.message("\(id): recorded what stands in braces"))
    }
  }

  /// Tells whoever counts expectations of one.
  /// - Returns: whether to go on where it does not hold.
  @discardableResult
  private func tellExpectation(
    _ definition: CommandDefinition, _ command: CommandSyntax, _ failure: Failure?
  ) -> Bool {
    guard [CommandDefinition.expect.name, CommandDefinition.expectNo.name].contains(definition.name),
      let onExpectation, let source = currentText
    else { return false }
    return onExpectation(CommandText(command.span, in: source), failure?.located(in: source))
  }

  /// The one table that a command in braces answers with; what it tells beside is given away.
  func table(of query: CommandSyntax, _ emit: (Answer) -> Void) throws(Failure) -> ResultTable {
    guard let definition = command(named: query.name.content), definition.effect == .reads,
      definition.flow == nil
    else { throw Failures.queryThatWrites(query) }
    var answer = try store.atOneMoment { () throws(Failure) in try perform(definition, query) }
    let tables = answer.results.compactMap { result -> ResultTable? in
      if case .table(let table) = result.content { table } else { nil }
    }
    guard tables.count == 1, answer.results.count == 1, !answer.results.contains(where: { $0.file != nil })
    else { throw Failures.queryWithoutTable(query) }
    answer.results = []
    answer.notes += tables[0].notes.filter { !LimitNote.isOne($0) }
    emit(answer)
    var table = tables[0]
    // A column that says nothing of any row is not shown, and asked for all the same.
    for word in query.columns where !table.columns.contains(where: { $0.name == word }) {
      table.columns.append(Column(word))
      for row in table.rows.indices { table.rows[row].append(.empty) }
    }
    return table
  }

  /// Whether nothing more of the text is carried out.
  var isEnding: Bool { isQuitting || texts.last?.isStopped == true }

  /// Carries out `body` while parameters have these values.
  func binding(_ values: [String: String], _ body: () throws(Failure) -> Void) throws(Failure) {
    let outer = bound
    bound.merge(values) { $1 }
    defer { bound = outer }
    try body()
  }
}

extension CommandSyntax {
  /// What its `columns` name.
  fileprivate var columns: [String] {
    clauses.flatMap { clause -> [String] in
      guard clause.keyword.content == "columns", case .words(let words) = clause.argument else { return [] }
      return words.map(\.content)
    }
  }

  /// The commands in its braces, and in its head.
  fileprivate var inside: [CommandSyntax] {
    var commands: [CommandSyntax] = []
    for block in [block, otherwise] { if case .commands(let inner, _)? = block { commands += inner } }
    for argument in arguments.values { if case .query(let inner, _) = argument { commands += inner } }
    return commands
  }
}

extension ResultTable {
  /// What `$x`, the first column, and `$x.COLUMN` stand for in a row.
  func values(of row: [Cell], as variable: String) -> [String: String] {
    var values: [String: String] = [:]
    for (column, cell) in zip(columns, row).reversed() {
      values["\(variable).\(ColumnNames.parameter(column.name))"] = cell.plainText
      values["\(variable).\(column.name)"] = cell.plainText
    }
    values[variable] = row.first?.plainText ?? ""
    return values
  }
}
