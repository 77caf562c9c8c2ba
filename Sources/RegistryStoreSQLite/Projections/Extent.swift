internal import RegistryModel
internal import RegistryStore

/// What a question looks at. No more than that is made ready for it: a look-up does not wait for what a script has
/// written so far to be derived, or for all that a source said years ago.
enum Extent {
  /// What these entities are, and what they are called.
  case named([Int64])
  /// What is said of these entities, as they count, and what they are called.
  case entities([Int64])
  /// What is said of all who can fit a filter, found by an index: by some properties, or by any.
  case candidates([Int64], [String]?)
  /// Who has this name, which is folded.
  case name(String)
  /// What all are, and what they are called.
  case types
  /// All that is said and all names; the full text and the paths of groups where they are asked for.
  case everything(text: Bool = false, groups: Bool = false)

  /// Whether more is looked at than a few entities that are looked up.
  var isOfMany: Bool {
    switch self {
    case .named, .entities, .name: false
    case .candidates, .types, .everything: true
    }
  }
}

extension SQLiteRegistry {
  /// Brings the rows of a scope up to date that a question looks at.
  func ready(_ extent: Extent, in scope: Scope) throws(StoreProblem) {
    switch scope {
    case .main:
      guard try isStale(extent) else { return }
      switch extent {
      case .types, .everything: try flush()
      case .named, .entities, .candidates, .name: try flush(isLast: false)
      }
    case .temp: try fillPast(extent)
    }
  }

  private func isStale(_ extent: Extent) throws(StoreProblem) -> Bool {
    // What a long import wrote is in the facts, and not yet counted.
    switch extent {
    case .types, .everything: if !late.isNothing { return true }
    case .named, .entities, .candidates, .name: break
    }
    if dirty.isEmpty { return false }
    switch extent {
    case .types, .everything: return true
    case .name(let folded): return dirty.names.contains(folded)
    case .named(let ids):
      // What else is said of them leaves their types and names as they are: a script writes of one thing line by line.
      if !dirty.properties.isEmpty || dirty.hasNamingSources { return true }
      return try isEdited(ids, among: [dirty.entities])
    case .entities(let ids), .candidates(let ids, _):
      if !dirty.properties.isEmpty || !dirty.sources.isEmpty { return true }
      return try isEdited(ids, among: [dirty.subjects, dirty.entities])
    }
  }

  /// Whether some entities, or what counts as one of them, are among others.
  private func isEdited(_ ids: [Int64], among edited: [Set<Int64>]) throws(StoreProblem) -> Bool {
    let edited = edited.filter { !$0.isEmpty }
    guard !edited.isEmpty else { return false }
    for id in ids {
      for one in try family(of: id, in: .main) where edited.contains(where: { $0.contains(one) }) {
        return true
      }
    }
    return false
  }

  /// More than so many are not looked up one by one: everything is made ready instead.
  private static var mostLookedUp: Int { 2_000 }

  private func fillPast(_ extent: Extent) throws(StoreProblem) {
    if try readyPastViews(extent) { return }
    guard var past = memory.past else { return }
    switch extent {
    case .types: return try fillPast(.everything())
    case .name(let folded): return try fillPast(.entities(try everNamed(folded)))
    case .named(let ids), .entities(let ids):
      let missing = past.isWhole ? [] : Set(ids).subtracting(past.entities)
      if missing.isEmpty { return }
      if past.lookedUp + missing.count > Self.mostLookedUp { return try fillPast(.everything()) }
      past.lookedUp += missing.count
      try fill(missing.sorted(), needsEvidence: past.needsEvidence)
      past.entities.formUnion(missing)
      past.hasExistence = false
    case .candidates(let ids, _):
      let missing = past.isWhole ? [] : Set(ids).subtracting(past.entities)
      if missing.isEmpty { return }
      try fill(missing.sorted(), needsEvidence: past.needsEvidence, ofPresent: past.needsEvidence)
      past.entities.formUnion(missing)
      past.hasExistence = false
    case .everything(let text, let groups):
      if !past.isWhole {
        let tables = ["fact", "entity_now", "name", "timeline", "existence"]
        try db.runScript(tables.map { "DELETE FROM temp.\($0);" }.joined())
        // What this session edited is in `main` before it is taken from there.
        try flush()
        let projection = Projection(schema: "temp", needsEvidence: past.needsEvidence)
        try fillFacts(.temp, projection, from: try origin(of: past))
        past.isWhole = true
        past.hasExistence = false
        if past.needsEvidence { try fillSpoken() }
      }
      if text, !past.hasText {
        try fillText(.temp)
        past.hasText = true
      }
      if groups, !past.hasGroups {
        try fillGroupPaths(Scope.temp.rawValue, try readSchema(in: .temp))
        past.hasGroups = true
      }
    }
    // What was read meanwhile is kept.
    past.schema = memory.past?.schema
    past.schemaRules = memory.past?.schemaRules
    past.standings = memory.past?.standings ?? [:]
    memory.past = past
  }

  /// Brings there too whose being there bounds what is said of some entities: their values, and what follows them.
  func fillBounding(_ entities: Set<Int64>, ofPresent: Bool) throws(StoreProblem) {
    guard let past = memory.past else { return }
    var known = past.entities
    var next = Set(try bounding(entities.sorted())).subtracting(known)
    while !next.isEmpty {
      if past.views == nil {
        try fill(next.sorted(), needsEvidence: past.needsEvidence, ofPresent: ofPresent)
      } else {
        try ready(.entities(next.sorted()), in: .temp)
      }
      known.formUnion(next)
      next = Set(try bounding(next.sorted())).subtracting(known)
    }
    memory.past?.entities = known
    if past.views == nil { try fillExistence(.temp, of: known) } else { try fillPastExistence(known) }
  }

  /// Of whom a source that counts says something, or whom it names: of others it is not asked.
  private func fillSpoken() throws(StoreProblem) {
    try db.run(
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
    for id in found { counted.insert(try self.counted(id, in: .temp)) }
    return counted.sorted()
  }
}
