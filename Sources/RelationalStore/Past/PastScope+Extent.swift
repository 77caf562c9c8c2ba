internal import RegistryModel
internal import RegistryStore

extension PastScope {
  /// When things were there, what a long import left for later or those in `temp` with what bounds them: only what asks
  /// for a date needs it.
  func readyExistence(_ scope: Scope) throws(StoreProblem) {
    if scope == .main { return try existenceProjector.finishExistence() }
    guard let past = state.memory.past, !past.hasExistence else { return }
    if past.isWhole, past.views != nil {
      try readyPastExistence()
    } else if past.isWhole {
      try existenceProjector.fillExistence(.temp)
    } else {
      try fillBounding(past.entities, ofPresent: past.needsEvidence && past.times.recorded == nil)
    }
    state.memory.past?.hasExistence = true
  }

  /// Brings the rows of a scope up to date that a question looks at.
  func ready(_ extent: Extent, in scope: Scope) throws(StoreProblem) {
    switch scope {
    case .main:
      guard try isStale(extent) else { return }
      switch extent {
      case .types, .everything: try projector.flush()
      case .named, .entities, .candidates, .name: try projector.flush(isLast: false)
      }
    case .temp: try fillPast(extent)
    }
  }

  private func isStale(_ extent: Extent) throws(StoreProblem) -> Bool {
    // What a long import wrote is in the facts, and not yet counted.
    switch extent {
    case .types, .everything: if !state.late.isNothing { return true }
    case .named, .entities, .candidates, .name: break
    }
    if state.dirty.isEmpty { return false }
    switch extent {
    case .types, .everything: return true
    case .name(let folded): return state.dirty.names.contains(folded)
    case .named(let ids):
      let ids = ids.filter { state.memory.introduced[$0]?.record == nil }
      if ids.isEmpty { return false }
      // What else is said of them leaves their types and names as they are: a script writes of one thing line by line.
      if !state.dirty.properties.isEmpty { return true }
      if try truth.namesAnything() { return true }
      return try isEdited(ids, among: [state.dirty.entities])
    case .entities(let ids), .candidates(let ids, _):
      if !state.dirty.properties.isEmpty || !state.dirty.sources.isEmpty { return true }
      return try isEdited(ids, among: [state.dirty.subjects, state.dirty.entities])
    }
  }

  /// Whether some entities, or what counts as one of them, are among others.
  private func isEdited(_ ids: [Int64], among edited: [Set<Int64>]) throws(StoreProblem) -> Bool {
    let edited = edited.filter { !$0.isEmpty }
    guard !edited.isEmpty else { return false }
    for id in ids {
      for one in try truth.family(of: id, in: .main) where edited.contains(where: { $0.contains(one) }) {
        return true
      }
    }
    return false
  }

  /// More than so many are not looked up one by one: everything is made ready instead.
  private static var mostLookedUp: Int { 2_000 }

  private func fillPast(_ extent: Extent) throws(StoreProblem) {
    if try readyPastViews(extent) { return }
    guard var past = state.memory.past else { return }
    switch extent {
    case .types: return try fillPast(.everything())
    case .name(let folded): return try fillPast(.entities(try everNamed(folded)))
    case .named(let ids), .entities(let ids):
      let missing = past.isWhole ? [] : Set(ids).subtracting(past.entities)
      if missing.isEmpty { return }
      if past.lookedUp + missing.count > Self.mostLookedUp { return try fillPast(.everything()) }
      past.lookedUp += missing.count
      try projector.fill(missing.sorted(), needsEvidence: past.needsEvidence)
      past.entities.formUnion(missing)
      past.hasExistence = false
    case .candidates(let ids, _):
      let missing = past.isWhole ? [] : Set(ids).subtracting(past.entities)
      if missing.isEmpty { return }
      try projector.fill(missing.sorted(), needsEvidence: past.needsEvidence, ofPresent: past.needsEvidence)
      past.entities.formUnion(missing)
      past.hasExistence = false
    case .everything(let text, let groups):
      if !past.isWhole {
        let tables = ["fact", "entity_now", "name", "timeline", "existence"]
        try db.runScript(tables.map { "DELETE FROM temp.\($0);" }.joined())
        // What this session edited is in `main` before it is taken from there.
        try projector.flush()
        let projection = Projection(schema: "temp", needsEvidence: past.needsEvidence)
        try projector.fillFacts(.temp, projection, from: try origin(of: past))
        past.isWhole = true
        past.hasExistence = false
        if past.needsEvidence { try fillSpoken() }
      }
      if text, !past.hasText {
        try textIndex.fillText(.temp)
        past.hasText = true
      }
      if groups, !past.hasGroups {
        try groupProjector.fillGroupPaths(Scope.temp.rawValue, try schemas.readSchema(in: .temp))
        past.hasGroups = true
      }
    }
    // What was read meanwhile is kept.
    past.schema = state.memory.past?.schema
    past.lapsed = state.memory.past?.lapsed ?? []
    past.schemaRules = state.memory.past?.schemaRules
    past.standings = state.memory.past?.standings ?? [:]
    state.memory.past = past
  }

  /// Brings there too whose being there bounds what is said of some entities: their values, and what follows them.
  func fillBounding(_ entities: Set<Int64>, ofPresent: Bool) throws(StoreProblem) {
    guard let past = state.memory.past else { return }
    var known = past.entities
    var next = Set(try projector.bounding(entities.sorted())).subtracting(known)
    while !next.isEmpty {
      if past.views == nil {
        try projector.fill(next.sorted(), needsEvidence: past.needsEvidence, ofPresent: ofPresent)
      } else {
        try ready(.entities(next.sorted()), in: .temp)
      }
      known.formUnion(next)
      next = Set(try projector.bounding(next.sorted())).subtracting(known)
    }
    state.memory.past?.entities = known
    if past.views == nil {
      try existenceProjector.fillExistence(.temp, of: known)
    } else {
      try fillPastExistence(known)
    }
  }

  /// Of whom a source that counts says something, or whom it names: of others it is not asked.
  private func fillSpoken() throws(StoreProblem) {
    try db.write(
      """
      INSERT INTO temp.spoken SELECT entity, max(evidence) FROM (
        SELECT subject AS entity, evidence FROM temp.fact WHERE evidence > 0
        UNION ALL SELECT object, evidence FROM temp.fact WHERE evidence > 0 AND object IS NOT NULL
        UNION ALL SELECT q.object, f.evidence FROM temp.fact f CROSS JOIN main.statement s ON s.id = f.statement
          AND s.qualifiers > 0 CROSS JOIN main.qualifier q ON q.statement = f.statement
          WHERE f.evidence > 0 AND q.object IS NOT NULL) GROUP BY entity
      """)
  }

  /// Those who ever had a name, as they count in `temp`.
  func everNamed(_ folded: String) throws(StoreProblem) -> [Int64] {
    let key = folded.replacing(" ", with: "-")
    let found = try db.integers(
      """
      SELECT \(RecordedAs.subject("s")) FROM main.statement s WHERE s.property = 'name' AND s.folded = ?1
      UNION SELECT entity FROM main.alias WHERE folded = ?1
      UNION SELECT id FROM main.entity WHERE key IN (?2, ?3)
      UNION SELECT entity FROM main.renaming WHERE key IN (?2, ?3)
      """, [.text(folded), .text(key), .text(key.uppercased())])
    var counted: Set<Int64> = []
    for id in found { counted.insert(try truth.counted(id, in: .temp)) }
    return counted.sorted()
  }

  /// Which facts count in a scope.
  func holding(_ scope: Scope, _ times: Times) throws(StoreProblem) -> Holding {
    if times.on != nil { try readyExistence(scope) }
    return try Holding(scope, times, try schemas.schemaRules(in: scope))
  }
}
