internal import Dispatch
internal import Synchronization

/// Rows that are handed over on a second thread, while the first one makes out what comes next: the server takes as long for
/// them as the program.
///
/// `@unchecked Sendable`: whoever begins it leaves the connection alone until ``wait()`` is back, and what went wrong is read
/// behind the semaphore.
final class RowsOnTheirWay: @unchecked Sendable {
  /// What goes together.
  enum Step {
    case pipeline([ServerRequest])
    case copy(GatheredRows)
  }

  private let connection: ServerConnection
  private let steps: [Step]
  private let done = DispatchSemaphore(value: 0)
  private let hasArrived = Atomic(false)
  private var problem: ServerProblem?

  init(_ steps: [Step], to connection: ServerConnection) {
    (self.steps, self.connection) = (steps, connection)
    // Who interrupts is heard by the first thread.
    connection.isInterrupted = nil
    DispatchQueue(label: "entente.rows").async { self.handOver() }
  }

  private func handOver() {
    do throws(ServerProblem) { _ = try connection.run(steps) } catch { problem = error }
    hasArrived.store(true, ordering: .releasing)
    done.signal()
  }

  /// Whether the server has them, and waits for more.
  var isThere: Bool { hasArrived.load(ordering: .acquiring) }

  /// Waits until the server has them.
  func wait() throws(ServerProblem) {
    done.wait()
    if let problem { throw problem }
  }
}

extension ServerConnection {
  /// - Returns: the answers to the last of them.
  func run(_ steps: [RowsOnTheirWay.Step]) throws(ServerProblem) -> [ServerRows] {
    var last: [ServerRows] = []
    for step in steps {
      switch step {
      case .pipeline(let requests): last = try run(requests)
      case .copy(let rows): last = [try copy(rows.statement.translation.copy ?? "", rows.text)]
      }
    }
    return last
  }
}
