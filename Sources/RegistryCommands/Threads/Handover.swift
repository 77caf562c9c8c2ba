import Dispatch
import Synchronization

/// What one thread makes and another takes, in the order in which it was made. So much waits at most: who makes more waits
/// until there is room, so that memory stays flat.
final class Handover<Element: Sendable>: Sendable {
  private struct State {
    var waiting: [Element] = []
    /// Whether nobody takes any more.
    var isClosed = false
    /// Whether nothing more is made.
    var isEnded = false
  }
  private let state = Mutex(State())
  // Made of nothing and raised: a semaphore may not go away below what it was made with.
  private let room = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  init(room count: Int) { for _ in 0..<count { room.signal() } }

  /// What the taker finds.
  enum Taken {
    case element(Element)
    /// It has waited so long in vain.
    case nothing
    case end
  }

  // MARK: Who makes

  /// Hands over an element, waiting until there is room.
  /// - Returns: false where nobody takes it.
  @discardableResult
  func put(_ element: Element) -> Bool {
    room.wait()
    let isTaken = state.withLock { state in
      if !state.isClosed { state.waiting.append(element) }
      return !state.isClosed
    }
    // Who puts next need not wait either.
    if isTaken { filled.signal() } else { room.signal() }
    return isTaken
  }

  /// Nothing more comes.
  func end() {
    state.withLock { $0.isEnded = true }
    filled.signal()
  }

  // MARK: Who takes

  /// The next element, waiting for it a little.
  func take() -> Taken {
    guard filled.wait(timeout: .now() + Self.patience) == .success else { return .nothing }
    let first = state.withLock { state in state.waiting.isEmpty ? nil : state.waiting.removeFirst() }
    guard let first else { return .end }
    room.signal()
    return .element(first)
  }

  /// So long it is waited before it is asked whether anybody still wants it.
  private static var patience: DispatchTimeInterval { .milliseconds(50) }

  /// From here on nothing is taken; what waits goes.
  func close() {
    let dropped = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    room.signal()
    // Outside the lock: what goes may tell somebody.
    _ = consume dropped
  }

  /// Waits until nothing more comes, but not for ever: who makes it may wait for a pipe of which nothing comes.
  func awaitEnd() {
    let deadline = DispatchTime.now() + .seconds(2)
    while !state.withLock({ $0.isEnded }), filled.wait(timeout: deadline) == .success {}
  }
}
