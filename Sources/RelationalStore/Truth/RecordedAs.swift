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
