import Foundation
import Glibc

/// The folder that a worker may write to, which is gone when the worker is.
///
/// In a root of its own a worker has memory there, and the folder stays empty. Otherwise what it wrote is on the disk: a
/// host that is killed leaves it, and the next one sweeps it. A folder is held by a lock as long as its host lives.
final class ScratchFolder {
  /// How many bytes it may hold as a whole.
  static let quota = 256 << 20
  private static let most = 10_000

  let path: String
  private let lock: Int32
  private var isThere = true

  init() throws(PluginProblem) {
    let parent = try ScratchFolder.parent()
    _ = ScratchFolder.sweepOnce
    var template = Array((parent + "/worker-XXXXXX").utf8CString)
    guard let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } })
    else {
      throw .workerFailed("there is no folder for it in \(parent): \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
    lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    flock(lock, LOCK_EX | LOCK_NB)
  }

  deinit { remove() }

  /// Removes it with what is in it.
  func remove() {
    guard isThere else { return }
    isThere = false
    try? FileManager.default.removeItem(atPath: path)
    close(lock)
  }

  /// Whether it holds more than it may.
  var isOverQuota: Bool { ScratchFolder.size(of: path) > ScratchFolder.quota }

  /// How many bytes a folder holds on the disk; more than anything may have where there are too many files to look at.
  private static func size(of folder: String) -> Int {
    guard let files = FileManager.default.enumerator(atPath: folder) else { return 0 }
    var (count, size) = (0, 0)
    for case let file as String in files {
      count += 1
      var status = stat()
      if lstat(folder + "/" + file, &status) == 0 { size += Int(clamping: status.st_blocks) * 512 }
      if count > most { return .max }
    }
    return size
  }

  /// The folder of all scratch folders of this user: nobody else may have made it.
  private static func parent() throws(PluginProblem) -> String {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    let parent = base + "/entente-worker-\(geteuid())"
    mkdir(parent, 0o700)
    var status = stat()
    guard lstat(parent, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
      status.st_mode & 0o022 == 0
    else {
      throw .workerFailed("\(parent) is not a folder that only you can write to; remove it, or set TMPDIR")
    }
    return parent
  }

  private static let sweepOnce: Void = sweep()

  /// Removes the folders of hosts that are gone.
  static func sweep() {
    guard let parent = try? parent(), let names = try? FileManager.default.contentsOfDirectory(atPath: parent)
    else { return }
    for name in names where name.hasPrefix("worker-") {
      let folder = parent + "/" + name
      let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      guard place >= 0 else { continue }
      defer { close(place) }
      var status = stat()
      // One that was made a moment ago may not be locked yet.
      guard fstat(place, &status) == 0, status.st_mtim.tv_sec < time(nil) - 10,
        flock(place, LOCK_EX | LOCK_NB) == 0
      else { continue }
      try? FileManager.default.removeItem(atPath: folder)
    }
  }
}
