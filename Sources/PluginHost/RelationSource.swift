public import RegistryModel

/// Where the rows come from that an analysis reads: the registry as of the times that the user gave.
public protocol RelationSource {
  /// Opens a relation. Both names and columns have been checked against ``Relation/all``.
  func open(_ relation: String, columns: [String]) throws -> any RelationCursor
}

/// The rows of a relation, in batches.
public protocol RelationCursor: AnyObject {
  /// The cells of the next rows, row by row, or nothing at the end. A batch holds whole rows; some hundred are best.
  ///
  /// Cells are ``Cell/empty``, ``Cell/text(_:)``, ``Cell/key(_:)``, ``Cell/integer(_:)``, ``Cell/decimal(_:)``,
  /// ``Cell/real(_:)``, ``Cell/date(_:)`` or a list of these; quantities are taken apart into columns.
  func next() throws -> [Cell]?
}
