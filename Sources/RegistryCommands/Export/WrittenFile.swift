import CommandLanguage
import Foundation

/// A file that is found under its name only when it is whole.
final class WrittenFile {
  private let target: URL
  private let draft: URL
  private let path: Word
  private let handle: FileHandle
  private var isFinished = false

  init(_ place: (url: URL, path: Word)) throws(Failure) {
    (target, path) = place
    draft = target.deletingLastPathComponent().appending(
      path: ".\(target.lastPathComponent).part-\(ProcessInfo.processInfo.processIdentifier)")
    guard FileManager.default.createFile(atPath: draft.path, contents: nil),
      let handle = FileHandle(forWritingAtPath: draft.path)
    else { throw Failures.cannotWrite(path.content, path.span) }
    self.handle = handle
  }

  deinit { if !isFinished { try? FileManager.default.removeItem(at: draft) } }

  /// What it is called in messages.
  var name: String { target.lastPathComponent }

  func write(_ text: String) throws(Failure) {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw Failures.cannotWrite(path.content, path.span)
    }
  }

  /// Puts the file in its place, over what was there.
  func finish() throws(Failure) {
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw Failures.cannotWrite(path.content, path.span)
    }
    guard rename(draft.path, target.path) == 0 else { throw Failures.cannotWrite(path.content, path.span) }
    isFinished = true
  }
}
