internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What holds of statements on a date, with what decided it.
struct HeldReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var pastScope: PastScope { PastScope(state) }
  private var schemas: SchemaReader { SchemaReader(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Fills in what holds of each on the date asked for, or else today.
  func tellHeld(_ loaded: inout [LoadedStatement], _ times: Times, _ holding: Holding) throws(StoreProblem) {
    guard let date = times.on ?? times.today.map({ PartialDate(day: $0) }) else { return }
    var dated = times
    dated.on = date
    let holding = try Holding(holding.scope, dated, try schemas.schemaRules(in: holding.scope))
    let timelines = try timelines(of: loaded.filter(\.isTimed).map(\.row), holding.scope)
    let entities = Set(loaded.map(\.subject) + loaded.compactMap(\.object))
    let existences = try existences(of: entities, holding.scope)
    for index in loaded.indices {
      let timeline = timelines[loaded[index].row] ?? CellTimelines.alone(loaded[index].record)
      loaded[index].record.held = held(loaded[index], timeline, on: date, holding, existences)
      if let today = times.today {
        loaded[index].record.isToCome = timeline.isToCome(loaded[index].record.statement, today: today)
      }
    }
  }

  /// Fills in which of them are only to come.
  func tellToCome(_ loaded: inout [LoadedStatement], _ times: Times, _ scope: Scope) throws(StoreProblem) {
    guard let today = times.today else { return }
    let timelines = try timelines(of: loaded.filter(\.isTimed).map(\.row), scope)
    for index in loaded.indices {
      let timeline = timelines[loaded[index].row] ?? CellTimelines.alone(loaded[index].record)
      loaded[index].record.isToCome = timeline.isToCome(loaded[index].record.statement, today: today)
    }
  }

  /// Fills in how sure each is on every day.
  func tellHeldDays(_ loaded: inout [LoadedStatement], _ scope: Scope) throws(StoreProblem) {
    let lasting = try schemas.schemaRules(in: scope).marks.lasting
    let timelines = try timelines(of: loaded.filter(\.isTimed).map(\.row), scope)
    let existences = try existences(of: Set(loaded.map(\.subject) + loaded.compactMap(\.object)), scope)
    for index in loaded.indices {
      let timeline = timelines[loaded[index].row] ?? CellTimelines.alone(loaded[index].record)
      loaded[index].record.heldDays = HeldPart.days(
        of: loaded[index].record.statement.property, timeline, lasting: lasting,
        subject: existences[loaded[index].subject], value: loaded[index].object.flatMap { existences[$0] })
    }
  }

  /// What holds of a statement by its timeline, and by those of what it is of and of its value.
  func held(
    _ loaded: LoadedStatement, _ timeline: Timeline, on date: PartialDate, _ holding: Holding,
    _ existences: [Int64: Timeline]
  ) -> HeldPart {
    HeldPart.of(
      loaded.record.statement.property, timeline, on: date, today: holding.today, lasting: holding.lasting,
      subject: existences[loaded.subject], value: loaded.object.flatMap { existences[$0] })
  }

  private func timelines(of statements: [Int64], _ scope: Scope) throws(StoreProblem) -> [Int64: Timeline] {
    guard !statements.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT t.statement, t.first, t.last, t.sureness, t.reason, t.day, s.digest
      FROM json_each(?) j CROSS JOIN \(scope.rawValue).timeline t ON t.statement = j.value
        LEFT JOIN main.statement s ON s.id = t.by ORDER BY t.statement, t.first
      """, [.list(statements)])
    var found: [Int64: [Timeline.Stretch]] = [:]
    while try row.next() {
      found[row.integer(0), default: []].append(
        Self.stretch(row, by: row.optionalText(6).map { StatementID($0) }))
    }
    return found.mapValues(Timeline.init(stretches:))
  }

  func existences(of entities: Set<Int64>, _ scope: Scope) throws(StoreProblem) -> [Int64: Timeline] {
    try pastScope.readyExistence(scope, of: entities)
    let row = try db.rows(
      """
      SELECT x.entity, x.first, x.last, x.sureness, x.reason, x.day
      FROM json_each(?) j CROSS JOIN \(scope.rawValue).existence x ON x.entity = j.value ORDER BY x.entity, x.first
      """, [.list(entities.sorted())])
    var found: [Int64: [Timeline.Stretch]] = [:]
    while try row.next() { found[row.integer(0), default: []].append(Self.stretch(row, by: nil)) }
    return found.mapValues(Timeline.init(stretches:))
  }

  private static func stretch(_ row: any SQLCursor, by: StatementID?) -> Timeline.Stretch {
    Timeline.Stretch(
      first: Day(row.integer(1)), last: Day(row.integer(2)),
      verdict: Verdict(
        Verdict.Sureness(rawValue: Int(row.integer(3))) ?? .no,
        Verdict.Reason(rawValue: Int(row.integer(4))) ?? .open, day: row.optionalInteger(5).map { Day($0) },
        by: by))
  }
}
