import FoundationEssentials
import Glibc

/// The folder that a worker may write to, which is gone when the worker is.
///
/// In a root of its own a worker has memory there, and the folder stays empty. Otherwise what it wrote is on the disk: a
/// host that is killed leaves it, and the next one sweeps it. A folder is held by a lock as long as its host lives.
final class ScratchFolder {
  /// How many bytes it may hold as a whole.
  static let quota = 256 << 20
  private static let most = 10_000

  /// The folder itself.
  private let base: String
  /// The part of it that the worker writes to.
  let path: String
  private let lock: Int32
  private var isThere = true

  init() throws(PluginProblem) {
    let parent = try ScratchFolder.parent()
    _ = ScratchFolder.sweepOnce
    // Whoever sweeps waits until the folder is locked.
    let gate = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    flock(gate, LOCK_SH)
    defer { close(gate) }
    // `mkdtemp` puts a name of its own in the place of the last letters.
    var template = Array((parent + "/worker-XXXXXX").utf8CString)
    guard let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } })
    else {
      throw .workerFailed("there is no folder for it in \(parent): \(String(cString: strerror(errno)))")
    }
    base = String(cString: made)
    path = base + "/scratch"
    lock = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    flock(lock, LOCK_EX | LOCK_NB)
    mkdir(path, 0o700)
  }

  deinit { remove() }

  /// Removes it with what is in it.
  func remove() {
    guard isThere else { return }
    isThere = false
    try? FileManager.default.removeItem(atPath: base)
    close(lock)
  }

  /// Copies an installed plugin beside it, held to what was pinned; answers with the copy of the file that runs.
  func take(_ file: String, of pin: PluginPin) throws(PluginProblem) -> String {
    let copy = base + "/plugin"
    try pin.copy(to: copy)
    return copy + "/" + URL(filePath: file).lastPathComponent
  }

  /// Whether it holds more than it may.
  var isOverQuota: Bool { ScratchFolder.size(of: path) > ScratchFolder.quota }

  /// How many bytes a folder holds on the disk; more than anything may have where there are too many files to look at.
  private static func size(of folder: String) -> Int {
    var (count, size) = (0, 0)
    var folders = [folder]
    while let folder = folders.popLast() {
      // What is gone meanwhile takes no room.
      guard let directory = opendir(folder) else { continue }
      defer { closedir(directory) }
      while let name = FolderWalk.nextName(in: directory) {
        count += 1
        if count > most { return .max }
        let path = folder + "/" + name
        var status = stat()
        guard lstat(path, &status) == 0 else { continue }
        size += Int(clamping: status.st_blocks) * 512
        if status.st_mode & S_IFMT == S_IFDIR { folders.append(path) }
      }
    }
    return size
  }

  /// Where the machine keeps what is temporary, or, where nothing can be executed there, the user's cache.
  private static var root: String {
    let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    var status = statvfs()
    let (noExecution, cache) = (8, FileManager.default.homeDirectoryForCurrentUser.path + "/.cache")
    guard statvfs(temporary, &status) == 0, Int(status.f_flag) & noExecution != 0 else { return temporary }
    mkdir(cache, 0o700)
    return cache
  }

  /// The folder of all scratch folders of this user: nobody else may have made it.
  private static func parent(makes: Bool = true) throws(PluginProblem) -> String {
    let parent = root + "/entente-worker-\(geteuid())"
    if makes { mkdir(parent, 0o700) }
    var status = stat()
    guard lstat(parent, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
      status.st_mode & 0o022 == 0
    else {
      throw .workerFailed("\(parent) is not a folder that only you can write to; remove it, or set TMPDIR")
    }
    return parent
  }

  /// Removes, at the first use, the folders of hosts that are gone.
  static let sweepOnce: Void = sweep()

  /// Removes the folders of hosts that are gone.
  static func sweep() {
    // Usually nothing is there.
    guard let parent = try? parent(makes: false) else { return }
    let gate = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(gate) }
    guard gate >= 0, flock(gate, LOCK_EX | LOCK_NB) == 0,
      let names = try? FileManager.default.contentsOfDirectory(atPath: parent)
    else { return }
    for name in names where name.hasPrefix("worker-") {
      let folder = parent + "/" + name
      let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      guard place >= 0 else { continue }
      defer { close(place) }
      guard flock(place, LOCK_EX | LOCK_NB) == 0 else { continue }
      try? FileManager.default.removeItem(atPath: folder)
    }
  }
}
