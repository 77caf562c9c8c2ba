internal import RegistryModel
internal import RegistryStore

/// Which entity a key means at a time, and which entities are one.
extension Truth {
  /// The row that counts for a key in a scope; a key that was given later, or since taken back, is known there too.
  func findEntityID(_ key: Key, in scope: Scope) throws(StoreProblem) -> Int64? {
    var found: Int64?
    if scope == .temp {
      found = try db.integer("SELECT \(Identity.owner(of: "?1", in: "temp"))", [.text(key.text)])
    }
    if found == nil { found = try findEntityID(key) }
    guard let found else { return nil }
    return try counted(found, in: scope)
  }

  /// The rows that count for some keys in a scope, found at once; a key that means nothing has none.
  func findEntityIDs(_ keys: [Key], in scope: Scope) throws(StoreProblem) -> [Key: Int64] {
    if keys.isEmpty { return [:] }
    let schema = scope.rawValue
    let row = try db.rows(
      """
      WITH page(key, id) AS MATERIALIZED (\(SourceBook.pages(in: schema)))
      SELECT p.key, \(Identity.counted("p.id", in: schema)), (SELECT e.id FROM main.entity e WHERE e.key = p.key)
      FROM page p
      """, [.list(keys.map(\.text))])
    var found: [Key: Int64] = [:]
    while try row.next() {
      let key = row.key(0)
      found[key] = row.optionalInteger(1)
      if found[key] == nil, scope == .main {
        state.memory.rowsLeft[key] = row.optionalInteger(2)
        state.memory.note(unknown: key)
      }
    }
    return found
  }

  /// The same as a list, without those that mean nothing.
  func knownIDs(_ keys: [Key], in scope: Scope) throws(StoreProblem) -> [Int64] {
    if keys.count == 1 { return try findEntityID(keys[0], in: scope).map { [$0] } ?? [] }
    let found = try findEntityIDs(keys, in: scope)
    return keys.compactMap { found[$0] }
  }

  /// The rows that count for some keys, and all that count as one of them.
  func families(of keys: [Key], in scope: Scope) throws(StoreProblem) -> [Int64] {
    let ids = try knownIDs(keys, in: scope)
    guard !ids.isEmpty, try hasMergings(in: scope) else { return ids }
    return try ids
      + db.integers(
        """
        SELECT i.id FROM json_each(?) j CROSS JOIN \(scope.rawValue).identity_now i ON i.target = j.value AND i.id != j.value
        ORDER BY i.id
        """, [.list(ids)])
  }

  /// Whether any entity may count as another, by the open transaction too; of another time it is not remembered.
  private func hasMergings(in scope: Scope) throws(StoreProblem) -> Bool {
    guard scope == .main else { return true }
    // What is one no more counts as before until identities are brought up to date.
    guard state.dirty.identities.isEmpty else { return true }
    if let known = state.memory.hasMergings { return known }
    let found = try db.integer("SELECT 1 FROM main.merging_now LIMIT 1") != nil
    state.memory.hasMergings = found
    return found
  }

  /// The key that an entity is shown under, as it was when identities were last brought up to date.
  /// - Parameters:
  ///   - recorded: the entity that counts as it, itself where it is none other.
  ///   - key: a key of `recorded`, which it is shown under unless it was renamed.
  func shownKey(of id: Int64, recorded: Int64, _ key: Key) throws(StoreProblem) -> Key {
    if recorded == id, try !hasIdentities() { return key }
    let shown = try db.text("SELECT key FROM main.identity_now WHERE id = ?", [.integer(id)])
    guard let shown else { return try recordedKey(id) }
    return Key(unchecked: shown)
  }

  /// Whether any entity counts as another or is shown under another key than its first, as it was when identities were last
  /// brought up to date.
  func hasIdentities() throws(StoreProblem) -> Bool {
    if let known = state.memory.hasIdentities { return known }
    let found = try db.integer("SELECT 1 FROM main.identity_now LIMIT 1") != nil
    state.memory.hasIdentities = found
    return found
  }

  /// What an entity counts as, as it was when identities were last brought up to date.
  func counted(_ id: Int64, in scope: Scope = .main) throws(StoreProblem) -> Int64 {
    guard try hasMergings(in: scope) else { return id }
    return try db.integer("SELECT target FROM \(scope.rawValue).identity_now WHERE id = ?", [.integer(id)])
      ?? id
  }

  /// An entity and all that count as it.
  func family(of id: Int64, in scope: Scope) throws(StoreProblem) -> [Int64] {
    guard try hasMergings(in: scope) else { return [id] }
    return try [id]
      + db.integers(
        "SELECT id FROM \(scope.rawValue).identity_now WHERE target = ?1 AND id != ?1 ORDER BY id",
        [.integer(id)])
  }

  /// The key of an entity's row, under which its statements are recorded.
  func recordedKey(_ id: Int64) throws(StoreProblem) -> Key {
    Key(unchecked: try db.text("SELECT key FROM main.entity WHERE id = ?", [.integer(id)]) ?? "")
  }

  /// A statement as it is recorded: ids are made of the keys that entities had first.
  func asRecorded(_ statement: Statement) throws(StoreProblem) -> Statement {
    let keys = try recordedKeys()
    guard !keys.isEmpty else { return statement }
    func first(_ value: Value) -> Value {
      if case .entity(let key) = value { return .entity(keys[key] ?? key) }
      return value
    }
    return Statement(
      subject: keys[statement.subject] ?? statement.subject, property: statement.property,
      value: first(statement.value),
      qualifiers: statement.qualifiers.map { Qualifier($0.property, first($0.value)) },
      validity: statement.validity)
  }

  func asRecorded(_ citation: Citation) throws(StoreProblem) -> Citation {
    var citation = citation
    citation.source = try asRecorded(citation.source)
    return citation
  }

  func asRecorded(_ key: Key) throws(StoreProblem) -> Key { try recordedKeys()[key] ?? key }

  /// The keys that were given later, with those that their entities had first; a key means who had it first, if any had.
  func recordedKeys() throws(StoreProblem) -> [Key: Key] {
    if let known = state.memory.recordedKeys { return known }
    let keys = try givenKeys()
    state.memory.recordedKeys = keys
    return keys
  }

  /// Has ``recordedKeys()`` follow a renaming that began or ended: a script may have very many.
  func followRenaming(_ id: Int64) throws(StoreProblem) {
    guard state.memory.recordedKeys != nil,
      let key = try db.text("SELECT key FROM main.renaming WHERE id = ?", [.integer(id)])
    else { return }
    state.memory.recordedKeys?[Key(unchecked: key)] = try givenKeys("r.key = ?1", [.text(key)]).first?.value
  }

  private func givenKeys(
    _ condition: String = "TRUE", _ arguments: [SQL] = []
  ) throws(StoreProblem) -> [Key: Key] {
    var keys: [Key: Key] = [:]
    let row = try db.rows(
      """
      SELECT r.key, e.key FROM main.renaming_now r CROSS JOIN main.tx t ON t.id = r.tx_in
        CROSS JOIN main.entity e ON e.id = r.entity
      WHERE \(condition) AND \(Identity.first(of: "r.key", in: "main")) IS NULL ORDER BY \(Identity.age("t")), r.id
      """, arguments)
    while try row.next() { keys[row.key(0)] = row.key(1) }
    return keys
  }
}
