internal import FoundationEssentials
internal import Glibc

/// Who is writing, in a small file beside the registry: SQLite's lock does not say, and what the holder has
/// written inside its transaction nobody else can read.
///
/// The note is only advice: it is read when SQLite says that the registry is locked, and ignored when its process
/// is gone, also where another one has got its number since.
struct WriterNote {
  var holder: String
  var since: String

  private static func path(beside location: String) -> String? {
    location == ":memory:" || location.isEmpty ? nil : location + "-writer"
  }

  /// Says that this process writes from now on, by the clock and whatever day the session is pinned to.
  static func write(author: String, beside location: String) {
    guard let path = path(beside: location) else { return }
    let now = Date().ISO8601Format()
    let author = String(String.UnicodeScalarView(author.unicodeScalars.map { $0 == "\n" ? " " : $0 }))
    let lines = ["\(getpid())", startTime(of: getpid()) ?? "", now, author]
    try? Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Takes the note away: while the lock is still held, or it could be that of the next writer.
  static func remove(beside location: String) {
    guard let path = path(beside: location) else { return }
    unlink(path)
  }

  static func read(beside location: String) -> WriterNote? {
    guard let path = path(beside: location), let data = FileManager.default.contents(atPath: path) else {
      return nil
    }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 4, let process = pid_t(lines[0]), kill(process, 0) == 0 || errno == EPERM,
      startTime(of: process) ?? "" == lines[1]
    else { return nil }
    return WriterNote(holder: "\(lines[3]) (process \(process))", since: String(lines[2]))
  }

  /// When a process began, in ticks since the machine did: no two processes have that and their number in common.
  private static func startTime(of process: pid_t) -> String? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
    // The second field is the name in parentheses, whatever is in it; the start is the 22nd.
    let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 19 ? String(fields[19]) : nil
  }
}
