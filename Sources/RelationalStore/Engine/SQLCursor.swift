package import RegistryModel
package import RegistryStore

/// The rows of a query, one after another. Going out of scope lets the query go.
package protocol SQLCursor: RowCursor {
  func isNull(_ index: Int) -> Bool
  /// What stands in a column of the row as an integer; 0 for NULL.
  func integer(_ index: Int) -> Int64
  func real(_ index: Int) -> Double
  /// nil for NULL.
  func optionalText(_ index: Int) -> String?
  /// What stands there, as it is stored.
  func value(_ index: Int) -> SQL
  var columnCount: Int { get }
  func columnName(_ index: Int) -> String
  /// How much work the engine did for it so far: what tests compare, since time depends on the machine.
  var steps: Int { get }
}

extension SQLCursor {
  package func flag(_ index: Int) -> Bool { integer(index) != 0 }

  package func optionalInteger(_ index: Int) -> Int64? { isNull(index) ? nil : integer(index) }

  /// Empty for NULL.
  package func text(_ index: Int) -> String { optionalText(index) ?? "" }

  package func key(_ index: Int) -> Key { Key(unchecked: text(index)) }

  package func optionalKey(_ index: Int) -> Key? { optionalText(index).map(Key.init(unchecked:)) }
}
