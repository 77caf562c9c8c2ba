import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let prefer = CommandDefinition(
    CommandSignature(name: "prefer", head: [.argument("what", .path)], clauses: [StandardClauses.because]),
    group: .judging, effect: .writes, summary: "Rank a statement above its rivals",
    details:
      "A judgement of yours, kept with its reason: it outranks what the sources' reliability would choose.",
    examples: [
      Example(
        #"prefer forge.chair because "the issuer's own text""#,
        gives: #"-- t3: preferred forge.chair = KOR through 2026-06"#)
    ]
  ) { (command, session) throws(Failure) in
    guard case .path(let path)? = command.arguments["what"] else {
      throw Failures.missingProperty(command.span)
    }
    let record = try session.oneStatement(path)
    var reason: String?
    if case .text(let word)? = command.clause("because")?.argument { reason = word.content }
    try session.apply(.rank(record.id, .preferred, reason: reason), path.span)
    return .message("preferred \(session.describe(record.statement))")
  }
}
