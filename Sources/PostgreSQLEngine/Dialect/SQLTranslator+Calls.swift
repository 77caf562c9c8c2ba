/// Functions.
extension SQLTranslator {
  static let aggregates: Set<String> = ["count", "sum", "total", "avg", "group_concat", "string_agg"]

  func isAggregate(_ call: SQLCall) -> Bool {
    if call.window != nil { return false }
    if ["min", "max"].contains(call.name) { return call.arguments.count == 1 }
    return Self.aggregates.contains(call.name)
  }

  /// Whether a part of it is computed over rows that are put together; queries in it are their own affair.
  func hasAggregate(_ expression: SQLExpression) -> Bool {
    if case .call(let call) = expression, isAggregate(call) { return true }
    return parts(of: expression).contains(where: hasAggregate)
  }

  /// The order of rows by the only `min()` or `max()` among some expressions; nil where there are none, or several.
  func extreme(_ expressions: [SQLExpression], _ scope: SQLScope) throws(SQLProblem) -> String? {
    let calls = expressions.flatMap(extremes)
    guard calls.count == 1, let call = calls.first else { return nil }
    let isInside = scope.isInAggregate
    scope.isInAggregate = true
    defer { scope.isInAggregate = isInside }
    let value = try value(call.arguments[0], scope)
    return
      "\(value.type == .json ? as_(value, .element).sql : value.sql) \(call.name == "max" ? "DESC" : "ASC") NULLS LAST"
  }

  private func extremes(_ expression: SQLExpression) -> [SQLCall] {
    if case .call(let call) = expression, isAggregate(call) {
      return ["min", "max"].contains(call.name) ? [call] : []
    }
    return parts(of: expression).flatMap(extremes)
  }

  private func parts(of expression: SQLExpression) -> [SQLExpression] {
    switch expression {
    case .null, .integer, .real, .text, .truth, .parameter, .column, .exists, .query: []
    case .unary(_, let one), .isTruth(let one, _, _), .cast(let one, _), .inQuery(let one, _, _): [one]
    case .binary(_, let one, let other), .same(let one, let other, _), .like(let one, let other, _, _):
      [one, other]
    case .between(let one, let low, let high, _): [one, low, high]
    case .inList(let one, let list, _): [one] + list
    case .row(let list): list
    case .choice(let base, let cases, let otherwise):
      [base, otherwise].compactMap { $0 } + cases.flatMap { [$0.when, $0.then] }
    case .call(let call): call.arguments
    }
  }

  func call(_ call: SQLCall, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    if call.window != nil { return try windowed(call, scope) }
    if isAggregate(call) {
      let isInside = scope.isInAggregate
      scope.isInAggregate = true
      defer { scope.isInAggregate = isInside }
      return try aggregate(call, scope)
    }
    var values: [SQLTyped] = []
    for argument in call.arguments { values.append(try value(argument, scope)) }
    if let found = try known(call, values, scope) { return found }
    throw SQLProblem("no such function: \(call.name)")
  }

  private func known(
    _ call: SQLCall, _ values: [SQLTyped], _ scope: SQLScope
  ) throws(SQLProblem) -> SQLTyped? {
    func text(_ index: Int) -> String { as_(values[index], .text).sql }
    func integer(_ index: Int) -> String { as_(values[index], .integer).sql }
    let isRequired = values.allSatisfy(\.isRequired)
    switch (call.name, values.count) {
    case ("abs", 1):
      let found = number(values[0])
      return SQLTyped(sql: "abs(\(found.sql))", type: found.type, isRequired: isRequired)
    case ("char", 1):
      return SQLTyped(sql: "chr((\(integer(0)))::integer)", type: .text, isRequired: isRequired)
    case ("coalesce", 1...), ("ifnull", 2):
      return joined("coalesce", values, isRequired: values.contains(where: \.isRequired))
    case ("nullif", 2):
      let (one, other, type) = alike(values[0], values[1])
      return SQLTyped(sql: "nullif(\(one.sql), \(other.sql))", type: type)
    case ("iif", 3):
      return try choice(
        nil, [SQLCase(when: call.arguments[0], then: call.arguments[1])], call.arguments[2], scope)
    case ("min", 2...), ("max", 2...): return extreme(call.name, values)
    case ("likelihood", 2), ("likely", 1), ("unlikely", 1): return try typed(call.arguments[0], scope)
    case ("date", 2):
      guard call.arguments[1] == .text("unixepoch") else { return nil }
      return SQLTyped(sql: "\(catalog.shared("day_text"))(\(integer(0)))", type: .text)
    case ("date", 1):
      if call.arguments[0] == .text("now") { return SQLTyped(sql: "(current_date::text)", type: .text) }
      return SQLTyped(sql: "substr(\(text(0)), 1, 10)", type: .text, isRequired: isRequired)
    case ("folded", 1), ("searched", 1), ("alphabetical", 1):
      return SQLTyped(sql: "\(catalog.shared(call.name))(\(text(0)))", type: .text, isRequired: isRequired)
    case ("period_start", 1), ("period_end", 1), ("period_seen", 1):
      return SQLTyped(sql: "\(catalog.shared(call.name))(\(text(0)))", type: .text)
    case ("first_day", 1), ("last_day", 1):
      return SQLTyped(sql: "\(catalog.shared(call.name))(\(text(0)))", type: .integer)
    case ("instr", 2):
      return SQLTyped(sql: "strpos(\(text(0)), \(text(1)))", type: .integer, isRequired: isRequired)
    case ("length", 1):
      return SQLTyped(sql: "char_length(\(text(0)))", type: .integer, isRequired: isRequired)
    case ("lower", 1), ("upper", 1):
      return SQLTyped(sql: "\(call.name)((\(text(0))) COLLATE \"C\")", type: .text, isRequired: isRequired)
    case ("trim", 1), ("ltrim", 1), ("rtrim", 1):
      return SQLTyped(
        sql: "\(call.name == "trim" ? "btrim" : call.name)(\(text(0)), ' ')", type: .text,
        isRequired: isRequired)
    case ("trim", 2), ("ltrim", 2), ("rtrim", 2):
      return SQLTyped(
        sql: "\(call.name == "trim" ? "btrim" : call.name)(\(text(0)), \(text(1)))", type: .text,
        isRequired: isRequired)
    case ("replace", 3):
      return SQLTyped(sql: "replace(\(text(0)), \(text(1)), \(text(2)))", type: .text, isRequired: isRequired)
    case ("substr", 2), ("substring", 2):
      return SQLTyped(
        sql: "\(catalog.shared("part_of"))(\(text(0)), \(integer(1)))", type: .text, isRequired: isRequired)
    case ("substr", 3), ("substring", 3):
      if case .integer(let first) = call.arguments[1], case .integer(let count) = call.arguments[2],
        !first.hasPrefix("-"),
        first != "0", !count.hasPrefix("-")
      {
        return SQLTyped(sql: "substr(\(text(0)), \(first), \(count))", type: .text, isRequired: isRequired)
      }
      return SQLTyped(
        sql: "\(catalog.shared("part_of"))(\(text(0)), \(integer(1)), \(integer(2)))", type: .text,
        isRequired: isRequired)
    case ("round", 1):
      return SQLTyped(
        sql: "round((\(as_(values[0], .real).sql))::numeric)::double precision", type: .real,
        isRequired: isRequired)
    case ("round", 2):
      return SQLTyped(
        sql:
          "round((\(as_(values[0], .real).sql))::numeric, greatest(\(integer(1)), 0)::integer)::double precision",
        type: .real,
        isRequired: isRequired)
    case ("typeof", 1):
      let name =
        switch values[0].type {
        case .integer, .truth: "integer"
        case .real: "real"
        default: "text"
        }
      return SQLTyped(
        sql: "CASE WHEN \(values[0].sql) IS NULL THEN 'null' ELSE '\(name)' END", type: .text,
        isRequired: true)
    case ("json_array", 1):
      return SQLTyped(sql: "('[' || \(text(0)) || ']')", type: .text, isRequired: isRequired)
    case ("json_insert", 3):
      guard call.arguments[1] == .text("$[#]") else { return nil }
      return SQLTyped(
        sql: "(left(\(text(0)), -1) || ',' || \(text(2)) || ']')", type: .text, isRequired: isRequired)
    case ("json_array_length", 1):
      return SQLTyped(sql: "jsonb_array_length((\(text(0)))::jsonb)", type: .integer)
    case ("json_extract", 2):
      guard case .text(let path) = call.arguments[1] else { return nil }
      let base = values[0].type == .json ? values[0].sql : "(\(text(0)))::jsonb"
      if path.hasPrefix("$["), path.hasSuffix("]"), let index = Int(path.dropFirst(2).dropLast()) {
        return SQLTyped(sql: "(\(base) ->> \(index))", type: .element)
      }
      guard path.hasPrefix("$.") else { return nil }
      return SQLTyped(sql: "(\(base) ->> \(Self.literal(String(path.dropFirst(2)))))", type: .element)
    case ("readings_of", 2):
      // Found before the query is run, for all of whom it asks.
      readings = "SELECT DISTINCT (\(integer(0)))::bigint, \(text(1))" + readSoFar
      return SQLTyped(
        sql: "(\(Self.readingsMark)::jsonb ->> (\(integer(0)) || ' ' || \(text(1))))", type: .text)
    case ("current_date", 0): return SQLTyped(sql: "(current_date::text)", type: .text, isRequired: true)
    default: return nil
    }
  }

  /// A function of values that are brought to one kind.
  private func joined(_ name: String, _ values: [SQLTyped], isRequired: Bool) -> SQLTyped {
    var type = values.reduce(SQLType.null) { $0.joined($1.type) }
    if type == .json { type = .element }
    if type == .null { return SQLTyped(sql: "NULL", type: .null) }
    let items = values.map { as_($0, type).sql }.joined(separator: ", ")
    return SQLTyped(sql: "\(name)(\(items))", type: type, isRequired: isRequired)
  }

  /// The largest or least of several values; NULL where one is.
  private func extreme(_ name: String, _ values: [SQLTyped]) -> SQLTyped {
    var type = values.reduce(SQLType.null) { $0.joined($1.type) }
    if type == .json || type == .element { type = .integer }
    if type == .null { return SQLTyped(sql: "NULL", type: .null) }
    let items = values.map { as_($0, type) }
    let isRequired = values.allSatisfy(\.isRequired)
    if isRequired {
      let of = name == "max" ? "greatest" : "least"
      return SQLTyped(sql: "\(of)(\(items.map(\.sql).joined(separator: ", ")))", type: type, isRequired: true)
    }
    let function = catalog.shared(name == "max" ? "larger" : "smaller")
    let sql = items.dropFirst().reduce(items[0].sql) {
      "\(function)((\($0))::\(type.cast), (\($1.sql))::\(type.cast))"
    }
    return SQLTyped(sql: sql, type: type)
  }

  private func aggregate(_ call: SQLCall, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    var filter = ""
    if let condition = call.filter { filter = " FILTER (WHERE \(try truth(condition, scope)))" }
    let distinct = call.isDistinct ? "DISTINCT " : ""
    if call.name == "count" {
      if call.isOfRows || call.arguments.isEmpty {
        return SQLTyped(sql: "count(*)\(filter)", type: .integer, isRequired: true)
      }
      return SQLTyped(
        sql: "count(\(distinct)\(try typed(call.arguments[0], scope).sql))\(filter)", type: .integer,
        isRequired: true)
    }
    guard let first = call.arguments.first else {
      throw SQLProblem("wrong number of arguments to function \(call.name)()")
    }
    let value = try value(first, scope)
    switch call.name {
    case "min", "max":
      let found = value.type == .json ? as_(value, .element) : value
      if found.type == .null { return SQLTyped(sql: "NULL", type: .null) }
      return SQLTyped(sql: "\(call.name)(\(found.sql))\(filter)", type: found.type)
    case "sum":
      let found = number(value)
      return SQLTyped(
        sql: found.type == .real
          ? "sum(\(distinct)\(found.sql))\(filter)" : "(sum(\(distinct)\(found.sql))\(filter))::bigint",
        type: found.type)
    case "total":
      return SQLTyped(
        sql: "coalesce(sum(\(distinct)\(as_(value, .real).sql))\(filter), 0)", type: .real, isRequired: true)
    case "avg": return SQLTyped(sql: "avg(\(distinct)\(as_(value, .real).sql))\(filter)", type: .real)
    default:
      let separator =
        call.arguments.count > 1 ? as_(try self.value(call.arguments[1], scope), .text).sql : "','"
      // A table's rows lie in the order of its key.
      var order = ""
      if distinct.isEmpty, let source = scope.sources.first, let table = source.table, !table.key.isEmpty,
        scope.sources.allSatisfy({ $0.table != nil })
      {
        order =
          " ORDER BY " + table.key.map { "\(quoted(source.alias)).\(quoted($0))" }.joined(separator: ", ")
      }
      return SQLTyped(
        sql: "string_agg(\(distinct)\(as_(value, .text).sql), \(separator)\(order))\(filter)", type: .text)
    }
  }

  private static let windowFunctions: Set<String> = [
    "lag", "lead", "row_number", "rank", "dense_rank", "first_value", "last_value", "ntile", "count", "sum",
    "min", "max",
    "avg",
  ]

  private func windowed(_ call: SQLCall, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    guard let window = call.window, Self.windowFunctions.contains(call.name) else {
      throw SQLProblem("no such window function: \(call.name)")
    }
    var values: [SQLTyped] = []
    for argument in call.arguments { values.append(try value(argument, scope)) }
    var over: [String] = []
    if !window.partition.isEmpty {
      var parts: [String] = []
      for part in window.partition { parts.append(try value(part, scope).sql) }
      over.append("PARTITION BY " + parts.joined(separator: ", "))
    }
    if !window.order.isEmpty {
      var parts: [String] = []
      for order in window.order { parts.append(self.order(order, try value(order.value, scope))) }
      over.append("ORDER BY " + parts.joined(separator: ", "))
    }
    let isNumber = ["row_number", "rank", "dense_rank", "ntile", "count"].contains(call.name)
    var items = values.map(\.sql)
    if ["lag", "lead", "ntile"].contains(call.name) {
      for index in items.indices where index == 1 || call.name == "ntile" {
        items[index] = "(\(items[index]))::integer"
      }
      if call.name != "ntile", values.count > 2 {
        items[2] = as_(values[2], values[0].type).sql
      }
    }
    let arguments = call.isOfRows ? "*" : items.joined(separator: ", ")
    var sql = "\(call.name)(\(arguments)) OVER (\(over.joined(separator: " ")))"
    var type = isNumber ? SQLType.integer : values.first?.type ?? .integer
    if call.name == "sum", type == .integer { sql = "(\(sql))::bigint" }
    if call.name == "avg" { type = .real }
    return SQLTyped(sql: sql, type: type, isRequired: isNumber)
  }
}
