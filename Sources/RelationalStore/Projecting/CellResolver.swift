internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Which of several rivals is chosen, and when each holds, by the rules of `CellTimelines`.
///
/// Most statements stand alone in their cell: they are chosen unless they are deprecated, and hold by their own period.
/// The others are loaded and put to the rules; when each of them holds is kept in `timeline` (`fact.timed`).
struct CellResolver {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var schemas: SchemaReader { SchemaReader(state) }
  private var loader: StatementLoader { StatementLoader(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Resolves those of some cells in which there is something to decide, and puts the others as they are alone.
  func resolveTouched(_ cells: Set<Dirty.Cell>) throws(StoreProblem) {
    guard !cells.isEmpty else { return }
    let row = try db.rows(
      """
      SELECT f.subject, f.property, max(f.timed OR f.chosen != (f.claimed AND f.rank >= 0))
      FROM json_each(?1) j CROSS JOIN main.fact f
        ON f.subject = json_extract(j.value, '$[0]') AND f.property = json_extract(j.value, '$[1]')
      GROUP BY j.key
      """, [.list(cells)])
    var touched: Set<Dirty.Cell> = []
    var decided: [Dirty.Cell] = []
    while try row.next() {
      let cell = Dirty.Cell(subject: row.integer(0), property: row.text(1))
      touched.insert(cell)
      if row.flag(2) { decided.append(cell) }
    }
    for cell in decided {
      let arguments: [SQL] = [.integer(cell.subject), .text(cell.property)]
      try db.write(
        """
        DELETE FROM main.timeline WHERE statement IN (
          SELECT id FROM main.statement WHERE subject = ? AND property = ? AND timed)
        """, arguments)
      try db.write(
        """
        UPDATE main.statement SET chosen = claimed AND rank >= 0, timed = 0
        WHERE subject = ? AND property = ? AND chosen IS NOT NULL
        """, arguments)
    }
    try resolve(try undecided(touched, in: .main), in: .main)
  }

  /// Resolves cells, each with the statements that there is something to decide of.
  func resolve(_ cells: [Dirty.Cell: [Int64]], in scope: Scope) throws(StoreProblem) {
    var resolved = Resolved()
    try eachGroup(of: cells, in: scope) { (group, rules, row) throws(StoreProblem) in
      let chosen = rules.chosen
      let lost = group.filter { $0.isClaimed && $0.rank != .deprecated && !chosen.contains($0.id) }
      resolved.lost += lost.compactMap { row[$0.id] }
      if !rules.isPlain {
        resolved.timed += group.compactMap { row[$0.id] }
        for (id, timeline) in rules.timelines(of: group) {
          guard let statement = row[id] else { continue }
          for stretch in timeline.stretches {
            resolved.add(stretch, of: statement, by: stretch.verdict.by.flatMap { row[$0] })
          }
        }
      }
      if resolved.count >= Self.mostAtOnce {
        try write(resolved, in: scope)
        resolved = Resolved()
      }
    }
    try write(resolved, in: scope)
  }

  /// Of how many statements what belongs to them is read, or written, at once.
  private static var mostAtOnce: Int { 2_000 }

  /// What the rules found, before it is written.
  private struct Resolved {
    /// The statements that are not chosen.
    var lost: [Int64] = []
    /// Those of which it is written down when they hold.
    var timed: [Int64] = []
    /// The rows of `timeline`, as lists in JSON.
    private(set) var stretches: [String] = []
    var count: Int { lost.count + timed.count + stretches.count }

    mutating func add(_ stretch: Timeline.Stretch, of statement: Int64, by other: Int64?) {
      func number(_ number: Int64?) -> String { number.map { "\($0)" } ?? "null" }
      let verdict = stretch.verdict
      stretches.append(
        """
        [\(statement),\(stretch.first.number),\(stretch.last.number),\(verdict.sureness.rawValue),\
        \(verdict.reason.rawValue),\(number(verdict.day?.number)),\(number(other))]
        """)
    }
  }

  private func write(_ resolved: Resolved, in scope: Scope) throws(StoreProblem) {
    let name = scope.rawValue
    let isViewed = state.isViewed(scope)
    for (change, statements) in [("chosen = 0", resolved.lost), ("timed = 1", resolved.timed)]
    where !statements.isEmpty {
      let facts = scope == .main ? "main.statement" : isViewed ? "temp.decided" : "temp.fact"
      let row = scope == .main ? "id" : "statement"
      try db.write(
        "UPDATE \(facts) SET \(change) WHERE \(row) IN (SELECT value FROM json_each(?))", [.list(statements)])
    }
    if resolved.stretches.isEmpty { return }
    try db.write(
      """
      INSERT INTO \(name).\(isViewed ? "timeline_then" : "timeline")
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(?)
      """, [.text("[" + resolved.stretches.joined(separator: ",") + "]")])
  }

  /// Puts cells to the rules, each with the statements that there is something to decide of.
  /// - Parameter visit: is given statements that can bear on one another, what the rules say of them, and their rows.
  func eachGroup(
    of cells: [Dirty.Cell: [Int64]], in scope: Scope,
    _ visit: ([StatementRecord], CellTimelines, [StatementID: Int64]) throws(StoreProblem) -> Void
  ) throws(StoreProblem) {
    try eachGroupSaid(of: cells, in: scope) { said throws(StoreProblem) in
      let group = said.group.map(\.record)
      let row = Dictionary(
        (said.group + said.broader).map { ($0.record.id, $0.row) }, uniquingKeysWith: { first, _ in first })
      try visit(
        group,
        CellTimelines(group, broader: said.broader.map(\.record), said.definition) { said.standings[$0] },
        row)
    }
  }

  /// What is said that can bear on one another, of one property of one subject.
  struct GroupSaid {
    var group: [LoadedStatement]
    /// What is said of the properties that it narrows.
    var broader: [LoadedStatement]
    var definition: PropertyDefinition
    var standings: [Key: SourceStanding]
  }

  /// Visits what is said in cells, by what can bear on one another.
  func eachGroupSaid(
    of cells: [Dirty.Cell: [Int64]], in scope: Scope, _ visit: (GroupSaid) throws(StoreProblem) -> Void
  ) throws(StoreProblem) {
    guard !cells.isEmpty else { return }
    let schema = try schemas.readSchema(in: scope)
    var part: [(cell: Dirty.Cell, definition: PropertyDefinition)] = []
    var rows: [Int64] = []
    for (cell, statements) in cells {
      guard let definition = schema.properties[Key(unchecked: cell.property)] else { continue }
      part.append((cell, definition))
      rows += statements
      if rows.count >= Self.mostAtOnce {
        try eachGroupSaid(of: part, rows, schema, in: scope, visit)
        (part, rows) = ([], [])
      }
    }
    if !part.isEmpty { try eachGroupSaid(of: part, rows, schema, in: scope, visit) }
  }

  /// - Parameter rows: the statements of all of the cells.
  private func eachGroupSaid(
    of cells: [(cell: Dirty.Cell, definition: PropertyDefinition)], _ rows: [Int64], _ schema: Schema,
    in scope: Scope, _ visit: (GroupSaid) throws(StoreProblem) -> Void
  ) throws(StoreProblem) {
    func byCell(_ loaded: [LoadedStatement]) -> [Dirty.Cell: [LoadedStatement]] {
      Dictionary(grouping: loaded) {
        Dirty.Cell(subject: $0.subject, property: $0.record.statement.property.text)
      }
    }
    func wider(_ cell: Dirty.Cell) -> [Dirty.Cell] {
      schema.propertyAndBroader(of: Key(unchecked: cell.property)).dropFirst().sorted().map {
        Dirty.Cell(subject: cell.subject, property: $0.text)
      }
    }
    let said = byCell(
      try loader.load(in: scope, where: "f.statement IN (SELECT value FROM json_each(?))", [.list(rows)]))
    let bounds = try standing(
      byCell(try bounding(Set(cells.flatMap { wider($0.cell) }), in: scope)), in: scope)
    let standings = try standings(
      of: (Array(said.values.joined()) + bounds.values.joined()).map(\.record), in: scope)
    for (cell, definition) in cells {
      let loaded = said[cell] ?? []
      let broader = wider(cell).flatMap { bounds[$0] ?? [] }
      let byID = Dictionary(loaded.map { ($0.record.id, $0) }, uniquingKeysWith: { first, _ in first })
      for group in definition.groups(loaded.map(\.record)) {
        try visit(
          GroupSaid(
            group: group.compactMap { byID[$0.id] }, broader: broader, definition: definition,
            standings: standings))
      }
    }
  }

  /// Of what bounds what narrows a property what stands there: what was passed over ends nothing.
  private func standing(
    _ bounds: [Dirty.Cell: [LoadedStatement]], in scope: Scope
  ) throws(StoreProblem) -> [Dirty.Cell: [LoadedStatement]] {
    if bounds.isEmpty { return bounds }
    var decided: Set<Int64> = []
    var standing: [Int64: StatementRecord] = [:]
    try eachGroup(of: try undecided(Set(bounds.keys), in: scope), in: scope) { (group, rules, rows) in
      for record in group {
        guard let row = rows[record.id] else { continue }
        decided.insert(row)
        standing[row] = rules.standing(record)
      }
    }
    return bounds.mapValues { loaded in
      loaded.compactMap { one in
        guard decided.contains(one.row) else { return one }
        return standing[one.row].map { record in
          var copy = one
          copy.record = record
          return copy
        }
      }
    }
  }

  /// What bounds what narrows the properties of some cells: denials, whole lists and ends.
  private func bounding(_ cells: Set<Dirty.Cell>, in scope: Scope) throws(StoreProblem) -> [LoadedStatement] {
    if cells.isEmpty { return [] }
    return try loader.load(
      in: scope,
      where: """
        f.statement IN (SELECT b.statement FROM json_each(?) j CROSS JOIN \(state.facts(.bounding, in: scope)) b
          ON b.subject = j.value ->> 0 AND b.property = j.value ->> 1)
        """, [.list(cells)])
  }

  /// Fills in how each stands among its rivals.
  func tellStanding(_ loaded: inout [LoadedStatement], _ scope: Scope) throws(StoreProblem) {
    let schema = try schemas.readSchema(in: scope)
    var asked: [Int64: Set<String>] = [:]
    for one in loaded { asked[one.subject, default: []].insert(one.record.statement.property.text) }
    // A word on a property may stand against what narrows it.
    let pairs = asked.sorted { $0.key < $1.key }.flatMap { subject, properties in
      properties.sorted().flatMap { property in
        schema.propertyAndBroader(of: Key(unchecked: property)).map {
          "[\(subject),\"\(property)\",\"\($0.text)\"]"
        }
      }
    }
    let row = try db.rows(
      """
      SELECT DISTINCT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]')
      FROM json_each(?1) j CROSS JOIN \(state.facts(.contested, in: scope)) f
        ON f.subject = json_extract(j.value, '$[0]') AND f.property = json_extract(j.value, '$[2]')
      """, [.text("[" + pairs.joined(separator: ",") + "]")])
    var cells: Set<Dirty.Cell> = []
    while try row.next() { cells.insert(Dirty.Cell(subject: row.integer(0), property: row.text(1))) }
    var found: [StatementID: Standing] = [:]
    try eachGroup(of: try undecided(cells, in: scope), in: scope) { (group, rules, _) in
      found.merge(rules.standings(of: group)) { first, _ in first }
    }
    for index in loaded.indices {
      let record = loaded[index].record
      loaded[index].record.standing =
        found[record.id] ?? (record.rank == .deprecated ? Standing(.deprecated) : nil)
    }
  }

  /// The cells among some in which there is something to decide, each with the statements of which.
  ///
  /// Of what has rivals, all statements of a cell of several; of what is many, those whose value is said twice or denied;
  /// and all that a denial, a whole list or an end of the property or a broader one bounds, all forecasts, and all that its
  /// sources say before it begins.
  func undecided(_ cells: Set<Dirty.Cell>, in scope: Scope) throws(StoreProblem) -> [Dirty.Cell: [Int64]] {
    guard !cells.isEmpty else { return [:] }
    return try undecided(.cells(cells), in: scope, isOfMany: cells.count > state.limits.oneByOne)
  }

  func undecided(
    _ looked: FactsLookedAt, in scope: Scope, areMany: Bool = false, isOfMany: Bool? = nil
  ) throws(StoreProblem) -> [Dirty.Cell: [Int64]] {
    try undecided(try undecidedQuestion(looked, in: scope, areMany: areMany, isOfMany: isOfMany))
  }

  func undecided(_ question: SQLQuestion) throws(StoreProblem) -> [Dirty.Cell: [Int64]] {
    let row = try db.rows(question)
    var found: [Dirty.Cell: [Int64]] = [:]
    while try row.next() {
      found[Dirty.Cell(subject: row.integer(0), property: row.text(1)), default: []].append(row.integer(2))
    }
    return found
  }

  /// - Parameters:
  ///   - areMany: whether it is worth while to learn first which properties have anything that bounds, and which statements
  ///     say what is to come.
  ///   - isOfMany: whether it is worth while to learn first when the first source came out.
  func undecidedQuestion(
    _ looked: FactsLookedAt, in scope: Scope, areMany: Bool = false, isOfMany: Bool? = nil
  ) throws(StoreProblem) -> SQLQuestion {
    let rules = try schemas.schemaRules(in: scope)
    let name = scope.rawValue
    var more: [SQL] = []
    let bounded = areMany ? try boundedProperties(rules, in: scope) : nil
    // What views tell is looked for by the indexes of now, and tested.
    let isViewed = state.isViewed(scope)
    let hasBounds = bounded?.isEmpty != true
    // A server that knows nothing yet of many ends would go through all of them for each cell.
    let hasBoundsTogether = hasBounds && !db.isFarAway
    let together =
      !isViewed && looked.areTogether(in: scope, areMany: areMany)
      ? CellsTogether(scope: scope, looked: looked, hasBounds: hasBoundsTogether) : nil
    let others = isViewed ? "main.fact o" : "\(name).fact o"
    func stands(_ condition: String = "TRUE") -> String {
      isViewed
        ? " AND EXISTS(SELECT 1 FROM temp.fact x WHERE x.statement = o.statement AND \(condition))" : ""
    }
    let bounding = "\(Facts.only(.bounding, in: isViewed ? .main : scope)) o"
    let bounds = stands(Facts.Part.bounding.condition(in: .temp, "x"))
    let ofValue = "(o.kind = \(ValueKind.none.rawValue) OR o.object IS f.object AND o.text IS f.text)"
    var reasons = [
      "f.denied OR f.kind = \(ValueKind.none.rawValue)",
      """
      f.start_earliest > ?4 AND f.start_earliest < \(Day.distantFuture.number)
        AND f.start_earliest > \(Published.latest(of: "f", in: name))
      """,
      """
      f.property IN (SELECT value FROM json_each(?1)) AND EXISTS(SELECT 1 FROM \(name).fact o
        WHERE o.subject = f.subject AND o.property = f.property AND o.statement != f.statement)
      """,
      together?.isNamedTwice ?? """
        f.object IS NOT NULL AND EXISTS(SELECT 1 FROM \(others)
          WHERE o.subject = f.subject AND o.property = f.property AND o.chosen IN (0, 1) AND o.kind = 0
            AND o.object = f.object AND o.statement != f.statement\(stands()))
        """,
    ]
    // What none of them is need not be asked of each.
    if !areMany {
      reasons.append(
        """
        EXISTS(SELECT 1 FROM main.statement s WHERE s.id = f.statement AND (s.forecast OR s.qualifiers > 0
          AND EXISTS(SELECT 1 FROM main.qualifier q
            WHERE q.statement = s.id AND q.property = '\(BuiltIn.forecast)')))
        """)
    } else {
      let rows = if case .rows(let rows) = looked { rows } else { 0...Int64.max }
      let whole: [SQL] = [.integer(rows.lowerBound), .integer(rows.upperBound)]
      if try db.integer(Self.forecasts("?1", "?2") + " LIMIT 1", whole) != nil {
        more = whole
        reasons.append("f.statement IN (\(Self.forecasts("?6", "?7")))")
      }
    }
    if let together, hasBoundsTogether {
      reasons += [together.isBounded, together.isBoundedByBroader]
    } else if hasBounds {
      reasons += [
        """
        (?5 IS NULL OR f.property IN (SELECT value FROM json_each(?5)))
          AND EXISTS(SELECT 1 FROM \(bounding)
            WHERE o.subject = f.subject AND o.property = f.property\(bounds)
              AND \(ofValue) AND o.statement != f.statement)
        """,
        """
        f.property IN (SELECT property FROM kin)
          AND EXISTS(SELECT 1 FROM kin k CROSS JOIN \(bounding)
              ON o.subject = f.subject AND o.property = k.broader\(bounds)
            WHERE k.property = f.property AND \(ofValue))
        """,
      ]
    }
    // What was denied, and is not now, is not found by those indexes.
    if isViewed, state.memory.past?.views?.hasRestated == true {
      reasons.append(
        """
        EXISTS(SELECT 1 FROM temp.fact o
          WHERE o.statement IN (SELECT s.statement FROM temp.stood s WHERE s.denied) AND o.subject = f.subject AND \(ofValue) AND (o.property = f.property AND o.statement != f.statement
            OR EXISTS(SELECT 1 FROM kin k WHERE k.property = f.property AND k.broader = o.property)))
        """)
    }
    return SQLQuestion(
      """
      WITH kin(property, broader) AS MATERIALIZED (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?3)
        WHERE ?5 IS NULL OR json_extract(value, '$[1]') IN (SELECT value FROM json_each(?5)))\(together?.tables ?? "")
      SELECT f.subject, f.property, f.statement FROM \(looked.facts(in: scope)) AND (\(reasons.map { "(\($0))" }.joined(separator: " OR ")))
      ORDER BY f.subject, f.property, f.statement
      """,
      [
        rules.rivals, looked.argument, rules.kin,
        .integer(try firstPublished(in: scope, forMany: isOfMany ?? areMany)),
        bounded.map { .list($0) } ?? .null,
      ] + more)
  }

  /// The statements that say what is to come, of those between two rows.
  private static func forecasts(_ first: String, _ last: String) -> String {
    """
    SELECT s.id FROM main.statement s NOT INDEXED WHERE s.id BETWEEN \(first) AND \(last) AND s.forecast
    UNION ALL SELECT q.statement FROM main.qualifier q
      WHERE q.statement BETWEEN \(first) AND \(last) AND q.property = '\(BuiltIn.forecast)'
    """
  }

  /// The properties of which some fact bounds others.
  private func boundedProperties(_ rules: SchemaRules, in scope: Scope) throws(StoreProblem) -> [String] {
    let row = try db.rows(
      """
      SELECT p.value FROM json_each(?) p WHERE EXISTS(
        SELECT 1 FROM \(state.facts(.bounding, in: scope)) o WHERE o.property = p.value)
      """, [rules.properties])
    var found: [String] = []
    while try row.next() { found.append(row.text(0)) }
    return found
  }

  /// The first day on which a source can have come out: what began before it is no plan, and its own sources need not be
  /// looked up.
  /// - Parameter isForMany: whether that saves more than it costs: all sources are read for it.
  func firstPublished(in scope: Scope, forMany isForMany: Bool = true) throws(StoreProblem) -> Int64 {
    guard isForMany else { return Day.distantPast.number }
    return try db.integer(
      "SELECT min(coalesce(published_latest, retrieved_latest)) FROM \(scope.rawValue).source_now")
      ?? Day.distantFuture.number
  }

  /// The cells in which there is something to decide, of everybody or of some.
  func undecidedCells(
    in scope: Scope, of entities: [Int64]? = nil
  ) throws(StoreProblem) -> [Dirty.Cell: [Int64]] {
    try undecided(
      entities.map { .entities($0) } ?? .all, in: scope, areMany: entities == nil,
      isOfMany: entities.map { $0.count > state.limits.oneByOne } ?? true)
  }

  /// What is known of the pages that these cite.
  private func standings(
    of records: [StatementRecord], in scope: Scope
  ) throws(StoreProblem) -> [Key: SourceStanding] {
    var known = scope == .main ? state.memory.standings : state.memory.past?.standings ?? [:]
    let missing = Set(records.flatMap(\.citations).map(\.book)).subtracting(known.keys)
    guard !missing.isEmpty else { return known }
    for (page, data) in try loader.sources(missing, of: scope) { known[page] = SourceStanding(data) }
    if scope == .main { state.memory.standings = known } else { state.memory.past?.standings = known }
    return known
  }
}
