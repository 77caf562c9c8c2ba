internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// When things were there, by the rules of `Existence`. What is there for ever has no row.
struct ExistenceProjector {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var resolver: CellResolver { CellResolver(state) }
  private var schemas: SchemaReader { SchemaReader(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Says when things were there, where that was left for later.
  func finishExistence() throws(StoreProblem) {
    guard state.late.existence else { return }
    state.transaction?.asksForCounts = true
    try fillExistence(.main)
    state.late.existence = false
  }

  /// What is gathered of one entity before the rules are asked.
  private struct Traces {
    var type: String
    var begins: [Existence.Event] = []
    var ends: [Existence.Event] = []
    var spokenOf: ClosedRange<Day>?
    var succeeded: [ClosedRange<Day>] = []
  }

  /// Of which entities rows are made.
  private enum Among {
    case all
    case listed(SQL)
    /// Those between two rows.
    case range(SQL)

    /// What `?1` is.
    var argument: SQL {
      switch self {
      case .all: .null
      case .listed(let list), .range(let list): list
      }
    }

    /// Behind other conditions.
    func condition(_ column: String) -> String {
      switch self {
      case .all: ""
      case .listed: " AND \(column) IN (SELECT value FROM json_each(?1))"
      case .range: " AND \(column) BETWEEN json_extract(?1, '$[0]') AND json_extract(?1, '$[1]')"
      }
    }
  }

  /// Makes the rows of some entities anew, or of all.
  func fillExistence(_ scope: Scope, of entities: Set<Int64>? = nil) throws(StoreProblem) {
    guard let entities else { return try fillAll(scope) }
    if entities.isEmpty { return }
    try write(try traces(scope, of: entities), in: scope, instead: entities)
  }

  /// Makes the rows of new things, of which there are none; of those of which something says when they are there, or whom
  /// they follow, it is asked.
  func add(_ things: [Int64: Introduced]) throws(StoreProblem) {
    let marks = try schemas.schemaRules(in: .main).marks
    guard !marks.isNothing else { return }
    let (types, following) = (Set(marks.types), Set(marks.succession))
    var asked: Set<Int64> = []
    var unmarked: [Int64: Traces] = [:]
    for (id, thing) in things {
      let properties = (thing.claims ?? []).map(\.property)
      if properties.contains(where: following.contains) { asked.insert(id) }
      guard let text = thing.type, types.contains(Key(unchecked: text)) else { continue }
      let isMarked = properties.contains { property in
        let (begins, ends) = marks.marks(of: Key(unchecked: text), by: property)
        return !begins.isEmpty || !ends.isEmpty
      }
      if isMarked { asked.insert(id) } else { unmarked[id] = Traces(type: text) }
    }
    if !asked.isEmpty {
      asked = try existenceTouched(by: asked)
      try fillExistence(.main, of: asked)
    }
    try write(unmarked.filter { !asked.contains($0.key) }, in: .main)
  }

  /// All together takes the least time, and memory for each of them: of very many only so much at once.
  private func fillAll(_ scope: Scope) throws(StoreProblem) {
    // Without a condition the table is emptied at once.
    try db.write("DELETE FROM \(table(in: scope))")
    let atOnce = state.limits.existencesAtOnce
    let last = try db.integer("SELECT max(id) FROM \(scope.rawValue).entity_now") ?? 0
    if last <= atOnce { return try write(try traces(scope, .all, areMany: true), in: scope) }
    for first in stride(from: 1, through: last, by: Int(atOnce)) {
      let range = Among.range(.list([first, first + atOnce - 1]))
      try write(try traces(scope, range, areMany: true), in: scope)
    }
  }

  private func table(in scope: Scope) -> String {
    "\(scope.rawValue).\(state.isViewed(scope) ? "existence_then" : "existence")"
  }

  /// What the rules are asked of some entities.
  private func traces(_ scope: Scope, of entities: Set<Int64>) throws(StoreProblem) -> [Int64: Traces] {
    entities.isEmpty
      ? [:]
      : try traces(
        scope, .listed(.list(entities.sorted())), areMany: entities.count > state.limits.oneByOne)
  }

  private func traces(
    _ scope: Scope, _ among: Among, areMany: Bool
  ) throws(StoreProblem) -> [Int64: Traces] {
    let rules = try schemas.schemaRules(in: scope)
    guard !rules.marks.isNothing else { return [:] }
    let asked = try questions(scope, among, rules, areMany: areMany)
    if !areMany { try db.ask(ahead: asked.all) }
    var traces: [Int64: Traces] = [:]
    let typed = try db.rows(asked.typed)
    while try typed.next() { traces[typed.integer(0)] = Traces(type: typed.text(1)) }
    try addMarks(rules, asked.marked, &traces)
    try addSpoken(asked.spoken, &traces)
    if let question = asked.successors { try addSuccessors(question, &traces) }
    return traces
  }

  /// Writes the rows of some entities in place of those that are there.
  private func write(
    _ traces: [Int64: Traces], in scope: Scope, instead entities: Set<Int64>
  ) throws(StoreProblem) {
    try db.write(
      "DELETE FROM \(table(in: scope)) WHERE entity IN (SELECT value FROM json_each(?1))",
      [.list(entities.sorted())])
    try write(traces, in: scope)
  }

  private func write(_ traces: [Int64: Traces], in scope: Scope) throws(StoreProblem) {
    let marks = try schemas.schemaRules(in: scope).marks
    let insert = "INSERT INTO \(table(in: scope)) VALUES (?, ?, ?, ?, ?, ?, ?)"
    // In the order of rows, which the table is stored in.
    for entity in traces.keys.sorted() {
      guard let traces = traces[entity] else { continue }
      let existence = Existence(
        hasBeginning: marks.hasBeginning(Key(unchecked: traces.type)), begins: traces.begins,
        ends: traces.ends,
        spokenOf: traces.spokenOf, succeeded: traces.ends.isEmpty ? traces.succeeded : [])
      let stretches = existence.timeline.stretches
      // What is there for ever needs no row.
      if stretches.allSatisfy({ $0.verdict.sureness >= .goingOn }) { continue }
      for stretch in stretches {
        try db.write(insert) { (row: any SQLBinding) throws(StoreProblem) in
          row.integer(entity)
          row.integer(stretch.first.number)
          row.integer(stretch.last.number)
          row.integer(Int64(stretch.verdict.sureness.rawValue))
          row.integer(Int64(stretch.verdict.reason.rawValue))
          row.value(SQL(stretch.verdict.day?.number))
          row.text(traces.type)
        }
      }
    }
  }

  private struct Questions {
    /// Which of them can have rows, and of which type they are.
    var typed: SQLQuestion
    /// What can mark their beginnings and ends.
    var marked: SQLQuestion
    /// The days of which something is certainly claimed; a plan does not count.
    var spoken: SQLQuestion
    /// When those that follow them began, and by when a source says that they follow.
    var successors: SQLQuestion?

    var all: [SQLQuestion] { [typed, marked, spoken] + (successors.map { [$0] } ?? []) }
  }

  private func questions(
    _ scope: Scope, _ among: Among, _ rules: SchemaRules, areMany: Bool
  ) throws(StoreProblem) -> Questions {
    let (name, marks) = (scope.rawValue, rules.marks)
    let typed = SQLQuestion(
      """
      SELECT n.id, n.type FROM \(name).entity_now n
      WHERE n.type IN (SELECT value FROM json_each(?2))\(among.condition("n.id"))
      """, [among.argument, .list(marks.types.map(\.text))])
    return Questions(
      typed: typed, marked: try marked(rules, among, scope, areMany: areMany), spoken: spoken(among, scope),
      successors: successors(marks, among, scope))
  }

  private func marked(
    _ rules: SchemaRules, _ among: Among, _ scope: Scope, areMany: Bool
  ) throws(StoreProblem) -> SQLQuestion {
    let name = scope.rawValue
    let each =
      areMany
      ? "f.subject = n.id AND +f.property IN (SELECT m.property FROM marked m)"
      : "f.subject = n.id AND f.property IN (SELECT m.property FROM marked m WHERE m.type = n.type)"
    let facts =
      switch among {
      case .all: "json_each(?2) p CROSS JOIN \(name).fact f ON f.property = p.value"
      case .listed:
        """
        json_each(?1) j CROSS JOIN \(name).entity_now n ON n.id = j.value
          CROSS JOIN \(name).fact f ON \(each)
        """
      case .range: "\(name).entity_now n CROSS JOIN \(name).fact f ON \(each)\(among.condition("n.id"))"
      }
    // What is known to lie before any source came out is no plan, and its source's day decides nothing.
    let mayBePlan = """
      NOT (CASE f.kind WHEN \(ValueKind.date.rawValue) THEN f.low_key <= ?4
        ELSE f.start_earliest <= ?4 AND f.start_latest < \(Day.distantFuture.number) END) IS TRUE
      """
    return SQLQuestion(
      """
      WITH marked(type, property) AS MATERIALIZED (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?3))
      SELECT f.subject, f.property, f.kind, f.text, f.low_key, f.high_key, f.start_earliest, f.start_latest,
        CASE WHEN \(mayBePlan) THEN \(Published.latest(of: "f", in: name)) END FROM \(facts) WHERE f.chosen
      """,
      [
        among.argument, .list(rules.marks.properties.map(\.text)), rules.marksOfTypes,
        .integer(try resolver.firstPublished(in: scope, forMany: areMany)),
      ])
  }

  private func addMarks(
    _ rules: SchemaRules, _ question: SQLQuestion, _ traces: inout [Int64: Traces]
  ) throws(StoreProblem) {
    let row = try db.rows(question)
    // By type and property, which marks it can be: rows of one kind are many.
    var known: [String: [String: (begins: [ExistenceMark], ends: [ExistenceMark])]] = [:]
    while try row.next() {
      let entity = row.integer(0)
      guard let type = traces[entity]?.type else { continue }
      let property = row.text(1)
      let (begins, ends): ([ExistenceMark], [ExistenceMark])
      if let found = known[type]?[property] {
        (begins, ends) = found
      } else {
        (begins, ends) = rules.marks.marks(of: Key(unchecked: type), by: Key(unchecked: property))
        known[type, default: [:]][property] = (begins, ends)
      }
      func matches(_ mark: ExistenceMark) -> Bool {
        mark.isMet(byText: row.optionalText(3), isDate: row.integer(2) == ValueKind.date.rawValue)
      }
      func event(_ mark: ExistenceMark) -> Existence.Event {
        let days: ClosedRange<Day>?
        if mark.word == nil {
          days = Self.days(row.integer(4), row.integer(5))
        } else {
          let (first, last) = (row.integer(6), row.integer(7))
          days = last < Day.distantFuture.number ? Self.days(first, last) : nil
        }
        return Existence.Event(days: days, published: row.optionalInteger(8).map { Day($0) })
      }
      if let mark = begins.first(where: matches) { traces[entity]?.begins.append(event(mark)) }
      if let mark = ends.first(where: matches) { traces[entity]?.ends.append(event(mark)) }
    }
  }

  private static func days(_ first: Int64, _ last: Int64) -> ClosedRange<Day>? {
    first <= last ? Day(first)...Day(last) : nil
  }

  private func spoken(_ among: Among, _ scope: Scope) -> SQLQuestion {
    let name = scope.rawValue
    let future = Day.distantFuture.number
    let arguments: [SQL] = if case .all = among { [] } else { [among.argument] }
    let facts =
      switch among {
      case .all: "\(Facts.all(in: scope)) f WHERE TRUE"
      case .listed: "json_each(?1) j CROSS JOIN \(name).fact f ON f.subject = j.value WHERE TRUE"
      case .range: "\(name).fact f WHERE TRUE\(among.condition("f.subject"))"
      }
    return SQLQuestion(
      """
      SELECT f.subject, min(f.start_latest), max(CASE WHEN f.end_earliest < \(future)
        THEN max(f.start_latest, f.end_earliest) ELSE f.start_latest END)
      FROM \(facts) AND f.chosen AND f.start_latest < \(future)
        AND NOT (f.timed AND EXISTS(SELECT 1 FROM \(name).timeline t WHERE t.statement = f.statement
          AND t.reason IN (\(Verdict.Reason.planned.rawValue), \(Verdict.Reason.forecast.rawValue))))
      GROUP BY f.subject
      """, arguments)
  }

  private func addSpoken(_ question: SQLQuestion, _ traces: inout [Int64: Traces]) throws(StoreProblem) {
    let row = try db.rows(question)
    while try row.next() {
      traces[row.integer(0)]?.spokenOf = Self.days(row.integer(1), row.integer(2))
    }
  }

  private func successors(_ marks: ExistenceMarks, _ among: Among, _ scope: Scope) -> SQLQuestion? {
    guard !marks.succession.isEmpty else { return nil }
    let name = scope.rawValue
    let narrow = among.condition("f.object")
    return SQLQuestion(
      """
      SELECT f.object, f.start_earliest, f.start_latest, \(Published.latest(of: "f", in: name)),
        (SELECT min(b.low_key) FROM json_each(?3) p CROSS JOIN \(name).fact b
          ON b.subject = f.subject AND b.property = p.value AND b.chosen AND b.kind = \(ValueKind.date.rawValue)),
        (SELECT min(b.high_key) FROM json_each(?3) p CROSS JOIN \(name).fact b
          ON b.subject = f.subject AND b.property = p.value AND b.chosen AND b.kind = \(ValueKind.date.rawValue))
      FROM json_each(?2) s CROSS JOIN \(name).fact f ON f.property = s.value\(narrow)
      WHERE f.chosen AND f.object IS NOT NULL
      """,
      [
        among.argument, .list(marks.succession.map(\.text)), .list(marks.datesOfBeginning.map(\.text)),
      ])
  }

  private func addSuccessors(
    _ question: SQLQuestion, _ traces: inout [Int64: Traces]
  ) throws(StoreProblem) {
    let row = try db.rows(question)
    while try row.next() {
      let object = row.integer(0)
      guard traces[object] != nil else { continue }
      let stated =
        row.integer(2) < Day.distantFuture.number ? Self.days(row.integer(1), row.integer(2)) : nil
      var begun: ClosedRange<Day>?
      if let low = row.optionalInteger(4), let high = row.optionalInteger(5) { begun = Self.days(low, high) }
      let days = Existence.succession(
        stated: stated, begun: begun, spokenOf: traces[object]?.spokenOf,
        published: row.optionalInteger(3).map { Day($0) })
      traces[object]?.succeeded.append(days)
    }
  }

  /// Whose rows may be others after some facts of these entities changed: their own, and those of what they follow.
  func existenceTouched(by entities: Set<Int64>) throws(StoreProblem) -> Set<Int64> {
    let marks = try schemas.schemaRules(in: .main).marks
    guard !marks.succession.isEmpty, !entities.isEmpty else { return entities }
    return entities.union(
      try db.integers(
        """
        SELECT DISTINCT f.object FROM json_each(?1) j CROSS JOIN json_each(?2) p
          CROSS JOIN main.fact f ON f.subject = j.value AND f.property = p.value WHERE f.object IS NOT NULL
        """, [.list(entities.sorted()), .list(marks.succession.map(\.text))]))
  }
}
