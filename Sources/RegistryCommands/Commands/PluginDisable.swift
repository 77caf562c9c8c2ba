import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let plugin = Argument("plugin", .textOrWord)
}

extension CommandDefinition {
  static let pluginDisable = CommandDefinition(
    CommandSignature(
      name: "plugin disable", head: [Grammar.plugin.element], clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "Keep a plugin from being used",
    details: """
      It stays where it is; `plugin enable` takes this back.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.plugin].content
    return try PluginAction.disable(name).carryOut(command, in: session)
  }
}
