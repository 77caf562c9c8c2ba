import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let plugin = Argument("plugin", .textOrWord)
}

extension CommandDefinition {
  static let pluginInfo = CommandDefinition(
    CommandSignature(
      name: "plugin info", head: [Grammar.plugin.element], clauses: StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Show what a plugin declares, where it runs, and what is pinned of it",
    details: """
      By its name, or by the path of a file. Says also what the machine enforces on a plugin that runs in a process of its own.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.plugin].content
    return try PluginAction.info(name, path: session.path(name)).carryOut(command, in: session)
  }
}
