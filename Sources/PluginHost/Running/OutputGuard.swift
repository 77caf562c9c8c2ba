import Glibc
import Synchronization

/// Points standard output at standard error while a plugin's code runs in the process, so that what a plugin
/// prints never lands in a result.
///
/// Runs may overlap: the first one in redirects, the last one out restores.
enum OutputGuard {
  private struct State {
    var depth = 0
    var saved: Int32 = -1
  }

  private static let state = Mutex(State())

  /// Runs `body` with standard output redirected.
  static func redirecting<Result>(_ body: () -> Result) -> Result {
    enter()
    defer { leave() }
    return body()
  }

  private static func enter() {
    state.withLock { state in
      state.depth += 1
      guard state.depth == 1 else { return }
      fflush(nil)
      state.saved = dup(STDOUT_FILENO)
      if state.saved >= 0 { dup2(STDERR_FILENO, STDOUT_FILENO) }
    }
  }

  private static func leave() {
    state.withLock { state in
      state.depth -= 1
      guard state.depth == 0, state.saved >= 0 else { return }
      fflush(nil)
      dup2(state.saved, STDOUT_FILENO)
      close(state.saved)
      state.saved = -1
    }
  }
}
