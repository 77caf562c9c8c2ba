import CommandLanguage

/// Reading texts as commands. Looking for plugins takes longer than most answers, so it waits for a word that is no
/// command of Entente itself.
extension Session {
  /// All commands, the analyses of plugins among them, which are looked for now.
  public var commands: CommandTable {
    if let foundCommands { return foundCommands }
    let found = CommandTable(adding: analyses?.analyses ?? [])
    foundCommands = found
    return found
  }

  /// The command of a name; plugins are looked for only where Entente itself has none.
  func command(named name: String) -> CommandDefinition? { CommandTable.own[name] ?? commands[name] }

  /// Whether a word is a command.
  func isCommand(_ word: String) -> Bool { command(named: word) != nil }

  /// Reads a text.
  func parsed(_ text: String, parameters: Set<String>? = nil) -> SourceTree {
    if foundCommands == nil {
      let tree = SourceTree(parsing: text, signatures: CommandTable.own.signatures, parameters: parameters)
      guard tree.diagnostics.contains(where: { $0.code == "unknown-command" }) else { return tree }
    }
    return SourceTree(parsing: text, signatures: commands.signatures, parameters: parameters)
  }
}
