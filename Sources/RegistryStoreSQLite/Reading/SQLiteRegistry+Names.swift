public import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  public func entity(_ key: Key, _ times: Times) throws(StoreProblem) -> EntityRecord? {
    let scope = try scope(times)
    guard let id = try findEntityID(key, in: scope) else { return nil }
    try ready(.entities([id]), in: scope)
    return try entityRecord(id, in: scope)
  }

  func entityRecord(_ id: Int64, in scope: Scope) throws(StoreProblem) -> EntityRecord? {
    let row = try db.rows(
      "SELECT key, type, name FROM \(scope.rawValue).entity_now WHERE id = ?", [.integer(id)])
    return try row.next() ? EntityRecord(key: row.key(0), type: row.key(1), name: row.text(2)) : nil
  }

  public func entities(named name: String, _ times: Times) throws(StoreProblem) -> [EntityRecord] {
    let scope = try scope(times)
    let folded = foldedName(name)
    try ready(.name(folded), in: scope)
    // Who has the name is known; what else they are called may have been edited since.
    try ready(
      .entities(
        try db.integers("SELECT entity FROM \(scope.rawValue).name WHERE folded = ?", [.text(folded)])),
      in: scope)
    let row = try db.rows(
      """
      SELECT e.key, e.type, e.name FROM \(scope.rawValue).entity_now e
        JOIN (SELECT entity, min(place) AS place FROM \(scope.rawValue).name WHERE folded = ?1 GROUP BY entity) n
          ON n.entity = e.id
      ORDER BY e.key != ?2, n.place, e.key
      """, [.text(folded), .text(name)])
    var found: [EntityRecord] = []
    while try row.next() { found.append(EntityRecord(key: row.key(0), type: row.key(1), name: row.text(2))) }
    return found
  }

  public func names(withPrefix prefix: String, types: [Key], limit: Int) throws(StoreProblem) -> [NameMatch] {
    try ready(.everything(), in: try scope(.all))
    let folded = foldedName(prefix)
    var arguments: [SQL] = [.text(folded), .text(folded + "\u{10FFFF}"), .integer(Int64(limit))]
    var narrow = ""
    if !types.isEmpty {
      narrow = " AND e.type IN (SELECT value FROM json_each(?4))"
      arguments.append(.list(types.map(\.text)))
    }
    // Keys first: two steps through the same index, and neither reads more than it returns.
    var found: [NameMatch] = []
    for places in ["n.place = 0", "n.place > 0"] where found.count < limit {
      arguments[2] = .integer(Int64(limit - found.count))
      let row = try db.rows(
        """
        SELECT n.text, e.key, e.type, e.name FROM main.name n CROSS JOIN main.entity_now e ON e.id = n.entity
        WHERE n.folded >= ?1 AND n.folded < ?2 AND \(places)\(narrow)
        ORDER BY n.folded, n.place, n.entity, n.text LIMIT ?3
        """, arguments)
      while try row.next() { found.append(SQLiteRegistry.match(row)) }
    }
    return found
  }

  public func names(near name: String, types: [Key], limit: Int) throws(StoreProblem) -> [NameMatch] {
    try ready(.everything(), in: try scope(.all))
    let wanted = Array(foldedName(name).unicodeScalars)
    guard !wanted.isEmpty else { return [] }
    let tolerance = max(1, wanted.count / 3)
    var arguments: [SQL] = [
      .integer(Int64(wanted.count - tolerance)), .integer(Int64(wanted.count + tolerance)),
    ]
    var narrow = ""
    if !types.isEmpty {
      narrow = " AND e.type IN (SELECT value FROM json_each(?3))"
      arguments.append(.list(types.map(\.text)))
    }
    // A slip is rarely in the first letter of a long registry; a small one is searched as a whole.
    let row = try db.rows(
      """
      SELECT n.text, e.key, e.type, e.name, n.folded, n.place FROM main.name n
        JOIN main.entity_now e ON e.id = n.entity
      WHERE length(n.folded) BETWEEN ?1 AND ?2\(narrow) LIMIT 50000
      """, arguments)
    var near: [(distance: Int, place: Int64, match: NameMatch)] = []
    while try row.next() {
      guard let distance = editDistance(wanted, Array(row.text(4).unicodeScalars), atMost: tolerance) else {
        continue
      }
      near.append((distance, row.integer(5), SQLiteRegistry.match(row)))
    }
    near.sort { ($0.distance, $0.place, $0.match.text) < ($1.distance, $1.place, $1.match.text) }
    // One entity is suggested once, under the name that fits best.
    var seen: Set<Key> = []
    return near.filter { seen.insert($0.match.entity.key).inserted }.prefix(limit).map(\.match)
  }

  private static func match(_ row: Cursor) -> NameMatch {
    NameMatch(text: row.text(0), entity: EntityRecord(key: row.key(1), type: row.key(2), name: row.text(3)))
  }
}
