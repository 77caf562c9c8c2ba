import CEntentePlugin
import CPluginTransport
import RegistryModel

/// Serves one run of a program: lines of JSON in and out, nothing that comes believed.
final class ProgramService {
  private let process: WorkerProcess
  private let run: PluginRun
  private let emitted = CellBuffer()

  init(_ process: WorkerProcess, _ run: PluginRun) {
    self.process = process
    self.run = run
  }

  func serve(_ request: PluginRequest) -> Served {
    guard send(ProgramMessage.run(request)) else { return .gone }
    do throws(WorkerProcess.Silence) {
      while true {
        let line = try process.line { run.isOver() }
        guard let message = JSONReader.read(line), case .object(let members) = message else {
          run.fail(.misuse("it wrote a line that is no JSON object"))
          return .over
        }
        if members["done"] != nil { return .done(Int32(ENTENTE_OK)) }
        guard handle(message) else { return .gone }
        // With its own failure a program has said its last word; of others it does not know.
        if run.problem != nil { return message["fail"] == nil ? .over : .done(run.status) }
      }
    } catch {
      return error == .over ? .over : .gone
    }
  }

  private func send(_ text: JSONText) -> Bool { text.bytes.withUnsafeBytes { process.send($0) } }

  /// Does what a line asks for; false where the program is gone.
  private func handle(_ message: JSONValue) -> Bool {
    if let query = message["open"] { return open(ProgramMessage.query(query)) }
    if let id = message["next"]?.integer { return next(id) }
    if let id = message["close"]?.integer {
      run.close(UInt32(truncatingIfNeeded: id))
    } else if let rows = message["emit"]?.list {
      _ = run.perform { () throws(PluginProblem) in try emit(rows) }
    } else if let columns = message["columns"]?.list {
      _ = run.perform { () throws(PluginProblem) in try say(columns) }
    } else if let note = message["note"] {
      _ = run.perform { () throws(PluginProblem) in try run.add(note: note.text) }
    } else if let progress = message["progress"] {
      let fraction = progress.number.flatMap { (0...1).contains($0) ? $0 : nil }
      _ = run.perform { run.observer.progress(fraction, message["message"]?.text ?? "") }
    } else if let line = message["log"]?.text {
      run.observer.log(line)
    } else if let failure = message["fail"] {
      run.fail(
        .reported(
          code: failure["code"]?.text, message: failure["message"]?.text, hint: failure["hint"]?.text ?? ""))
    } else {
      run.fail(.misuse("it wrote a line that asks for nothing known"))
    }
    return true
  }

  private func open(_ query: AskedQuery) -> Bool {
    var id: UInt32 = 0
    let status = run.perform { () throws(PluginProblem) in id = try run.open(try query.checked()) }
    guard status == ENTENTE_OK else { return true }
    var out = JSONText()
    out.put("{\"cursor\":")
    out.put(number: Int64(id))
    out.put("}\n")
    return send(out)
  }

  private func next(_ id: Int64) -> Bool {
    var batch: (reading: PluginRun.Reading, rows: Int)?
    let status = run.perform { () throws(PluginProblem) in
      batch = try run.next(UInt32(truncatingIfNeeded: id))
    }
    guard status == ENTENTE_OK, let batch else { return true }
    var reader = CellReader(batch.reading.rows.cells.bytes)
    var out = JSONText()
    out.put("{\"rows\":[")
    for row in 0..<batch.rows {
      if row > 0 { out.put(",") }
      out.put(reader.cells(batch.reading.width) ?? [])
    }
    out.put("]}\n")
    return send(out)
  }

  private func say(_ columns: [JSONValue]) throws(PluginProblem) {
    var said: [PluginRun.ColumnType] = []
    for column in columns {
      guard let name = column["name"]?.text, let type = ProgramMessage.type(column["type"]?.text) else {
        throw .misuse("it said a column without a name or a known type")
      }
      said.append(PluginRun.ColumnType(name: name, type: type))
    }
    try run.say(columns: said)
  }

  private func emit(_ rows: [JSONValue]) throws(PluginProblem) {
    guard let columns = run.columns else { throw .misuse("it emitted rows before it said its columns") }
    emitted.clear()
    for (index, row) in rows.enumerated() {
      guard let cells = row.list, cells.count == columns.count else {
        throw .misuse("row \(run.rowCount + index + 1) has not the \(columns.count) cells of its columns")
      }
      for (cell, column) in zip(cells, columns) { ProgramMessage.put(cell, column.type, in: emitted) }
    }
    try run.emit(emitted.bytes, rows: UInt64(rows.count))
  }
}
