internal import RegistryStore

/// What the registry has come to hold, or holds otherwise, since one of its transactions, where that is told of single
/// statements and names.
struct LaterChanges {
  /// The transaction.
  let number: Int64
  /// What was recorded by then has no row beyond these, but for ``outOfOrder``.
  var lastStatement: Int64 = 0
  var lastEntity: Int64 = 0
  /// Statements that stand otherwise than they did, or did not stand, though they were recorded by then.
  var restated: [Int64] = []
  /// Statements up to ``lastStatement`` that were recorded later: their rows were made before they were claimed.
  var outOfOrder: [Int64] = []
  /// Statements recorded by then of which the citations, or what is known of a page that they cite, are others now.
  var recited: [Int64] = []
  /// Whose aliases are others now, as they are recorded.
  var renamed: [Int64] = []
  /// Whether little was recorded since.
  var isLittle = false
}

/// Finds ``LaterChanges``.
struct LaterChangesFinder {
  let db: any SQLEngine
  /// What nothing is said of more than so much of is found; where it is more, whoever asks derives everything.
  static let most = 20_000

  /// - Returns: nothing where which entities are one, or how anything is defined, was otherwise, and where too much was.
  func changes(since number: Int64) throws(StoreProblem) -> LaterChanges? {
    let deciding = [Thing.definition, .merging, .renaming].map { "\($0.rawValue)" }.joined(separator: ", ")
    let other = try db.integer(
      "SELECT 1 FROM main.life l WHERE l.thing IN (\(deciding)) AND \(Self.isOther) LIMIT 1",
      [.integer(number)])
    if other != nil { return nil }
    // A key that was given to something means another thing once there is one that had it first.
    let first = try db.integer(
      """
      SELECT 1 FROM main.renaming r CROSS JOIN main.entity e ON e.key = r.key
      WHERE \(Identity.hasKey("e", .current)) AND NOT \(Identity.hasKey("e", .transaction(number))) LIMIT 1
      """)
    if first != nil { return nil }
    var changes = LaterChanges(number: number)
    changes.lastEntity = try last(
      "SELECT id, created_tx FROM main.entity WHERE id", "main.entity", by: number)
    changes.lastStatement = try last(
      "SELECT statement, recorded FROM main.fact WHERE statement", "main.statement", by: number)
    let lastCitation = try last(
      "SELECT id, tx FROM main.citation WHERE tx IS NOT NULL AND id", "main.citation", by: number)
    changes.restated = try restated(number)
    changes.outOfOrder = try later([.statement, .denial], upTo: changes.lastStatement, number)
    guard let cited = try recited(changes, after: lastCitation),
      let sources = try ofOtherSources(changes)
    else { return nil }
    changes.recited = Set(cited + sources).sorted()
    changes.renamed = try db.integers(
      """
      SELECT DISTINCT a.entity FROM main.life l CROSS JOIN main.alias a ON a.id = l.id
      WHERE l.thing = \(Thing.alias.rawValue) AND \(Self.isOther)
      """, [.integer(number)])
    let all = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    changes.isLittle = all - changes.lastStatement <= Self.most
    let counts = [changes.restated, changes.outOfOrder, changes.recited, changes.renamed].map(\.count)
    return counts.allSatisfy { $0 <= Self.most } ? changes : nil
  }

  /// Whether the life `l` began or ended after the transaction `?1`.
  private static let isOther = "(l.tx_in > ?1 OR l.tx_out > ?1 AND l.tx_out < \(openEnd))"

  /// A row up to which all is found that was recorded by a transaction, since rows follow transactions: few steps.
  /// - Parameter rows: a query of rows, each with when it was recorded, that ends before a comparison of the row.
  private func last(_ rows: String, _ table: String, by number: Int64) throws(StoreProblem) -> Int64 {
    let column = rows.hasSuffix("statement") ? "statement" : "id"
    var (first, last) = (Int64(0), try db.integer("SELECT max(id) FROM \(table)") ?? 0)
    while first < last {
      let middle = first + (last - first + 1) / 2
      let row = try db.rows(
        "\(rows) BETWEEN ? AND ? ORDER BY \(column) LIMIT 1", [.integer(middle), .integer(last)])
      if try row.next(), row.integer(1) <= number { first = row.integer(0) } else { last = middle - 1 }
    }
    return first
  }

  /// Statements that ended since, or were claimed or denied once more, or got another rank.
  private func restated(_ number: Int64) throws(StoreProblem) -> [Int64] {
    let statements = "(\(Thing.statement.rawValue), \(Thing.denial.rawValue))"
    return try db.integers(
      """
      SELECT id FROM (
        SELECT l.id FROM main.life l WHERE l.tx_out < \(openEnd) AND +l.thing IN \(statements)
          AND (l.tx_out > ?1 OR EXISTS(SELECT 1 FROM main.life o
            WHERE o.thing IN \(statements) AND o.id = l.id AND o.tx_in > ?1))
        UNION SELECT s.id FROM main.statement s WHERE s.ended > ?1 AND s.ended IS NOT NULL AND s.tx <= ?1
        UNION SELECT d.id FROM main.life d WHERE d.thing = \(Thing.denial.rawValue)
          AND EXISTS(SELECT 1 FROM main.life l WHERE l.thing IN \(statements) AND l.id = d.id AND \(Self.isOther))
        UNION SELECT j.statement FROM main.life l CROSS JOIN main.judgement j ON j.id = l.id
          WHERE l.thing = \(Thing.judgement.rawValue) AND \(Self.isOther)) LIMIT \(Self.most + 1)
      """, [.integer(number)])
  }

  /// What began later though its row is among those of before; asked transaction by transaction, each by an index.
  private func later(_ things: [Thing], upTo last: Int64, _ number: Int64) throws(StoreProblem) -> [Int64] {
    var found: Set<Int64> = []
    for thing in things {
      found.formUnion(
        try db.integers(
          """
          SELECT l.id FROM main.tx t CROSS JOIN main.life l
            ON l.tx_in = t.id AND l.thing = \(thing.rawValue) AND l.id <= ?2 WHERE t.id > ?1 LIMIT \(Self.most + 1)
          """, [.integer(number), .integer(last)]))
      guard thing.saysByItself else { continue }
      found.formUnion(
        try db.integers(
          """
          SELECT r.id FROM main.tx t CROSS JOIN main.\(thing.table) r
            ON r.id BETWEEN t.first_\(thing.table) AND min(t.last_\(thing.table), ?2) AND +r.tx = t.id
            WHERE t.id > ?1 AND t.first_\(thing.table) <= ?2 LIMIT \(Self.most + 1)
          """, [.integer(number), .integer(last)]))
    }
    return found.sorted()
  }

  /// Statements that were cited again, or lost a citation.
  private func recited(_ changes: LaterChanges, after last: Int64) throws(StoreProblem) -> [Int64]? {
    let (number, citation) = (changes.number, Thing.citation.rawValue)
    var found = try db.integers(
      """
      SELECT DISTINCT c.statement FROM main.life l CROSS JOIN main.citation c ON c.id = l.id
      WHERE l.tx_out < \(openEnd) AND +l.thing = \(citation) AND (l.tx_out > ?1 OR EXISTS(SELECT 1 FROM main.life o
        WHERE o.thing = \(citation) AND o.id = l.id AND o.tx_in > ?1))
      UNION SELECT c.statement FROM main.citation c WHERE c.ended > ?1 AND c.ended IS NOT NULL AND c.tx <= ?1
      LIMIT \(Self.most + 1)
      """, [.integer(number)])
    let again = try later([.citation], upTo: last, number)
    found += try db.integers(
      "SELECT c.statement FROM json_each(?) j CROSS JOIN main.citation c ON c.id = j.value", [.list(again)])
    // Of what was recorded before, those cited later: looked for among the fewer.
    let all = try db.integer("SELECT max(id) FROM main.citation") ?? 0
    let condition =
      changes.lastStatement < all - last
      ? "WHERE c.statement <= ?1 AND +c.id > ?2" : "NOT INDEXED WHERE c.statement <= ?1 AND c.id > ?2"
    found += try db.integers(
      "SELECT DISTINCT c.statement FROM main.citation c \(condition) LIMIT \(Self.most + 1)",
      [.integer(changes.lastStatement), .integer(last)])
    return found.count > Self.most ? nil : found
  }

  /// Statements that cite a page of which something else is known now.
  private func ofOtherSources(_ changes: LaterChanges) throws(StoreProblem) -> [Int64]? {
    let target = Identity.counted("d.source", in: "main")
    let found = try db.integers(
      """
      SELECT DISTINCT c.statement FROM (
          SELECT d.source, \(target) AS target FROM main.life l CROSS JOIN main.source_data d ON d.id = l.id
          WHERE l.thing = \(Thing.sourceData.rawValue) AND d.source <= ?2 AND \(Self.isOther)) o
        CROSS JOIN main.citation c ON c.source IN (SELECT o.source UNION SELECT o.target
          UNION SELECT i.id FROM main.identity_now i WHERE i.target = o.target)
      WHERE c.statement <= ?3 LIMIT \(Self.most + 1)
      """, [.integer(changes.number), .integer(changes.lastEntity), .integer(changes.lastStatement)])
    return found.count > Self.most ? nil : found
  }
}
