import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let file = Argument("file", .textOrWord)
  static let python = Clause(
    "python", .textOrWord, "the program that runs it, or the folder of a virtual environment")
}

extension CommandDefinition {
  static let pluginInstall = CommandDefinition(
    CommandSignature(
      name: "plugin install", head: [Grammar.file.element],
      clauses: [Grammar.python.signature] + StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Install a plugin: a library, a program in Python, or a folder with one",
    details: """
      Of a folder all is copied into one of yours: vendored packages and data files too, but nothing hidden, and no link \
      that leads out of it; of a file in Python the modules and packages beside it. The folder is pinned as a whole by the \
      SHA-256 of each file, and what the plugin declares is shown, with the Python that runs it. What is changed or added \
      afterwards is refused until it is installed again. It runs in a process of its own, without network and without \
      writing anything.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard !session.settings.safe else { throw Failures.safeSession("installing plugins", command.span) }
    let name = command[Grammar.file].content
    let python = command[Grammar.python].map { session.path($0.content) }
    return try PluginAction.install(path: session.path(name), interpreter: python).carryOut(
      command, in: session)
  }
}
