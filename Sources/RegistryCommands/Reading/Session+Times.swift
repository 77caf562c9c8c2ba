public import CommandLanguage
import Foundation
public import RegistryModel
import RegistryStore

extension Session {
  /// The times that the command of an analysis asks for.
  public func times(of command: CommandSyntax) throws(Failure) -> Times { try times(command) }

  /// The three times, and whose word counts: those of the session, unless the command's clauses say otherwise.
  func times(_ command: CommandSyntax) throws(Failure) -> Times {
    var times = settings.times
    for clause in command.clauses {
      switch (clause.keyword.content, clause.argument) {
      case ("on", .date(let word)): times.on = try date(word.content, word.span)
      case ("published by", .date(let word)): times.published = try date(word.content, word.span)
      case ("known", .date(let word)):
        times.on = try date(word.content, word.span)
        times.published = times.on
      case ("recorded by", .point(let name?, _)): times.recorded = .transaction(try knownTransaction(name))
      case ("recorded by", .point(nil, let word?)): times.recorded = .date(try date(word.content, word.span))
      case ("according to", .names(let names)):
        times.accordingTo = try names.map { (name) throws(Failure) in try source(name) }
      default: break
      }
    }
    namesAsOf = times.recorded
    return times
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
  func output(_ command: CommandSyntax) throws(Failure) -> OutputClauses {
    var output = OutputClauses()
    if case .word(let word)? = command.clause("as")?.argument { output.format = word.content }
    if case .text(let word)? = command.clause("save")?.argument {
      guard !settings.safe else { throw Failures.safeSession("writing files", word.span) }
      try refuseRegistry(word.content, word.span)
      output.file = word.content
    }
    return output
  }

  /// Refuses to write a result over the registry itself, by whatever path.
  func refuseRegistry(_ path: String, _ span: Span) throws(Failure) {
    let file = URL(filePath: path).resolvingSymlinksInPath().path
    let registry = URL(filePath: store.location).resolvingSymlinksInPath().path
    guard !["", "-wal", "-shm"].map({ registry + $0 }).contains(file) else {
      throw Failures.overRegistry(path, span)
    }
  }

  func integer(_ keyword: String, _ command: CommandSyntax) -> Int? {
    if case .integer(let number)? = command.clause(keyword)?.argument { return number.content }
    return nil
  }
}
