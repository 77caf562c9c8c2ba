import Dispatch

/// A moment after which nobody waits.
struct Deadline: Sendable {
  private let end: UInt64

  /// In so many seconds; what no clock reaches is never.
  init(seconds: Double) {
    let now = DispatchTime.now().uptimeNanoseconds
    let length = seconds * 1_000_000_000
    // Also for what is no number.
    guard length < 9e18 else {
      end = .max
      return
    }
    end = now + UInt64(max(0, length))
  }

  /// Whether it is over.
  var isPast: Bool { DispatchTime.now().uptimeNanoseconds > end }
}
