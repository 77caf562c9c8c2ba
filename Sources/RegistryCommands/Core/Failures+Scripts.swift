import CommandLanguage

/// The words of what is refused of scripts, sorted by code.
extension Failures {
  static func noSuchColumn(_ column: String, of variable: String, _ known: [String], _ span: Span) -> Failure {
    Failure(
      code: "no-such-column", "the rows of $\(variable) have no \(column)",
      help: (didYouMean(nearest(to: column, in: known)) ?? "they have " + known.joined(separator: ", "))
        + "; in a text, ${\(variable)}.\(column) is the first column with words behind it", at: span)
  }
  static func noSuchParameter(_ name: String, _ known: [String], _ span: Span) -> Failure {
    Failure(
      code: "no-such-parameter", "the script has no parameter \(name)",
      help: didYouMean(nearest(to: name, in: known))
        ?? (known.isEmpty ? "it declares none: param \(name)" : "it has " + known.joined(separator: ", ")),
      at: span)
  }
  static func parameterBehindCommands(_ span: Span) -> Failure {
    Failure(
      code: "parameter-behind-commands", "parameters are declared before anything is carried out",
      help: "put all `param` at the head of the script", at: span)
  }
  static func parameterOfOtherKind(_ word: Word, _ value: String, _ expected: String) -> Failure {
    Failure(
      code: "parameter-of-other-kind", "\(word.content) is \(LanguageText.quoted(value)), and \(expected) is wanted here",
      help: "declare it with a type, as `param n: number = 10`, so that it is told at once", at: word.span)
  }
  static func parameterTwice(_ word: Word) -> Failure {
    Failure(
      code: "parameter-twice", "\(word.content) is declared already", help: "leave one of them out",
      at: word.span)
  }
  static func parameterWithoutSign(_ word: Word) -> Failure {
    Failure(
      code: "parameter-without-sign", "what the parameter usually is stands behind `=`",
      help: "write param \(word.content): TYPE = VALUE, or param \(word.content): TYPE", at: word.span)
  }
  static func parameterWithoutValue(_ word: Word, _ type: String) -> Failure {
    Failure(
      code: "parameter-without-value", "nobody says what \(word.content) is",
      help: "--set \(word.content)=VALUE (\(type)), or give it a usual value: param \(word.content): \(type) = VALUE",
      at: word.span)
  }
  static func queryThatWrites(_ command: CommandSyntax) -> Failure {
    Failure(
      code: "query-that-writes", "\(command.name.content) answers nothing that rows could be taken of",
      help: "ask by list, count, total, find, conflicts, why, sql or an analysis", at: command.name.span)
  }
  static func queryWithoutTable(_ command: CommandSyntax) -> Failure {
    Failure(
      code: "query-without-table", "\(command.name.content) gives no single table here",
      help: "ask by list, count, total, find, conflicts, why or sql, without save", at: command.span)
  }
}
