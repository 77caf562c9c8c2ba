internal import RegistryModel
internal import RegistryStore

/// What one transaction changed.
extension HistoryReader {
  func changes(
    of id: TransactionID, _ visit: (RecordedChange) -> Bool
  ) throws(StoreProblem) {
    _ = try pastScope.scope(.all)
    var queue = RecordedQueue(state, Salvage(state, nil))
    for query in [
      Self.netOfLives + Self.definitions, Self.net + Self.statements, Self.netOfLives + Self.others,
    ] {
      let rows = try db.rows(query, [.integer(id.number)])
      while try rows.next() {
        guard let thing = Thing(rawValue: rows.integer(0)) else { continue }
        let row = rows.integer(1)
        guard try queue.add(rows.integer(2) > 0 ? .asserted(thing, row) : .withdrawn(thing, row), visit)
        else {
          return
        }
      }
    }
    _ = try queue.handOn(visit)
  }

  func changeCounts(of id: TransactionID) throws(StoreProblem) -> [ChangeCount] {
    _ = try pastScope.scope(.all)
    let rows = try db.rows(Self.net + Self.counts, [.integer(id.number)])
    var found: [ChangeCount] = []
    while try rows.next() {
      found.append(
        ChangeCount(
          kind: rows.text(0), asserted: Int(rows.integer(1)), withdrawn: Int(rows.integer(2))))
    }
    return found
  }

  /// What the transaction asserted (1) or withdrew (-1); what it did both with is as it was.
  private static let net = net(of: Lives.changes(by: "?1"))

  /// The same of all but statements and citations, of which an import has very many.
  private static let netOfLives = net(of: Lives.changesLived(by: "?1"))

  private static func net(of changes: String) -> String {
    """
    WITH net(thing, id, change) AS MATERIALIZED (
      SELECT thing, id, sum(opened) FROM (\(changes)) GROUP BY thing, id HAVING sum(opened) != 0)
    """
  }

  /// Those say how the values behind them are to be read.
  private static let definitions = """
    SELECT thing, id, change FROM net WHERE thing IN (\(Thing.definition.rawValue), \(Thing.sourceData.rawValue))
    ORDER BY thing, change, id
    """

  /// All that concerns one statement together, in the order of recording.
  private static let statements = """
    SELECT n.thing, n.id, n.change FROM net n
      LEFT JOIN main.citation c ON n.thing = \(Thing.citation.rawValue) AND c.id = n.id
    WHERE n.thing IN (\(Thing.statement.rawValue), \(Thing.denial.rawValue), \(Thing.citation.rawValue))
    ORDER BY coalesce(c.statement, n.id), n.change, n.thing, n.id
    """

  private static let others = """
    SELECT thing, id, change FROM net WHERE thing IN (\(Thing.judgement.rawValue), \(Thing.alias.rawValue),
      \(Thing.merging.rawValue), \(Thing.renaming.rawValue), \(Thing.review.rawValue))
    ORDER BY thing, change, id
    """

  /// A statement counts once, with all that says it.
  private static let counts = """
    , about(kind, id, change) AS (
      SELECT s.property, s.id, n.change FROM net n CROSS JOIN main.statement s ON s.id = n.id
      WHERE n.thing IN (\(Thing.statement.rawValue), \(Thing.denial.rawValue))
      UNION SELECT s.property, s.id, n.change FROM net n CROSS JOIN main.citation c ON c.id = n.id
        CROSS JOIN main.statement s ON s.id = c.statement
      WHERE n.thing = \(Thing.citation.rawValue)
      UNION ALL SELECT CASE thing WHEN \(Thing.judgement.rawValue) THEN 'rank' WHEN \(Thing.review.rawValue) THEN 'review' WHEN \(Thing.alias.rawValue) THEN 'alias'
          WHEN \(Thing.definition.rawValue) THEN 'definition' WHEN \(Thing.sourceData.rawValue) THEN 'source'
          WHEN \(Thing.merging.rawValue) THEN 'merge' ELSE 'rename' END, id, change
      FROM net WHERE thing > \(Thing.citation.rawValue))
    SELECT kind, sum(change > 0), sum(change < 0) FROM about GROUP BY kind ORDER BY count(*) DESC, kind
    """
}
