import Synchronization

/// How far a second thread has read a file.
final class ReadingProgress: Sendable {
  private let state = Mutex<(done: Int, fraction: Double?)>((0, 0))

  var now: (done: Int, fraction: Double?) { state.withLock { $0 } }

  /// - Parameter done: how many rows or lines were read.
  func note(_ done: Int, _ fraction: Double?) { state.withLock { $0 = (done, fraction) } }
}
