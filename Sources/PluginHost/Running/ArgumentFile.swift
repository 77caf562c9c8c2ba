import Glibc
import RegistryCommands

/// Reads a file that a user gives to an analysis: regular, of text, and no larger than is allowed.
enum ArgumentFile {
  /// - Parameter told: the path as the user wrote it, for the words of a problem.
  static func content(_ path: String, _ told: String, most: Int) throws(PluginProblem) -> String {
    // What is opened is what is looked at; a pipe or a device that never ends is not waited for.
    let file: OpenFile
    do { file = try OpenFile(path, O_RDONLY | O_NONBLOCK) } catch { throw .argumentFile(told, error.words) }
    var status = stat()
    guard fstat(file.descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .argumentFile(told, "it is no regular file")
    }
    guard status.st_size <= most else {
      throw .argumentFile(told, "it has \(status.st_size) bytes, and at most \(most) are allowed")
    }
    let bytes: [UInt8]
    do { bytes = try file.readAll(most: most) } catch { throw .argumentFile(told, error.words) }
    guard bytes.count <= most else { throw .argumentFile(told, "it has more than the \(most) bytes allowed") }
    guard let text = bytes.withUnsafeBytes({ String(utf8: $0) }) else {
      throw .argumentFile(told, "it is no UTF-8 text; iconv makes it one")
    }
    return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
  }
}
