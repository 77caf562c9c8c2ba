import Glibc
import RegistryCommands

/// The lines of standard input, each a message: read as they come, also while a command is at work.
///
/// What is read is held back until somebody asks for it, and a line that is too long is left out, however long it is: memory
/// does not grow with what is sent.
final class MessageLines {
  enum Line {
    case message([UInt8])
    /// Of which only the end was waited for.
    case tooLong
  }

  /// Bytes of a message.
  static let longest = 4 << 20
  /// Messages that wait, beyond which nothing more is read before they are answered.
  private static let mostWaiting = 1_000

  private let file: OpenFile
  private var pending: [UInt8] = []
  /// Up to where there is no line end in what is pending.
  private var searched = 0
  private var skips = false
  private var lines: [Line] = []
  private(set) var isAtEnd = false

  init(_ file: OpenFile) { self.file = file }

  /// The next line, waited for; nothing at the end.
  func next() -> Line? {
    while lines.isEmpty, !isAtEnd { read() }
    return lines.isEmpty ? nil : lines.removeFirst()
  }

  /// Takes in what has come, without waiting, and tells what waits.
  /// - Parameter visit: false takes the line out.
  func look(_ visit: (Line) -> Bool) {
    while !isAtEnd, lines.count < Self.mostWaiting, hasMore { read() }
    lines.removeAll { !visit($0) }
  }

  private var hasMore: Bool {
    var poll = pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, 0) > 0
  }

  private func read() {
    guard let bytes = try? file.read(upTo: 1 << 16), !bytes.isEmpty else {
      isAtEnd = true
      // A last line without its end is a message all the same.
      if skips { lines.append(.tooLong) } else if !pending.isEmpty { lines.append(.message(pending)) }
      pending = []
      return
    }
    pending += bytes
    while let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      if skips { lines.append(.tooLong) } else { lines.append(.message(Array(pending[..<end]))) }
      skips = false
      pending.removeSubrange(...end)
      searched = 0
    }
    searched = pending.count
    if pending.count > Self.longest {
      skips = true
      pending = []
      searched = 0
    }
  }
}
