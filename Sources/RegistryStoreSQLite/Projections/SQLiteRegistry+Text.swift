internal import RegistryModel
public import RegistryStore

/// Keeping the full text.
///
/// What a long import says is put there later, some at a time (``indexText()``): `found_later` says what waits, as
/// ranges of statements and of citations. That it waits is told by ``textWaiting()``.
extension SQLiteRegistry {
  func refreshText(_ changes: Dirty) throws(StoreProblem) {
    try refreshText(.statement, of: changes.statements)
    if let fresh = changes.fresh { try addText(.statement, fresh) }
    try refreshText(.citation, of: changes.citations)
    if let quotes = changes.quotes { try addText(.citation, quotes) }
    try refreshText(.alias, of: changes.aliases)
  }

  /// Takes out of the full text what does not count any more, and adds what is not there.
  private func refreshText(_ kind: Found, of ids: Set<Int64>) throws(StoreProblem) {
    guard !ids.isEmpty else { return }
    let sorted = ids.sorted()
    let live = kind.rows(in: "main", where: "IN (SELECT value FROM json_each(?1))")
    try db.run(
      """
      DELETE FROM main.found WHERE rowid IN (SELECT value FROM json_each(?1))
        AND rowid NOT IN (SELECT row FROM (\(live.replacing("?1", with: "?2"))))
      """, [.list(sorted.map { Found.row(kind, $0) }), .list(sorted)])
    try db.run(
      """
      INSERT INTO main.found(rowid, text) SELECT row, text FROM (\(live))
      WHERE row NOT IN (SELECT t.rowid FROM json_each(?2) j CROSS JOIN main.found t ON t.rowid = j.value)
      """, [.list(sorted), .list(sorted.map { Found.row(kind, $0) })])
  }

  private func addText(_ kind: Found, _ range: ClosedRange<Int64>) throws(StoreProblem) {
    guard range.count > limits.textAtOnce else { return try insertText(kind, range) }
    try readTextLater(kind, range)
  }

  /// Leaves for later to put there what counts among some rows, and to take out what does not any more.
  func readTextLater(_ kind: Found, _ range: ClosedRange<Int64>) throws(StoreProblem) {
    try db.run(
      "INSERT INTO main.found_later(kind, first, last) VALUES (?, ?, ?)",
      [.integer(kind.rawValue), .integer(range.lowerBound), .integer(range.upperBound)])
  }

  private func insertText(_ kind: Found, _ range: ClosedRange<Int64>) throws(StoreProblem) {
    // A range of citations would become one of lives too, and be read for each citation.
    let condition =
      kind == .citation
      ? "IN (SELECT q.id FROM main.citation q WHERE q.id BETWEEN ?1 AND ?2 AND q.quote IS NOT NULL)"
      : "BETWEEN ?1 AND ?2"
    let live = kind.rows(in: "main", where: condition)
    let there =
      "SELECT t.rowid FROM main.found t WHERE t.rowid BETWEEN ?3 AND ?4 AND t.rowid % 4 = \(kind.rawValue)"
    let arguments: [SQL] = [
      .integer(range.lowerBound), .integer(range.upperBound), .integer(Found.row(kind, range.lowerBound)),
      .integer(Found.row(kind, range.upperBound)),
    ]
    try db.run(
      "DELETE FROM main.found WHERE rowid IN (SELECT rowid FROM (\(there)) EXCEPT SELECT row FROM (\(live)))",
      arguments)
    try db.run(
      "INSERT INTO main.found(rowid, text) SELECT row, text FROM (\(live)) WHERE row NOT IN (\(there))",
      arguments)
  }

  public func textWaiting() throws(StoreProblem) -> Int {
    if open != nil { try flush() }
    return Int(try db.integer("SELECT coalesce(sum(last - first + 1), 0) FROM main.found_later") ?? 0)
  }

  @discardableResult
  public func indexText() throws(StoreProblem) -> Int {
    if options.readOnly { throw .readOnly(location: location) }
    if open != nil || isTrial {
      try refuseLostTrial()
      try flush()
      try indexStep()
    } else {
      letGo()
      guard try beginAtOnce() else { return try textWaiting() }
      do throws(StoreProblem) {
        try indexStep()
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

  private func indexStep() throws(StoreProblem) {
    let row = try db.rows("SELECT rowid, kind, first, last FROM main.found_later ORDER BY rowid LIMIT 1")
    guard try row.next(), let kind = Found(rawValue: row.integer(1)) else { return }
    let (id, first, last) = (row.integer(0), row.integer(2), row.integer(3))
    let end = min(last, first + limits.textStep - 1)
    try insertText(kind, first...end)
    if end == last {
      try db.run("DELETE FROM main.found_later WHERE rowid = ?", [.integer(id)])
    } else {
      try db.run("UPDATE main.found_later SET first = ? WHERE rowid = ?", [.integer(end + 1), .integer(id)])
    }
  }
}
