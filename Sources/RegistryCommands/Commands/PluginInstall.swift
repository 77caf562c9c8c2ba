import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let file = Argument("file", .textOrWord)
}

extension CommandDefinition {
  static let pluginInstall = CommandDefinition(
    CommandSignature(
      name: "plugin install", head: [Grammar.file.element], clauses: StandardClauses.output),
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
    let name = command[Grammar.file].content
    return try session.manage(.install(path: session.path(name)), command)
  }
}
