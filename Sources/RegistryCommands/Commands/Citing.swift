import CommandLanguage
import RegistryModel

extension CommandDefinition {
  static let citing = CommandDefinition(
    CommandSignature(
      name: "citing", head: [.argument("source", .name)],
      clauses: [
        ClauseSignature("at", .textOrWord, "the place in the source"),
        ClauseSignature("via", .textOrWord, "the speaker or originator inside the source"),
        ClauseSignature("with", .qualifiers, "qualifiers for every statement between the braces"),
      ], block: .commands, requiresBlock: true),
    group: .writing, effect: .writes, summary: "Give one source to several commands",
    details: """
      Every claim between the braces cites the source; each still has its own quote. `via`, `at` and `with` count for \
      all of them unless one says otherwise.
      """,
    examples: [
      Example(
        #"citing courier via iea with stage refining; year 2024 { claim CHN.share = 91% mineral rare-earths quote "about 91 percent" }"#,
        gives: #"-- t2: claimed CHN.share = 91% mineral rare-earths, stage refining, year 2024"#)
    ]
  ) { (command, session) throws(Failure) in
    guard case .name(let name)? = command.arguments["source"],
      case .commands(let commands, _)? = command.block
    else {
      throw Failures.missingSource(command.span)
    }
    let source = try session.source(name)
    var frame = EvidenceFrame(
      source: source, locator: nil, via: nil, qualifiers: session.evidence.last?.qualifiers ?? [])
    for clause in command.clauses {
      switch (clause.keyword.content, clause.argument) {
      case ("at", .text(let word)): frame.locator = word.content
      case ("via", .text(let word)): frame.via = word.content
      case ("with", .qualifiers(let syntax)):
        frame.qualifiers += try session.qualifiers(syntax, try session.schema(at: clause.span))
      default: break
      }
    }
    session.evidence.append(frame)
    defer { session.evidence.removeLast() }
    var answer = Answer.nothing
    try session.run(commands) { answer.append($0) }
    return answer
  }
}
