import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .path)
  static let to = Clause("to", .values, "the right value")
}

extension CommandDefinition {
  static let correct = CommandDefinition(
    CommandSignature(
      name: "correct", head: [Grammar.what.element],
      clauses: [
        Grammar.to.signature,
        EvidenceClauses.citing.meaning("the citation that is corrected, where there are several").signature,
      ] + EvidenceClauses.ofCitation + [StandardClauses.because.signature]),
    group: .writing, effect: .writes, summary: "Put right what was copied wrongly",
    details: """
      For errors of ours, not of the source: the wrong statement or citation is withdrawn and the right one recorded in \
      one transaction. `to` puts the value right; `quote`, `at`, `via`, `said` and `inferred because` the citation. \
      With `citing` and `to`, what other sources say stays as it is. \
      Where several statements fit, they are listed and nothing is done.
      """,
    examples: [
      Example(
        #"correct forge.chair quote "South Korea chairing it through June" because "typing error""#,
        gives: #"-- t3: corrected the citation of forge.chair = KOR through 2026-06"#,
        onSeed: #"correct forge.launched quote "launched on 4 February 2026" because "typing error""#),
      Example(
        #"correct us-japan.signatory to KOR"#,
        gives: #"""
          <input>:1:9: error: 2 statements fit, and only one can be meant
          correct us-japan.signatory to KOR
                  ^~~~~~~~~~~~~~~~~~
          help: name one by its id: @909da3 (us-japan.signatory = JPN from 2025-10-28), @4szz7t (us-japan.signatory = USA from 2025-10-28)
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.what]
    let record = try session.recorder.statementReader.oneStatement(path)
    if let values = command[Grammar.to], let value = values.first {
      guard values.count == 1 else { throw Failures.oneValue(values[1].span) }
      return try session.recorder.correct(record, to: value, command)
    }
    return try session.recorder.correctCitation(record, command)
  }
}

extension Recorder {
  fileprivate func correct(
    _ record: StatementRecord, to syntax: ValueSyntax, _ command: Invocation
  ) throws(Failure) -> Answer {
    let schema = try schema(at: syntax.span)
    guard let definition = schema.properties[record.statement.property] else {
      throw Failures.noSuchProperty(record.statement.property.text, near: [], syntax.span)
    }
    if let group = syntax.group { throw Failures.groupNotHere(group, syntax.span) }
    let right = try interpreter.claimedValue(syntax, for: definition)
    var statement = record.statement
    statement.value = right.value
    statement.qualifiers.removeAll { $0 == Interpreter.forecastQualifier }
    statement = Statement(
      subject: statement.subject, property: statement.property, value: statement.value,
      qualifiers: statement.qualifiers + right.qualifiers, validity: statement.validity)
    let companions = try statementReader.companions(of: record, syntax.span)
    // Evidence that is corrected in the same breath belongs to one citation; the others go along as they are.
    let old = hasEvidence(command) ? try citationToCorrect(record, command) : nil
    let source: Key? = if let name = command[EvidenceClauses.citing] { try self.source(name) } else { nil }
    // With `citing`, what others say stays as it is.
    func isOfSource(_ citation: Citation) -> Bool { source == nil || citation.source == source }
    func isMeant(_ citation: Citation) -> Bool {
      source == nil || old == nil ? isOfSource(citation) : citation == old
    }
    guard source == nil || record.citations.contains(where: isOfSource) else {
      throw Failures.whichCitation(0, command.span)
    }
    try replace(record, with: statement, syntax.span, isMeant) { $0 == old ? corrected($0, command) : $0 }
    var messages = ["corrected \(LanguageText.told(record.statement)) to \(LanguageText.told(statement))"]
    let sources = Set(record.citations.filter(isMeant).map(\.source)).sorted()
    if sources.count > 1 {
      let all = sources.map(\.text).joined(separator: ", ")
      messages.append("with it, what all of its sources say (\(all)): citing NAME corrects one")
    }
    // What names the value as its companion names the right one.
    for companion in companions {
      let other = companion.statement
      let qualifiers = other.qualifiers.map { qualifier in
        other.companions.contains(qualifier) && qualifier.value == record.statement.value
          ? Qualifier(qualifier.property, statement.value) : qualifier
      }
      let corrected = Statement(
        subject: other.subject, property: other.property, value: other.value, qualifiers: qualifiers,
        validity: other.validity)
      guard source == nil || companion.citations.contains(where: isOfSource) else { continue }
      try replace(companion, with: corrected, syntax.span, isOfSource) { $0 }
      messages.append("corrected \(LanguageText.told(other)) to \(LanguageText.told(corrected))")
    }
    return Answer(messages: messages)
  }

  /// Records another statement with the citations that are meant in place of one, which stays with the others.
  private func replace(
    _ record: StatementRecord, with statement: Statement, _ span: Span, _ isMeant: (Citation) -> Bool,
    _ citation: (Citation) -> Citation
  ) throws(Failure) {
    let moved = record.citations.filter(isMeant)
    if moved.count == record.citations.count {
      try apply(.withdraw(record.id), span)
    } else {
      for citation in moved { try apply(.withdrawCitation(record.id, citation), span) }
    }
    if moved.isEmpty { try apply(.claim(statement, nil), span) }
    for citation in moved.map(citation) {
      try apply(citation.stance == .denies ? .deny(statement, citation) : .claim(statement, citation), span)
    }
  }

  fileprivate func correctCitation(
    _ record: StatementRecord, _ command: Invocation
  ) throws(Failure) -> Answer {
    let old = try citationToCorrect(record, command)
    let new = corrected(old, command)
    try apply(.withdrawCitation(record.id, old), command.span)
    try apply(.cite(record.id, new), command.span)
    return .message("corrected the citation of \(LanguageText.told(record.statement))")
  }

  /// The one citation of a statement, or the one of the source that `citing` names.
  private func citationToCorrect(
    _ record: StatementRecord, _ command: Invocation
  ) throws(Failure) -> Citation {
    var candidates = record.citations
    if let name = command[EvidenceClauses.citing] {
      let key = try source(name)
      candidates = candidates.filter { $0.source == key }
    }
    guard let citation = candidates.first, candidates.count == 1 else {
      throw Failures.whichCitation(candidates.count, command.span)
    }
    return citation
  }

  private func corrected(_ citation: Citation, _ command: Invocation) -> Citation {
    var citation = citation
    if let word = command[EvidenceClauses.quote] { citation.quote = word.content }
    if let word = command[EvidenceClauses.at] { citation.locator = word.content }
    if let word = command[EvidenceClauses.via] { citation.via = word.content }
    if let word = command[EvidenceClauses.said] { citation.said = word.content }
    if let word = command[EvidenceClauses.inferred] { citation.inferred = word.content }
    return citation
  }
}
