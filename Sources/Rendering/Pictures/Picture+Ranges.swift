import RegistryModel

extension Picture {
  /// The numbers of one measure, each with what competing claims leave open of it.
  public struct Panel: Hashable, Sendable {
    public var measure: String
    public var ranges: [Range]

    /// The least and the greatest of all its numbers.
    var bounds: ClosedRange<Double>? {
      let numbers = ranges.flatMap { [$0.least, $0.chosen, $0.greatest].compactMap(\.self) }
      guard let least = numbers.min(), let most = numbers.max() else { return nil }
      return least...most
    }
  }

  /// A number by the chosen claims, between the least and the greatest under any reading.
  public struct Range: Hashable, Sendable {
    public var label: String
    public var chosen: Double?
    /// Nothing where it has no bound.
    public var least: Double?
    public var greatest: Double?
    /// As they are given: `14 (13 to 17)`.
    public var words: String
    /// Whether readings were drawn, so that others may go beyond.
    public var isSampled: Bool
  }

  /// The readings of a table that has such columns: measures that cannot be compared are in panels of their own.
  static func panels(_ table: ResultTable) -> [Panel]? {
    func place(_ name: String) -> Int? { table.columns.firstIndex { $0.name == name } }
    guard let measure = place("measure"), let chosen = place("chosen"), let least = place("least"),
      let greatest = place("greatest"), let of = place("of")
    else { return nil }
    let extremes = place("extremes")
    var panels: [Panel] = []
    for row in table.rows {
      let name = shown(row.cell(measure).displayText)
      let panel = panels.firstIndex { $0.measure == name } ?? panels.count
      if panel == panels.count { panels.append(Panel(measure: name, ranges: [])) }
      func words(_ column: Int) -> String { shown(row.cell(column).displayText) }
      func number(_ column: Int) -> Double? { BarReach(row.cell(column))?.least }
      let middle = words(chosen).isEmpty ? "none" : words(chosen)
      panels[panel].ranges.append(
        Range(
          label: words(of), chosen: number(chosen), least: number(least), greatest: number(greatest),
          words: "\(middle) (\(words(least)) to \(words(greatest)))",
          isSampled: extremes.map { words($0) == "seen" } ?? false))
    }
    return panels
  }
}
