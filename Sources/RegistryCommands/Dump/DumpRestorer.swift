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
  /// Asked for once: it is needed for every line.
  private var knownRestoring: (any RegistryRestoring)?

  /// - Parameter header: what the first line of the dump says.
  init(_ header: Restoration.Header, _ transactor: Transactor, author: String) {
    self.transactor = transactor
    self.author = author
    state = Restoration(header)
  }

  /// Carries out a line.
  func restore(_ command: CommandSyntax) throws(Failure) {
    try carryOut(try state.read(command), command.span)
  }

  /// Carries out what a line says.
  /// - Parameter span: where it stands.
  func carryOut(_ steps: [Restoration.Step], _ span: Span) throws(Failure) {
    for step in steps {
      if case .transaction = step { try transactor.beginTrialWhereDry(author, span) }
      try storing(span) { () throws(StoreProblem) in try carryOut(step, in: try restoring()) }
    }
  }

  /// Refuses a dump of which the end is missing.
  func requireEnd(_ span: Span?) throws(Failure) { try state.requireEnd(span) }

  /// Ends a transaction of a history, which is kept when all of the history is.
  func endTransaction(_ span: Span) throws(Failure) {
    guard store.isInTransaction else { return }
    try storing(span) { () throws(StoreProblem) in try restoring().endRestored() }
  }

  private func carryOut(
    _ step: Restoration.Step, in restoring: any RegistryRestoring
  ) throws(StoreProblem) {
    switch step {
    case .asserted(let contents): try restoring.restore(contents)
    case .withdrawn(let content): try restoring.restore(content, asserts: false)
    case .ended(let content, let seen): try restoring.restore(ended: content, seen: seen)
    case .transaction(let transaction, let undone):
      try restoring.begin(restoring: transaction, undoing: undone)
    }
  }

  private func restoring() throws(StoreProblem) -> any RegistryRestoring {
    if let knownRestoring { return knownRestoring }
    let restoring = try store.restoring
    knownRestoring = restoring
    return restoring
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
