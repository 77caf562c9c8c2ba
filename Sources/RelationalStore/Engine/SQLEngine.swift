package import RegistryStore

/// The database of an engine in which the store keeps a registry: what PostgreSQL, say, would have to give beside a
/// ``Dialect``.
///
/// One value is one session's handle, used from one thread.
package protocol SQLEngine: AnyObject {
  /// What problems call it.
  var location: String { get }

  /// What it asks and tells while it works and waits.
  var hooks: StoreHooks { get set }

  /// Told of every statement that is run: tests count them.
  var onStatement: ((String) -> Void)? { get set }

  // MARK: Statements

  /// The rows of a statement. Its text is looked up among those that are prepared.
  func rows(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> any SQLCursor

  /// Asks some questions in one go, where each costs a way there and back: ``rows(_:_:)`` has their answers until anything is
  /// written. Elsewhere they are asked when their turn comes.
  func ask(ahead questions: [SQLQuestion]) throws(StoreProblem)

  /// The rows of a statement that may be very many: they need not all be there at once.
  func stream(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> any SQLCursor

  /// Runs a statement that has no rows, with its parameters bound one after another.
  /// - Returns: how many rows it changed.
  @discardableResult
  func run(
    _ sql: String, binding: (any SQLBinding) throws(StoreProblem) -> Void
  ) throws(StoreProblem) -> Int

  /// Runs a statement that has no rows.
  /// - Returns: how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> Int

  /// Runs a statement that has no rows, of which nobody asks how many rows it changed: what keeps its tables elsewhere may
  /// hand it over with the next one, and tell then what is wrong with it.
  func write(_ sql: String, binding: (any SQLBinding) throws(StoreProblem) -> Void) throws(StoreProblem)

  /// Runs several statements that have no parameters.
  func runScript(_ sql: String) throws(StoreProblem)

  /// The id of the row that was inserted last.
  var lastInsertedID: Int64 { get }

  // MARK: Transactions

  /// Begins a transaction of the database; parts of it are begun and ended in SQL (`SAVEPOINT`).
  /// - Returns: false where it was to begin at once and somebody else writes.
  @discardableResult
  func begin(_ beginning: SQLBeginning) throws(StoreProblem) -> Bool

  /// Begins to write, waiting for whoever does, and asks what is asked first then, as ``ask(ahead:)`` does.
  func beginWriting(asking questions: [SQLQuestion]) throws(StoreProblem)

  /// Who is recorded to write, whatever anybody says, where the database knows it.
  var author: String? { get }

  /// Tells those who wait who writes.
  func tell(writer author: String)

  /// - Parameter uid: what the transaction is known by that is committed, where it is one of the registry: by it is found
  ///   out what became of it when the way to the database breaks.
  func commit(_ uid: String?) throws(StoreProblem)

  /// Drops the transaction, if the database has not dropped it by itself.
  func rollback() throws(StoreProblem)

  /// Whether each question costs a way there and back.
  var isFarAway: Bool { get }

  /// Whether a statement that fails takes all of the open transaction with it, so that what only reads is a part of its own.
  var failsAsAWhole: Bool { get }

  /// Whether the database has a transaction open.
  var isInTransaction: Bool { get }

  /// Whether the store began a transaction and did not end it.
  var isBegun: Bool { get set }

  /// Why the database dropped by itself the transaction that was begun: a full disk, a failing one. What were written now
  /// would be kept each by itself.
  var lost: StoreProblem? { get }

  /// A number that changes when another session has written.
  func dataVersion() throws(StoreProblem) -> Int64

  // MARK: Tables and indexes

  /// The names of the tables or views among some that are there for this session alone.
  func temporary(_ kind: SQLKind, among names: [String]) throws(StoreProblem) -> Set<String>

  /// How the indexes among some are made that are there.
  func indexes(among names: [String]) throws(StoreProblem) -> [(name: String, creation: String)]

  /// Tells the planner how much indexes narrow, where it can be told.
  func tell(_ hints: [IndexHint], of scope: Scope) throws(StoreProblem)

  /// Keeps more pages in memory, for a long import, or the usual number.
  func keepPages(_ pages: SQLPages) throws(StoreProblem)

  // MARK: Foreign queries

  /// What is known of a query of the user's own before it is run.
  func inspect(_ sql: String) throws(StoreProblem) -> InspectedQuery

  /// Whether its time grows with pairs of rows.
  func readsAgainAndAgain(_ sql: String) throws(StoreProblem) -> Bool

  /// Runs `body` so that nothing can be written.
  func onlyReading<Result>(_ body: () throws(StoreProblem) -> Result) throws(StoreProblem) -> Result

  /// Adds `readings_of(subject, property)`, which the relation `readings` is made of.
  func add(readings: @escaping (_ subject: Int64, _ property: String) throws(StoreProblem) -> String)

  // MARK: The whole

  /// Tests the database itself.
  /// - Returns: what is wrong with it, and how many of its pages were looked at.
  func checkIntegrity() throws(StoreProblem) -> (problem: String?, examined: Int)

  /// Tests whether rows refer to rows that are there.
  /// - Returns: what does not.
  func checkReferences() throws(StoreProblem) -> String?

  /// More rows than that no table can have: how far to look for rows that no index tells of.
  func mostRows() throws(StoreProblem) -> Int64

  /// Copies what is committed to a new place.
  func backup(to target: String) throws(StoreProblem)

  /// Gives the database back. Cursors must be gone.
  func close() throws(StoreProblem)
}

/// A statement that has rows, with its arguments.
package struct SQLQuestion: Sendable {
  package var sql: String
  package var arguments: [SQL]

  package init(_ sql: String, _ arguments: [SQL] = []) {
    self.sql = sql
    self.arguments = arguments
  }
}

/// How a transaction of a database begins.
package enum SQLBeginning: Sendable {
  /// To read one state.
  case reading
  /// To write, waiting for whoever writes.
  case writing
  /// To write, unless somebody else does.
  case writingAtOnce
}

package enum SQLKind: String, Sendable { case table, view }

package enum SQLPages: Sendable { case usual, many }

/// What is known of a query of the user's own before it is run.
package struct InspectedQuery {
  package var isReadOnly: Bool
  /// Whether nothing but blanks and comments stands there.
  package var isEmpty: Bool
  /// As they are named in it.
  package var parameters: [String]
  /// What stands behind its first statement.
  package var rest: String

  package init(isReadOnly: Bool, isEmpty: Bool, parameters: [String], rest: String) {
    self.isReadOnly = isReadOnly
    self.isEmpty = isEmpty
    self.parameters = parameters
    self.rest = rest
  }
}

extension SQLEngine {
  package var failsAsAWhole: Bool { false }
  package var isFarAway: Bool { false }
  package var author: String? { nil }

  package func ask(ahead questions: [SQLQuestion]) throws(StoreProblem) {}

  package func beginWriting(asking questions: [SQLQuestion]) throws(StoreProblem) {
    try begin(.writing)
    try ask(ahead: questions)
  }

  package func rows(_ question: SQLQuestion) throws(StoreProblem) -> any SQLCursor {
    try rows(question.sql, question.arguments)
  }

  package func stream(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> any SQLCursor {
    try rows(sql, arguments)
  }

  package func commit() throws(StoreProblem) { try commit(nil) }

  package func write(
    _ sql: String, binding: (any SQLBinding) throws(StoreProblem) -> Void
  ) throws(StoreProblem) {
    try run(sql, binding: binding)
  }

  package func write(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) {
    try write(sql) { (row: any SQLBinding) throws(StoreProblem) in
      for argument in arguments { row.value(argument) }
    }
  }

  package func rows(_ sql: String) throws(StoreProblem) -> any SQLCursor { try rows(sql, []) }

  @discardableResult
  package func run(_ sql: String) throws(StoreProblem) -> Int { try run(sql, []) }

  /// The first column of the first row, nil where there is no row or it is NULL.
  package func integer(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> Int64? {
    let cursor = try rows(sql, arguments)
    return try cursor.next() ? cursor.optionalInteger(0) : nil
  }

  package func text(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> String? {
    let cursor = try rows(sql, arguments)
    return try cursor.next() ? cursor.optionalText(0) : nil
  }

  /// The first column of all rows.
  package func integers(_ question: SQLQuestion) throws(StoreProblem) -> [Int64] {
    try integers(question.sql, question.arguments)
  }

  /// The first column of all rows.
  package func integers(_ sql: String, _ arguments: [SQL] = []) throws(StoreProblem) -> [Int64] {
    let cursor = try rows(sql, arguments)
    var found: [Int64] = []
    while try cursor.next() { found.append(cursor.integer(0)) }
    return found
  }
}
