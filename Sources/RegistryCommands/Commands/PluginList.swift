import CommandLanguage

extension CommandDefinition {
  static let pluginList = CommandDefinition(
    CommandSignature(name: "plugin list", clauses: StandardClauses.output),
    group: .analysing, effect: .reads, summary: "List the plugins found, where, and why any was refused",
    details: """
      Refused ones are named with the reason and what mends it. `.plugins` is the same.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    return try PluginAction.list.carryOut(command, in: session)
  }
}
