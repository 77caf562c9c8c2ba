import CEntentePlugin
import CPluginTransport
import RegistryModel

/// Serves one run of a library in a worker: frames in, frames out, nothing that comes believed.
struct LibraryService {
  private let process: any PluginLine
  private let run: PluginRun

  init(_ process: any PluginLine, _ run: PluginRun) {
    self.process = process
    self.run = run
  }

  /// What the worker said is nothing that one of ours says.
  private struct Nonsense: Error {}

  func serve(_ request: PluginRequest) -> Served {
    let asked = request.payload
    do {
      try withExtendedLifetime(asked) { try send(PT_RUN, asked.bytes) }
      while true {
        let frame = try process.frame { run.isOver() }
        var payload = CellReader(frame.payload, readsNumbers: true)
        if frame.kind == PT_DONE { return .done(try Self.known(payload.number(Int32.self))) }
        try handle(frame.kind, &payload)
        // A plugin that reported its failure returns by itself; one that gave too much does not.
        if let problem = run.problem, !problem.isReportedByPlugin { return .over }
      }
    } catch WorkerProcess.Silence.over {
      return .over
    } catch {
      return .gone
    }
  }

  private func send(_ kind: Int, _ payload: UnsafeRawBufferPointer) throws(WorkerProcess.Silence) {
    try process.send(kind, payload) { run.isOver() }
  }

  private static func known<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Nonsense() }
    return value
  }

  /// Does what a frame asks for.
  private func handle(_ kind: Int, _ payload: inout CellReader) throws {
    switch kind {
    case PT_OPEN: try open(&payload)
    case PT_NEXT: try next(&payload)
    case PT_CLOSE: run.close(try Self.known(payload.number(UInt32.self)))
    case PT_COLUMNS:
      let columns = try columns(&payload)
      _ = run.perform { () throws(PluginProblem) in try run.say(columns: columns) }
    case PT_TABLE:
      let name = payload.foreignText()
      let columns = try columns(&payload)
      _ = run.perform { () throws(PluginProblem) in try run.begin(table: name, columns: columns) }
    case PT_EMIT:
      let rows = try Self.known(payload.number(UInt64.self))
      let bytes = payload.remainder
      _ = run.perform { () throws(PluginProblem) in try run.emit(bytes, rows: rows) }
    case PT_PROGRESS:
      _ = run.tell(progress: try Self.known(payload.number(Double.self)), payload.foreignText())
    case PT_NOTE:
      let sentence = payload.foreignRemainder
      _ = run.perform { () throws(PluginProblem) in try run.add(note: sentence) }
    case PT_LOG: run.log(payload.foreignRemainder)
    case PT_FAIL:
      run.fail(
        .reported(
          code: payload.foreignText(), message: payload.foreignText(), hint: payload.foreignText()))
    case PT_MISUSE: run.fail(.misuse(payload.foreignRemainder ?? "it cannot be said how"))
    case PT_CELL: run.fail(run.fault(CellFault(try Self.known(payload.number(Fault.self)).raw)))
    default: throw Nonsense()
    }
  }

  private struct Fault: BitwiseCopyable { var raw: pt_fault }

  private func open(_ payload: inout CellReader) throws {
    let query = try query(&payload)
    var id: UInt32 = 0
    let status = run.perform { () throws(PluginProblem) in id = try run.open(try query.checked()) }
    guard status == ENTENTE_OK else { return try answer(status) }
    try withUnsafeBytes(of: id) { try send(PT_OPENED, $0) }
  }

  private func next(_ payload: inout CellReader) throws {
    let id = try Self.known(payload.number(UInt32.self))
    var batch: (reading: PluginRun.Reading, rows: Int)?
    let status = run.perform { () throws(PluginProblem) in batch = try run.next(id) }
    guard status == ENTENTE_OK, let batch else { return try answer(status) }
    let cells = batch.reading.rows.cells.bytes
    let head = [UInt32(cells.count + 4), UInt32(PT_ROWS), UInt32(batch.rows)]
    try process.send(copying: head) { run.isOver() }
    try process.send(cells) { run.isOver() }
  }

  private func answer(_ status: Int32) throws {
    try withUnsafeBytes(of: status) { try send(PT_STATUS, $0) }
  }

  private func query(_ payload: inout CellReader) throws -> AskedQuery {
    var query = AskedQuery(relation: payload.foreignText(), columns: [], filters: [])
    let columns = try Self.known(payload.number(UInt32.self))
    guard columns <= AskedQuery.most else { throw Nonsense() }
    for _ in 0..<columns { query.columns.append(payload.foreignText()) }
    let filters = try Self.known(payload.number(UInt32.self))
    guard filters <= AskedQuery.most else { throw Nonsense() }
    var count = 0
    func values(_ payload: inout CellReader) throws -> [Cell] {
      let more = Int(try Self.known(payload.number(UInt32.self)))
      count += more
      guard count <= AskedQuery.mostValues else { throw Nonsense() }
      // Of a date to filter by, only the text counts.
      return try Self.known(payload.foreignCells(more, holdsDates: false))
    }
    for _ in 0..<filters {
      let column = payload.foreignText()
      query.filters.append((column, try values(&payload)))
    }
    let conditions = try Self.known(payload.number(UInt32.self))
    guard conditions <= AskedQuery.most else { throw Nonsense() }
    for _ in 0..<conditions {
      let column = payload.foreignText()
      let comparison = try Self.known(payload.number(UInt32.self))
      query.conditions.append(
        AskedQuery.Condition(column: column, comparison: comparison, values: try values(&payload)))
    }
    query.ownTimes = try Self.known(payload.number(UInt32.self))
    let times = try Self.known(payload.foreignCells(2, holdsDates: false))
    (query.on, query.publishedBy) = (times[0], times[1])
    query.recordedBy = payload.foreignText()
    return query
  }

  private func columns(_ payload: inout CellReader) throws -> [PluginRun.ColumnType] {
    let count = try Self.known(payload.number(UInt32.self))
    guard count <= UInt32(ENTENTE_MAX_COLUMNS) else { throw Nonsense() }
    var columns: [PluginRun.ColumnType] = []
    for _ in 0..<count {
      // A name that is no UTF-8 is as good as none.
      let name = payload.foreignText() ?? ""
      let (type, flags) = (payload.number(UInt32.self), payload.number(UInt32.self))
      columns.append(
        PluginRun.ColumnType(name: name, type: try Self.known(type), flags: try Self.known(flags)))
    }
    return columns
  }
}
