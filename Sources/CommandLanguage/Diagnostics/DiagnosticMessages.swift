/// The words of everything that can be wrong with a text, each message once, sorted by code.
extension Diagnostic {
  static func badEscape(_ escape: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "bad-escape", message: "`\(escape)` is no escape",
      help:
        "inside \"…\" there are \\\", \\\\, \\n, \\t and \\u{…}; inside \"\"\"…\"\"\" a backslash is just that",
      span: span)
  }

  static func boundWithoutNumber(_ bound: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "bound-without-number", message: "`\(bound)` wants a number behind it",
      help: "as in `\(bound) 60%` or `\(bound) USD 1bn`; a text that begins like this is quoted", span: span)
  }

  static func commaInNumber(_ span: Span) -> Diagnostic {
    Diagnostic(
      code: "comma-in-number", message: "a comma separates values, it does not stand in a number",
      help:
        "group digits as in 1_000_000, write a fraction with a point, or put a blank behind the comma if these are two values",
      span: span)
  }

  static func dateRangeAsValue(low: String, high: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "date-range-as-value", message: "two dots do not join dates to a value",
      help: "write `\(low)/\(high)` for a stretch of time; `within \(low)..\(high)` says when a claim holds",
      span: span)
  }

  static func duplicateClause(_ keyword: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "duplicate-clause", message: "`\(keyword)` stands here a second time",
      help: "leave one of them out",
      span: span)
  }

  static func forbiddenCharacter(_ scalar: Unicode.Scalar, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "forbidden-character",
      message: "the invisible character \(codePoint(scalar)) is not allowed outside quotes",
      help: "delete it",
      span: span)
  }

  static func integerTooLarge(_ span: Span) -> Diagnostic {
    Diagnostic(
      code: "integer-too-large", message: "this number is too large to count with",
      help: "the largest is \(Int.max)", span: span)
  }

  static func missingArgument(
    behind: String, expected: String, found: String?, help: String? = nil, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      code: "missing-argument",
      message: "`\(behind)` wants \(expected)" + (found.map { ", not `\($0)`" } ?? " behind it"), help: help,
      span: span)
  }

  static func missingBlock(_ command: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "missing-block", message: "`\(command)` wants a block in braces",
      help: "write { … } at the end of the same line; it may go on over lines", span: span)
  }

  /// A `$name` that nothing was given for.
  /// - Parameter nearest: what has a value, and is nearly called so.
  public static func missingParameter(_ name: String, nearest: [String] = [], _ span: Span) -> Diagnostic {
    let isAmount = name.first?.isNumber ?? false
    return Diagnostic(
      code: "missing-parameter", message: "the parameter $\(name) has no value",
      help: isAmount
        ? "$ stands before a parameter; an amount has its currency's code in front, as in USD 8.5bn"
        : nearest.first.map { "did you mean $\($0)?" }
          ?? "give it with --set \(name)=VALUE; a text with a dollar sign stands in quotes", span: span)
  }

  static func missingWord(_ word: String, command: String, found: String?, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "missing-word",
      message: "`\(command)` wants `\(word)` here" + (found.map { ", not `\($0)`" } ?? ""), span: span)
  }

  static func mixedMagnitudes(_ span: Span) -> Diagnostic {
    Diagnostic(
      code: "mixed-magnitudes", message: "the ends of a range have different magnitudes or units",
      help: "write both in the same, and write it behind the second: 0.8..1.2bn", span: span)
  }

  static func nestingTooDeep(limit: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "nesting-too-deep", message: "braces, parentheses and `not` go more than \(limit) deep here",
      help: "split this into several commands", span: span)
  }

  static func notALiteral(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "not-a-literal",
      message: "`\(text)` begins as a number does, and is none, nor a date, nor a name",
      help:
        "write it as in 91%, 47..87%, USD 8.5bn, 2026-02 or 2026-Q1; a text or a name with such signs stands in quotes",
      span: span)
  }

  static func notAName(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "not-a-name", message: "`\(text)` is not a name",
      help: "keys are letters, digits and hyphens; put any other name in quotes: \"\(text)\"", span: span)
  }

  static func pathForName(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "path-for-name", message: "`\(text)` goes on to a property, but one name is wanted",
      help: "leave out what follows the dot, or quote a name that has a dot: \"\(text)\"", span: span)
  }

  static func severalCommands(_ span: Span) -> Diagnostic {
    Diagnostic(
      code: "several-commands", message: "one command is asked here, and this is another",
      help: "leave it out, or ask it by itself", span: span)
  }

  static func relativeDay(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "relative-day", message: "`\(text)` is no day counted from today",
      help: "write it as in today + 90 days, with blanks; days, weeks, months and years are counted",
      span: span)
  }

  static func sessionCommandInside(_ span: Span) -> Diagnostic {
    Diagnostic(
      code: "session-command-inside", message: "a command that starts with a dot cannot stand inside braces",
      help: "put it on a line of its own, before or behind the block", span: span)
  }

  static func smallCurrency(_ code: String, _ number: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "small-currency", message: "a currency is written in capitals",
      help: "write \(code.uppercased()) \(number)", span: span)
  }

  static func tooManyConditions(_ limit: Int, _ word: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "too-many-conditions", message: "more than \(limit) conditions are joined by `\(word)` here",
      help: "several values of one property stand with commas: member = USA, JPN", span: span)
  }

  static func tooManyValues(_ limit: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "too-many-values", message: "more than \(limit) values are compared with here",
      help: "ask it in parts, or put what they have in common into a group", span: span)
  }

  static func pathTooLong(_ limit: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "path-too-long", message: "a condition follows \(limit) properties at most",
      help:
        "ask in several steps; including groups and including parts follow members and parts to their end",
      span: span)
  }

  static func tooManyErrors(_ limit: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "too-many-errors", message: "reading stopped after \(limit) errors",
      help: "is this a text of commands? Mend the first errors, then try again", span: span)
  }

  static func unclosed(_ opening: String, closing: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "unclosed-bracket", message: "this `\(opening)` is never closed", help: "add the `\(closing)`",
      span: span)
  }

  static func unclosedQuote(_ closing: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "unclosed-quote", message: "this quoted text does not end",
      help: closing == "\""
        ? "add the closing \" on the same line; a text over several lines stands in \"\"\"…\"\"\""
        : "add the closing \(closing)",
      span: span)
  }

  /// - Parameter takesCommand: whether it takes a command in braces, before all else.
  static func unexpectedBlock(_ command: String, takesCommand: Bool, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "unexpected-block",
      message: "`\(command)` takes no block in braces\(takesCommand ? " here" : "")",
      help: takesCommand
        ? "write `\(command) { … }` first, and what is expected behind it" : "leave the braces out",
      span: span)
  }

  static func unexpectedText(_ text: String, help: String?, _ span: Span) -> Diagnostic {
    Diagnostic(code: "unexpected-text", message: "`\(text)` cannot stand here", help: help, span: span)
  }

  /// - Parameter help: what it may have been meant for.
  static func unknownClause(
    _ word: String, in context: String, nearest: [String], help: String? = nil, _ span: Span
  ) -> Diagnostic {
    // What is asked of one thing has no condition; what is asked of many has.
    let others = word == "where" ? "`list` and `count` take `where`" : help
    return Diagnostic(
      code: "unknown-clause", message: "`\(context)` has no `\(word)`", help: didYouMean(nearest) ?? others,
      span: span)
  }

  static func unknownCommand(_ word: String, nearest: [String], _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "unknown-command", message: "there is no command `\(word)`",
      help: questionHelp(word) ?? ForeignWords.command(word) ?? didYouMean(nearest)
        ?? "`help` lists the commands", span: span)
  }

  /// What to write for a question that begins as in English.
  private static func questionHelp(_ word: String) -> String? {
    guard ["who", "what", "which", "when", "where", "how", "is", "are", "did", "does"].contains(word) else {
      return nil
    }
    return
      "show KEY tells all of a thing, list KEY.member who, count KEY.member how many, why KEY.launched who says so and when"
  }

  static func unknownWord(_ word: String, choices: [String], nearest: [String], _ span: Span) -> Diagnostic {
    let all = choices.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      code: "unknown-word", message: "`\(word)` is none of \(all)",
      help: choices.contains("csv") && ["xlsx", "png"].contains(word)
        ? "`save \"FILE.\(word)\"` writes it, without as" : didYouMean(nearest), span: span)
  }

  static func unmatchedClosing(_ closing: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      code: "unmatched-closing", message: "this `\(closing)` closes nothing", help: "delete it", span: span)
  }

  private static func didYouMean(_ names: [String]) -> String? {
    names.isEmpty ? nil : "did you mean " + names.map { "`\($0)`" }.joined(separator: " or ") + "?"
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The character at which most programs, and all servers, end a text.
  static func zeroCharacter(_ span: Span) -> Diagnostic {
    Diagnostic(
      code: "zero-character", message: zeroCharacterWords, help: "leave it out", span: span)
  }

  /// Why it is refused, wherever it is read.
  public static let zeroCharacterWords = "no registry keeps a text with the character U+0000"
}
