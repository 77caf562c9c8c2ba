internal import CSQLite
internal import Glibc
internal import RegistryStore

/// Waiting for the lock of another connection, with words for whoever waits and an end when they want one.
final class Patience {
  private let seconds: Double
  private let location: String
  var isInterrupted: (() -> Bool)?
  /// Told who is waited for; see ``StoreHooks/onWait``.
  var onWait: ((StoreProblem) -> Void)?
  /// Whether what is tried now can as well be done another time.
  var isNone = false
  /// Whether the last wait ended because nobody wanted it any more.
  private(set) var wasInterrupted = false
  private var start = ContinuousClock.now
  private var notice = WaitingNotice(since: .now)

  init(seconds: Double, location: String) {
    self.seconds = seconds
    self.location = location
  }

  /// Is asked by a connection whenever it meets a lock, and must outlive it.
  func wait(on handle: OpaquePointer) {
    sqlite3_busy_handler(
      handle,
      { context, count in
        guard let context else { return 0 }
        return Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue().goesOn(count) ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Waits a little.
  /// - Parameter count: how often it was waited for this lock already.
  /// - Returns: whether to try again.
  private func goesOn(_ count: Int32) -> Bool {
    let now = ContinuousClock.now
    if count == 0 {
      (start, notice) = (now, WaitingNotice(since: now))
      wasInterrupted = false
    }
    if isInterrupted?() == true {
      wasInterrupted = true
      return false
    }
    guard !isNone, now - start < .seconds(seconds) else { return false }
    if notice.isDue(at: now) { tell(at: now) }
    // Short at first: most writers are done in a few milliseconds. Never long, so that Ctrl-C is heard.
    usleep(min(25_000, 1_000 << UInt32(min(count, 5))))
    return true
  }

  private func tell(at now: ContinuousClock.Instant) {
    let note = WriterNote.read(beside: location)
    let problem = StoreProblem.locked(location: location, holder: note?.holder, since: note?.since)
    if notice.isNews(problem, at: now) { onWait?(problem) }
  }
}
