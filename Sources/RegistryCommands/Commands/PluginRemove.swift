import CommandLanguage

extension CommandDefinition {
  static let pluginRemove = CommandDefinition(
    CommandSignature(
      name: "plugin remove", head: [.argument("plugin", .textOrWord)], clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "Remove a plugin that you installed",
    examples: []
  ) { (command, session) throws(Failure) in
    guard let name = command.argumentText("plugin") else { throw Failures.missingSource(command.span) }
    return try session.manage(.remove(name), command)
  }
}
