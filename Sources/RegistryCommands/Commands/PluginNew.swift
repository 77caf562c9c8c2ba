import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let name = Argument("name", .word)
  static let language = Clause(
    "language", .choice(PluginAction.languages), "what it is written in; swift unless told")
  static let folder = Clause(
    "in", .textOrWord, "the folder to write it to; a new one of its name unless told")
}

extension CommandDefinition {
  static let pluginNew = CommandDefinition(
    CommandSignature(
      name: "plugin new", head: [Grammar.name.element],
      clauses: [Grammar.language.signature, Grammar.folder.signature]),
    group: .analysing, effect: .reads, summary: "Write a project for a plugin of your own",
    details: """
      The project has an analysis that works, everything that it needs to be built, and a README with the commands. \
      Build it, then `plugin test FOLDER` runs its examples, and `plugin install FOLDER` installs it.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard !session.settings.safe else { throw Failures.safeSession("writing files", command.span) }
    let name = command[Grammar.name].content
    let language = command[Grammar.language]?.content ?? "swift"
    let folder = command[Grammar.folder]?.content ?? name
    return try PluginAction.new(name: name, language: language, folder: session.path(folder)).carryOut(
      command, in: session)
  }
}
