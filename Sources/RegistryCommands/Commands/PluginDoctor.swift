import CommandLanguage

extension CommandDefinition {
  static let pluginDoctor = CommandDefinition(
    CommandSignature(
      name: "plugin doctor", head: [.argument("path", .textOrWord)], clauses: StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Say what is wrong with a plugin, and the command that mends it",
    details: """
      Looks at a file or a folder step by step: permissions, form, start, manifest, and what the machine enforces.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard let name = command.argumentText("path") else { throw Failures.missingSource(command.span) }
    return try session.manage(.doctor(path: session.path(name)), command)
  }
}
