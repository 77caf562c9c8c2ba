internal import CLibPQ
internal import Glibc
internal import RegistryStore

/// A connection to a server: statements are handed over, and waited for so that Ctrl-C is heard.
///
/// Used from one thread.
final class ServerConnection {
  let location: ServerLocation
  private(set) var handle: OpaquePointer
  /// Whether whoever waits wants it no more.
  var isInterrupted: (() -> Bool)?
  /// Told, every second, how long the server has not answered yet.
  var onSlow: ((Duration) -> Void)?
  /// Whether the server was asked to give up what it did last.
  private(set) var wasInterrupted = false

  /// How often something was handed over, and waited for.
  private(set) var roundTrips = 0

  init(_ location: ServerLocation) throws(StoreProblem) {
    guard clibpq_load() == 0 else {
      throw .cannotOpen(
        location: location.words,
        reason:
          "PostgreSQL's client library is missing (\(String(cString: clibpq_problem()))); install it: apt-get install libpq5"
      )
    }
    self.location = location
    handle = try Self.connect(location)
  }

  deinit { clibpq_finish(handle) }

  private static func connect(_ location: ServerLocation) throws(StoreProblem) -> OpaquePointer {
    let settings = [
      ("dbname", location.connection), ("client_encoding", "UTF8"), ("fallback_application_name", "entente"),
    ]
    let words = settings.flatMap { [strdup($0.0), strdup($0.1)] }
    defer { for word in words { free(word) } }
    let keywords = stride(from: 0, to: words.count, by: 2).map { UnsafePointer(words[$0]) } + [nil]
    let values = stride(from: 1, to: words.count, by: 2).map { UnsafePointer(words[$0]) } + [nil]
    guard let handle = clibpq_connectdbParams(keywords, values, 1) else {
      throw .cannotOpen(location: location.words, reason: "there is no memory left")
    }
    guard Int(clibpq_status(handle)) == CLIBPQ_CONNECTION_OK else {
      let reason = String(cString: clibpq_errorMessage(handle)).trimmedLines
      clibpq_finish(handle)
      throw .cannotOpen(location: location.words, reason: reason)
    }
    clibpq_beQuiet(handle)
    return handle
  }

  /// Whether the server is still there, as far as is known.
  var isThere: Bool { Int(clibpq_status(handle)) == CLIBPQ_CONNECTION_OK }

  /// Connects anew after the server was gone; nothing of before is left.
  func reconnect() throws(StoreProblem) {
    let fresh = try Self.connect(location)
    clibpq_finish(handle)
    handle = fresh
  }

  /// The number of the server's process for it.
  var process: Int { Int(clibpq_backendPID(handle)) }

  var user: String { String(cString: clibpq_user(handle)) }

  enum TransactionState { case none, open, failed, unknown }

  var transaction: TransactionState {
    switch Int(clibpq_transactionStatus(handle)) {
    case CLIBPQ_TRANSACTION_IDLE: .none
    case CLIBPQ_TRANSACTION_OPEN, CLIBPQ_TRANSACTION_ACTIVE: .open
    case CLIBPQ_TRANSACTION_FAILED: .failed
    default: .unknown
    }
  }

  // MARK: Statements

  /// Runs statements without parameters, one after another; the rows of the last.
  @discardableResult
  func run(_ sql: String) throws(ServerProblem) -> ServerRows {
    roundTrips += 1
    guard clibpq_sendQuery(handle, sql) == 1 else { throw problem }
    return try results()
  }

  /// What stands around the character U+0000 in a text, so that it can be found.
  private static func around(zeroIn text: String) -> String {
    let scalars = text.unicodeScalars
    guard let zero = scalars.firstIndex(of: "\0") else { return "" }
    let (before, behind) = (scalars[..<zero], scalars[scalars.index(after: zero)...])
    let start = before.count > 40 ? "…" : "", end = behind.count > 20 ? "…" : ""
    return "“\(start)\(Substring(before.suffix(40)))\\u{0}\(Substring(behind.prefix(20)))\(end)”"
  }

  /// Hands over several requests in one go.
  /// - Returns: the rows of each. After one that fails none is carried out.
  func run(_ requests: [ServerRequest]) throws(ServerProblem) -> [ServerRows] {
    guard requests.count > 0 else { throw ServerProblem(state: "", words: "nothing was asked") }
    // A text ends there for libpq.
    if let text = requests.lazy.compactMap(\.textWithZero).first {
      throw ServerProblem(
        state: "22021", words: "a text with the character U+0000: \(Self.around(zeroIn: text))")
    }
    roundTrips += 1
    guard clibpq_enterPipelineMode(handle) == 1 else { throw problem }
    var sent = 0
    for request in requests {
      guard hand(over: request) == 1 else { break }
      sent += 1
    }
    let isSynchronized = clibpq_pipelineSync(handle) == 1
    var answers: [ServerRows] = []
    var failure: ServerProblem? = sent < requests.count || !isSynchronized ? problem : nil
    wasInterrupted = false
    // Behind the results of each request stands none, and behind all the end.
    for _ in 0..<sent {
      while let result = next() {
        let rows = ServerRows(result)
        if let problem = rows.problem { failure = failure ?? problem } else { answers.append(rows) }
      }
      if !isThere { break }
    }
    // What is committed at the end is committed when the end is told.
    var isAtEnd = false
    while isThere, let result = next() {
      if Int(clibpq_resultStatus(result)) == CLIBPQ_PIPELINE_SYNC { isAtEnd = true }
      _ = ServerRows(result)
    }
    if !isAtEnd { failure = failure ?? problem }
    if clibpq_exitPipelineMode(handle) != 1, failure == nil { failure = problem }
    if let failure { throw failure }
    guard answers.count == sent else { throw problem }
    return answers
  }

  /// Hands over rows of a table as one text (`COPY … FROM STDIN`).
  @discardableResult
  func copy(_ sql: String, _ text: [UInt8]) throws(ServerProblem) -> ServerRows {
    roundTrips += 1
    guard clibpq_sendQuery(handle, sql) == 1, let answer = next() else { throw problem }
    let (isReady, rows) = (Int(clibpq_resultStatus(answer)) == CLIBPQ_COPY_IN, ServerRows(answer))
    guard isReady else {
      while let rest = next() { _ = ServerRows(rest) }
      throw rows.problem ?? problem
    }
    let isSent = text.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 1 << 20).allSatisfy { start in
        let part = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 1 << 20, bytes.count)])
        return part.withMemoryRebound(to: CChar.self) {
          clibpq_putCopyData(handle, $0.baseAddress, Int32($0.count)) == 1
        }
      }
    }
    guard isSent, clibpq_putCopyEnd(handle, nil) == 1 else { throw problem }
    return try results()
  }

  private func hand(over request: ServerRequest) -> Int32 {
    switch request {
    case .rows: 0
    case .plain(let sql): clibpq_sendQueryParams(handle, sql, 0, nil, nil, nil, nil, 0)
    case .prepare(let name, let sql, let types):
      clibpq_sendPrepare(handle, name, sql, Int32(types.count), types)
    case .query(let sql, let types, let values):
      Self.withPointers(values) {
        clibpq_sendQueryParams(handle, sql, Int32(values.count), types, $0, nil, nil, 0)
      }
    case .execute(let name, let values):
      Self.withPointers(values) {
        clibpq_sendQueryPrepared(handle, name, Int32(values.count), $0, nil, nil, 0)
      }
    }
  }

  /// The values as texts that end at a zero, one behind another in one piece of memory.
  private static func withPointers<Result>(
    _ values: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let size = values.reduce(1) { $0 + ($1?.utf8.count ?? 0) + 1 }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { room in
      withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: values.count + 1) { pointers in
        var used = 0
        for (index, value) in values.enumerated() {
          guard let value, let base = room.baseAddress else {
            pointers.initializeElement(at: index, to: nil)
            continue
          }
          pointers.initializeElement(at: index, to: UnsafePointer(base + used))
          for byte in value.utf8 {
            room[used] = CChar(bitPattern: byte)
            used += 1
          }
          room[used] = 0
          used += 1
        }
        pointers.initializeElement(at: values.count, to: nil)
        return body(UnsafePointer(pointers.baseAddress.unsafelyUnwrapped))
      }
    }
  }

  /// Waits for all results of what was handed over.
  /// - Returns: the last.
  private func results() throws(ServerProblem) -> ServerRows {
    guard let last = try allResults().last else { throw problem }
    return last
  }

  private func allResults() throws(ServerProblem) -> [ServerRows] {
    var all: [ServerRows] = []
    var failure: ServerProblem?
    wasInterrupted = false
    while let result = next() {
      let rows = ServerRows(result)
      if let problem = rows.problem { failure = failure ?? problem } else { all.append(rows) }
    }
    if let failure { throw failure }
    return all
  }

  /// The next result; the server is asked to give up where it is not wanted any more.
  private func next() -> OpaquePointer? {
    let start = onSlow == nil ? nil : ContinuousClock.now
    var told = 0
    while clibpq_isBusy(handle) == 1 {
      guard wait(milliseconds: 100) else {
        if let start, ContinuousClock.now - start > .seconds(told + 1) {
          told += 1
          onSlow?(ContinuousClock.now - start)
        }
        if !wasInterrupted, isInterrupted?() == true {
          wasInterrupted = true
          clibpq_cancelQuery(handle)
        }
        continue
      }
      if clibpq_consumeInput(handle) == 0 { break }
    }
    return clibpq_getResult(handle)
  }

  /// - Returns: whether the server said something.
  private func wait(milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: clibpq_socket(handle), events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, milliseconds) != 0
  }

  /// Hands a statement over without waiting for it; see ``isReady(within:)`` and ``finish()``.
  func begin(_ sql: String) throws(ServerProblem) {
    roundTrips += 1
    guard clibpq_sendQuery(handle, sql) == 1 else { throw problem }
  }

  /// Whether what was handed over is done, after some time at the latest.
  func isReady(within milliseconds: Int32) -> Bool {
    if clibpq_isBusy(handle) == 0 { return true }
    if wait(milliseconds: milliseconds) { _ = clibpq_consumeInput(handle) }
    return clibpq_isBusy(handle) == 0
  }

  @discardableResult
  func finish() throws(ServerProblem) -> ServerRows { try results() }

  /// The answers to each of the statements that were handed over together.
  func finishAll() throws(ServerProblem) -> [ServerRows] { try allResults() }

  func cancel() { clibpq_cancelQuery(handle) }

  private var problem: ServerProblem {
    ServerProblem(
      state: "", words: String(cString: clibpq_errorMessage(handle)).trimmedLines, isLost: !isThere)
  }
}

/// What is asked of a server.
enum ServerRequest {
  /// One statement without parameters.
  case plain(String)
  /// One that is asked once.
  case query(String, types: [UInt32], values: [String?])
  case prepare(name: String, sql: String, types: [UInt32])
  case execute(name: String, values: [String?])
  /// Rows that can be handed over together; never to a pipeline.
  case rows(GatheredRows)

  /// A value that has the character U+0000 in it.
  var textWithZero: String? {
    switch self {
    case .query(_, _, let values), .execute(_, let values):
      values.lazy.compactMap(\.self).first { $0.utf8.contains(0) }
    case .plain, .prepare, .rows: nil
    }
  }
}

/// What the server, or the way there, says is wrong.
struct ServerProblem: Error {
  /// The five characters by which SQL knows it; empty where the server said nothing.
  var state: String
  var words: String
  var isLost = false
}

/// What a statement gave.
final class ServerRows {
  private let result: OpaquePointer
  let count: Int
  let width: Int

  init(_ result: OpaquePointer) {
    self.result = result
    count = Int(clibpq_ntuples(result))
    width = Int(clibpq_nfields(result))
  }

  deinit { clibpq_clear(result) }

  var problem: ServerProblem? {
    guard Int(clibpq_resultStatus(result)) == CLIBPQ_FATAL_ERROR else { return nil }
    func field(_ code: Int) -> String? {
      clibpq_resultErrorField(result, Int32(code)).map { String(cString: $0) }
    }
    let state = field(CLIBPQ_SQLSTATE) ?? ""
    let words =
      field(CLIBPQ_MESSAGE)?.shortened ?? String(cString: clibpq_resultErrorMessage(result)).trimmedLines
    return ServerProblem(
      state: state, words: words, isLost: state.isEmpty || state.hasPrefix("08") || state.hasPrefix("57P"))
  }

  /// How many rows were written.
  var changed: Int { Int(String(cString: clibpq_cmdTuples(result))) ?? 0 }

  func isNull(_ row: Int, _ column: Int) -> Bool { clibpq_getisnull(result, Int32(row), Int32(column)) == 1 }

  func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> {
    let count = Int(clibpq_getlength(result, Int32(row), Int32(column)))
    guard let start = clibpq_getvalue(result, Int32(row), Int32(column)) else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return start.withMemoryRebound(to: UInt8.self, capacity: count) {
      UnsafeBufferPointer(start: $0, count: count)
    }
  }

  func text(_ row: Int, _ column: Int) -> String { String(decoding: bytes(row, column), as: UTF8.self) }

  func integer(_ row: Int, _ column: Int) -> Int64? {
    isNull(row, column) ? nil : Int64(text(row, column))
  }
}

extension String {
  /// In one line.
  var trimmedLines: String { split(whereSeparator: \.isNewline).joined(separator: "; ").shortened }

  /// What an error quotes of a statement may be long.
  var shortened: String { unicodeScalars.count > 400 ? String(unicodeScalars.prefix(400)) + "…" : self }
}
