import CommandLanguage

extension CommandDefinition {
  static let pluginInfo = CommandDefinition(
    CommandSignature(
      name: "plugin info", head: [.argument("plugin", .textOrWord)], clauses: StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Show what a plugin declares, where it runs, and what is pinned of it",
    details: """
      By its name, or by the path of a file. Says also what the machine enforces on a plugin that runs in a process of its own.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard let name = command.argumentText("plugin") else { throw Failures.missingSource(command.span) }
    return try session.manage(.info(name), command)
  }
}
