/// Queries.
extension SQLTranslator {
  typealias Found = (sql: String, columns: [SQLColumn])

  /// - Parameter wanted: of what kinds the columns are to be.
  func select(_ select: SQLSelect, _ outer: SQLScope?, wanted: [SQLType]? = nil) throws(SQLProblem) -> Found {
    let around = SQLScope(outer)
    let prefix = try named(select, around)
    if select.others.isEmpty {
      let (sql, columns) = try single(select, around, wanted)
      return (prefix + sql, columns.map(Self.ofSomeKind))
    }
    let cores = [select.first] + select.others.map(\.core)
    var parts: [Found] = []
    for core in cores { parts.append(try self.core(core, around, wanted, orderedBy: []).found) }
    guard parts.allSatisfy({ $0.columns.count == parts[0].columns.count }) else {
      throw SQLProblem(
        "SELECTs to the left and right of \(select.others[0].word) do not have the same number of result columns"
      )
    }
    if wanted == nil {
      let types = joined(parts.map(\.columns))
      for (index, core) in cores.enumerated() where parts[index].columns.map(\.type) != types {
        parts[index] = try self.core(core, around, types, orderedBy: []).found
      }
    }
    var columns = parts[0].columns
    for index in columns.indices {
      columns[index].isRequired = parts.allSatisfy { $0.columns[index].isRequired }
    }
    var sql = parenthesized(parts[0].sql, cores[0])
    for (index, other) in select.others.enumerated() {
      // They are carried out from left to right; by itself, INTERSECT would come first.
      if index > 0 { sql = "(\(sql))" }
      sql += "\n\(other.word) \(parenthesized(parts[index + 1].sql, cores[index + 1]))"
    }
    if !select.order.isEmpty {
      var terms: [String] = []
      for order in select.order {
        guard let place = place(of: order.value, cores[0], columns) else {
          throw SQLProblem("ORDER BY term does not match any column in the result set")
        }
        terms.append(
          self.order(
            order,
            SQLTyped(
              sql: "\(place + 1)", type: .integer, isRequired: columns[place].isRequired, isColumn: true)))
      }
      sql += " ORDER BY " + terms.joined(separator: ", ")
    }
    return (prefix + sql + (try limits(select, around)), columns.map(Self.ofSomeKind))
  }

  /// A column in which nothing but NULL stands is one of texts; until then it takes the kind of what it is joined with.
  private static func ofSomeKind(_ column: SQLColumn) -> SQLColumn {
    var column = column
    if column.type == .null { column.type = .text }
    return column
  }

  private func parenthesized(_ sql: String, _ core: SQLCore) -> String { sql }

  private func joined(_ lists: [[SQLColumn]]) -> [SQLType] {
    var types = lists[0].map(\.type)
    for list in lists.dropFirst() {
      for index in types.indices { types[index] = types[index].joined(list[index].type) }
    }
    return types.map { $0 == .null ? .text : $0 }
  }

  private func single(_ select: SQLSelect, _ around: SQLScope, _ wanted: [SQLType]?) throws(SQLProblem)
    -> Found
  {
    var order = select.order
    // Of texts that have some words, those that were recorded first.
    if order.isEmpty, select.limit != nil, case .select(let query) = select.first,
      let condition = query.condition,
      isMatch(condition)
    {
      order = [SQLOrder(value: .column(table: nil, name: "rowid"))]
    }
    let (found, ordered) = try core(select.first, around, wanted, orderedBy: order)
    return (found.sql + ordered + (try limits(select, around)), found.columns)
  }

  private func isMatch(_ condition: SQLExpression) -> Bool {
    if case .binary("MATCH", _, _) = condition { return true }
    if case .binary("AND", let one, let other) = condition { return isMatch(one) || isMatch(other) }
    return false
  }

  private func limits(_ select: SQLSelect, _ scope: SQLScope) throws(SQLProblem) -> String {
    var sql = ""
    if let limit = select.limit {
      // No limit: what the query has is not looked up again for whoever asks for it.
      if limit == .integer("-1") { return " OFFSET 0" }
      let count = try value(limit, scope)
      sql +=
        count.isLiteral && count.type == .integer
        ? " LIMIT \(count.sql)" : " LIMIT nullif(\(as_(count, .integer).sql), -1)"
    }
    if let offset = select.offset { sql += " OFFSET \(as_(try value(offset, scope), .integer).sql)" }
    return sql
  }

  // MARK: Named queries

  private func named(_ select: SQLSelect, _ scope: SQLScope) throws(SQLProblem) -> String {
    try named(select.tables, isRecursive: select.isRecursive, scope)
  }

  func named(_ tables: [SQLNamedQuery], isRecursive: Bool, _ scope: SQLScope) throws(SQLProblem) -> String {
    guard !tables.isEmpty else { return "" }
    var parts: [String] = []
    for table in tables {
      var wanted: [SQLType]?
      if isRecursive, !table.query.others.isEmpty {
        // What it begins with says of what kind its columns are.
        let first = try core(table.query.first, scope, nil, orderedBy: []).found.columns
        wanted = first.map { $0.type == .null ? .text : $0.type }
        var columns = named(first, table.columns)
        for index in columns.indices { columns[index].isRequired = false }
        scope.queries[table.name.lowercased()] = columns
      }
      let found = try self.select(table.query, scope, wanted: wanted)
      var columns = named(found.columns, table.columns)
      if wanted != nil { for index in columns.indices { columns[index].isRequired = false } }
      scope.queries[table.name.lowercased()] = columns
      let names = columns.map { quoted($0.name) }.joined(separator: ", ")
      let kept = table.isMaterialized.map { $0 ? "MATERIALIZED " : "NOT MATERIALIZED " } ?? ""
      parts.append("\(quoted(table.name.lowercased()))(\(names)) AS \(kept)(\(found.sql))")
    }
    return "WITH \(isRecursive ? "RECURSIVE " : "")\(parts.joined(separator: ",\n"))\n"
  }

  private func named(_ columns: [SQLColumn], _ names: [String]) -> [SQLColumn] {
    var columns = columns
    for (index, name) in names.enumerated() where index < columns.count { columns[index].name = name }
    return columns
  }

  // MARK: One query

  private func core(
    _ core: SQLCore, _ around: SQLScope, _ wanted: [SQLType]?, orderedBy order: [SQLOrder]
  ) throws(SQLProblem) -> (found: Found, ordered: String) {
    switch core {
    case .values(let rows): return (try values(rows, around, wanted), "")
    case .select(let query): return try self.query(query, around, wanted, orderedBy: order)
    }
  }

  private func values(
    _ rows: [[SQLExpression]], _ scope: SQLScope, _ wanted: [SQLType]?
  ) throws(SQLProblem) -> Found {
    var found: [[SQLTyped]] = []
    for row in rows {
      var items: [SQLTyped] = []
      for item in row { items.append(try value(item, scope)) }
      found.append(items)
    }
    var types = found[0].map(\.type)
    for row in found.dropFirst() {
      for index in types.indices { types[index] = types[index].joined(row[index].type) }
    }
    if let wanted { types = wanted }
    let lines = found.map { row in
      "(" + row.enumerated().map { output(as_($1, types[$0])) }.joined(separator: ", ") + ")"
    }
    let columns = types.enumerated().map { index, type in
      SQLColumn(name: "column\(index + 1)", type: type, isRequired: found.allSatisfy { $0[index].isRequired })
    }
    return ("VALUES " + lines.joined(separator: ", "), columns)
  }

  /// As a column of a query: numbers of one width, texts in the order of their bytes.
  private func output(_ typed: SQLTyped) -> String {
    if typed.isColumn { return typed.sql }
    switch typed.type {
    case .integer: return "(\(typed.sql))::bigint"
    case .text, .mixed, .element: return "(\(typed.sql)) COLLATE \"C\""
    case .null: return "NULL::text"
    default: return typed.sql
    }
  }

  private func query(
    _ query: SQLQuery, _ around: SQLScope, _ wanted: [SQLType]?, orderedBy order: [SQLOrder]
  ) throws(SQLProblem) -> (found: Found, ordered: String) {
    let scope = SQLScope(around)
    let from = try sources(query.sources, scope)
    for case .value(let value, let name?, _) in query.results where scope.names[name.lowercased()] == nil {
      scope.names[name.lowercased()] = value
    }
    var condition = ""
    if let part = query.condition { condition = " WHERE " + (try truth(part, scope)) }
    let results = try expanded(query.results, scope)
    let isTogether =
      !query.groups.isEmpty || query.having != nil || results.contains { hasAggregate($0.value) }
    var grouping = ""
    if isTogether {
      let groups = query.groups.map { group in
        if case .integer(let place) = group, let index = Int(place), results.indices.contains(index - 1) {
          return results[index - 1].value
        }
        if case .column(nil, let name) = group, scope.find(nil, name) == nil,
          let named = scope.names[name.lowercased()]
        {
          return named
        }
        return group
      }
      if !groups.isEmpty {
        var parts: [String] = []
        for group in groups { parts.append(try value(group, scope).sql) }
        grouping = " GROUP BY " + parts.joined(separator: ", ")
      }
      scope.groups = groups
      scope.extreme = try extreme(results.map(\.value), scope)
    }
    if let having = query.having { grouping += " HAVING " + (try truth(having, scope)) }
    var (items, columns): ([String], [SQLColumn]) = ([], [])
    for (index, result) in results.enumerated() {
      var typed = try value(result.value, scope)
      if let wanted, index < wanted.count { typed = as_(typed, wanted[index]) }
      items.append(output(typed) + (result.isNamed ? " AS \(quoted(result.name))" : ""))
      columns.append(SQLColumn(name: result.name, type: typed.type, isRequired: typed.isRequired))
    }
    if let wanted, wanted.count != columns.count {
      throw SQLProblem("\(columns.count) values for \(wanted.count) columns")
    }
    var ordered = ""
    if !order.isEmpty {
      var terms: [String] = []
      for one in order { terms.append(try self.order(one, query, results, columns, scope)) }
      ordered = " ORDER BY " + terms.joined(separator: ", ")
    }
    let sql =
      "SELECT \(query.isDistinct ? "DISTINCT " : "")\(items.joined(separator: ", "))\(from)\(condition)\(grouping)"
    return ((sql, columns), ordered)
  }

  private struct Result {
    var value: SQLExpression
    var name: String
    /// Whether it can be called by its name.
    var isNamed: Bool
  }

  private func expanded(_ results: [SQLResult], _ scope: SQLScope) throws(SQLProblem) -> [Result] {
    var found: [Result] = []
    for result in results {
      switch result {
      case .value(let value, let name?, _): found.append(Result(value: value, name: name, isNamed: true))
      case .value(.column(let table, let name), nil, _):
        let known = scope.find(table, name)?.column.name ?? name
        found.append(Result(value: .column(table: table, name: name), name: known, isNamed: true))
      case .value(let value, nil, let text): found.append(Result(value: value, name: text, isNamed: false))
      case .every(let table):
        let wanted = scope.sources.filter { table == nil || $0.alias.lowercased() == table?.lowercased() }
        guard !wanted.isEmpty else {
          throw SQLProblem(table.map { "no such table: \($0)" } ?? "no tables specified")
        }
        for source in wanted {
          for column in source.columns where !column.isHidden {
            found.append(
              Result(value: .column(table: source.alias, name: column.name), name: column.name, isNamed: true)
            )
          }
        }
      }
    }
    return found
  }

  // MARK: Order

  private func order(
    _ order: SQLOrder, _ query: SQLQuery, _ results: [Result], _ columns: [SQLColumn], _ scope: SQLScope
  ) throws(SQLProblem) -> String {
    var index: Int?
    if case .integer(let place) = order.value, let number = Int(place) {
      guard columns.indices.contains(number - 1) else { throw SQLProblem("ORDER BY term out of range") }
      index = number - 1
    } else if case .column(nil, let name) = order.value,
      let known = results.firstIndex(where: { $0.isNamed && $0.name.lowercased() == name.lowercased() })
    {
      index = known
    } else if let same = results.firstIndex(where: { $0.value == order.value }) {
      index = same
    }
    if let index {
      return self.order(
        order,
        SQLTyped(sql: "\(index + 1)", type: .integer, isRequired: columns[index].isRequired, isColumn: true))
    }
    let value = try value(order.value, scope)
    if query.isDistinct { throw SQLProblem("an order by what is not in a list of different rows") }
    return self.order(order, value)
  }

  /// NULL stands before all else.
  func order(_ order: SQLOrder, _ typed: SQLTyped) -> String {
    var sql = typed.sql
    if typed.type.isText, !typed.isColumn { sql = "(\(sql)) COLLATE \"C\"" }
    if typed.isLiteral { sql = "(\(sql) || '')" }
    if order.isDescending { sql += " DESC" }
    if let first = order.nullsFirst { return sql + " NULLS \(first ? "FIRST" : "LAST")" }
    return typed.isRequired ? sql : sql + (order.isDescending ? " NULLS LAST" : " NULLS FIRST")
  }

  private func place(of value: SQLExpression, _ core: SQLCore, _ columns: [SQLColumn]) -> Int? {
    switch value {
    case .integer(let place): return Int(place).map { $0 - 1 }
    case .column(nil, let name): return columns.firstIndex { $0.name.lowercased() == name.lowercased() }
    default: break
    }
    guard case .select(let query) = core else { return nil }
    return query.results.firstIndex { if case .value(value, _, _) = $0 { true } else { false } }
  }
}
