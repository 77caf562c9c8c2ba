internal import RegistryStore

/// Under which entities a statement was recorded: it is kept under those that they count as, and `recorded_as` has a row
/// where that is another.
enum RecordedAs {
  static func subject(_ statement: String) -> String {
    "coalesce((SELECT a.subject FROM main.recorded_as a WHERE a.statement = \(statement).id), \(statement).subject)"
  }

  static func object(_ statement: String) -> String {
    "coalesce((SELECT a.object FROM main.recorded_as a WHERE a.statement = \(statement).id), \(statement).object)"
  }

  /// What the entities count as now under which it was recorded, also before it is put there.
  static func countedSubject(_ statement: String) -> String {
    Identity.counted(subject(statement), in: "main")
  }

  static func countedObject(_ statement: String) -> String {
    Identity.counted(object(statement), in: "main")
  }

  /// The statements that were recorded of the entities in a list, as a condition on `s`; they are found by what these count
  /// as.
  static func isOf(_ entities: String, _ column: Column, _ s: String = "s") -> String {
    let recorded = column == .subject ? subject(s) : object(s)
    return """
      \(s).\(column.rawValue) IN (SELECT \(Identity.counted("r.value", in: "main")) FROM json_each(\(entities)) r)
        AND \(recorded) IN (SELECT r.value FROM json_each(\(entities)) r)
      """
  }

  enum Column: String { case subject, object }
}

extension SQLiteRegistry {
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
