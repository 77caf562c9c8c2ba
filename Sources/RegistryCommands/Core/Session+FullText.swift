import CommandLanguage
import RegistryModel
import RegistryStore

extension Session {
  /// As ``completeText()``, behind a commit: what was committed stays so, whatever becomes of the full text, and the
  /// next `find` tells.
  func completeTextAfterCommit() { _ = try? completeText() }

  /// Puts what a long import left waiting into the full text, as far as it gets before it is interrupted or somebody
  /// else writes.
  /// - Returns: how many statements and citations still wait.
  func completeText() throws(Failure) -> Int {
    // Where no texts are searched, none wait.
    guard let texts = store as? any TextSearching else { return 0 }
    let all = try storing(nil) { () throws(StoreProblem) in try texts.textWaiting() }
    guard all > 0, !settings.readOnly else { return all }
    try beginTrialWhereDry(nil)
    defer { onProgress?(nil) }
    var waiting = all
    while waiting > 0, store.isInterrupted?() != true {
      onProgress?(
        Progress(
          what: "full text", done: all - waiting, unit: "statements",
          fraction: Double(all - waiting) / Double(all)))
      let left = try storing(nil) { () throws(StoreProblem) in try texts.indexText() }
      if left == waiting { break }
      waiting = left
    }
    return waiting
  }
}
