import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

extension Session {
  /// From here on nothing is kept. The lock of the writer is taken with the first command that needs it.
  public func beginDryRun() { transactor.beginDryRun() }

  /// Drops all that was carried out; what follows is a dry run still.
  /// - Returns: whether there was anything to drop.
  @discardableResult
  public func dropTried() throws(Failure) -> Bool { try transactor.dropTried() }

  /// Drops all that was carried out, and keeps again what follows.
  public func endDryRun() { transactor.endDryRun() }

  /// Whether all is carried out and nothing kept (``beginDryRun()``).
  public var isDryRun: Bool { transactor.isDryRun }

  /// Tells what the transactions changed that were committed since it was told last.
  func tellTried(_ emit: (Answer) throws(Failure) -> Void) throws(Failure) {
    // A text inside another is told with that.
    guard texts.count == 1 else { return }
    if let table = try transactor.tried(interpreter.changeReader) { try emit(.table(table)) }
  }

  /// Now, as transactions record it, whatever day reading is pinned to.
  private var now: String {
    settings.editedAt ?? Date().ISO8601Format(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  func transactionInfo(reason: String?, reverts: TransactionID? = nil) -> TransactionInfo {
    TransactionInfo(author: settings.author, reason: reason, tool: settings.tool, at: now, reverts: reverts)
  }

  /// Runs `body` in a transaction, or inside the one that is open.
  /// - Parameter command: the command that opens the transaction itself; what it was given and does not read lets nothing
  ///   be kept.
  @discardableResult
  func inTransaction(
    reason: String?, reverts: TransactionID? = nil, of command: Invocation? = nil,
    _ body: () throws(Failure) -> Void
  ) throws(Failure) -> TransactionID? {
    let isOwn = !store.isInTransaction
    // Who may only read opens none: what writes is refused by itself.
    guard !isOwn || !settings.readOnly else {
      try body()
      return nil
    }
    let id = try transactor.inTransaction(
      transactionInfo(reason: reason, reverts: reverts),
      test: { () throws(Failure) in try command?.refuseUnread() }, body)
    if isOwn { fullText.completeAfterCommit() }
    return id
  }

  /// What puts texts that wait into the full text.
  var fullText: FullTextIndexing {
    FullTextIndexing(
      transactor: transactor, author: settings.author, isReadOnly: settings.readOnly, onProgress: onProgress)
  }
}
