public import RegistryModel
import RegistryRules
public import RegistryStore

extension SQLiteRegistry {
  public func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage {
    let scope = try scope(times)
    let least = try readyForCandidates(query, scope, times)
    if least == nil { try ready(.everything(groups: query.includingGroups), in: scope) }
    let holding = try holding(scope, times)
    let undecided: Undecided
    if let least { undecided = least } else { undecided = try countUndecided(query, scope, holding) }
    // What stands first in the order is enough where so many are found there as are asked for.
    if let first = try firstEntities(query, holding) {
      let rows = try read(query, times, holding, first)
      if rows.count == query.limit { return EntityPage(rows: rows, undecided: undecided) }
    }
    return EntityPage(rows: try read(query, times, holding, nil), undecided: undecided)
  }

  /// - Parameter first: who stands first in the order; nothing for all who can fit.
  private func read(
    _ query: EntityQuery, _ times: Times, _ holding: Holding, _ first: FirstEntities?
  ) throws(StoreProblem) -> [EntityPage.Row] {
    var compiler = try filterCompiler(holding.scope, query)
    var certainty = "1"
    if times.on != nil { certainty = try certain(query, holding, &compiler) }
    var evidence = "1"
    if times.published != nil {
      if let filter = query.filter {
        evidence = try compiler.compile(filter, holding.needing(.evident))
      } else if memory.past?.isWhole == true {
        evidence = "(SELECT s.evidence FROM temp.spoken s WHERE s.entity = e.id) = 2"
      }
    }
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

  /// Those who stand first, of whom the filter is tested one after the other until there are enough.
  private func inOrder(
    _ first: FirstEntities, _ query: EntityQuery, _ holding: Holding, _ compiler: inout FilterCompiler
  ) throws(StoreProblem) -> String {
    var condition = (first.condition(&compiler) ?? "TRUE") + isThere(query, holding)
    if let filter = query.filter { condition += " AND (\(try compiler.compile(filter, holding)))" }
    // The limit inside keeps SQLite from sorting again.
    return "(\(try first.entities(&compiler))) e WHERE \(condition)"
  }

  /// Whether an entity is there for certain, and the filter certainly holds of it.
  private func certain(
    _ query: EntityQuery, _ holding: Holding, _ compiler: inout FilterCompiler
  ) throws(StoreProblem) -> String {
    let certain = holding.needing(.certain)
    let isThere = "TRUE" + isThere(query, certain)
    guard let filter = query.filter else { return isThere }
    return "(\(isThere)) AND (\(try compiler.compile(filter, certain)))"
  }

  /// Where fewer sources count, that one of them speaks of an entity, and under a date that it is there, behind ` AND `. A filter on what begins or ends things, or follows them,
  /// asks of those too that are not.
  func isThere(_ query: EntityQuery, _ holding: Holding) -> String {
    var condition = ""
    if holding.scope == .temp, let past = memory.past, past.isWhole, past.needsEvidence {
      condition = " AND e.id IN (SELECT entity FROM temp.spoken)"
    }
    guard holding.date != nil else { return condition }
    if let filter = query.filter,
      filter.asks(of: Set(holding.lasting).subtracting([BuiltIn.name, BuiltIn.type]))
    {
      return condition
    }
    return condition + " AND " + holding.existence("e.id")
  }

  /// All who can fit, in their order.
  private func all(
    _ query: EntityQuery, _ holding: Holding, _ compiler: inout FilterCompiler
  ) throws(StoreProblem) -> String {
    let order = orderTerms(query.sort, &compiler, holding).map(\.text).joined(separator: ", ")
    let selection = try Selection(query, holding, &compiler)
    return "\(selection.entities) WHERE \(selection.condition)\(isThere(query, holding)) ORDER BY \(order)"
  }

  public func count(
    _ query: EntityQuery, by properties: [Key], _ times: Times
  ) throws(StoreProblem) -> CountPage {
    let scope = try scope(times)
    let least = try readyForCandidates(query, scope, times)
    if least == nil { try ready(.everything(groups: query.includingGroups), in: scope) }
    let holding = try holding(scope, times)
    if let rows = try talliedRows(query, by: properties, holding) {
      return CountPage(rows: rows, undecided: Undecided(0))
    }
    var compiler = try filterCompiler(scope, query)
    let selection = try Selection(query, holding, &compiler)
    let group = groupTerms(properties, scope, &compiler, holding)
    var counted = ", NULL"
    if holding.date != nil {
      let certain = "(\(try self.certain(query, holding, &compiler)))" + group.certain
      counted = ", count(DISTINCT CASE WHEN \(certain) THEN e.id END)"
    }
    let limit = compiler.bind(.integer(Int64(query.limit ?? -1)))
    let offset = compiler.bind(.integer(Int64(query.offset)))
    let row = try db.rows(
      """
      SELECT \(properties.isEmpty ? "count(*)" : "count(DISTINCT e.id)")\(counted)\(group.selection)
      FROM \(selection.entities)\(group.joins)
      WHERE \(selection.condition)\(isThere(query, holding))\(group.grouping)
      ORDER BY 1 DESC\(group.order) LIMIT \(limit) OFFSET \(offset)
      """, compiler.arguments)
    var rows: [CountPage.Row] = []
    while try row.next() {
      var values: [Value?] = []
      for index in properties.indices {
        values.append(
          try row.optionalInteger(index + 2).flatMap { id throws(StoreProblem) in
            try value(ofStatement: id, scope)
          }
        )
      }
      let count = Int(row.integer(0))
      rows.append(
        CountPage.Row(values: values, count: count, certain: row.optionalInteger(1).map(Int.init) ?? count))
    }
    if let least { return CountPage(rows: rows, undecided: least) }
    return CountPage(rows: rows, undecided: try countUndecided(query, scope, holding))
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

  /// Which facts count in a scope.
  func holding(_ scope: Scope, _ times: Times) throws(StoreProblem) -> Holding {
    if times.on != nil { try readyExistence(scope) }
    return try Holding(scope, times, try schemaRules(in: scope))
  }

  func filterCompiler(_ scope: Scope, _ query: EntityQuery) throws(StoreProblem) -> FilterCompiler {
    let find: (Key) throws(StoreProblem) -> Int64? = { key throws(StoreProblem) in
      try self.findEntityID(key, in: scope)
    }
    return FilterCompiler(
      scope: scope, schema: try readSchema(in: scope), includingGroups: query.includingGroups, findID: find)
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
    let text = "coalesce(n.name, f.text)"
    var value = "coalesce(f.low_key, f.high_key, alphabetical(\(text)) || char(1) || \(text))"
    if case .choice(let words)? = compiler.schema.properties[property]?.range {
      value = "(SELECT w.key FROM json_each(\(compiler.bind(.list(words)))) w WHERE w.value = f.text)"
    }
    return sorting(value, by: property, &compiler, holding)
  }

  /// What the fact by which `e` is sorted says: the first that counts.
  func sorting(
    _ value: String, by property: Key, _ compiler: inout FilterCompiler, _ holding: Holding
  ) -> String {
    let scope = compiler.scope.rawValue
    return """
      (SELECT \(value) FROM \(scope).fact f LEFT JOIN \(scope).entity_now n ON n.id = f.object
        WHERE f.subject = e.id AND f.property IN \(compiler.bind(compiler.schema.propertyAndNarrower(of: property)))
          AND f.claimed AND f.kind < 4\(holding.counts("f")) ORDER BY f.statement LIMIT 1)
      """
  }

  private func groupTerms(
    _ properties: [Key], _ scope: Scope, _ compiler: inout FilterCompiler, _ holding: Holding
  ) -> (selection: String, joins: String, grouping: String, order: String, certain: String) {
    var (selection, joins, groups, order) = ("", "", [String](), "")
    var certain = ""
    let surely = holding.needing(.certain)
    for (index, property) in properties.enumerated() {
      let fact = "g\(index)"
      selection += ", min(\(fact).statement)"
      joins += """
         LEFT JOIN \(scope.rawValue).fact \(fact) ON \(fact).subject = e.id
          AND \(fact).property = \(compiler.bind(.text(property.text))) AND \(fact).claimed\
        \(holding.counts(fact))
        """
      if holding.date != nil { certain += " AND (\(fact).statement IS NULL OR TRUE\(surely.counts(fact)))" }
      groups.append("\(fact).kind, \(fact).object, \(fact).text")
      order += ", \(fact).kind IS NULL, \(Self.alphabetical("\(fact).text", ofKind: "\(fact).kind"))"
    }
    return (
      selection, joins, groups.isEmpty ? "" : " GROUP BY " + groups.joined(separator: ", "), order, certain
    )
  }

  /// The order of values that are counted equally often: texts by the alphabet, keys and dates as they are written.
  static func alphabetical(_ text: String, ofKind kind: String) -> String {
    "CASE \(kind) WHEN \(ValueKind.text.rawValue) THEN alphabetical(\(text)) ELSE \(text) END, \(text)"
  }

  private func value(ofStatement id: Int64, _ scope: Scope) throws(StoreProblem) -> Value? {
    let row = try db.rows(
      """
      SELECT \(ValueColumns.selection("s", object: "o")) FROM main.statement s
        LEFT JOIN \(scope.rawValue).entity_key o ON o.id = s.object WHERE s.id = ?
      """, [.integer(id)])
    return try row.next() ? ValueColumns.read(row, at: 0) : nil
  }
}

/// What an answer is sorted by.
struct OrderTerm {
  var value: String
  var descending: Bool
  var text: String { value + (descending ? " DESC" : "") }
}
