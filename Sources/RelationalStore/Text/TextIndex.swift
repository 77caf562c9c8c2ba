internal import RegistryStore

/// The full text of names, texts and quotes.
///
/// What a long import says is put there later, some at a time (``TextIndexer``): `found_later` says what waits, as ranges of
/// statements and of citations.
struct TextIndex {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  func refreshText(_ changes: Dirty) throws(StoreProblem) {
    try refreshText(.statement, of: changes.statements)
    if let fresh = changes.fresh, changes.freshHave.contains(.text) { try addText(.statement, fresh) }
    try refreshText(.citation, of: changes.citations)
    if let quotes = changes.quotes { try addText(.citation, quotes) }
    try refreshText(.alias, of: changes.aliases)
  }

  /// Takes out of the full text what does not count any more, and adds what is not there.
  private func refreshText(_ kind: Found, of ids: Set<Int64>) throws(StoreProblem) {
    guard !ids.isEmpty else { return }
    let sorted = ids.sorted()
    let live = kind.rows(in: "main", where: "IN (SELECT value FROM json_each(?1))")
    try db.write(
      """
      DELETE FROM main.found WHERE rowid IN (SELECT value FROM json_each(?1))
        AND rowid NOT IN (SELECT row FROM (\(live.replacing("?1", with: "?2"))))
      """, [.list(sorted.map { Found.row(kind, $0) }), .list(sorted)])
    try db.write(
      """
      INSERT INTO main.found(rowid, text) SELECT row, text FROM (\(live))
      WHERE row NOT IN (SELECT t.rowid FROM json_each(?2) j CROSS JOIN main.found t ON t.rowid = j.value)
      """, [.list(sorted), .list(sorted.map { Found.row(kind, $0) })])
  }

  private func addText(_ kind: Found, _ range: ClosedRange<Int64>) throws(StoreProblem) {
    guard range.count > state.limits.textAtOnce else { return try insertText(kind, range, isNew: true) }
    try readTextLater(kind, range)
  }

  /// Leaves for later to put there what counts among some rows, and to take out what does not any more.
  func readTextLater(_ kind: Found, _ range: ClosedRange<Int64>) throws(StoreProblem) {
    try db.write(
      """
      INSERT INTO main.found_later(kind, first, last) SELECT ?1, ?2, ?3
      WHERE NOT EXISTS(SELECT 1 FROM main.found_later l WHERE l.kind = ?1 AND l.first <= ?2 AND l.last >= ?3)
      """,
      [.integer(kind.rawValue), .integer(range.lowerBound), .integer(range.upperBound)])
  }

  /// Leaves for later to take out what many statements that were withdrawn said. Where they are so many that the rest is put
  /// there anew in less time, it is made empty for that.
  /// - Parameters:
  ///   - range: where they lie.
  ///   - count: how many they are.
  ///   - all: how many statements there are. How many of either have texts takes longer to count than it is worth.
  func takeOut(_ range: ClosedRange<Int64>, of count: Int64, among all: Int64) throws(StoreProblem) {
    guard count > state.limits.textAtOnce, count > (all - count) / Self.costOfTakingOut else {
      return try readTextLater(.statement, range)
    }
    try db.runScript(
      "DROP TABLE main.found; DELETE FROM main.found_later; \(Projection.foundTable(in: "main"))")
    for kind in Found.allCases {
      guard let last = try db.integer("SELECT max(id) FROM main.\(kind.table)") else { continue }
      try readTextLater(kind, 1...last)
    }
  }

  /// As how long as putting a text there it takes to take one out, about.
  private static var costOfTakingOut: Int64 { 3 }

  /// - Parameter isNew: whether it was recorded just now, so that nothing of it is there that counts no more.
  private func insertText(
    _ kind: Found, _ range: ClosedRange<Int64>, isNew: Bool = false
  ) throws(StoreProblem) {
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
    if !isNew {
      try db.write(
        "DELETE FROM main.found WHERE rowid IN (SELECT rowid FROM (\(there)) EXCEPT SELECT row FROM (\(live)))",
        arguments)
    }
    try db.write(
      "INSERT INTO main.found(rowid, text) SELECT row, text FROM (\(live)) WHERE row NOT IN (\(there))",
      arguments)
  }

  /// Puts there the first of what waits.
  func step() throws(StoreProblem) {
    let row = try db.rows("SELECT rowid, kind, first, last FROM main.found_later ORDER BY rowid LIMIT 1")
    guard try row.next(), let kind = Found(rawValue: row.integer(1)) else { return }
    let (id, first, last) = (row.integer(0), row.integer(2), row.integer(3))
    let end = try end(of: kind, from: first, to: last)
    try insertText(kind, first...end)
    if end == last {
      try db.write("DELETE FROM main.found_later WHERE rowid = ?", [.integer(id)])
    } else {
      try db.write(
        "UPDATE main.found_later SET first = ? WHERE rowid = ?", [.integer(end + 1), .integer(id)])
    }
  }

  /// Where the next part ends: behind so many texts, and of rows without any, as citations mostly are, behind many more.
  private func end(of kind: Found, from first: Int64, to last: Int64) throws(StoreProblem) -> Int64 {
    let furthest = min(last, first + state.limits.textStep * Self.rowsWithoutText - 1)
    return try db.integer(
      """
      SELECT t.id FROM main.\(kind.table) t NOT INDEXED WHERE t.id BETWEEN ?1 AND ?2 AND \(kind.hasText("t"))
      ORDER BY t.id LIMIT 1 OFFSET ?3
      """, [.integer(first), .integer(furthest), .integer(state.limits.textStep - 1)]) ?? furthest
  }

  /// To pass over a row takes so much less time than to put its text there, about.
  private static var rowsWithoutText: Int64 { 50 }

  func fillText(_ scope: Scope) throws(StoreProblem) {
    try db.write("INSERT INTO \(scope.rawValue).found(rowid, text) " + Found.rows(in: scope.rawValue))
  }
}
