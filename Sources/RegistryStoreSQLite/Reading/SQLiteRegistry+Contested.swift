public import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  public func contestedPlaces(_ query: ContestedQuery, _ times: Times) throws(StoreProblem) -> [Place] {
    let scope = try scope(times)
    try ready(.everything(), in: scope)
    let schema = try readSchema(in: scope)
    let asked = query.properties ?? Array(schema.properties.keys)
    let rivals = asked.filter { schema.properties[$0].map { $0.cardinality != .many } ?? false }.sorted()
    let narrow =
      query.properties == nil ? "" : " AND f.property IN (SELECT value FROM json_each(?1))"
    let places =
      try isOrderFaster(query, scope, narrow)
      ? Self.inOrderOfKeys(narrow) : Self.sorted(query, scope.rawValue, narrow)
    let row = try db.rows(
      places + " LIMIT ?3 OFFSET ?4",
      [
        query.properties.map { .list($0.map(\.text)) } ?? .null, .list(rivals.map(\.text)),
        .integer(Int64(query.limit ?? -1)), .integer(Int64(query.offset)),
      ])
    var found: [Place] = []
    while try row.next() { found.append(Place(subject: row.key(0), property: row.key(1))) }
    return found
  }

  /// Fewer than so many places are put in order.
  private static var fewest: Int { 1_000 }
  private static var mostCounted: Int { 10_000 }

  /// Whether fewer entities are passed by in the order of keys than there are places to be sorted.
  private func isOrderFaster(
    _ query: ContestedQuery, _ scope: Scope, _ narrow: String
  ) throws(StoreProblem) -> Bool {
    guard scope == .main, !query.includesNeighbours, let limit = query.limit, limit < Self.fewest else {
      return false
    }
    let count = try db.integer(
      """
      SELECT count(*) FROM (SELECT 1 FROM main.fact f INDEXED BY fact_contested
        WHERE \(Contested.condition)\(narrow) LIMIT \(Self.mostCounted))
      """, query.properties.map { [.list($0.map(\.text))] } ?? [])
    guard let count, count > Self.fewest else { return false }
    // Keys that were given later are not in this order.
    if try db.integer("SELECT 1 FROM main.identity_now LIMIT 1") != nil { return false }
    let passed = (limit + query.offset) * (try countEntities(nil, scope)) / Int(count)
    return passed < Int(count)
  }

  private static func inOrderOfKeys(_ narrow: String) -> String {
    """
    SELECT DISTINCT e.key, f.property FROM main.entity e CROSS JOIN main.fact f INDEXED BY fact_contested
      ON f.subject = e.id AND \(Contested.condition)\(narrow) ORDER BY e.key, f.property
    """
  }

  private static func sorted(_ query: ContestedQuery, _ schema: String, _ narrow: String) -> String {
    var places = """
      SELECT DISTINCT f.subject, f.property FROM \(schema).fact f INDEXED BY fact_contested
      WHERE \(Contested.condition)\(narrow)
      """
    if query.includesNeighbours {
      places += """
         UNION SELECT f.subject, f.property FROM \(schema).fact f WHERE f.property IN (SELECT value FROM json_each(?2))
        GROUP BY f.subject, f.property HAVING count(*) > 1
        """
    }
    return """
      SELECT e.key, c.property FROM (\(places)) c CROSS JOIN \(schema).entity_key e ON e.id = c.subject
      ORDER BY e.key, c.property
      """
  }
}
