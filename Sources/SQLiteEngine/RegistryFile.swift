internal import Glibc
internal import RegistryStore

/// What a file is, looked at before SQLite touches it.
enum RegistryFile {
  /// Whether there is a file that may be a registry.
  /// - Throws: `cannotOpen` for what is no plain file (a pipe would be waited for) and what cannot be read;
  ///   `notARegistry` for a file of another kind.
  static func isThere(_ location: String) throws(StoreProblem) -> Bool {
    guard !location.isEmpty else { throw .cannotOpen(location: "\"\"", reason: "a file has a name") }
    var status = stat()
    guard stat(location, &status) == 0 else {
      guard errno == ENOENT else { throw refusal(location) }
      // A link to nothing is nobody's registry, and nothing is made behind it.
      if lstat(location, &status) == 0 {
        throw .cannotOpen(location: location, reason: "it is a link to nothing")
      }
      return false
    }
    if let kind = kind(status.st_mode) { throw .cannotOpen(location: location, reason: "it is \(kind)") }
    let file = open(location, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw refusal(location) }
    defer { close(file) }
    var header = [UInt8](repeating: 0, count: 72)
    let count = pread(file, &header, header.count, 0)
    try look(at: Array(header.prefix(max(0, count))), location)
    return true
  }

  /// Refuses a file whose first bytes say that it is another's. Those of a newer format say so too; what a log beside the
  /// file holds can only be newer still.
  private static func look(at header: [UInt8], _ location: String) throws(StoreProblem) {
    guard !header.isEmpty else { return }
    guard header.starts(with: "SQLite format 3\0".utf8) else { throw .notARegistry(location: location) }
    guard header.count == 72 else { return }
    func number(at start: Int) -> Int64 { header[start..<(start + 4)].reduce(0) { $0 << 8 | Int64($1) } }
    let (version, mark) = (number(at: 60), number(at: 68))
    guard mark == Format.applicationID || mark == 0 else { throw .notARegistry(location: location) }
    if mark != 0, version > Format.migrations.count {
      throw .newerFormat(location: location, found: Int(version), supported: Format.migrations.count)
    }
  }

  /// Whether nothing more can be written where a registry is: no room, a quota, a limit. SQLite's words do not tell
  /// this from a disk that fails, so it is tried, behind the end of the log.
  static func isFull(_ location: String) -> Bool {
    let probe = location + ".probe-\(getpid())"
    let file = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return isFull(errno) }
    defer {
      close(file)
      unlink(probe)
    }
    let page = [UInt8](repeating: 1, count: 1 << 16)
    let end = off_t((size(location + "-wal") ?? 0) / 4096 * 4096)
    return pwrite(file, page, page.count, end) < page.count
  }

  private static func isFull(_ error: Int32) -> Bool { [ENOSPC, EDQUOT, EFBIG].contains(error) }

  /// How many bytes a file has; nothing where it cannot be told.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func refusal(_ location: String) -> StoreProblem {
    .cannotOpen(location: location, reason: String(cString: strerror(errno)))
  }

  private static func kind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
