import CommandLanguage

/// What it is written with.
private enum Grammar {
  static let analysis = Argument("analysis", .word)
}

extension CommandDefinition {
  static let aboutAnalysis = CommandDefinition(
    CommandSignature(name: "about", head: [Grammar.analysis.element]),
    group: .analysing, effect: .reads, summary: "Tell what an analysis computes, and what it does not say",
    details:
      "Its definition, formulas, the papers that it follows, published answers that it gives, and what its numbers are no answer to. `help NAME` has its parameters.",
    examples: []
  ) { (command, session) throws(Failure) in
    let word = command[Grammar.analysis]
    let analyses = session.analyses?.analyses ?? []
    guard let found = analyses.first(where: { $0.signature.name == word.content }) else {
      throw Failures.unknownAnalysis(word, among: analyses.map(\.signature.name))
    }
    return .text(found.about ?? found.summary + ".")
  }
}
