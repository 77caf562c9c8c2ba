internal import CommandLanguage
public import FoundationEssentials
internal import Glibc
internal import RegistryCommands

/// The statements typed so far, in a file of their own that sessions share: JSON Lines, one line a statement.
///
/// A second line tells how the statement ended.
/// libedit's own history file is not used: its save writes the whole file anew, so that of two sessions at once
/// the last to leave wins. Here a statement is added by one write under `O_APPEND`, which interleaves with no
/// other. A damaged line is skipped. The file is readable by its owner only.
public final class StatementHistory {
  /// What is read of the past at most, in entries and in bytes from the file's end.
  static let limit = 5_000
  static let byteLimit = 8 << 20

  /// Where the file is; made with its folder when the first statement is added.
  public let path: String
  private let session: String
  private let registry: String
  private let now: () -> Date
  private var newest: String?
  /// Whether the last statement waits for its outcome.
  private var isOpen = false

  /// - Parameters:
  ///   - path: of the file.
  ///   - session: what tells this session from others.
  ///   - registry: the location of the registry at work.
  ///   - now: the clock.
  public init(
    path: String, session: String = UUID().uuidString.lowercased(), registry: String,
    now: @escaping () -> Date = { Date() }
  ) {
    self.path = path
    self.session = session
    self.registry = registry
    self.now = now
  }

  /// The last 5,000 statements, oldest first, without the damaged and without a twin beside a twin. A file that is
  /// not there is an empty history.
  /// - Throws: `TerminalError.historyNotRead`.
  public func load() throws(TerminalError) -> [HistoryEntry] {
    let entries = try tail().withUnsafeBufferPointer { bytes in
      var entries: [HistoryEntry] = []
      var newestOfSession: [String: Int] = [:]
      for line in bytes.split(separator: UInt8(ascii: "\n")).suffix(2 * Self.limit) {
        switch HistoryRecord(line: line) {
        case .statement(let entry)?:
          if entry.statement != entries.last?.statement { entries.append(entry) }
          newestOfSession[entry.session] = entries.count - 1
        case .outcome(let outcome)?:
          guard let place = newestOfSession[outcome.session] else { continue }
          entries[place].status = outcome.status
          entries[place].milliseconds = outcome.milliseconds
        case nil: continue
        }
      }
      return Array(entries.suffix(Self.limit))
    }
    newest = entries.last?.statement
    return entries
  }

  /// Adds a statement without the passwords in it, unless it begins with a space, is blank, or is what was added last.
  /// - Returns: whether it was added.
  /// - Throws: `TerminalError.historyNotWritten`.
  @discardableResult
  public func append(_ statement: String) throws(TerminalError) -> Bool {
    isOpen = false
    guard !statement.hasPrefix(" "), !statement.allSatisfy(\.isWhitespace), statement != newest else {
      return false
    }
    newest = statement
    let entry = HistoryEntry(
      statement: withoutPasswords(statement), session: session, time: now().ISO8601Format(),
      registry: registry)
    try add(entry)
    isOpen = true
    return true
  }

  /// Adds how the statement that was added last ended: its exit status, and how long it took.
  /// - Throws: `TerminalError.historyNotWritten`.
  public func conclude(status: Int, milliseconds: Int) throws(TerminalError) {
    guard isOpen else { return }
    isOpen = false
    try add(HistoryOutcome(session: session, status: status, milliseconds: milliseconds))
  }

  private func add(_ record: some Encodable) throws(TerminalError) {
    do {
      try write(HistoryRecord.line(record))
    } catch {
      throw .historyNotWritten(path: path, reason: reason(error))
    }
  }

  // MARK: The file

  private func write(_ line: [UInt8]) throws {
    let folder = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    // What an interrupted write left behind must not swallow this line too.
    let bytes = endsInNewline(file) ? line : [UInt8(ascii: "\n")] + line
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw failure() }
  }

  private func endsInNewline(_ file: Int32) -> Bool {
    let size = lseek(file, 0, SEEK_END)
    var last: UInt8 = 0
    return size <= 0 || pread(file, &last, 1, size - 1) != 1 || last == UInt8(ascii: "\n")
  }

  private func tail() throws(TerminalError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return [] }
      throw .historyNotRead(path: path, reason: reason(failure()))
    }
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    let start = max(0, size - Self.byteLimit)
    var bytes = [UInt8](repeating: 0, count: max(0, size - start))
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, start) }
    guard size >= 0, count >= 0 else { throw .historyNotRead(path: path, reason: reason(failure())) }
    return Array(bytes.prefix(count))
  }

  private func failure() -> SystemError { SystemError(errno) }

  private func reason(_ error: any Error) -> String {
    SystemError.words(of: error)
  }
}
