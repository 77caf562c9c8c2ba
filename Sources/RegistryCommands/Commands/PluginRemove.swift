import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let plugin = Argument("plugin", .textOrWord)
}

extension CommandDefinition {
  static let pluginRemove = CommandDefinition(
    CommandSignature(
      name: "plugin remove", head: [Grammar.plugin.element], clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "Remove a plugin that you installed",
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.plugin].content
    return try PluginAction.remove(name).carryOut(command, in: session)
  }
}
