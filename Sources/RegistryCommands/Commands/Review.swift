import CommandLanguage
import RegistryModel
import RegistryStore

/// What they are written with.
private enum Grammar {
  static let what = Argument("what", .path)
  static let by = Clause("by", .date, "the last day on which it is good")
  static let property = Argument("property", .word)
  static let after = Clause(
    "after", .text, "for how long a fact is good behind its last evidence: \"6 months\"")
  static let noLonger = Flag("no longer", "take back what was said of that")
}

extension CommandDefinition {
  static let review = CommandDefinition(
    CommandSignature(
      name: "review", head: [Grammar.what.element],
      clauses: [Grammar.by.signature, Grammar.noLonger.signature, StandardClauses.because.signature]),
    group: .judging, effect: .writes, summary: "Say by when a statement is to be looked at again",
    details: """
      A judgement of yours, kept with its reason, that changes no answer: `check stale` lists what is past its date, `why` \
      shows it. Another date takes its place, `no longer` takes it back. A claim may bring its own, with `review by`; \
      `review property` says for all that is said of a property how long it is good.
      """,
    examples: [
      Example(
        #"review forge.chair by 2026-06-30 because "the chair changes then""#,
        gives: #"-- t3: forge.chair = KOR through 2026-06 is to be looked at again by 2026-06-30"#,
        onSeed: #"review forge.launched by 2026-06-30 because "the day may be corrected""#)
    ]
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.what]
    let isTakenBack = command[Grammar.noLonger]
    let due = try command[Grammar.by].map { (word) throws(Failure) in try session.interpreter.date(word) }
    if isTakenBack, let span = command.span(of: Grammar.by) { throw Failures.reviewByAndNever(span) }
    guard isTakenBack || due != nil else { throw Failures.reviewNeedsDate(command.span) }
    let record = try session.interpreter.statementReader.oneStatement(path)
    try session.recorder.apply(.review(.id(record.id), by: due, reason: command.reason), path.span)
    let told = LanguageText.told(record.statement)
    return .message(
      due.map { "\(told) is to be looked at again by \($0.edtf)" }
        ?? "\(told) has no date of its own to be looked at")
  }

  static let reviewProperty = CommandDefinition(
    CommandSignature(
      name: "review property", head: [Grammar.property.element],
      clauses: [Grammar.after.signature, Grammar.noLonger.signature]),
    group: .schema, effect: .writes, summary: "Say how long what is said of a property is good",
    details: """
      The rest of its definition stays. A fact is good for so long behind the newest date that one of its sources has, or \
      behind the day on which it was recorded where none has one. `define property` takes it too, as `review "6 months"`; \
      properties that narrow this one follow it unless they have their own.
      """,
    examples: [
      Example(
        #"review property chair after "6 months""#,
        gives: #"-- t2: what is said of chair is good for 6 months"#)
    ]
  ) { (command, session) throws(Failure) in
    let word = command[Grammar.property]
    let interpreter = session.interpreter
    var definition = try interpreter.property(word, try interpreter.names.context.schema(at: word.span))
    guard !BuiltIn.properties.contains(where: { $0.key == definition.key }) else {
      throw Failures.builtIn("the property \(definition.key)", word.span)
    }
    let period = try command[Grammar.after].map { (text) throws(Failure) in try ReviewPeriod(text)
    }
    let isTakenBack = command[Grammar.noLonger]
    if isTakenBack, let span = command.span(of: Grammar.after) { throw Failures.reviewByAndNever(span) }
    guard isTakenBack || period != nil else { throw Failures.reviewNeedsPeriod(definition.key, command.span) }
    definition.review = period
    try session.recorder.apply(.defineProperty(definition), word.span)
    return .message(
      "what is said of \(definition.key) "
        + (period.map { "is good for \($0)" } ?? "is not looked at for its age"))
  }
}

extension ReviewPeriod {
  /// `6 months`.
  init(_ text: Word) throws(Failure) {
    guard let period = ReviewPeriod(text.content) else { throw Failures.noReviewPeriod(text) }
    self = period
  }
}
