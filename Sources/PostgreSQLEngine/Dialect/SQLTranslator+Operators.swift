/// Signs, comparisons and choices.
extension SQLTranslator {
  func binary(
    _ sign: String, _ one: SQLExpression, _ other: SQLExpression, _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped {
    switch sign {
    case "AND", "OR":
      let (left, right) = (try typed(one, scope), try typed(other, scope))
      return SQLTyped(
        sql: "(\(truth(left)) \(sign) \(truth(right)))", type: .truth,
        isRequired: left.isRequired && right.isRequired)
    case "=", "<>", "<", "<=", ">", ">=": return try comparison(sign, one, other, scope)
    case "||":
      let (left, right) = (try value(one, scope), try value(other, scope))
      return SQLTyped(
        sql: "(\(as_(left, .text).sql) || \(as_(right, .text).sql))", type: .text,
        isRequired: left.isRequired && right.isRequired)
    case "->>", "->":
      let json = as_(try value(one, scope), .text)
      let source = try value(one, scope)
      let base = source.type == .json ? source.sql : "(\(json.sql))::jsonb"
      let place = try value(other, scope)
      return SQLTyped(sql: "(\(base) ->> \(place.sql))", type: .element)
    case "MATCH": return try match(one, other, scope)
    case "/", "%":
      let (left, right) = (wide(try value(one, scope)), wide(try value(other, scope)))
      let type = left.type.joined(right.type)
      // What is divided by nothing is nothing.
      return SQLTyped(sql: "(\(as_(left, type).sql) \(sign) nullif(\(as_(right, type).sql), 0))", type: type)
    default:
      let (left, right) = (wide(try value(one, scope)), wide(try value(other, scope)))
      let type = left.type.joined(right.type)
      return SQLTyped(
        sql: "(\(as_(left, type).sql) \(sign) \(as_(right, type).sql))", type: type,
        isRequired: left.isRequired && right.isRequired)
    }
  }

  /// A number to reckon with: a literal of PostgreSQL has half the width.
  private func wide(_ found: SQLTyped) -> SQLTyped {
    var number = number(found)
    if number.type == .integer, !number.isColumn {
      number.sql = "(\(number.sql))::bigint"
      number.isLiteral = false
    }
    return number
  }

  private func comparison(
    _ sign: String, _ one: SQLExpression, _ other: SQLExpression, _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped {
    if case .row(let left) = one, case .row(let right) = other, left.count == right.count {
      var (lefts, rights): ([String], [String]) = ([], [])
      for (one, other) in zip(left, right) {
        let pair = alike(try value(one, scope), try value(other, scope))
        try compare(one, other, scope)
        lefts.append(pair.0.sql)
        rights.append(pair.1.sql)
      }
      return SQLTyped(
        sql: "((\(lefts.joined(separator: ", "))) \(sign) (\(rights.joined(separator: ", "))))", type: .truth)
    }
    let (left, right, type) = alike(try value(one, scope), try value(other, scope))
    try compare(one, other, scope)
    var first = left.sql
    if type.isText, !left.isColumn, !right.isColumn,
      sign.contains("<") && sign != "<>" || sign.contains(">") && sign != "<>"
    {
      first = "(\(first)) COLLATE \"C\""
    }
    return SQLTyped(
      sql: "(\(first) \(sign) \(right.sql))", type: .truth, isRequired: left.isRequired && right.isRequired)
  }

  /// What a file compares of two kinds, by rules of where each comes from, is refused of who asks in SQL of their own. A
  /// parameter has the kind of what it is compared with.
  private func compare(
    _ one: SQLExpression, _ other: SQLExpression, _ scope: SQLScope
  ) throws(SQLProblem) {
    guard allowed != nil else { return }
    if case .parameter = one { return }
    if case .parameter = other { return }
    try compare(try value(one, scope).type, try value(other, scope).type)
  }

  private func compare(_ one: SQLType, _ other: SQLType) throws(SQLProblem) {
    func isNumber(_ type: SQLType) -> Bool { type == .integer || type == .real }
    guard allowed != nil, isNumber(one) && other == .text || one == .text && isNumber(other) else { return }
    throw SQLProblem(
      "a server does not compare a number with a text; write both as numbers or both in quotes, or CAST(… AS REAL) one"
    )
  }

  func same(
    _ one: SQLExpression, _ other: SQLExpression, isNot: Bool, _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped {
    let (first, second) = (try typed(one, scope), try typed(other, scope))
    let not = isNot ? "NOT " : ""
    // A parameter that is given is not missing, which the server would find out for each row.
    if case .parameter = one, first.isRequired, second.type == .null {
      return SQLTyped(sql: isNot ? "TRUE" : "FALSE", type: .truth, isRequired: true)
    }
    // An index knows `IS NULL`, and equality.
    if second.type == .null {
      return SQLTyped(sql: "(\(first.sql) IS \(not)NULL)", type: .truth, isRequired: true)
    }
    if first.type == .null {
      return SQLTyped(sql: "(\(second.sql) IS \(not)NULL)", type: .truth, isRequired: true)
    }
    if first.type == .truth, second.type == .truth {
      return SQLTyped(
        sql: "(\(first.sql) IS \(isNot ? "" : "NOT ")DISTINCT FROM \(second.sql))", type: .truth,
        isRequired: true)
    }
    try compare(one, other, scope)
    let (left, right, _) = alike(as_(first, first.type == .truth ? .integer : first.type), second)
    if left.isRequired, right.isRequired {
      return SQLTyped(sql: "(\(left.sql) \(isNot ? "<>" : "=") \(right.sql))", type: .truth, isRequired: true)
    }
    if right.isRequired, !isNot {
      return SQLTyped(sql: "((\(left.sql) = \(right.sql)) IS TRUE)", type: .truth, isRequired: true)
    }
    return SQLTyped(
      sql: "(\(left.sql) IS \(isNot ? "" : "NOT ")DISTINCT FROM \(right.sql))", type: .truth, isRequired: true
    )
  }

  func isIn(
    _ part: SQLExpression, _ list: [SQLExpression], isNot: Bool, _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped {
    if list.isEmpty { return SQLTyped(sql: isNot ? "TRUE" : "FALSE", type: .truth, isRequired: true) }
    let first = try value(part, scope)
    var others: [SQLTyped] = []
    for one in list {
      others.append(try value(one, scope))
      try compare(part, one, scope)
    }
    var type = others.reduce(first.type) { $0.joined($1.type) }
    if type == .null { type = .text }
    // Alike in kind they are one list, which an index knows; else each is compared by itself.
    let items = others.map { as_($0, type).sql }.joined(separator: ", ")
    return SQLTyped(
      sql: "(\(as_(first, type).sql) \(isNot ? "NOT " : "")IN (\(items)))", type: .truth,
      isRequired: first.isRequired && others.allSatisfy(\.isRequired))
  }

  func isIn(
    _ part: SQLExpression, _ query: SQLSelect, isNot: Bool, _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped {
    let not = isNot ? "NOT " : ""
    if case .row(let parts) = part {
      var (values, types): ([String], [SQLType]) = ([], [])
      for part in parts {
        let found = try value(part, scope)
        values.append(found.sql)
        types.append(found.type)
      }
      let found = try select(query, scope, wanted: types)
      return SQLTyped(sql: "((\(values.joined(separator: ", "))) \(not)IN (\(found.sql)))", type: .truth)
    }
    let first = try value(part, scope)
    var found = try select(query, scope)
    guard let column = found.columns.first, found.columns.count == 1 else {
      throw SQLProblem("sub-select returns \(found.columns.count) columns - expected 1")
    }
    if case .parameter = part {} else { try compare(first.type, column.type) }
    var type = first.type.joined(column.type)
    if type == .null { type = .text }
    if column.type != type { found = try select(query, scope, wanted: [type]) }
    return SQLTyped(
      sql: "(\(as_(first, type).sql) \(not)IN (\(found.sql)))", type: .truth,
      isRequired: first.isRequired && column.isRequired)
  }

  func choice(
    _ base: SQLExpression?, _ cases: [SQLCase], _ otherwise: SQLExpression?, _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped {
    var results: [SQLTyped] = []
    for one in cases { results.append(try typed(one.then, scope)) }
    if let otherwise { results.append(try typed(otherwise, scope)) }
    var type = results.reduce(SQLType.null) { $0.joined($1.type) }
    if type == .json { type = .element }
    let of = try base.map { (base) throws(SQLProblem) in try value(base, scope) }
    var whens: [(SQLTyped?, String)] = []
    var kind = of?.type ?? .null
    if of != nil {
      for one in cases {
        let when = try value(one.when, scope)
        if let base { try compare(base, one.when, scope) }
        kind = kind.joined(when.type)
        whens.append((when, ""))
      }
      if kind == .null { kind = .text }
    } else {
      for one in cases { whens.append((nil, try truth(one.when, scope))) }
    }
    var sql = "(CASE"
    if let of { sql += " " + as_(of, kind).sql }
    for (index, when) in whens.enumerated() {
      let condition = when.0.map { as_($0, kind).sql } ?? when.1
      sql += " WHEN \(condition) THEN \(as_(results[index], type).sql)"
    }
    if otherwise != nil, let last = results.last { sql += " ELSE \(as_(last, type).sql)" }
    let isRequired = otherwise != nil && results.allSatisfy(\.isRequired)
    return SQLTyped(sql: sql + " END)", type: type, isRequired: isRequired)
  }

  func cast(_ part: SQLExpression, _ type: String, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    let found = try value(part, scope)
    switch type {
    case "INTEGER", "INT", "BIGINT":
      if found.type == .text {
        return SQLTyped(sql: "(trunc(\(as_(found, .real).sql)))::bigint", type: .integer)
      }
      if found.type == .real { return SQLTyped(sql: "(trunc(\(found.sql)))::bigint", type: .integer) }
      return as_(found, .integer)
    case "REAL", "DOUBLE", "FLOAT", "NUMERIC": return as_(found, .real)
    case "TEXT", "VARCHAR": return as_(found, .text)
    default: throw SQLProblem("a cast to \(type) is not understood; use INTEGER, REAL or TEXT")
    }
  }

  /// The texts that have some words.
  private func match(
    _ one: SQLExpression, _ other: SQLExpression, _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped {
    guard case .column(nil, let name) = one,
      let source = scope.sources.first(where: {
        $0.table?.words != nil && $0.table?.name == name.lowercased()
      })
    else { throw SQLProblem("unable to use function MATCH in the requested context") }
    let asked = as_(try value(other, scope), .text).sql
    return SQLTyped(
      sql: "(\(quoted(source.alias)).\"words\" @@ \(catalog.shared("asked"))(\(asked)))", type: .truth)
  }
}
