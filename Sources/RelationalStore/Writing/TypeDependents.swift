internal import RegistryStore

/// Who names entities of which the statements of one transaction alone say what type they have: these cannot be left without.
struct TypeDependents {
  let db: any SQLEngine

  /// What names an entity: a thing, the condition by which its rows are found, and the column with the entity it was recorded of.
  private struct Use {
    var thing: Thing
    /// The table of the rows, with its name in a query.
    var rows: String
    /// The thing's id.
    var id: String
    var entity: String
    /// What the entity counts as, in the column that has an index, where that is another.
    var counted: String?

    init(_ thing: Thing, _ table: String, id: String = "id", _ column: String) {
      self.thing = thing
      rows = "main.\(table) r"
      self.id = "r.\(id)"
      entity = "r.\(column)"
    }

    init(_ thing: Thing, _ column: RecordedAs.Column) {
      self.init(thing, "statement", column.rawValue)
      counted = entity
      entity = column == .subject ? RecordedAs.subject("r") : RecordedAs.object("r")
    }
  }

  private static let uses = [
    Use(.statement, .subject), Use(.statement, .object), Use(.denial, .subject), Use(.denial, .object),
    Use(.statement, "qualifier", id: "statement", "object"), Use(.citation, "citation", "source"),
    Use(.alias, "alias", "entity"), Use(.alias, "alias", "source"), Use(.sourceData, "source_data", "source"),
    Use(.merging, "merging", "entity"), Use(.merging, "merging", "target"),
    Use(.renaming, "renaming", "entity"),
  ]

  /// The later transactions that name such entities, looked for from them or from what was recorded later, whichever is less.
  func later(than number: Int64) throws(StoreProblem) -> [Int64] {
    let own = try db.integer(
      "SELECT coalesce(last_statement - first_statement + 1, 0) FROM main.tx WHERE id = ?", [.integer(number)]
    )
    let recorded = try db.integer(
      """
      SELECT coalesce(sum(coalesce(last_statement - first_statement + 1, 0) + coalesce(last_citation - first_citation + 1, 0)), 0)
        + (SELECT count(*) FROM main.life WHERE tx_in > ?1) FROM main.tx WHERE id > ?1
      """, [.integer(number)])
    return try later(than: number, from: (recorded ?? 0) < (own ?? 0) ? .recordedLater : .typed)
  }

  /// Where to begin; both find the same.
  enum Beginning { case typed, recordedLater }

  func later(than number: Int64, from beginning: Beginning) throws(StoreProblem) -> [Int64] {
    try db.integers(beginning == .typed ? Self.fromTyped : Self.fromLater, [.integer(number)])
  }

  /// The statements that say what type entities have, of those by the transaction alone.
  private static func isTyped(_ s: String) -> String {
    """
    \(s).property = 'type' AND NOT EXISTS(
      SELECT 1 FROM main.statement o WHERE o.subject = \(s).subject AND o.property = 'type'
        AND \(RecordedAs.subject("o")) = \(RecordedAs.subject(s)) AND \(Lives.opened("o", .statement)) != ?1)
    """
  }

  private static let fromTyped = """
    WITH typed(entity, counted) AS MATERIALIZED (
      SELECT DISTINCT \(RecordedAs.subject("s")), s.subject FROM (
          SELECT b.id FROM (\(Lives.begun(.statement, by: "?1"))) b
          UNION ALL SELECT id FROM temp.undone WHERE thing = \(Thing.statement.rawValue) AND opened > 0) u
        CROSS JOIN main.statement s ON s.id = u.id WHERE \(isTyped("s")))
    SELECT DISTINCT began FROM (
      SELECT \(Lives.opened(thing: "u.thing", id: "u.id")) AS began FROM (\(uses.map {
        "SELECT \($0.thing.rawValue) AS thing, \($0.id) AS id FROM typed t CROSS JOIN \($0.rows) ON "
          + ($0.counted.map { "\($0) = t.counted AND " } ?? "") + "\($0.entity) = t.entity"
      }.joined(separator: "\nUNION ALL "))) u)
    WHERE began > ?1 ORDER BY began
    """

  private static let fromLater = """
    WITH recorded(thing, id, began) AS MATERIALIZED (
      SELECT \(Thing.statement.rawValue), b.id, b.tx FROM (\(Lives.begun(.statement, when: "> ?1"))) b WHERE b.ended IS NULL
      UNION ALL SELECT \(Thing.citation.rawValue), b.id, b.tx FROM (\(Lives.begun(.citation, when: "> ?1"))) b WHERE b.ended IS NULL
      UNION ALL SELECT l.thing, l.id, l.tx_in FROM main.life l WHERE l.tx_in > ?1 AND l.tx_out = \(openEnd)),
    named(entity, began) AS MATERIALIZED (
      \(uses.map {
        "SELECT \($0.entity), u.began FROM recorded u CROSS JOIN \($0.rows) ON u.thing = \($0.thing.rawValue) AND \($0.id) = u.id"
      }.joined(separator: "\nUNION ")))
    SELECT DISTINCT n.began FROM named n WHERE n.entity IS NOT NULL AND EXISTS(
      SELECT 1 FROM main.statement s WHERE s.subject = \(Identity.counted("n.entity", in: "main"))
        AND \(RecordedAs.subject("s")) = n.entity AND \(isTyped("s"))
        AND (s.tx = ?1 OR s.id IN (SELECT id FROM temp.undone WHERE thing = \(Thing.statement.rawValue) AND opened > 0)))
    ORDER BY n.began
    """
}
