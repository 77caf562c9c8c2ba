extension SQLParser {
  mutating func statement() throws(SQLProblem) -> SQLStatement {
    if isNext("CREATE") { return try creation() }
    if takes("DROP") { return try dropping() }
    if isNext("WITH") {
      let (tables, isRecursive) = try namedQueries()
      if isNext("INSERT") {
        var insert = try insertion()
        (insert.tables, insert.isRecursive) = (tables, isRecursive)
        return .insert(insert)
      }
      if isNext("UPDATE") {
        var update = try update()
        (update.tables, update.isRecursive) = (tables, isRecursive)
        return .update(update)
      }
      if isNext("DELETE") {
        var deletion = try deletion()
        (deletion.tables, deletion.isRecursive) = (tables, isRecursive)
        return .delete(deletion)
      }
      var query = try select()
      (query.tables, query.isRecursive) = (tables + query.tables, isRecursive || query.isRecursive)
      return .select(query)
    }
    if isNext("SELECT") || isNext("VALUES") { return .select(try select()) }
    if isNext("INSERT") { return .insert(try insertion()) }
    if isNext("UPDATE") { return .update(try update()) }
    if isNext("DELETE") { return .delete(try deletion()) }
    return try transaction()
  }

  private mutating func transaction() throws(SQLProblem) -> SQLStatement {
    if takes("SAVEPOINT") { return .transaction("SAVEPOINT", part: try name()) }
    if takes("RELEASE") {
      _ = takes("SAVEPOINT")
      return .transaction("RELEASE", part: try name())
    }
    if takes("ROLLBACK", "TO") {
      _ = takes("SAVEPOINT")
      return .transaction("ROLLBACK TO", part: try name())
    }
    for word in ["BEGIN", "COMMIT", "ROLLBACK"] where takes(word) { return .transaction(word, part: nil) }
    throw unexpected
  }

  // MARK: Rows

  private mutating func insertion() throws(SQLProblem) -> SQLInsert {
    try expect("INSERT")
    var otherwise = SQLInsert.Otherwise.fail
    if takes("OR", "IGNORE") { otherwise = .ignore } else if takes("OR", "REPLACE") { otherwise = .replace }
    try expect("INTO")
    let table = try qualifiedName()
    let columns = isNext(sign: "(") ? try names() : []
    var insert = SQLInsert(otherwise: otherwise, table: table, columns: columns, rows: try select())
    guard takes("ON", "CONFLICT") else { return insert }
    let target = isNext(sign: "(") ? try names() : []
    try expect("DO")
    if takes("NOTHING") {
      insert.conflict = SQLConflict(columns: target, changes: [])
    } else {
      try expect("UPDATE")
      try expect("SET")
      insert.conflict = SQLConflict(columns: target, changes: try changes())
    }
    return insert
  }

  private mutating func changes() throws(SQLProblem) -> [SQLChange] {
    var found: [SQLChange] = []
    repeat {
      let column = try name()
      try expect(sign: "=")
      found.append(SQLChange(column: column, value: try expression()))
    } while takes(sign: ",")
    return found
  }

  private mutating func update() throws(SQLProblem) -> SQLUpdate {
    try expect("UPDATE")
    let table = try qualifiedName()
    let alias = takes("AS") ? try name() : nil
    try expect("SET")
    var update = SQLUpdate(table: table, alias: alias, changes: try changes(), sources: [])
    if takes("FROM") { update.sources = try sources() }
    if takes("WHERE") { update.condition = try expression() }
    return update
  }

  private mutating func deletion() throws(SQLProblem) -> SQLDelete {
    try expect("DELETE")
    try expect("FROM")
    var deletion = SQLDelete(table: try qualifiedName())
    if takes("AS") { deletion.alias = try name() }
    if takes("WHERE") { deletion.condition = try expression() }
    return deletion
  }

  // MARK: Tables

  private mutating func dropping() throws(SQLProblem) -> SQLStatement {
    let kind = try name().uppercased()
    let mayBeMissing = takes("IF", "EXISTS")
    return .drop(kind: kind, try qualifiedName(), isThere: !mayBeMissing)
  }

  private mutating func creation() throws(SQLProblem) -> SQLStatement {
    try expect("CREATE")
    let isTemporary = takes("TEMP") || takes("TEMPORARY")
    if takes("VIRTUAL", "TABLE") {
      let name = try qualifiedName()
      try expect("USING")
      guard takes("fts5".uppercased()) else { throw unexpected }
      try expect(sign: "(")
      let column = try self.name()
      while !takes(sign: ")") {
        if isAtEnd { throw unexpected }
        advance()
      }
      return .createText(name, column: column)
    }
    let isUnique = takes("UNIQUE")
    if takes("INDEX") { return .createIndex(try index(isUnique: isUnique)) }
    if takes("VIEW") {
      _ = takes("IF", "NOT", "EXISTS")
      let name = try qualifiedName()
      try expect("AS")
      return .createView(SQLView(name: name, isTemporary: isTemporary, query: try select()))
    }
    try expect("TABLE")
    let isMadeOnce = takes("IF", "NOT", "EXISTS")
    var table = SQLTable(name: try qualifiedName(), isTemporary: isTemporary, isMadeOnce: isMadeOnce)
    try expect(sign: "(")
    repeat {
      if takes("PRIMARY", "KEY") {
        table.key = try names()
      } else if takes("CHECK") {
        try expect(sign: "(")
        _ = try expression()
        try expect(sign: ")")
      } else {
        let column = try self.column(&table)
        table.columns.append(column)
      }
    } while takes(sign: ",")
    try expect(sign: ")")
    table.isWithoutRows = takes("WITHOUT", "ROWID")
    return .createTable(table)
  }

  private mutating func column(_ table: inout SQLTable) throws(SQLProblem) -> SQLTable.Column {
    var column = SQLTable.Column(name: try name(), type: "")
    if ["INTEGER", "TEXT", "REAL", "BLOB"].contains(current.text.uppercased()) {
      column.type = try name().uppercased()
    }
    while true {
      if takes("PRIMARY", "KEY") {
        column.isKey = true
        table.key = [column.name]
      } else if takes("NOT", "NULL") {
        column.isNotNull = true
      } else if takes("UNIQUE") {
        column.isUnique = true
      } else if takes("DEFAULT") {
        column.standard = try expression()
      } else if takes("REFERENCES") {
        column.references = try name()
      } else {
        return column
      }
    }
  }

  private mutating func index(isUnique: Bool) throws(SQLProblem) -> SQLIndex {
    _ = takes("IF", "NOT", "EXISTS")
    let name = try qualifiedName()
    try expect("ON")
    let table = try self.name()
    try expect(sign: "(")
    let values = try expressions()
    try expect(sign: ")")
    let condition = takes("WHERE") ? try expression() : nil
    return .init(name: name, table: table, isUnique: isUnique, values: values, condition: condition)
  }
}
