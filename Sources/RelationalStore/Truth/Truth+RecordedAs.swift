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
      try db.run(
        "UPDATE main.statement SET subject = ?, object = ? WHERE id = ?",
        [.integer(one.counted.0), SQL(one.counted.1), .integer(one.id)])
      try keepRecorded(one.id, one.recorded, one.counted)
    }
  }

  /// Keeps under which entities a statement was recorded, where it counts for others.
  func keepRecorded(
    _ statement: Int64, _ recorded: (Int64, Int64?), _ counted: (Int64, Int64?)
  ) throws(StoreProblem) {
    if recorded == counted {
      try db.run("DELETE FROM main.recorded_as WHERE statement = ?", [.integer(statement)])
    } else {
      try db.run(
        "INSERT OR REPLACE INTO main.recorded_as(statement, subject, object) VALUES (?, ?, ?)",
        [.integer(statement), .integer(recorded.0), SQL(recorded.1)])
    }
  }
}
