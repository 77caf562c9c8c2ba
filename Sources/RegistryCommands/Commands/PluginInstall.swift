import CommandLanguage

extension CommandDefinition {
  static let pluginInstall = CommandDefinition(
    CommandSignature(
      name: "plugin install", head: [.argument("file", .textOrWord)], clauses: StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Install a plugin: a library, a program in Python, or a folder with one",
    details: """
      The files are copied into a folder of yours, their SHA-256 is pinned, and what the plugin declares is shown. A file \
      that is changed afterwards is refused until it is installed again. It runs in a process of its own, without \
      network and without writing anything.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard !session.settings.safe else { throw Failures.safeSession("installing plugins", command.span) }
    guard let name = command.argumentText("file") else { throw Failures.missingSource(command.span) }
    return try session.manage(.install(path: session.path(name)), command)
  }
}
