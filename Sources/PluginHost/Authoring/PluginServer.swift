import CEntentePlugin
import CPluginTransport
import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryModel
import RegistryStore

/// Runs a library as the program itself would, in a process that does nothing else: a second process of the program,
/// which gets its relations over the line of a worker. Nothing holds the library back there, as in the program.
public enum PluginServer {
  /// What the program is started with to be one.
  public static let option = "--serve-plugin"

  /// Carries out a request in a process of its own.
  static func run(_ request: PluginRequest, _ run: PluginRun, _ plugin: Plugin) -> Int32 {
    do {
      let process = try WorkerProcess(
        WorkerProcess.Start(
          executable: "/proc/self/exe", arguments: { _ in [option, plugin.path] },
          environment: { scratch in ["PATH": "/usr/bin:/bin", "HOME": scratch, "TMPDIR": scratch] }))
      let deadline = Deadline(seconds: 10)
      do throws(WorkerProcess.Silence) {
        let said = try process.frame { deadline.isPast || run.isOver() }
        guard said.kind == PT_READY else { throw .closed }
        try? plugin.check(PluginManifest(json: Data(said.payload), path: plugin.path))
      } catch {
        run.fail(
          .startFailed(
            plugin.path, error == .over ? nil : process.terminate(grace: 200),
            wrote: process.errors.takeRest()))
        return run.status
      }
      let served = LibraryService(process, run).serve(request)
      for line in process.errors.takeRest() { run.observer.said(line) }
      switch served {
      case .done(let status): return status
      case .gone: if !run.isOver() { run.fail(.workerEnded(request.analysis, process.terminate(grace: 200))) }
      case .over: break
      }
    } catch {
      run.fail(error)
    }
    return run.status
  }

  /// Is that process: loads the library, serves what is asked on descriptor 3, and ends with whoever asks.
  public static func serve(_ path: String) -> Int32 {
    pt_follow()
    let library: PluginLibrary
    do {
      library = try PluginLibrary.load(path)
    } catch {
      try? OpenFile.standardError.write("\(error.message)\n")
      return 2
    }
    let line = HostLine()
    line.send(PT_READY, Array(library.manifestText.utf8))
    while let (kind, payload) = line.receive() {
      guard kind == PT_RUN, let request = PluginRequest(payload) else { return 2 }
      // The process that asks holds it to its time and to how much it gives.
      let run = PluginRun(
        relations: AskedRelations(line), limits: PluginLimits(seconds: .infinity),
        observer: PluginObserver(
          progress: { line.send(PT_PROGRESS, $0 ?? -1, $1) }, log: { line.send(PT_LOG, Array($0.utf8)) }),
        isCancelled: { false })
      let described = library.manifest.analyses.first { $0.name == request.analysis }
      run.declared = described?.tables ?? []
      run.declaredFirst = described.map { ($0.columns, $0.addsColumns) }
      let status = library.run(request, run)
      line.send(run)
      line.send(PT_DONE, numbers: [status])
    }
    return 0
  }
}

/// The line to the process that asks, on descriptor 3. Where that is gone, this one ends.
private final class HostLine {
  private static let descriptor: Int32 = 3

  func send(_ kind: Int, _ payload: [UInt8]) {
    write(Self.bytes(of: [UInt32(payload.count), UInt32(kind)]) + payload)
  }

  func send(_ kind: Int, numbers: [some BitwiseCopyable]) { send(kind, Self.bytes(of: numbers)) }

  func send(_ kind: Int, _ fraction: Double, _ words: String) {
    send(kind, Self.bytes(of: [fraction]) + Self.text(words))
  }

  /// What a run has given.
  func send(_ run: PluginRun) {
    for table in run.given {
      let columns = table.columns.flatMap { Self.text($0.name) + Self.bytes(of: [$0.type, $0.flags]) }
      let said = Self.bytes(of: [UInt32(table.columns.count)]) + columns
      send(table.name == nil ? PT_COLUMNS : PT_TABLE, (table.name.map(Self.text) ?? []) + said)
      if table.rowCount > 0 {
        send(PT_EMIT, Self.bytes(of: [UInt64(table.rowCount)]) + Array(table.cells.bytes))
      }
    }
    for note in run.notes { send(PT_NOTE, Array(note.utf8)) }
    guard let problem = run.problem else { return }
    if problem.code.hasPrefix("plugin:") {
      let code = String(problem.code.dropFirst("plugin:".count))
      send(PT_FAIL, Self.text(code) + Self.text(problem.message) + Self.text(problem.help ?? ""))
    } else {
      send(PT_MISUSE, Array(problem.message.utf8))
    }
  }

  func receive() -> (kind: Int, payload: [UInt8])? {
    guard let head = read(8) else { return nil }
    let numbers = head.withUnsafeBytes { bytes in
      (bytes.loadUnaligned(as: UInt32.self), bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
    }
    return read(Int(numbers.0)).map { (Int(numbers.1), $0) }
  }

  static func text(_ text: String) -> [UInt8] { bytes(of: [UInt32(text.utf8.count)]) + Array(text.utf8) }
  static func bytes(of numbers: [some BitwiseCopyable]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

  private func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(Self.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0 && errno == EINTR { continue }
      guard sent > 0 else { exit(0) }
      rest = rest.dropFirst(sent)
    }
  }

  private func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count {
      let more = bytes.withUnsafeMutableBytes {
        recv(Self.descriptor, $0.baseAddress.map { $0 + got }, count - got, 0)
      }
      if more < 0 && errno == EINTR { continue }
      guard more > 0 else { return nil }
      got += more
    }
    return bytes
  }
}

/// The relations of the process that asks.
private struct AskedRelations: RelationSource {
  /// What was asked for was refused, and why is known where it was asked.
  struct Refused: Error {}

  let line: HostLine
  init(_ line: HostLine) { self.line = line }

  func open(_ query: PluginQuery) throws -> any RelationCursor {
    let asked = CellBuffer()
    asked.put(text: query.relation.name)
    asked.put(UInt32(query.columns.count))
    for column in query.columns { asked.put(text: column.name) }
    // What is other than equality comes behind.
    let (equal, compared) = (
      query.filters.filter { $0.comparison == .isIn }, query.filters.filter { $0.comparison != .isIn }
    )
    for filters in [equal, compared] {
      asked.put(UInt32(filters.count))
      for filter in filters {
        asked.put(text: filter.column.name)
        if filter.comparison != .isIn { asked.put(filter.comparison.number) }
        asked.put(UInt32(filter.values.count))
        for value in filter.values { asked.put(value) }
      }
    }
    asked.put(query.times)
    line.send(PT_OPEN, Array(asked.bytes))
    guard let (kind, payload) = line.receive(), kind == PT_OPENED else { throw Refused() }
    return Cursor(line, payload)
  }

  private final class Cursor: RelationCursor {
    private let line: HostLine
    private let id: [UInt8]

    init(_ line: HostLine, _ id: [UInt8]) { (self.line, self.id) = (line, id) }
    deinit { line.send(PT_CLOSE, id) }

    func next(into rows: RowSink) throws -> Int {
      line.send(PT_NEXT, id)
      guard let (kind, payload) = line.receive(), kind == PT_ROWS else { throw Refused() }
      return payload.withUnsafeBytes { bytes in
        var reader = CellReader(bytes)
        let count = reader.number(UInt32.self) ?? 0
        rows.cells.put(reader.remainder)
        return Int(count)
      }
    }
  }
}

extension CellBuffer {
  /// Times of a relation's own, as a frame that asks for it has them.
  fileprivate func put(_ times: OwnTimes) {
    var (bits, cells, recorded) = (0, [Cell.empty, .empty], "")
    if case .own(let date) = times.on {
      bits |= ENTENTE_OWN_ON
      cells[0] = date.map(Cell.date) ?? .empty
    }
    if case .own(let date) = times.published {
      bits |= ENTENTE_OWN_PUBLISHED_BY
      cells[1] = date.map(Cell.date) ?? .empty
    }
    if case .own(let point) = times.recorded {
      bits |= ENTENTE_OWN_RECORDED_BY
      switch point {
      case .transaction(let id)?: recorded = "\(id)"
      case .date(let date)?: recorded = date.edtf
      case nil: break
      }
    }
    put(UInt32(bits))
    for cell in cells { put(cell) }
    put(text: recorded)
  }
}

extension PluginRequest {
  /// The request that the payload of a frame holds; nothing where it holds none.
  init?(_ payload: [UInt8]) {
    let request = payload.withUnsafeBytes { bytes -> PluginRequest? in
      var reader = CellReader(bytes, readsNumbers: true)
      guard let analysis = reader.text(), let count = reader.number(UInt32.self) else { return nil }
      var arguments: [PluginArgument] = []
      for _ in 0..<count {
        guard let name = reader.text(), let many = reader.number(UInt32.self) else { return nil }
        let isTruth = reader.isAtTruth
        guard let cells = reader.cells(Int(many)) else { return nil }
        arguments.append(PluginArgument(name: name, values: cells, isTruth: isTruth))
      }
      guard let today = reader.number(Int64.self), let on = reader.cell(), let published = reader.cell(),
        let recorded = reader.text(), let snapshot = reader.text()
      else { return nil }
      return PluginRequest(
        analysis: analysis, arguments: arguments,
        moment: PluginMoment(
          today: Day(today), on: on.day, published: published.day, recorded: recorded, snapshot: snapshot))
    }
    guard let request else { return nil }
    self = request
  }
}

extension Cell {
  fileprivate var day: PartialDate? { if case .date(let date) = self { date } else { nil } }
}
