internal import RegistryModel
internal import RegistryStore

/// Finds words in names, texts and quotes.
struct TextSearch {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var nameReader: NameReader { NameReader(state) }
  private var pastScope: PastScope { PastScope(state) }

  init(_ state: RegistryState) { self.state = state }

  /// So many texts are compared first, those that were recorded first. More are where these do not give as many as are
  /// wanted: what does not count for a question must not hide what does.
  private static var mostCompared: Int { 2_000 }

  /// The shortest texts first, of which the words make up the most; those with the last word whole before those in which
  /// it is a beginning. FTS5's own rank reads all that any one of the words stands in.
  func search(_ text: String, limit: Int, _ times: Times) throws(StoreProblem) -> [SearchHit] {
    let scope = try pastScope.scope(times)
    let words = SearchWords(text)
    guard !words.terms.isEmpty else { return [] }
    try pastScope.ready(.everything(text: true), in: scope)
    let holding = try pastScope.holding(scope, times)
    var hits: [SearchHit] = []
    var seen: Set<Int64> = []
    func add(_ texts: [FoundText], _ excerpt: Excerpt) throws(StoreProblem) {
      var rest = texts.sorted { $0.length < $1.length }[...]
      while hits.count < limit, !rest.isEmpty {
        // At least as many as are wanted, with all that are as long as the last: these have an order among themselves.
        let most = rest.prefix(Self.atOnce(limit - hits.count)).last?.length ?? 0
        let part = rest.prefix { $0.length <= most }
        rest = rest.dropFirst(part.count)
        var rows = try byContent(part).filter { seen.insert($0).inserted }[...]
        while hits.count < limit, !rows.isEmpty {
          let next = rows.prefix(Self.atOnce(limit - hits.count))
          rows = rows.dropFirst(next.count)
          let found = try self.found(Array(next), holding)
          for row in next where hits.count < limit {
            if let one = found[row] { hits.append(one.hit(excerpt)) }
          }
        }
      }
    }
    func addAll(_ excerpt: Excerpt, _ read: (Int) throws(StoreProblem) -> [FoundText]) throws(StoreProblem) {
      let before = (hits, seen)
      if limit <= Self.mostCompared {
        let texts = try read(Self.mostCompared)
        try add(texts, excerpt)
        if hits.count == limit || texts.count < Self.mostCompared { return }
        (hits, seen) = before
      }
      try add(try read(Int.max), excerpt)
    }
    try addAll(Excerpt(words.terms, isOpen: false)) { (most) throws(StoreProblem) in
      try shortest(words, most, scope)
    }
    guard hits.count < limit, words.isOpen else { return hits }
    try addAll(Excerpt(words.terms, isOpen: true)) { (most) throws(StoreProblem) in
      try begun(words, most, scope)
    }
    return hits
  }

  /// How many are looked at for so many that are wanted: not all that are found count.
  private static func atOnce(_ wanted: Int) -> Int { max(wanted, 50) }

  /// Where all the words stand whole, the shortest texts first, with whatever has just this name.
  private func shortest(
    _ words: SearchWords, _ most: Int, _ scope: Scope
  ) throws(StoreProblem) -> [FoundText] {
    let s = scope.rawValue
    let row = try db.rows(
      """
      SELECT row, length FROM (
        SELECT rowid AS row, length(text) AS length FROM (
          SELECT rowid, text FROM \(s).found WHERE found MATCH ?1 LIMIT ?2)
        UNION SELECT f.statement * 4, length(f.text) FROM \(s).name n
          CROSS JOIN \(s).fact f ON f.subject = n.entity AND f.property = 'name' AND f.folded = n.folded
          WHERE n.folded = ?3 AND n.place = 1
        UNION SELECT a.id * 4 + 2, length(a.name) FROM \(s).alias_now a WHERE a.folded = ?3)
      """,
      [
        .text(words.whole), .integer(Int64(most)), .text(foldedName(words.terms.joined(separator: " "))),
      ])
    var found: [FoundText] = []
    while try row.next() { found.append((row.integer(0), Int(row.integer(1)))) }
    return found
  }

  /// The shortest first, those of one length in an order that follows from what they say and of whom.
  private func byContent(_ texts: ArraySlice<FoundText>) throws(StoreProblem) -> [Int64] {
    guard texts.count > 1 else { return texts.map(\.row) }
    let lengths = Dictionary(texts.map { ($0.row, $0.length) }, uniquingKeysWith: { first, _ in first })
    let row = try db.rows(
      """
      SELECT j.value, j.value % 4, CASE j.value % 4
        WHEN \(Found.statement.rawValue) THEN (SELECT s.digest FROM main.statement s WHERE s.id = j.value / 4)
        WHEN \(Found.citation.rawValue) THEN (
          SELECT s.digest || ' ' || e.key || ' ' || coalesce(\(CitationColumns.locator("c")), '') || ' ' || coalesce(c.via, '')
          FROM main.citation c JOIN main.statement s ON s.id = c.statement JOIN main.entity e ON e.id = c.source
          WHERE c.id = j.value / 4)
        ELSE (SELECT e.key || ' ' || a.name FROM main.alias a JOIN main.entity e ON e.id = a.entity
          WHERE a.id = j.value / 4) END
      FROM json_each(?) j
      """, [.list(texts.map(\.row))])
    var places: [(row: Int64, place: (Int, Int64, String))] = []
    while try row.next() {
      let length = lengths[row.integer(0)] ?? 0
      places.append((row.integer(0), (length, row.integer(1), row.optionalText(2) ?? "")))
    }
    return places.sorted { $0.place < $1.place }.map(\.row)
  }

  /// Where the last word is the beginning of one.
  private func begun(
    _ words: SearchWords, _ most: Int, _ scope: Scope
  ) throws(StoreProblem) -> [FoundText] {
    if let few = try begunAmongFew(words, scope) { return few }
    let row = try db.rows(
      "SELECT rowid, length(text) FROM \(scope.rawValue).found WHERE found MATCH ? LIMIT ?",
      [.text(words.open), .integer(Int64(most))])
    var found: [FoundText] = []
    while try row.next() { found.append((row.integer(0), Int(row.integer(1)))) }
    return found
  }

  /// FTS5 puts together all words that begin so before it looks at the others: where those stand in a few texts, the
  /// texts are quicker read. Nothing where they stand in many.
  private func begunAmongFew(_ words: SearchWords, _ scope: Scope) throws(StoreProblem) -> [FoundText]? {
    guard words.terms.count > 1, words.endsInLetters else { return nil }
    let row = try db.rows(
      "SELECT rowid, text FROM \(scope.rawValue).found WHERE found MATCH ? LIMIT ?",
      [.text(words.others), .integer(Int64(Self.mostCompared + 1))])
    var found: [FoundText] = []
    var read = 0
    while try row.next() {
      read += 1
      let text = row.text(1)
      if words.completed(in: text) != nil { found.append((row.integer(0), text.count)) }
    }
    return read > Self.mostCompared ? nil : found
  }

  private typealias FoundText = (row: Int64, length: Int)

  /// What was found, before words are cut out of it.
  private struct FoundPlace {
    var entity: EntityRecord
    var place: SearchHit.Place
    var text: String
    var statement: StatementID?
    var source: Key?

    func hit(_ excerpt: Excerpt) -> SearchHit {
      SearchHit(
        entity: entity, place: place, excerpt: excerpt.of(text), statement: statement, source: source)
    }
  }

  /// Without what is of no entity that has a type, or of a statement that does not count or hold.
  private func found(_ rows: [Int64], _ holding: Holding) throws(StoreProblem) -> [Int64: FoundPlace] {
    let s = holding.scope.rawValue
    let holds = " AND f.evidence > 0" + holding.condition("f")
    var places: [Int64: (entity: Int64, place: String, text: String, statement: String?, source: Key?)] = [:]
    for (kind, sql) in [
      (
        Found.statement,
        """
        SELECT j.value, f.subject, s.digest, NULL, CASE f.property WHEN 'name' THEN 'name' ELSE 'text' END, f.text
        FROM json_each(?) j CROSS JOIN \(s).fact f ON f.statement = j.value
          CROSS JOIN main.statement s ON s.id = f.statement WHERE TRUE\(holds)
        """
      ),
      (
        Found.citation,
        """
        SELECT j.value, f.subject, s.digest, e.key, 'quote', c.quote FROM json_each(?) j
          CROSS JOIN \(s).citation_now c ON c.id = j.value CROSS JOIN \(s).fact f ON f.statement = c.statement
          CROSS JOIN main.statement s ON s.id = c.statement CROSS JOIN \(s).entity_key e ON e.id = c.source
        WHERE TRUE\(holds)
        """
      ),
      (
        Found.alias,
        """
        SELECT j.value, e.target, NULL, NULL, 'name', a.name FROM json_each(?) j
          CROSS JOIN \(s).alias_now a ON a.id = j.value CROSS JOIN \(s).entity_key e ON e.id = a.entity
        """
      ),
    ] {
      let ids = rows.filter { $0 % 4 == kind.rawValue }.map { $0 / 4 }
      if ids.isEmpty { continue }
      let row = try db.rows(sql, [.list(ids)])
      while try row.next() {
        places[row.integer(0) * 4 + kind.rawValue] = (
          row.integer(1), row.text(4), row.text(5), row.optionalText(2), row.optionalKey(3)
        )
      }
    }
    guard !places.isEmpty else { return [:] }
    let entities = try nameReader.entityRecords(places.values.map(\.entity), in: holding.scope)
    return places.compactMapValues { found in
      entities[found.entity].map {
        FoundPlace(
          entity: $0, place: SearchHit.Place(rawValue: found.place) ?? .text, text: found.text,
          statement: found.statement.map(StatementID.init), source: found.source)
      }
    }
  }
}
