public import FoundationEssentials
public import RegistryModel

/// A value given for a parameter of an analysis; names are already resolved to keys.
public enum ArgumentValue: Hashable, Sendable {
  case key(Key)
  case text(String)
  case number(Decimal)
  case date(PartialDate)
  case boolean(Bool)
  /// A file that was opened and read: its path as the user wrote it, and what is in it.
  case file(path: String, content: String)
}

/// The values of a parameter as an analysis is given them.
struct PluginArgument {
  var name: String
  var values: [Cell]
  /// Whether the values are yes or no: 1 or 0 here, and told from numbers where they travel.
  var isTruth = false

  /// Adds the values as they travel.
  func put(in cells: CellBuffer) {
    for value in values {
      if isTruth, case .integer(let number) = value {
        cells.put(boolean: number != 0)
      } else {
        cells.put(value)
      }
    }
  }
}
