internal import RegistryModel
internal import RegistryStore

/// What a long import leaves for the end of its transaction, where making it at once costs less than keeping it true.
struct Late {
  /// The counts of ``Tally``.
  var tally = false
  /// The paths of groups.
  var paths = false
  /// The texts of the indexes that were dropped: their places are all over the registry, and a row of an import would
  /// go to one after the other.
  var indexes: [String] = []

  var isNothing: Bool { !tally && !paths && indexes.isEmpty }
}

extension SQLiteRegistry {
  /// Those that an import itself does not ask.
  private static let droppable =
    ["statement_digest", "statement_object", "statement_name", "citation_source"]
    + Projection.factIndexNames.filter { $0 != "fact_cell" }

  /// Drops indexes where the open transaction has recorded so much that they will be made anew in less time.
  func dropIndexes() throws(StoreProblem) {
    guard late.indexes.isEmpty, let first = open?.firstStatement else { return }
    let last = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    guard (last - first) * 3 > first else { return }
    let row = try db.rows(
      """
      SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND name IN (SELECT value FROM json_each(?))
      """, [.list(Self.droppable)])
    var texts: [(name: String, sql: String)] = []
    while try row.next() { texts.append((row.text(0), row.text(1))) }
    for text in texts { try db.run("DROP INDEX main.\(text.name)") }
    // A table of the same name may stand in `temp`.
    late.indexes = texts.map { $0.sql.replacing("CREATE INDEX ", with: "CREATE INDEX main.", maxReplacements: 1) }
    late.paths = true
  }

  /// Makes the indexes that were dropped, for whoever asks other questions than an import does.
  func restoreIndexes() throws(StoreProblem) {
    guard !late.indexes.isEmpty else { return }
    for sql in late.indexes { try db.run(sql) }
    late.indexes = []
  }

  /// Makes all that was left for the end.
  func finishLate() throws(StoreProblem) {
    try restoreIndexes()
    if late.tally {
      try fillTally(.main)
      late.tally = false
    }
    if late.paths {
      try db.run("DELETE FROM main.group_path")
      try fillGroupPaths("main", try currentSchema())
      late.paths = false
    }
  }
}
