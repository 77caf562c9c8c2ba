/// When to say who is waited for: after a second, and later seldom and only where it is another. A crowd of writers changes many
/// times a second, which nobody wants to read.
package struct WaitingNotice {
  private var next: ContinuousClock.Instant
  private var told: StoreProblem?

  /// - Parameter start: when the waiting began.
  package init(since start: ContinuousClock.Instant) { next = start + .seconds(1) }

  /// Whether it is time to look who is waited for.
  package func isDue(at now: ContinuousClock.Instant) -> Bool { now >= next }

  /// Takes whom somebody found who looked.
  /// - Returns: whether that is to be said.
  package mutating func isNews(_ problem: StoreProblem, at now: ContinuousClock.Instant) -> Bool {
    next = now + .seconds(10)
    guard problem != told else { return false }
    told = problem
    return true
  }
}
