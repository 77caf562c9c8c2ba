import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .path)
}

extension CommandDefinition {
  static let prefer = CommandDefinition(
    CommandSignature(
      name: "prefer", head: [Grammar.what.element], clauses: [StandardClauses.because.signature]),
    group: .judging, effect: .writes, summary: "Rank a statement above its rivals",
    details: """
      A judgement of yours, kept with its reason: it outranks what the sources' reliability would choose. Of what some \
      sources claim and others deny it means the claim.
      """,
    examples: [
      Example(
        #"prefer forge.chair because "the issuer's own text""#,
        gives: #"-- t3: preferred forge.chair = KOR through 2026-06"#,
        onSeed: #"prefer forge.launched because "the issuer's own text""#),
      Example(
        "prefer CHN.share",
        gives: #"""
          <input>:1:8: error: 2 statements fit, and only one can be meant
          prefer CHN.share
                 ^~~~~~~~~
          help: name one by its id: @d3ev6p (CHN.share = about 60% mineral rare-earths, stage mining, year 2024), @3hvj6n (CHN.share = 62% mineral rare-earths, stage mining, year 2024)
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.what]
    let record = try session.interpreter.statementReader.oneStatement(path)
    try session.recorder.apply(.rank(record.id, .preferred, reason: command.reason), path.span)
    return .message("preferred \(LanguageText.told(record.statement))")
  }
}
