public import RegistryModel

/// What `on D` does with figures: of the data years of one figure, the latest up to D counts, and its rivals of the
/// same year beside it. Claims of earlier years give way to it, and those of years to come are not read. What names
/// no year stays.
///
/// A figure is what has the same subject, property and qualifiers but for the year, where the property's cardinality
/// is `one per … year …`.
public enum LatestFigures {
  /// The qualifier that says of which year a figure is.
  public static let year = Key(unchecked: "year")

  /// The properties whose values are figures of years.
  public static func properties(_ schema: Schema) -> [Key] {
    schema.properties.values.filter { definition in
      if case .onePer(let cell) = definition.cardinality { return cell.contains(year) }
      return false
    }.map(\.key).sorted()
  }
}
