import CommandLanguage

extension CommandDefinition {
  static let stop = CommandDefinition(
    CommandSignature(name: "stop"), group: .scripting, effect: .reads, summary: "End a script here",
    details: """
      What it did so far is kept, and it has not failed; a script that read it goes on. `.exit N` ends the program.
      """,
    examples: [Example("stop", gives: #""#)]
  ) { (_, session) throws(Failure) in
    session.stopText()
    return .nothing
  }
}
