import CommandLanguage
import RegistryModel

/// What they are written with.
private enum Grammar {
  static let query = OptionalArgument("command", .query)
  static let command = Argument("command", .command)
  static let count = Clause("count", .comparison, "how many rows it has; of a single number, what that is")
  static let contains = RepeatableClause("contains", .text, "what stands in it")
  static let gives = Clause("gives", .text, "all of it, tab-separated; --record writes it here")
  static let fails = Clause("fails", .textOrWord, "with an error of this code, or with these words")
  static let isEmpty = Flag("is empty", "it has no rows")
  static let isNotEmpty = Flag("is not empty", "it has rows")
}

extension CommandDefinition {
  static let expect = CommandDefinition(
    CommandSignature(
      name: "expect", head: [Grammar.query.element],
      clauses: [
        Grammar.count.signature, Grammar.contains.signature, Grammar.gives.signature, Grammar.fails.signature,
        Grammar.isEmpty.signature, Grammar.isNotEmpty.signature,
      ]),
    summary: "Fail unless a command answers as expected",
    details: """
      The command stands in braces; without them the last table that was shown is looked at. Where several clauses stand, \
      all must hold. What is expected of `gives` stands in \"\"\"…\"\"\", a difference is shown line by line, and \
      `entente --record FILE` writes what is answered in its place, and fails. `entente test` runs folders of such scripts.
      """,
    examples: [
      Example("expect { list initiatives } count >= 2", gives: #""#),
      Example(#"expect { list initiatives } contains "forge""#, gives: #""#),
      Example("expect { show atlantis } fails unknown-name", gives: #""#),
      Example("expect { list initiatives where name = none-such } is empty", gives: #""#),
    ],
    flow: { (command, session, emit) throws(Failure) in
      let query = command[Grammar.query]
      let failing = command[Grammar.fails]
      var expectation = ExpectedAnswer(
        count: command[Grammar.count], contains: command[Grammar.contains], gives: command[Grammar.gives],
        isEmpty: command[Grammar.isEmpty], isNotEmpty: command[Grammar.isNotEmpty])
      let recorder = session.expectations
      guard failing != nil || !expectation.isNothing || recorder != nil else {
        throw Failures.nothingExpected(command.span)
      }
      var answer = Answer.nothing
      if let query {
        // What it gives is what is shown; anything else is expected of all of it.
        let asked = expectation.gives == nil && recorder == nil ? query.ofAllRows : query
        do throws(Failure) {
          answer = try ComparedAnswers(session).answer(to: asked, keepsNothing: failing != nil)
        } catch {
          guard let failing, error.status != .interrupted, error.status != .storage else { throw error }
          guard
            error.diagnostics.contains(where: {
              $0.code == failing.content || $0.message.contains(failing.content)
            })
          else { throw Failures.failedOtherwise(failing, error) }
          guard expectation.isNothing else { throw Failures.failedAndAnswered(command.span) }
          return
        }
        if let failing { throw Failures.didNotFail(query, failing) }
      } else {
        guard failing == nil else { throw Failures.nothingThatFails(command.span) }
        guard let shown = session.shown else { throw Failures.nothingShownToExpect(command.span) }
        answer = Answer(results: shown.tables.map { Answer.Result(.table($0)) })
      }
      let text = ComparedAnswers(session).text(of: answer)
      if let recorder, let source = session.currentText, expectation.isNothing || expectation.gives != nil {
        if expectation.gives.map({ !ExpectedAnswer.isSame($0.content, text) }) ?? true {
          recorder.record(text, for: expectation.gives?.span, of: command.span, in: source)
        }
        expectation.gives = nil
      }
      try expectation.test(answer, text, command.span)
    })

  static let expectNo = CommandDefinition(
    CommandSignature(name: "expect no", head: [Grammar.command.element]),
    summary: "Fail where a command answers with rows", details: "The rows are shown, up to ten of them.",
    examples: [
      Example(
        "expect no conflicts where property = chair", gives: #""#,
        onSeed: "expect no conflicts where property = launched")
    ],
    flow: { (command, session, emit) throws(Failure) in
      let query = command[Grammar.command]
      let table = try session.table(of: query, { _ in })
      guard !table.rows.isEmpty else { return }
      var shown = table
      shown.rows = Array(table.rows.prefix(10))
      throw Failures.unexpectedRows(
        table.rows.count, ComparedAnswers(session).text(of: .table(shown)), query.span)
    })
}
