import CommandLanguage

extension CommandDefinition {
  static let pluginEnable = CommandDefinition(
    CommandSignature(
      name: "plugin enable", head: [.argument("plugin", .textOrWord)], clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "Use a plugin again that was disabled",
    examples: []
  ) { (command, session) throws(Failure) in
    guard let name = command.argumentText("plugin") else { throw Failures.missingSource(command.span) }
    return try session.manage(.enable(name), command)
  }
}
