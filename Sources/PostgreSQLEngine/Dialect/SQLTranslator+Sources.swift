/// What a query reads from.
extension SQLTranslator {
  func sources(_ sources: [SQLSource], _ scope: SQLScope) throws(SQLProblem) -> String {
    var sql = ""
    for source in sources {
      readSoFar = sql
      var (text, found) = try self.source(source, scope)
      if source.joining == .left {
        for index in found.columns.indices { found.columns[index].isRequired = false }
      }
      scope.sources.append(found)
      let condition = try source.condition.map { (part) throws(SQLProblem) in try truth(part, scope) }
      switch source.joining {
      case .first: sql = " FROM \(text)"
      case .left: sql += "\n  LEFT JOIN \(text) ON \(condition ?? "TRUE")"
      case .comma, .inner, .cross:
        if let condition {
          sql += "\n  JOIN \(text) ON \(condition)"
        } else {
          sql += "\n  CROSS JOIN \(text)"
        }
      }
    }
    return sql
  }

  private func source(
    _ source: SQLSource, _ scope: SQLScope
  ) throws(SQLProblem) -> (String, SQLScope.Source) {
    switch source.content {
    case .query(let query):
      // It does not see what stands beside it.
      let found = try select(query, scope.outer)
      let alias = source.alias ?? freshName()
      return ("(\(found.sql)) AS \(quoted(alias))", SQLScope.Source(alias: alias, columns: found.columns))
    case .function(let name, let arguments): return try function(name, arguments, source.alias, scope)
    case .table(let name): return try table(name, source.alias, scope)
    }
  }

  private func table(
    _ name: SQLName, _ alias: String?, _ scope: SQLScope
  ) throws(SQLProblem) -> (String, SQLScope.Source) {
    let key = name.name.lowercased()
    let called = alias ?? name.name
    if name.schema == nil, let columns = scope.query(key) {
      return ("\(quoted(key)) AS \(quoted(called))", SQLScope.Source(alias: called, columns: columns))
    }
    if let allowed, !allowed.contains(key) || name.schema == "main" {
      throw SQLProblem("no such table: \(name.schema.map { $0 + "." } ?? "")\(name.name)")
    }
    if name.schema != "main" { rests.insert(key) }
    if name.schema != "main", let view = catalog.temporaryViews[key] {
      let found: Found
      if let known = view.translated, catalog.isAsBefore(view.restsOn) {
        found = known
        readings = readings ?? view.readings
        rests.formUnion(view.restsOn.keys)
      } else {
        let (before, around) = (readings, rests)
        let allowed = allowed
        (readings, rests, self.allowed) = (nil, [], nil)
        defer { self.allowed = allowed }
        found = try select(view.query, nil)
        catalog.note(found, of: key, readings: readings, rests: rests)
        (readings, rests) = (before ?? readings, around.union(rests))
      }
      return ("(\(found.sql)) AS \(quoted(called))", SQLScope.Source(alias: called, columns: found.columns))
    }
    let table = try catalog.table(name)
    return (
      "\(catalog.place(of: table)) AS \(quoted(called))",
      SQLScope.Source(alias: called, columns: table.columns, table: table)
    )
  }

  /// The elements of a list, or of an object.
  private func function(
    _ name: String, _ arguments: [SQLExpression], _ alias: String?, _ scope: SQLScope
  ) throws(SQLProblem) -> (String, SQLScope.Source) {
    guard name == "json_each", arguments.count == 1 else {
      throw SQLProblem("no such table-valued function: \(name)")
    }
    let alias = alias ?? freshName()
    var value = SQLColumn(name: "value", type: .json, isRequired: true)
    var key = SQLColumn(name: "key", type: .integer, isRequired: true)
    let rows: String
    if case .parameter(let number) = arguments[0], number <= self.arguments.count {
      let argument = self.arguments[number - 1]
      parameters[number - 1] = .like(argument)
      switch argument {
      case .integers, .texts:
        value.type = argument == .integers ? .integer : .text
        rows = "unnest($\(number)) WITH ORDINALITY"
      case .object:
        key.type = .text
        let sql = "jsonb_each(($\(number))::jsonb) AS \(quoted(alias))(\"key\", \"value\")"
        return (sql, SQLScope.Source(alias: alias, columns: [key, value]))
      case .null: rows = "jsonb_array_elements(NULL::jsonb) WITH ORDINALITY"
      default: rows = "jsonb_array_elements(($\(number))::jsonb) WITH ORDINALITY"
      }
    } else {
      let list = as_(try self.value(arguments[0], scope), .text)
      rows = "jsonb_array_elements((\(list.sql))::jsonb) WITH ORDINALITY"
    }
    return (
      "\(rows) AS \(quoted(alias))(\"value\", \"key\")",
      SQLScope.Source(alias: alias, columns: [key, value])
    )
  }
}
