/// Under which key an entity is shown, and as which entity it counts, where that is not its own.
///
/// `identity_now` has a row for each entity that was renamed or merged; few have one.
enum Identity {
  static func table(in schema: String) -> String {
    """
    CREATE TABLE \(schema).identity_now(id INTEGER PRIMARY KEY, target INTEGER NOT NULL, key TEXT NOT NULL);
    CREATE INDEX \(schema).identity_now_target ON identity_now(target);
    """
  }

  /// The rows of `identity_now`. What is merged is shown under the key of what it counts as.
  static func rows(in schema: String) -> String {
    """
    SELECT c.id, c.target, coalesce(
      (SELECT r.key FROM \(schema).renaming_now r WHERE r.entity = c.target ORDER BY r.id DESC LIMIT 1),
      (SELECT e.key FROM main.entity e WHERE e.id = c.target))
    FROM (SELECT m.entity AS id, m.target FROM \(schema).merging_now m
      UNION SELECT r.entity, r.entity FROM \(schema).renaming_now r
        WHERE NOT EXISTS(SELECT 1 FROM \(schema).merging_now m WHERE m.entity = r.entity)) c
    """
  }

  /// Every entity with the key that it is shown under (`key`) and what it counts as (`target`).
  static func keys(in schema: String) -> String {
    """
    SELECT e.id,
      coalesce((SELECT i.key FROM \(schema).identity_now i WHERE i.id = e.id), e.key) AS key,
      \(counted("e.id", in: schema)) AS target
    FROM main.entity e
    """
  }

  /// What the entity in a column counts as; nothing where the column is empty.
  static func counted(_ column: String, in schema: String) -> String {
    "coalesce((SELECT i.target FROM \(schema).identity_now i WHERE i.id = \(column)), \(column))"
  }

  /// The text of a statement's value: of an entity, the key that it is shown under.
  static func objectText(_ statement: String, in schema: String) -> String {
    "CASE WHEN \(statement).object IS NULL THEN \(statement).text ELSE \(key(of: "\(statement).object", in: schema)) END"
  }

  /// The key that the entity in a column is shown under; nothing where the column is empty.
  static func key(of column: String, in schema: String) -> String {
    """
    coalesce((SELECT i.key FROM \(schema).identity_now i WHERE i.id = \(column)),
      (SELECT e.key FROM main.entity e WHERE e.id = \(column)))
    """
  }
}
