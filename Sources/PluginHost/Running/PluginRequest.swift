import CEntentePlugin
import CPluginTransport
public import RegistryModel

/// As of when an analysis is asked.
public struct PluginMoment: Hashable, Sendable {
  /// The session's clock.
  public var today: Day
  /// The times asked for.
  public var on: PartialDate?
  /// The times asked for.
  public var published: PartialDate?
  /// `t12` or a date.
  public var recorded: String
  /// What is read, in words.
  public var snapshot: String

  /// A moment; without times, all is read.
  public init(
    today: Day = Day(0), on: PartialDate? = nil, published: PartialDate? = nil, recorded: String = "",
    snapshot: String = ""
  ) {
    self.today = today
    self.on = on
    self.published = published
    self.recorded = recorded
    self.snapshot = snapshot
  }
}

/// What a plugin is asked, with its arguments complete.
struct PluginRequest {
  var analysis: String
  var arguments: [PluginArgument]
  var moment: PluginMoment

  /// The payload of the frame that asks a worker.
  var payload: CellBuffer {
    let out = CellBuffer()
    out.put(text: analysis)
    out.put(UInt32(arguments.count))
    for argument in arguments {
      out.put(text: argument.name)
      out.put(UInt32(argument.values.count))
      argument.put(in: out)
    }
    out.put(moment.today.number)
    out.put(moment.on.map(Cell.date) ?? .empty)
    out.put(moment.published.map(Cell.date) ?? .empty)
    out.put(text: moment.recorded)
    out.put(text: moment.snapshot)
    return out
  }
}

/// Cells lent to a plugin in this process, and the memory behind them.
final class LentCells {
  private let buffer: CellBuffer
  private(set) var raw = pt_cells()

  /// - Parameter count: how many cells `buffer` holds.
  init(_ buffer: CellBuffer, count: Int) {
    self.buffer = buffer
    refresh(count: count)
  }

  convenience init(_ argument: PluginArgument) {
    let buffer = CellBuffer()
    argument.put(in: buffer)
    self.init(buffer, count: argument.values.count)
  }

  convenience init(_ cells: [Cell]) {
    let buffer = CellBuffer()
    for cell in cells { buffer.put(cell) }
    self.init(buffer, count: cells.count)
  }

  deinit { pt_free_cells(&raw) }

  /// Reads the buffer again, which holds other cells now.
  func refresh(count: Int) {
    guard count > 0 else { return }
    _ = pt_read_cells(buffer.raw.pointee.bytes, buffer.raw.pointee.length, UInt64(count), &raw)
  }

  var pointer: UnsafePointer<entente_cell>? { UnsafePointer(raw.cells) }
}
