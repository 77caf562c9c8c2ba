import CommandLanguage

extension Session {
  /// An answer of which each result says what it answers, and from where that was asked: a picture goes on without the
  /// command.
  func dated(_ answer: Answer, _ command: CommandSyntax) -> Answer {
    guard let asked else { return answer }
    let words = asked.caption(today: today)
    let question = currentText.map { CommandText(Self.asking(command), in: $0).text }
    var answer = answer
    for place in answer.results.indices {
      answer.results[place].ofWhen = words
      answer.results[place].question = question
    }
    return answer
  }

  /// A command without what says how its answer is written, which stands at its end where it does.
  private static func asking(_ command: CommandSyntax) -> Span {
    let output = Set(StandardClauses.output.map(\.keyword))
    var end = command.span.end
    for clause in command.clauses.reversed() {
      guard output.contains(clause.keyword.content) else { break }
      end = clause.span.start
    }
    return Span(command.span.start, end)
  }
}
