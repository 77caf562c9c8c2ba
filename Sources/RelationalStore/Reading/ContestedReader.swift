internal import RegistryModel
internal import RegistryStore

/// The places in which statements stand against each other.
struct ContestedReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var planner: EntityPlanner { EntityPlanner(state) }
  private var pastScope: PastScope { PastScope(state) }
  private var schemas: SchemaReader { SchemaReader(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func contestedPlaces(_ query: ContestedQuery, _ times: Times) throws(StoreProblem) -> [Place] {
    let scope = try pastScope.scope(times)
    try pastScope.ready(.everything(), in: scope)
    let schema = try schemas.readSchema(in: scope)
    let asked = query.properties ?? Array(schema.properties.keys)
    let (many, rivals) = asked.sorted().reduce(into: ([Key](), [Key]())) { lists, key in
      guard let definition = schema.properties[key] else { return }
      if definition.cardinality == .many { lists.0.append(key) } else { lists.1.append(key) }
    }
    let narrow =
      query.properties == nil ? "" : " AND f.property IN (SELECT value FROM json_each(?1))"
    var arguments: [SQL] = [
      query.properties.map { .list($0.map(\.text)) } ?? .null, .list(rivals.map(\.text)),
      .integer(Int64(query.limit ?? -1)), .integer(Int64(query.offset)),
    ]
    let places: String
    if let speakers = query.spokenBy {
      places = Self.shown(
        try spoken(by: speakers, schema, narrow, scope, &arguments), scope.rawValue)
    } else if try isOrderFaster(query, scope, narrow) {
      places = Self.inOrderOfKeys(narrow)
    } else {
      arguments.append(.list(many.map(\.text)))
      places = Self.shown(
        Self.standing(query, scope, narrow, state.facts(.contested, in: scope)), scope.rawValue)
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
      SELECT count(*) FROM (SELECT 1 FROM \(Facts.only(.contested, in: .main)) f
        WHERE TRUE\(narrow) LIMIT \(Self.mostCounted))
      """, query.properties.map { [.list($0.map(\.text))] } ?? [])
    guard let count, count > Self.fewest else { return false }
    // Keys that were given later are not in this order.
    if try db.integer("SELECT 1 FROM main.identity_now LIMIT 1") != nil { return false }
    let passed = (limit + query.offset) * (try planner.countEntities(nil, scope)) / Int(count)
    return passed < Int(count)
  }

  /// SQLite is told that few entities are passed by: else it reads all facts first, for a filter of those that there are.
  static func inOrderOfKeys(_ narrow: String) -> String {
    """
    SELECT DISTINCT e.key, f.property FROM main.entity e CROSS JOIN \(Facts.only(.contested, in: .main)) f
      ON likelihood(+e.id > 0, 0.00001) AND f.subject = e.id\(narrow) ORDER BY e.key, f.property
    """
  }

  /// The broadest property of each place in which these speak.
  private func spoken(
    by speakers: ContestedQuery.Speakers, _ schema: Schema, _ narrow: String, _ scope: Scope,
    _ arguments: inout [SQL]
  ) throws(StoreProblem) -> String {
    func bind(_ value: SQL) -> String {
      arguments.append(value)
      return "?\(arguments.count)"
    }
    let name = scope.rawValue
    let narrowing = schema.properties.values.filter { $0.parent != nil }.map(\.key).sorted()
    let roots = narrowing.map { key in
      "\"\(key.text)\":\"\(schema.propertyAndBroader(of: key).last ?? key)\""
    }
    let root = bind(.text("{" + roots.joined(separator: ",") + "}"))
    let place = """
      f.subject, coalesce((SELECT r.value FROM json_each(\(root)) r WHERE r.key = f.property), f.property) AS property
      """
    func spoken(_ condition: String) -> String {
      """
      SELECT \(place) FROM \(name).citation_now c CROSS JOIN \(name).fact f ON f.statement = c.statement
        WHERE \(condition)\(narrow)
      """
    }
    switch speakers {
    case .each(let sources):
      var parts: [String] = []
      for source in sources {
        let list = bind(.list(try truth.families(of: [source], in: scope)))
        parts.append(spoken("c.source IN (SELECT value FROM json_each(\(list)))"))
      }
      return parts.joined(separator: "\nINTERSECT ")
    case .anyTwo(let sources):
      let ids = try truth.families(of: sources, in: scope)
      let condition =
        sources.isEmpty ? "TRUE" : "c.source IN (SELECT value FROM json_each(\(bind(.list(ids)))))"
      return spoken(condition)
        + " GROUP BY f.subject, 2 HAVING count(DISTINCT \(Identity.counted("c.source", in: name))) > 1"
    }
  }

  private static func standing(
    _ query: ContestedQuery, _ scope: Scope, _ narrow: String, _ contested: String
  ) -> String {
    let schema = scope.rawValue
    // Of what is many, values that are said twice may be said of periods that exclude each other.
    var places = """
      SELECT DISTINCT f.subject, f.property FROM \(contested) f
      WHERE TRUE\(narrow)
      UNION SELECT f.subject, f.property FROM \(schema).fact f
        WHERE f.property IN (SELECT value FROM json_each(?5)) AND f.object IS NOT NULL
        GROUP BY f.property, f.object, f.subject HAVING count(*) > 1
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
