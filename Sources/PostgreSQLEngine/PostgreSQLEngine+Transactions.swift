internal import Glibc
package import RegistryStore
package import RelationalStore

/// Transactions, the lock of the one who writes, and what becomes of a commit when the way to the server breaks.
extension PostgreSQLEngine {
  package var isInTransaction: Bool { isOpen && isConnected }

  package var failsAsAWhole: Bool { true }
  package var isFarAway: Bool { true }

  @discardableResult
  package func begin(_ beginning: SQLBeginning) throws(StoreProblem) -> Bool {
    if case .writing = beginning {
      try beginWriting(asking: [])
      return true
    }
    onStatement?("BEGIN")
    forgetAnswers()
    if !isConnected { try connectAnew() }
    switch beginning {
    case .reading: try wait(for: [.plain("BEGIN ISOLATION LEVEL REPEATABLE READ")])
    case .writing: break
    case .writingAtOnce:
      let rows = try ask([
        .plain("BEGIN"), .plain("SELECT \(lock("pg_try_advisory_xact_lock"))"),
      ])
      guard rows.text(0, 0) == "t" else {
        try ask([.plain("ROLLBACK")])
        return false
      }
      writing = true
    }
    open()
    return true
  }

  package func beginWriting(asking questions: [SQLQuestion]) throws(StoreProblem) {
    onStatement?("BEGIN")
    forgetAnswers()
    if !isConnected { try connectAnew() }
    try takeLock(asking: questions)
    open()
  }

  private func open() {
    isStandbyTold = false
    statistics.beginTransaction()
    isOpen = true
    parts = [("", catalog)]
    numbers = firstNumbers
    firstNumbers = [:]
    saysDates = false
  }

  /// What every transaction that writes asks first: how many were committed, for ``dataVersion()``, and what the next rows are
  /// numbered of the tables that were written to before. It is prepared with the first that asks it.
  private var firstQuestion: FirstQuestion {
    get throws(ServerProblem) {
      let tables = numberedTables.sorted()
      if let known = knownFirst, known.tables == tables { return known }
      let numbers = tables.map { table in
        let column = SQLCatalog.quoted(catalog.tables[table]?.number ?? "id")
        return ", (SELECT coalesce(max(\(column)), 0) + 1 FROM \(catalog.shared(table)))"
      }
      let question = FirstQuestion(name: "first\(connections)_\(tables.count)", tables: tables)
      try connection.run(
        "PREPARE \(question.name) AS SELECT number\(numbers.joined()) FROM \(catalog.shared("moment"))")
      knownFirst = question
      return question
    }
  }

  /// The lock of this registry's writer, taken until the transaction ends.
  private func lock(_ function: String) -> String {
    "\(function)(\(Self.lockClass), \(catalog.namespace)::oid::bigint::integer)"
  }

  /// `Entr`.
  static var lockClass: Int { 0x456E_7472 }

  /// Waits for whoever writes, and tells for whom.
  private func takeLock(asking questions: [SQLQuestion]) throws(StoreProblem) {
    let start = ContinuousClock.now
    try flush()
    let asked = try prepared(questions)
    do throws(ServerProblem) {
      // In one go, with what is asked for as soon as the lock is there.
      let first = try firstQuestion
      try connection.begin(
        """
        BEGIN; \(mayLog ? DurableCommit.later + "; " : "")SELECT \(lock("pg_advisory_xact_lock")); \
        \(writerName.map { "SELECT \(WriterOnServer.telling($0)); " } ?? "")EXECUTE \(first.name)\
        \(asked.map { "; EXECUTE \($0.execution)" }.joined())
        """
      )
      var holder: WriterOnServer?
      var told: StoreProblem?
      var notice = WaitingNotice(since: start, after: lastWait)
      func writer() -> StoreProblem? {
        holder = holder ?? (try? WriterOnServer(connection.location))
        return holder?.problem(catalog.schema, location)
      }
      while !connection.isReady(within: 100) {
        let isTooLong = ContinuousClock.now - start > .seconds(patience)
        if hooks.isInterrupted?() == true || isTooLong {
          connection.cancel()
          _ = try? connection.finish()
          _ = try? connection.run("ROLLBACK")
          if !isTooLong { throw ServerProblem(state: Self.wanted, words: "") }
          waited = told ?? writer() ?? .locked(location: location, holder: nil, since: nil)
          throw ServerProblem(state: Self.waitedTooLong, words: "")
        }
        // A crowd that waits does not ask whom for: each would need a connection more.
        guard hooks.onWait != nil, notice.isDue(at: .now) else { continue }
        let found = writer() ?? .locked(location: location, holder: nil, since: nil)
        told = found
        if notice.isNews(found, at: .now) { hooks.onWait?(found) }
      }
      let answers = try connection.finishAll()
      let rows = answers[answers.count - 1 - asked.count]
      for (asked, rows) in zip(asked, answers.suffix(asked.count)) {
        keepAhead(asked.question, rows, asked.columns)
      }
      lastWait = ContinuousClock.now - start
      begun = rows.integer(0, 0) ?? 0
      for (index, table) in first.tables.enumerated() { firstNumbers[table] = rows.integer(0, index + 1) }
      writing = true
    } catch {
      if error.state == Self.wanted { throw .interrupted }
      if error.state == Self.waitedTooLong, let waited { throw waited }
      let found = problem(error)
      _ = try? connection.run("ROLLBACK")
      throw found
    }
  }

  private static var wanted: String { "wanted no more" }
  private static var waitedTooLong: String { "waited too long" }

  /// In the server's list of sessions, where all see who writes; from the second time on with the lock itself.
  package func tell(writer author: String) {
    guard writerName != author else { return }
    writerName = author
    _ = try? send { (connection) throws(ServerProblem) in
      try connection.run("SELECT \(WriterOnServer.telling(author))")
    }
  }

  package func commit(_ uid: String?) throws(StoreProblem) {
    onStatement?("COMMIT")
    forgetAnswers()
    cursors.removeAll()
    guard writing else {
      try ask([.plain("COMMIT")])
      (parts, isOpen) = ([], false)
      return
    }
    let next = try noteCommit()
    connection.onSlow = { [weak self] _ in self?.tellStandby() }
    defer { connection.onSlow = nil }
    do throws(StoreProblem) {
      try ask([.plain("COMMIT")] + (mayLog ? [.plain(DurableCommit.now)] : []))
      nextName = next
    } catch {
      guard let uid else { throw error }
      if connection.isThere {
        // It may have been recorded, and what waits for the disk gone wrong.
        _ = try? ask([.plain("ROLLBACK")])
        guard try ask([counted(uid)]).integer(0, 0) ?? 0 > 0 else { throw error }
      } else {
        try findOut(uid, error)
      }
    }
    (writing, begun) = (false, nil)
    (parts, isOpen) = ([], false)
    commits += 1
  }

  /// How many transactions there are of a uid.
  private func counted(_ uid: String) -> ServerRequest {
    .query(
      "SELECT count(*) FROM \(catalog.shared("tx")) t WHERE t.\"uid\" = $1", types: [25], values: [uid])
  }

  /// After the connection was lost while a transaction was committed: whether there is one of its uid, on whichever server
  /// answers now. The lock of the writer is waited for, so that nobody is committing it still.
  private func findOut(_ uid: String, _ lost: StoreProblem) throws(StoreProblem) {
    let start = ContinuousClock.now
    let words = if case .connectionLost(let words) = lost { words } else { lost.message }
    while ContinuousClock.now - start < .seconds(patience), hooks.isInterrupted?() != true {
      self.lost = nil
      do throws(StoreProblem) {
        if !isConnected { try connectAnew() }
        let rows = try ask([
          .plain("BEGIN"), .plain("SET LOCAL lock_timeout = '1s'"),
          .plain("SELECT \(lock("pg_advisory_xact_lock"))"), counted(uid),
        ])
        _ = try? ask([.plain("ROLLBACK")])
        if rows.integer(0, 0) ?? 0 > 0 {
          if mayLog { try ask([.plain(DurableCommit.now)]) }
          return
        }
        throw .transactionLost(because: "the connection was lost before it was committed (\(words))")
      } catch {
        if case .transactionLost = error { throw error }
        if connection.isThere { _ = try? ask([.plain("ROLLBACK")]) }
        usleep(200_000)
      }
    }
    throw .commitUncertain(because: words)
  }

  /// Tells which standbys a commit waits for, where it waits for some.
  private func tellStandby() {
    guard let onWait = hooks.onWait, let other = try? ServerConnection(connection.location) else { return }
    let rows = try? other.run(
      """
      SELECT current_setting('synchronous_standby_names') FROM pg_stat_activity
      WHERE pid = \(connection.process) AND wait_event = 'SyncRep'
      """)
    guard let rows, rows.count == 1, !isStandbyTold else { return }
    isStandbyTold = true
    onWait(.waitingForStandby(location: location, standbys: rows.text(0, 0)))
  }

  package func rollback() throws(StoreProblem) {
    onStatement?("ROLLBACK")
    (writing, begun) = (false, nil)
    numbers = [:]
    statistics.rollback()
    if let first = parts.first { catalog.restore(first.catalog) }
    parts = []
    cursors.removeAll()
    dropWaiting()
    guard isInTransaction else { return }
    isOpen = false
    do throws(StoreProblem) {
      try ask([.plain("ROLLBACK")])
    } catch {
      // Where the way is lost the server has dropped it.
      if connection.isThere { throw error }
    }
  }

  /// Begins, ends or drops a part of the transaction.
  func runPart(_ sql: String) throws(StoreProblem) {
    // What was told as done before is not given up with what comes now.
    if sql.hasPrefix("SAVEPOINT"), parts.count == 1 {
      try awaitRows()
      let isInterrupted = connection.isInterrupted
      connection.isInterrupted = nil
      defer { connection.isInterrupted = isInterrupted }
      try flush()
    }
    let name = String(sql.split(separator: " ").last ?? "")
    if sql.hasPrefix("ROLLBACK") {
      // What went wrong with what waits is dropped too.
      cursors.isHeld = true
      defer { cursors.isHeld = false }
      do throws(StoreProblem) { try flush() } catch {}
      try ask([.plain(sql)])
    } else {
      try wait(for: [.plain(sql)])
    }
    if sql.hasPrefix("SAVEPOINT") {
      parts.append((name, catalog))
    } else if let index = parts.lastIndex(where: { $0.name == name }) {
      if sql.hasPrefix("RELEASE") {
        cursors.release(to: index)
        parts.removeSubrange(index...)
      } else {
        cursors.remove(deeperThan: index)
        catalog.restore(parts[index].catalog)
        parts.removeSubrange((index + 1)...)
        numbers = [:]
      }
    }
  }

  /// A number of the commits of all sessions, without those of this one: it changes when another has written, and when
  /// this one has lost what it knew.
  package func dataVersion() throws(StoreProblem) -> Int64 {
    // Nobody else writes while this one does.
    let number = if writing, let begun { begun } else { try ask([.plain(moment)]).integer(0, 0) ?? 0 }
    return number - commits + connections << 40
  }

  private var moment: String { "SELECT number FROM \(catalog.shared("moment"))" }

  // MARK: Problems

  func problem(_ error: ServerProblem) -> StoreProblem {
    let found = meaning(error)
    if isBegun, lost == nil, error.isLost || parts.count <= 1 && connection.transaction != .open {
      lost = .transactionLost(because: error.isLost ? "the connection to the server was lost" : found.message)
    }
    return found
  }

  private func meaning(_ error: ServerProblem) -> StoreProblem {
    if error.isLost {
      return .connectionLost(error.words)
    }
    switch error.state {
    case "57014":
      return connection.wasInterrupted ? .interrupted : .failed(Self.tooLong)
    case "55P03": return .locked(location: location, holder: nil, since: nil)
    case "53100", "53200": return .diskFull(location: location)
    case "42501": return .notAllowed(location: location, schema: catalog.schema, words: error.words)
    case "25006": return isStandby ? .onStandby(location: location) : .readOnly(location: location)
    case "22021": return .notKept(error.words)
    case "54000" where error.words.contains("index row"):
      return .notKept("a name or title that is so long (\(error.words))")
    // The class of what goes past a limit of the program.
    case let state where state.hasPrefix("54"): return .questionTooLarge(error.words)
    default: return .failed(error.words)
    }
  }
}

/// A question that is prepared on the server.
struct FirstQuestion {
  var name: String
  /// The tables of whose rows the next numbers are asked, in this order, behind the number of commits.
  var tables: [String]
}

/// Who writes into a registry on a server, asked on a connection of its own: the first one waits.
final class WriterOnServer {
  private let connection: ServerConnection

  init(_ location: ServerLocation) throws(StoreProblem) { connection = try ServerConnection(location) }

  /// Has a session listed as who writes, and since when, until its transaction ends.
  static func telling(_ author: String) -> String {
    let since = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    return
      "set_config('application_name', 'entente ' || \(since) || \(SQLTranslator.literal(" " + name(author))), true)"
  }

  /// As much of a name as the server keeps behind the rest.
  private static func name(_ author: String) -> String {
    var name = ""
    for scalar in author.unicodeScalars {
      // Other characters are not kept there.
      let shown = scalar.value >= 0x20 && scalar.value < 0x7F ? scalar : "?"
      guard name.utf8.count < 63 - "entente 2026-01-01T00:00:00Z ".utf8.count else { break }
      name.unicodeScalars.append(shown)
    }
    return name
  }

  func problem(_ schema: String, _ location: String) -> StoreProblem? {
    let rows = try? connection.run(
      """
      SELECT a.application_name, a.usename, a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.classid = \(PostgreSQLEngine.lockClass)
        AND l.objid = \(SQLCatalog.namespace(of: schema))::oid
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """)
    guard let rows, rows.count > 0 else { return nil }
    let parts = rows.text(0, 0).split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count == 3, parts[0] == "entente" else {
      return .locked(
        location: location, holder: "\(rows.text(0, 1)) (process \(rows.text(0, 2)))", since: nil)
    }
    return .locked(location: location, holder: "\(parts[2]) (process \(rows.text(0, 2)))", since: parts[1])
  }
}
