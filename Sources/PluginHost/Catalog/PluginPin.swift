import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryStore

/// What the folder of an installed plugin must be as a whole: nothing is loaded that was changed, and nothing that was
/// added, since the user saw it.
struct PluginPin: Sendable, Hashable, Codable {
  /// A file as it was installed.
  struct File: Sendable, Hashable, Codable {
    var sha256: String
    var size: Int64
    /// When it was changed last, in nanoseconds since 1970.
    var modified: Int64
  }

  /// Where the files are; not kept, since the folder is found before the pin.
  var folder = ""
  /// The files by their paths within the folder: all that are there.
  var files: [String: File]

  private enum CodingKeys: String, CodingKey { case files }

  /// Pins a folder as it is.
  init(folder: String) throws(PluginProblem) {
    self.folder = folder
    files = [:]
    for entry in try FolderWalk.entries(of: folder) where !entry.isFolder {
      let path = folder + "/" + entry.name
      guard entry.isFile, let digest = PluginPin.digest(of: path) else {
        throw .unreadable(path, "it is no plain file that can be read")
      }
      files[entry.name] = File(sha256: digest, size: entry.size, modified: entry.modified)
    }
  }

  /// Refuses a folder that is not what it was, by the content of its files.
  func check() throws(PluginProblem) { try check(quickly: false) }

  /// The same, taking a file that has its size and time for unchanged.
  func checkQuickly() throws(PluginProblem) { try check(quickly: true) }

  private func check(quickly: Bool) throws(PluginProblem) {
    try FileTrust.checkDirectory(folder)
    var missing = Set(files.keys)
    let folders = Set(files.keys.flatMap(PluginPin.folders))
    for entry in try FolderWalk.entries(of: folder) {
      let path = folder + "/" + entry.name
      try FileTrust.judge(entry.status, path)
      if entry.isFolder, folders.contains(entry.name) { continue }
      guard entry.isFile, let pinned = files[entry.name] else { throw .added(path) }
      missing.remove(entry.name)
      if quickly, entry.size == pinned.size, entry.modified == pinned.modified { continue }
      guard entry.size == pinned.size else {
        throw .changed(path, "it has \(entry.size) bytes, not \(pinned.size)")
      }
      try PluginPin.hold(PluginPin.digest(of: path), to: pinned, path)
    }
    if let gone = missing.min() { throw .changed(folder + "/" + gone, "it is gone") }
  }

  /// Copies the files to where nobody else changes them, and holds what was copied to what was pinned: what runs is what
  /// was looked at, whatever happens to the folder meanwhile.
  func copy(to target: String) throws(PluginProblem) {
    for name in files.keys.sorted() {
      guard let pinned = files[name] else { continue }
      let path = folder + "/" + name
      let copy = target + "/" + name
      do {
        try FileManager.default.createDirectory(
          at: URL(filePath: copy).deletingLastPathComponent(), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw .workerFailed("\(copy) cannot be written: \(SystemError.words(of: error))")
      }
      let source = try ForeignFile(path)
      guard source.size == UInt64(pinned.size) else {
        throw .changed(path, "it has \(source.size) bytes, not \(pinned.size)")
      }
      try PluginPin.hold(try FileCopy.make(of: source, path, to: copy, mode: 0o700), to: pinned, path)
    }
  }

  private static func hold(_ digest: String?, to pinned: File, _ path: String) throws(PluginProblem) {
    guard let digest else { throw .unreadable(path, String(cString: strerror(errno))) }
    guard digest == pinned.sha256 else {
      throw .changed(path, "its SHA-256 is \(digest.prefix(12))…, not \(pinned.sha256.prefix(12))…")
    }
  }

  /// The folders that a path within the folder leads through.
  private static func folders(of name: String) -> [String] {
    var parts = name.split(separator: "/")
    var folders: [String] = []
    while parts.popLast() != nil, !parts.isEmpty { folders.append(parts.joined(separator: "/")) }
    return folders
  }

  /// The SHA-256 of a file in hexadecimal, or nothing where it cannot be read.
  static func digest(of path: String) -> String? {
    guard let file = try? ForeignFile(path) else { return nil }
    var digest = SHA256Digest()
    guard file.read(each: { bytes in digest.add(bytes) }) else { return nil }
    return digest.hexadecimal
  }
}

extension FolderWalk.Entry {
  fileprivate var size: Int64 { Int64(status.st_size) }
  fileprivate var modified: Int64 {
    let (nanoseconds, overflow) = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : nanoseconds &+ Int64(status.st_mtim.tv_nsec)
  }
}
