import CEntentePlugin
import CPluginTransport

/// Serves one run of a library in a worker: frames in, frames out, nothing that comes believed.
struct LibraryService {
  private let process: WorkerProcess
  private let run: PluginRun

  init(_ process: WorkerProcess, _ run: PluginRun) {
    self.process = process
    self.run = run
  }

  func serve(_ request: PluginRequest) -> Served {
    let asked = request.payload
    guard withExtendedLifetime(asked, { process.send(PT_RUN, asked.bytes) }) else { return .gone }
    do throws(WorkerProcess.Silence) {
      while true {
        let frame = try process.frame { run.isOver() }
        var payload = CellReader(frame.payload, readsNumbers: true)
        if frame.kind == PT_DONE {
          return payload.number(Int32.self).map(Served.done) ?? .gone
        }
        guard handle(frame.kind, &payload) else { return .gone }
        // A plugin that reported its failure returns by itself; one that gave too much does not.
        if let problem = run.problem, !problem.isReportedByPlugin { return .over }
      }
    } catch {
      return error == .over ? .over : .gone
    }
  }

  /// Does what a frame asks for; false where it cannot be one.
  private func handle(_ kind: Int, _ payload: inout CellReader) -> Bool {
    switch kind {
    case PT_OPEN: return open(&payload)
    case PT_NEXT: return next(&payload)
    case PT_CLOSE: payload.number(UInt32.self).map { run.close($0) }
    case PT_COLUMNS:
      guard let columns = columns(&payload) else { return false }
      _ = run.perform { () throws(PluginProblem) in try run.say(columns: columns) }
    case PT_EMIT:
      guard let rows = payload.number(UInt64.self) else { return false }
      let bytes = payload.remainder
      _ = run.perform { () throws(PluginProblem) in try run.emit(bytes, rows: rows) }
    case PT_PROGRESS:
      guard let fraction = payload.number(Double.self) else { return false }
      let words = payload.text() ?? ""
      _ = run.perform { run.observer.progress((0...1).contains(fraction) ? fraction : nil, words) }
    case PT_NOTE:
      let sentence = String(utf8: payload.remainder)
      _ = run.perform { () throws(PluginProblem) in try run.add(note: sentence) }
    case PT_LOG: String(utf8: payload.remainder).map { run.observer.log($0) }
    case PT_FAIL:
      run.fail(.reported(code: payload.text(), message: payload.text(), hint: payload.text()))
    case PT_MISUSE: run.fail(.misuse(String(utf8: payload.remainder) ?? "it cannot be said how"))
    case PT_CELL:
      guard let fault = payload.number(Fault.self) else { return false }
      run.fail(run.fault(CellFault(fault.raw)))
    default: return false
    }
    return true
  }

  private struct Fault: BitwiseCopyable { var raw: pt_fault }

  private func open(_ payload: inout CellReader) -> Bool {
    guard let query = query(&payload) else { return false }
    var id: UInt32 = 0
    let status = run.perform { () throws(PluginProblem) in id = try run.open(try query.checked()) }
    guard status == ENTENTE_OK else { return answer(status) }
    return withUnsafeBytes(of: id) { process.send(PT_OPENED, $0) }
  }

  private func next(_ payload: inout CellReader) -> Bool {
    guard let id = payload.number(UInt32.self) else { return false }
    var batch: (reading: PluginRun.Reading, rows: Int)?
    let status = run.perform { () throws(PluginProblem) in batch = try run.next(id) }
    guard status == ENTENTE_OK, let batch else { return answer(status) }
    let cells = batch.reading.rows.cells.bytes
    let head = (UInt32(cells.count + 4), UInt32(PT_ROWS), UInt32(batch.rows))
    return withUnsafeBytes(of: head) { process.send(UnsafeRawBufferPointer(rebasing: $0[..<12])) }
      && process.send(cells)
  }

  private func answer(_ status: Int32) -> Bool {
    withUnsafeBytes(of: status) { process.send(PT_STATUS, $0) }
  }

  private func query(_ payload: inout CellReader) -> AskedQuery? {
    var query = AskedQuery(relation: payload.text(), columns: [], filters: [])
    guard let columns = payload.number(UInt32.self), columns <= 1000 else { return nil }
    for _ in 0..<columns { query.columns.append(payload.text()) }
    guard let filters = payload.number(UInt32.self), filters <= 1000 else { return nil }
    for _ in 0..<filters {
      let column = payload.text()
      guard let count = payload.number(UInt32.self), let values = payload.cells(Int(count)) else {
        return nil
      }
      query.filters.append((column, values))
    }
    return query
  }

  private func columns(_ payload: inout CellReader) -> [PluginRun.ColumnType]? {
    guard let count = payload.number(UInt32.self), count <= UInt32(ENTENTE_MAX_COLUMNS) else { return nil }
    var columns: [PluginRun.ColumnType] = []
    for _ in 0..<count {
      // A name that is no UTF-8 is as good as none.
      let name = payload.text() ?? ""
      guard let type = payload.number(UInt32.self) else { return nil }
      columns.append(PluginRun.ColumnType(name: name, type: type))
    }
    return columns
  }
}
