extension SQLParser {
  mutating func expressions() throws(SQLProblem) -> [SQLExpression] {
    var found = [try expression()]
    while takes(sign: ",") { found.append(try expression()) }
    return found
  }

  mutating func expression() throws(SQLProblem) -> SQLExpression { try either() }

  private mutating func either() throws(SQLProblem) -> SQLExpression {
    var value = try both()
    while takes("OR") { value = .binary("OR", value, try both()) }
    return value
  }

  private mutating func both() throws(SQLProblem) -> SQLExpression {
    var value = try negated()
    while takes("AND") { value = .binary("AND", value, try negated()) }
    return value
  }

  private mutating func negated() throws(SQLProblem) -> SQLExpression {
    // `NOT EXISTS` is what it is of.
    takes("NOT") ? .unary("NOT", try negated()) : try equality()
  }

  private mutating func equality() throws(SQLProblem) -> SQLExpression {
    var value = try order()
    while true {
      if let sign = takenSign(["=", "==", "!=", "<>"]) {
        value = .binary(sign == "==" ? "=" : sign == "!=" ? "<>" : sign, value, try order())
      } else if takes("IS") {
        value = try same(value)
      } else if takes("ISNULL") {
        value = .same(value, .null, isNot: false)
      } else if takes("NOTNULL") || takes("NOT", "NULL") {
        value = .same(value, .null, isNot: true)
      } else if isNext("NOT"), ["IN", "LIKE", "BETWEEN", "GLOB"].contains(peek().text.uppercased()) {
        advance()
        value = try membership(value, isNot: true)
      } else if ["IN", "LIKE", "BETWEEN", "MATCH"].contains(where: { isNext($0) }) {
        value = try membership(value, isNot: false)
      } else {
        return value
      }
    }
  }

  private mutating func same(_ value: SQLExpression) throws(SQLProblem) -> SQLExpression {
    let isNot = takes("NOT")
    if takes("DISTINCT", "FROM") { return .same(value, try order(), isNot: !isNot) }
    if takes("TRUE") { return .isTruth(value, true, isNot: isNot) }
    if takes("FALSE") { return .isTruth(value, false, isNot: isNot) }
    return .same(value, try order(), isNot: isNot)
  }

  private mutating func membership(_ value: SQLExpression, isNot: Bool) throws(SQLProblem) -> SQLExpression {
    if takes("BETWEEN") {
      let low = try order()
      try expect("AND")
      return .between(value, low, try order(), isNot: isNot)
    }
    if takes("LIKE") {
      let pattern = try order()
      return .like(value, pattern, escape: takes("ESCAPE") ? try order() : nil, isNot: isNot)
    }
    if takes("MATCH") { return .binary("MATCH", value, try order()) }
    try expect("IN")
    guard isNext(sign: "(") else {
      let table = try qualifiedName()
      let all = SQLQuery(
        results: [.every(of: nil)], sources: [SQLSource(joining: .first, content: .table(table))])
      return .inQuery(value, SQLSelect(first: .select(all)), isNot: isNot)
    }
    advance()
    if ["SELECT", "WITH", "VALUES"].contains(where: { isNext($0) }) {
      let query = try select()
      try expect(sign: ")")
      return .inQuery(value, query, isNot: isNot)
    }
    let list = isNext(sign: ")") ? [] : try expressions()
    try expect(sign: ")")
    return .inList(value, list, isNot: isNot)
  }

  private mutating func order() throws(SQLProblem) -> SQLExpression {
    var value = try bits()
    while let sign = takenSign(["<", "<=", ">", ">="]) { value = .binary(sign, value, try bits()) }
    return value
  }

  private mutating func bits() throws(SQLProblem) -> SQLExpression {
    var value = try sum()
    while let sign = takenSign(["&", "|", "<<", ">>"]) { value = .binary(sign, value, try sum()) }
    return value
  }

  private mutating func sum() throws(SQLProblem) -> SQLExpression {
    var value = try product()
    while let sign = takenSign(["+", "-"]) { value = .binary(sign, value, try product()) }
    return value
  }

  private mutating func product() throws(SQLProblem) -> SQLExpression {
    var value = try joinedTexts()
    while let sign = takenSign(["*", "/", "%"]) { value = .binary(sign, value, try joinedTexts()) }
    return value
  }

  private mutating func joinedTexts() throws(SQLProblem) -> SQLExpression {
    var value = try signed()
    while let sign = takenSign(["||", "->>", "->"]) { value = .binary(sign, value, try signed()) }
    return value
  }

  private mutating func signed() throws(SQLProblem) -> SQLExpression {
    // To SQLite it says that no index is to be used; else it says nothing.
    if takes(sign: "+") { return try signed() }
    if takes(sign: "-") {
      switch try signed() {
      case .integer(let digits) where !digits.hasPrefix("-"): return .integer("-" + digits)
      case .real(let digits) where !digits.hasPrefix("-"): return .real("-" + digits)
      case let value: return .unary("-", value)
      }
    }
    if takes(sign: "~") { return .unary("~", try signed()) }
    let value = try simple()
    // Texts are compared byte by byte.
    while takes("COLLATE") {
      let name = try name()
      guard name.uppercased() == "BINARY" else {
        throw SQLProblem("a server does not compare by COLLATE \(name); lower(…) on both sides does")
      }
    }
    return value
  }

  private mutating func takenSign(_ signs: [String]) -> String? {
    guard current.kind == .sign, signs.contains(current.text) else { return nil }
    defer { advance() }
    return current.text
  }

  // MARK: What stands by itself

  private mutating func simple() throws(SQLProblem) -> SQLExpression {
    let token = current
    switch token.kind {
    case .integer:
      advance()
      return .integer(token.text)
    case .real:
      advance()
      return .real(token.text)
    case .text:
      advance()
      return .text(token.text)
    case .parameter: return .parameter(try parameter())
    case .sign where token.text == "(": return try inParentheses()
    case .quoted: return try column()
    case .word: return try word()
    default: throw unexpected
    }
  }

  private mutating func inParentheses() throws(SQLProblem) -> SQLExpression {
    try expect(sign: "(")
    if ["SELECT", "WITH", "VALUES"].contains(where: { isNext($0) }) {
      let query = try select()
      try expect(sign: ")")
      return .query(query)
    }
    let values = try expressions()
    try expect(sign: ")")
    return values.count == 1 ? values[0] : .row(values)
  }

  private mutating func word() throws(SQLProblem) -> SQLExpression {
    if peek().kind == .sign, peek().text == "(" {
      if takes("EXISTS") {
        try expect(sign: "(")
        let query = try select()
        try expect(sign: ")")
        return .exists(query)
      }
      if isNext("CAST") { return try cast() }
      if !Self.reserved.contains(current.text.uppercased()) { return .call(try call()) }
    }
    if takes("NULL") { return .null }
    if takes("TRUE") { return .truth(true) }
    if takes("FALSE") { return .truth(false) }
    if isNext("CASE") { return try choice() }
    if takes("CURRENT_DATE") { return .call(SQLCall(name: "current_date", arguments: [])) }
    guard !Self.reserved.contains(current.text.uppercased()) else { throw unexpected }
    return try column()
  }

  private mutating func column() throws(SQLProblem) -> SQLExpression {
    let first = try name()
    guard takes(sign: ".") else { return .column(table: nil, name: first) }
    let second = try name()
    // `main.table.column` is said nowhere; the table's own name is enough.
    if takes(sign: ".") { return .column(table: second, name: try name()) }
    return .column(table: first, name: second)
  }

  private mutating func cast() throws(SQLProblem) -> SQLExpression {
    try expect("CAST")
    try expect(sign: "(")
    let value = try expression()
    try expect("AS")
    let type = try name()
    try expect(sign: ")")
    return .cast(value, type.uppercased())
  }

  private mutating func choice() throws(SQLProblem) -> SQLExpression {
    try expect("CASE")
    let base = isNext("WHEN") ? nil : try expression()
    var cases: [SQLCase] = []
    while takes("WHEN") {
      let when = try expression()
      try expect("THEN")
      cases.append(SQLCase(when: when, then: try expression()))
    }
    let otherwise = takes("ELSE") ? try expression() : nil
    try expect("END")
    guard !cases.isEmpty else { throw unexpected }
    return .choice(of: base, cases, otherwise: otherwise)
  }

  private mutating func call() throws(SQLProblem) -> SQLCall {
    var call = SQLCall(name: try name().lowercased(), arguments: [])
    try expect(sign: "(")
    if takes(sign: "*") {
      call.isOfRows = true
    } else if !isNext(sign: ")") {
      call.isDistinct = takes("DISTINCT")
      call.arguments = try expressions()
    }
    try expect(sign: ")")
    if takes("FILTER") {
      try expect(sign: "(")
      try expect("WHERE")
      call.filter = try expression()
      try expect(sign: ")")
    }
    if takes("OVER") {
      try expect(sign: "(")
      var window = SQLWindow(partition: [], order: [])
      if takes("PARTITION", "BY") { window.partition = try expressions() }
      if takes("ORDER", "BY") { window.order = try orders() }
      try expect(sign: ")")
      call.window = window
    }
    return call
  }
}
