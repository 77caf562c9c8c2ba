import CommandLanguage
import RegistryStore

/// What a command accepts is what it reads.
extension Session {
  /// Carries out a command, and refuses what was given and had no effect before anything of it is kept.
  /// - Parameter isAlone: whether it has a transaction of its own, with its own reason.
  func perform(
    _ definition: CommandDefinition, _ command: CommandSyntax, isAlone: Bool = false
  ) throws(Failure) -> Answer {
    let isPart = !isAlone && store.isInTransaction
    return try perform(command, definition.signature) { (invocation) throws(Failure) in
      // The reason of a command that writes is that of its transaction, and of a part of one a part.
      if definition.effect != .reads, !definition.keepsReason {
        let reason = invocation.reason
        if isPart { transactor.gather(reason: reason) }
      }
      let outer = remarks
      remarks = []
      defer { remarks = outer }
      var answer = try definition.run(invocation, self)
      answer.notes += remarks
      return answer
    }
  }

  /// Lets `body` read a command by its signature, and refuses what it did not read.
  func perform<Result>(
    _ command: CommandSyntax, _ signature: CommandSignature,
    _ body: (Invocation) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Whoever read the text refused `$name` in quotes; in what is no text it is what it is.
    let invocation = try Invocation(
      currentText == nil ? command : try parameters.substituted(command, signature), by: signature)
    let result = try body(invocation)
    try invocation.refuseUnread()
    return result
  }
}

extension Invocation {
  convenience init(_ command: CommandSyntax, by signature: CommandSignature) throws(Failure) {
    do throws(Diagnostic) {
      try self.init(command, signature)
    } catch {
      throw Failure(.command, [error])
    }
  }

  /// Refuses what was given and not read.
  func refuseUnread() throws(Failure) {
    if let part = unreadPart { throw Failures.unreadClause(part, name) }
  }

  /// The `because` of a command, the reason of its transaction.
  var reason: String? { self[StandardClauses.because]?.content }

  /// Lets `body` read the fields between the braces, and refuses those that it did not read.
  func readFields(_ body: (ClauseReader) throws(Failure) -> Void) throws(Failure) {
    let fields: ClauseReader
    do throws(Diagnostic) {
      fields = try self.fields()
    } catch {
      throw Failure(.command, [error])
    }
    try body(fields)
    if let field = fields.unread {
      throw Failures.unreadClause(Word(field.keyword.content, field.span), name)
    }
  }
}

extension ClaimSyntax {
  /// The clauses of an entry of a block.
  func reader() throws(Failure) -> ClauseReader {
    do throws(Diagnostic) {
      return try ClauseReader(clauses)
    } catch {
      throw Failure(.command, [error])
    }
  }
}

extension ClauseReader {
  /// Refuses what an entry of a block was given for nothing.
  func refuseUnread(of claim: ClaimSyntax) throws(Failure) {
    guard let clause = unread else { return }
    throw Failures.unreadClause(Word(clause.keyword.content, clause.span), claim.property)
  }
}
