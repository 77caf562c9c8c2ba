internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Finds judgements of which one counts while others stand as well.
struct RivalJudgementReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var identityReader: IdentityReader { IdentityReader(state) }
  private var pastScope: PastScope { PastScope(state) }
  private var recordedRows: RecordedRows { RecordedRows(state) }
  private var schemas: SchemaReader { SchemaReader(state) }

  init(_ state: RegistryState) { self.state = state }

  func found() throws(StoreProblem) -> [RivalJudgement] {
    _ = try pastScope.scope(.all)
    // What is passed over although nothing of its kind outweighs it.
    var obstacles: [Row: RivalJudgement.Obstacle] = [:]
    let (mergings, keys) = (try mergingsPassedOver(), try keysOfOthers())
    for row in mergings { obstacles[row] = .mergingSaysNothing }
    for row in keys { obstacles[row] = .keyOfAnother }
    var (found, told): ([RivalJudgement], Set<Row>) = ([], [])
    for group in try grouped() {
      told.formUnion(group.map(\.row))
      let counting = group.first { $0.counts && obstacles[$0.row] == nil }
      found.append(
        RivalJudgement(
          counting: try counting.map { one throws(StoreProblem) in try judged(one.row) },
          passedOver: try group.filter { $0.row != counting?.row }.map { one throws(StoreProblem) in
            try judged(one.row)
          }, obstacle: group.lazy.compactMap { obstacles[$0.row] }.first))
    }
    for row in mergings + keys where !told.contains(row) {
      found.append(RivalJudgement(counting: nil, passedOver: [try judged(row)], obstacle: obstacles[row]))
    }
    for row in try citedMeanwhile() {
      found.append(RivalJudgement(counting: nil, passedOver: [try judged(row)], obstacle: .citedMeanwhile))
    }
    for row in try ofNothing() {
      found.append(RivalJudgement(counting: nil, passedOver: [try judged(row)], obstacle: .ofNothing))
    }
    for row in try definitions("type", try schemas.currentSchema().typesWithoutWord) {
      found.append(RivalJudgement(counting: nil, passedOver: [try judged(row)], obstacle: .pluralOfAnother))
    }
    for row in try ofLoops() {
      found.append(RivalJudgement(counting: try judged(row), obstacle: .underItself))
    }
    for row in try lapsed() { found.append(RivalJudgement(counting: try judged(row), obstacle: .lapsed)) }
    return found
  }

  private struct Row: Hashable {
    var thing: Thing
    var id: Int64
    var by: Int64
  }

  private func judged(_ row: Row) throws(StoreProblem) -> RivalJudgement.Judged {
    .init(try recordedRows.content(row.thing, row.id), by: TransactionID(row.by))
  }

  /// What there is one of, and by what it is known which are of one.
  private static let alike: [(thing: Thing, place: String, counting: String)] = [
    (.definition, "c.kind || ' ' || c.key", "definition_now"), (.sourceData, "c.source", "source_now"),
    (.judgement, "c.statement", "judgement_now"), (.review, "c.statement", "review_now"),
    (.merging, "c.entity", "merging_now"), (.renaming, "c.key", "renaming_now"),
  ]

  /// Joins what asserts a row.
  private static func lives(_ thing: Thing, _ row: String) -> String {
    "CROSS JOIN main.life l ON l.thing = \(thing.rawValue) AND l.id = \(row).id AND l.tx_out = \(openEnd)"
  }

  /// What stands beside others of which one counts, together with these; that which counts first.
  private func grouped() throws(StoreProblem) -> [[(row: Row, counts: Bool)]] {
    let parts = Self.alike.map { (thing, place, counting) in
      // Of one key, the entities to which it was given are rivals; those to which it was given twice are not.
      let distinct = thing == .renaming ? "c.entity" : "c.id"
      let counts =
        thing == .renaming
        ? "c.entity = \(Identity.owner(of: "c.key", in: "main"))"
        : "EXISTS(SELECT 1 FROM main.\(counting) n WHERE n.id = c.id)"
      let standing = "main.\(thing.table) c \(Self.lives(thing, "c"))"
      return """
        SELECT \(thing.rawValue) AS thing, CAST(\(place) AS TEXT) AS place, c.id AS id, max(l.tx_in) AS tx_in,
          max(\(counts)) AS counts
        FROM \(standing) WHERE \(place) IN (
          SELECT \(place) FROM \(standing) GROUP BY \(place) HAVING count(DISTINCT \(distinct)) > 1) GROUP BY c.id
        """
    }
    let row = try db.rows(
      "SELECT * FROM (\(parts.joined(separator: " UNION ALL "))) ORDER BY thing, place, counts DESC, tx_in, id"
    )
    var found: [[(row: Row, counts: Bool)]] = []
    var last: (Int64, String)?
    while try row.next() {
      guard let thing = Thing(rawValue: row.integer(0)) else { continue }
      let place = (row.integer(0), row.text(1))
      if last.map({ $0 != place }) ?? true { found.append([]) }
      last = place
      found[found.count - 1].append(
        (Row(thing: thing, id: row.integer(2), by: row.integer(3)), row.flag(4)))
    }
    return found
  }

  private func mergingsPassedOver() throws(StoreProblem) -> [Row] {
    var found: [Row] = []
    for merging in try identityReader.identities(in: "main").passedOver {
      found += try rows(
        .merging,
        "SELECT m.id, max(l.tx_in) FROM main.merging_now m \(Self.lives(.merging, "m")) WHERE m.entity = ? GROUP BY m.id",
        [.integer(merging.entity)])
    }
    return found
  }

  private func keysOfOthers() throws(StoreProblem) -> [Row] {
    try rows(
      .renaming,
      """
      SELECT r.id, max(l.tx_in) FROM main.renaming_now r \(Self.lives(.renaming, "r"))
      WHERE \(Identity.first(of: "r.key", in: "main")) != r.entity GROUP BY r.id, r.key ORDER BY r.key, r.id
      """)
  }

  private func ofLoops() throws(StoreProblem) -> [Row] {
    let schema = try schemas.currentSchema()
    return try definitions("type", schema.typesOfLoops)
      + definitions("property", schema.propertiesOfLoops)
  }

  private func definitions(_ kind: String, _ keys: [Key]) throws(StoreProblem) -> [Row] {
    var found: [Row] = []
    for key in keys {
      found += try rows(
        .definition,
        """
        SELECT d.id, max(l.tx_in) FROM main.definition_now d \(Self.lives(.definition, "d"))
        WHERE d.kind = ? AND d.key = ? GROUP BY d.id
        """, [.text(kind), .text(key.text)])
    }
    return found
  }

  /// Citations that stand of what does not. Alone nobody leaves any: who withdraws a claim withdraws its citations.
  private func citedMeanwhile() throws(StoreProblem) -> [Row] {
    try rows(
      .citation,
      """
      SELECT c.id, \(Self.began(.citation, "r")) FROM main.statement s CROSS JOIN main.citation_now c ON c.statement = s.id
        CROSS JOIN main.citation r ON r.id = c.id
      WHERE (s.ended IS NOT NULL OR s.tx IS NULL) AND CASE c.stance WHEN 'claims' THEN NOT s.claimed ELSE NOT s.denied END
      ORDER BY c.id
      """)
  }

  /// What is claimed of things that have no type, where any came from elsewhere.
  private func ofNothing() throws(StoreProblem) -> [Row] {
    guard try db.integer("SELECT 1 FROM main.tx WHERE arrived IS NOT NULL LIMIT 1") != nil else { return [] }
    return try rows(
      .statement,
      """
      SELECT s.id, \(Self.began(.statement, "s")) FROM main.statement s
      WHERE s.claimed AND s.chosen IS NOT NULL AND NOT EXISTS(SELECT 1 FROM main.entity_now n WHERE n.id = s.subject)
      ORDER BY s.id
      """)
  }

  /// The transaction that asserted last what says so by itself, or by its lives.
  private static func began(_ thing: Thing, _ row: String) -> String {
    """
    coalesce(\(row).tx, (SELECT max(l.tx_in) FROM main.life l
      WHERE l.thing = \(thing.rawValue) AND l.id = \(row).id AND l.tx_out = \(openEnd)))
    """
  }

  private func lapsed() throws(StoreProblem) -> [Row] {
    var found: [Row] = []
    for id in try schemas.lapsed() {
      found += try rows(
        .definition,
        """
        SELECT l.id, max(l.tx_in) FROM main.life l WHERE l.thing = \(Thing.definition.rawValue) AND l.id = ? GROUP BY l.id
        """, [.integer(id)])
    }
    return found
  }

  private func rows(
    _ thing: Thing, _ query: String, _ arguments: [SQL] = []
  ) throws(StoreProblem) -> [Row] {
    var found: [Row] = []
    let row = try db.rows(query, arguments)
    while try row.next() {
      found.append(Row(thing: thing, id: row.integer(0), by: row.integer(1)))
    }
    return found
  }
}
