import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let plugin = Argument("plugin", .textOrWord)
}

extension CommandDefinition {
  static let pluginTest = CommandDefinition(
    CommandSignature(
      name: "plugin test", head: [Grammar.plugin.element], clauses: StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Run the examples of a plugin, in the program and in a process of its own",
    details: """
      By its name, or by the path of a file or a project. Both ways must give the same table; on the registry that is open.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.plugin].content
    return try session.manage(.test(name), command)
  }
}
