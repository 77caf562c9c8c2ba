import Foundation
import Glibc

/// Reads a file that a user gives to an analysis: regular, of text, and no larger than is allowed.
enum ArgumentFile {
  /// - Parameter told: the path as the user wrote it, for the words of a problem.
  static func content(_ path: String, _ told: String, most: Int) throws(PluginProblem) -> String {
    // What is opened is what is looked at; a pipe or a device that never ends is not waited for.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .argumentFile(told, String(cString: strerror(errno))) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .argumentFile(told, "it is no regular file")
    }
    guard status.st_size <= most else {
      throw .argumentFile(told, "it has \(status.st_size) bytes, and at most \(most) are allowed")
    }
    let data: Data
    do { data = try file.read(upToCount: most + 1) ?? Data() } catch {
      throw .argumentFile(told, error.localizedDescription)
    }
    guard data.count <= most else { throw .argumentFile(told, "it has more than the \(most) bytes allowed") }
    guard let text = data.withUnsafeBytes({ String(utf8: $0) }) else {
      throw .argumentFile(told, "it is no UTF-8 text; iconv makes it one")
    }
    return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
  }
}
