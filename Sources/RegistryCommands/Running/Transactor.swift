import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Sees to transactions: opens them, drops as a whole what fails, gathers what is seen to at their end, and in a dry run
/// keeps nothing and tells what would have changed.
final class Transactor {
  let store: any RegistryStore
  /// The transaction that the user opened with `begin`.
  var open: Session.OpenTransaction?
  /// What the open transaction has gathered for its end.
  var gathered = Gathered()
  /// Whether all is carried out in a trial of the store, and nothing kept.
  private(set) var isDryRun = false
  /// How many changes are told at most of the next transaction, in a dry run.
  var mostTold: Int?
  /// The last transaction of which is told what it changed, in a dry run.
  private var told: TransactionID?
  /// How many bodies are carried out that are dropped as a whole when they fail.
  private var wholes = 0

  init(_ store: any RegistryStore) { self.store = store }

  /// Whether what is carried out is dropped as a whole when a command in it fails.
  var isAllOrNothing: Bool { wholes > 0 }

  // MARK: Beginning

  /// Opens a transaction of the store, inside a trial in a dry run.
  func begin(_ info: TransactionInfo, _ span: Span?) throws(Failure) {
    try beginTrialWhereDry(info.author, span)
    try storing(span) { () throws(StoreProblem) in try store.begin(info) }
    gathered = Gathered(reason: info.reason)
  }

  /// Opens the trial of a dry run, in which transactions follow one another.
  func beginTrialWhereDry(_ author: String, _ span: Span?) throws(Failure) {
    guard isDryRun, !store.isInTrial else { return }
    try storing(span) { () throws(StoreProblem) in
      try store.begin(.trial(author: author))
      told = try store.transactions(limit: 1).first?.id ?? TransactionID(0)
    }
  }

  // MARK: All or nothing

  /// Carries out `body` in a transaction of its own, or inside the one that is open.
  /// - Parameter test: refuses, before anything is kept, what would not be kept.
  /// - Returns: the transaction; nil where there is none of its own, or nothing changed.
  func inTransaction(
    _ info: TransactionInfo, test: () throws(Failure) -> Void = {}, _ body: () throws(Failure) -> Void
  ) throws(Failure) -> TransactionID? {
    if isAllOrNothing {
      try body()
      return nil
    }
    if store.isInTransaction {
      try store.atomically { () throws(Failure) in try whole(body) }
      return nil
    }
    try begin(info, nil)
    do throws(Failure) {
      try whole(body)
      try test()
      try testDefinitions()
    } catch {
      // The failure that stopped the body tells more than one of the rollback.
      try? store.rollback()
      open = nil
      throw error
    }
    return try commit(nil)
  }

  /// Carries out a command in the open transaction; what it did is dropped alone when it fails.
  func inPart<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    if isAllOrNothing { return try body() }
    let before = gathered
    do throws(Failure) {
      return try store.atomically { () throws(Failure) in try whole(body) }
    } catch {
      // What is dropped leaves no reason behind, and no definition to be tested.
      gathered = before
      throw error
    }
  }

  /// Runs `body` inside what is dropped as a whole when it fails: the commands in it need no part of their own.
  private func whole<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    wholes += 1
    defer { wholes -= 1 }
    return try body()
  }

  // MARK: Ending

  /// Keeps the open transaction of the store.
  func commit(_ span: Span?) throws(Failure) -> TransactionID? {
    try testDefinitions()
    return try storing(span) { () throws(StoreProblem) in
      let hasMore = gathered.reasons.count > gathered.ownReasons
      return try store.commit(reason: hasMore ? gathered.reasons.joined(separator: "\n") : nil)
    }
  }

  // MARK: Dry runs

  /// From here on nothing is kept. The lock of the writer is taken with the first command that needs it.
  func beginDryRun() { isDryRun = true }

  /// Drops all that was carried out; what follows is a dry run still.
  /// - Returns: whether there was anything to drop.
  func dropTried() throws(Failure) -> Bool {
    open = nil
    guard store.isInTrial else { return false }
    try storing(nil) { () throws(StoreProblem) in try store.rollback(.trial) }
    return true
  }

  /// Drops all that was carried out, and keeps again what follows.
  func endDryRun() {
    _ = try? dropTried()
    isDryRun = false
  }

  /// What the transactions changed that were committed since it was asked last; nil where there is nothing to tell.
  func tried(_ reader: ChangeReader) throws(Failure) -> ResultTable? {
    // What is open is told when it is committed.
    guard isDryRun, store.isInTrial, !store.isInTransaction, let before = told else { return nil }
    let transactions = try storing(nil) { () throws(StoreProblem) -> [Transaction] in
      guard let newest = try store.transactions(limit: 1).first, newest.id != before else { return [] }
      return try store.transactions(limit: Int(newest.id.number - before.number))
    }
    guard let newest = transactions.first else { return nil }
    told = newest.id
    defer { mostTold = nil }
    return try reader.triedTable(transactions.reversed(), limit: mostTold ?? ChangeReader.usualLimit)
  }
}

/// What is said of what a dry run leaves out.
public enum DryRunWords {
  public static func unwritten(_ file: String) -> String { "dry run: \(file) would be written" }
  public static func unstarted(_ command: String) -> String { "dry run: \(command) would be started" }
  public static func undone(_ words: String) -> String { "dry run: \(words)" }
  public static let nothingKept = "dry run: nothing of this was kept"
}
