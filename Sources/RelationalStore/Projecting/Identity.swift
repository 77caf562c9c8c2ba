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

  /// When a transaction was, by its clock, the same in every registry that has it: a term to order by. One that is open is the
  /// last.
  static func age(_ transaction: String, isDescending: Bool = false) -> String {
    let order = isDescending ? " DESC" : ""
    return "coalesce(\(transaction).clock, \(Int64.max))\(order), coalesce(\(transaction).uid, '~')\(order)"
  }

  /// The entity that had a key first; NULL where none had.
  static func first(of key: String, in schema: String) -> String {
    schema == "main"
      ? "(SELECT e.id FROM main.entity e WHERE e.key = \(key) AND \(hasKey("e", .current)))"
      : "(SELECT e.id FROM \(schema).keyed e WHERE e.key = \(key))"
  }

  /// Whether the entity in a row of `entity` has its key: something was recorded of it by then, or the open transaction made
  /// it. What was made and taken back within one transaction nobody else ever sees, so that its row alone must mean nothing.
  static func hasKey(_ row: String, _ lives: LivesAsOf) -> String {
    let isSaid = Lives.everBegan("s", .statement, lives)
    func isNamed(_ thing: Thing, _ columns: String...) -> String {
      let names = columns.map { "c.\($0) = \(row).id" }.joined(separator: " OR ")
      return
        "EXISTS(SELECT 1 FROM main.\(thing.table) c WHERE (\(names)) AND \(Lives.everBegan("c", thing, lives)))"
    }
    var ways = [
      "EXISTS(SELECT 1 FROM main.statement s WHERE s.subject = \(row).id AND \(isSaid))",
      isNamed(.sourceData, "source"), isNamed(.citation, "source"),
      "EXISTS(SELECT 1 FROM main.statement s WHERE s.object = \(row).id AND \(isSaid))",
      """
      EXISTS(SELECT 1 FROM main.qualifier q CROSS JOIN main.statement s ON s.id = q.statement
        WHERE q.object = \(row).id AND \(isSaid))
      """, isNamed(.merging, "entity", "target"), isNamed(.renaming, "entity"),
      isNamed(.alias, "entity", "source"),
    ]
    if case .current = lives {
      // First, since a long import drops indexes that the others are found by.
      ways.insert("EXISTS(SELECT 1 FROM main.tx t WHERE t.id = \(row).created_tx AND t.uid IS NULL)", at: 0)
    }
    return "(\(ways.joined(separator: " OR ")))"
  }

  /// The entity that a key means, whatever it counts as: that which had it first, else that to which it was given last.
  static func owner(of key: String, in schema: String) -> String {
    """
    coalesce(\(first(of: key, in: schema)),
      (SELECT r.entity FROM \(schema).renaming_now r CROSS JOIN main.tx t ON t.id = r.tx_in WHERE r.key = \(key)
        ORDER BY \(age("t", isDescending: true)), r.id DESC LIMIT 1))
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
