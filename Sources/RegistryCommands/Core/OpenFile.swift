internal import Glibc

/// An open file, pipe or terminal, read and written at once, without anything held back.
public final class OpenFile: Sendable {
  public static let standardInput = OpenFile(STDIN_FILENO, isOwned: false)
  public static let standardOutput = OpenFile(STDOUT_FILENO, isOwned: false)
  public static let standardError = OpenFile(STDERR_FILENO, isOwned: false)

  public let descriptor: Int32
  private let isOwned: Bool

  /// - Parameter isOwned: whether it is closed when it is no longer used.
  public init(_ descriptor: Int32, isOwned: Bool = true) {
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  /// Opens a file to be read.
  public convenience init(reading path: String) throws(SystemError) { try self.init(path, O_RDONLY) }

  /// Opens a file to be written, made where it is not there.
  public convenience init(writing path: String) throws(SystemError) {
    try self.init(path, O_WRONLY | O_CREAT | O_TRUNC)
  }

  /// - Parameter flags: as `open` has them.
  public convenience init(_ path: String, _ flags: Int32) throws(SystemError) {
    let descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemError(errno) }
    self.init(descriptor)
  }

  deinit { if isOwned { close(descriptor) } }

  /// What comes next, at most so many bytes; empty at the end.
  /// - Parameter offset: where else than behind what was read last, in a file that has places.
  public func read(upTo count: Int, at offset: Int? = nil) throws(SystemError) -> [UInt8] {
    var problem: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      while true {
        let got =
          offset.map { pread(descriptor, room.baseAddress, count, $0) }
          ?? Glibc.read(descriptor, room.baseAddress, count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { problem = SystemError(errno) }
        filled = max(0, got)
        return
      }
    }
    if let problem { throw problem }
    return bytes
  }

  /// All that comes until the end, or until there is more than so many bytes.
  public func readAll(most: Int = .max) throws(SystemError) -> [UInt8] {
    var all: [UInt8] = []
    while all.count <= most {
      let piece = try read(upTo: 1 << 16)
      if piece.isEmpty { break }
      all += piece
    }
    return all
  }

  public func write(_ text: String) throws(SystemError) {
    var text = text
    if let problem = text.withUTF8({ write(UnsafeRawBufferPointer($0)) }) { throw problem }
  }

  public func write(_ bytes: [UInt8]) throws(SystemError) {
    if let problem = bytes.withUnsafeBytes({ write($0) }) { throw problem }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> SystemError? {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return SystemError(errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return nil
  }
}
