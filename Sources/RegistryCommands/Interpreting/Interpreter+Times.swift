import CommandLanguage
import RegistryModel
import RegistryStore

extension Interpreter {
  /// The three times, and whose word counts: the usual ones, unless the command's clauses say otherwise.
  func times(_ command: Invocation, unlessSaid usual: Times) throws(Failure) -> Times {
    var times = usual
    times.today = context.today
    if let word = command[StandardClauses.on] { times.on = try date(word) }
    if let word = command[StandardClauses.publishedBy] { times.published = try date(word) }
    if let word = command[StandardClauses.known] {
      for clause in [StandardClauses.on, StandardClauses.publishedBy] where command.has(clause) {
        throw Failures.knownTwice(clause.keyword, command.span(of: clause) ?? command.span)
      }
      times.on = try date(word)
      times.published = times.on
    }
    if let point = command[StandardClauses.recordedBy] { times.recorded = try recordedPoint(point) }
    if let names = command[StandardClauses.accordingTo] {
      times.accordingTo = try names.map { (name) throws(Failure) in try source(name) }
    }
    return times
  }

  /// The date that a word means.
  func date(_ word: Word) throws(Failure) -> PartialDate { try date(word.content, word.span) }

  func recordedPoint(_ point: PointSyntax) throws(Failure) -> RecordedPoint {
    switch point {
    case .transaction(let name): .transaction(try names.knownTransaction(name))
    case .date(let word): .date(try date(word))
    }
  }

  /// A word as a transaction or a date.
  func recordedPoint(_ word: Word) throws(Failure) -> RecordedPoint {
    guard word.content.first == "t", Int64(word.content.dropFirst()) != nil else {
      return .date(try date(word))
    }
    let name = NameSyntax(.transaction, String(word.content.dropFirst()), word.span)
    return .transaction(try names.knownTransaction(name))
  }
}
