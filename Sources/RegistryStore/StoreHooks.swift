/// What a store asks and tells while it works.
public struct StoreHooks {
  /// Asked now and then while something is read; once it is true, reading throws `interrupted` and changes nothing.
  /// Writing is not broken off: who writes much asks between edits.
  public var isInterrupted: (() -> Bool)?

  /// Told who is waited for (`locked`) where another writer makes this one wait for more than a second, and every ten
  /// seconds again where that is another one. `isInterrupted` ends the wait.
  public var onWait: ((StoreProblem) -> Void)?

  public init(isInterrupted: (() -> Bool)? = nil, onWait: ((StoreProblem) -> Void)? = nil) {
    self.isInterrupted = isInterrupted
    self.onWait = onWait
  }
}
