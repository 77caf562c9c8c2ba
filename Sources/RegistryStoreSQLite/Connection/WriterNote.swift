internal import Foundation

/// Who is writing, in a small file beside the registry: SQLite's lock does not say, and what the holder has
/// written inside its transaction nobody else can read.
///
/// The note is only advice: it is read when SQLite says that the registry is locked, and ignored when its process
/// is gone.
struct WriterNote {
  var holder: String
  var since: String

  private static func path(beside location: String) -> String? {
    location == ":memory:" || location.isEmpty ? nil : location + "-writer"
  }

  static func write(author: String, since: String, beside location: String) {
    guard let path = path(beside: location) else { return }
    let lines = ["\(getpid())", since, author.replacingOccurrences(of: "\n", with: " ")]
    try? Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
  }

  static func remove(beside location: String) {
    guard let path = path(beside: location) else { return }
    unlink(path)
  }

  static func read(beside location: String) -> WriterNote? {
    guard let path = path(beside: location), let data = FileManager.default.contents(atPath: path) else {
      return nil
    }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 3, let process = pid_t(lines[0]), kill(process, 0) == 0 || errno == EPERM else {
      return nil
    }
    return WriterNote(holder: "\(lines[2]) (process \(process))", since: String(lines[1]))
  }
}
