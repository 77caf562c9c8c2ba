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

  /// The type of the entity `?1` where the properties in `?2` are settled.
  static let settled = """
    SELECT n.type FROM main.entity_now n WHERE n.id = ?1
      AND EXISTS(SELECT 1 FROM json_each(?2) p CROSS JOIN main.fact f
        ON f.subject = ?1 AND f.property = p.value AND f.chosen)
      AND NOT EXISTS(SELECT 1 FROM json_each(?2) p CROSS JOIN main.fact f
        ON f.subject = ?1 AND f.property = p.value AND f.kind = 4 AND f.chosen)
    """

  static let add = """
    INSERT INTO main.tally(property, type, entities) VALUES (?1, ?2, ?3)
    ON CONFLICT DO UPDATE SET entities = entities + excluded.entities
    """
}
