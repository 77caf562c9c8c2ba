internal import RegistryModel
internal import RegistryStore

/// The counts: what an edit touches is counted before and after it, and the difference added.
struct TallyProjector {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var schemas: SchemaReader { SchemaReader(state) }

  init(_ state: RegistryState) { self.state = state }

  /// More than so many changed statements, if they are also a large part of all, are not counted one by one.
  private static var mostCounted: Int { 2_000 }

  /// Called when it is known which entities are one, and before the facts are refreshed.
  func touchedCounts(
    _ changes: Dirty, _ cells: Set<Dirty.Cell>
  ) throws(StoreProblem) -> Counted {
    let statements = try db.integer("SELECT max(id) FROM main.statement") ?? 0
    let isMuch =
      changes.count > Self.mostCounted && changes.count > Int(statements / 50)
    var counted = Counted(entities: changes.entities, cells: cells, isEverything: isMuch)
    guard !isMuch else { return counted }
    let statementList = SQL.list(changes.statements.union(changes.fresh.map(Array.init) ?? []).sorted())
    let row = try db.rows(
      """
      SELECT f.subject, f.property FROM json_each(?1) j CROSS JOIN main.fact f ON f.statement = j.value
      UNION SELECT \(RecordedAs.countedSubject("s")), s.property
        FROM json_each(?1) j CROSS JOIN main.statement s ON s.id = j.value
      """, [statementList])
    while try row.next() { counted.cells.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1))) }
    let list = SQL.list(changes.entities.sorted())
    counted.entities.formUnion(
      try db.integers(
        "SELECT i.target FROM json_each(?1) j CROSS JOIN main.identity_now i ON i.id = j.value", [list]))
    // With its type an entity takes all its counts along.
    let known = try db.rows(
      """
      SELECT DISTINCT f.subject, f.property FROM json_each(?1) j CROSS JOIN main.fact f ON f.subject = j.value
      """, [SQL.list(counted.entities.sorted())])
    while try known.next() {
      counted.cells.insert(Dirty.Cell(subject: known.integer(0), property: known.text(1)))
    }
    // Where values can be rivals, one that comes or goes may dethrone or enthrone any other of its cell.
    let schema = try schemas.currentSchema()
    var rivals = counted.cells.filter { schema.hasRivals(Key(unchecked: $0.property)) }
    // So may a list that is called whole, and each value beside it.
    let others = counted.cells.subtracting(rivals)
    if !others.isEmpty {
      let row = try db.rows(
        """
        SELECT DISTINCT f.subject, f.property FROM json_each(?) j CROSS JOIN \(Facts.only(.bounding, in: .main)) f
          ON f.subject = json_extract(j.value, '$[0]') AND f.property = json_extract(j.value, '$[1]')
          WHERE f.kind = \(ValueKind.none.rawValue)
        """, [.text("[" + others.map { "[\($0.subject),\"\($0.property)\"]" }.joined(separator: ",") + "]")])
      while try row.next() { rivals.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1))) }
    }
    counted.values = try touchedValues(statementList, counted.entities, cells.union(rivals))
    return counted
  }

  /// Adds what is counted now, or takes it away.
  func count(_ counted: Counted, sign: Int64) throws(StoreProblem) {
    guard !counted.isEverything else { return }
    var difference: [TallyKey: Int64] = [:]
    let types = try db.rows(
      """
      SELECT n.type, count(*) FROM json_each(?1) j CROSS JOIN main.entity_now n ON n.id = j.value GROUP BY n.type
      """, [.list(counted.entities.sorted())])
    while try types.next() {
      difference[TallyKey(property: "", type: types.text(0)), default: 0] += sign * types.integer(1)
    }
    let schema = try schemas.currentSchema()
    var broad: Set<Dirty.Cell> = []
    for cell in counted.cells {
      for property in schema.propertyAndBroader(of: Key(unchecked: cell.property)) {
        broad.insert(Dirty.Cell(subject: cell.subject, property: property.text))
      }
    }
    for cell in broad {
      let family = schema.propertyAndNarrower(of: Key(unchecked: cell.property))
      let row = try db.rows(Tally.settled, [.integer(cell.subject), .list(family.map(\.text))])
      guard try row.next() else { continue }
      difference[TallyKey(property: cell.property, type: row.text(0)), default: 0] += sign
    }
    for (key, count) in difference where count != 0 {
      try db.write(Tally.add, [.text(key.property), .text(key.type), .integer(count)])
    }
    try count(counted.values, counted.cells, sign: sign)
  }

  /// Counts anew what a definition may have changed: the property, and all that it narrows or once narrowed.
  func recount(_ properties: Set<String>) throws(StoreProblem) {
    guard !properties.isEmpty else { return }
    let schema = try schemas.currentSchema()
    for property in properties { try recountValues(of: Key(unchecked: property)) }
    var roots: Set<Key> = []
    for property in properties {
      let narrower = schema.propertyAndNarrower(of: Key(unchecked: property)).map(\.text)
      let isUsed = try db.integer(
        "SELECT 1 FROM json_each(?1) p CROSS JOIN main.fact f ON f.property = p.value LIMIT 1",
        [.list(narrower)])
      guard isUsed != nil else { continue }
      let parents = try db.rows(
        "SELECT DISTINCT parent FROM main.definition WHERE key = ?", [.text(property)])
      var above = [Key(unchecked: property)]
      while try parents.next() { if let parent = parents.optionalKey(0) { above.append(parent) } }
      for key in above { roots.formUnion(schema.propertyAndBroader(of: key)) }
    }
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
      SELECT f.subject, n.type, f.property, max(f.kind = 4) FROM \(facts)
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

struct TallyKey: Hashable {
  var property: String
  var type: String
}
