internal import CLibEdit

/// Whether the user pressed Ctrl-C since the command began. One for the process; polling it reads an integer, so
/// that a loop can do so for each row, on any thread.
public struct InterruptFlag: Sendable {
  fileprivate init() {}

  /// True from the first SIGINT on.
  public var isRaised: Bool { entente_interrupted() }
}

/// Runs a command so that Ctrl-C (SIGINT) raises a flag instead of ending the process. The flag is lowered at the
/// start, what SIGINT did before is back at the end, and nothing is interrupted by itself: `body` polls. Blocking
/// system calls end with EINTR.
public func withInterruptHandling<Result, Failure: Error>(
  _ body: (InterruptFlag) throws(Failure) -> Result
) throws(Failure) -> Result {
  entente_interrupted_clear()
  entente_interrupt_begin()
  defer { entente_interrupt_end() }
  return try body(InterruptFlag())
}

/// As above, for a command that suspends.
public func withInterruptHandling<Result, Failure: Error>(
  _ body: (InterruptFlag) async throws(Failure) -> Result
) async throws(Failure) -> Result {
  entente_interrupted_clear()
  entente_interrupt_begin()
  defer { entente_interrupt_end() }
  return try await body(InterruptFlag())
}
