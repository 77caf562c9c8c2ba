internal import RegistryModel
internal import RegistryStore

/// What a long import does otherwise: it drops indexes, which are made anew in less time at its end, and keeps more pages in
/// memory.
struct BatchLoader {
  let state: RegistryState
  private var db: Connection { state.db }

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
    let row = try db.rows(
      """
      SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND name IN (SELECT value FROM json_each(?))
      """, [.list(Self.droppable)])
    var texts: [(name: String, sql: String)] = []
    while try row.next() { texts.append((row.text(0), row.text(1))) }
    for text in texts { try db.run("DROP INDEX main.\(text.name)") }
    // A table of the same name may stand in `temp`.
    state.late.indexes = texts.map {
      $0.sql.replacing("CREATE INDEX ", with: "CREATE INDEX main.", maxReplacements: 1)
    }
    state.late.paths = true
    state.late.existence = true
  }

  /// Makes the indexes that were dropped, for whoever asks other questions than an import does.
  func restoreIndexes() throws(StoreProblem) {
    guard !state.late.indexes.isEmpty else { return }
    for sql in state.late.indexes { try db.run(sql) }
    try db.runScript(IndexHints.sql(in: "main"))
    state.late.indexes = []
  }

  /// A long import goes to every place of the indexes by ids: pages that are read again and again cost more than memory.
  func widenCache() throws(StoreProblem) {
    guard !state.isCacheWide else { return }
    state.isCacheWide = true
    try db.run("PRAGMA main.cache_size = -\(Self.wideCache)")
  }

  /// In kilobytes.
  private static var wideCache: Int { 64_000 }
}
