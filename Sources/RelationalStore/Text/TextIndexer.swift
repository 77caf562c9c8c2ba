internal import RegistryStore

/// Puts into the full text what a long import left for later.
struct TextIndexer {
  private let state: RegistryState
  private var db: any SQLEngine { state.db }
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
    if state.isReadOnly { throw .readOnly(location: state.location) }
    if state.transaction != nil || state.isTrial {
      try state.refuseLostTrial()
      try projector.flush()
      try textIndex.step()
    } else {
      state.letGo()
      guard try db.begin(.writingAtOnce) else { return try textWaiting() }
      do throws(StoreProblem) {
        try textIndex.step()
        try db.commit()
      } catch {
        _ = try? db.rollback()
        throw error
      }
    }
    return try textWaiting()
  }
}
