import FoundationEssentials
import RegistryModel

/// Why a table is not drawn.
enum ChartProblem: Error, Hashable {
  case nothing
  case noMeasure
  case severalMeasures([String], isListed: Bool)
  case onlyOneNumber
  case unlike(column: String, [String])
  case years(String)
  case tooLarge(rows: Int, columns: Int)
  case tooManyNodes(Int, ties: Int)
  case tooManyKinds(Int)
  case noPlaces

  /// In words, with what would be drawn.
  var words: String {
    switch self {
    case .nothing: "not drawn: nothing was found"
    case .noMeasure:
      "not drawn: no column has amounts or percentages that could be compared; count … by and total … in CURRENCY do"
    case .severalMeasures(let columns, let isListed):
      "not drawn: \(columns.joined(separator: " and ")) are different measures"
        + (isListed
          ? "; columns shows one of them" : ", and this answer has no picture that shows one of them")
    case .onlyOneNumber: "not drawn: one number has nothing beside it; by groups it"
    case .unlike(let column, let kinds):
      "not drawn: \(column) has \(kinds.joined(separator: " and ")), which have no length in common"
        + (kinds.contains { $0.allSatisfy(\.isUppercase) } ? "; total … in CURRENCY makes them alike" : "")
    case .years(let column): "not drawn: \(column) tells years, which are no lengths"
    case .tooLarge(let rows, let columns):
      "not drawn: \(rows) rows by \(columns) columns are no picture; limit or where narrows them"
    case .tooManyNodes(let nodes, let ties):
      "not drawn: \(nodes) nodes with \(ties) ties are no picture, of which at most \(Picture.Network.mostNodes) with "
        + "\(Picture.Network.mostTies) are; where, among, type or topic narrows them"
    case .tooManyKinds(let count):
      "not drawn: \(count) different words are not told apart on a map, \(Picture.Map.mostClasses) are; where or columns narrows them"
    case .noPlaces:
      "not drawn: nothing of it is a state that has a place on the map; list X.member as map draws states by their codes"
    }
  }
}

/// Which columns of a table bars are drawn from: a label, and a measure of which every row has the same kind.
struct BarColumns {
  let view: ResultView

  /// - Throws: why there are none.
  init(_ table: ResultTable) throws(ChartProblem) {
    let amounts = table.columns.indices.filter { Self.isMeasure(table, $0, quantities: true) }
    var measures = amounts
    if measures.isEmpty, table.hasMeasures {
      let numbers = table.columns.indices.filter { Self.isMeasure(table, $0, quantities: false) }
      measures = numbers.filter { !Self.tellsYears(table, $0) }
      if measures.isEmpty, let years = numbers.first { throw .years(table.columns[years].name) }
    }
    guard let measure = measures.first else { throw .noMeasure }
    guard measures.count == 1 else {
      throw .severalMeasures(measures.map { table.columns[$0].name }, isListed: !table.hasMeasures)
    }
    guard let label = table.columns.indices.first(where: { $0 != measure }) else { throw .onlyOneNumber }
    view = ResultView(.bar, [label, measure])
  }

  /// Whether all that stands in a column is amounts, or plain numbers, and something does.
  private static func isMeasure(_ table: ResultTable, _ column: Int, quantities: Bool) -> Bool {
    var isFound = false
    for row in table.rows {
      switch row.cell(column) {
      case .empty, .text("unknown"), .text("none"): continue
      case .quantity: guard quantities else { return false }
      case .integer, .decimal, .real: guard !quantities else { return false }
      default: return false
      }
      isFound = true
    }
    return isFound
  }

  private static func tellsYears(_ table: ResultTable, _ column: Int) -> Bool {
    let name = table.columns[column].name.lowercased()
    let isYear = table.rows.allSatisfy { row in
      if case .integer(let number) = row.cell(column) { (1000...2999).contains(number) } else { true }
    }
    return isYear
      && (name.contains("year") || ["signed", "started", "founded", "since", "when"].contains(name))
  }

  /// Refuses amounts of several currencies or units, and for each beside combined ones.
  static func refuseUnlike(_ table: ResultTable, _ column: Int) throws(ChartProblem) {
    let quantities = table.rows.compactMap { row -> Quantity? in
      if case .quantity(let quantity) = row.cell(column) { quantity } else { nil }
    }
    let name = table.columns[column].name
    let units = Set(quantities.map(\.unit)).sorted()
    guard units.count <= 1 else {
      throw .unlike(column: name, units.map { $0.isEmpty ? "plain numbers" : $0 })
    }
    // What is not said to be each or combined is the amount itself.
    let readings = Set(quantities.map { $0.reading?.rawValue ?? "plain amounts" }).sorted()
    guard readings.count <= 1 else { throw .unlike(column: name, readings) }
    let forecasts = Set(quantities.map(\.forecast))
    guard forecasts.count <= 1 else { throw .unlike(column: name, ["forecasts", "what was"]) }
    let rungs = table.columns.firstIndex { $0.name == "rung" }.map { place in
      Set(table.rows.map { $0.cell(place).displayText })
    }
    if let rungs, rungs.count > 1 { throw .unlike(column: name, rungs.sorted().map { "what is \($0)" }) }
  }

  /// What stands before each bar: the label, and where that does not part the rows, what else they say.
  static func labels(of table: ResultTable, _ view: ResultView) -> [String] {
    func texts(_ columns: [Int]) -> [String] {
      table.rows.map { row in
        columns.map { visible(row.cell($0).displayText, VisibleStyle(newline: " ", tab: " ")) }
          .filter { !$0.isEmpty }.joined(separator: ", ")
      }
    }
    var columns = [view.columns[0]]
    var labels = texts(columns)
    for column in table.columns.indices where Set(labels).count < labels.count {
      guard !view.columns.contains(column),
        !["id", "sources", "source", "quote"].contains(table.columns[column].name),
        !BarReading.tells(table.columns[column].name)
      else { continue }
      let more = texts(columns + [column])
      if Set(more).count > Set(labels).count { (columns, labels) = (columns + [column], more) }
    }
    return labels
  }
}
