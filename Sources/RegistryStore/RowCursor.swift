/// The rows of a query, one at a time.
public protocol RowCursor: AnyObject {
  /// Goes to the next row; false behind the last.
  func next() throws(StoreProblem) -> Bool
  /// What stands in a column of the row.
  func lend(_ column: Int) -> LentValue
}

/// A value as it is stored, lent until the cursor goes on.
public enum LentValue {
  case null
  case integer(Int64)
  case real(Double)
  /// UTF-8.
  case text(UnsafeBufferPointer<UInt8>)
}
