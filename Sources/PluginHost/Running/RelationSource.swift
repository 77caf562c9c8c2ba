import CPluginTransport
public import RegistryModel

/// What a plugin wants to read, checked against the relation.
public struct RelationQuery: Sendable {
  /// The values that a column may have.
  public struct Filter: Sendable {
    /// The column.
    public var column: Relation.Column
    /// Keys and texts mean the same, dates their EDTF text.
    public var values: [Cell]
  }
  /// What is read.
  public var relation: Relation
  /// Which of its columns, in this order.
  public var columns: [Relation.Column]
  /// What all rows must have.
  public var filters: [Filter]
}

/// Where the rows come from that an analysis reads: the registry as of the times that the user gave.
public protocol RelationSource {
  /// Opens a relation.
  func open(_ query: RelationQuery) throws -> any RelationCursor
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
