public import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  /// What is not looked at is not compared: of a word that stands everywhere, so many are.
  private static var mostCompared: Int { 2_000 }

  /// The shortest texts first, of which the words make up the most; those with the last word whole before those in which
  /// it is a beginning. FTS5's own rank reads all that any one of the words stands in.
  public func search(_ text: String, limit: Int, _ times: Times) throws(StoreProblem) -> [SearchHit] {
    let scope = try scope(times)
    let words = SearchWords(text)
    guard !words.terms.isEmpty else { return [] }
    try ready(.everything(text: true), in: scope)
    let holding = try holding(scope, times)
    let most = limit > Self.mostCompared ? Int.max : Self.mostCompared
    var hits: [SearchHit] = []
    var seen: Set<Int64> = []
    func add(_ texts: [FoundText], _ excerpt: Excerpt) throws(StoreProblem) {
      let texts = texts.sorted { $0.length < $1.length }
      var rest = texts[...]
      while hits.count < limit, let length = rest.first?.length {
        let same = rest.prefix { $0.length == length }
        rest = rest.dropFirst(same.count)
        for row in try byContent(same.map(\.row)) where hits.count < limit && seen.insert(row).inserted {
          if let hit = try hit(row, excerpt, holding) { hits.append(hit) }
        }
      }
    }
    try add(try shortest(words, most, scope), Excerpt(words.terms, isOpen: false))
    guard hits.count < limit, words.isOpen else { return hits }
    try add(try begun(words, most, scope), Excerpt(words.terms, isOpen: true))
    return hits
  }

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

  /// Of texts of one length, in an order that follows from what they say and of whom.
  private func byContent(_ rows: [Int64]) throws(StoreProblem) -> [Int64] {
    guard rows.count > 1 else { return rows }
    let row = try db.rows(
      """
      SELECT j.value, j.value % 4, CASE j.value % 4
        WHEN \(Found.statement.rawValue) THEN (SELECT s.digest FROM main.statement s WHERE s.id = j.value / 4)
        WHEN \(Found.citation.rawValue) THEN (
          SELECT s.digest || ' ' || e.key || ' ' || coalesce(c.locator, '') || ' ' || coalesce(c.via, '')
          FROM main.citation c JOIN main.statement s ON s.id = c.statement JOIN main.entity e ON e.id = c.source
          WHERE c.id = j.value / 4)
        ELSE (SELECT e.key || ' ' || a.name FROM main.alias a JOIN main.entity e ON e.id = a.entity
          WHERE a.id = j.value / 4) END
      FROM json_each(?) j
      """, [.list(rows)])
    var places: [(row: Int64, place: (Int64, String))] = []
    while try row.next() { places.append((row.integer(0), (row.integer(1), row.optionalText(2) ?? ""))) }
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

  /// Nothing where what was found is of no entity that has a type, or of a statement that does not count or hold.
  private func hit(_ found: Int64, _ excerpt: Excerpt, _ holding: Holding) throws(StoreProblem) -> SearchHit?
  {
    let id = found / 4
    let s = holding.scope.rawValue
    let holds = " AND f.evidence > 0" + holding.condition("f")
    let sql: String
    switch Found(rawValue: found % 4) {
    case .statement:
      sql = """
        SELECT f.subject, s.digest, NULL, CASE f.property WHEN 'name' THEN 'name' ELSE 'text' END, f.text
        FROM \(s).fact f JOIN main.statement s ON s.id = f.statement WHERE f.statement = ?\(holds)
        """
    case .citation:
      sql = """
        SELECT f.subject, s.digest, e.key, 'quote', c.quote FROM \(s).citation_now c
          JOIN \(s).fact f ON f.statement = c.statement JOIN main.statement s ON s.id = c.statement
          JOIN \(s).entity_key e ON e.id = c.source WHERE c.id = ?\(holds)
        """
    case .alias:
      sql = """
        SELECT e.target, NULL, NULL, 'name', a.name FROM \(s).alias_now a JOIN \(s).entity_key e ON e.id = a.entity
        WHERE a.id = ?
        """
    case nil: return nil
    }
    let row = try db.rows(sql, [.integer(id)])
    guard try row.next(), let entity = try entityRecord(row.integer(0), in: holding.scope) else { return nil }
    return SearchHit(
      entity: entity, place: SearchHit.Place(rawValue: row.text(3)) ?? .text,
      excerpt: excerpt.of(row.text(4)),
      statement: row.optionalText(1).map(StatementID.init), source: row.optionalKey(2))
  }
}
