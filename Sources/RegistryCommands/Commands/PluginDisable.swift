import CommandLanguage

extension CommandDefinition {
  static let pluginDisable = CommandDefinition(
    CommandSignature(
      name: "plugin disable", head: [.argument("plugin", .textOrWord)], clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "Keep a plugin from being used",
    details: """
      It stays where it is; `plugin enable` takes this back.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard let name = command.argumentText("plugin") else { throw Failures.missingSource(command.span) }
    return try session.manage(.disable(name), command)
  }
}
