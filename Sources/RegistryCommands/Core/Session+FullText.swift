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
    let all = try storing(nil) { () throws(StoreProblem) in try store.textWaiting() }
    guard all > 0, !settings.readOnly else { return all }
    try beginTrialWhereDry(nil)
    defer { onProgress?(nil) }
    var waiting = all
    while waiting > 0, store.isInterrupted?() != true {
      onProgress?(
        Progress(
          what: "full text", done: all - waiting, unit: "statements",
          fraction: Double(all - waiting) / Double(all)))
      let left = try storing(nil) { () throws(StoreProblem) in try store.indexText() }
      if left == waiting { break }
      waiting = left
    }
    return waiting
  }
}
