import Crypto
import Foundation
import Glibc

/// What the files of an installed plugin must be: nothing is loaded that was changed since the user saw it.
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
  /// The files by their names.
  var files: [String: File]

  private enum CodingKeys: String, CodingKey { case files }

  /// Pins files as they are.
  init(folder: String, files names: [String]) throws(PluginProblem) {
    self.folder = folder
    files = [:]
    for name in names { files[name] = try PluginPin.look(at: folder + "/" + name) }
  }

  /// Refuses files that are not what they were, by their content.
  func check() throws(PluginProblem) {
    for name in files.keys.sorted() { try check(name, quickly: false) }
  }

  /// The same, taking a file that has its size and time for unchanged.
  func checkQuickly(only file: String? = nil) throws(PluginProblem) {
    for name in files.keys.sorted() where file == nil || file == name { try check(name, quickly: true) }
  }

  private func check(_ name: String, quickly: Bool) throws(PluginProblem) {
    let path = folder + "/" + name
    try FileTrust.check(path)
    guard let pinned = files[name] else { return }
    if quickly, let (size, modified) = PluginPin.stamp(of: path), size == pinned.size,
      modified == pinned.modified
    {
      return
    }
    let found = try PluginPin.look(at: path)
    guard found.sha256 == pinned.sha256 else {
      throw .changed(path, found: found.sha256, pinned: pinned.sha256)
    }
  }

  private static func look(at path: String) throws(PluginProblem) -> File {
    guard let stamp = stamp(of: path), let digest = digest(of: path) else {
      throw .unreadable(path, String(cString: strerror(errno)))
    }
    return File(sha256: digest, size: stamp.size, modified: stamp.modified)
  }

  /// The SHA-256 of a file in hexadecimal, or nothing where it cannot be read.
  static func digest(of path: String) -> String? {
    guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else { return nil }
    return SHA256.hash(data: data).map { String(format: "%02x", Int($0)) }.joined()
  }

  private static func stamp(of path: String) -> (size: Int64, modified: Int64)? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return (
      Int64(status.st_size), Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    )
  }
}
