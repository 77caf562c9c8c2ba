internal import RegistryModel
internal import RegistryStore

extension PastScope {
  /// What the facts of a time are made of in the least time.
  func origin(of past: Past) throws(StoreProblem) -> FactOrigin {
    guard let point = past.times.recorded else { return past.needsEvidence ? .present : .statements }
    guard !past.needsEvidence, let changed = try changed(since: try truth.number(of: point)) else {
      return .statements
    }
    return .presentBut(changed)
  }

  /// Of so many statements all are made anew in less time than it takes to tell which of them to take as they are.
  private static var leastChanged: Int64 { 1_000 }

  /// - Returns: nothing where much has changed, or what decides on more than single statements: which entities are one,
  ///   and how properties are defined.
  private func changed(since number: Int64) throws(StoreProblem) -> ChangedSince? {
    let all = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    let most = max(Self.leastChanged, all / 10)
    let row = try db.rows(
      """
      SELECT thing, id FROM main.life WHERE tx_in > ?1
      UNION ALL SELECT thing, id FROM main.life WHERE tx_out > ?1 AND tx_out < \(openEnd)
      UNION ALL SELECT \(Thing.statement.rawValue), s.id FROM main.statement s WHERE s.tx > ?1
        AND s.id >= (SELECT min(first_statement) FROM main.tx WHERE id > ?1)
      UNION ALL SELECT \(Thing.statement.rawValue), s.id FROM main.statement s WHERE s.ended > ?1 AND s.ended IS NOT NULL
      UNION ALL SELECT \(Thing.citation.rawValue), c.id FROM main.citation c WHERE c.ended > ?1 AND c.ended IS NOT NULL
      UNION ALL SELECT \(Thing.citation.rawValue), c.id FROM main.citation c WHERE c.tx > ?1
        AND c.id >= (SELECT min(first_citation) FROM main.tx WHERE id > ?1) LIMIT ?2
      """, [.integer(number), .integer(most + 1)])
    var (changed, count, judgements) = (ChangedSince(), Int64(0), Set<Int64>())
    while try row.next() {
      count += 1
      switch Thing(rawValue: row.integer(0)) {
      case .statement, .denial: changed.statements.insert(row.integer(1))
      case .judgement: judgements.insert(row.integer(1))
      case .alias: changed.namesDiffer = true
      // Where only what is known by then counts, and not by whom, the sources decide on no statement.
      case .citation, .sourceData: break
      // By when something is to be looked at again decides on nothing.
      case .review: break
      case .definition, .merging, .renaming, nil: return nil
      }
    }
    guard count <= most else { return nil }
    changed.statements.formUnion(
      try db.integers(
        "SELECT j.statement FROM json_each(?1) l CROSS JOIN main.judgement j ON j.id = l.value",
        [.list(judgements.sorted())]))
    let names = try db.integer(
      """
      SELECT 1 FROM json_each(?1) j CROSS JOIN main.statement s ON s.id = j.value
        WHERE s.property IN ('\(BuiltIn.type)', '\(BuiltIn.name)') LIMIT 1
      """, [.list(changed.statements.sorted())])
    if names != nil { changed.namesDiffer = true }
    return changed
  }
}

/// What has become otherwise since a transaction, where that is little of all: the rest was known then as it is now.
struct ChangedSince {
  /// The rows of the statements that were asserted, denied, withdrawn or ranked since.
  var statements: Set<Int64> = []
  /// Whether somebody may have been called otherwise.
  var namesDiffer = false
}

/// What the facts of a scope are made of.
enum FactOrigin {
  case statements
  /// What is asserted now, which `main` has already; some of its sources count.
  case present
  /// What is asserted now, but for what has changed since.
  case presentBut(ChangedSince)

  var isLikeNow: Bool { if case .statements = self { false } else { true } }
}
