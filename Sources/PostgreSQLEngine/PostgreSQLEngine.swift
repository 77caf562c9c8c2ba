internal import RegistryModel
package import RegistryStore
package import RelationalStore

/// PostgreSQL as an engine of the store: what the store says in its dialect is translated (``SQLTranslator``), prepared on the
/// server and kept there.
package final class PostgreSQLEngine: SQLEngine {
  package let location: String
  let connection: ServerConnection
  let patience: Double
  var catalog: SQLCatalog
  /// What was made of texts, for the arguments that they had.
  var prepared: [String: [PreparedOnServer]] = [:]
  var preparedCount = 0
  /// What is prepared on the server and not needed any more.
  var stale: [String] = []
  /// The parts of the open transaction, each with the tables as they were when it began; the transaction is the first.
  var parts: [(name: String, catalog: SQLCatalog)] = []
  /// The next numbers of rows, by table: one session writes at a time.
  var numbers: [String: Int64] = [:]
  /// The tables of which numbers were asked since this session connected, without its own.
  var numberedTables = PostgreSQLEngine.numberedByAll
  /// Those that hardly an edit does without.
  static let numberedByAll: Set = ["entity", "statement", "tx"]
  var knownFirst: FirstQuestion?
  /// Under which name it is prepared what a commit asks: see ``noteCommit()``.
  var formsName: String?
  /// Under which name it is prepared what notes that a transaction is committed.
  var nextName: String?
  /// Whether the open transaction may have recorded dates: see ``noteCommit()``.
  var saysDates = false
  /// What ``firstQuestion`` told of these.
  var firstNumbers: [String: Int64] = [:]
  package var lastInsertedID: Int64 = 0
  package var hooks = StoreHooks() {
    didSet { connection.isInterrupted = hooks.isInterrupted }
  }
  package var onStatement: ((String) -> Void)?
  package var isBegun = false { didSet { lost = nil } }
  package internal(set) var lost: StoreProblem?
  /// Who writes in this session, as others are told.
  var writerName: String?
  var readingsOf: ((Int64, String) throws(StoreProblem) -> String)?
  /// What is handed over with what is asked next: nobody waits for its answer.
  var waiting: [ServerRequest] = []
  var waitingSize = 0
  /// The rows among it that others of their table can still be added to.
  var openRows: [String: GatheredRows] = [:]
  var ahead = AnsweredAhead()
  /// Statements that are prepared with it.
  var preparing: [PreparedOnServer] = []
  /// Rows that a second thread hands over, with how many of those statements.
  var onTheirWay: RowsOnTheirWay?
  var preparingBeside = 0
  /// Whether the connection is there, as far as is known to this thread.
  var isConnected: Bool { onTheirWay != nil || connection.isThere }
  /// Whether a transaction is open.
  var isOpen = false
  /// Whether what is asked is the user's own: only the documented views can be named in it.
  var isForeign = false
  /// How long that may take, in seconds.
  var foreignSeconds = 60
  var cursors = ServerCursors()
  var statistics = PlannerStatistics()
  /// Whom the triggers of an editor say (``ServerRoles``); nothing of the owner.
  package var author: String?
  /// Whether this session may write a record of its own into the server's log (``DurableCommit``).
  var mayLog = false
  /// Whether it is open to write.
  var writing = false
  /// The number of the commits of all sessions when this one began to write.
  var begun: Int64?
  /// Whether it was told that its commit waits for a standby.
  var isStandbyTold = false
  /// Whether the server is a standby, on which nothing can be made, tables of this session neither.
  var isStandby = false
  /// How often this session committed, and how often it connected anew.
  var commits: Int64 = 0
  var connections: Int64 = 0
  /// How long it waited the last time until it could write.
  var lastWait = Duration.zero
  /// Who was waited for in vain.
  var waited: StoreProblem?

  init(_ connection: ServerConnection, _ catalog: SQLCatalog, patience: Double) {
    self.connection = connection
    self.catalog = catalog
    self.patience = patience
    location = connection.location.words
  }

  package func add(readings: @escaping (Int64, String) throws(StoreProblem) -> String) {
    readingsOf = readings
  }

  package func close() throws(StoreProblem) { isClosed = true }
  private(set) var isClosed = false

  // MARK: Statements

  /// In so many ways one text is kept.
  private static let mostOfOneText = 12
  /// So many texts are kept, and none that is longer in the server's SQL.
  private static let mostTexts = 1_500
  private static let longestKept = 16_384

  package func rows(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> any SQLCursor {
    if let (rows, columns) = ahead.answer(sql, arguments) { return PostgreSQLCursor(rows, columns) }
    // Many questions that are each answered at once are a long one too. Who writes asks again while it is rolled back.
    if !writing, hooks.isInterrupted?() == true { throw .interrupted }
    let (rows, columns) = try answer(sql, arguments)
    return PostgreSQLCursor(rows, columns)
  }

  package func ask(ahead questions: [SQLQuestion]) throws(StoreProblem) {
    // Beside one who only reads others write.
    guard writing else { return }
    var requests: [ServerRequest] = []
    var asked: [(question: SQLQuestion, columns: [SQLColumn])] = []
    for question in questions {
      let statement = try prepare(question.sql, question.arguments)
      let translation = statement.translation
      guard !translation.sql.isEmpty, translation.numbered == nil, translation.readings == nil else {
        continue
      }
      onStatement?(question.sql)
      requests += self.requests(statement, statement.values(question.arguments))
      asked.append((question, translation.columns))
    }
    guard !requests.isEmpty else { return }
    // What is prepared answers too.
    let isAnswer = requests.map { if case .prepare = $0 { false } else { true } }
    let answers = zip(try askAll(requests).suffix(requests.count), isAnswer).filter(\.1).map(\.0)
    for (asked, rows) in zip(asked, answers) { ahead.keep(asked.question, rows, asked.columns) }
  }

  @discardableResult
  package func run(
    _ sql: String, binding: (any SQLBinding) throws(StoreProblem) -> Void
  ) throws(StoreProblem) -> Int {
    let row = PostgreSQLBinding()
    try binding(row)
    return try run(sql, row.values)
  }

  @discardableResult
  package func run(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> Int {
    ahead.forget()
    if sql.hasPrefix("SAVEPOINT ") || sql.hasPrefix("RELEASE ") || sql.hasPrefix("ROLLBACK TO ") {
      onStatement?(sql)
      try runPart(sql)
      return 0
    }
    return try answer(sql, arguments).rows.changed
  }

  package func write(_ sql: String, binding: (any SQLBinding) throws(StoreProblem) -> Void)
    throws(StoreProblem)
  {
    let row = PostgreSQLBinding()
    try binding(row)
    onStatement?(sql)
    ahead.forget()
    let statement = try prepare(sql, row.values)
    var values = statement.values(row.values)
    if let table = statement.translation.numbered {
      let number = try nextNumber(of: table)
      values.append(String(number))
      numbers[table.name] = number + 1
      lastInsertedID = number
      if table.name == "statement", statistics.isDue(at: number) { try lookAgain(at: number) }
    }
    try gather(statement, values)
  }

  package func runScript(_ sql: String) throws(StoreProblem) {
    onStatement?(sql)
    ahead.forget()
    let statements: [(statement: SQLStatement, text: String)]
    do throws(SQLProblem) { statements = try SQLParser.statements(sql) } catch { throw .failed(error.words) }
    var (changed, script) = (catalog, [String]())
    for (statement, text) in statements {
      let translator = SQLTranslator(changed, [])
      do throws(SQLProblem) {
        let translation = try translator.statement(statement, text: text)
        if !translation.sql.isEmpty { script.append(translation.sql) }
      } catch { throw .failed("\(error.words) in \(text)") }
      changed = translator.catalog
    }
    if !script.isEmpty {
      saysDates = true
      numbers = [:]
      // What it drops may have been read.
      script = cursors.closing() + script
      try send { (connection) throws(ServerProblem) in try connection.run(script.joined(separator: ";\n")) }
    }
    catalog = changed
  }

  private func answer(
    _ sql: String, _ arguments: [SQL]
  ) throws(StoreProblem) -> (rows: ServerRows, columns: [SQLColumn]) {
    onStatement?(sql)
    let statement = try prepare(sql, arguments)
    let translation = statement.translation
    if translation.sql.isEmpty { return (try ask([.plain("SELECT 0 WHERE FALSE")]), []) }
    var values = statement.values(arguments)
    if let table = translation.numbered {
      let number = try nextNumber(of: table)
      values.append(String(number))
      let rows = try run(statement, values)
      if rows.changed == 1 {
        numbers[table.name] = number + 1
        lastInsertedID = number
      }
      return (rows, [])
    }
    if let name = translation.numbers { numbers[name] = nil }
    if let readings = translation.readings { values.append(try self.readings(of: readings)) }
    return (try run(statement, values), translation.columns)
  }

  private func run(_ statement: PreparedOnServer, _ values: [String?]) throws(StoreProblem) -> ServerRows {
    try letGo()
    noteDates(statement, values)
    return try ask(requests(statement, values))
  }

  func noteDates(_ statement: PreparedOnServer, _ values: [String?]) {
    switch statement.translation.dates {
    case .none: break
    case .any: saysDates = true
    case .where(let kind, let period): if values[kind] == "3" || values[period] != nil { saysDates = true }
    }
  }

  /// Questions that can be asked by their names, with the lock of the writer: prepared before it is there.
  func prepared(_ questions: [SQLQuestion]) throws(StoreProblem) -> [AskedWithLock] {
    var asked: [AskedWithLock] = []
    var missing: [ServerRequest] = []
    for question in questions {
      let statement = try prepare(question.sql, question.arguments)
      let translation = statement.translation
      guard !translation.sql.isEmpty, translation.numbered == nil, translation.readings == nil,
        translation.sql.utf8.count <= Self.longestKept
      else { continue }
      onStatement?(question.sql)
      let values = statement.values(question.arguments)
      missing += requests(statement, values).dropLast()
      let literals = values.map { value in value.map(SQLTranslator.literal) ?? "NULL" }
      let list = literals.isEmpty ? "" : "(\(literals.joined(separator: ", ")))"
      asked.append(
        AskedWithLock(
          question: question, columns: translation.columns, execution: statement.name + list))
    }
    if !missing.isEmpty { try askAll(missing) }
    return asked
  }

  func keepAhead(_ question: SQLQuestion, _ rows: ServerRows, _ columns: [SQLColumn]) {
    ahead.keep(question, rows, columns)
  }

  func requests(_ statement: PreparedOnServer, _ values: [String?]) -> [ServerRequest] {
    // What is long is mostly asked once, and a server keeps megabytes for what it has prepared of it.
    guard statement.translation.sql.utf8.count <= Self.longestKept else {
      return [.query(statement.translation.sql, types: statement.types, values: values)]
    }
    let execution = ServerRequest.execute(name: statement.name, values: values)
    if statement.isPrepared { return [execution] }
    statement.isPrepared = true
    preparing.append(statement)
    return [
      .prepare(name: statement.name, sql: statement.translation.sql, types: statement.types), execution,
    ]
  }

  /// Lets the server forget what is not needed any more.
  private func letGo() throws(StoreProblem) {
    guard stale.count >= 50 else { return }
    let requests = stale.map { ServerRequest.plain("DEALLOCATE \($0)") }
    stale = []
    try wait(for: requests)
  }

  func prepare(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> PreparedOnServer {
    let kinds = arguments.map(SQLArgument.init)
    // What a user may not say the store may.
    let key = isForeign ? "sql: " + sql : sql
    var known = prepared[key] ?? []
    if let found = known.first(where: { $0.fits(kinds, catalog) }) { return found }
    // What is outdated now may be as it was in a moment, when another time is asked for.
    if known.count >= Self.mostOfOneText {
      stale += known.filter(\.isPrepared).map(\.name)
      known = []
    }
    let translator = SQLTranslator(catalog, kinds)
    if isForeign { translator.allowed = Self.documented }
    let translation: SQLTranslation
    do throws(SQLProblem) {
      var parser = try SQLParser(sql)
      guard let statement = try parser.first() else { throw SQLProblem("there is no statement") }
      translation = try translator.statement(statement, text: sql)
    } catch {
      throw .failed(error.words)
    }
    let isChanged = translator.catalog.changes != catalog.changes
    catalog = translator.catalog
    preparedCount += 1
    let entry = PreparedOnServer(translation, kinds, name: "s\(preparedCount)")
    // What makes or drops a table is said once.
    if !isChanged, !translation.sql.hasPrefix("DROP"), !translation.sql.hasPrefix("CREATE") {
      if prepared.count >= Self.mostTexts {
        stale += prepared.values.joined().filter(\.isPrepared).map(\.name)
        prepared = [:]
      }
      prepared[key] = known + [entry]
    }
    return entry
  }

  private static let documented = Set(RelationDeclaration.all.map(\.name))

  /// The number that the next row of a table gets.
  private func nextNumber(of table: SQLTableShape) throws(StoreProblem) -> Int64 {
    if let known = numbers[table.name] { return known }
    if !table.isTemporary, catalog.tables[table.name] != nil { numberedTables.insert(table.name) }
    let column = SQLCatalog.quoted(table.number ?? "id")
    let rows = try ask([.plain("SELECT coalesce(max(\(column)), 0) + 1 FROM \(catalog.place(of: table))")])
    return rows.integer(0, 0) ?? 1
  }

  /// The readings of whom a query asks, as an object in JSON.
  func readings(of query: String) throws(StoreProblem) -> String {
    let asked = try send { (connection) throws(ServerProblem) in try connection.run(query) }
    // What finds them is the store's own.
    let wasForeign = isForeign
    isForeign = false
    defer { isForeign = wasForeign }
    var parts: [String] = []
    for row in 0..<asked.count {
      guard let subject = asked.integer(row, 0), let body = readingsOf else { continue }
      let property = asked.text(row, 1)
      let list = try body(subject, property)
      let key = SQL.json(["\(subject) \(property)"]).dropFirst().dropLast()
      parts.append("\(key):\(list)")
    }
    return "{" + parts.joined(separator: ",") + "}"
  }
}
