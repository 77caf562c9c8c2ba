import CPluginTransport
public import RegistryModel
public import RegistryStore

/// What a plugin wants to read, checked against the relation.
public struct PluginQuery: Sendable {
  /// What is read.
  public var relation: Relation
  /// Which of its columns, in this order.
  public var columns: [Relation.Column]
  /// What all rows must have.
  public var filters: [RelationQuery.Filter]
  /// As of when, where that is not as of when the analysis is asked.
  public var times = OwnTimes()
}

/// The times of a relation, where they are others than those that an analysis is asked with.
public struct OwnTimes: Hashable, Sendable {
  /// A time of its own, or that of the call.
  public enum Time<Value: Hashable & Sendable>: Hashable, Sendable {
    case ofCall
    /// Nothing for all that there is.
    case own(Value?)
  }
  /// What held on this date.
  public var on = Time<PartialDate>.ofCall
  /// What the sources said that were out by this date.
  public var published = Time<PartialDate>.ofCall
  /// What the registry contained at this point.
  public var recorded = Time<RecordedPoint>.ofCall

  /// Those of the call.
  public init() {}

  /// The times that are read, by those of the call.
  public func applied(to times: Times) -> Times {
    var times = times
    if case .own(let date) = on { times.on = date }
    if case .own(let date) = published { times.published = date }
    if case .own(let point) = recorded { times.recorded = point }
    return times
  }
}

/// Where the rows come from that an analysis reads: the registry as of the times that the user gave.
public protocol RelationSource {
  /// Opens a relation.
  func open(_ query: PluginQuery) throws -> any RelationCursor
}

/// The rows of a relation, in batches.
public protocol RelationCursor: AnyObject {
  /// Adds the cells of some next rows, and says how many rows that are; none at the end.
  func next(into rows: RowSink) throws -> Int
}

/// Where a relation's rows go.
public final class RowSink {
  /// Once so many bytes are there, a batch is large enough.
  public static let enough = 128 * 1024
  let cells = CellBuffer()

  /// A sink without rows.
  public init() {}

  /// How many bytes are there.
  public var count: Int { cells.count }

  /// Adds a cell: ``Cell/empty``, ``Cell/text(_:)``, ``Cell/key(_:)``, ``Cell/integer(_:)``, ``Cell/decimal(_:)``,
  /// ``Cell/real(_:)`` or ``Cell/date(_:)``.
  public func put(_ cell: Cell) { cells.put(cell) }
}
