import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// Carrying out and keeping nothing: commands do and answer all that they do otherwise, in a trial of the store, and what
/// each transaction changed is told when it is committed. What would go to a file is told, and not written.
extension Session {
  /// From here on nothing is kept. The lock of the writer is taken with the first command that needs it.
  public func beginDryRun() { isDryRun = true }

  /// Drops all that was carried out; what follows is a dry run still.
  /// - Returns: whether there was anything to drop.
  @discardableResult
  public func dropTried() throws(Failure) -> Bool {
    transaction = nil
    guard store.isInTrial else { return false }
    try storing(nil) { () throws(StoreProblem) in try store.rollback(.trial) }
    return true
  }

  /// Drops all that was carried out, and keeps again what follows.
  public func endDryRun() {
    _ = try? dropTried()
    isDryRun = false
  }

  /// Opens a transaction of the store, inside a trial in a dry run.
  func begin(_ info: TransactionInfo, _ span: Span?) throws(Failure) {
    try beginTrialWhereDry(span)
    try storing(span) { () throws(StoreProblem) in try store.begin(info) }
    gathered = Gathered(reason: info.reason)
  }

  func beginTrialWhereDry(_ span: Span?) throws(Failure) {
    guard isDryRun, !store.isInTrial else { return }
    try storing(span) { () throws(StoreProblem) in
      try store.begin(.trial(author: settings.author))
      told = try store.transactions(limit: 1).first?.id ?? TransactionID(0)
    }
  }

  /// Tells what the transactions changed that were committed since it was told last.
  func tellTried(_ emit: (Answer) -> Void) throws(Failure) {
    // A text inside another is told with that; what is open, when it is committed.
    guard isDryRun, store.isInTrial, depth == 1, !store.isInTransaction, let before = told else { return }
    let transactions = try storing(nil) { () throws(StoreProblem) -> [Transaction] in
      guard let newest = try store.transactions(limit: 1).first, newest.id != before else { return [] }
      return try store.transactions(limit: Int(newest.id.number - before.number))
    }
    guard let newest = transactions.first else { return }
    told = newest.id
    defer { mostTold = nil }
    emit(.table(try triedTable(transactions.reversed(), limit: mostTold ?? Self.usualTold)))
  }

  /// So many changes are told unless a clause says otherwise.
  static let usualTold = 1_000

  /// A file that a command writes; in a dry run what goes there goes nowhere, and is told.
  func written(_ place: (url: URL, path: Word)) throws(Failure) -> WrittenFile {
    try written(place.url, named: place.path.content, at: place.path.span)
  }

  func written(_ url: URL, named path: String, at span: Span?) throws(Failure) -> WrittenFile {
    if isDryRun { unwritten.append(path) }
    return try WrittenFile(url, named: path, at: span, isDropped: isDryRun)
  }

  /// The answer of a command that would have written files: it wrote none.
  func tellingUnwritten(_ answer: Answer) -> Answer {
    guard isDryRun, !unwritten.isEmpty else { return answer }
    defer { unwritten = [] }
    var answer = answer
    answer.messages = []
    answer.notes += unwritten.map { DryRunWords.unwritten($0) }
    return answer
  }
}

/// What is said of what a dry run leaves out.
public enum DryRunWords {
  public static func unwritten(_ file: String) -> String { "dry run: \(file) would be written" }
  public static func unstarted(_ command: String) -> String { "dry run: \(command) would be started" }
  public static func undone(_ words: String) -> String { "dry run: \(words)" }
  public static let nothingKept = "dry run: nothing of this was kept"
}
