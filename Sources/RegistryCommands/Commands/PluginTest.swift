import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let plugin = Argument("plugin", .textOrWord)
  static let recording = Flag(
    "recording expected", "writes the tables that the examples expect, from what they give")
}

extension CommandDefinition {
  static let pluginTest = CommandDefinition(
    CommandSignature(
      name: "plugin test", head: [Grammar.plugin.element],
      clauses: [Grammar.recording.signature] + StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Run the examples of a plugin, and compare what they give with what they expect",
    details: """
      By its name, or by the path of a file or a project. An example that names a fixture, a script beside the plugin, is \
      run on the registry which that fills (with the types and properties that entente comes with); any other one on the \
      registry that is open. One that names what it expects, a table in .tsv beside the plugin, fails where a cell is \
      another one, and that cell is told; one that expects nothing and gives no rows has not passed. The plugin runs in a \
      process of its own; with --in-process a library is run once more as it would run in the program, in another \
      process, and both must give the same table.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.plugin].content
    let records = command[Grammar.recording]
    guard !records || !session.settings.safe else {
      throw Failures.safeSession("writing files", command.span)
    }
    return try PluginAction.test(name, records: records).carryOut(command, in: session)
  }
}
