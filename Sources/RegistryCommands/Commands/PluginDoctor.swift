import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let path = Argument("path", .textOrWord)
}

extension CommandDefinition {
  static let pluginDoctor = CommandDefinition(
    CommandSignature(
      name: "plugin doctor", head: [Grammar.path.element], clauses: StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Say what is wrong with a plugin, and the command that mends it",
    details: """
      Looks at a file or a folder step by step: permissions, form, start, manifest, and what the machine enforces, line by \
      line. The name of an installed plugin means that one, unless there is a file or folder of the name.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.path].content
    return try PluginAction.doctor(name, path: session.path(name)).carryOut(command, in: session)
  }
}
