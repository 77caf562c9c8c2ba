internal import RegistryModel
internal import RegistryStore

/// What a long import leaves for the end of its transaction, where making it at once costs less than keeping it true.
struct Late {
  /// The counts of ``Tally``.
  var tally = false
  /// The paths of groups.
  var paths = false
  /// When things were there.
  var existence = false
  /// The texts of the indexes that were dropped: their places are all over the registry, and a row of an import would
  /// go to one after the other.
  var indexes: [String] = []

  var isNothing: Bool { !tally && !paths && !existence && indexes.isEmpty }
}

/// From when on a long import does later, or at once for many, what is done for each edit otherwise.
struct ImportLimits {
  /// So many edited statements wait for the projections: they are held in memory.
  var waiting = 50_000
  /// So many new statements are put into the full text at once; what is more, later.
  var textAtOnce = 2_000
  /// So many in one step of the later work.
  var textStep: Int64 = 20_000
  /// So many statements that one transaction asserted are withdrawn one by one; more, if they are also a large part of all,
  /// together.
  var withdrawnOneByOne = 2_000
  /// Indexes are made anew where the transaction has recorded more than this part of what was there before.
  var part = 1.0 / 3
}

extension SQLiteRegistry {
  /// Those that an import itself does not ask.
  private static let droppable =
    ["statement_digest", "statement_object", "statement_name", "citation_source", "existence_type"]
    + ["statement_value", "statement_figure", "statement_number", "statement_unknown", "statement_contested"]

  /// Drops indexes where the open transaction has recorded so much that they will be made anew in less time.
  func dropIndexes() throws(StoreProblem) {
    guard late.indexes.isEmpty, let first = open?.firstStatement else { return }
    let last = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    guard Double(last - first) > Double(first) * limits.part else { return }
    let row = try db.rows(
      """
      SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND name IN (SELECT value FROM json_each(?))
      """, [.list(Self.droppable)])
    var texts: [(name: String, sql: String)] = []
    while try row.next() { texts.append((row.text(0), row.text(1))) }
    for text in texts { try db.run("DROP INDEX main.\(text.name)") }
    // A table of the same name may stand in `temp`.
    late.indexes = texts.map {
      $0.sql.replacing("CREATE INDEX ", with: "CREATE INDEX main.", maxReplacements: 1)
    }
    late.paths = true
    late.existence = true
  }

  /// Leaves counts, paths and when things were there to the end of a transaction that records much for what there was
  /// before, as the one that fills a new registry does: they are made at once in less time. Where somebody asks for
  /// them in between they are kept true from then on.
  func leaveForLater() throws(StoreProblem) {
    guard let open, !open.asksForCounts, let first = open.firstStatement else { return }
    let last = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    guard Double(last - first) > Double(first) * limits.part else { return }
    late.tally = true
    late.paths = true
    late.existence = true
  }

  /// Makes the indexes that were dropped, for whoever asks other questions than an import does.
  func restoreIndexes() throws(StoreProblem) {
    guard !late.indexes.isEmpty else { return }
    for sql in late.indexes { try db.run(sql) }
    try db.runScript(IndexHints.sql(in: "main"))
    late.indexes = []
  }

  /// Says when things were there, where that was left for later.
  func finishExistence() throws(StoreProblem) {
    guard late.existence else { return }
    open?.asksForCounts = true
    try fillExistence(.main)
    late.existence = false
  }

  /// Makes all that was left for the end.
  func finishLate() throws(StoreProblem) {
    if !late.isNothing { open?.asksForCounts = true }
    try restoreIndexes()
    try finishExistence()
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
