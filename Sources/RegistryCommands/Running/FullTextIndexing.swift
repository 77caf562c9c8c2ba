import CommandLanguage
import RegistryModel
import RegistryStore

/// Puts what a long import left waiting into the full text.
struct FullTextIndexing {
  let transactor: Transactor
  let author: String
  let isReadOnly: Bool
  let onProgress: ((Session.Progress?) -> Void)?

  /// As ``complete()``, behind a commit: what was committed stays so, whatever becomes of the full text, and the next
  /// `find` tells.
  func completeAfterCommit() { _ = try? complete() }

  /// Goes on as far as it gets before it is interrupted or somebody else writes.
  /// - Returns: how many statements and citations still wait.
  func complete() throws(Failure) -> Int {
    let store = transactor.store
    // Where no texts are searched, none wait.
    guard let texts = store as? any TextSearching else { return 0 }
    let all = try storing(nil) { () throws(StoreProblem) in try texts.textWaiting() }
    guard all > 0, !isReadOnly else { return all }
    try transactor.beginTrialWhereDry(author, nil)
    defer { onProgress?(nil) }
    var waiting = all
    while waiting > 0, store.isInterrupted?() != true {
      onProgress?(
        Session.Progress(
          what: "full text", done: all - waiting, unit: "statements",
          fraction: Double(all - waiting) / Double(all)))
      let left = try storing(nil) { () throws(StoreProblem) in try texts.indexText() }
      if left == waiting { break }
      waiting = left
    }
    return waiting
  }
}
