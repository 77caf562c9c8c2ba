internal import RegistryStore

extension Truth {
  /// Puts statements under what their entities count as now.
  /// - Parameter condition: on the statement `s`.
  func countAnew(where condition: String, _ arguments: [SQL] = []) throws(StoreProblem) {
    let (subject, object) = (RecordedAs.subject("s"), RecordedAs.object("s"))
    let row = try db.rows(
      """
      SELECT s.id, \(subject), \(object), \(Identity.counted(subject, in: "main")), \(Identity.counted(object, in: "main")),
        s.subject, s.object FROM main.statement s WHERE \(condition)
      """, arguments)
    var moved: [(id: Int64, recorded: (Int64, Int64?), counted: (Int64, Int64?))] = []
    while try row.next() {
      let counted = (row.integer(3), row.optionalInteger(4))
      if counted != (row.integer(5), row.optionalInteger(6)) {
        moved.append((row.integer(0), (row.integer(1), row.optionalInteger(2)), counted))
      }
    }
    for one in moved {
      try db.write(
        """
        UPDATE main.statement SET subject = ?1, object = ?2, text = CASE WHEN ?2 IS NULL THEN text ELSE
          \(Identity.key(of: "?2", in: "main")) END WHERE id = ?3
        """, [.integer(one.counted.0), SQL(one.counted.1), .integer(one.id)])
      try keepRecorded(one.id, one.recorded, one.counted)
    }
  }

  /// Keeps beside each value that is an entity the key that it is shown under now, so that whoever reads values looks up
  /// none.
  /// - Parameter condition: on the statement `s`.
  func showAnew(where condition: String, _ arguments: [SQL] = []) throws(StoreProblem) {
    let shown = Identity.key(of: "s.object", in: "main")
    try db.write(
      """
      UPDATE main.statement AS s SET text = \(shown) WHERE \(condition) AND s.object IS NOT NULL AND s.text IS NOT \(shown)
      """, arguments)
  }

  /// Keeps under which entities a statement was recorded, where it counts for others.
  func keepRecorded(
    _ statement: Int64, _ recorded: (Int64, Int64?), _ counted: (Int64, Int64?)
  ) throws(StoreProblem) {
    if recorded == counted {
      try db.write("DELETE FROM main.recorded_as WHERE statement = ?", [.integer(statement)])
    } else {
      try db.write(
        "INSERT OR REPLACE INTO main.recorded_as(statement, subject, object) VALUES (?, ?, ?)",
        [.integer(statement), .integer(recorded.0), SQL(recorded.1)])
    }
  }
}
