import FoundationEssentials
import Glibc

/// A file that is made beside its place, so that a half-filled one is never found there.
struct Draft {
  let path: String

  /// Removes those that programs left behind that were killed.
  init(of location: String) {
    path = location + ".new-\(getpid())"
    Self.removeAbandoned(of: location)
  }

  /// All of it, with what SQLite and the one who writes keep beside it.
  func remove() { for ending in ["", "-wal", "-shm", "-writer"] { unlink(path + ending) } }

  private static func removeAbandoned(of location: String) {
    let file = URL(filePath: location)
    let folder = file.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(file.lastPathComponent + ".new-") {
      let number = name.dropFirst(file.lastPathComponent.count + 5).prefix { $0.isNumber }
      guard let process = pid_t(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      unlink(folder.appending(path: name).path)
    }
  }
}
