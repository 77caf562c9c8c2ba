internal import RegistryModel
internal import RegistryStore

/// Keeping ``ValueTally``: what an edit touches is counted before and after it, as ``Tally`` is.
extension TallyProjector {
  /// Adds the values of some statements, as they stand and as they will, and all of some entities.
  func addValues(
    of statements: Set<Int64>, _ entities: Set<Int64>, to counted: inout Counted
  ) throws(StoreProblem) {
    let question = SQLQuestion(
      """
      SELECT f.subject, f.property, f.object FROM json_each(?1) j CROSS JOIN main.fact f ON f.statement = j.value
      UNION SELECT \(RecordedAs.countedSubject("s")), s.property, \(RecordedAs.countedObject("s"))
        FROM json_each(?1) j CROSS JOIN main.statement s ON s.id = j.value
      UNION SELECT f.subject, f.property, f.object FROM json_each(?2) j CROSS JOIN main.fact f ON f.subject = j.value
      """, [.list(statements.sorted()), .list(entities.sorted())])
    try add(question, to: &counted)
  }

  /// Adds all values in some cells.
  func addValues(in cells: Set<Dirty.Cell>, to counted: inout Counted) throws(StoreProblem) {
    if !cells.isEmpty { try add(valuesQuestion(in: cells), to: &counted) }
  }

  func valuesQuestion(in cells: Set<Dirty.Cell>) -> SQLQuestion {
    SQLQuestion(
      """
      SELECT DISTINCT f.subject, f.property, f.object FROM json_each(?1) j CROSS JOIN main.fact f
        ON f.subject = j.value ->> 0 AND f.property = j.value ->> 1
      """, [.list(cells)])
  }

  private func add(_ question: SQLQuestion, to counted: inout Counted) throws(StoreProblem) {
    let row = try db.rows(question)
    while try row.next() {
      counted.values.insert(
        CountedValue(subject: row.integer(0), property: row.text(1), object: row.integer(2)))
    }
  }

  func write(
    _ after: [ValueTally.Row: ValueTally.Counts], instead before: [ValueTally.Row: ValueTally.Counts]
  ) throws(StoreProblem) {
    for key in Set(after.keys).union(before.keys) {
      let (now, then) = (after[key] ?? ValueTally.Counts(), before[key] ?? ValueTally.Counts())
      let difference = ValueTally.Counts(
        facts: now.facts - then.facts, entities: now.entities - then.entities)
      guard difference.facts != 0 || difference.entities != 0 else { continue }
      try add(difference, to: key, in: .main)
      guard difference.facts < 0 || difference.entities < 0 else { continue }
      try db.write(
        ValueTally.dropEmpty,
        [.text(key.property), .integer(key.object), .integer(key.kind), .text(key.text), .text(key.type)])
    }
  }

  private func add(
    _ counts: ValueTally.Counts, to key: ValueTally.Row, in scope: Scope
  ) throws(StoreProblem) {
    try db.write(
      scope == .main ? Self.addInMain : ValueTally.add(in: scope.rawValue),
      [
        .text(key.property), .integer(key.object), .integer(key.kind), .text(key.text), .text(key.type),
        .integer(counts.facts), .integer(counts.entities),
      ])
  }

  private static let addInMain = ValueTally.add(in: "main")

  /// Counts anew the values of a property.
  func recountValues(of property: Key) throws(StoreProblem) {
    try db.write("DELETE FROM main.value_tally WHERE property = ?", [.text(property.text)])
    try countGiven(
      .main, Self.entitiesGiven(in: "main", of: "AND f.property = ?1"), [.text(property.text)])
    guard ValueTally.properties(try schemas.currentSchema()).contains(property) else { return }
    try countGiven(.main, Self.textsGiven(in: "main"), [.text(property.text)])
    try db.write(
      """
      INSERT INTO main.value_tally SELECT ?1, 0, \(ValueTally.any), '', n.type, 0, count(*) FROM (
          SELECT DISTINCT f.subject FROM main.fact f WHERE f.property = ?1 AND f.chosen) who
        CROSS JOIN main.entity_now n ON n.id = who.subject GROUP BY n.type
      """, [.text(property.text)])
  }

  /// Counts anew all values.
  /// - Parameter chosen: of how many entities something is chosen, by property and type.
  func fillValueTally(_ scope: Scope, chosen: [TallyKey: Int64]) throws(StoreProblem) {
    let name = scope.rawValue
    try db.write("DELETE FROM \(name).value_tally")
    try countGiven(scope, Self.entitiesGiven(in: name), [])
    for property in ValueTally.properties(try schemas.readSchema(in: scope)).sorted() {
      try countGiven(scope, Self.textsGiven(in: name), [.text(property.text)])
    }
    for (key, count) in chosen {
      try add(
        ValueTally.Counts(entities: count),
        to: ValueTally.Row(property: key.property, kind: ValueTally.any, type: key.type), in: scope)
    }
  }

  /// Adds the values that are given in what is said of the entities in a list, or takes them away.
  /// - Parameter chosen: of how many of them something is chosen, by property and type.
  func countValues(
    of list: SQL, chosen: [TallyKey: Int64], _ schema: Schema, sign: Int64
  ) throws(StoreProblem) {
    let facts = "json_each(?1) j CROSS JOIN main.fact f ON f.subject = j.value"
    try countGiven(.main, Self.entitiesGiven(facts, in: "main"), [list], sign: sign)
    let tallied = ValueTally.properties(schema).map(\.text).sorted()
    try countGiven(
      .main,
      Self.textsGiven(facts, in: "main", where: "+f.property IN (SELECT value FROM json_each(?2))"),
      [list, .list(tallied)], sign: sign)
    for (key, count) in chosen {
      try add(
        ValueTally.Counts(entities: sign * count),
        to: ValueTally.Row(property: key.property, kind: ValueTally.any, type: key.type), in: .main)
    }
    try db.run("DELETE FROM main.value_tally WHERE facts = 0 AND entities = 0")
  }

  /// The facts whose value is an entity, in the order of the index: the subjects of each value one after the other.
  private static func entitiesGiven(in schema: String, of condition: String = "") -> String {
    entitiesGiven("\(schema).fact f", in: schema, of: condition)
  }

  private static func entitiesGiven(_ facts: String, in schema: String, of condition: String = "") -> String {
    """
    SELECT f.property, f.object, 0, '', coalesce(n.type, ''), f.subject, f.chosen
    FROM \(facts) LEFT JOIN \(schema).entity_now n ON n.id = f.subject
    WHERE f.object IS NOT NULL \(condition) ORDER BY f.property, f.object, f.subject
    """
  }

  /// The others of a property.
  private static func textsGiven(in schema: String) -> String {
    textsGiven("\(schema).fact f", in: schema, where: "f.property = ?1")
  }

  private static func textsGiven(_ facts: String, in schema: String, where condition: String) -> String {
    """
    SELECT f.property, 0, f.kind, coalesce(f.text, ''), coalesce(n.type, ''), f.subject, f.chosen
    FROM \(facts) LEFT JOIN \(schema).entity_now n ON n.id = f.subject
    WHERE f.object IS NULL AND \(condition) ORDER BY f.property, f.subject
    """
  }

  /// Counts rows that come in the order of properties, objects and subjects.
  private func countGiven(
    _ scope: Scope, _ query: String, _ arguments: [SQL], sign: Int64 = 1
  ) throws(StoreProblem) {
    var counts: [ValueTally.Row: ValueTally.Counts] = [:]
    var (property, object) = ("", Int64(-1))
    func end() throws(StoreProblem) {
      for (key, counts) in counts {
        try add(
          ValueTally.Counts(facts: sign * counts.facts, entities: sign * counts.entities), to: key, in: scope)
      }
      counts.removeAll(keepingCapacity: true)
    }
    let row = try db.rows(query, arguments)
    while try row.next() {
      let key = ValueTally.Row(
        property: row.text(0), object: row.integer(1), kind: row.integer(2), text: row.text(3),
        type: row.text(4))
      if key.object != object || key.property != property {
        try end()
        (property, object) = (key.property, key.object)
      }
      counts[key, default: ValueTally.Counts()].add(of: row.integer(5), isChosen: row.flag(6))
    }
    try end()
  }
}

/// A value of a property of a subject: an entity (`object`), or all that is none (0).
struct CountedValue: Hashable {
  var subject: Int64
  var property: String
  var object: Int64
}
