internal import RegistryModel
internal import RegistryStore

/// What is read from counts that are kept, instead of from as many rows as it counts.
extension EntityPlanner {
  /// The rows of a count of whole types, in no groups or in groups by one property; nothing where no count is kept.
  func talliedRows(
    _ query: EntityQuery, by properties: [Key], _ holding: Holding
  ) throws(StoreProblem) -> [EntityPage.Group]? {
    guard query.filter == nil, properties.count <= 1 else { return nil }
    if properties.isEmpty, holding.date != nil { return try thoseThere(query, holding) }
    guard holding.scope == .main, holding.date == nil else { return nil }
    guard let property = properties.first else {
      let all = EntityPage.Group(values: [], count: try countEntities(query.types, .main))
      return query.offset == 0 && query.limit != 0 ? [all] : []
    }
    let schema = try schemas.currentSchema()
    guard ValueTally.properties(schema).contains(property) else { return nil }
    // Of what narrows it nothing is added to its own counts: somebody may have one value as both.
    let narrower = schema.propertyAndNarrower(of: property).dropFirst()
    let isNarrowed = try db.integer(
      """
      SELECT 1 FROM json_each(?1) p CROSS JOIN main.fact f ON f.property = p.value LIMIT 1
      """, [.list(narrower.map(\.text))])
    if isNarrowed != nil { return nil }
    let types = query.types == nil ? "type != ''" : "type IN (SELECT value FROM json_each(?2))"
    // Numbers that an earlier definition let in are not counted by all that they say, and whole lists are no values.
    let isForeign = try db.integer(
      """
      SELECT 1 FROM main.value_tally WHERE property = ?1 AND object = 0
        AND kind IN (\(ValueKind.quantity.rawValue), \(ValueKind.none.rawValue)) LIMIT 1
      """, [.text(property.text)])
    if isForeign != nil { return nil }
    let row = try db.rows(
      """
      SELECT n, kind, text, key FROM (
        SELECT sum(v.entities) AS n, v.kind, nullif(v.text, '') AS text,
          (SELECT o.key FROM main.entity_key o WHERE o.id = v.object) AS key
        FROM main.value_tally v WHERE v.property = ?1 AND v.kind >= 0 AND v.\(types)
        GROUP BY v.object, v.kind, v.text
        UNION ALL
        SELECT ?3 - coalesce((SELECT sum(v.entities) FROM main.value_tally v
          WHERE v.property = ?1 AND v.object = 0 AND v.kind = \(ValueTally.any) AND v.\(types)), 0), NULL, NULL, NULL)
      WHERE n > 0 ORDER BY n DESC, kind IS NULL, \(Self.alphabetical("coalesce(text, key)", ofKind: "kind")) LIMIT ?4 OFFSET ?5
      """,
      [
        .text(property.text), .list((query.types ?? []).map(\.text)),
        .integer(Int64(try countEntities(query.types, .main))), .integer(Int64(query.limit ?? -1)),
        .integer(Int64(query.offset)),
      ])
    var rows: [EntityPage.Group] = []
    while try row.next() {
      let value = row.optionalInteger(1).map { kind -> Value in
        switch ValueKind(rawValue: kind) {
        case .entity: .entity(row.key(3))
        case .date: (try? PartialDate(edtf: row.text(2))).map { .date($0) } ?? .text(row.text(2))
        case .unknown: .unknown
        case ValueKind.none?: .none
        default: .text(row.text(2))
        }
      }
      rows.append(EntityPage.Group(values: [value], count: Int(row.integer(0))))
    }
    return rows
  }

  /// Whether some of what is said of what is counted by is only to come, which the kept counts do not tell; nil where too much
  /// is said of it to look at each.
  func isAnyToCome(_ query: EntityQuery, by properties: [Key], _ holding: Holding) throws(StoreProblem)
    -> Bool?
  {
    guard query.tellsToCome, holding.date == nil, holding.scope == .main, query.filter == nil,
      properties.count == 1, let property = properties.first
    else { return false }
    let most = 100_000
    let found = try db.integer(
      """
      SELECT CASE WHEN (SELECT sum(v.facts) FROM main.value_tally v WHERE v.property = ?1 AND v.kind >= 0) > \(most)
        THEN 2 ELSE EXISTS(SELECT 1 FROM main.fact f
          WHERE f.property = ?1 AND f.claimed AND f.chosen AND \(holding.isToCome("f"))) END
      """, [.text(property.text)])
    return found == 2 ? nil : found == 1
  }

  /// A count of whole types on a day, read from who is not there: they are few. Nothing where no single day is asked for
  /// or it has not come yet.
  private func thoseThere(
    _ query: EntityQuery, _ holding: Holding
  ) throws(StoreProblem) -> [EntityPage.Group]? {
    guard let day = holding.pastDay else { return nil }
    // Through views it is known who is not there; where fewer sources count, not of whom they speak.
    var existences = ["main.existence x WHERE TRUE"]
    if holding.scope == .temp {
      guard let past = state.memory.past, let views = past.views, !past.needsEvidence else { return nil }
      existences = views.existences
    }
    guard query.offset == 0, query.limit != 0 else { return [] }
    let types = query.types == nil ? "" : " AND x.type IN (SELECT value FROM json_each(?2))"
    let (no, possibly) = (Verdict.Sureness.no.rawValue, Verdict.Sureness.possibly.rawValue)
    var (others, gone) = (0, 0)
    for rows in existences {
      let row = try db.rows(
        """
        SELECT count(*), coalesce(sum(x.sureness = \(no)), 0) FROM \(rows)
          AND x.sureness IN (\(no), \(possibly)) AND x.last >= ?1 AND x.first <= ?1\(types)
        """, [.integer(day.number)] + (query.types.map { [.list($0.map(\.text))] } ?? []))
      guard try row.next() else { return nil }
      others += Int(row.integer(0))
      gone += Int(row.integer(1))
    }
    let all = try countEntities(query.types, holding.scope)
    return [EntityPage.Group(values: [], count: all - gone, certain: all - others)]
  }

  /// How many facts have one of these entities as a value of one of these properties; nothing where no count is kept.
  func countGiven(_ objects: [Int64], _ properties: [Key], _ scope: Scope) throws(StoreProblem) -> Int? {
    guard scope == .main, !state.late.tally else { return nil }
    return Int(
      try db.integer(
        """
        SELECT sum(v.facts) FROM json_each(?1) p CROSS JOIN json_each(?2) o
          CROSS JOIN main.value_tally v ON v.property = p.value AND v.object = o.value AND v.kind = 0
        """, [.list(properties.map(\.text)), .list(objects)]) ?? 0)
  }
}
