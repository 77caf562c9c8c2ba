import CEntentePlugin
import CPluginTransport
import RegistryModel

/// Serves one run of a program: lines of JSON in and out, nothing that comes believed.
final class ProgramService {
  private let process: any PluginLine
  private let run: PluginRun
  private let emitted = CellBuffer()

  init(_ process: any PluginLine, _ run: PluginRun) {
    self.process = process
    self.run = run
  }

  func serve(_ request: PluginRequest) -> Served {
    do {
      try send(ProgramMessage.run(request))
      while true {
        let line = try process.line(most: WorkerProcess.mostReceived) { run.isOver() }
        guard let message = JSONView.read(line), message.isObject else {
          run.fail(.misuse("it wrote a line that is no JSON object"))
          return .over
        }
        let verb = try verb(of: message)
        if verb == "done" { return .done(Int32(ENTENTE_OK)) }
        try handle(verb, message)
        // With its own failure a program has said its last word; of others it does not know.
        if run.problem != nil { return verb == "fail" ? .done(run.status) : .over }
      }
    } catch WorkerProcess.Silence.closed {
      return .gone
    } catch WorkerProcess.Silence.tooLong {
      run.fail(.misuse("it wrote a line of more than \(WorkerProcess.mostReceived >> 20) MB"))
      return .over
    } catch {
      if let problem = error as? PluginProblem { run.fail(problem) }
      return .over
    }
  }

  private func send(_ text: JSONText) throws(WorkerProcess.Silence) {
    try process.send(copying: text.bytes) { run.isOver() }
  }

  private static let verbs: Set<String> = [
    "open", "next", "close", "columns", "table", "emit", "note", "progress", "log", "fail", "done",
  ]

  /// The one thing that a line asks for. What else it has is passed over, as later versions may say more.
  private func verb(of message: JSONView) throws(PluginProblem) -> String {
    let verbs = message.members.compactMap(\.name).filter(Self.verbs.contains)
    guard verbs.count < 2 else {
      throw .misuse(
        "it wrote a line that asks for several things: \(verbs.prefix(5).joined(separator: ", "))")
    }
    guard let verb = verbs.first else { throw .misuse("it wrote a line that asks for nothing known") }
    return verb
  }

  /// Does what a line asks for.
  private func handle(_ verb: String, _ message: JSONView) throws {
    guard let value = message[verb] else { return }
    switch verb {
    case "open":
      let query = try ProgramMessage.query(value)
      var id: UInt32 = 0
      let status = run.perform { () throws(PluginProblem) in id = try run.open(try query.checked()) }
      if status == ENTENTE_OK { try answer(opened: id) }
    case "next": try next(try cursor(value))
    case "close": run.close(try cursor(value))
    case "emit":
      guard value.isList else { throw PluginProblem.misuse("it emitted rows that are no list") }
      _ = run.perform { () throws(PluginProblem) in try emit(value) }
    case "columns":
      guard value.isList else { throw PluginProblem.misuse("it said columns that are no list") }
      _ = run.perform { () throws(PluginProblem) in try run.say(columns: try said(value)) }
    case "table":
      guard let columns = value["columns"], columns.isList else {
        throw PluginProblem.misuse("it said columns that are no list")
      }
      _ = run.perform { () throws(PluginProblem) in
        try run.begin(table: value["name"]?.text, columns: try said(columns))
      }
    case "note":
      _ = run.perform { () throws(PluginProblem) in try run.add(note: try text(value, "note")) }
    case "progress": _ = run.tell(progress: value.number, message["message"]?.text)
    case "log": run.log(try text(value, "log"))
    default:
      run.fail(
        .reported(
          code: value["code"]?.text, message: value["message"]?.text, hint: value["hint"]?.text ?? ""))
    }
  }

  private func text(_ value: JSONView, _ what: String) throws(PluginProblem) -> String {
    guard let text = value.text, text.utf8.count <= Int(ENTENTE_MAX_TEXT_BYTES) else {
      throw .misuse("it gave a \(what) that is no UTF-8, or too long")
    }
    return text
  }

  private func cursor(_ value: JSONView) throws(PluginProblem) -> UInt32 {
    guard let id = value.integer.flatMap(UInt32.init(exactly:)) else {
      throw .misuse("it read from a cursor that is closed or not its own")
    }
    return id
  }

  private func answer(opened id: UInt32) throws {
    var out = JSONText()
    out.put("{\"cursor\":")
    out.put(number: Int64(id))
    out.put("}\n")
    try send(out)
  }

  private func next(_ id: UInt32) throws {
    var batch: (reading: PluginRun.Reading, rows: Int)?
    let status = run.perform { () throws(PluginProblem) in batch = try run.next(id) }
    guard status == ENTENTE_OK, let batch else { return }
    var reader = CellReader(batch.reading.rows.cells.bytes, readsNumbers: true)
    var out = JSONText()
    out.put("{\"rows\":[")
    for row in 0..<batch.rows {
      if row > 0 { out.put(",") }
      out.put(row: &reader, width: batch.reading.width)
    }
    out.put("]}\n")
    try send(out)
  }

  private func said(_ columns: JSONView) throws(PluginProblem) -> [PluginRun.ColumnType] {
    var said: [PluginRun.ColumnType] = []
    for column in columns.items {
      guard let name = column["name"]?.text, let type = ProgramMessage.type(column["type"]?.text) else {
        throw .misuse("it said a column without a name or a known type")
      }
      let flags = column["evidence"]?.boolean == true ? UInt32(ENTENTE_COLUMN_EVIDENCE) : 0
      said.append(PluginRun.ColumnType(name: name, type: type, flags: flags))
      guard said.count <= Int(ENTENTE_MAX_COLUMNS) else {
        throw .misuse("it said more than \(ENTENTE_MAX_COLUMNS) columns")
      }
    }
    return said
  }

  private func emit(_ rows: JSONView) throws(PluginProblem) {
    guard let columns = run.columns else { throw .misuse("it emitted rows before it said its columns") }
    emitted.clear()
    var count = 0
    for row in rows.items {
      var cells = row.items
      for column in columns {
        guard let cell = cells.next() else { throw wrongWidth(run.rowCount + count + 1, columns.count) }
        ProgramMessage.put(cell, column.type, in: emitted)
      }
      guard cells.next() == nil else { throw wrongWidth(run.rowCount + count + 1, columns.count) }
      count += 1
      // A line may hold more than is allowed: each part is weighed when it is there.
      if emitted.count > 256 * 1024 {
        try run.emit(emitted.bytes, rows: UInt64(count))
        (count, _) = (0, emitted.clear())
        // A long line is no reason to go on when the run is over.
        guard !run.isOver() else { return }
      }
    }
    try run.emit(emitted.bytes, rows: UInt64(count))
    emitted.clear()
  }

  private func wrongWidth(_ row: Int, _ width: Int) -> PluginProblem {
    .misuse("row \(row) has not the \(width) cells of its columns")
  }
}
