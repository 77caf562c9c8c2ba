import CommandLanguage
import Glibc
import RegistryModel
import RegistryRules
import RegistryStore

/// The words of what commands refuse, in one place, sorted by code.
enum Failures {
  static func ambiguousName(_ name: String, _ choices: [EntityRecord], _ span: Span) -> Failure {
    let list = choices.prefix(5).map { "\(LanguageText.name($0.key)) (\($0.name))" }.joined(separator: ", ")
    return Failure(
      code: "ambiguous-name", "\"\(name)\" means more than one thing", help: "say which by its key: \(list)",
      at: span)
  }
  static func ambiguousStatement(_ text: String, _ records: [StatementRecord], _ span: Span) -> Failure {
    let list = records.prefix(5).map { "@" + $0.id.digest.prefix(text.count + 3) }.joined(separator: ", ")
    return Failure(
      code: "ambiguous-statement", "@\(text) begins more than one statement's id", help: "one of \(list)",
      at: span)
  }
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
  static func badLine(_ problem: Diagnostic, _ path: String, _ line: Int, _ span: Span) -> Failure {
    Failure(
      .refused, code: problem.code, "\(path):\(line): \(problem.message)",
      help: problem.help ?? "a dump is loaded as it was written", at: span)
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
  static func breaksRecorded(_ property: Key, _ statements: [String], _ span: Span) -> Failure {
    let count = statements.count == 1 ? "a statement is" : "\(statements.count) statements are"
    return Failure(
      .refused, code: "breaks-recorded", "\(count) recorded that this definition of \(property) would refuse",
      help: "retract first, or define another property: " + statements.prefix(3).joined(separator: "; "),
      at: span)
  }
  static func cannotRead(_ path: String, _ why: String, _ span: Span?) -> Failure {
    Failure(.storage, code: "cannot-read", "cannot read \(path): \(why)", help: "look at the path", at: span)
  }
  static func cannotRead(_ path: String, _ problem: FileProblem, _ span: Span?) -> Failure {
    Failure(
      .storage, code: "cannot-read", "cannot read \(path): \(problem.words)",
      help: problem.help ?? "look at the path", at: span)
  }
  /// - Parameter error: the system's `errno`.
  static func cannotWrite(_ path: String, _ error: Int32, _ span: Span?) -> Failure {
    Failure(
      .storage, code: "cannot-write", "cannot write \(path): \(String(cString: strerror(error)))",
      help: [ENOSPC, EDQUOT, EFBIG].contains(error)
        ? "make room there, or name a place where there is some; the registry is as it was"
        : "look at the folder and its permissions", at: span)
  }
  static func conflictFilter(_ span: Span?) -> Failure {
    Failure(
      code: "conflict-filter", "conflicts are narrowed by property = P, subject = KEY and kind = K",
      help: "use and between them: conflicts where property = share and kind = conflict", at: span)
  }
  static func differentTypes(_ one: EntityRecord, _ other: EntityRecord, _ span: Span) -> Failure {
    Failure(
      .refused, code: "different-types",
      "\(one.key) is a \(one.type) and \(other.key) a \(other.type): they cannot be one",
      help: "where a type is wrong, correct \(LanguageText.name(one.key)).type to \"TYPE\" first", at: span)
  }
  static func distinctTakesTwo(_ span: Span) -> Failure {
    Failure(
      code: "distinct-takes-two", "distinct takes two names", help: "distinct KEY, KEY because \"…\"",
      at: span)
  }
  static func editedID(_ cell: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-id", "\(quotedIfNeeded(cell)) are no ids of statements",
      help: "leave the columns of ids as they were exported", at: span)
  }
  static func editedIdentity(_ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-identity", "subject, property and qualifiers cannot be edited in a table",
      help: "empty the value to withdraw the statement, and claim the other one in the language", at: span)
  }
  static func editedKey(_ text: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-key", "there is nothing with the key \(quotedIfNeeded(text))",
      help: "add TYPE KEY \"Name\" makes a new entity; a row of the table edits one", at: span)
  }
  static func editedPeriod(_ text: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-period", "\(quotedIfNeeded(text)) is no period",
      help: "write it as in from 2025-12 until 2026-06, through 2026, on 2026-02-04, or leave it empty",
      at: span)
  }
  static func editedSeveral(_ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-several", "one row is one statement, and this one has several values",
      help: "give each a row of its own; a text with ; stands in quotes", at: span)
  }
  static func editedSince(_ id: StatementID, _ words: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-since", "\(words) does not stand any more (\(id.short))",
      help: "export the table again: the registry was changed since", at: span)
  }
  static func editedEvidence(_ words: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-evidence", "no such evidence stands for \(words)",
      help:
        "a table can edit value and when; correct @ID quote \"…\" edits evidence. If it is unedited, export it again: the registry was changed since",
      at: span)
  }
  static func emptyName(_ span: Span) -> Failure {
    Failure(
      .refused, code: "empty-name", "a name cannot be empty",
      help: "leave it out, or write what it is called",
      at: span)
  }
  static func exitStatus(_ word: Word) -> Failure {
    Failure(
      code: "exit-status", "\(word.content) is no exit status", help: "write a number from 0 to 255",
      at: word.span)
  }
  static func exportFormat(_ span: Span) -> Failure {
    Failure(
      code: "export-format", "which format?",
      help: "end the file's name in .csv, .tsv, .json, .jsonl, .md, .graphml or .ftm, or say as FORMAT",
      at: span)
  }
  static func exportsOne(_ span: Span) -> Failure {
    Failure(
      code: "exports-one", "export takes one command that reads",
      help: "export \"FILE\" { list initiatives }",
      at: span)
  }
  static func existsAlready(_ record: EntityRecord, _ span: Span) -> Failure {
    Failure(
      .refused, code: "exists-already", "\(record.key) is there already, a \(record.type)",
      help: "claim adds to it; choose another key for another thing", at: span)
  }
  static func fileExists(_ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "file-exists", "\(path) is there already",
      help: "name a new file; nothing is written over",
      at: span)
  }
  static func forecastInGroup(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      code: "forecast-in-group", "of the values behind \(group.rawValue), some are forecast and some are not",
      help: "write forecast \(group.rawValue) A, B where all are, and a claim of its own for the others",
      at: span)
  }
  static func forecastNotHere(_ span: Span) -> Failure {
    Failure(
      code: "forecast-not-here", "forecast says something of a statement, and here stands a value alone",
      help: "leave it out; only where a statement is claimed may it stand before any value", at: span)
  }
  static func groupDenied(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      code: "group-denied", "\(group.rawValue) claims, and this denies",
      help: "deny each value by itself: deny KEY.property = A, B", at: span)
  }
  static func groupNotHere(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      code: "group-not-here", "\(group.rawValue) stands before the values of a claim, and nowhere else",
      help: "retract what is wrong and claim it anew; a key called \(group.rawValue) stands in quotes",
      at: span)
  }
  static func groupOfUnknown(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      .refused, code: "group-of-unknown", "\(group.rawValue) wants things that have a key",
      help: "leave out unknown and none", at: span)
  }
  static func groupOfWords(_ group: ValueSyntax.Group, _ property: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "group-of-words",
      "\(group.rawValue) is for properties whose values are things, not for \(property)",
      help: "leave it out, and claim each value", at: span)
  }
  static func groupRepeats(_ group: ValueSyntax.Group, _ key: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "group-repeats", "\(key) stands behind \(group.rawValue) twice", help: "leave one out",
      at: span)
  }
  static func jointlyAlone(_ span: Span) -> Failure {
    Failure(
      .refused, code: "jointly-alone", "jointly wants two values or more",
      help: "leave it out, or name with whom: jointly A, B", at: span)
  }
  static func graphOfEntities(_ span: Span) -> Failure {
    Failure(
      code: "graph-of-entities", "a graph is made of entities",
      help: "export \"FILE\" { list initiatives where … }", at: span)
  }
  static func historyNeedsLoad(_ span: Span) -> Failure {
    Failure(
      code: "history-needs-load", "a dump with history has transactions of its own",
      help: "load \"FILE\" reads it, as the only command: entente -c 'load \"FILE\"'", at: span)
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
  static func malformedKey(_ text: String, _ span: Span) -> Failure {
    Failure(
      code: "malformed-key", "\(text) cannot be a key",
      help:
        "a key is lower-case words with hyphens (pax-silica) or an alpha-3 code (USA); t and digits are a transaction",
      at: span)
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
  static func noSuchName(_ text: String, near: [NameMatch], _ span: Span) -> Failure {
    let names = near.map {
      let key = LanguageText.name($0.entity.key)
      return $0.text == $0.entity.key.text ? key : "\(key) (\($0.text))"
    }
    return Failure(
      code: "unknown-name", "there is nothing called \(quotedIfNeeded(text))",
      help: didYouMean(names)
        ?? "find \(text.count > 80 ? "WORDS" : text) looks in names, texts and quotes; add TYPE KEY \"Name\" makes a new one",
      at: span)
  }
  static func noSuchProperty(_ text: String, near: [String], _ span: Span) -> Failure {
    Failure(
      code: "unknown-property", "there is no property \(text)",
      help: didYouMean(near) ?? "list properties shows them; define property makes a new one", at: span)
  }
  static func noSuchProperty(of thing: EntityRecord, _ word: Word) -> Failure {
    Failure(
      code: "unknown-property", "there is no property \(word.content)",
      help: "show \(LanguageText.name(thing.key)) tells what is said of it", at: word.span)
  }
  static func noSuchType(_ text: String, near: [String], _ span: Span) -> Failure {
    Failure(
      code: "unknown-type", "there is no type \(text)",
      help: didYouMean(near) ?? "list types shows them; define type makes a new one", at: span)
  }
  static func noSuchSource(_ text: String, near: [NameMatch], _ span: Span) -> Failure {
    Failure(
      code: "unknown-source", "there is no source called \(quotedIfNeeded(text))",
      help: didYouMean(near.map { LanguageText.name($0.entity.key) })
        ?? "list sources shows them; source KEY \"Title\" { … } makes one",
      at: span)
  }
  static func noSuchStatement(_ text: String, _ span: Span) -> Failure {
    Failure(
      code: "unknown-statement", "no statement's id begins with @\(text)", help: "show and why print the ids",
      at: span)
  }
  static func notASource(_ record: EntityRecord, _ span: Span) -> Failure {
    Failure(
      code: "not-a-source", "\(record.key) is a \(record.type), not a source",
      help: "source KEY \"Title\" { … } makes a source", at: span)
  }
  static func noTable(_ command: CommandSyntax) -> Failure {
    Failure(
      code: "no-table", "\(command.name.content) has no table", help: "dump \"FILE\" writes text",
      at: command.span)
  }
  static func notADump(_ path: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "not-a-dump", "\(path) is no dump: its first line is not \(DumpLines.header)",
      help: ".read carries out a script, import reads tables", at: span)
  }
  static func notEmpty(_ span: Span) -> Failure {
    Failure(
      .refused, code: "not-empty", "this registry holds something already",
      help: "load the dump into a new one: entente --registry FILE --seed none", at: span)
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
  static func notInDump(_ name: Word) -> Failure {
    Failure(
      .refused, code: "not-in-dump", "\(name.content) does not stand so in a dump",
      help: "a dump is read as it was written; other commands belong into a script", at: name.span)
  }
  static func notOutsideDump(_ name: Word) -> Failure {
    Failure(
      code: "not-outside-dump", "\(name.content) stands in dumps alone",
      help: "dump writes them, load reads them",
      at: name.span)
  }
  static func unknownDump(_ format: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "unknown-dump", "this program does not read \"\(format)\"",
      help: "it reads \(Restoration.Header.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))",
      at: span)
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
  static func onePropertyAtATime(_ subject: Key, _ word: Word) -> Failure {
    Failure(
      code: "one-property", "one property at a time", help: "write \(subject).\(word.content)", at: word.span)
  }
  static func qualifiersOfNothing(_ span: Span?) -> Failure {
    Failure(
      code: "qualifiers-of-nothing", "a key and a type have no qualifiers",
      help: "brackets stand behind a property of which something is said: share[mineral gallium] > 50%",
      at: span)
  }
  static func correctsItself(_ key: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "corrects-itself", "\(key) cannot correct itself",
      help: "an erratum is a source of its own: source ERRATUM \"…\" { corrects \(LanguageText.name(key)) }",
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
  static func overRegistry(_ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "over-registry", "\(path) is the registry itself", help: "name another file", at: span)
  }
  static func periodWords(_ words: [String], _ span: Span) -> Failure {
    Failure(
      .command, code: "period-words", "\(words.joined(separator: " and ")) do not make one period",
      help: "write from D until E, from D through E, from D still on E, on D or within D..E, each word once",
      at: span)
  }
  static func noExistenceMark(_ mark: ExistenceMark, _ property: PropertyDefinition, _ span: Span) -> Failure
  {
    let help: String
    switch property.range {
    case .date: help = "write \(property.key): its value is the date"
    case .choice(let words): help = "write \(words.map { "\(property.key).\($0)" }.joined(separator: ", "))"
    default: help = "name a property whose values are dates, or a word of a choice such as status.ended"
    }
    return Failure(
      .refused, code: "no-existence-mark", "\(mark) does not say when a thing begins or ends", help: help,
      at: span)
  }

  static func periodReversed(_ span: Span) -> Failure {
    Failure(
      .refused, code: "period-reversed", "this period ends before it starts",
      help: "look at its two dates; from comes first", at: span)
  }
  static func propertyNeedsRange(_ key: Key, _ span: Span) -> Failure {
    Failure(
      code: "property-needs-range", "a property needs its types and its values",
      help: "define property \(key) of TYPE to RANGE", at: span)
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
  static func readingNotHere(_ reading: ValueSyntax.Reading, _ span: Span) -> Failure {
    Failure(
      .refused, code: "reading-not-here",
      "\(reading.rawValue) says how an amount of several is meant, and this is none",
      help: "leave it out; a text that ends in it stands in quotes", at: span)
  }
  static func readsItself(_ path: String, _ span: Span?) -> Failure {
    Failure(
      code: "reads-itself", "\(path) is being read already: it would never end",
      help: "take out the .read that leads back to it", at: span)
  }
  /// - Parameter turned: how the condition may be meant otherwise.
  static func wrongDomain(
    _ property: Key, of domain: [Key], found type: TypeDefinition, turned: String?, _ schema: Schema,
    _ span: Span
  ) -> Failure {
    let violation = RuleViolation.wrongDomain(property: property, of: domain, found: type.key)
    let (code, message, _) = words(violation)
    guard let turned else {
      guard let owner = domain.lazy.compactMap({ schema.types[$0] }).first else {
        return rule(violation, schema, span)
      }
      return Failure(
        .refused, code: code, message,
        help: "\(owner.plural) have it: list \(owner.plural) where \(property) is stated",
        at: span)
    }
    return Failure(
      .refused, code: code, message,
      help:
        "of what names \(type.plural) by it write \(turned): list \(type.plural) where \(turned) is not stated",
      at: span)
  }
  static func rule(_ violation: RuleViolation, _ schema: Schema, _ span: Span) -> Failure {
    let (code, message, help) = words(violation)
    return Failure(.refused, code: code, message, help: help, at: span)
  }
  static func runsOne(_ span: Span) -> Failure {
    Failure(code: "runs-one", "run takes one analysis", help: "run overlap forge, pax-silica", at: span)
  }
  static func commandForFile(_ word: Word) -> Failure {
    Failure(
      .refused, code: "command-for-file", "a file is wanted here, and \(word.content) is a shell command",
      help: ".output and .once send what is shown to a command", at: word.span)
  }
  static func safeSession(_ what: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "safe-session", "\(what) is off in this session", help: "start without --safe", at: span
    )
  }
  static func salvageToFile(_ span: Span) -> Failure {
    Failure(
      code: "salvage-to-file", "what can still be read goes to a file, without its history",
      help: "dump \"FILE\" despite damage", at: span)
  }
  static func sameTwice(_ key: Key, _ span: Span) -> Failure {
    Failure(code: "same-twice", "both names mean \(key)", help: "name two things", at: span)
  }
  static func sessionWordMissing(_ what: String, _ name: Word) -> Failure {
    Failure(
      code: "missing-argument", "\(name.content) wants a \(what)", help: "help \(name.content) shows how",
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
  static func underItself(_ key: Key, _ parent: Key, _ span: Span) -> Failure {
    let place = parent == key ? "itself" : "\(parent), which is under \(key)"
    return Failure(
      .refused, code: "under-itself", "\(key) cannot stand under \(place)", help: "name one that is wider",
      at: span)
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
  static func builtIn(_ what: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "built-in", "\(what) is there in every registry, and is not defined anew",
      help: "give yours another name", at: span)
  }
  static func keywordAsQualifier(_ key: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "keyword-as-qualifier", "behind a claim, \(key) means something already",
      help: "give the qualifier another name", at: span)
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
  static func unnamedReversal(
    _ reversal: Reversal, _ words: String, _ id: TransactionID, _ span: Span
  ) -> Failure {
    Failure(
      .refused, code: "unnamed-transaction", "in a script, \(reversal) names its transaction",
      help: "\(reversal) \(id) \(reversal.does) \(words)", at: span)
  }
  static func nothingOfYours(
    _ reversal: Reversal, _ words: String, _ id: TransactionID, _ span: Span
  ) -> Failure {
    Failure(
      .refused, code: "nothing-of-yours", "there is nothing of yours to \(reversal)",
      help: "what others recorded is named: \(reversal) \(id) \(reversal.does) \(words)", at: span)
  }
  static func undoOfOpen(_ span: Span) -> Failure {
    Failure(
      code: "undo-of-open", "what was done last is in the transaction that is open",
      help: "rollback drops it; undo tN takes back one that is committed", at: span)
  }
  static func unknownChoice(_ text: String, of what: String, _ words: [String], _ span: Span) -> Failure {
    Failure(
      code: "unknown-choice", "there is no \(what) \(quotedIfNeeded(text))",
      help: didYouMean(nearest(to: text, in: words)) ?? "one of " + words.joined(separator: ", "), at: span)
  }
  static func unknownCommand(_ name: Word, _ names: [String]) -> Failure {
    Failure(
      code: "unknown-command", "there is no command \(name.content)",
      help: didYouMean(nearest(to: name.content, in: names)) ?? "help lists the commands", at: name.span)
  }
  static func unknownView(_ word: Word, _ views: [String]) -> Failure {
    Failure(
      code: "unknown-view", "there is no view \(word.content)",
      help: didYouMean(nearest(to: word.content, in: views)) ?? ".tables lists them", at: word.span)
  }
  static func unmergeByName(_ name: NameSyntax) -> Failure {
    Failure(
      code: "unmerge-by-name", "a name means what it counts as now",
      help: "name what was merged by its own key; history shows it", at: name.span)
  }
  static func whichCitation(_ count: Int, _ span: Span) -> Failure {
    Failure(
      code: "which-citation",
      count == 0 ? "the statement has no such citation" : "the statement has \(count) citations",
      help: "say which with citing SOURCE", at: span)
  }
  static func wrongKind(_ found: String, expected: String, _ span: Span) -> Failure {
    Failure(code: "wrong-kind", "\(found) stands where \(expected) is expected", at: span)
  }

  /// A number or a date that its property does not take as it is written; what would be right is said.
  static func wrongLiteral(
    _ text: String, _ definition: PropertyDefinition, _ number: ValueSyntax.Number?, _ span: Span
  ) -> Failure {
    if definition.range == .money, let number, number.currency == nil,
      NumberMeaning(number, definition)?.unit.isEmpty == true
    {
      return amountWithoutCurrency(definition.key, span)
    }
    return Failure(
      .refused, code: "wrong-range", "\(definition.key) takes \(describe(definition.range)), not \(text)",
      help: LiteralHelp.words(text, number, definition), at: span)
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

  /// `an agreement`, `a mineral`.
  static func withArticle(_ word: String) -> String {
    (word.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + word
  }

  /// What lacks where money was wanted.
  private static func currencyHelp(_ range: ValueRange, _ found: Value) -> String? {
    guard range == .money, case .quantity(let quantity) = found else { return nil }
    let code = quantity.unit.prefix { $0 != "/" }
    return Key.isCode(String(code))
      ? "\(code) is no currency of ISO 4217" : "write the currency's code in front, as in USD 8.5bn"
  }

  private static func words(_ violation: RuleViolation) -> (code: String, message: String, help: String?) {
    switch violation {
    case .unknownProperty(let key): ("unknown-property", "there is no property \(key)", nil)
    case .wrongDomain(let property, let of, let found):
      (
        "wrong-domain", "\(property) is a property of \(list(of)), and this is \(withArticle(found.text))",
        "list properties shows which type has which"
      )
    case .wrongRange(let property, let range, let found):
      (
        "wrong-range", "\(property) takes \(describe(range)), not \(describe(found))",
        currencyHelp(range, found)
      )
    case .outsideWhole(let property, let found):
      (
        "outside-whole",
        "\(property) is a part of a whole, from 0 to 100 %, and \(found.canonicalText) is none",
        "define property \(property) … to percent any takes rates, of growth or of a tariff"
      )
    case .wrongObjectType(let property, let types, let found, let object):
      ("wrong-range", "\(property) takes \(list(types)), and \(object) is a \(found)", nil)
    case .notAQualifier(let key):
      (
        "not-a-qualifier", "\(key) is a property of entities, not of statements",
        "define property … of statement makes a qualifier"
      )
    case .onlyAQualifier(let key):
      (
        "only-a-qualifier", "\(key) qualifies statements; it is not a property of entities",
        "write it behind the value: \(key) VALUE"
      )
    case .wrongUnit(let property, let unit, let found):
      ("wrong-unit", "\(property) is counted in \(unit.isEmpty ? "plain numbers" : unit), not \(found)", nil)
    }
  }

  static func describe(_ range: ValueRange) -> String {
    switch range {
    case .entities(let types): list(types)
    case .text: "a text in quotes"
    case .number: "a number"
    case .percent: "a percentage from 0 to 100 such as 91%"
    case .anyPercent: "a percentage such as 145%"
    case .money: "money such as USD 8.5bn"
    case .date: "a date such as 2026-02 or 2025-10-20"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    }
  }

  private static func describe(_ value: Value) -> String {
    switch value {
    case .entity(let key): key.text
    case .text(let text): "\"\(text)\""
    case .quantity(let quantity): quantity.canonicalText
    case .date(let date): date.edtf
    case .unknown: "unknown"
    case .none: "none"
    }
  }

  private static func list(_ keys: [Key]) -> String {
    keys.map(\.text).joined(separator: ", ")
  }
}
