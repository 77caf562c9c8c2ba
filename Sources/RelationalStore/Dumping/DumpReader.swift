internal import RegistryModel
internal import RegistryStore

/// All of a registry as it was recorded, for dumps.
struct DumpReader {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var naming: TransactionNaming { TransactionNaming(state) }
  var historyReader: HistoryReader { HistoryReader(state) }
  var pastScope: PastScope { PastScope(state) }
  var schemas: SchemaReader { SchemaReader(state) }

  init(_ state: RegistryState) { self.state = state }

  func recordedContents(
    onDamage: ((StoreProblem) -> Void)?, _ visit: (RecordedContent) -> Bool
  ) throws(StoreProblem) {
    let salvage = Salvage(state, onDamage)
    _ = try salvage.part(true) { () throws(StoreProblem) in
      _ = try pastScope.scope(.all)
      return true
    }
    var queue = RecordedQueue(state, salvage)
    func hand(_ change: RecordedChange) -> Bool {
      if case .asserted(let content) = change { visit(content) } else { true }
    }
    func add(_ rows: [Int64], of thing: Thing) throws(StoreProblem) -> Bool {
      for row in rows { guard try queue.add(.asserted(thing, row), hand) else { return false } }
      return true
    }
    // What is used goes on, and stands where this is loaded.
    let lapsed = try salvage.part([]) { () throws(StoreProblem) in try schemas.lapsed() }
    for kind in ["type", "property"] {
      let rows = try salvage.rows(
        """
        SELECT d.id FROM main.definition d WHERE d.kind = ?1 AND (d.id IN (SELECT value FROM json_each(?2))
          OR EXISTS(SELECT 1 FROM main.definition_now n WHERE n.id = d.id)) ORDER BY d.key
        """, [.text(kind), .list(lapsed)])
      guard try add(rows, of: .definition) else { return }
    }
    let entities = try salvage.ids(of: "entity", orderedBy: "key")
    for start in stride(from: 0, to: entities.count, by: RecordedQueue.most) {
      let page = entities[start..<min(start + RecordedQueue.most, entities.count)]
      let isWanted = try forEachPart(of: Array(page), salvage) { (part) throws(StoreProblem) in
        try queue.add(part, hand)
      }
      guard isWanted else { return }
    }
    let merges = try salvage.rows(
      "SELECT m.id FROM main.merging_now m CROSS JOIN main.entity e ON e.id = m.entity ORDER BY e.key")
    guard try add(merges, of: .merging) else { return }
    // In the order of the clocks, which is the same where they came from several registries.
    let renamings = try salvage.rows(
      """
      SELECT r.id FROM main.renaming_now r LEFT JOIN main.tx t ON t.id = (
        SELECT min(l.tx_in) FROM main.life l WHERE l.thing = \(Thing.renaming.rawValue) AND l.id = r.id)
      ORDER BY t.clock, t.uid, r.id
      """)
    guard try add(renamings, of: .renaming) else { return }
    _ = try queue.handOn(hand)
  }

  /// What is asserted of each of some entities.
  /// - Parameter add: says whether more is wanted.
  /// - Returns: whether more is wanted.
  private func forEachPart(
    of entities: [Int64], _ salvage: Salvage, _ add: (RecordedQueue.Part) throws(StoreProblem) -> Bool
  ) throws(StoreProblem) -> Bool {
    let data = try salvage.rows(
      of: entities,
      "SELECT d.source, d.id FROM json_each(?1) j CROSS JOIN main.source_now d ON d.source = j.value")
    let statements = try salvage.statements(of: entities)
    let aliases = try salvage.rows(
      of: entities,
      """
      SELECT a.entity, a.id FROM json_each(?1) j CROSS JOIN main.alias_now a ON a.entity = j.value
      ORDER BY a.name, a.digest
      """)
    let ranks = try salvage.rows(
      of: entities,
      """
      SELECT \(RecordedAs.subject("s")), j.id
      FROM main.statement s CROSS JOIN main.judgement_now j ON j.statement = s.id
      WHERE \(RecordedAs.isOf("?1", .subject)) ORDER BY s.property, s.digest, j.digest
      """)
    let reviews = try salvage.rows(
      of: entities,
      """
      SELECT \(RecordedAs.subject("s")), r.id
      FROM main.statement s CROSS JOIN main.review_now r ON r.statement = s.id
      WHERE \(RecordedAs.isOf("?1", .subject)) ORDER BY s.property, s.digest, r.digest
      """)
    func addAll(_ rows: [Int64]?, _ part: (Int64) -> RecordedQueue.Part) throws(StoreProblem) -> Bool {
      for row in rows ?? [] { guard try add(part(row)) else { return false } }
      return true
    }
    for entity in entities {
      guard try addAll(data[entity], { .asserted(.sourceData, $0) }),
        try addAll(statements[entity], { .standing($0) }),
        try addAll(aliases[entity], { .asserted(.alias, $0) }),
        try addAll(ranks[entity], { .asserted(.judgement, $0) }),
        try addAll(reviews[entity], { .asserted(.review, $0) })
      else { return false }
    }
    return true
  }
}
