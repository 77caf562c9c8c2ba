internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Who is called something.
struct NameReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var pastScope: PastScope { PastScope(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func names(_ query: NameQuery) throws(StoreProblem) -> [NameMatch] {
    switch query {
    case .keys(let keys, let times): try matches(of: keys, times)
    case .name(let name, let times):
      try entities(called: name, times).map { NameMatch(text: name, entity: $0) }
    case .localName(let name, let sources, let times):
      try entities(called: name, in: sources, times).map { NameMatch(text: name, entity: $0) }
    case .prefix(let prefix, let types, let limit): try names(from: prefix, types: types, limit: limit)
    case .near(let name, let types, let limit): try names(nearTo: name, types: types, limit: limit)
    }
  }

  private func matches(of keys: [Key], _ times: Times) throws(StoreProblem) -> [NameMatch] {
    let scope = try pastScope.scope(times, asksLives: false)
    // One is found by what is in memory.
    if keys.count == 1 {
      guard let id = try truth.findEntityID(keys[0], in: scope) else { return [] }
      try pastScope.ready(.named([id]), in: scope)
      return try entityRecord(id, in: scope).map { [NameMatch(text: keys[0].text, entity: $0)] } ?? []
    }
    var ids = try truth.findEntityIDs(keys, in: scope)
    guard !ids.isEmpty else { return [] }
    try pastScope.ready(.named(Array(ids.values)), in: scope)
    let records = try entityRecords(Array(ids.values), in: scope)
    return keys.compactMap { key in
      ids.removeValue(forKey: key).flatMap { records[$0] }.map { NameMatch(text: key.text, entity: $0) }
    }
  }

  func entityRecords(_ ids: [Int64], in scope: Scope) throws(StoreProblem) -> [Int64: EntityRecord] {
    var found: [Int64: EntityRecord] = [:]
    if scope == .main {
      for id in ids { found[id] = state.memory.introduced[id]?.record }
    }
    let row = try db.rows(
      """
      SELECT e.id, e.key, e.type, e.name FROM json_each(?) j
        CROSS JOIN \(scope.rawValue).entity_now e ON e.id = j.value
      """, [.list(Set(ids).filter { found[$0] == nil }.sorted())])
    while try row.next() {
      found[row.integer(0)] = EntityRecord(key: row.key(1), type: row.key(2), name: row.text(3))
    }
    return found
  }

  func entityRecord(_ id: Int64, in scope: Scope) throws(StoreProblem) -> EntityRecord? {
    if scope == .main, let known = state.memory.introduced[id]?.record ?? state.memory.records[id] {
      return known
    }
    let row = try db.rows(
      "SELECT key, type, name FROM \(scope.rawValue).entity_now WHERE id = ?", [.integer(id)])
    guard try row.next() else { return nil }
    let record = EntityRecord(key: row.key(0), type: row.key(1), name: row.text(2))
    if scope == .main { state.memory.know(record, of: id) }
    return record
  }

  static func named(_ folded: String, in scope: Scope) -> SQLQuestion {
    SQLQuestion("SELECT entity FROM \(scope.rawValue).name WHERE folded = ?", [.text(folded)])
  }

  private func entities(called name: String, _ times: Times) throws(StoreProblem) -> [EntityRecord] {
    let scope = try pastScope.scope(times, asksLives: false)
    let folded = foldedName(name)
    try pastScope.ready(.name(folded), in: scope)
    // Who has the name is known; what else they are called may have been edited since.
    let named = try db.integers(Self.named(folded, in: scope))
    if named.isEmpty { return [] }
    try pastScope.ready(.named(named), in: scope)
    let row = try db.rows(
      """
      SELECT e.key, e.type, e.name FROM \(scope.rawValue).entity_now e
        JOIN (SELECT entity, min(place) AS place FROM \(scope.rawValue).name
          WHERE folded = ?1 AND place < 3 GROUP BY entity) n
          ON n.entity = e.id
      ORDER BY e.key != ?2, n.place, e.key
      """, [.text(folded), .text(name)])
    var found: [EntityRecord] = []
    while try row.next() { found.append(EntityRecord(key: row.key(0), type: row.key(1), name: row.text(2))) }
    return found
  }

  private func entities(
    called name: String, in sources: [Key], _ times: Times
  ) throws(StoreProblem) -> [EntityRecord] {
    let scope = try pastScope.scope(times, asksLives: false)
    let families = try truth.families(of: sources, in: scope)
    guard !families.isEmpty else { return [] }
    let entities = try db.integers(
      """
      SELECT DISTINCT \(Identity.counted("a.entity", in: scope.rawValue)) FROM \(scope.rawValue).alias_now a
      WHERE a.folded = ?1 AND a.local AND a.source IN (SELECT value FROM json_each(?2))
      """, [.text(foldedName(name)), .list(families)])
    guard !entities.isEmpty else { return [] }
    try pastScope.ready(.named(entities), in: scope)
    return try entityRecords(entities, in: scope).values.sorted { $0.key < $1.key }
  }

  private func names(
    from prefix: String, types: [Key], limit: Int
  ) throws(StoreProblem) -> [NameMatch] {
    try pastScope.ready(.everything(), in: try pastScope.scope(.all))
    let folded = foldedName(prefix)
    let range: [SQL] = [.text(folded), .text(folded + "\u{10FFFF}")]
    // Keys first: two steps through an index, and neither reads many more rows than it returns.
    guard types.isEmpty else {
      let keys = try keys(withPrefix: folded, types: types, limit: limit)
      return keys + (try names(of: types, in: range, limit: limit - keys.count))
    }
    var found: [NameMatch] = []
    for places in ["n.place = 0", "n.place BETWEEN 1 AND 2"] where found.count < limit {
      let row = try db.rows(
        """
        SELECT n.text, e.key, e.type, e.name FROM main.name n CROSS JOIN main.entity_now e ON e.id = n.entity
        WHERE n.folded >= ?1 AND n.folded < ?2 AND \(places)
        ORDER BY n.folded, n.place, n.entity, n.text LIMIT ?3
        """, range + [.integer(Int64(limit - found.count))])
      while try row.next() { found.append(Self.match(row)) }
    }
    return found
  }

  /// The keys of these types that begin so, from the index by type: of a rare type among a million names the index by
  /// name would be read from end to end.
  private func keys(withPrefix folded: String, types: [Key], limit: Int) throws(StoreProblem) -> [NameMatch] {
    let prefix = folded.replacing(" ", with: "-")
    var found: [EntityRecord] = []
    for type in types {
      for prefix in Set([prefix, prefix.uppercased()]) {
        let row = try db.rows(
          """
          SELECT key, type, name FROM main.entity_now WHERE type = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4
          """,
          [.text(type.text), .text(prefix), .text(prefix + "\u{10FFFF}"), .integer(Int64(limit))])
        while try row.next() {
          found.append(EntityRecord(key: row.key(0), type: row.key(1), name: row.text(2)))
        }
      }
    }
    var seen: Set<Key> = []
    let sorted = found.filter { seen.insert($0.key).inserted }.sorted {
      (foldedName($0.key.text), $0.key.text) < (foldedName($1.key.text), $1.key.text)
    }
    return sorted.prefix(limit).map { NameMatch(text: $0.key.text, entity: $0) }
  }

  /// Names of these types among the first thousands that begin so.
  private func names(of types: [Key], in range: [SQL], limit: Int) throws(StoreProblem) -> [NameMatch] {
    guard limit > 0 else { return [] }
    let row = try db.rows(
      """
      SELECT n.text, e.key, e.type, e.name FROM (
          SELECT * FROM main.name WHERE folded >= ?1 AND folded < ?2 AND place BETWEEN 1 AND 2
          ORDER BY folded, place, entity, text LIMIT 5000) n
        CROSS JOIN main.entity_now e ON e.id = n.entity
      WHERE e.type IN (SELECT value FROM json_each(?4))
      ORDER BY n.folded, n.place, n.entity, n.text LIMIT ?3
      """, range + [.integer(Int64(limit)), .list(types.map(\.text))])
    var found: [NameMatch] = []
    while try row.next() { found.append(Self.match(row)) }
    return found
  }

  private func names(
    nearTo name: String, types: [Key], limit: Int
  ) throws(StoreProblem) -> [NameMatch] {
    try pastScope.ready(.everything(), in: try pastScope.scope(.all))
    let folded = foldedName(name)
    let wanted = Array(folded.unicodeScalars)
    guard !wanted.isEmpty else { return [] }
    let tolerance = max(1, wanted.count / 3)
    var near: [(distance: Int, place: Int64, text: String, entity: Int64)] = []
    var seen: Set<Int64> = []
    var room: Int64 = 50_000
    // A slip is rarely in the first letters of a long registry, which are asked for first; a small one is searched as a
    // whole. Whoever interrupts gets what was found so far.
    for beginning in Self.likelyBeginnings(of: folded) where room > 0 {
      do throws(StoreProblem) {
        let row = try db.rows(
          """
          SELECT text, entity, place, folded FROM main.name
          WHERE folded >= ?1 AND folded < ?2 AND length(folded) BETWEEN ?3 AND ?4 LIMIT ?5
          """,
          [
            .text(beginning), .text(beginning + "\u{10FFFF}"), .integer(Int64(wanted.count - tolerance)),
            .integer(Int64(wanted.count + tolerance)), .integer(room),
          ])
        while try row.next() {
          room -= 1
          let candidate = Array(row.text(3).unicodeScalars)
          guard let distance = editDistance(wanted, candidate, atMost: tolerance) else { continue }
          near.append((distance, row.integer(2), row.text(0), row.integer(1)))
        }
      } catch {
        guard error == .interrupted, !near.isEmpty else { throw error }
        break
      }
    }
    near.sort { ($0.distance, $0.place, $0.text) < ($1.distance, $1.place, $1.text) }
    // One entity is suggested once, under the name that fits best.
    var found: [NameMatch] = []
    var rest = near.filter { seen.insert($0.entity).inserted }[...]
    while found.count < limit, !rest.isEmpty {
      let part = rest.prefix(max(limit - found.count, 20))
      rest = rest.dropFirst(part.count)
      let records = try entityRecords(part.map(\.entity), in: .main)
      for candidate in part where found.count < limit {
        guard let record = records[candidate.entity], types.isEmpty || types.contains(record.type) else {
          continue
        }
        found.append(NameMatch(text: candidate.text, entity: record))
      }
    }
    return found
  }

  /// What the name that is meant most likely begins with, likeliest first, and at last anything.
  private static func likelyBeginnings(of folded: String) -> [String] {
    let letters = Array(folded)
    guard letters.count > 2 else { return [""] }
    // As it is, its first two letters swapped, the first one too much, the second one too much.
    let places = [[0, 1], [1, 0], [1, 2], [0, 2]]
    var beginnings: [String] = []
    for beginning in places.map({ String($0.map { letters[$0] }) }) where !beginnings.contains(beginning) {
      beginnings.append(beginning)
    }
    return beginnings + [""]
  }

  private static func match(_ row: any SQLCursor) -> NameMatch {
    NameMatch(text: row.text(0), entity: EntityRecord(key: row.key(1), type: row.key(2), name: row.text(3)))
  }
}
