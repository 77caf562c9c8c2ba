import FoundationEssentials
import Glibc

/// Whether a file may be believed at all: there, a plain file, and such that nobody but its user, root and the owner of
/// this program can change it, at every level up to the root, as ssh and sudo look at theirs.
enum FileTrust {
  /// Checks a file, and every folder and link on the way to it.
  static func check(_ path: String) throws(PluginProblem) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unreadable(path, String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path, "it is no plain file") }
    try walk(path)
  }

  /// Checks a folder in the same way.
  static func checkDirectory(_ path: String) throws(PluginProblem) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .directoryMissing(path) }
    try walk(path)
  }

  /// Checks what something is, where it is one level of a path.
  static func judge(_ status: stat, _ path: String) throws(PluginProblem) {
    guard owners.contains(status.st_uid) || isPrograms(path) else { throw .otherOwner(path, status.st_uid) }
    let mode = status.st_mode
    // What a link leads to is looked at; its own mode means nothing. In a sticky folder nobody can take another's.
    if mode & S_IFMT == S_IFLNK || mode & S_IFMT == S_IFDIR && mode & S_ISVTX != 0 { return }
    if mode & S_IWOTH != 0 { throw .worldWritable(path) }
    if mode & S_IWGRP != 0, !isPrograms(path) { throw .groupWritable(path) }
  }

  /// Who could change the program too: root, its user, and whoever owns it.
  private static let owners: Set<uid_t> = {
    var status = stat()
    return stat("/proc/self/exe", &status) == 0 ? [0, geteuid(), status.st_uid] : [0, geteuid()]
  }()

  /// The folder of the program, whose plugins are trusted as it is.
  private static let program: String? = {
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
      return nil
    }
    return URL(filePath: path).deletingLastPathComponent().path
  }()

  private static func isPrograms(_ path: String) -> Bool {
    guard let program else { return false }
    let installed = URL(filePath: program).deletingLastPathComponent().path + "/lib/entente"
    return [program, installed].contains {
      path == $0 || path.hasPrefix($0 + "/") || $0.hasPrefix(path + "/")
    }
  }

  /// Every level of a path from the root on, and of the paths that links lead to.
  private static func walk(_ path: String, links: Int = 0) throws(PluginProblem) {
    guard links < 40 else { throw .unreadable(path, "its links lead around in a circle") }
    let absolute = URL(filePath: path).path
    var done = ""
    var rest = absolute.split(separator: "/")[...]
    try level("/", links: links)
    while let name = rest.popFirst() {
      if name == "." { continue }
      if name == ".." {
        done = done.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        continue
      }
      let next = done + "/" + name
      guard let target = try level(next, links: links) else {
        done = next
        continue
      }
      let start = target.hasPrefix("/") ? target : done + "/" + target
      return try walk(([start] + rest.map(String.init)).joined(separator: "/"), links: links + 1)
    }
  }

  /// Checks one level; where it is a link, answers with where it leads.
  @discardableResult
  private static func level(_ path: String, links: Int) throws(PluginProblem) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .unreadable(path, String(cString: strerror(errno))) }
    try judge(status, path)
    guard status.st_mode & S_IFMT == S_IFLNK else { return nil }
    return try? FileManager.default.destinationOfSymbolicLink(atPath: path)
  }
}
