import FoundationEssentials
import Glibc

/// What a worker writes to standard error: a pipe that the host empties, of which it takes so much and no more.
///
/// Nothing of it reaches a terminal as it stands: whoever shows a line makes it visible.
final class WorkerErrors {
  /// How many bytes of one run are kept; what comes behind them is counted.
  static let most = 32 << 10
  private static let longestLine = 2000

  let descriptor: Int32
  private var isOpen = true
  private var pending: [UInt8] = []
  private var lines: [String] = []
  private var taken = 0
  private var dropped = 0

  /// - Parameter descriptor: the end of the pipe that is read; it does not block.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close() }

  func close() {
    guard isOpen else { return }
    isOpen = false
    Glibc.close(descriptor)
  }

  /// Takes what is there, at most a pipe full of it, so that whoever writes on and on holds up nobody.
  func drain() {
    guard isOpen else { return }
    withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 1) { room in
      let got = read(descriptor, room.baseAddress, room.count)
      if got > 0 { add(UnsafeRawBufferPointer(rebasing: room[..<got])) }
    }
  }

  private func add(_ bytes: UnsafeRawBufferPointer) {
    let room = max(0, WorkerErrors.most - taken)
    dropped += max(0, bytes.count - room)
    taken += min(bytes.count, room)
    for byte in bytes.prefix(room) {
      if byte == UInt8(ascii: "\n") || pending.count >= WorkerErrors.longestLine { endLine() }
      if byte != UInt8(ascii: "\n") { pending.append(byte) }
    }
  }

  private func endLine() {
    lines.append(String(decoding: pending, as: UTF8.self))
    pending.removeAll(keepingCapacity: true)
  }

  /// The whole lines that came since the last time.
  func take() -> [String] {
    defer { lines.removeAll() }
    return lines
  }

  /// What is left at the end of a run, and how much was not kept; the next run begins anew.
  func takeRest() -> [String] {
    drain()
    if !pending.isEmpty { endLine() }
    if dropped > 0 { lines.append("(\(dropped) bytes more)") }
    (taken, dropped) = (0, 0)
    return take()
  }
}
