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
    var arguments: [SQL] = [
      query.properties.map { .list($0.map(\.text)) } ?? .null, .list(rivals.map(\.text)),
      .integer(Int64(query.limit ?? -1)), .integer(Int64(query.offset)),
    ]
    let places: String
    if let sources = query.claimedByEach {
      for source in sources {
        let id = try findEntityID(source, in: scope)
        arguments.append(.list(try id.map { id throws(StoreProblem) in try family(of: id, in: scope) } ?? []))
      }
      let parameters = (5..<(5 + sources.count)).map { "?\($0)" }
      places = Self.shown(Self.claimed(byEachOf: parameters, scope.rawValue), scope.rawValue)
    } else if try isOrderFaster(query, scope, narrow) {
      places = Self.inOrderOfKeys(narrow)
    } else {
      places = Self.shown(Self.standing(query, scope.rawValue, narrow), scope.rawValue)
    }
    let row = try db.rows(places + " LIMIT ?3 OFFSET ?4", arguments)
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

  private static func claimed(byEachOf sources: [String], _ schema: String) -> String {
    sources.map { source in
      """
      SELECT f.subject, f.property FROM \(schema).citation_now c CROSS JOIN \(schema).fact f ON f.statement = c.statement
      WHERE c.source IN (SELECT value FROM json_each(\(source))) AND c.stance = 'claims' AND f.claimed
        AND f.property IN (SELECT value FROM json_each(?2))
      """
    }.joined(separator: "\nINTERSECT ")
  }

  private static func standing(_ query: ContestedQuery, _ schema: String, _ narrow: String) -> String {
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
    return places
  }

  private static func shown(_ places: String, _ schema: String) -> String {
    """
    SELECT e.key, c.property FROM (\(places)) c CROSS JOIN \(schema).entity_key e ON e.id = c.subject
    ORDER BY e.key, c.property
    """
  }
}
