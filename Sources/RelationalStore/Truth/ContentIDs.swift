internal import RegistryModel
internal import RegistryStore

/// By what contents are known in the uids of transactions, read by lists of rows.
struct ContentIDs {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  /// - Parameter rows: each once.
  /// - Returns: the id of each that is there.
  func ids(_ thing: Thing, _ rows: [Int64]) throws(StoreProblem) -> [Int64: ContentID] {
    guard !rows.isEmpty else { return [:] }
    switch thing {
    case .citation: return try citations(rows)
    case .renaming: return try renamings(rows)
    default:
      let row = try db.rows(
        "SELECT c.id, c.digest FROM json_each(?) j CROSS JOIN main.\(thing.table) c ON c.id = j.value",
        [.list(rows)])
      var found: [Int64: ContentID] = [:]
      while try row.next() { found[row.integer(0)] = ContentID(digest: row.text(1)) }
      return found
    }
  }

  private func citations(_ rows: [Int64]) throws(StoreProblem) -> [Int64: ContentID] {
    let row = try db.rows(
      """
      SELECT c.id, s.digest, e.key, c.via, \(CitationColumns.locator("c")), c.quote, c.said, c.inferred,
        \(CitationColumns.stance("c"))
      FROM json_each(?) j CROSS JOIN main.citation c ON c.id = j.value
        CROSS JOIN main.statement s ON s.id = c.statement CROSS JOIN main.entity e ON e.id = c.source
      """, [.list(rows)])
    var found: [Int64: ContentID] = [:]
    var citing = CitationDigest()
    while try row.next() {
      found[row.integer(0)] = citing.id(
        of: StatementLoader.citation(row, source: 2, from: 3), on: ContentID(digest: row.text(1)))
    }
    return found
  }

  /// The digest of a renaming's row tells it from others of the same key, which are other rows elsewhere.
  private func renamings(_ rows: [Int64]) throws(StoreProblem) -> [Int64: ContentID] {
    let row = try db.rows(
      """
      SELECT c.id, e.key, c.key, c.reason FROM json_each(?) j CROSS JOIN main.renaming c ON c.id = j.value
        CROSS JOIN main.entity e ON e.id = c.entity
      """, [.list(rows)])
    var found: [Int64: ContentID] = [:]
    while try row.next() {
      found[row.integer(0)] = ContentID(parts: [row.text(1), row.text(2), row.optionalText(3)])
    }
    return found
  }
}
