import CommandLanguage

extension CommandDefinition {
  static let pluginReload = CommandDefinition(
    CommandSignature(name: "plugin reload", clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "Look for plugins again, and start their processes anew",
    details: """
      A library that runs in the program itself stays as it was loaded until the next start.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    return try PluginAction.reload.carryOut(command, in: session)
  }
}
