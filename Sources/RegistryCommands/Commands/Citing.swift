import CommandLanguage
import RegistryModel

/// What it is written with.
private enum Grammar {
  static let source = Argument("source", .name)
  static let with = Clause("with", .qualifiers, "qualifiers for every statement between the braces")
}

extension CommandDefinition {
  static let citing = CommandDefinition(
    CommandSignature(
      name: "citing", head: [Grammar.source.element],
      clauses: [EvidenceClauses.at.signature, EvidenceClauses.via.signature, Grammar.with.signature],
      block: .commands, requiresBlock: true),
    group: .writing, effect: .writes, summary: "Give one source to several commands",
    details: """
      Every claim between the braces cites the source; each still has its own quote. `via`, `at` and `with` count for \
      all of them unless one says otherwise.
      """,
    examples: [
      Example(
        #"citing courier via iea with stage refining; year 2024 { claim CHN.share = 91% mineral rare-earths quote "about 91 percent" }"#,
        gives: #"-- t2: claimed CHN.share = 91% mineral rare-earths, stage refining, year 2024"#,
        onSeed:
          #"citing clash via iea with stage refining; year 2024 { claim CHN.share = 91% mineral rare-earths quote "about 91 percent" }"#
      )
    ]
  ) { (command, session) throws(Failure) in
    session.evidence.append(try session.interpreter.frame(command))
    defer { session.evidence.removeLast() }
    var answer = Answer.nothing
    try session.runInBraces(command.commands ?? []) { answer.append($0) }
    return answer
  }
}

extension Interpreter {
  /// What `citing` gives to what stands between its braces.
  func frame(_ command: Invocation) throws(Failure) -> EvidenceFrame {
    let source = try source(command[Grammar.source])
    var frame = EvidenceFrame(
      source: source, locator: command[EvidenceClauses.at]?.content,
      via: command[EvidenceClauses.via]?.content,
      qualifiers: evidence?.qualifiers ?? [])
    if let syntax = command[Grammar.with] {
      frame.qualifiers += try qualifiers(
        syntax, try schema(at: command.span(of: Grammar.with)))
    }
    return frame
  }
}
