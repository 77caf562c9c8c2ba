import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let text = Argument("text", .text)
}

extension CommandDefinition {
  static let say = CommandDefinition(
    CommandSignature(name: "say", head: [Grammar.text.element]), group: .scripting, effect: .reads,
    summary: "Write a line", details: "It goes where results go.",
    examples: [Example(#"say "nothing new""#, gives: #"nothing new"#)]
  ) { (command, _) throws(Failure) in .text(command[Grammar.text].content) }
}
