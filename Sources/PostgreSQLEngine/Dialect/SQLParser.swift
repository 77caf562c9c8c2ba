/// Reads SQL as the store writes it: statements and queries. Expressions are in `SQLParser+Expressions.swift`.
struct SQLParser {
  private let tokens: [SQLTokens.Token]
  private let bytes: [UInt8]
  private(set) var place = 0
  /// The names of parameters in the order of their numbers; `?` and `?1` have none.
  private(set) var parameters: [String] = []

  init(_ sql: String) throws(SQLProblem) {
    tokens = try SQLTokens(sql).tokens
    bytes = Array(sql.utf8)
  }

  /// The statements of a text, one after another, each with its own text.
  static func statements(_ sql: String) throws(SQLProblem) -> [(statement: SQLStatement, text: String)] {
    var parser = try SQLParser(sql)
    var found: [(statement: SQLStatement, text: String)] = []
    while true {
      while parser.takes(sign: ";") {}
      if parser.isAtEnd { return found }
      let start = parser.current.place
      found.append((try parser.statement(), parser.text(from: start)))
      guard parser.isAtEnd || parser.isNext(sign: ";") else { throw parser.unexpected }
    }
  }

  /// The first statement of a text; what stands behind it begins at ``end``.
  mutating func first() throws(SQLProblem) -> SQLStatement? {
    while takes(sign: ";") {}
    if isAtEnd { return nil }
    let statement = try statement()
    guard isAtEnd || takes(sign: ";") else { throw unexpected }
    return statement
  }

  /// Where the next token begins, in bytes.
  var end: Int { current.place }

  // MARK: Tokens

  var current: SQLTokens.Token { tokens[place] }
  var isAtEnd: Bool { current.kind == .end }
  var unexpected: SQLProblem {
    isAtEnd ? SQLProblem("incomplete input") : SQLProblem("near \"\(current.text)\": syntax error")
  }

  /// What was read from a place on, as it stands.
  func text(from start: Int) -> String {
    let end = place > 0 ? tokens[place - 1].end : start
    return String(decoding: bytes[min(start, end)..<end], as: UTF8.self)
  }

  func peek(_ ahead: Int = 1) -> SQLTokens.Token { tokens[min(place + ahead, tokens.count - 1)] }

  func isNext(_ word: String) -> Bool { current.kind == .word && current.text.uppercased() == word }
  func isNext(sign: String) -> Bool { current.kind == .sign && current.text == sign }

  mutating func advance() { place = min(place + 1, tokens.count - 1) }

  mutating func takes(_ words: String...) -> Bool {
    for (index, word) in words.enumerated() {
      let token = peek(index)
      guard token.kind == .word, token.text.uppercased() == word else { return false }
    }
    for _ in words { advance() }
    return true
  }

  mutating func takes(sign: String) -> Bool {
    guard isNext(sign: sign) else { return false }
    advance()
    return true
  }

  mutating func expect(_ word: String) throws(SQLProblem) { guard takes(word) else { throw unexpected } }
  mutating func expect(sign: String) throws(SQLProblem) { guard takes(sign: sign) else { throw unexpected } }

  mutating func name() throws(SQLProblem) -> String {
    guard current.kind == .word || current.kind == .quoted else { throw unexpected }
    defer { advance() }
    return current.text
  }

  mutating func qualifiedName() throws(SQLProblem) -> SQLName {
    let first = try name()
    if takes(sign: ".") { return SQLName(schema: first.lowercased(), name: try name()) }
    return SQLName(schema: nil, name: first)
  }

  mutating func names() throws(SQLProblem) -> [String] {
    try expect(sign: "(")
    var found = [try name()]
    while takes(sign: ",") { found.append(try name()) }
    try expect(sign: ")")
    return found
  }

  /// The number of a parameter, which is there under its name from now on.
  mutating func parameter() throws(SQLProblem) -> Int {
    let text = current.text
    advance()
    if text == "?" {
      parameters.append("?")
      return parameters.count
    }
    if text.hasPrefix("?"), let number = Int(text.dropFirst()), (1...32_766).contains(number) {
      while parameters.count < number { parameters.append("?") }
      return number
    }
    guard text.utf8.count > 1 else { throw SQLProblem("near \"\(text)\": syntax error") }
    if let known = parameters.firstIndex(of: text) { return known + 1 }
    parameters.append(text)
    return parameters.count
  }

  // MARK: Queries

  mutating func select() throws(SQLProblem) -> SQLSelect {
    var (tables, isRecursive): ([SQLNamedQuery], Bool) = ([], false)
    if isNext("WITH") { (tables, isRecursive) = try namedQueries() }
    var select = try compound()
    select.tables = tables + select.tables
    select.isRecursive = isRecursive || select.isRecursive
    return select
  }

  mutating func namedQueries() throws(SQLProblem) -> ([SQLNamedQuery], Bool) {
    try expect("WITH")
    let isRecursive = takes("RECURSIVE")
    var found: [SQLNamedQuery] = []
    repeat {
      let name = try name()
      let columns = isNext(sign: "(") ? try names() : []
      try expect("AS")
      var isMaterialized: Bool?
      if takes("MATERIALIZED") {
        isMaterialized = true
      } else if takes("NOT", "MATERIALIZED") {
        isMaterialized = false
      }
      try expect(sign: "(")
      let query = try select()
      try expect(sign: ")")
      found.append(SQLNamedQuery(name: name, columns: columns, isMaterialized: isMaterialized, query: query))
    } while takes(sign: ",")
    return (found, isRecursive)
  }

  private mutating func compound() throws(SQLProblem) -> SQLSelect {
    var select = SQLSelect(first: try core())
    while true {
      if takes("UNION", "ALL") {
        select.others.append(SQLCompound(word: "UNION ALL", core: try core()))
      } else if takes("UNION") {
        select.others.append(SQLCompound(word: "UNION", core: try core()))
      } else if takes("INTERSECT") {
        select.others.append(SQLCompound(word: "INTERSECT", core: try core()))
      } else if takes("EXCEPT") {
        select.others.append(SQLCompound(word: "EXCEPT", core: try core()))
      } else {
        break
      }
    }
    if takes("ORDER", "BY") { select.order = try orders() }
    if takes("LIMIT") {
      select.limit = try expression()
      if takes("OFFSET") {
        select.offset = try expression()
      } else if takes(sign: ",") {
        select.offset = select.limit
        select.limit = try expression()
      }
    }
    return select
  }

  mutating func orders() throws(SQLProblem) -> [SQLOrder] {
    var found: [SQLOrder] = []
    repeat {
      var order = SQLOrder(value: try expression())
      if takes("DESC") { order.isDescending = true } else { _ = takes("ASC") }
      if takes("NULLS", "FIRST") {
        order.nullsFirst = true
      } else if takes("NULLS", "LAST") {
        order.nullsFirst = false
      }
      found.append(order)
    } while takes(sign: ",")
    return found
  }

  private mutating func core() throws(SQLProblem) -> SQLCore {
    if takes("VALUES") {
      var rows: [[SQLExpression]] = []
      repeat {
        try expect(sign: "(")
        rows.append(try expressions())
        try expect(sign: ")")
      } while takes(sign: ",")
      return .values(rows)
    }
    try expect("SELECT")
    var query = SQLQuery()
    if takes("DISTINCT") { query.isDistinct = true } else { _ = takes("ALL") }
    repeat { query.results.append(try result()) } while takes(sign: ",")
    if takes("FROM") { query.sources = try sources() }
    if takes("WHERE") { query.condition = try expression() }
    if takes("GROUP", "BY") { query.groups = try expressions() }
    if takes("HAVING") { query.having = try expression() }
    return .select(query)
  }

  private mutating func result() throws(SQLProblem) -> SQLResult {
    if takes(sign: "*") { return .every(of: nil) }
    if peek().kind == .sign, peek().text == ".", peek(2).kind == .sign, peek(2).text == "*" {
      let table = try name()
      advance()
      advance()
      return .every(of: table)
    }
    let start = current.place
    let value = try expression()
    let text = text(from: start)
    if takes("AS") { return .value(value, name: try aliasName(), text: text) }
    if isAlias { return .value(value, name: try name(), text: text) }
    return .value(value, name: nil, text: text)
  }

  private mutating func aliasName() throws(SQLProblem) -> String {
    if current.kind == .text {
      defer { advance() }
      return current.text
    }
    return try name()
  }

  /// Whether a name that stands here is another name for what stands before it.
  private var isAlias: Bool {
    if current.kind == .quoted { return true }
    return current.kind == .word && !Self.reserved.contains(current.text.uppercased())
  }

  static let reserved: Set<String> = [
    "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "UNION", "INTERSECT", "EXCEPT",
    "JOIN",
    "CROSS", "INNER", "LEFT", "OUTER", "NATURAL", "ON", "USING", "AND", "OR", "NOT", "AS", "IN", "IS", "LIKE",
    "GLOB",
    "BETWEEN", "THEN", "WHEN", "ELSE", "END", "ASC", "DESC", "COLLATE", "ESCAPE", "SET", "VALUES", "WITH",
    "CASE",
    "INDEXED", "NULLS", "WINDOW", "OVER", "FILTER", "DO", "MATCH", "REGEXP", "ISNULL", "NOTNULL", "RETURNING",
    "CONFLICT",
    "WITHOUT", "NULL", "EXISTS", "CAST", "DISTINCT", "RIGHT", "FULL",
  ]

  mutating func sources() throws(SQLProblem) -> [SQLSource] {
    var found = [try source(.first)]
    while true {
      if takes(sign: ",") {
        found.append(try source(.comma))
      } else if takes("CROSS", "JOIN") {
        found.append(try joined(.cross))
      } else if takes("LEFT", "OUTER", "JOIN") || takes("LEFT", "JOIN") {
        found.append(try joined(.left))
      } else if takes("INNER", "JOIN") || takes("JOIN") {
        found.append(try joined(.inner))
      } else {
        return found
      }
    }
  }

  private mutating func joined(_ joining: SQLSource.Joining) throws(SQLProblem) -> SQLSource {
    var source = try source(joining)
    if takes("ON") { source.condition = try expression() }
    return source
  }

  private mutating func source(_ joining: SQLSource.Joining) throws(SQLProblem) -> SQLSource {
    let content: SQLSource.Content
    if takes(sign: "(") {
      content = .query(try select())
      try expect(sign: ")")
    } else {
      let name = try qualifiedName()
      if takes(sign: "(") {
        content = .function(name.name.lowercased(), isNext(sign: ")") ? [] : try expressions())
        try expect(sign: ")")
      } else {
        content = .table(name)
      }
    }
    var source = SQLSource(joining: joining, content: content)
    if takes("AS") { source.alias = try name() } else if isAlias { source.alias = try name() }
    if takes("INDEXED", "BY") { _ = try name() } else { _ = takes("NOT", "INDEXED") }
    return source
  }
}
