import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let plugin = Argument("plugin", .textOrWord)
}

extension CommandDefinition {
  static let pluginEnable = CommandDefinition(
    CommandSignature(
      name: "plugin enable", head: [Grammar.plugin.element], clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "Use a plugin again that was disabled",
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.plugin].content
    return try PluginAction.enable(name).carryOut(command, in: session)
  }
}
