import RegistryModel

extension Picture {
  /// The bars of a table, and what must be told of how they look.
  static func bars(
    _ table: ResultTable, _ view: ResultView
  ) throws(ChartProblem) -> (bars: [Bar], caveats: [String]) {
    try BarColumns.refuseUnlike(table, view.columns[1])
    let reading = BarReading(table)
    var (bars, marks): ([Bar], Set<String>) = ([], [])
    var month: Int64?
    for (label, row) in zip(BarColumns.labels(of: table, view), table.rows) {
      let next = Self.month(row.cell(view.columns[0]))
      if let month, let next, next > month + 1 {
        let left = next - month - 1
        bars.append(
          Bar(
            label: "", words: left == 1 ? "1 month without a row" : "\(left) months without a row",
            isOpen: false))
      }
      month = next
      let cell = row.cell(view.columns[1])
      let reach = BarReach(cell)
      var bar = Bar(
        label: label, words: shown(cell.displayText),
        reach: reach.map { min($0.least, $0.most)...max($0.least, $0.most) }, isOpen: reach?.isOpen ?? false)
      if let possible = reading.possible(row), let sure = bar.reach {
        bar.reach = sure.lowerBound...(sure.upperBound + Double(possible))
        bar.words += " (\(possible) possible)"
      }
      if let said = reading.standing(row) {
        bar.words += " (\(said.word))"
        bar.isPassedOver = said.isNoAnswer
        if said.isNoAnswer { marks.insert(said.word) }
      }
      bars.append(bar)
    }
    return (
      bars, marks.isEmpty ? [] : ["dashed bars are no answer: " + marks.sorted().joined(separator: ", ")]
    )
  }

  /// The number of a month, where a cell is one.
  private static func month(_ cell: Cell) -> Int64? {
    guard case .date(let date) = cell, date.edtf.utf8.count == 7, date.earliest < date.latest else {
      return nil
    }
    let first = date.earliest.civil
    return first.year * 12 + Int64(first.month)
  }
}

/// What the columns beside a bar say of it.
struct BarReading {
  private let standing: Int?
  private let holds: Int?
  private let heading: String
  private let possible: Int?

  init(_ table: ResultTable) {
    standing = table.columns.firstIndex { $0.name == "standing" }
    holds = table.columns.firstIndex { Self.tellsHolding($0.name) }
    heading = holds.map { table.columns[$0].name } ?? ""
    possible = table.columns.firstIndex { $0.name == "possible" }
  }

  /// Whether a column says how a row stands, which is told beside its bar.
  static func tells(_ column: String) -> Bool { column == "standing" || tellsHolding(column) }

  private static func tellsHolding(_ column: String) -> Bool { column == "today" || column.hasPrefix("on ") }

  /// How many more there may be.
  func possible(_ row: [Cell]) -> Int64? {
    guard let possible, case .integer(let count) = row.cell(possible), count > 0 else { return nil }
    return count
  }

  /// How it stands among its rivals, or on the day; nothing where there is nothing to tell.
  func standing(_ row: [Cell]) -> (word: String, isNoAnswer: Bool)? {
    if let standing, case .text(let word) = row.cell(standing),
      ["rival", "denied", "deprecated"].contains(word)
    {
      return (word, true)
    }
    guard let holds, case .text(let word) = row.cell(holds) else { return nil }
    switch word {
    case "no": return ("not \(heading)", true)
    case "maybe", "in part": return (word, false)
    default: return nil
    }
  }
}
