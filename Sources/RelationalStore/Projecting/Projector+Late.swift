internal import RegistryStore

extension Projector {
  /// Leaves counts, paths and when things were there to the end of a transaction that records much for what there was
  /// before, as the one that fills a new registry does: they are made at once in less time. Where somebody asks for
  /// them in between they are kept true from then on.
  func leaveForLater() throws(StoreProblem) {
    guard let open = state.transaction, !open.asksForCounts, let first = open.firstStatement else { return }
    let last = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    guard Double(last - first) > Double(first) * state.limits.part else { return }
    state.late.tally = true
    state.late.paths = true
    state.late.existence = true
  }

  /// Makes all that was left for the end.
  func finishLate() throws(StoreProblem) {
    if !state.late.isNothing { state.transaction?.asksForCounts = true }
    try batch.restoreIndexes()
    try existenceProjector.finishExistence()
    if state.late.tally {
      try tallyProjector.fillTally(.main)
      state.late.tally = false
    }
    if state.late.paths {
      try db.write("DELETE FROM main.group_path")
      try groupProjector.fillGroupPaths("main", try schemas.currentSchema())
      state.late.paths = false
    }
  }
}
