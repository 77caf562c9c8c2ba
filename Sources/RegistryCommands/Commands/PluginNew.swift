import CommandLanguage

extension CommandDefinition {
  static let pluginNew = CommandDefinition(
    CommandSignature(
      name: "plugin new", head: [.argument("name", .word)],
      clauses: [
        ClauseSignature(
          "language", .choice(PluginAction.languages), "what it is written in; swift unless told"),
        ClauseSignature("in", .textOrWord, "the folder to write it to; a new one of its name unless told"),
      ]),
    group: .analysing, effect: .reads, summary: "Write a project for a plugin of your own",
    details: """
      The project has an analysis that works, everything that it needs to be built, and a README with the commands. \
      Build it, then `plugin test FOLDER` runs its examples, and `plugin install FOLDER` installs it.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard !session.settings.safe else { throw Failures.safeSession("writing files", command.span) }
    guard let name = command.argumentText("name") else { throw Failures.missingSource(command.span) }
    var language = "swift"
    if case .word(let word)? = command.clause("language")?.argument { language = word.content }
    var folder = name
    switch command.clause("in")?.argument {
    case .text(let word)?, .word(let word)?: folder = word.content
    default: break
    }
    return try session.manage(.new(name: name, language: language, folder: session.path(folder)), command)
  }
}

extension CommandSyntax {
  /// A text or word of the head.
  func argumentText(_ name: String) -> String? {
    switch arguments[name] {
    case .text(let word)?, .word(let word)?: word.content
    default: nil
    }
  }
}
