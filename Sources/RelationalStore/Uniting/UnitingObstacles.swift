internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What arrived and does not go together with what is here, as far as that is not told yet.
struct UnitingObstacles {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  /// The first that is found.
  func found() throws(StoreProblem) -> UnitingObstacle? {
    if let (key, other) = try pair(
      """
      SELECT e.key, f.key FROM main.renaming_now r CROSS JOIN main.entity e ON e.key = r.key AND e.id != r.entity
        CROSS JOIN main.entity f ON f.id = r.entity LIMIT 1
      """)
    {
      return .keyOfTwo(key, other)
    }
    if let (key, _) = try pair(
      """
      SELECT r.key, r.key FROM main.renaming_now r JOIN main.renaming_now o ON o.key = r.key AND o.entity != r.entity LIMIT 1
      """)
    {
      return .givenTwice(key)
    }
    // The last that is here is shown, so the order in which they came must be that of their clocks.
    if let (key, _) = try pair(
      """
      SELECT e.key, e.key FROM main.renaming_now r JOIN main.renaming_now o ON o.entity = r.entity AND o.id > r.id
        JOIN main.tx t ON t.id = r.tx_in JOIN main.tx n ON n.id = o.tx_in JOIN main.entity e ON e.id = r.entity
      WHERE (t.clock, t.uid) > (n.clock, n.uid) LIMIT 1
      """)
    {
      return .renamedTwice(key)
    }
    if let (key, other) = try pair(
      """
      SELECT e.key, f.key FROM main.merging_now m JOIN main.merging_now o ON o.entity = m.target
        JOIN main.entity e ON e.id = m.entity JOIN main.entity f ON f.id = m.target LIMIT 1
      """)
    {
      return .mergedOn(key, other)
    }
    if let (key, other) = try distinctAndOne() { return .mergedDistinct(key, other) }
    return try lapsed().map(UnitingObstacle.lapsed)
  }

  private func pair(_ query: String) throws(StoreProblem) -> (Key, Key)? {
    let row = try db.rows(query)
    return try row.next() ? (row.key(0), row.key(1)) : nil
  }

  /// Statements are kept under what their entities count as: of such a pair both sides are the same.
  private func distinctAndOne() throws(StoreProblem) -> (Key, Key)? {
    try pair(
      """
      SELECT e.key, f.key FROM main.recorded_as a CROSS JOIN main.statement s ON s.id = a.statement
          AND s.property = '\(BuiltIn.distinctFrom)' AND s.subject = s.object AND \(Lives.isClaimed("s", .current))
        CROSS JOIN main.entity e ON e.id = a.subject CROSS JOIN main.entity f ON f.id = a.object LIMIT 1
      """)
  }

  private func lapsed() throws(StoreProblem) -> Key? {
    let row = try db.rows(
      """
      SELECT DISTINCT d.kind, d.key FROM main.definition d WHERE NOT EXISTS(
        SELECT 1 FROM main.definition_now n WHERE n.kind = d.kind AND n.key = d.key) ORDER BY d.kind, d.key
      """)
    var gone: [(kind: String, key: Key)] = []
    while try row.next() { gone.append((row.text(0), row.key(1))) }
    for (kind, key) in gone {
      let use =
        kind == "property"
        ? """
        SELECT 1 FROM main.statement s WHERE s.property = ?1 AND (s.claimed OR s.denied)
        UNION ALL SELECT 1 FROM main.qualifier q CROSS JOIN main.statement s ON s.id = q.statement
          WHERE q.property = ?1 AND (s.claimed OR s.denied)
        UNION ALL SELECT 1 FROM main.definition_now d WHERE d.parent = ?1 LIMIT 1
        """
        : """
        SELECT 1 FROM main.statement s WHERE s.property = 'type' AND s.text = ?1 AND (s.claimed OR s.denied)
        UNION ALL SELECT 1 FROM main.definition_now d WHERE d.parent = ?1 LIMIT 1
        """
      if try db.integer(use, [.text(key.text)]) != nil { return key }
    }
    return nil
  }
}
