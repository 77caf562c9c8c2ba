import Foundation
import Glibc

/// Whether a file may be believed at all: there, a plain file, and not open to every user to change.
enum FileTrust {
  /// Checks a file and the directory that it really lies in.
  static func check(_ path: String) throws(PluginProblem) {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let file = try status(of: real, called: path)
    guard file.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path, "it is no plain file") }
    if file.st_mode & S_IWOTH != 0 { throw .worldWritable(path) }
    try checkDirectory(URL(fileURLWithPath: real).deletingLastPathComponent().path)
  }

  /// Checks a directory.
  static func checkDirectory(_ path: String) throws(PluginProblem) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .directoryMissing(path) }
    if status.st_mode & S_IWOTH != 0 { throw .worldWritable(path) }
  }

  private static func status(of path: String, called name: String) throws(PluginProblem) -> stat {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unreadable(name, String(cString: strerror(errno))) }
    return status
  }
}
