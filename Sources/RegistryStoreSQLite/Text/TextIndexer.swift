internal import RegistryStore

/// Puts into the full text what a long import left for later.
struct TextIndexer {
  private let state: RegistryState
  private var db: Connection { state.db }
  private var projector: Projector { Projector(state) }
  private var textIndex: TextIndex { TextIndex(state) }

  init(_ state: RegistryState) { self.state = state }

  /// How many statements and citations wait.
  func textWaiting() throws(StoreProblem) -> Int {
    if state.transaction != nil { try projector.flush() }
    return Int(try db.integer("SELECT coalesce(sum(last - first + 1), 0) FROM main.found_later") ?? 0)
  }

  /// Puts some of them there; none where somebody else writes.
  /// - Returns: how many wait now.
  func indexText() throws(StoreProblem) -> Int {
    if state.options.readOnly { throw .readOnly(location: state.location) }
    if state.transaction != nil || state.isTrial {
      try state.refuseLostTrial()
      try projector.flush()
      try textIndex.step()
    } else {
      state.letGo()
      guard try beginAtOnce() else { return try textWaiting() }
      do throws(StoreProblem) {
        try textIndex.step()
        try db.run("COMMIT")
      } catch {
        if !db.isAutocommit { _ = try? db.run("ROLLBACK") }
        throw error
      }
    }
    return try textWaiting()
  }

  /// Whether nobody else writes.
  private func beginAtOnce() throws(StoreProblem) -> Bool {
    db.patience.isNone = true
    defer { db.patience.isNone = false }
    do throws(StoreProblem) {
      try db.run("BEGIN IMMEDIATE")
      return true
    } catch {
      if case .locked = error { return false }
      throw error
    }
  }
}
