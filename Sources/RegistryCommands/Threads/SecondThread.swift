import Dispatch
import RegistryStore
import Synchronization

/// Work of which one part needs no database: it is done on a second thread, which hands over to this one what is to be done
/// in order. Where there is one core alone the two take turns.
enum SecondThread {
  /// - Parameters:
  ///   - room: how many elements wait at most to be taken.
  ///   - make: makes them, on the second thread; once ``Handover/put(_:)`` says that nobody takes them it is to return.
  ///   - take: does what one means, on this thread. What it throws ends both.
  ///   - look: is called between elements, and while none comes; what it throws ends both.
  /// - Returns: what `make` comes to, when all that it handed over is done.
  static func run<Element: Sendable, Result: Sendable>(
    room: Int, make: @escaping @Sendable (Handover<Element>) throws(Failure) -> Result,
    take: (Element) throws(Failure) -> Void, look: () throws(Failure) -> Void
  ) throws(Failure) -> Result {
    let handover = Handover<Element>(room: room)
    let result = Made<Result>()
    DispatchQueue(label: "entente.reading").async {
      do throws(Failure) {
        result.keep(.success(try make(handover)))
      } catch {
        result.keep(.failure(error))
      }
      handover.end()
    }
    do throws(Failure) {
      while true {
        try look()
        switch handover.take() {
        case .element(let element): try take(element)
        case .nothing: continue
        case .end: return try result.get()
        }
      }
    } catch {
      handover.close()
      handover.awaitEnd()
      throw error
    }
  }

  /// What the second thread came to.
  private final class Made<Content: Sendable>: Sendable {
    private let content = Mutex<Swift.Result<Content, Failure>?>(nil)

    func keep(_ made: Swift.Result<Content, Failure>) { content.withLock { $0 = made } }

    func get() throws(Failure) -> Content {
      guard let made = content.withLock({ $0 }) else { throw Failure(.interrupted) }
      return try made.get()
    }
  }
}
