internal import FoundationEssentials
internal import Glibc
package import RegistryStore

extension SQLiteEngine {
  package func backup(to target: String) throws(StoreProblem) {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw .cannotOpen(location: target, reason: "there is a file of that name already")
    }
    let folder = URL(filePath: target).deletingLastPathComponent().path
    guard access(folder, W_OK) == 0 else {
      throw .cannotOpen(location: target, reason: String(cString: strerror(errno)))
    }
    // Written beside its place and then linked there: what is found under the name is always whole.
    let draft = target + ".part-\(getpid())"
    defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) } }
    let copy = try Database(draft, location: target)
    try self.copy(to: copy)
    // What is recorded in the copy is told from what is recorded here.
    try copy.run("UPDATE origin SET own = 0 WHERE own = 1")
    // One file, without a log beside it.
    try copy.run("PRAGMA journal_mode = DELETE")
    try copy.close()
    guard link(draft, target) == 0 else {
      throw .cannotOpen(location: target, reason: String(cString: strerror(errno)))
    }
  }
}
