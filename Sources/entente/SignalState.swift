import Glibc
import RegistryCommands
import RegistryStore
import Terminal

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

  /// Carries out what asks, now and then, whether Ctrl-C was pressed. A signal that whoever started the program ignores stays
  /// ignored.
  static func asking<Result>(
    _ body: (_ isInterrupted: @escaping () -> Bool) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard !isIgnored(SIGINT) else { return try body { false } }
    return try withInterruptHandling { (flag) throws(Failure) in
      do throws(Failure) {
        return try body { flag.isRaised }
      } catch {
        // What waited for the system was told of the signal first.
        throw flag.isRaised && error.status == .storage ? Failure(StoreProblem.interrupted) : error
      }
    }
  }
}
