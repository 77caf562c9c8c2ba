/// Whole statements.
extension SQLTranslator {
  /// - Parameter text: as it stands.
  func statement(_ statement: SQLStatement, text: String) throws(SQLProblem) -> SQLTranslation {
    var result = SQLTranslation(sql: "")
    switch statement {
    case .select(let query):
      let found = try select(query, nil)
      result.sql = found.sql
      result.columns = found.columns
      result.isReadOnly = true
    case .insert(let insertion): try insert(insertion, &result)
    case .update(let change): result.sql = try update(change)
    case .delete(let deletion): result.sql = try delete(deletion)
    case .createTable(let table): result.sql = try create(table)
    case .createText(let name, let column): result.sql = create(text: name, column)
    case .createIndex(let index): result.sql = try create(index, text)
    case .createView(let view): result.sql = try create(view)
    case .drop(let kind, let name, let isThere): result.sql = try drop(kind, name, isThere: isThere)
    case .transaction(let word, let part): result.sql = word + (part.map { " " + quoted($0) } ?? "")
    }
    result.parameters = parameters
    result.readings = readings
    if readings != nil {
      result.sql = result.sql.replacing(Self.readingsMark, with: "$\(arguments.count + 1)")
    }
    result.restsOn = catalog.numbers(of: rests)
    return result
  }

  /// A value for a column: a parameter takes the column's kind, whatever it is given.
  private func assigned(
    _ expression: SQLExpression, _ column: SQLColumn, _ scope: SQLScope
  ) throws(SQLProblem) -> String {
    if case .parameter(let number) = expression, number <= arguments.count {
      switch parameters[number - 1] {
      case .unused, .column(column.type):
        parameters[number - 1] = .column(column.type)
        return "$\(number)"
      case .columnAndLike(column.type, _): return "$\(number)"
      default: break
      }
    }
    return as_(try value(expression, scope), column.type).sql
  }

  private func column(_ name: String, of table: SQLTableShape) throws(SQLProblem) -> SQLColumn {
    let key = name.lowercased() == "rowid" ? table.number ?? "rowid" : name.lowercased()
    guard let column = table.columns.first(where: { $0.name.lowercased() == key }) else {
      throw SQLProblem("table \(table.name) has no column named \(name)")
    }
    return column
  }

  /// The table that a statement writes to.
  private func table(_ name: SQLName) throws(SQLProblem) -> SQLTableShape {
    if name.schema != "main" { rests.insert(name.name.lowercased()) }
    return try catalog.table(name)
  }

  // MARK: Rows

  private func insert(_ insertion: SQLInsert, _ result: inout SQLTranslation) throws(SQLProblem) {
    let table = try table(insertion.table)
    let scope = SQLScope(nil)
    let prefix = try named(insertion.tables, isRecursive: insertion.isRecursive, scope)
    var columns: [SQLColumn] = []
    if insertion.columns.isEmpty {
      columns = table.columns.filter { !$0.isHidden }
    } else {
      for name in insertion.columns { columns.append(try column(name, of: table)) }
    }
    var names = columns.map { quoted($0.name) }
    if table.number != nil { result.numbers = table.name }
    let number = table.number.flatMap { number in columns.contains { $0.name == number } ? nil : number }
    var rows: String
    if case .values(let lines) = insertion.rows.first, insertion.rows.others.isEmpty {
      var written: [String] = []
      for line in lines {
        guard line.count == columns.count else {
          throw SQLProblem("\(line.count) values for \(columns.count) columns")
        }
        var items: [String] = []
        for (item, column) in zip(line, columns) { items.append(try assigned(item, column, scope)) }
        if let number, lines.count == 1 {
          names.append(quoted(number))
          items.append("$\(arguments.count + 1)")
          result.numbered = table
        }
        written.append("(" + items.joined(separator: ", ") + ")")
      }
      rows = "VALUES " + written.joined(separator: ", ")
      if lines.count == 1, prefix.isEmpty, insertion.otherwise == .fail, insertion.conflict == nil,
        Self.gathered.contains(table.name), written[0] == Self.inOrder(names.count)
      {
        result.copy = "COPY \(catalog.place(of: table))(\(names.joined(separator: ", "))) FROM STDIN"
      }
    } else {
      let found = try select(insertion.rows, scope, wanted: columns.map(\.type))
      rows = found.sql
      if let number {
        names.append(quoted(number))
        let last = "(SELECT coalesce(max(\(quoted(number))), 0) FROM \(catalog.place(of: table)))"
        rows = "SELECT n.*, \(last) + row_number() OVER () FROM (\(rows)) AS n"
      }
    }
    result.dates = dates(of: table, columns, isInOrder: result.copy != nil)
    let conflict = try self.conflict(insertion, table, columns)
    result.sql =
      "\(prefix)INSERT INTO \(catalog.place(of: table)) AS \(quoted(table.name))(\(names.joined(separator: ", ")))\n\(rows)\(conflict)"
  }

  /// The tables in which dates are recorded.
  private func dates(of table: SQLTableShape, _ columns: [SQLColumn], isInOrder: Bool) -> SQLTranslation.Dates
  {
    switch table.name {
    case "qualifier", "source_data": return .any
    case "statement":
      guard isInOrder, let kind = columns.firstIndex(where: { $0.name == "kind" }),
        let period = columns.firstIndex(where: { $0.name == "validity" })
      else { return .any }
      return .where(kind: kind, period: period)
    default: return .none
    }
  }

  /// The tables of which an import writes many rows, in whatever order among them: no trigger of one looks at another of them.
  private static let gathered: Set = [
    "entity", "statement", "qualifier", "citation", "entity_now", "name", "tally", "value_tally", "existence",
    "timeline", "group_path",
  ]

  /// `($1, $2, $3)`
  private static func inOrder(_ count: Int) -> String {
    "(" + (1...max(1, count)).map { "$\($0)" }.joined(separator: ", ") + ")"
  }

  private func conflict(
    _ insertion: SQLInsert, _ table: SQLTableShape, _ columns: [SQLColumn]
  ) throws(SQLProblem) -> String {
    let key = table.key.map(quoted).joined(separator: ", ")
    switch insertion.otherwise {
    case .ignore: return " ON CONFLICT DO NOTHING"
    case .replace:
      let rest = columns.filter { !table.key.contains($0.name) }
      if rest.isEmpty { return " ON CONFLICT DO NOTHING" }
      let changes = rest.map { "\(quoted($0.name)) = excluded.\(quoted($0.name))" }.joined(separator: ", ")
      return " ON CONFLICT (\(key)) DO UPDATE SET \(changes)"
    case .fail: break
    }
    guard let conflict = insertion.conflict else { return "" }
    let target = conflict.columns.isEmpty ? key : conflict.columns.map(quoted).joined(separator: ", ")
    if conflict.changes.isEmpty {
      return conflict.columns.isEmpty ? " ON CONFLICT DO NOTHING" : " ON CONFLICT (\(target)) DO NOTHING"
    }
    let scope = SQLScope(nil)
    scope.sources = [
      SQLScope.Source(alias: table.name, columns: table.columns, table: table),
      SQLScope.Source(alias: "excluded", columns: table.columns),
    ]
    return " ON CONFLICT (\(target)) DO UPDATE SET \(try changes(conflict.changes, table, scope))"
  }

  private func changes(
    _ changes: [SQLChange], _ table: SQLTableShape, _ scope: SQLScope
  ) throws(SQLProblem) -> String {
    var parts: [String] = []
    for change in changes {
      let column = try column(change.column, of: table)
      parts.append("\(quoted(column.name)) = \(try assigned(change.value, column, scope))")
    }
    return parts.joined(separator: ", ")
  }

  private func update(_ update: SQLUpdate) throws(SQLProblem) -> String {
    let table = try table(update.table)
    let alias = update.alias ?? table.name
    let target = SQLScope.Source(alias: alias, columns: table.columns, table: table)
    let around = SQLScope(nil)
    let prefix = try named(update.tables, isRecursive: update.isRecursive, around)
    let scope = SQLScope(around)
    let from = try sources(update.sources, scope)
    scope.sources.insert(target, at: 0)
    let changes = try changes(update.changes, table, scope)
    let condition = try update.condition.map { (part) throws(SQLProblem) in
      " WHERE " + (try truth(part, scope))
    }
    return
      "\(prefix)UPDATE \(catalog.place(of: table)) AS \(quoted(alias)) SET \(changes)\(from)\(condition ?? "")"
  }

  private func delete(_ deletion: SQLDelete) throws(SQLProblem) -> String {
    let table = try table(deletion.table)
    let alias = deletion.alias ?? table.name
    let around = SQLScope(nil)
    let prefix = try named(deletion.tables, isRecursive: deletion.isRecursive, around)
    let scope = SQLScope(around)
    scope.sources = [SQLScope.Source(alias: alias, columns: table.columns, table: table)]
    let condition = try deletion.condition.map { (part) throws(SQLProblem) in
      " WHERE " + (try truth(part, scope))
    }
    return "\(prefix)DELETE FROM \(catalog.place(of: table)) AS \(quoted(alias))\(condition ?? "")"
  }

  // MARK: Tables

  private func isTemporary(_ name: SQLName, _ isSaid: Bool) -> Bool { isSaid || name.schema == "temp" }

  private func create(_ table: SQLTable) throws(SQLProblem) -> String {
    let isTemporary = isTemporary(table.name, table.isTemporary)
    let name = table.name.name.lowercased()
    rests.insert(name)
    if table.isMadeOnce, (isTemporary ? catalog.temporaryTables[name] : catalog.tables[name]) != nil {
      return ""
    }
    var shape = SQLTableShape(name: name, isTemporary: isTemporary, columns: [], key: table.key)
    var lines: [String] = []
    for column in table.columns {
      let type: SQLType =
        switch column.type {
        case "INTEGER": .integer
        case "REAL": .real
        case "TEXT": .text
        default: .mixed
        }
      let isRequired = column.isNotNull || table.key.contains(column.name)
      shape.columns.append(SQLColumn(name: column.name, type: type, isRequired: isRequired))
      var line = "\(quoted(column.name)) \(type.declaration)"
      if column.isKey, type == .integer { shape.number = column.name }
      if isRequired { line += " NOT NULL" }
      if column.isUnique { line += " UNIQUE" }
      if let standard = column.standard {
        line += " DEFAULT \(as_(try value(standard, SQLScope(nil)), type).sql)"
        shape.standards[column.name] = standard
      }
      if let references = column.references { shape.references[column.name] = references.lowercased() }
      lines.append(line)
    }
    if table.key.isEmpty, !table.isWithoutRows {
      shape.columns.append(SQLColumn(name: "rowid", type: .integer, isRequired: true, isHidden: true))
      lines.append("\"rowid\" bigint GENERATED BY DEFAULT AS IDENTITY")
    }
    if !table.key.isEmpty { lines.append("PRIMARY KEY (\(table.key.map(quoted).joined(separator: ", ")))") }
    add(shape)
    return
      "CREATE \(isTemporary ? "TEMP " : "")TABLE \(catalog.place(of: shape))(\n  \(lines.joined(separator: ",\n  ")))"
  }

  private func add(_ shape: SQLTableShape) {
    if shape.isTemporary {
      catalog.add(temporary: shape)
    } else {
      catalog.tables[shape.name] = shape
    }
  }

  /// Texts with their words, which an index finds.
  private func create(text name: SQLName, _ column: String) -> String {
    let isTemporary = name.schema == "temp"
    let shape = SQLTableShape(
      name: name.name.lowercased(), isTemporary: isTemporary,
      columns: [
        SQLColumn(name: column, type: .text, isRequired: true),
        SQLColumn(name: "rowid", type: .integer, isRequired: true, isHidden: true),
      ], key: ["rowid"], words: column)
    add(shape)
    let place = catalog.place(of: shape)
    return """
      CREATE \(isTemporary ? "TEMP " : "")TABLE \(place)("rowid" bigint PRIMARY KEY,
        \(quoted(column)) \(SQLType.text.declaration) NOT NULL,
        "words" tsvector GENERATED ALWAYS AS (\(catalog.shared("words_of"))(\(quoted(column)))) STORED);
      CREATE INDEX ON \(place) USING gin ("words")
      """
  }

  private func create(_ index: SQLIndex, _ text: String) throws(SQLProblem) -> String {
    let table = try table(SQLName(schema: index.name.schema, name: index.table))
    let scope = SQLScope(nil)
    scope.sources = [SQLScope.Source(alias: table.name, columns: table.columns, table: table)]
    var parts: [String] = []
    for part in index.values {
      let found = try value(part, scope)
      parts.append(found.isColumn ? found.sql : "(\(found.sql))")
    }
    let condition = try index.condition.map { (part) throws(SQLProblem) in
      " WHERE " + (try truth(part, scope))
    }
    // In an index a column has no table before it.
    let own = quoted(table.name) + "."
    let body = "(\(parts.joined(separator: ", ")))\(condition ?? "")".replacing(own, with: "")
    if !table.isTemporary { catalog.indexes[index.name.name] = text }
    return
      "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(quoted(index.name.name)) ON \(catalog.place(of: table))\(body)"
  }

  private func create(_ view: SQLView) throws(SQLProblem) -> String {
    let name = view.name.name.lowercased()
    if isTemporary(view.name, view.isTemporary) {
      catalog.add(temporary: view.query, named: name)
      return ""
    }
    let found = try select(view.query, nil)
    catalog.tables[name] = SQLTableShape(name: name, isTemporary: false, columns: found.columns, key: [])
    return "CREATE VIEW \(catalog.shared(name)) AS \(found.sql)"
  }

  private func drop(_ kind: String, _ name: SQLName, isThere: Bool) throws(SQLProblem) -> String {
    let key = name.name.lowercased()
    if kind == "INDEX" {
      let place = name.schema == "temp" ? "pg_temp." + quoted(name.name) : catalog.shared(name.name)
      return "DROP INDEX \(isThere ? "" : "IF EXISTS ")\(place)"
    }
    if name.schema != "main" {
      rests.insert(key)
      let (isFound, table) = catalog.removeTemporary(key)
      if let table { return "DROP TABLE \(catalog.place(of: table))" }
      if isFound { return "" }
    }
    if name.schema != "temp", catalog.tables.removeValue(forKey: key) != nil {
      return "DROP \(kind) \(catalog.shared(key))"
    }
    if isThere { throw SQLProblem("no such \(kind.lowercased()): \(name.name)") }
    return ""
  }
}
