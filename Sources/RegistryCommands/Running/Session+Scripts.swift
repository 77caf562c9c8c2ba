public import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

extension Session {
  /// Carries out the script at `path`, relative to the script that reads it.
  ///
  /// - Parameter reason: what the history says of it; the path unless told.
  /// - Parameter given: what its parameters are.
  public func read(
    _ path: String, reason: String? = nil, given: [String: Word] = [:], _ span: Span? = nil
  ) throws(Failure) -> Answer {
    let url = files.url(path)
    let identity = url.resolvingSymlinksInPath().path
    guard !texts.contains(where: { $0.script == identity }) else { throw Failures.readsItself(path, span) }
    let script: ScriptText
    do throws(Failure) {
      script = try ScriptText(reading: url.path, name: path)
    } catch {
      throw error.located(at: span)
    }
    let outer = files.folder
    files.folder = url.deletingLastPathComponent()
    defer { files.folder = outer }
    var answer = Answer.nothing
    let onAnswer = onAnswer
    self.onAnswer = nil
    do throws(Failure) {
      try execute(
        script, atomicity: .whole, reason: reason ?? path, file: identity, given: given
      ) { (outcome) throws(Failure) in
        guard case .success(let part) = outcome else { return }
        if let onAnswer { try onAnswer(part) } else { answer.append(part) }
      }
    } catch {
      throw error.source == nil ? error.located(at: span) : error.within("read \(path)", span, currentText)
    }
    return answer
  }
}

// Commands that carry out others.
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
    _ emit: (Answer) throws(Failure) -> Void
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
      try emit(.message("\(id): recorded what stands in braces"))
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
  func table(of query: CommandSyntax, _ emit: (Answer) throws(Failure) -> Void) throws(Failure) -> ResultTable
  {
    guard let definition = command(named: query.name.content), definition.effect == .reads,
      definition.flow == nil
    else { throw Failures.queryThatWrites(query) }
    var answer = try store.atOneMoment { () throws(Failure) in try perform(definition, query.ofAllRows) }
    let tables = answer.results.compactMap { result -> ResultTable? in
      if case .table(let table) = result.content { table } else { nil }
    }
    guard tables.count == 1, answer.results.count == 1, !answer.results.contains(where: { $0.file != nil })
    else { throw Failures.queryWithoutTable(query) }
    answer.results = []
    answer.notes += tables[0].notes.filter { !LimitNote.isOne($0) }
    try emit(answer)
    var table = tables[0]
    // A column that says nothing of any row is not shown, and asked for all the same.
    for word in query.namedColumns where !table.columns.contains(where: { $0.name == word }) {
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
