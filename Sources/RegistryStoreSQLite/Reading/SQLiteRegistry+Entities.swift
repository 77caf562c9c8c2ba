public import RegistryModel
public import RegistryStore

extension SQLiteRegistry {
  public func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage {
    let scope = try scope(times)
    var compiler = try filterCompiler(scope)
    let holding = times.on.map(Holding.possibly) ?? .always
    let types = typeCondition(query, &compiler)
    let condition =
      try query.filter.map { filter throws(StoreProblem) in try compiler.compile(filter, holding) } ?? "1"
    let counted = compiler.arguments
    let candidates =
      try query.filter.map { filter throws(StoreProblem) in try compiler.candidates(filter) } ?? ""
    var certainty = "1"
    if let date = times.on, let filter = query.filter {
      certainty = try compiler.compile(filter, .certainly(date))
    }
    let order = orderTerms(query.sort, &compiler, holding)
    let limit = compiler.bind(.integer(Int64(query.limit ?? -1)))
    let offset = compiler.bind(.integer(Int64(query.offset)))
    let row = try db.rows(
      """
      SELECT e.key, e.type, e.name, \(certainty) FROM \(scope.rawValue).entity_now e
      WHERE \(types) AND (\(condition))\(candidates) ORDER BY \(order) LIMIT \(limit) OFFSET \(offset)
      """, compiler.arguments)
    var rows: [EntityPage.Row] = []
    while try row.next() {
      rows.append(
        EntityPage.Row(
          entity: EntityRecord(key: row.key(0), type: row.key(1), name: row.text(2)),
          certainty: row.flag(3) ? .certainly : .possibly))
    }
    let undecided = try countUndecided(query, scope, types, condition, counted)
    return EntityPage(rows: rows, undecided: undecided)
  }

  public func count(
    _ query: EntityQuery, by properties: [Key], _ times: Times
  ) throws(StoreProblem) -> CountPage {
    let scope = try scope(times)
    var compiler = try filterCompiler(scope)
    let holding = times.on.map(Holding.possibly) ?? .always
    let types = typeCondition(query, &compiler)
    let condition =
      try query.filter.map { filter throws(StoreProblem) in try compiler.compile(filter, holding) } ?? "1"
    let counted = compiler.arguments
    let candidates =
      try query.filter.map { filter throws(StoreProblem) in try compiler.candidates(filter) } ?? ""
    let group = groupTerms(properties, scope, &compiler, holding)
    let limit = compiler.bind(.integer(Int64(query.limit ?? -1)))
    let offset = compiler.bind(.integer(Int64(query.offset)))
    let row = try db.rows(
      """
      SELECT count(DISTINCT e.id)\(group.selection) FROM \(scope.rawValue).entity_now e\(group.joins)
      WHERE \(types) AND (\(condition))\(candidates)\(group.grouping)
      ORDER BY 1 DESC\(group.order) LIMIT \(limit) OFFSET \(offset)
      """, compiler.arguments)
    var rows: [CountPage.Row] = []
    while try row.next() {
      var values: [Value?] = []
      for index in properties.indices {
        values.append(
          try row.optionalInteger(index + 1).flatMap { id throws(StoreProblem) in try value(ofStatement: id) }
        )
      }
      rows.append(CountPage.Row(values: values, count: Int(row.integer(0))))
    }
    return CountPage(rows: rows, undecided: try countUndecided(query, scope, types, condition, counted))
  }

  private func filterCompiler(_ scope: Scope) throws(StoreProblem) -> FilterCompiler {
    let find: (Key) throws(StoreProblem) -> Int64? = { key throws(StoreProblem) in try self.findEntityID(key)
    }
    return FilterCompiler(scope: scope, schema: try readSchema(in: scope), findID: find)
  }

  private func typeCondition(_ query: EntityQuery, _ compiler: inout FilterCompiler) -> String {
    query.types.map { "e.type IN \(compiler.bind($0))" } ?? "1"
  }

  private func countUndecided(
    _ query: EntityQuery, _ scope: Scope, _ types: String, _ condition: String, _ arguments: [SQL]
  ) throws(StoreProblem) -> Int {
    guard query.filter != nil else { return 0 }
    return Int(
      try db.integer(
        "SELECT count(*) FROM \(scope.rawValue).entity_now e WHERE \(types) AND (\(condition)) IS NULL",
        arguments)
        ?? 0)
  }

  /// The order, in which what has no value comes last, and the key parts what is equal.
  private func orderTerms(
    _ sort: [EntityQuery.Sort], _ compiler: inout FilterCompiler, _ holding: Holding
  ) -> String {
    var terms: [String] = []
    for sort in sort {
      let direction = sort.descending ? " DESC" : ""
      switch sort.field {
      case .key: terms.append("e.key\(direction)")
      case .name: terms.append("lower(e.name)\(direction)")
      case .type: terms.append("e.type\(direction)")
      case .property(let property):
        let value = sortValue(property, &compiler, holding)
        terms.append("\(value) IS NULL, \(value)\(direction)")
      }
    }
    return (terms + ["e.key"]).joined(separator: ", ")
  }

  private func sortValue(_ property: Key, _ compiler: inout FilterCompiler, _ holding: Holding) -> String {
    var value = "coalesce(f.low_key, f.high_key, lower(n.name), f.folded, f.text)"
    if case .choice(let words)? = compiler.schema.properties[property]?.range {
      value = "(SELECT w.key FROM json_each(\(compiler.bind(.list(words)))) w WHERE w.value = f.text)"
    }
    let scope = compiler.scope.rawValue
    return """
      (SELECT \(value) FROM \(scope).fact f LEFT JOIN \(scope).entity_now n ON n.id = f.object
        WHERE f.subject = e.id AND f.property IN \(compiler.bind(compiler.schema.propertyAndNarrower(of: property)))
          AND f.chosen AND f.kind < 4\(compiler.holds("f", holding)) ORDER BY f.statement LIMIT 1)
      """
  }

  private func groupTerms(
    _ properties: [Key], _ scope: Scope, _ compiler: inout FilterCompiler, _ holding: Holding
  ) -> (selection: String, joins: String, grouping: String, order: String) {
    var (selection, joins, groups, order) = ("", "", [String](), "")
    for (index, property) in properties.enumerated() {
      let fact = "g\(index)"
      selection += ", min(\(fact).statement)"
      joins += """
         LEFT JOIN \(scope.rawValue).fact \(fact) ON \(fact).subject = e.id
          AND \(fact).property = \(compiler.bind(.text(property.text))) AND \(fact).chosen\
        \(compiler.holds(fact, holding))
        """
      groups.append("\(fact).kind, \(fact).object, \(fact).text")
      order +=
        ", \(fact).kind IS NULL, \(fact).text, (SELECT o.key FROM main.entity o WHERE o.id = \(fact).object)"
    }
    return (selection, joins, groups.isEmpty ? "" : " GROUP BY " + groups.joined(separator: ", "), order)
  }

  private func value(ofStatement id: Int64) throws(StoreProblem) -> Value? {
    let row = try db.rows(
      """
      SELECT \(ValueColumns.selection("s", object: "o")) FROM main.statement s
        LEFT JOIN main.entity o ON o.id = s.object WHERE s.id = ?
      """, [.integer(id)])
    return try row.next() ? ValueColumns.read(row, at: 0) : nil
  }
}
