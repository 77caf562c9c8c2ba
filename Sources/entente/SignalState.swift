import Glibc

/// What the process does when a signal comes.
enum SignalState {
  /// Whether a signal is ignored, as in a command that a shell runs in the background.
  static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0, let handler = action.__sigaction_handler.sa_handler else {
      return false
    }
    // SIG_IGN is a number in the clothes of a function.
    return unsafeBitCast(handler, to: Int.self) == 1
  }
}
