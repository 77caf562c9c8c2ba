/// How many entities of each type there are (`property` empty), and of how many of them a property is settled: that
/// something is chosen of it or of a narrower one, and that nothing chosen is unknown.
///
/// By these counts a filter on one property says how many entities it could not decide without looking at them.
enum Tally {
  static func table(in schema: String) -> String {
    """
    CREATE TABLE \(schema).tally(
      property TEXT NOT NULL, type TEXT NOT NULL, entities INTEGER NOT NULL, PRIMARY KEY(property, type)
    ) WITHOUT ROWID;
    """
  }

  static let add = """
    INSERT INTO main.tally(property, type, entities) VALUES (?1, ?2, ?3)
    ON CONFLICT DO UPDATE SET entities = entities + excluded.entities
    """

  static let dropEmpty = "DELETE FROM main.tally WHERE property = ?1 AND type = ?2 AND entities = 0"
}
