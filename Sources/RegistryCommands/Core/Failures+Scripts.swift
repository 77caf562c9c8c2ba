import CommandLanguage

/// The words of what is refused of scripts, sorted by code.
extension Failures {
  static func noSuchColumn(_ column: String, of variable: String, _ known: [String], _ span: Span) -> Failure
  {
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
  static func parameterOfOtherKind(_ word: Word, _ value: String, _ expected: String) -> Failure {
    Failure(
      code: "parameter-of-other-kind",
      "\(word.content) is \(LanguageText.quoted(value)), and \(expected) is wanted here",
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
      help:
        "--set \(word.content)=VALUE (\(type)), or give it a usual value: param \(word.content): \(type) = VALUE",
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
  static func didNotFail(_ command: CommandSyntax, _ failing: Word) -> Failure {
    Failure(
      code: "did-not-fail", "\(command.name.content) was to fail (\(failing.content)), and did not",
      help: "what it did is not kept", at: command.span)
  }
  static func expectedRows(_ span: Span) -> Failure {
    Failure(code: "no-rows", "the answer has no rows", help: "rows were expected", at: span)
  }
  static func failedAndAnswered(_ span: Span) -> Failure {
    Failure(
      code: "failed-and-answered", "what fails answers nothing", help: "leave the other clauses out", at: span
    )
  }
  static func failedOtherwise(_ failing: Word, _ failure: Failure) -> Failure {
    let first = failure.diagnostics.first
    return Failure(
      failure.status, code: "failed-otherwise",
      "it failed with \(first?.code ?? "another error"): \(first?.message ?? "")",
      help: "\(failing.content) was expected", at: failing.span)
  }
  static func missingInAnswer(_ word: Word, _ text: String) -> Failure {
    var failure = Failure(
      code: "not-in-answer", "\(LanguageText.quoted(word.content)) does not stand in the answer",
      help: "what was answered follows", at: word.span)
    failure.detail = ExpectedAnswer.lines(text).prefix(20).map { "+ " + $0 }.joined(separator: "\n")
    return failure
  }
  static func nothingExpected(_ span: Span) -> Failure {
    Failure(
      code: "nothing-expected", "nothing is said of what is expected",
      help: "add count >= N, contains \"…\", gives \"\"\"…\"\"\", fails CODE, is empty or is not empty",
      at: span)
  }
  static func nothingShownToExpect(_ span: Span) -> Failure {
    Failure(
      code: "nothing-shown", "no table was shown before",
      help: "put a command in braces: expect { list … } count >= 1",
      at: span)
  }
  static func nothingThatFails(_ span: Span) -> Failure {
    Failure(
      code: "nothing-that-fails", "what is to fail stands in braces", help: "expect { COMMAND } fails CODE",
      at: span)
  }
  static func unexpectedAnswer(_ difference: String, _ span: Span) -> Failure {
    var failure = Failure(
      code: "unexpected-answer", "the answer is another than expected",
      help: "- was expected, + was answered; entente --record writes the answer here", at: span)
    failure.detail = difference
    return failure
  }
  static func unexpectedCount(_ number: Int, _ count: ComparisonSyntax, _ span: Span) -> Failure {
    Failure(
      code: "unexpected-count", "it is \(number), and \(count.sign.rawValue) \(count.number) was expected",
      help: "ask the command itself for what it answers", at: span)
  }
  static func unexpectedRows(_ count: Int, _ text: String, _ span: Span) -> Failure {
    var failure = Failure(
      code: "unexpected-rows",
      "\(count) \(count == 1 ? "row was" : "rows were") answered, and none was expected",
      help: "the first of them follow", at: span)
    failure.detail = text
    return failure
  }
}

extension Failure {
  /// Whether what an `expect` asked was answered, and otherwise than expected.
  public var isUnmetExpectation: Bool {
    let codes = [
      "did-not-fail", "failed-otherwise", "no-rows", "not-in-answer", "unexpected-answer", "unexpected-count",
      "unexpected-rows",
    ]
    return diagnostics.contains { codes.contains($0.code) }
  }
}
