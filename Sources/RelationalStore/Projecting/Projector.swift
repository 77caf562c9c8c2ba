internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Brings the projections up to date with what the open transaction edited, and makes them anew.
///
/// Every step is one statement over a list of rows, in the order of rows: an import flushes many thousands at
/// once, and the full text writes a segment whenever a row comes out of order.
struct Projector {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var batch: BatchLoader { BatchLoader(state) }
  var resolver: CellResolver { CellResolver(state) }
  var existenceProjector: ExistenceProjector { ExistenceProjector(state) }
  var groupProjector: GroupPathProjector { GroupPathProjector(state) }
  var identityProjector: IdentityProjector { IdentityProjector(state) }
  var identityReader: IdentityReader { IdentityReader(state) }
  var nameProjector: NameProjector { NameProjector(state) }
  var schemas: SchemaReader { SchemaReader(state) }
  var tallyProjector: TallyProjector { TallyProjector(state) }
  var textIndex: TextIndex { TextIndex(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  /// - Parameters:
  ///   - isLast: whether what was counted must be true afterwards; a long import counts once, at its end.
  ///   - isEnding: whether the transaction is named next, which settles it too.
  func flush(isLast: Bool = true, isEnding: Bool = false) throws(StoreProblem) {
    guard state.transaction != nil else { return }
    guard db.lost == nil else { return state.forgetLost() }
    if !isEnding { try truth.settle() }
    if !isLast { try leaveForLater() }
    try noticeLapsed()
    if !state.dirty.isEmpty { try refresh() }
    if isLast { try finishLate() }
  }

  private func refresh() throws(StoreProblem) {
    var changes = state.dirty
    state.dirty = Dirty()
    if changes.isOnlyFresh { state.dirty.freshCells = changes.freshCells.goingOn }
    state.flushed?.formUnion(changes)
    if let things = introduced(by: changes) { return try project(things, changes) }
    try truth.settle()
    let isAsked = try askFirst(changes)
    var cells = changes.cells
    try identityProjector.refreshIdentities(&changes, &cells)
    var entities = changes.entities
    try addCells(citing: changes.sources, except: changes.fresh, to: &cells)
    try addBounded(by: changes, to: &cells)
    state.memory.forgetIntroduced()
    let counted = state.late.tally ? nil : try tallyProjector.touchedCounts(changes, cells)
    var before = TallyCounts()
    if let counted {
      if counted.isEverything {
        state.late.tally = true
      } else {
        before = try tallyProjector.counts(counted, without: changes.uncounted)
      }
    }
    for property in changes.properties { try resetChosen(property, except: changes.fresh, into: &cells) }
    try refreshStatements(changes.statements, moved: changes.moved, &cells, &entities)
    try addFresh(changes, isAsked ? [] : entities, &cells)
    try resolver.resolveTouched(cells)
    try nameProjector.refreshEntities(entities)
    try refreshCounts(changes, counted, before, cells, entities)
    try textIndex.refreshText(changes)
  }

  /// A definition that was taken back goes on while it is used: with what is said it comes and goes.
  private func noticeLapsed() throws(StoreProblem) {
    let (known, lapsed) = (Set(state.transaction?.lapsed ?? []), try schemas.lapsed())
    state.transaction?.lapsed = lapsed
    let changed = known.symmetricDifference(lapsed)
    guard !changed.isEmpty else { return }
    let row = try db.rows(
      "SELECT d.kind, d.key FROM json_each(?) j CROSS JOIN main.definition d ON d.id = j.value",
      [.list(changed.sorted())])
    while try row.next() { state.dirty.touchDefinition(row.text(0), row.text(1)) }
  }

  /// Asks at once all that is asked of a few new claims before anything is written.
  /// - Returns: whether it did.
  private func askFirst(_ changes: Dirty) throws(StoreProblem) -> Bool {
    guard db.isFarAway, changes.isOnlyFresh, !state.late.tally, !changes.freshHave.contains(.qualifiers),
      let question = try undecidedQuestion(changes), changes.count <= state.limits.oneByOne
    else { return false }
    try db.ask(
      ahead: [question] + tallyProjector.questionsAhead(changes)
        + nameProjector.questionsAhead(of: changes.entities))
    return true
  }

  /// When things were there, the tallies and the paths of groups: all that is asked for them is asked before any is written.
  private func refreshCounts(
    _ changes: Dirty, _ counted: Counted?, _ before: TallyCounts, _ cells: Set<Dirty.Cell>,
    _ entities: Set<Int64>
  ) throws(StoreProblem) {
    let counted = state.late.tally ? nil : counted
    if changes.count <= state.limits.oneByOne {
      try askAhead(changes, counted, cells, entities)
    }
    let after = try counted.map { counted throws(StoreProblem) in try tallyProjector.counts(counted) }
    let paths = state.late.paths ? nil : try groupProjector.touched(changes, cells, entities)
    switch try existenceTouched(changes, cells, entities) {
    case .everybody: try existenceProjector.fillExistence(.main)
    case .these(let touched): try existenceProjector.fillExistence(.main, of: touched)
    case nil: break
    }
    if let counted, let after {
      try tallyProjector.write(after, instead: before)
      try tallyProjector.recount(changes.properties, touched: Set(counted.cells.map(\.property)))
    }
    if let paths { try groupProjector.refreshGroupPaths(of: paths) }
  }

  private func askAhead(
    _ changes: Dirty, _ counted: Counted?, _ cells: Set<Dirty.Cell>, _ entities: Set<Int64>
  ) throws(StoreProblem) {
    var questions: [SQLQuestion] = []
    if let counted, let question = try tallyProjector.question(counted) { questions.append(question) }
    if !state.late.paths { questions += try groupProjector.questionsAhead(changes, cells, entities) }
    try db.ask(ahead: questions)
  }

  private static let listed = "IN (SELECT value FROM json_each(?1))"

  private static let standing = Facts.standing(where: "s.id \(listed)")

  private func refreshStatements(
    _ statements: Set<Int64>, moved: Set<Int64>, _ cells: inout Set<Dirty.Cell>, _ entities: inout Set<Int64>
  ) throws(StoreProblem) {
    guard !statements.isEmpty else { return }
    let list = SQL.list(statements.sorted())
    if !moved.isEmpty {
      try truth.countAnew(where: "s.id IN (SELECT value FROM json_each(?))", [.list(moved.sorted())])
    }
    try db.write("DELETE FROM main.timeline WHERE statement \(Self.listed)", [list])
    for update in Self.standing { try db.write(update, [list]) }
    // What is said of a property alone needs no decision, nor does what is not said any more.
    let row = try db.rows(
      """
      SELECT DISTINCT s.subject, s.property FROM main.statement s WHERE s.id \(Self.listed)
        AND (s.property IN ('type', 'name') OR EXISTS(
          SELECT 1 FROM main.statement o WHERE o.subject = s.subject AND o.property = s.property AND o.chosen IS NOT NULL))
      """, [list])
    while try row.next() {
      let property = row.key(1)
      if property == BuiltIn.type || property == BuiltIn.name { entities.insert(row.integer(0)) }
      cells.insert(Dirty.Cell(subject: row.integer(0), property: property.text))
    }
  }

  /// What denials, whole lists and ends that changed bound: the values of narrower properties, and of a list those of its
  /// own.
  private func addBounded(by changes: Dirty, to cells: inout Set<Dirty.Cell>) throws(StoreProblem) {
    let schema = try schemas.currentSchema()
    // A claim there can pass over what bounds what narrows it.
    let widened = try schemas.schemaRules(in: .main).widened
    let wide = SQL.list(widened.sorted())
    /// - Parameter denials: those among which the statements are that were ever denied, as a condition on `l`.
    func add(_ statements: String, _ denials: String, _ arguments: [SQL]) throws(StoreProblem) {
      let row = try db.rows(
        """
        SELECT DISTINCT \(RecordedAs.countedSubject("s")), s.property, s.kind = \(ValueKind.none.rawValue)
        FROM \(statements) AND (s.kind = \(ValueKind.none.rawValue) OR s.end_latest IS NOT NULL
          OR s.id IN (SELECT l.id FROM main.life l WHERE l.thing = \(Thing.denial.rawValue) AND \(denials))
          OR s.property IN (SELECT value FROM json_each(?\(arguments.count + 1)))
            AND EXISTS(SELECT 1 FROM \(Facts.only(.bounding, in: .main)) b
              WHERE b.subject = \(RecordedAs.countedSubject("s")) AND b.property = s.property))
        """, arguments + [wide])
      while try row.next() {
        let narrower = schema.propertyAndNarrower(of: row.key(1))
        for property in row.flag(2) ? narrower : Array(narrower.dropFirst()) {
          cells.insert(Dirty.Cell(subject: row.integer(0), property: property.text))
        }
      }
    }
    if !changes.statements.isEmpty {
      try add(
        "json_each(?1) j CROSS JOIN main.statement s ON s.id = j.value WHERE TRUE", "l.id \(Self.listed)",
        [.list(changes.statements.sorted())])
    }
    // Those that were recorded just now are no denials.
    let mayBound =
      changes.freshHave.contains(.bounds)
      || !changes.freshProperties.isDisjoint(with: widened)
    let fresh = mayBound ? changes.fresh.map { [$0] } ?? [] : []
    for range in fresh + changes.withdrawn {
      try add(
        "main.statement s NOT INDEXED WHERE s.id BETWEEN ?1 AND ?2", "l.id BETWEEN ?1 AND ?2",
        [.integer(range.lowerBound), .integer(range.upperBound)])
    }
  }

  /// Of whom it is to be found out anew when they were there.
  private enum Existing {
    case everybody
    case these(Set<Int64>)
  }

  /// The things of which something changed, and those that they follow.
  private func existenceTouched(
    _ changes: Dirty, _ cells: Set<Dirty.Cell>, _ entities: Set<Int64>
  ) throws(StoreProblem) -> Existing? {
    if state.late.existence { return nil }
    if !changes.types.isEmpty || !changes.properties.isEmpty { return .everybody }
    if cells.isEmpty, let subjects = try markedSubjects(changes) {
      return subjects.isEmpty ? nil : .these(try existenceProjector.existenceTouched(by: subjects))
    }
    var touched = entities.union(cells.map(\.subject))
    if !changes.statements.isEmpty {
      touched.formUnion(
        try db.integers(
          """
          SELECT DISTINCT s.subject FROM json_each(?1) j CROSS JOIN main.statement s ON s.id = j.value
          UNION SELECT s.object FROM json_each(?1) j
            CROSS JOIN main.statement s ON s.id = j.value AND s.property = '\(ExistenceMarks.succession)' AND s.object IS NOT NULL
          """, [.list(changes.statements.sorted())]))
    }
    let together = (changes.fresh.map { [$0] } ?? []) + changes.withdrawn
    if !together.isEmpty { touched.formUnion(changes.subjects) }
    // Who was merged counts as another now than when it was edited.
    let moving = try truth.hasIdentities() ? together : []
    for range in moving {
      touched.formUnion(
        try db.integers(
          "SELECT DISTINCT s.subject FROM main.statement s NOT INDEXED WHERE s.id BETWEEN ?1 AND ?2",
          [.integer(range.lowerBound), .integer(range.upperBound)]))
    }
    // Of most of them they are made together in less time than one by one.
    if touched.count > state.limits.oneByOne,
      let all = try db.integer("SELECT count(*) FROM main.entity_now"),
      touched.count > all / 2
    {
      // Whoever is nothing any more has no rows to be made.
      let list: [SQL] = [.list(touched.sorted())]
      let left = try db.integers(
        "SELECT j.value FROM json_each(?) j CROSS JOIN main.entity_now n ON n.id = j.value", list)
      if left.count > all / 2 { return .everybody }
      let there = try db.integers(
        "SELECT DISTINCT x.entity FROM json_each(?) j CROSS JOIN main.existence x ON x.entity = j.value", list
      )
      touched = Set(left).union(there)
    }
    if touched.isEmpty { return nil }
    return .these(try existenceProjector.existenceTouched(by: touched))
  }

  /// Of whom a few new claims, of no time and without rivals, may say when they were there; nil of other changes.
  private func markedSubjects(_ changes: Dirty) throws(StoreProblem) -> Set<Int64>? {
    guard changes.isOnlyFresh, !changes.freshHave.contains(.period), let values = changes.freshValues,
      try !truth.hasIdentities()
    else { return nil }
    let marks = try schemas.schemaRules(in: .main).marks
    let marking = Set((marks.properties + marks.succession).map(\.text) + [BuiltIn.type.text])
    return Set(values.filter { marking.contains($0.property) }.map(\.subject))
  }

  private static let ofYear = Facts.ofYear(where: "s.id BETWEEN ?1 AND ?2 AND s.qualifiers > 0")

  /// Finds the cells in which the claims that were recorded just now have rivals.
  private func addFresh(
    _ changes: Dirty, _ entities: Set<Int64>, _ cells: inout Set<Dirty.Cell>
  ) throws(StoreProblem) {
    guard let fresh = changes.fresh else { return }
    let (first, last) = (SQL.integer(fresh.lowerBound), SQL.integer(fresh.upperBound))
    if changes.freshHave.contains(.qualifiers) { try db.write(Self.ofYear, [first, last]) }
    guard let question = try undecidedQuestion(changes) else { return }
    // Where nothing is to be decided, the next to be asked is what they are called.
    if fresh.count <= state.limits.oneByOne, !entities.isEmpty {
      try db.ask(ahead: [question] + nameProjector.questionsAhead(of: entities))
    }
    cells.formUnion(try resolver.undecided(question).keys)
  }

  private func undecidedQuestion(_ changes: Dirty) throws(StoreProblem) -> SQLQuestion? {
    guard let fresh = changes.fresh else { return nil }
    let asked = changes.freshCells.asked
    // What was defined otherwise meanwhile, and who counts as another, decides too.
    if asked.count <= fresh.count / 4, changes.properties.isEmpty, changes.types.isEmpty,
      changes.identities.isEmpty, changes.moved.isEmpty, try !truth.hasIdentities()
    {
      if asked.isEmpty { return nil }
      return try resolver.undecidedQuestion(
        .cells(asked), in: .main, isOfMany: asked.count > state.limits.oneByOne)
    }
    return try resolver.undecidedQuestion(
      .rows(fresh), in: .main, areMany: fresh.count > state.limits.oneByOne)
  }

  /// As if nothing were a rival of anything; the cells are resolved afterwards.
  /// - Parameter fresh: those that are decided for the first time, by what is defined now.
  private func resetChosen(
    _ property: String, except fresh: ClosedRange<Int64>?, into cells: inout Set<Dirty.Cell>
  ) throws(StoreProblem) {
    let row = try db.rows(
      """
      SELECT DISTINCT f.subject FROM main.fact f
      WHERE f.property = ?1 AND (?2 IS NULL OR f.statement NOT BETWEEN ?2 AND ?3)
      """, [.text(property), SQL(fresh?.lowerBound), SQL(fresh?.upperBound)])
    while try row.next() { cells.insert(Dirty.Cell(subject: row.integer(0), property: property)) }
  }

  /// - Parameter fresh: those that are decided for the first time, by what is known of sources now.
  private func addCells(
    citing sources: Set<Int64>, except fresh: ClosedRange<Int64>?, to cells: inout Set<Dirty.Cell>
  ) throws(StoreProblem) {
    guard !sources.isEmpty else { return }
    let schema = try schemas.currentSchema()
    // Citations that ended were touched by what ended them.
    let row = try db.rows(
      """
      SELECT DISTINCT \(RecordedAs.countedSubject("s")), s.property,
        s.start_earliest < \(Day.distantFuture.number) OR s.chosen IS NOT NULL AND s.timed,
        s.chosen IS NOT NULL AND (s.denied OR s.kind = \(ValueKind.none.rawValue) OR s.end_latest IS NOT NULL)
      FROM citation c JOIN statement s ON s.id = c.statement
      WHERE c.source IN (SELECT j.value FROM json_each(?1) j
          UNION SELECT \(Identity.counted("j.value", in: "main")) FROM json_each(?1) j
          UNION SELECT i.id FROM json_each(?1) j
            CROSS JOIN main.identity_now i ON i.target = \(Identity.counted("j.value", in: "main")))
        AND (?2 IS NULL OR c.statement NOT BETWEEN ?2 AND ?3)
        AND (c.ended IS NULL OR c.id IN (SELECT l.id FROM main.life l WHERE l.thing = \(Thing.citation.rawValue)))
      """, [.list(sources.sorted()), SQL(fresh?.lowerBound), SQL(fresh?.upperBound)])
    var known: [Key: [Key]] = [:]
    while try row.next() {
      // Whether it is a plan depends on when its source came out, and whether it stands against a denial on its source.
      let (property, isBounding) = (row.key(1), row.flag(3))
      guard schema.hasRivals(property) || row.flag(2) || isBounding else { continue }
      // What bounds there ends what narrows it, unless it is passed over.
      let narrower = known[property] ?? schema.propertyAndNarrower(of: property)
      known[property] = narrower
      for property in narrower {
        cells.insert(Dirty.Cell(subject: row.integer(0), property: property.text))
      }
    }
  }
}

extension Schema {
  /// Whether values of the property can be rivals.
  func hasRivals(_ property: Key) -> Bool {
    properties[property].map { $0.cardinality != .many } ?? false
  }
}
