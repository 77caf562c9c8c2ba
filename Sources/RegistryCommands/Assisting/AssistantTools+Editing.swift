import CommandLanguage
import RegistryModel
import RegistryStore

extension AssistantTools {
  func edit(_ given: AssistantArguments) throws(Failure) -> JSONText {
    let source = SourceText(name: "commands", text: given.text("commands") ?? "")
    let tree = session.parsed(source.text)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.command, errors, in: source) }
    guard !tree.commands.isEmpty else { throw Failures.oneCommandAtATime(0).located(in: source) }
    for command in tree.commands { try permit(command, alone: tree.commands.count == 1, source) }
    let isTried = given.isSet("dry_run")
    if isTried { session.beginDryRun() }
    defer { if isTried { session.endDryRun() } }
    let before = try newest()
    // Undo is a transaction of its own.
    let isOwn =
      tree.commands.count == 1 && session.command(named: tree.commands[0].name.content)?.effect == .transacts
    let answer = try carriedOut(
      source, atomicity: isOwn ? .eachCommand : .whole, reason: given.text("reason"))
    let after = try newest()
    var changes: [String] = []
    let isKept = !isTried && after?.id != before?.id
    if isKept, let after {
      var rows = ChangeRows(try session.interpreter.names.context.schema())
      try storing(nil) { () throws(StoreProblem) in
        try session.store.changes(of: after.id) {
          rows.add($0)
          return rows.rows.count <= limits.mostRows
        }
      }
      rows.finish()
      changes = rows.rows.map(\.line)
    } else if isTried {
      for case .table(let table) in answer.results.map(\.content) {
        changes += table.rows.map { row in
          row.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: " ")
        }
      }
    }
    var (shown, room) = ([String](), limits.bytes / 2)
    for change in changes {
      room -= change.utf8.count
      guard room > 0, shown.count < limits.mostRows else { break }
      shown.append(limits.cut(change))
    }
    let isShort = shown.count < changes.count
    let told: JSONText = [
      "transaction": JSONText(isKept ? after?.id.description : nil), "author": .text(session.settings.author),
      "messages": JSONText(texts: (answer.messages + answer.notes).prefix(limits.rows).map(limits.cut)),
      "changes": JSONText(texts: shown), "truncated": .truth(isShort),
    ]
    return isShort
      ? told.adding(["more": .text("show \(after?.id.description ?? "tN") tells all of it")]) : told
  }

  private func newest() throws(Failure) -> Transaction? {
    try storing(nil) { () throws(StoreProblem) in try session.store.transactions(limit: 1).first }
  }

  /// Refuses what touches more than the registry, in a block too.
  private func permit(_ command: CommandSyntax, alone: Bool, _ source: SourceText) throws(Failure) {
    let definition = session.command(named: command.name.content)
    guard let definition, isAllowed(definition) || isEdit(definition), !usesFiles(command, definition),
      definition.effect != .transacts || alone
    else { throw Failures.notForAssistants(command.name).located(in: source) }
    if case .commands(let inner, _)? = command.block {
      for command in inner { try permit(command, alone: false, source) }
    }
  }
}
