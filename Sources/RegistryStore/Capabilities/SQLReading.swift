public import RegistryModel

/// Answers the user's own SQL over the relations: what a store may lack, since nothing else of the program asks in SQL.
public protocol SQLReading: AnyObject {
  /// Rows of a read-only query over the documented views, at most `limit`, one more making `isTruncated` true.
  /// - Parameter parameters: what `$name` in the query stands for; it is bound, numbers as numbers.
  /// - Throws: `sqlFailed` with the engine's words, `sqlNotReadOnly`, `sqlParameter` for one that has no value.
  func sql(
    _ query: String, _ parameters: [String: String], limit: Int?, _ times: Times
  ) throws(StoreProblem) -> SQLResult
}

extension SQLReading {
  /// Rows of a query without parameters.
  public func sql(_ query: String, limit: Int?, _ times: Times) throws(StoreProblem) -> SQLResult {
    try sql(query, [:], limit: limit, times)
  }
}

public struct SQLResult: Hashable, Sendable {
  public var columns: [String]
  public var rows: [[Cell]]
  public var isTruncated: Bool
  public init(columns: [String], rows: [[Cell]], isTruncated: Bool) {
    self.columns = columns
    self.rows = rows
    self.isTruncated = isTruncated
  }
}
