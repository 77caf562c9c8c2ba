internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Finds entities: which index or order a query goes by, and what a filter cannot decide.
struct EntityPlanner {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var pastScope: PastScope { PastScope(state) }
  var pathReader: PathReader { PathReader(state) }
  var schemas: SchemaReader { SchemaReader(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage {
    if let properties = query.groups { return try count(query, by: properties, times) }
    let query = try withStandIns(query, times)
    let scope = try pastScope.scope(times)
    let least = try readyForCandidates(query, scope, times)
    if least == nil { try pastScope.ready(query.isOfTypes(times) ? .types : .everything(), in: scope) }
    let holding = try pastScope.holding(scope, times)
    try readyDeepView(query, holding)
    let undecided: Undecided
    if let least { undecided = least } else { undecided = try countUndecided(query, scope, holding) }
    // What stands first in the order is enough where so many are found there as are asked for.
    if let first = try firstEntities(query, holding) {
      let rows = try read(query, times, holding, first)
      if rows.count == query.limit { return EntityPage(rows: rows, undecided: undecided) }
    }
    return EntityPage(rows: try read(query, times, holding, nil), undecided: undecided)
  }

  /// The query with what can be named in place of what it compares with: found first, since that is read by all sources.
  private func withStandIns(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityQuery {
    var query = query
    query.standIns = try pathReader.standIns(for: query.filter?.entities ?? [], query, times)
    return query
  }

  /// - Parameter first: who stands first in the order; nothing for all who can fit.
  private func read(
    _ query: EntityQuery, _ times: Times, _ holding: Holding, _ first: FirstEntities?
  ) throws(StoreProblem) -> [EntityPage.Row] {
    var compiler = try filterCompiler(holding.scope, query)
    let (certainty, evidence) = try sureness(query, times, holding, &compiler)
    let from: String
    if let first {
      from = try inOrder(first, query, holding, &compiler)
    } else {
      from = try all(query, holding, &compiler)
    }
    let limit = compiler.bind(.integer(Int64(query.limit ?? -1)))
    let offset = compiler.bind(.integer(Int64(query.offset)))
    let row = try db.rows(
      "SELECT e.key, e.type, e.name, \(certainty), \(evidence) FROM \(from) LIMIT \(limit) OFFSET \(offset)",
      compiler.arguments)
    var rows: [EntityPage.Row] = []
    while try row.next() {
      rows.append(
        EntityPage.Row(
          entity: EntityRecord(key: row.key(0), type: row.key(1), name: row.text(2)),
          certainty: row.flag(3) ? .certainly : .possibly, evidence: row.flag(4) ? .certainly : .possibly))
    }
    return rows
  }

  /// Whether the filter certainly holds of an entity, and whether by sources that were certainly out.
  private func sureness(
    _ query: EntityQuery, _ times: Times, _ holding: Holding, _ compiler: inout FilterCompiler
  ) throws(StoreProblem) -> (certainty: String, evidence: String) {
    var sure: (Holding, evident: Holding)?
    if times.on != nil {
      sure = (holding.needing(.dated), holding.needing(.certain))
    } else if query.tellsToCome, query.filter != nil {
      sure = (holding.leavingOutToCome, holding.leavingOutToCome.needing(.evident))
    }
    let certainty = try sure.map { (sure) throws(StoreProblem) in try isSure(query, sure.0, &compiler) }
    guard times.published != nil else { return (certainty ?? "1", "1") }
    let spoken = isSpokenOf(holding.needing(.evident)).map { "(\($0))" }
    let fitting = try query.filter.map { (filter) throws(StoreProblem) in
      "(\(try compiler.compile(filter, holding.needing(.evident))))"
    }
    let parts = [fitting, spoken].compactMap(\.self)
    let evidence = parts.isEmpty ? "1" : parts.joined(separator: " AND ")
    guard let sure, let certainty, query.filter != nil else { return (certainty ?? "1", evidence) }
    // What makes it certain must have been out: that something else was, which makes it only possible, is no help.
    let both = try isSure(query, sure.evident, &compiler)
    return (certainty, "CASE WHEN \(certainty) THEN \(both) ELSE \(evidence) END")
  }

  /// Those who stand first, of whom the filter is tested one after the other until there are enough.
  private func inOrder(
    _ first: FirstEntities, _ query: EntityQuery, _ holding: Holding, _ compiler: inout FilterCompiler
  ) throws(StoreProblem) -> String {
    var condition = (first.condition(&compiler) ?? "TRUE") + (try isThere(query, holding))
    if let filter = query.filter { condition += " AND (\(try compiler.compile(filter, holding)))" }
    // The limit inside keeps SQLite from sorting again.
    return "(\(try first.entities(&compiler))) e WHERE \(condition)"
  }

  /// Whether an entity is there as surely as is needed, and the filter holds of it so.
  private func isSure(
    _ query: EntityQuery, _ holding: Holding, _ compiler: inout FilterCompiler, unless stated: [String] = []
  ) throws(StoreProblem) -> String {
    let isThere = "TRUE" + (try isThere(query, holding, unless: stated))
    guard let filter = query.filter else { return isThere }
    return "(\(isThere)) AND (\(try compiler.compile(filter, holding)))"
  }

  /// Where fewer sources count, the condition that one of them speaks of an entity, and where that is needed, that it was certainly
  /// out; nil where all count.
  private func isSpokenOf(_ holding: Holding) -> String? {
    guard holding.scope == .temp, let past = state.memory.past, past.isWhole, past.needsEvidence else {
      return nil
    }
    if let views = past.views { return views.isSpokenOf("e.id", isCertain: holding.need.isOfEvidence) }
    let isCertain = holding.need.isOfEvidence ? " WHERE evidence = 2" : ""
    return "e.id IN (SELECT entity FROM temp.spoken\(isCertain))"
  }

  /// Where fewer sources count, that one of them speaks of an entity, and under a date that it is there, behind ` AND `. Of what
  /// begins or ends things, or follows them, it may be stated that they are not there.
  /// - Parameter stated: conditions on what is counted by, under each of which something is stated.
  func isThere(
    _ query: EntityQuery, _ holding: Holding, unless stated: [String] = []
  ) throws(StoreProblem) -> String {
    let condition = isSpokenOf(holding).map { " AND " + $0 } ?? ""
    guard holding.date != nil else { return condition }
    let lasting = Set(holding.lasting).subtracting(Holding.timeless)
    if !query.isOfWhatIsThere, query.filter?.asksWhatIsStated(of: lasting) == true { return condition }
    let isThere = holding.existence(
      "e.id", restsOnStatements: query.filter?.restsOnStatements(beside: Holding.timeless) == true)
    return condition + " AND (" + (stated + [isThere]).joined(separator: " OR ") + ")"
  }

  /// All who can fit, in their order.
  private func all(
    _ query: EntityQuery, _ holding: Holding, _ compiler: inout FilterCompiler
  ) throws(StoreProblem) -> String {
    let order = orderTerms(query.sort, &compiler, holding).map(\.text).joined(separator: ", ")
    let selection = try Selection(query, holding, &compiler)
    return
      "\(selection.entities) WHERE \(selection.condition)\(try isThere(query, holding)) ORDER BY \(order)"
  }

  private func count(
    _ query: EntityQuery, by properties: [Key], _ times: Times
  ) throws(StoreProblem) -> EntityPage {
    let query = try withStandIns(query, times)
    // A group also counts for its members, a part for its wholes.
    let pairs = properties.isEmpty ? [] : try standingPairs(query, times)
    let scope = try pastScope.scope(times)
    let least = try readyForCandidates(query, scope, times)
    let isOfTypes = properties.isEmpty && query.isOfTypes(times)
    if least == nil { try pastScope.ready(isOfTypes ? .types : .everything(), in: scope) }
    let holding = try pastScope.holding(scope, times)
    try readyDeepView(query, holding)
    let isToCome = pairs.isEmpty ? try isAnyToCome(query, by: properties, holding) : true
    if pairs.isEmpty, isToCome != true, let rows = try talliedRows(query, by: properties, holding) {
      var page = EntityPage(groups: rows, undecided: Undecided(0))
      page.mayCountToCome = isToCome == nil
      return page
    }
    var compiler = try filterCompiler(scope, query)
    let selection = try Selection(query, holding, &compiler)
    let group = try groupTerms(properties, pairs, scope, &compiler, holding)
    var counted = ", NULL"
    if holding.date == nil, query.tellsToCome, query.filter != nil || !properties.isEmpty {
      let isSure = "(\(try isSure(query, holding.leavingOutToCome, &compiler)))" + group.certain
      counted = ", count(DISTINCT CASE WHEN \(isSure) THEN e.id END)"
    } else if holding.date != nil {
      let certain =
        "(\(try isSure(query, holding.needing(.certain), &compiler, unless: group.stated)))" + group.certain
      counted = ", count(DISTINCT CASE WHEN \(certain) THEN e.id END)"
    }
    let limit = compiler.bind(.integer(Int64(query.limit ?? -1)))
    let offset = compiler.bind(.integer(Int64(query.offset)))
    let row = try db.rows(
      """
      SELECT \(properties.isEmpty ? "count(*)" : "count(DISTINCT e.id)")\(counted)\(group.selection)
      FROM \(selection.entities)\(group.joins)
      WHERE \(selection.condition)\(try isThere(query, holding, unless: group.stated))\(group.grouping)
      ORDER BY 1 DESC\(group.order) LIMIT \(limit) OFFSET \(offset)
      """, compiler.arguments)
    var rows: [EntityPage.Group] = []
    /// The rows of entities or of statements that say what a group is of.
    var groups: [[(object: Int64?, statement: Int64?)]] = []
    while try row.next() {
      groups.append(
        properties.indices.map { (row.optionalInteger(3 + 2 * $0), row.optionalInteger(2 + 2 * $0)) })
      let count = Int(row.integer(0))
      rows.append(
        EntityPage.Group(values: [], count: count, certain: row.optionalInteger(1).map(Int.init) ?? count))
    }
    let keys = try keys(ofEntities: groups.joined().compactMap(\.object), scope)
    let said = try values(
      ofStatements: groups.joined().compactMap { $0.object == nil ? $0.statement : nil }, scope)
    for (index, group) in groups.enumerated() {
      rows[index].values = group.map { part in
        if let object = part.object { return .entity(keys[object] ?? Key(unchecked: "")) }
        return part.statement.flatMap { said[$0] }
      }
    }
    if let least { return EntityPage(groups: rows, undecided: least) }
    return EntityPage(groups: rows, undecided: try countUndecided(query, scope, holding))
  }

  /// From which rows a query takes its entities `e`, and on what condition.
  private struct Selection {
    var entities: String
    var condition: String

    init(_ query: EntityQuery, _ holding: Holding, _ compiler: inout FilterCompiler) throws(StoreProblem) {
      entities = "\(compiler.scope.rawValue).entity_now e"
      condition = query.types.map { "e.type IN \(compiler.bind($0))" } ?? "TRUE"
      guard let filter = query.filter else { return }
      // Joined crosswise, so that the few who can fit come first and not all of a type.
      if let candidates = try compiler.candidates(filter) {
        entities =
          "(SELECT DISTINCT subject FROM (\(candidates))) who CROSS JOIN \(entities) ON e.id = who.subject"
      }
      condition += " AND (\(try compiler.compile(filter, holding)))"
    }
  }

  func filterCompiler(_ scope: Scope, _ query: EntityQuery) throws(StoreProblem) -> FilterCompiler {
    let find: (Key) throws(StoreProblem) -> Int64? = { key throws(StoreProblem) in
      try truth.findEntityID(key, in: scope)
    }
    return FilterCompiler(
      scope: scope, schema: try schemas.readSchema(in: scope), standIns: query.standIns,
      isDeep: query.filter?.isDeep ?? false, isViewed: state.isViewed(scope), findID: find)
  }

  /// The order, in which what has no value comes last, and the key parts what is equal.
  func orderTerms(
    _ sort: [EntityQuery.Sort], _ compiler: inout FilterCompiler, _ holding: Holding
  ) -> [OrderTerm] {
    var terms: [OrderTerm] = []
    for sort in sort {
      switch sort.field {
      case .key: terms.append(OrderTerm(value: "e.key", descending: sort.descending))
      case .name:
        terms.append(OrderTerm(value: "alphabetical(e.name)", descending: sort.descending))
        terms.append(OrderTerm(value: "e.name", descending: sort.descending))
      case .type: terms.append(OrderTerm(value: "e.type", descending: sort.descending))
      case .property(let property):
        let value = sortValue(property, &compiler, holding)
        terms.append(OrderTerm(value: "\(value) IS NULL", descending: false))
        terms.append(OrderTerm(value: value, descending: sort.descending))
      }
    }
    return terms + [OrderTerm(value: "e.key", descending: false)]
  }

  private func sortValue(_ property: Key, _ compiler: inout FilterCompiler, _ holding: Holding) -> String {
    sorting(nil, by: property, &compiler, holding)
  }

  /// By what values of a property are put in order.
  private func sortKey(_ property: Key, _ compiler: inout FilterCompiler) -> String {
    if case .choice(let words)? = compiler.schema.properties[property]?.range {
      return "(SELECT w.key FROM json_each(\(compiler.bind(.list(words)))) w WHERE w.value = f.text)"
    }
    let text = "coalesce(n.name, f.text)"
    return "coalesce(f.low_key, f.high_key, alphabetical(\(text)) || char(1) || \(text))"
  }

  /// What the fact by which `e` is sorted says: that with the least value of those that count.
  /// - Parameter wanted: a column of the fact `f`; nil for the value itself, by what it is put in order.
  func sorting(
    _ wanted: String?, by property: Key, _ compiler: inout FilterCompiler, _ holding: Holding
  ) -> String {
    let scope = compiler.scope.rawValue
    let value = sortKey(property, &compiler)
    return """
      (SELECT \(wanted ?? value) FROM \(scope).fact f
          LEFT JOIN \(scope).entity_now n ON n.id = f.object
        WHERE f.subject = e.id AND f.property IN \(compiler.bind(compiler.schema.propertyAndNarrower(of: property)))
          AND f.claimed AND f.kind < 4\(holding.counts("f")) ORDER BY \(value), f.statement LIMIT 1)
      """
  }

  /// A statement's value, and what it counts for besides.
  private struct StandingPair {
    var named: Key
    var asked: Key
    var standIn: StandIn
  }

  private func standingPairs(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> [StandingPair] {
    var pairs: [StandingPair] = []
    if query.includingGroups {
      for path in try pathReader.groupPaths(of: nil, in: nil, times) {
        guard let group = path.groups.last else { continue }
        pairs.append(StandingPair(named: group, asked: path.member, standIn: StandIn(group, path)))
      }
    }
    if query.includingParts {
      for path in try pathReader.partPaths(of: nil, in: nil, times) {
        guard let whole = path.groups.last else { continue }
        pairs.append(StandingPair(named: path.member, asked: whole, standIn: StandIn(path.member, path)))
      }
    }
    return pairs
  }

  private func groupTerms(
    _ properties: [Key], _ pairs: [StandingPair], _ scope: Scope, _ compiler: inout FilterCompiler,
    _ holding: Holding
  ) throws(StoreProblem) -> (
    selection: String, joins: String, grouping: String, order: String, certain: String, stated: [String]
  ) {
    var (selection, joins, groups, order) = ("", "", [String](), "")
    var certain = ""
    // In a group with a value that has a time something is stated; in that of those without nothing is.
    var stated: [String] = []
    let surely = holding.needing(.certain)
    var standing: String?
    if !pairs.isEmpty { standing = compiler.bind(try rows(of: pairs, scope)) }
    for (index, property) in properties.enumerated() {
      let fact = "g\(index)"
      // What a fact gives as its value: its own, or what that stands for.
      let (object, text) =
        standing == nil ? ("\(fact).object", "\(fact).text") : ("\(fact).asked", "\(fact).asked_text")
      selection += ", min(\(fact).statement), \(object)"
      let properties = compiler.schema.propertyAndNarrower(of: property)
      let facts =
        standing.map { Self.facts(standingFor: $0, scope, compiler.bind(properties)) }
        ?? "\(scope.rawValue).fact"
      joins += """
         LEFT JOIN \(facts) \(fact) ON \(fact).subject = e.id
          AND \(fact).property IN \(compiler.bind(properties)) AND \(fact).claimed\
        \(holding.counts(fact))\(compiler.isValue(fact, of: properties))
        """
      if holding.date == nil {
        certain += " AND (\(fact).statement IS NULL OR NOT (\(holding.isToCome(fact))))"
      } else {
        let isSure = standing == nil ? "" : " AND \(fact).surely"
        certain += " AND (\(fact).statement IS NULL OR TRUE\(surely.counts(fact))\(isSure))"
        if Holding.timeless.isDisjoint(with: properties) { stated.append("\(fact).statement IS NOT NULL") }
      }
      groups.append("\(fact).kind, \(object), \(text)")
      order += ", \(fact).kind IS NULL, \(Self.alphabetical(text, ofKind: "\(fact).kind"))"
    }
    return (
      selection, joins, groups.isEmpty ? "" : " GROUP BY " + groups.joined(separator: ", "), order, certain,
      stated
    )
  }

  /// Facts with their own value, and again with each that it stands for while the fact holds.
  private static func facts(standingFor pairs: String, _ scope: Scope, _ properties: String) -> String {
    """
    (SELECT f.*, f.object AS asked, f.text AS asked_text, 1 AS surely FROM \(scope.rawValue).fact f
        WHERE f.property IN \(properties)
      UNION ALL SELECT f.*, j.value ->> 1, j.value ->> 2, j.value ->> 5 FROM json_each(\(pairs)) j
        CROSS JOIN \(scope.rawValue).fact f ON f.property IN \(properties) AND f.object = j.value ->> 0
          AND max(j.value ->> 3, f.start_earliest) <= min(j.value ->> 4, f.end_latest))
    """
  }

  private func rows(of pairs: [StandingPair], _ scope: Scope) throws(StoreProblem) -> SQL {
    let ids = try truth.findEntityIDs(Set(pairs.flatMap { [$0.named, $0.asked] }).sorted(), in: scope)
    var rows: [String] = []
    for pair in pairs {
      guard let named = ids[pair.named], let asked = ids[pair.asked] else { continue }
      let bounds = pair.standIn.bounds
      rows.append(
        """
        [\(named),\(asked),"\(pair.asked)",\(bounds.startEarliest.number),\(bounds.endLatest.number),\
        \(pair.standIn.certainty == .certainly ? 1 : 0)]
        """)
    }
    return .text("[" + rows.joined(separator: ",") + "]")
  }

  /// The order of values that are counted equally often: texts by the alphabet, keys and dates as they are written.
  static func alphabetical(_ text: String, ofKind kind: String) -> String {
    "CASE \(kind) WHEN \(ValueKind.text.rawValue) THEN alphabetical(\(text)) ELSE \(text) END, \(text)"
  }

  private func keys(ofEntities ids: [Int64], _ scope: Scope) throws(StoreProblem) -> [Int64: Key] {
    guard !ids.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT e.id, e.key FROM json_each(?) j CROSS JOIN \(scope.rawValue).entity_key e ON e.id = j.value
      """, [.list(Set(ids).sorted())])
    var found: [Int64: Key] = [:]
    while try row.next() { found[row.integer(0)] = row.key(1) }
    return found
  }

  private func values(ofStatements ids: [Int64], _ scope: Scope) throws(StoreProblem) -> [Int64: Value] {
    guard !ids.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT s.id, \(ValueColumns.selection("s", object: "o")) FROM json_each(?) j
        CROSS JOIN main.statement s ON s.id = j.value
        LEFT JOIN \(scope.rawValue).entity_key o ON o.id = s.object
      """, [.list(Set(ids).sorted())])
    var found: [Int64: Value] = [:]
    while try row.next() { found[row.integer(0)] = ValueColumns.read(row, at: 1) }
    return found
  }
}

extension EntityQuery {
  /// Whether it asks no more of entities than of what type they are.
  func isOfTypes(_ times: Times) -> Bool {
    filter == nil && times.on == nil
      && sort.allSatisfy { if case .property = $0.field { false } else { true } }
  }
}

/// What an answer is sorted by.
struct OrderTerm {
  var value: String
  var descending: Bool
  var text: String { value + (descending ? " DESC" : "") }
}
