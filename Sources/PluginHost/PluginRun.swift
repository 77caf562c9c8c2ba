import CEntentePlugin
import RegistryModel

/// How much an analysis may give.
public struct PluginLimits: Hashable, Sendable {
  /// The most rows of a result.
  public var rows: Int
  /// The most bytes of text in a result.
  public var textBytes: Int

  /// Limits on rows and on bytes of text.
  public init(rows: Int = 1_000_000, textBytes: Int = 256 * 1024 * 1024) {
    self.rows = rows
    self.textBytes = textBytes
  }
}

/// What is told of a run while it is under way, on the thread that runs it.
public struct PluginObserver {
  /// How far it is, from 0 to 1 or nothing where that is not known, and at what.
  public var progress: (Double?, String) -> Void
  /// A line for whoever looks into the plugin's working.
  public var log: (String) -> Void

  /// An observer; what is left out is not looked at.
  public init(
    progress: @escaping (Double?, String) -> Void = { _, _ in }, log: @escaping (String) -> Void = { _ in }
  ) {
    self.progress = progress
    self.log = log
  }
}

/// One call of a plugin's `run`: what it may read and what it has given. Its address is the `entente_call`.
///
/// Used on one thread only. The first failure is kept, and every later function answers with its status.
final class PluginRun {
  struct ColumnType {
    var name: String
    var type: UInt32
  }

  let relations: any RelationSource
  let observer: PluginObserver
  private let isCancelled: () -> Bool
  private let limits: PluginLimits
  private(set) var problem: PluginProblem?
  private(set) var columns: [ColumnType]?
  private(set) var rows: [[Cell]] = []
  private(set) var notes: [String] = []
  private var textBytes = 0
  private var readings: [OpaquePointer: RelationReading] = [:]

  init(
    relations: any RelationSource, limits: PluginLimits, observer: PluginObserver,
    isCancelled: @escaping () -> Bool
  ) {
    self.relations = relations
    self.limits = limits
    self.observer = observer
    self.isCancelled = isCancelled
  }

  /// Does a function's work unless the call is over, and answers with its status.
  func perform(_ work: () throws(PluginProblem) -> Void) -> Int32 {
    if problem == nil && isCancelled() { problem = .cancelled }
    if problem == nil {
      do { try work() } catch { problem = error }
    }
    guard let problem else { return Int32(ENTENTE_OK) }
    return Int32(problem.isCancellation ? ENTENTE_CANCELLED : ENTENTE_FAILED)
  }

  /// Ends the call.
  func fail(_ failure: PluginProblem) { if problem == nil { problem = failure } }

  func say(columns list: UnsafeBufferPointer<entente_column>) throws(PluginProblem) {
    guard columns == nil else { throw .misuse("it said its columns twice") }
    guard !list.isEmpty, list.count <= Int(ENTENTE_MAX_COLUMNS) else {
      throw .misuse("it said \(list.count) columns, and 1 to \(ENTENTE_MAX_COLUMNS) are allowed")
    }
    var said: [ColumnType] = []
    for column in list {
      guard let name = String(lent: column.name), !name.isEmpty else {
        throw .misuse("column \(said.count + 1) has no name, or one that is no UTF-8")
      }
      guard column.type <= UInt32(ENTENTE_LIST) else {
        throw .misuse("column `\(name)` is of the unknown type \(column.type)")
      }
      said.append(ColumnType(name: name, type: column.type))
    }
    columns = said
  }

  func emit(_ cells: UnsafePointer<entente_cell>?, rows count: UInt64) throws(PluginProblem) {
    guard let columns else { throw .misuse("it emitted rows before it said its columns") }
    guard count > 0 else { return }
    guard let cells else { throw .misuse("it emitted \(count) rows without cells") }
    guard count <= UInt64(limits.rows - rows.count) else { throw .tooMuch("rows", most: limits.rows) }
    let width = columns.count
    for row in 0..<Int(count) {
      let first = cells + row * width
      var fault: (CellFault, Int)?
      let read = [Cell](unsafeUninitializedCapacity: width) { buffer, filled in
        while filled < width && fault == nil {
          do throws(CellFault) {
            let cell = try CellReader.read(first + filled, wanted: columns[filled].type)
            buffer.initializeElement(at: filled, to: cell)
            filled += 1
          } catch { fault = (error, filled) }
        }
      }
      if let fault {
        throw .cell(row: rows.count + 1, column: columns[fault.1].name, fault.0)
      }
      rows.append(read)
    }
    try countText(cells, Int(count) * width)
  }

  func add(note: entente_text) throws(PluginProblem) {
    guard let sentence = String(lent: note) else { throw .misuse("it gave a note that is no UTF-8") }
    notes.append(sentence)
  }

  func begin(_ reading: RelationReading) -> OpaquePointer {
    let handle = OpaquePointer(Unmanaged.passUnretained(reading).toOpaque())
    readings[handle] = reading
    return handle
  }

  func reading(_ handle: OpaquePointer?) throws(PluginProblem) -> RelationReading {
    guard let handle, let reading = readings[handle] else {
      throw .misuse("it read from a cursor that is closed or not its own")
    }
    return reading
  }

  func end(_ handle: OpaquePointer) { readings[handle] = nil }

  private func countText(_ cells: UnsafePointer<entente_cell>, _ count: Int) throws(PluginProblem) {
    for index in 0..<count { textBytes += size(cells + index) }
    if textBytes > limits.textBytes { throw .tooMuch("bytes of text", most: limits.textBytes) }
  }

  private func size(_ cell: UnsafePointer<entente_cell>) -> Int {
    switch Int(cell.pointee.type) {
    case ENTENTE_TEXT, ENTENTE_KEY, ENTENTE_DECIMAL: Int(cell.pointee.value.text.length)
    case ENTENTE_DATE: Int(cell.pointee.value.date.edtf.length)
    case ENTENTE_LIST:
      (0..<Int(cell.pointee.value.list.count)).reduce(0) { sum, index in
        sum + (cell.pointee.value.list.cells.map { size($0 + index) } ?? 0)
      }
    default: 0
    }
  }
}
