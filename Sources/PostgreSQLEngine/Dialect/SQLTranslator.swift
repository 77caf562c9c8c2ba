internal import RegistryModel

/// What a statement gets for a parameter.
enum SQLArgument: Hashable {
  case null, integer, real, text, integers, texts
  /// A text that is an object in JSON.
  case object
}

/// How a parameter is handed to the server.
enum SQLParameter: Hashable {
  /// As the argument that it was translated for; NULL stands in the text.
  case like(SQLArgument)
  /// Into a column, whatever it is.
  case column(SQLType)
  /// Into a column, and elsewhere as the argument that it was translated for.
  case columnAndLike(SQLType, SQLArgument)
  case unused
}

/// A statement in PostgreSQL's SQL.
struct SQLTranslation {
  var sql: String
  var columns: [SQLColumn] = []
  var parameters: [SQLParameter] = []
  /// The table whose rows this statement numbers, with the column: its number is the last parameter.
  var numbered: SQLTableShape?
  /// What many rows of it are handed over with, where it adds one row of its parameters alone, in their order.
  var copy: String?
  /// The table that it adds rows to with numbers of their own.
  var numbers: String?
  /// What it means rests on how what has these names is made in this session (``SQLCatalog/numbers(of:)``).
  var restsOn: [String: Int] = [:]
  /// Of whom and what readings are asked, as a query; their answers are the last parameter.
  var readings: String?
  /// Whether it only reads.
  var isReadOnly = false
  /// Whether it records what may be dates.
  var dates = Dates.none

  enum Dates {
    case none, any
    /// Where the parameter of a value's kind says that it is one, or that of a period is something.
    case `where`(kind: Int, period: Int)
  }
}

/// Says in PostgreSQL's SQL what the store says in its own dialect.
///
/// Kinds of values are found out from the tables' columns and the arguments: what is true or false becomes a number where a
/// value is wanted, a number a truth where a condition is, and the elements of JSON become what they are compared with.
final class SQLTranslator {
  var catalog: SQLCatalog
  let arguments: [SQLArgument]
  var parameters: [SQLParameter] = []
  /// The names that this session could have something of.
  var rests: Set<String> = []
  /// The views that can be named; nil for all that there is.
  var allowed: Set<String>?
  /// Of whom and what readings are asked (`readings_of`), as a query; nil for nobody.
  var readings: String?
  /// What the query that is being said reads from so far.
  var readSoFar = ""
  /// Where the number of the parameter stands that has the readings.
  static let readingsMark = "$readings"
  private var names = 0

  init(_ catalog: SQLCatalog, _ arguments: [SQLArgument]) {
    self.catalog = catalog
    self.arguments = arguments
    parameters = arguments.map { _ in .unused }
  }

  func freshName() -> String {
    names += 1
    return "q\(names)"
  }

  func quoted(_ name: String) -> String { SQLCatalog.quoted(name) }

  static func literal(_ text: String) -> String {
    let quoted = "'" + text.doubling("'") + "'"
    // A zero cannot be said, and a backslash says nothing in a standard text.
    return quoted
  }

  // MARK: Expressions

  func parameter(_ number: Int) -> SQLTyped {
    guard number <= arguments.count else { return SQLTyped(sql: "NULL", type: .null) }
    let argument = arguments[number - 1]
    switch parameters[number - 1] {
    case .column(let type), .columnAndLike(let type, _):
      parameters[number - 1] = .columnAndLike(type, argument)
    case .like, .unused: parameters[number - 1] = .like(argument)
    }
    switch argument {
    case .null: return SQLTyped(sql: "NULL", type: .null, isLiteral: true)
    case .integer: return SQLTyped(sql: "$\(number)", type: .integer, isRequired: true)
    case .real: return SQLTyped(sql: "$\(number)", type: .real, isRequired: true)
    case .text, .object: return SQLTyped(sql: "$\(number)", type: .text, isRequired: true)
    case .integers, .texts: return SQLTyped(sql: "to_jsonb($\(number))::text", type: .text, isRequired: true)
    }
  }

  /// As a value: what is true is 1.
  func value(_ expression: SQLExpression, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    let found = try typed(expression, scope)
    return found.type == .truth ? as_(found, .integer) : found
  }

  /// As a condition.
  func truth(_ expression: SQLExpression, _ scope: SQLScope) throws(SQLProblem) -> String {
    truth(try typed(expression, scope))
  }

  func truth(_ found: SQLTyped) -> String {
    switch found.type {
    case .truth: found.sql
    case .null: "NULL::boolean"
    case .integer, .real: "(\(found.sql) <> 0)"
    case .json, .element: "(\(as_(found, .real).sql) <> 0)"
    case .text, .mixed: "(\(catalog.shared("number_of"))(\(found.sql)) <> 0)"
    }
  }

  /// As a value of a kind.
  func as_(_ found: SQLTyped, _ type: SQLType) -> SQLTyped {
    if found.type == type { return found }
    var result = found
    result.type = type
    result.isColumn = false
    switch (found.type, type) {
    case (.null, _): result.sql = "NULL::\(type.cast)"
    case (_, .null): return found
    case (.truth, .integer):
      result.sql = found.sql == "TRUE" ? "1" : found.sql == "FALSE" ? "0" : "(\(found.sql))::integer"
    case (.truth, .real), (.truth, .text), (.truth, .mixed): return as_(as_(found, .integer), type)
    case (_, .truth): result.sql = truth(found)
    case (.json, .text), (.json, .element): result.sql = "(\(found.sql) #>> '{}')"
    case (.json, let other): return as_(as_(found, .element), other)
    case (.element, .integer): result.sql = "(\(found.sql))::bigint"
    case (.element, .real): result.sql = "(\(found.sql))::double precision"
    case (.element, .text): break
    case (.element, .mixed), (.text, .mixed): break
    case (.integer, .mixed), (.real, .mixed):
      if let number = Int64(found.sql) {
        result.sql = Self.literal(MixedKey.text(number))
      } else {
        result.sql = "\(catalog.shared("mixed"))(\(found.sql))"
      }
    case (.mixed, .integer): result.sql = "\(catalog.shared("unmixed"))(\(found.sql))"
    case (.mixed, .real): result.sql = "\(catalog.shared("unmixed"))(\(found.sql))::double precision"
    case (.mixed, .text), (.mixed, .element): break
    case (.integer, .real): result.sql = "(\(found.sql))::double precision"
    case (.real, .integer): result.sql = "(\(found.sql))::bigint"
    case (.text, .integer), (.text, .real): result.sql = "\(catalog.shared("number_of"))(\(found.sql))"
    case (_, .json): result.sql = "to_jsonb(\(found.sql))"
    default: result.sql = "(\(found.sql))::\(type.cast)"
    }
    return result
  }

  /// Two values as they are compared.
  func alike(_ one: SQLTyped, _ other: SQLTyped) -> (SQLTyped, SQLTyped, SQLType) {
    var type = one.type.joined(other.type)
    if type == .truth { type = .integer }
    if type == .null { type = .text }
    return (as_(one, type), as_(other, type), type)
  }

  func typed(_ expression: SQLExpression, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    if let groups = scope.groups, !scope.isInAggregate, groups.contains(expression) {
      scope.isInAggregate = true
      defer { scope.isInAggregate = false }
      return try ungrouped(expression, scope)
    }
    return try ungrouped(expression, scope)
  }

  private func ungrouped(_ expression: SQLExpression, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    switch expression {
    case .null: return SQLTyped(sql: "NULL", type: .null, isLiteral: true)
    case .integer(let digits):
      guard Int64(digits) != nil else {
        return SQLTyped(sql: digits + "::double precision", type: .real, isRequired: true)
      }
      return SQLTyped(
        sql: digits.hasPrefix("-") ? "(\(digits))" : digits, type: .integer, isRequired: true, isLiteral: true
      )
    case .real(let digits):
      return SQLTyped(sql: "(\(digits)::double precision)", type: .real, isRequired: true, isLiteral: true)
    case .text(let text):
      return SQLTyped(sql: Self.literal(text) + "::text", type: .text, isRequired: true, isLiteral: true)
    case .truth(let isTrue):
      return SQLTyped(sql: isTrue ? "TRUE" : "FALSE", type: .truth, isRequired: true, isLiteral: true)
    case .parameter(let number): return parameter(number)
    case .column(let table, let name): return try column(table, name, scope)
    case .unary("NOT", let part):
      let found = try typed(part, scope)
      return SQLTyped(sql: "(NOT \(truth(found)))", type: .truth, isRequired: found.isRequired)
    case .unary(let sign, let part):
      var found = number(try value(part, scope))
      found.sql = "(\(sign)\(found.sql))"
      found.isColumn = false
      return found
    case .binary(let sign, let one, let other): return try binary(sign, one, other, scope)
    case .same(let one, let other, let isNot): return try same(one, other, isNot: isNot, scope)
    case .isTruth(let part, let wanted, let isNot):
      return SQLTyped(
        sql: "(\(try truth(part, scope)) IS \(isNot ? "NOT " : "")\(wanted ? "TRUE" : "FALSE"))",
        type: .truth,
        isRequired: true)
    case .between(let part, let low, let high, let isNot):
      let both = SQLExpression.binary("AND", .binary(">=", part, low), .binary("<=", part, high))
      return try typed(isNot ? .unary("NOT", both) : both, scope)
    case .like(let part, let pattern, let escape, let isNot):
      let (text, like) = (as_(try value(part, scope), .text).sql, as_(try value(pattern, scope), .text).sql)
      let mark =
        try escape.map { (part) throws(SQLProblem) in as_(try value(part, scope), .text).sql } ?? "''"
      return SQLTyped(
        sql: "((\(text)) COLLATE \"C\" \(isNot ? "NOT " : "")ILIKE \(like) ESCAPE \(mark))", type: .truth)
    case .inList(let part, let list, let isNot): return try isIn(part, list, isNot: isNot, scope)
    case .inQuery(let part, let query, let isNot): return try isIn(part, query, isNot: isNot, scope)
    case .exists(let query):
      return SQLTyped(sql: "EXISTS(\(try select(query, scope).sql))", type: .truth, isRequired: true)
    case .query(let query):
      let found = try select(query, scope)
      guard let column = found.columns.first, found.columns.count == 1 else {
        throw SQLProblem("sub-select returns \(found.columns.count) columns - expected 1")
      }
      return SQLTyped(
        sql: "(\(found.sql))", type: column.type, isRequired: isOneRow(query) && column.isRequired)
    case .choice(let base, let cases, let otherwise): return try choice(base, cases, otherwise, scope)
    case .cast(let part, let type): return try cast(part, type, scope)
    case .call(let call): return try self.call(call, scope)
    case .row(let parts):
      var found: [String] = []
      for part in parts { found.append(try value(part, scope).sql) }
      return SQLTyped(sql: "(\(found.joined(separator: ", ")))", type: .null)
    }
  }

  /// Whether a query has one row whatever there is.
  private func isOneRow(_ query: SQLSelect) -> Bool {
    guard case .select(let core) = query.first, query.others.isEmpty, core.groups.isEmpty, core.having == nil
    else {
      return false
    }
    return core.results.contains {
      if case .value(let value, _, _) = $0 { hasAggregate(value) } else { false }
    }
  }

  private func column(_ table: String?, _ name: String, _ scope: SQLScope) throws(SQLProblem) -> SQLTyped {
    guard let found = scope.find(table, name) else {
      if table == nil, let named = scope.names[name.lowercased()] {
        let names = scope.names
        scope.names = [:]
        defer { scope.names = names }
        return try typed(named, scope)
      }
      throw SQLProblem("no such column: \(table.map { $0 + "." } ?? "")\(name)")
    }
    let sql = "\(quoted(found.source.alias)).\(quoted(found.column.name))"
    var typed = SQLTyped(
      sql: sql, type: found.column.type, isRequired: found.column.isRequired, isColumn: true)
    // A column that the rows are not put together by: of one of them.
    if let groups = found.scope.groups, !found.scope.isInAggregate, !isGrouped(found, groups) {
      if let order = found.scope.extreme {
        typed.sql = "(array_agg(\(sql) ORDER BY \(order)))[1]"
      } else {
        typed.sql = found.column.type == .json ? "(array_agg(\(sql)))[1]" : "min(\(sql))"
      }
      typed.isColumn = false
    }
    return typed
  }

  private func isGrouped(_ found: SQLScope.Found, _ groups: [SQLExpression]) -> Bool {
    groups.contains { group in
      guard case .column(let table, let name) = group, name.lowercased() == found.column.name.lowercased()
      else {
        return false
      }
      return table.map { $0.lowercased() == found.source.alias.lowercased() } ?? true
    }
  }

  /// A number, whatever it was.
  func number(_ found: SQLTyped) -> SQLTyped {
    switch found.type {
    case .integer, .real: found
    case .mixed, .truth, .json, .element, .null: as_(found, .integer)
    case .text: as_(found, .real)
    }
  }
}
