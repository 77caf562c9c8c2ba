import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let text = Argument("text", .text)
}

extension CommandDefinition {
  static let fail = CommandDefinition(
    CommandSignature(name: "fail", head: [Grammar.text.element]), group: .scripting, effect: .reads,
    summary: "End with an error",
    details: "As any command that fails: nothing of a script is kept, and the exit status is 1.",
    examples: [
      Example(
        #"fail "no figures for this year""#,
        gives: #"""
          <input>:1:1: error: no figures for this year
          fail "no figures for this year"
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
          """#)
    ]
  ) { (command, _) throws(Failure) in
    throw Failure(code: "failed", command[Grammar.text].content, at: command.span)
  }
}
