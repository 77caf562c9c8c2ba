import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// The words of what commands refuse, in one place, sorted by code.
enum Failures {
  static func amountWithoutCurrency(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "amount-without-currency", "\(property) is money, and this number has no currency",
      help: "write its code in front, as in USD 8.5bn", at: span)
  }
  static func badDate(_ problem: DateProblem, _ span: Span) -> Failure {
    Failure(code: problem.code, problem.message, help: problem.help, at: span)
  }
  static func badNumber(_ text: String, _ span: Span) -> Failure {
    Failure(
      code: "bad-number", "\(text) is not a number that can be kept exactly", help: "at most 18 digits",
      at: span)
  }
  static func beginWithoutEnd(_ span: Span) -> Failure {
    Failure(
      code: "begin-without-end", "this begin has neither a commit nor a rollback",
      help: "a script is one transaction already; end this part of it with commit or rollback", at: span)
  }
  static func boundOfRange(
    _ bound: ValueSyntax.Bound, _ number: ValueSyntax.Number, _ span: Span
  ) -> Failure {
    Failure(
      .refused, code: "bound-of-range", "\(bound.rawValue) bounds one number, and this is a range",
      help: "write the range alone, or \(bound.rawValue) with the end that is meant", at: span)
  }
  static func conflictFilter(_ span: Span?) -> Failure {
    Failure(
      code: "conflict-filter", "conflicts are narrowed by property = P, subject = KEY and kind = K",
      help: "use and between them: conflicts where property = share and kind = conflict", at: span)
  }
  static func distinctTakesTwo(_ span: Span) -> Failure {
    Failure(
      code: "distinct-takes-two", "distinct takes two names", help: "distinct KEY, KEY because \"…\"",
      at: span)
  }
  static func exitStatus(_ word: Word) -> Failure {
    Failure(
      code: "exit-status", "\(word.content) is no exit status", help: "write a number from 0 to 255",
      at: word.span)
  }
  static func graphOfEntities(_ span: Span) -> Failure {
    Failure(
      code: "graph-of-entities", "a graph is made of entities",
      help: "export \"FILE\" { list initiatives where … }", at: span)
  }
  static func knownTwice(_ keyword: String, _ span: Span) -> Failure {
    Failure(
      code: "known-twice", "known D is on D and published by D, so \(keyword) says it a second time",
      help: "leave known out and give on and published by their dates", at: span)
  }
  static func lineCount(_ word: Word) -> Failure {
    Failure(
      code: "line-count", "\(word.content) is no number of lines",
      help: ".lines 1 cuts each cell to a line; .lines 12 is usual", at: word.span)
  }
  static func missingParameter(_ name: String, _ span: Span) -> Failure {
    Failure(.command, [.missingParameter(name, span)])
  }
  static func missingProperty(_ span: Span) -> Failure {
    Failure(code: "missing-property", "which property?", help: "write KEY.property", at: span)
  }
  static func missingSource(_ part: Word, _ span: Span) -> Failure {
    Failure(
      code: "missing-source",
      part.content == EvidenceClauses.quote.keyword
        ? "a quote needs its source" : "\(part.content) says something of a source, and none is cited",
      help: "add citing SOURCE, or put it in citing SOURCE { … }",
      at: span)
  }
  static func noMoney(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "no-money", "\(property) is no money", help: "total commitments, or total TYPE of PROPERTY",
      at: span)
  }
  static func noRate(_ currency: String, _ target: Word) -> Failure {
    Failure(
      .refused, code: "no-rate", "no rate says what \(currency) is in \(target.content)",
      help:
        "claim \(currency).rate = \(target.content) N on DATE citing SOURCE quote \"…\" (add currency \(currency) makes it known)",
      at: target.span)
  }
  static func noTable(_ command: CommandSyntax) -> Failure {
    Failure(
      code: "no-table", "\(command.name.content) has no table", help: "dump \"FILE\" writes text",
      at: command.span)
  }
  static func nothingStated(_ path: PathSyntax) -> Failure {
    Failure(
      code: "nothing-stated", "nothing is stated there", help: "show \(path.name.text) lists what is",
      at: path.span)
  }
  static func nothingToRedo(_ span: Span) -> Failure {
    Failure(
      code: "nothing-to-redo", "there is nothing to redo", help: "redo brings back what undo took away",
      at: span)
  }
  static func nothingToUndo(_ span: Span) -> Failure {
    Failure(
      code: "nothing-to-undo", "there is nothing to undo", help: "list transactions shows what was done",
      at: span)
  }
  static func notUndone(_ id: TransactionID, _ span: Span) -> Failure {
    Failure(code: "not-undone", "\(id) is not undone", help: "list transactions shows what is", at: span)
  }
  static func whyListOfPath(_ span: Span) -> Failure {
    Failure(
      code: "why-list-of-path", "why list tells by what entities are found",
      help: "why KEY.property tells who says the values of a property", at: span)
  }
  static func whyListWithoutCondition(_ type: String, _ span: Span) -> Failure {
    Failure(
      code: "why-list-without-condition", "without a condition every one of the \(type) is listed",
      help: "why list \(type) where PROPERTY = VALUE tells by what those are found", at: span)
  }
  static func qualifiersOfNothing(_ span: Span?) -> Failure {
    Failure(
      code: "qualifiers-of-nothing", "a key and a type have no qualifiers",
      help: "brackets stand behind a property of which something is said: share[mineral gallium] > 50%",
      at: span)
  }
  static func oneSourceBetween(_ span: Span?) -> Failure {
    Failure(
      code: "one-source", "between compares two sources or more",
      help: "conflicts between a, b; according to SOURCE shows what one says", at: span)
  }
  static func oneValue(_ span: Span) -> Failure {
    Failure(
      code: "one-value", "a statement has one value, and here stands another",
      help: "correct the one, and claim the other", at: span)
  }
  static func onlySeed(_ id: TransactionID, _ span: Span) -> Failure {
    Failure(
      code: "only-seed", "there is nothing to undo but the Seed, with which the registry began",
      help: "undo \(id) takes back all of it", at: span)
  }
  static func periodWords(_ words: [String], _ span: Span) -> Failure {
    Failure(
      .command, code: "period-words", "\(words.joined(separator: " and ")) do not make one period",
      help: "write from D until E, from D through E, from D still on E, on D or within D..E, each word once",
      at: span)
  }
  static func periodReversed(_ span: Span) -> Failure {
    Failure(
      .refused, code: "period-reversed", "this period ends before it starts",
      help: "look at its two dates; from comes first", at: span)
  }
  static func rangeReversed(_ span: Span) -> Failure {
    Failure(
      .refused, code: "range-reversed", "this range ends below its start",
      help: "write the lower number first, as in 47..87%", at: span)
  }
  static func readOnlySession(_ name: Word) -> Failure {
    Failure(
      .refused, code: "read-only-session", "\(name.content) writes, and this session only reads",
      help: "start without --read-only", at: name.span)
  }
  static func runsOne(_ span: Span) -> Failure {
    Failure(code: "runs-one", "run takes one analysis", help: "run overlap forge, pax-silica", at: span)
  }
  static func safeSession(_ what: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "safe-session", "\(what) is off in this session", help: "start without --safe", at: span
    )
  }
  static func sessionWordMissing(_ what: String, _ name: Word) -> Failure {
    Failure(
      code: "missing-argument", "\(name.content) wants \(withArticle(what))",
      help: "help \(name.content) shows how",
      at: name.span
    )
  }
  static func sessionWordTooMuch(_ word: Word, _ name: Word, takes count: Int) -> Failure {
    Failure(
      code: "unread-clause",
      "\(name.content) takes \(count == 0 ? "nothing" : "one word"), and \(word.content) stands behind it",
      help: count == 0 ? "leave it out" : "leave it out, or put quotes around a text with blanks",
      at: word.span)
  }
  static func severalTouched(_ path: PathSyntax, _ listed: [String]) -> Failure {
    let shown = 8
    let more = listed.count > shown ? ", and \(listed.count - shown) more" : ""
    return Failure(
      .refused, code: "several-statements", "\(listed.count) statements fit, and only one can be meant",
      help: "name one by its id: " + listed.prefix(shown).joined(separator: ", ") + more, at: path.span)
  }
  static func unreadClause(_ part: Word, _ command: Word) -> Failure {
    Failure(
      code: "unread-clause", "\(part.content) has no meaning here for \(command.content)",
      help: "leave it out; help \(command.content) says what each clause is for", at: part.span)
  }
  static func givenAndTaken(_ without: String, _ span: Span) -> Failure {
    Failure(
      code: "given-and-taken", "what is given is taken away at once: \(without)",
      help: "leave one of the two out", at: span)
  }
  static func wordOfOtherType(
    _ word: String, _ key: Key, _ other: TypeDefinition, _ span: Span
  ) -> Failure {
    Failure(
      .refused, code: "word-of-other-type",
      "\(word) means the type \(other.key) already, whose plural is \(other.plural)",
      help: word == key.text
        ? "name the type otherwise" : "give it another one: define type \(key) plural WORD",
      at: span)
  }
  static func aliasInAndCiting(_ span: Span) -> Failure {
    Failure(
      code: "in-and-citing", "the name counts in one source, or everywhere",
      help: "in SOURCE counts where that is cited; citing SOURCE says who uses a name that counts everywhere",
      at: span)
  }
  /// What stands in several lines elsewhere: help is one.
  private static func inOneLine(_ words: String) -> String {
    words.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }.joined(separator: "; ")
  }
  static func unnamedReversal(
    _ reversal: Reversal, _ words: String, _ id: TransactionID, _ span: Span
  ) -> Failure {
    Failure(
      .refused, code: "unnamed-transaction", "in a script, \(reversal) names its transaction",
      help: "\(reversal) \(id) \(reversal.does) \(inOneLine(words))", at: span)
  }
  static func nothingOfYours(
    _ reversal: Reversal, _ words: String, _ id: TransactionID, _ span: Span
  ) -> Failure {
    Failure(
      .refused, code: "nothing-of-yours", "there is nothing of yours to \(reversal)",
      help: "what others recorded is named: \(reversal) \(id) \(reversal.does) \(inOneLine(words))", at: span)
  }
  static func undoOfOpen(_ span: Span) -> Failure {
    Failure(
      code: "undo-of-open", "what was done last is in the transaction that is open",
      help: "rollback drops it; undo tN takes back one that is committed", at: span)
  }
  static func whichCitation(_ count: Int, _ span: Span) -> Failure {
    Failure(
      code: "which-citation",
      count == 0 ? "the statement has no such citation" : "the statement has \(count) citations",
      help: "say which with citing SOURCE", at: span)
  }
  static func didYouMean(_ names: [String]) -> String? {
    guard let first = names.first else { return nil }
    return names.count == 1
      ? "did you mean \(first)?"
      : "did you mean \(names.prefix(3).dropLast().joined(separator: ", ")) or \(names.prefix(3).last ?? first)?"
  }
  static func quotedIfNeeded(_ text: String) -> String {
    if Key.isWellFormed(text) { return text }
    return text.count > 80 ? "\"\(text.prefix(80))…\"" : "\"\(text)\""
  }
  /// `an agreement`, `a mineral`, `a union`.
  static func withArticle(_ word: String) -> String {
    let soundsLikeYou = ["uni", "use", "eu"].contains { word.hasPrefix($0) }
    let isVowel = word.first.map { "aeiou".contains($0) } == true
    return (isVowel && !soundsLikeYou ? "an " : "a ") + word
  }
}
