import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let plugin = Argument("plugin", .textOrWord)
  static let command = Argument("command", .text)
  static let tool = Clause(
    "with", .choice(["gdb", "valgrind"]), "the debugger; the one that is there unless told")
}

extension CommandDefinition {
  static let pluginDebug = CommandDefinition(
    CommandSignature(
      name: "plugin debug", head: [Grammar.plugin.element, Grammar.command.element],
      clauses: [Grammar.tool.signature] + StandardClauses.output),
    group: .analysing, effect: .reads,
    summary: "Run a command of a plugin of yours under gdb or valgrind",
    details: """
      By its name, or by the path of a file or a project; the command is one of its analyses, in quotes. The plugin runs in \
      a process of its own, without a deadline and with nothing that holds it back: debug only what you wrote or trust. At \
      a terminal gdb waits for what you type (`break NAME`, `run`); elsewhere it runs the command and tells where it \
      crashed.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard !session.settings.safe else { throw Failures.safeSession("other programs", command.span) }
    let action = PluginAction.debug(
      command[Grammar.plugin].content, command: command[Grammar.command].content,
      tool: command[Grammar.tool]?.content)
    return try action.carryOut(command, in: session)
  }
}
