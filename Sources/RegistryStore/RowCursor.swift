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

extension RowCursor {
  /// The text of a column; empty where it has none.
  package func text(_ column: Int) -> String {
    guard case .text(let bytes) = lend(column) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of a column, where it has one.
  package func integer(_ column: Int) -> Int64? {
    guard case .integer(let number) = lend(column) else { return nil }
    return number
  }
}
