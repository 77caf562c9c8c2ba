import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

extension Session {
  /// The three times, and whose word counts: those of the session, unless the command's clauses say otherwise.
  func times(_ command: Invocation) throws(Failure) -> Times {
    hasAskedTimes = true
    var times = settings.times
    times.today = today
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
    namesAsOf = times.recorded
    askedTimes = times
    return times
  }

  func recordedPoint(_ point: PointSyntax) throws(Failure) -> RecordedPoint {
    switch point {
    case .transaction(let name): .transaction(try knownTransaction(name))
    case .date(let word): .date(try date(word))
    }
  }

  /// `t12`.
  func transaction(_ name: NameSyntax) throws(Failure) -> TransactionID {
    guard name.form == .transaction, let number = Int64(name.text) else {
      throw Failures.wrongKind(name.text, expected: "a transaction such as t12", name.span)
    }
    return TransactionID(number)
  }

  /// `t12`, where there is one: a later one would silently mean all.
  func knownTransaction(_ name: NameSyntax) throws(Failure) -> TransactionID {
    let id = try transaction(name)
    let newest = try storing(name.span) { () throws(StoreProblem) in try store.transactions(limit: 1) }
    guard let newest = newest.first, id <= newest.id else {
      throw Failure(.unknownTransaction(id), at: name.span)
    }
    return id
  }

  /// `as` and `save`.
  func output(_ command: Invocation) throws(Failure) -> OutputClauses {
    var output = OutputClauses(format: command[StandardClauses.format]?.content)
    if let word = command[StandardClauses.save] { output.file = try resultFile(word) }
    return output
  }

  /// The file that a result is to be written to, where files may be.
  func resultFile(_ word: Word) throws(Failure) -> String {
    guard !settings.safe else { throw Failures.safeSession("writing files", word.span) }
    try refuseRegistry(word.content, word.span)
    return word.content
  }

  /// Refuses to write a result over the registry itself, by whatever path.
  func refuseRegistry(_ path: String, _ span: Span) throws(Failure) {
    let file = URL(filePath: path).resolvingSymlinksInPath().path
    let registry = URL(filePath: store.location).resolvingSymlinksInPath().path
    guard !["", "-wal", "-shm"].map({ registry + $0 }).contains(file) else {
      throw Failures.overRegistry(path, span)
    }
  }
}
