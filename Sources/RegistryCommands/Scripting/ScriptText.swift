import CommandLanguage
import FoundationEssentials
internal import Glibc

/// The text of a script: read more than once, some lines at a time, and never held whole where it is long.
public final class ScriptText {
  /// What it is called in messages.
  public let name: String
  private let content: Content
  /// Whether it has nothing but commands that read, once it was read and nothing was wrong in it.
  var onlyReads: Bool?

  private enum Content {
    case text(String)
    case file(OpenFile, Stamp)
  }

  /// By what it is seen that somebody writes to a file that is carried out.
  private struct Stamp: Equatable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int

    init(_ file: OpenFile) {
      var status = stat()
      fstat(file.descriptor, &status)
      (size, seconds, nanoseconds) = (
        Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec
      )
    }
  }

  /// A text that is there whole.
  public init(_ source: SourceText) {
    name = source.name
    content = .text(source.text)
  }

  /// What a file has. What can be read only once, as a pipe, is put aside where it is long, in a file that nobody else
  /// sees and that is gone with this.
  public init(_ file: OpenFile, name: String) throws(Failure) {
    self.name = name
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else { throw Self.unreadable(name, SystemError(errno)) }
    // Of standard input some may have been read by somebody else.
    if status.st_mode & S_IFMT == S_IFREG, lseek(file.descriptor, 0, SEEK_CUR) == 0 {
      content = .file(file, Stamp(file))
      return
    }
    do throws(SystemError) {
      let beginning = try file.readAll(most: Self.heldAtMost)
      if beginning.count <= Self.heldAtMost {
        guard let text = String(validating: beginning, as: UTF8.self) else { throw SystemError(EILSEQ) }
        content = .text(text)
      } else {
        let aside = try Self.putAside(beginning, and: file)
        content = .file(aside, Stamp(aside))
      }
    } catch {
      throw error.number == EILSEQ ? Self.notText(name) : Self.unreadable(name, error)
    }
  }

  private static func unreadable(_ name: String, _ error: SystemError) -> Failure {
    let words =
      switch error.number {
      case ENOENT: "there is no such file"
      case EISDIR: "it is a folder"
      case EACCES: "not permitted"
      default: error.words
      }
    return Failures.cannotRead(name, words, nil)
  }

  /// What the file at a path has.
  public convenience init(reading path: String, name: String) throws(Failure) {
    let file: OpenFile
    do throws(SystemError) {
      file = try OpenFile(reading: path)
    } catch {
      throw Self.unreadable(name, error)
    }
    try self.init(file, name: name)
  }

  /// So many bytes of a pipe are held in memory.
  private static let heldAtMost = 1 << 20

  private static func putAside(_ beginning: [UInt8], and file: OpenFile) throws(SystemError) -> OpenFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "entente-script-\(UUID().uuidString)")
      .path
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError(errno) }
    unlink(path)
    let aside = OpenFile(descriptor)
    var piece = beginning
    while !piece.isEmpty {
      try aside.write(piece)
      piece = try file.read(upTo: 1 << 16)
    }
    return aside
  }

  // MARK: Reading

  /// Whole lines from an offset on, so many bytes at least where there are so many.
  func lines(from offset: Int, _ count: Int) throws(Failure) -> CommandStream<Failure>.Lines {
    switch content {
    case .text(let text): return .init(bytes: Array(text.utf8.dropFirst(offset)), isLast: true)
    case .file(let file, let stamp):
      var bytes: [UInt8] = []
      var isLast = false
      while true {
        let piece: [UInt8]
        do throws(SystemError) {
          piece = try file.read(upTo: max(1 << 16, count - bytes.count), at: offset + bytes.count)
        } catch {
          throw Self.unreadable(name, error)
        }
        guard Stamp(file) == stamp else { throw Failures.scriptChanged(name) }
        let line = piece.lastIndex(of: 0x0A).map { bytes.count + $0 + 1 }
        bytes += piece
        isLast = piece.isEmpty
        if isLast { break }
        if bytes.count >= count, let line {
          bytes.removeSubrange(line...)
          break
        }
      }
      guard String(validating: bytes, as: UTF8.self) != nil else { throw Self.notText(name) }
      return .init(bytes: bytes, isLast: isLast)
    }
  }

  private static func notText(_ name: String) -> Failure {
    Failure(
      .storage, code: "not-utf8", "\(name == standardInput ? "standard input" : name) is not UTF-8 text",
      help: "convert it with iconv")
  }

  /// What a script is called that comes through standard input.
  public static let standardInput = "<stdin>"

  /// Some lines at its beginning.
  public func beginning() throws(Failure) -> String {
    String(decoding: try lines(from: 0, 1).bytes, as: UTF8.self)
  }

  /// All of it.
  public func whole() throws(Failure) -> SourceText {
    if case .text(let text) = content { return SourceText(name: name, text: text) }
    var bytes: [UInt8] = []
    while true {
      let lines = try lines(from: bytes.count, 1 << 20)
      bytes += lines.bytes
      if lines.isLast { return SourceText(name: name, text: String(decoding: bytes, as: UTF8.self)) }
    }
  }

  /// Gives away what stands between two offsets, some lines at a time.
  func give(_ span: Span, to take: (String) throws(Failure) -> Void) throws(Failure) {
    var position = span.start
    while position < span.end {
      let lines = try lines(from: position, 1)
      let bytes = lines.bytes.prefix(span.end - position)
      try take(String(decoding: bytes, as: UTF8.self))
      position += bytes.count
      if lines.isLast { return }
    }
  }

  /// Reads its commands one after the other.
  func commands(
    _ signatures: SignatureTable, parameters: Set<String>?
  ) throws(Failure) -> CommandStream<Failure> {
    try CommandStream(signatures: signatures, parameters: parameters) {
      (offset, count) throws(Failure) in try self.lines(from: offset, count)
    }
  }

  /// A stretch of it, as messages point into it.
  func source(_ stretch: TextStretch) -> SourceText {
    var source = SourceText(name: name, text: stretch.text)
    (source.offset, source.starts) = (stretch.offset, stretch.offset == 0 ? [] : [stretch.start])
    return source
  }
}
