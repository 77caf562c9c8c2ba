public import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  public func search(_ text: String, limit: Int, _ times: Times) throws(StoreProblem) -> [SearchHit] {
    let scope = try scope(times)
    let query = SearchWords.query(text)
    guard !query.isEmpty else { return [] }
    try ready(.everything(text: true), in: scope)
    let row = try db.rows(
      """
      SELECT rowid, snippet(found, 0, '«', '»', '…', 24) FROM \(scope.rawValue).found
      WHERE found MATCH ? ORDER BY rank, rowid
      """, [.text(query)])
    let holding = try holding(scope, times)
    var hits: [SearchHit] = []
    while hits.count < limit, try row.next() {
      if let hit = try hit(row.integer(0), excerpt: row.text(1), holding) { hits.append(hit) }
    }
    return hits
  }

  /// Nothing where what was found is of no entity that has a type, or of a statement that does not count or hold.
  private func hit(_ found: Int64, excerpt: String, _ holding: Holding) throws(StoreProblem) -> SearchHit? {
    let id = found / 4
    let s = holding.scope.rawValue
    let holds = " AND f.evidence > 0" + holding.condition("f")
    let sql: String
    switch Found(rawValue: found % 4) {
    case .statement:
      sql = """
        SELECT f.subject, s.digest, NULL, CASE f.property WHEN 'name' THEN 'name' ELSE 'text' END
        FROM \(s).fact f JOIN main.statement s ON s.id = f.statement WHERE f.statement = ?\(holds)
        """
    case .citation:
      sql = """
        SELECT f.subject, s.digest, e.key, 'quote' FROM \(s).citation_now c
          JOIN \(s).fact f ON f.statement = c.statement JOIN main.statement s ON s.id = c.statement
          JOIN \(s).entity_key e ON e.id = c.source WHERE c.id = ?\(holds)
        """
    case .alias:
      sql = """
        SELECT e.target, NULL, NULL, 'name' FROM \(s).alias_now a JOIN \(s).entity_key e ON e.id = a.entity
        WHERE a.id = ?
        """
    case nil: return nil
    }
    let row = try db.rows(sql, [.integer(id)])
    guard try row.next(), let entity = try entityRecord(row.integer(0), in: holding.scope) else { return nil }
    return SearchHit(
      entity: entity, place: SearchHit.Place(rawValue: row.text(3)) ?? .text, excerpt: excerpt,
      statement: row.optionalText(1).map(StatementID.init), source: row.optionalKey(2))
  }
}

/// What a reader types, as a query of FTS5.
enum SearchWords {
  /// Every word must be there, the last, unless it is a number, as a beginning; what stands in quotes is a phrase. Nothing in the text
  /// has a meaning to FTS5.
  static func query(_ text: String) -> String {
    var terms: [String] = []
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      // Between an odd and an even quote stands a phrase; a quote that is never closed is none.
      if index % 2 == 1, index < parts.count - 1 {
        terms.append(quoted(part))
      } else {
        terms += part.split(whereSeparator: \.isWhitespace).map(quoted)
      }
    }
    terms = terms.filter { $0.contains { $0.isLetter || $0.isNumber } }
    // A number is whole as it stands: 62 is not the beginning of 620.
    if let last = terms.last, last.contains(where: \.isLetter), let character = text.last, character != "\"",
      !character.isWhitespace
    {
      terms[terms.count - 1] = last + "*"
    }
    return terms.joined(separator: " ")
  }

  private static func quoted(_ text: Substring) -> String { "\"\(text)\"" }
}
