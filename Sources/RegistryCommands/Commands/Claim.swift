import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What `claim` and `deny` are written with, in a script and in a dump.
enum ClaimGrammar {
  static let target = Argument("target", .path)
  static let values = Argument("values", .values)
  static let head: [HeadElement] = [target.element, .literal("="), values.element]
}

extension CommandDefinition {
  static let claim = CommandDefinition(
    CommandSignature(
      name: "claim", head: ClaimGrammar.head,
      clauses: StandardClauses.claiming, takesQualifiers: true),
    group: .writing, effect: .writes, summary: "Record what a source says",
    details: """
      Adds a statement: subject, property, value, qualifiers, the period in which it holds, and the citation. A claim \
      never replaces another: two sources that disagree give two statements. Several values make one statement each; \
      behind `jointly` they are one value together, behind `only` a list that its source calls whole. `forecast` before \
      a value says that it is still to come. A word that is no keyword is a qualifier, with its value behind it.
      """,
    examples: [
      Example(
        #"claim forge.chair = KOR through 2026-06 citing courier quote "with South Korea chairing it through June""#,
        gives: #"-- t2: claimed forge.chair = KOR through 2026-06"#,
        onSeed:
          #"claim forge.chair = KOR through 2026-06 citing clash quote "with South Korea chairing it through June""#
      ),
      Example(
        #"claim CHN.share = 91% mineral rare-earths stage refining year 2024 citing courier via iea quote "about 91 percent""#,
        gives: #"-- t2: claimed CHN.share = 91% mineral rare-earths, stage refining, year 2024"#,
        onSeed:
          #"claim CHN.share = 91% mineral rare-earths stage refining year 2024 citing clash via iea quote "about 91 percent""#
      ),
      Example(
        #"claim us-japan.signatory = only USA, JPN on 2026-03-01 citing courier quote "the two signatories""#,
        gives: #"""
          -- t2: claimed us-japan.signatory = USA on 2026-03-01
          -- t2: claimed us-japan.signatory = JPN on 2026-03-01
          -- t2: claimed us-japan.signatory = none besides JPN, besides USA on 2026-03-01
          """#,
        onSeed:
          #"claim us-japan.signatory = only USA, JPN on 2026-03-01 citing clash quote "the two signatories""#),
    ]
  ) { (command, session) throws(Failure) in
    try session.recorder.assert(command, denies: false)
  }
}

extension CommandDefinition {
  static let deny = CommandDefinition(
    CommandSignature(
      name: "deny", head: ClaimGrammar.head,
      clauses: StandardClauses.claiming, takesQualifiers: true),
    group: .writing, effect: .writes, summary: "Record that a source says it is not so",
    details: """
      The statement and its denial stand side by side where another source claims it. What is not listed is not denied: \
      only a source's own denial is.
      """,
    examples: [
      Example(
        #"deny summit.output = joint-statement citing courier quote "No joint statement was issued""#,
        gives: #"-- t2: denied summit.output = "joint-statement""#,
        onSeed:
          #"deny jan12-meeting.output = "joint statement" citing allthenews quote "No joint statement was issued""#
      )
    ]
  ) { (command, session) throws(Failure) in
    try session.recorder.assert(command, denies: true)
  }
}

extension Recorder {
  /// `claim` and `deny`.
  func assert(_ command: Invocation, denies: Bool) throws(Failure) -> Answer {
    let path = command[ClaimGrammar.target]
    guard let word = path.properties.first, path.properties.count == 1 else {
      throw Failures.missingProperty(path.span)
    }
    let claim = ClaimSyntax(
      property: word, qualifiersInPath: path.qualifiers, values: command[ClaimGrammar.values], clauses: [],
      qualifiers: command.qualifiers, span: command.span)
    let recorder = try naming(command)
    let statements = try recorder.assert(
      claim, command, of: try recorder.entity(path.name), denies: denies, inherited: nil)
    return Answer(messages: statements.map { "\(denies ? "denied" : "claimed") \($0)" })
  }

  /// Records the statements of one claim and returns them in words.
  /// - Parameter clauses: those behind the values.
  func assert(
    _ claim: ClaimSyntax, _ clauses: ClauseReader, of subject: EntityRecord, denies: Bool,
    inherited: Citation?
  ) throws(Failure) -> [String] {
    let schema = try schema(at: claim.property.span)
    let definition = try property(claim.property, schema, isWritten: true)
    let own = try interpreter.citation(clauses, claim.span, stance: denies ? .denies : .claims)
    let citation = hasEvidence(clauses) ? own : inherited ?? own
    let validity = try interpreter.validity(clauses)
    var qualifiers = try interpreter.qualifiers(claim.qualifiersInPath + claim.qualifiers, schema)
    for qualifier in interpreter.evidence?.qualifiers ?? []
    where !qualifiers.contains(where: { $0.property == qualifier.property }) {
      qualifiers.append(qualifier)
    }
    let due = try clauses[StandardClauses.reviewBy].map { (word) throws(Failure) in try interpreter.date(word)
    }
    var words: [String] = []
    if denies, let group = claim.values.first?.group {
      throw Failures.groupDenied(group, claim.values[0].span)
    }
    for value in try interpreter.claimedValues(claim.values, for: definition) {
      var statement = Statement(
        subject: subject.key, property: definition.key, value: value.value,
        qualifiers: value.qualifiers.isEmpty ? qualifiers : qualifiers + value.qualifiers, validity: validity)
      statement.value.takeForecast(from: &statement.qualifiers)
      try test(statement, subject, schema, value.span)
      if !denies, definition.key == BuiltIn.name, subject.type != BuiltIn.source,
        case .text(let name) = statement.value
      {
        try maker.remarkShared(name, of: subject.key, value.span)
      }
      let outcome = try apply(denies ? .deny(statement, citation) : .claim(statement, citation), value.span)
      if let due { try apply(.review(.said(statement), by: due, reason: nil), value.span) }
      if interpreter.row == nil {
        words.append(LanguageText.told(statement) + (outcome.changed ? "" : " (already so)"))
      }
    }
    return words
  }

  /// Whether a claim brings evidence of its own; one that does not stands on that of the `add` around it.
  func hasEvidence(_ clauses: ClauseReader) -> Bool {
    !clauses.keywords(among: EvidenceClauses.keywords).isEmpty
  }

  /// Refuses what breaks the schema.
  private func test(_ statement: Statement, _ subject: EntityRecord, _ schema: Schema, _ span: Span)
    throws(Failure)
  {
    if let violation = try interpreter.violation(of: statement, type: subject.type, schema, span) {
      throw Failures.rule(violation, schema, span)
    }
  }
}
