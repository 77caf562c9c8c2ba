import Dispatch
import RegistryStore
import Synchronization

/// A question to another thread, which has what is asked. Where it goes unanswered, whoever waits for the answer is told.
final class Question<Asked>: Sendable {
  private let body: @Sendable (Asked) -> Void
  private let end: @Sendable () -> Void

  init<Content: Sendable>(
    _ reply: Reply<Result<Content, StoreProblem>>,
    _ body: @escaping @Sendable (Asked) throws(StoreProblem) -> Content
  ) {
    self.body = { asked in
      do throws(StoreProblem) { reply.give(.success(try body(asked))) } catch { reply.give(.failure(error)) }
    }
    end = { reply.end() }
  }

  deinit { end() }

  func answer(_ asked: Asked) { body(asked) }
}

/// What comes of a question.
final class Reply<Content: Sendable>: Sendable {
  private let content = Mutex<Content?>(nil)
  private let done = DispatchSemaphore(value: 0)

  func give(_ content: Content) {
    self.content.withLock { $0 = content }
    done.signal()
  }

  /// There will be no answer, unless there is one.
  func end() { done.signal() }

  /// Waits for the answer, once.
  /// - Returns: nil where nobody answered.
  func wait() -> Content? {
    done.wait()
    return content.withLock { $0 }
  }
}
