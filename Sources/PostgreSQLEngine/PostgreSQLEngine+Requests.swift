internal import RegistryStore

/// What is asked of the server, what waits to go with it, and the connection.
extension PostgreSQLEngine {
  /// How often the server was asked, and waited for.
  package var roundTrips: Int { connection.roundTrips }

  /// Has the planner look how much there is, unless another session has.
  func lookAgain(at number: Int64) throws(StoreProblem) {
    let statement = SQLTranslator.literal(catalog.shared("statement"))
    let known = try ask([.plain(PlannerStatistics.known(statement))]).integer(0, 0) ?? 0
    guard statistics.isToLook(at: number, known: known) else { return }
    try wait(for: PlannerStatistics.look(catalog.shared).map { .plain($0) })
  }

  /// Hands requests over with what is asked next.
  func wait(for requests: [ServerRequest]) throws(StoreProblem) {
    if !isConnected { try connectAnew() }
    waiting += requests
    openRows = [:]
    for case .execute(_, let values) in requests { waitingSize += Self.size(values) }
    if waiting.count >= 200 || waitingSize > 100_000 { try flush() }
  }

  private static func size(_ values: [String?]) -> Int {
    values.reduce(0) { $0 + ($1?.utf8.count ?? 0) + 8 }
  }

  /// Hands a row over with what is asked next, together with the other rows of its table that came since something else did.
  func gather(_ statement: PreparedOnServer, _ values: [String?]) throws(StoreProblem) {
    noteDates(statement, values)
    guard let copy = statement.translation.copy else { return try wait(for: requests(statement, values)) }
    if !isConnected { try connectAnew() }
    if let rows = openRows[copy] {
      rows.values.append(values)
    } else {
      let rows = GatheredRows(statement, values)
      openRows[copy] = rows
      waiting.append(.rows(rows))
    }
    waitingSize += Self.size(values)
    // A server that has nothing to do is given what there is, a busy one as much at once as costs it least.
    if waitingSize > 500_000 || waitingSize > 50_000 && onTheirWay?.isThere ?? true { try handOverBeside() }
  }

  func flush() throws(StoreProblem) {
    if !waiting.isEmpty { try ask([]) }
    try awaitRows()
  }

  func forgetAnswers() { ahead.forget() }

  /// Drops what waits, after the transaction that it is of.
  func dropWaiting() {
    _ = try? waitForRows()
    ahead.forget()
    waiting = []
    openRows = [:]
    waitingSize = 0
    forgetPreparing()
  }

  /// Asks something, with all that waits.
  @discardableResult
  func ask(_ requests: [ServerRequest]) throws(StoreProblem) -> ServerRows {
    let answers = try askAll(requests)
    guard let last = answers.last else {
      return try send { (connection) throws(ServerProblem) in try connection.run("") }
    }
    return last
  }

  /// Asks several things in one go, with all that waits.
  /// - Returns: the answers to what was handed over last without rows of tables between, those to `requests` at its end.
  @discardableResult
  func askAll(_ requests: [ServerRequest]) throws(StoreProblem) -> [ServerRows] {
    if !isConnected { try connectAnew() }
    let all = cursors.closing().map(ServerRequest.plain) + waiting + requests
    waiting = []
    openRows = [:]
    waitingSize = 0
    do throws(ServerProblem) {
      try waitForRows()
      let rows = try connection.run(steps(all))
      preparing = []
      return rows
    } catch {
      forgetPreparing()
      throw problem(error)
    }
  }

  /// Few rows go with the rest, many by themselves.
  private func steps(_ all: [ServerRequest]) -> [RowsOnTheirWay.Step] {
    var (pipeline, steps) = ([ServerRequest](), [RowsOnTheirWay.Step]())
    for request in all {
      guard case .rows(let rows) = request else {
        pipeline.append(request)
        continue
      }
      if rows.values.count < Self.fewRows {
        for values in rows.values { pipeline += self.requests(rows.statement, values) }
        continue
      }
      if !pipeline.isEmpty { steps.append(.pipeline(pipeline)) }
      pipeline = []
      steps.append(.copy(rows))
    }
    if !pipeline.isEmpty { steps.append(.pipeline(pipeline)) }
    return steps
  }

  /// Hands over what waits, and does not wait until the server has it.
  private func handOverBeside() throws(StoreProblem) {
    try awaitRows()
    let all = waiting
    (waiting, openRows, waitingSize) = ([], [:], 0)
    onTheirWay = RowsOnTheirWay(steps(all), to: connection)
    preparingBeside = preparing.count
  }

  /// Waits for what is handed over beside, before the connection is used.
  func awaitRows() throws(StoreProblem) {
    do throws(ServerProblem) { try waitForRows() } catch {
      forgetPreparing()
      throw problem(error)
    }
  }

  private func waitForRows() throws(ServerProblem) {
    guard let rows = onTheirWay else { return }
    onTheirWay = nil
    defer { connection.isInterrupted = hooks.isInterrupted }
    try rows.wait()
    preparing.removeFirst(preparingBeside)
  }

  /// Fewer are sooner there one by one, without waiting.
  private static let fewRows = 24

  /// What may or may not be prepared now is prepared under another name.
  private func forgetPreparing() {
    for statement in preparing {
      preparedCount += 1
      statement.name = "s\(preparedCount)"
      statement.isPrepared = false
    }
    preparing = []
  }

  /// Sends something by itself, to a new connection where the old one is gone.
  @discardableResult
  func send(
    _ body: (ServerConnection) throws(ServerProblem) -> ServerRows
  ) throws(StoreProblem) -> ServerRows {
    if !isConnected { try connectAnew() }
    try flush()
    do throws(ServerProblem) { return try body(connection) } catch { throw problem(error) }
  }

  func connectAnew() throws(StoreProblem) {
    if let lost { throw lost }
    dropWaiting()
    try connection.reconnect()
    connections += 1
    prepared = [:]
    stale = []
    numbers = [:]
    (numberedTables, knownFirst, firstNumbers, formsName, nextName) = (
      Self.numberedByAll, nil, [:], nil, nil
    )
    parts = []
    cursors.removeAll()
    (writing, begun) = (false, nil)
    isOpen = false
    catalog.removeAllTemporary()
    do throws(ServerProblem) { try connection.run(Self.settings) } catch { throw problem(error) }
  }

  /// Joins go by indexes, whatever the server takes there to be of each, in an order that it chooses. A question is planned once: to
  /// plan it takes longer than to answer it.
  static let settings = """
    SET search_path = pg_catalog; SET enable_hashjoin = off; SET enable_mergejoin = off;
    SET jit = off; SET cursor_tuple_fraction = 1; SET plan_cache_mode = force_generic_plan; SET max_parallel_workers_per_gather = 0; SET standard_conforming_strings = on;
    SET DateStyle = 'ISO'; SET extra_float_digits = 1; SET bytea_output = 'hex';
    SET default_transaction_isolation = 'read committed'
    """
}
