public import RegistryModel

/// What `on D` does with figures: of the data years of one figure, the latest up to D counts.
public enum LatestFigures {
  /// The qualifier that says of which year a figure is.
  public static let year = Key(unchecked: "year")

  /// Leaves out the figures of earlier years where there is a later one that has begun by the end of `date`, and
  /// those of years to come. Rivals of the same year stay, and so does what names no year.
  public static func select(
    _ records: [StatementRecord], on date: PartialDate, _ schema: Schema
  ) -> [StatementRecord] {
    var latest: [Figure: Day] = [:]
    var years: [StatementID: (figure: Figure, year: Day)] = [:]
    for record in records {
      guard case .onePer(let cell)? = schema.properties[record.statement.property]?.cardinality,
        cell.contains(year), let start = startOfYear(record.statement)
      else { continue }
      let figure = Figure(record.statement)
      years[record.id] = (figure, start)
      if start <= date.latest { latest[figure] = max(latest[figure] ?? start, start) }
    }
    return records.filter { record in
      years[record.id].map { latest[$0.figure] == $0.year } ?? true
    }
  }

  /// A figure whatever its year.
  private struct Figure: Hashable {
    var subject: Key
    var property: Key
    var qualifiers: Set<Qualifier>

    init(_ statement: Statement) {
      subject = statement.subject
      property = statement.property
      qualifiers = Set(statement.qualifiers.filter { $0.property != LatestFigures.year })
    }
  }

  private static func startOfYear(_ statement: Statement) -> Day? {
    for qualifier in statement.qualifiers where qualifier.property == year {
      if case .date(let date) = qualifier.value { return date.earliest }
    }
    return nil
  }
}
