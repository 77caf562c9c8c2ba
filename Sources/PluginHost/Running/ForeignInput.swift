import CEntentePlugin
import CPluginTransport
import FoundationEssentials
package import RegistryModel

/// Every reader of what a stranger wrote, to be tried with whatever bytes there are: none of them may do more than refuse.
package enum ForeignInput: String, CaseIterable, Sendable {
  /// Rows of a result, as they travel.
  case cells
  /// All that a worker says in a run.
  case frames
  /// All that a program says in a run.
  case lines
  /// The header of a library.
  case header
  /// What a plugin says of itself.
  case manifest

  /// Reads bytes.
  /// - Returns: the tables that came of them.
  package func read(_ bytes: [UInt8]) -> [ResultTable] {
    switch self {
    case .cells: return cells(bytes)
    case .frames: return served(bytes) { LibraryService($0, $1).serve($2) }
    case .lines: return served(bytes) { ProgramService($0, $1).serve($2) }
    case .header:
      let file = Given(bytes)
      try? LibraryHeader.check(size: UInt64(bytes.count)) { file.bytes(at: $0, $1) }
      return []
    case .manifest:
      _ = try? PluginManifest(json: Data(bytes), path: "given")
      _ = bytes.withUnsafeBytes { try? ProgramMessage.manifest($0, "given") }
      return []
    }
  }

  private func run() -> PluginRun {
    let run = PluginRun(
      relations: FewRows(),
      limits: PluginLimits(rows: 10_000, bytes: 8 << 20, notes: 10, cursors: 8, seconds: 5),
      observer: PluginObserver(), isCancelled: { false })
    run.declared = []
    return run
  }

  /// The first byte says how many columns there are, the next ones their types, then how many rows; cells follow.
  private func cells(_ bytes: [UInt8]) -> [ResultTable] {
    let run = run()
    guard let first = bytes.first else { return [] }
    let width = Int(first % 8) + 1
    guard bytes.count > width + 1 else { return [] }
    let columns = (0..<width).map { PluginRun.ColumnType(name: "c\($0)", type: UInt32(bytes[$0 + 1] % 9)) }
    let rows = UInt64(bytes[width + 1])
    let rest = Array(bytes[(width + 2)...])
    _ = run.perform { () throws(PluginProblem) in try run.say(columns: columns) }
    rest.withUnsafeBytes { rest in
      _ = run.perform { () throws(PluginProblem) in try run.emit(rest, rows: rows) }
      var reader = CellReader(rest, readsNumbers: true)
      _ = reader.foreignCells(Int(rows))
      var cells = pt_cells()
      _ = pt_read_cells(
        rest.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(rest.count), rows, &cells)
      pt_free_cells(&cells)
    }
    return (try? run.table("given", status: Int32(ENTENTE_OK))).map { [$0] } ?? []
  }

  private func served(
    _ bytes: [UInt8], _ serve: (any PluginLine, PluginRun, PluginRequest) -> Served
  ) -> [ResultTable] {
    let run = run()
    let served = serve(
      Given(bytes), run, PluginRequest(analysis: "given", arguments: [], moment: PluginMoment()))
    if case .done(let status) = served, let table = try? run.table("given", status: status) { return [table] }
    return run.partial("given").map { [$0] } ?? []
  }
}

/// Bytes that were written down, in place of a process that says them and of a file that has them.
private final class Given: PluginLine {
  private let bytes: UnsafeMutableRawBufferPointer
  private var at = 0

  init(_ bytes: [UInt8]) {
    self.bytes = .allocate(byteCount: bytes.count, alignment: 8)
    self.bytes.copyBytes(from: bytes)
  }

  deinit { bytes.deallocate() }

  func send(_ bytes: UnsafeRawBufferPointer, isOver: () -> Bool) throws(WorkerProcess.Silence) {
    if isOver() { throw .over }
  }

  func frame(isOver: () -> Bool) throws(WorkerProcess.Silence) -> (kind: Int, payload: UnsafeRawBufferPointer)
  {
    if isOver() { throw .over }
    guard bytes.count - at >= 8 else { throw .closed }
    let length = Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    let kind = Int(bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self))
    guard length <= bytes.count - at - 8 else { throw .closed }
    defer { at += 8 + length }
    return (kind, UnsafeRawBufferPointer(rebasing: bytes[at + 8..<at + 8 + length]))
  }

  func line(most: Int, isOver: () -> Bool) throws(WorkerProcess.Silence) -> UnsafeRawBufferPointer {
    if isOver() { throw .over }
    guard let feed = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) else { throw .closed }
    defer { at = feed + 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<feed])
  }

  /// Exactly these bytes, as a file would give them.
  func bytes(at offset: UInt64, _ count: Int) -> [UInt8]? {
    guard offset <= UInt64(bytes.count), count <= bytes.count - Int(offset) else { return nil }
    return Array(bytes[Int(offset)..<Int(offset) + count])
  }
}

/// A registry in which every relation has the same two rows.
private struct FewRows: RelationSource {
  func open(_ query: PluginQuery) throws -> any RelationCursor { Cursor(width: query.columns.count) }

  private final class Cursor: RelationCursor {
    private let width: Int
    private var left = 2

    init(width: Int) { self.width = width }

    func next(into rows: RowSink) throws -> Int {
      guard left > 0 else { return 0 }
      left -= 1
      for _ in 0..<width { rows.put(.text("given")) }
      return 1
    }
  }
}
