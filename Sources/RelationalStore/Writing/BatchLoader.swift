internal import RegistryStore

/// What a long import does otherwise: it drops indexes, which are made anew in less time at its end, and keeps more pages in
/// memory.
struct BatchLoader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  /// Those that an import itself does not ask.
  private static let droppable =
    ["statement_digest", "statement_object", "statement_name", "citation_source", "existence_type"]
    + ["statement_value", "statement_figure", "statement_number", "statement_unknown", "statement_contested"]

  /// Drops indexes where the open transaction has recorded so much that they will be made anew in less time.
  func dropIndexes() throws(StoreProblem) {
    guard state.late.indexes.isEmpty, let first = state.transaction?.firstStatement else { return }
    let last = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    guard Double(last - first) > Double(first) * state.limits.part else { return }
    try drop(Self.droppable)
    state.late.paths = true
    state.late.existence = true
  }

  /// Drops the index that says how statements stand, where so many stand otherwise that it is made anew in less time.
  func dropIndexOfStanding() throws(StoreProblem) {
    if state.late.indexes.isEmpty { try drop(["statement_value"]) }
  }

  private func drop(_ indexes: [String]) throws(StoreProblem) {
    let found = try db.indexes(among: indexes)
    for index in found { try db.run("DROP INDEX main.\(index.name)") }
    // A table of the same name may stand in `temp`.
    state.late.indexes = found.map {
      $0.creation.replacing("CREATE INDEX ", with: "CREATE INDEX main.", maxReplacements: 1)
    }
  }

  /// Makes the indexes that were dropped, for whoever asks other questions than an import does.
  func restoreIndexes() throws(StoreProblem) {
    guard !state.late.indexes.isEmpty else { return }
    for sql in state.late.indexes { try db.run(sql) }
    try db.tell(IndexHints.of(.main), of: .main)
    state.late.indexes = []
  }

  /// A long import goes to every place of the indexes by ids: pages that are read again and again cost more than memory.
  func widenCache() throws(StoreProblem) {
    guard !state.isCacheWide else { return }
    state.isCacheWide = true
    try db.keepPages(.many)
  }
}
