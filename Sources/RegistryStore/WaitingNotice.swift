/// When to say who is waited for: after a second, and later seldom and only where it is another. A crowd of writers changes many
/// times a second, which nobody wants to read; and who looks keeps the others from writing.
package struct WaitingNotice {
  private var next: ContinuousClock.Instant
  private var told: StoreProblem?

  /// - Parameters:
  ///   - start: when the waiting began.
  ///   - last: how long the same session waited the last time, until it could write: as long is no news.
  package init(since start: ContinuousClock.Instant, after last: Duration = .zero) {
    next = start + max(.seconds(1), min(last * 2, Self.pause))
  }

  private static let pause = Duration.seconds(10)

  /// Whether it is time to look who is waited for.
  package func isDue(at now: ContinuousClock.Instant) -> Bool { now >= next }

  /// Takes whom somebody found who looked.
  /// - Returns: whether that is to be said.
  package mutating func isNews(_ problem: StoreProblem, at now: ContinuousClock.Instant) -> Bool {
    next = now + Self.pause
    guard problem != told else { return false }
    told = problem
    return true
  }
}
