import CommandLanguage
import RegistryModel
import RegistryStore

/// Records again what the lines of a dump say.
final class DumpRestorer {
  private let transactor: Transactor
  private let author: String
  /// What was read up to here.
  private var state: Restoration
  private var store: any RegistryStore { transactor.store }

  /// - Parameter header: what the first line of the dump says.
  init(_ header: Restoration.Header, _ transactor: Transactor, author: String) {
    self.transactor = transactor
    self.author = author
    state = Restoration(header)
  }

  /// Carries out a line.
  func restore(_ command: CommandSyntax) throws(Failure) {
    var state = state
    let invocation = try open(command)
    let steps = try state.steps(invocation, open: open)
    try invocation.refuseUnread()
    self.state = state
    for step in steps {
      switch step {
      case .content(let content, let asserts):
        try storing(command.span) { () throws(StoreProblem) in
          try store.restoring.restore(content, asserts: asserts)
        }
      case .ended(let content, let seen):
        try storing(command.span) { () throws(StoreProblem) in
          try store.restoring.restore(ended: content, seen: seen)
        }
      case .transaction(let transaction, let undone):
        try transactor.beginTrialWhereDry(author, command.span)
        try storing(command.span) { () throws(StoreProblem) in
          if store.isInTransaction { _ = try store.commit() }
          try store.restoring.begin(restoring: transaction, undoing: undone)
        }
      }
    }
  }

  /// A command by its signature; those of plugins stand in no dump.
  private func open(_ command: CommandSyntax) throws(Failure) -> Invocation {
    guard let definition = CommandTable.own[command.name.content] else {
      throw Failures.notInDump(command.name)
    }
    return try Invocation(command, by: definition.signature)
  }

  /// Refuses at once what a store without dumps could not end, and to mix a dump with what is there.
  static func requireEmpty(_ store: any RegistryStore, _ span: Span) throws(Failure) {
    try requireDumps(store, span)
    let newest = try storing(span) { () throws(StoreProblem) in try store.transactions(limit: 1) }
    guard newest.isEmpty else { throw Failures.notEmpty(span) }
  }

  /// Refuses at once what a store without dumps could not end.
  static func requireDumps(_ store: any RegistryStore, _ span: Span) throws(Failure) {
    _ = try storing(span) { () throws(StoreProblem) in try store.restoring }
  }
}
