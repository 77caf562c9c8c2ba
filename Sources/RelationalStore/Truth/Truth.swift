/// What was recorded: rows of content, which are immutable and each there once, and when each was asserted. All that is read
/// is derived from it.
struct Truth {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var batch: BatchLoader { BatchLoader(state) }
  var contentIDs: ContentIDs { ContentIDs(state) }

  init(_ state: RegistryState) { self.state = state }
}
