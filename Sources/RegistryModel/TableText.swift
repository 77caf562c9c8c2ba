/// A table that becomes text part by part, so that it need not be in memory as a whole.
public protocol TableText {
  /// What stands before the rows.
  mutating func opening() -> String
  /// Rows that follow those before.
  mutating func text(_ rows: [[Cell]]) -> String
  /// What stands behind the rows.
  mutating func closing() -> String
}
