internal import RegistryModel
internal import RegistryStore

/// The counts: what an edit touches is counted before and after it, and the difference added.
struct TallyProjector {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var schemas: SchemaReader { SchemaReader(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// More than so many changed statements, if they are also a large part of all, are not counted one by one.
  private static var mostCounted: Int { 2_000 }

  /// Called when it is known which entities are one, and before the facts are refreshed.
  func touchedCounts(
    _ changes: Dirty, _ cells: Set<Dirty.Cell>
  ) throws(StoreProblem) -> Counted {
    // What something is called is not counted.
    var counted = Counted(entities: changes.typed, cells: cells, isEverything: false)
    if changes.count > Self.mostCounted {
      let statements = try db.integer("SELECT max(id) FROM main.statement") ?? 0
      counted.isEverything = changes.count > Int(statements / 50)
    }
    guard !counted.isEverything else { return counted }
    if !changes.typed.isEmpty, try truth.hasIdentities() {
      counted.entities.formUnion(
        try db.integers(
          "SELECT i.target FROM json_each(?1) j CROSS JOIN main.identity_now i ON i.id = j.value",
          [.list(changes.typed.sorted())]))
    }
    if let expected = expected(changes) {
      counted.values = expected.values
    } else {
      let statements = changes.statements.union(changes.fresh.map(Array.init) ?? [])
      try addValues(of: statements, counted.entities, to: &counted)
    }
    for value in counted.values {
      counted.cells.insert(Dirty.Cell(subject: value.subject, property: value.property))
    }
    // Where values can be rivals, one that comes or goes may dethrone or enthrone any other of its cell.
    let schema = try schemas.currentSchema()
    var rivals = counted.cells.filter { schema.hasRivals(Key(unchecked: $0.property)) }
    // So may a list that is called whole, and each value beside it.
    let others = counted.cells.subtracting(rivals)
    if !others.isEmpty {
      let row = try db.rows(wholeLists(others))
      while try row.next() { rivals.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1))) }
    }
    let known = counted.entities
    try addValues(in: cells.union(rivals).filter { !known.contains($0.subject) }, to: &counted)
    return counted
  }

  private func wholeLists(_ cells: Set<Dirty.Cell>) -> SQLQuestion {
    SQLQuestion(
      """
      SELECT DISTINCT f.subject, f.property FROM json_each(?) j CROSS JOIN \(Facts.only(.bounding, in: .main)) f
        ON f.subject = json_extract(j.value, '$[0]') AND f.property = json_extract(j.value, '$[1]')
        WHERE f.kind = \(ValueKind.none.rawValue)
      """, [.list(cells)])
  }

  /// What an edit touches that only makes a few claims, as long as they have no rivals; nil of another.
  private func expected(_ changes: Dirty) -> Counted? {
    guard changes.isOnlyFresh, changes.typed.isEmpty, let values = changes.freshValues else { return nil }
    let cells = values.map { Dirty.Cell(subject: $0.subject, property: $0.property) }
    return Counted(entities: [], cells: Set(cells), values: Set(values), isEverything: false)
  }

  /// What is asked of such an edit before it, all of which is known at once.
  func questionsAhead(_ changes: Dirty) throws(StoreProblem) -> [SQLQuestion] {
    guard let expected = expected(changes) else { return [] }
    let schema = try schemas.currentSchema()
    let rivals = expected.cells.filter { schema.hasRivals(Key(unchecked: $0.property)) }
    let others = expected.cells.subtracting(rivals)
    var questions = [Asked(expected, without: changes.uncounted, schema).question]
    if !others.isEmpty { questions.append(wholeLists(others)) }
    if !rivals.isEmpty { questions.append(valuesQuestion(in: rivals)) }
    return questions
  }

  /// What is counted now of what an edit touches.
  /// - Parameter uncounted: statements that are facts and counted nowhere yet.
  func counts(
    _ counted: Counted, without uncounted: ClosedRange<Int64>? = nil
  ) throws(StoreProblem) -> TallyCounts {
    var counts = TallyCounts()
    guard !counted.isEverything else { return counts }
    let schema = try schemas.currentSchema()
    let asked = Asked(counted, without: uncounted, schema)
    /// The cells of which anything is chosen, each with the type of its subject, and whether it is unknown.
    var chosen: [Dirty.Cell: (type: String, isUnknown: Bool)] = [:]
    let row = try db.rows(asked.question)
    while try row.next() {
      let cell = Dirty.Cell(subject: row.integer(1), property: row.text(2))
      let type = row.text(6)
      switch Part(rawValue: row.integer(0)) {
      case .types: counts.settled[TallyKey(property: "", type: type), default: 0] += row.integer(7)
      case .cells: chosen[cell] = (type, row.flag(8))
      case .values:
        let key = ValueTally.Row(
          property: cell.property, object: row.integer(3), kind: row.integer(4), text: row.text(5), type: type
        )
        counts.values[key, default: ValueTally.Counts()].facts += row.integer(7)
        counts.values[key, default: ValueTally.Counts()].entities += row.integer(8)
      case nil: break
      }
    }
    add(chosen, asked, counted.cells, to: &counts)
    return counts
  }

  /// What is counted of new things by what is claimed of them, of which nothing was counted before.
  func counts(of things: [Int64: Introduced]) throws(StoreProblem) -> TallyCounts {
    var counts = TallyCounts()
    var cells: Set<Dirty.Cell> = []
    var chosen: [Dirty.Cell: (type: String, isUnknown: Bool)] = [:]
    let tallied = ValueTally.properties(try schemas.currentSchema())
    for (id, thing) in things {
      guard let type = thing.type, let claims = thing.claims else { continue }
      counts.settled[TallyKey(property: "", type: type), default: 0] += 1
      for claim in claims {
        let cell = Dirty.Cell(subject: id, property: claim.property.text)
        cells.insert(cell)
        chosen[cell] = (type, false)
        var key = ValueTally.Row(property: cell.property, type: type)
        if let object = claim.object {
          key.object = object
        } else if tallied.contains(claim.property) {
          (key.kind, key.text) = (claim.kind.rawValue, claim.text)
        } else {
          continue
        }
        counts.values[key, default: ValueTally.Counts()].facts += 1
        counts.values[key, default: ValueTally.Counts()].entities += 1
      }
    }
    let counted = Counted(entities: Set(things.keys), cells: cells, isEverything: false)
    add(chosen, Asked(counted, without: nil, try schemas.currentSchema()), cells, to: &counts)
    return counts
  }

  /// Counts of how many entities a property is settled, and of how many anything is chosen of one whose values are counted.
  /// - Parameter chosen: the cells of which anything is chosen, each with the type of its subject, and whether it is unknown.
  private func add(
    _ chosen: [Dirty.Cell: (type: String, isUnknown: Bool)], _ asked: Asked, _ cells: Set<Dirty.Cell>,
    to counts: inout TallyCounts
  ) {
    for cell in asked.broad {
      let family = (asked.families[cell.property] ?? []).compactMap {
        chosen[Dirty.Cell(subject: cell.subject, property: $0)]
      }
      guard let first = family.first, !family.contains(where: \.isUnknown) else { continue }
      counts.settled[TallyKey(property: cell.property, type: first.type), default: 0] += 1
    }
    for cell in cells where asked.tallied.contains(Key(unchecked: cell.property)) {
      guard let type = chosen[cell]?.type else { continue }
      let key = ValueTally.Row(property: cell.property, kind: ValueTally.any, type: type)
      counts.values[key, default: ValueTally.Counts()].entities += 1
    }
  }

  func question(_ counted: Counted) throws(StoreProblem) -> SQLQuestion? {
    counted.isEverything ? nil : Asked(counted, without: nil, try schemas.currentSchema()).question
  }

  /// What is asked to count what an edit touches.
  private struct Asked {
    /// The properties of which all values are counted.
    let tallied: Set<Key>
    /// The cells, and those of broader properties, which may be settled by them.
    private(set) var broad: Set<Dirty.Cell> = []
    /// Of each of their properties, it and what is narrower.
    private(set) var families: [String: [String]] = [:]
    let question: SQLQuestion

    init(_ counted: Counted, without uncounted: ClosedRange<Int64>?, _ schema: Schema) {
      tallied = ValueTally.properties(schema)
      for cell in counted.cells {
        for property in schema.propertyAndBroader(of: Key(unchecked: cell.property)) {
          broad.insert(Dirty.Cell(subject: cell.subject, property: property.text))
        }
      }
      var parts: Set<Dirty.Cell> = []
      for cell in broad {
        let family =
          families[cell.property]
          ?? schema.propertyAndNarrower(of: Key(unchecked: cell.property)).map(\.text)
        families[cell.property] = family
        for property in family { parts.insert(Dirty.Cell(subject: cell.subject, property: property)) }
      }
      let values = counted.values.filter { $0.object != 0 }
      var texts: Set<Dirty.Cell> = []
      for value in counted.values where value.object == 0 && tallied.contains(Key(unchecked: value.property))
      {
        texts.insert(Dirty.Cell(subject: value.subject, property: value.property))
      }
      question = SQLQuestion(
        TallyProjector.countsNow,
        [
          .list(counted.entities.sorted()), .list(parts), TallyProjector.list(values),
          .list(texts), .integer(uncounted?.lowerBound ?? 0), .integer(uncounted?.upperBound ?? -1),
        ])
    }
  }

  /// Writes down what became of counts.
  func write(_ after: TallyCounts, instead before: TallyCounts) throws(StoreProblem) {
    for key in Set(after.settled.keys).union(before.settled.keys) {
      let difference = (after.settled[key] ?? 0) - (before.settled[key] ?? 0)
      guard difference != 0 else { continue }
      try db.write(Tally.add, [.text(key.property), .text(key.type), .integer(difference)])
      guard difference < 0 else { continue }
      try db.write(Tally.dropEmpty, [.text(key.property), .text(key.type)])
    }
    try write(after.values, instead: before.values)
  }

  static func list(_ values: Set<CountedValue>) -> SQL {
    let sorted = values.sorted {
      ($0.subject, $0.property, $0.object) < ($1.subject, $1.property, $1.object)
    }
    return .text(
      "[" + sorted.map { "[\($0.subject),\"\($0.property)\",\($0.object)]" }.joined(separator: ",") + "]")
  }

  /// What a row of ``countsNow`` counts.
  private enum Part: Int64 { case types, cells, values }

  /// All counts in one question: how many of the entities in `?1` there are of each type; in which of the cells in `?2`
  /// anything is chosen, and whether something that is unknown is; in how many facts the entities in `?3` are a value of
  /// their cell, and whether they are chosen there; and the same of what is no entity in the cells in `?4`. The statements
  /// from `?5` to `?6` are left out.
  fileprivate static let countsNow = """
    SELECT \(Part.types.rawValue), 0, '', 0, 0, '', n.type, count(*), 0
    FROM json_each(?1) j CROSS JOIN main.entity_now n ON n.id = j.value GROUP BY n.type
    UNION ALL SELECT \(Part.cells.rawValue), n.id, j.value ->> 1, 0, 0, '', n.type, 0,
      EXISTS(SELECT 1 FROM main.fact f WHERE f.subject = n.id AND f.property = j.value ->> 1 AND f.kind = 4 AND f.chosen AND \(isCounted))
    FROM json_each(?2) j CROSS JOIN main.entity_now n ON n.id = j.value ->> 0
    WHERE EXISTS(SELECT 1 FROM main.fact f WHERE f.subject = n.id AND f.property = j.value ->> 1 AND f.chosen AND \(isCounted))
    UNION ALL SELECT \(Part.values.rawValue), f.subject, f.property, f.object, 0, '', \(typeOfSubject), count(*), max(f.chosen)
    FROM json_each(?3) j CROSS JOIN main.fact f
      ON f.property = j.value ->> 1 AND f.object = j.value ->> 2 AND f.subject = j.value ->> 0 AND \(isCounted)
    GROUP BY f.subject, f.property, f.object
    UNION ALL SELECT \(Part.values.rawValue), f.subject, f.property, 0, f.kind, coalesce(f.text, ''), \(typeOfSubject),
      count(*), max(f.chosen)
    FROM json_each(?4) j CROSS JOIN main.fact f
      ON f.property = j.value ->> 1 AND f.object IS NULL AND f.subject = j.value ->> 0 AND \(isCounted)
    GROUP BY f.subject, f.property, f.kind, f.text
    """

  private static let isCounted = "f.statement NOT BETWEEN ?5 AND ?6"

  private static let typeOfSubject =
    "coalesce((SELECT n.type FROM main.entity_now n WHERE n.id = f.subject), '')"

  /// Counts anew what a definition may have changed: the property, and all that it narrows or once narrowed.
  /// - Parameter touched: the properties of what was counted before and after, of which nothing may be left.
  func recount(_ properties: Set<String>, touched: Set<String>) throws(StoreProblem) {
    guard !properties.isEmpty else { return }
    for property in properties { try recountValues(of: Key(unchecked: property)) }
    let narrowings = try everyNarrowing()
    let (up, down) = (
      Dictionary(grouping: narrowings, by: \.narrower), Dictionary(grouping: narrowings, by: \.broader)
    )
    func reached(from property: String, _ next: (String) -> [String]) -> Set<String> {
      var found: Set<String> = []
      var waiting = [property]
      while let key = waiting.popLast() {
        if found.insert(key).inserted { waiting += next(key) }
      }
      return found
    }
    var roots: Set<Key> = []
    for property in properties {
      let narrower = reached(from: property) { down[$0]?.map(\.narrower) ?? [] }
      if touched.isDisjoint(with: narrower), try !isSaid(narrower) { continue }
      roots.formUnion(reached(from: property) { up[$0]?.map(\.broader) ?? [] }.map(Key.init(unchecked:)))
    }
    let schema = try schemas.currentSchema()
    for root in roots {
      try db.write("DELETE FROM main.tally WHERE property = ?", [.text(root.text)])
      let row = try db.rows(
        """
        SELECT n.type, count(*) FROM (
          SELECT f.subject FROM json_each(?1) p CROSS JOIN main.fact f ON f.property = p.value
          WHERE f.chosen GROUP BY f.subject HAVING max(f.kind = 4) = 0) s
        JOIN main.entity_now n ON n.id = s.subject GROUP BY n.type
        """, [.list(schema.propertyAndNarrower(of: root).map(\.text))])
      while try row.next() {
        try db.write(Tally.add, [.text(root.text), .text(row.text(0)), .integer(row.integer(1))])
      }
    }
  }

  private struct Narrowing: Hashable {
    var narrower: String
    var broader: String
  }

  /// Which property narrows which, or did by a definition that goes on no more.
  private func everyNarrowing() throws(StoreProblem) -> Set<Narrowing> {
    var found: Set<Narrowing> = []
    for (key, property) in try schemas.currentSchema().properties {
      if let parent = property.parent { found.insert(Narrowing(narrower: key.text, broader: parent.text)) }
    }
    let row = try db.rows(
      "SELECT DISTINCT key, parent FROM main.definition WHERE kind = 'property' AND parent IS NOT NULL")
    while try row.next() { found.insert(Narrowing(narrower: row.text(0), broader: row.text(1))) }
    return found
  }

  private func isSaid(_ properties: Set<String>) throws(StoreProblem) -> Bool {
    try db.integer(
      "SELECT 1 FROM json_each(?1) p CROSS JOIN main.fact f ON f.property = p.value LIMIT 1",
      [.list(properties.sorted())]) != nil
  }

  /// Counts everything, in the order of subjects.
  func fillTally(_ scope: Scope) throws(StoreProblem) {
    let (name, schema) = (scope.rawValue, try schemas.readSchema(in: scope))
    try db.write("DELETE FROM \(name).tally")
    try db.write("INSERT INTO \(name).tally SELECT '', type, count(*) FROM \(name).entity_now GROUP BY type")
    let counts = try settled("\(name).fact f", [], in: scope, schema)
    for (key, count) in counts.settled {
      try db.write(
        "INSERT INTO \(name).tally(property, type, entities) VALUES (?, ?, ?)",
        [.text(key.property), .text(key.type), .integer(count)])
    }
    try fillValueTally(scope, chosen: counts.chosen)
  }

  /// Adds all that is counted of what is said of some entities, or takes it away; how many entities there are is left.
  func count(of subjects: [Int64], sign: Int64) throws(StoreProblem) {
    guard !subjects.isEmpty else { return }
    let list = SQL.list(subjects)
    let schema = try schemas.currentSchema()
    let counts = try settled(
      "json_each(?1) j CROSS JOIN main.fact f ON f.subject = j.value", [list], in: .main, schema)
    for (key, count) in counts.settled {
      try db.write(Tally.add, [.text(key.property), .text(key.type), .integer(sign * count)])
    }
    if sign < 0 { try db.write("DELETE FROM main.tally WHERE entities = 0") }
    try countValues(of: list, chosen: counts.chosen, schema, sign: sign)
  }

  /// Of how many entities a property is settled, and of how many anything is chosen of one whose values are counted.
  private func settled(
    _ facts: String, _ arguments: [SQL], in scope: Scope, _ schema: Schema
  ) throws(StoreProblem) -> (settled: [TallyKey: Int64], chosen: [TallyKey: Int64]) {
    let tallied = Set(ValueTally.properties(schema).map(\.text))
    var counts: [TallyKey: Int64] = [:]
    var chosen: [TallyKey: Int64] = [:]
    var broader: [String: [String]] = [:]
    var (subject, type) = (Int64(-1), "")
    /// The properties of the subject, and whether they are settled.
    var settled: [String: Bool] = [:]
    func end() {
      for (property, isSettled) in settled where isSettled {
        counts[TallyKey(property: property, type: type), default: 0] += 1
      }
      settled.removeAll(keepingCapacity: true)
    }
    let row = try db.rows(
      """
      SELECT f.subject, max(n.type), f.property, max(f.kind = 4) FROM \(facts)
        CROSS JOIN \(scope.rawValue).entity_now n ON n.id = f.subject
      WHERE f.chosen GROUP BY f.subject, f.property ORDER BY f.subject, f.property
      """, arguments)
    while try row.next() {
      if row.integer(0) != subject {
        end()
        (subject, type) = (row.integer(0), row.text(1))
      }
      let property = row.text(2)
      if tallied.contains(property) { chosen[TallyKey(property: property, type: type), default: 0] += 1 }
      let above = broader[property] ?? schema.propertyAndBroader(of: Key(unchecked: property)).map(\.text)
      broader[property] = above
      for key in above { settled[key] = (settled[key] ?? true) && !row.flag(3) }
    }
    end()
    return (counts, chosen)
  }
}

/// Whose counts in ``Tally`` an edit may change.
struct Counted {
  var entities: Set<Int64>
  /// Entities, each with a property of which it may have become settled, or not be any more.
  var cells: Set<Dirty.Cell>
  /// Values that may have become given, or not be any more.
  var values: Set<CountedValue> = []
  /// Whether so much changed that all is counted anew.
  var isEverything: Bool
}

/// What is counted of what an edit touches, before it or after it.
struct TallyCounts {
  var settled: [TallyKey: Int64] = [:]
  var values: [ValueTally.Row: ValueTally.Counts] = [:]
}

struct TallyKey: Hashable {
  var property: String
  var type: String
}
