import RegistryModel

/// How wide the columns of a table are, and on which side their text stands.
struct TableLayout {
  /// The blanks between two columns.
  static let gap = 2
  /// A word up to this long is never broken to make its column narrower; dates are shorter.
  static let wholeWord = 12
  /// A word up to this long, as keys are, is broken only where the table would not fit otherwise: a whole key can be
  /// copied.
  static let wholeKey = 30

  let widths: [Int]
  let alignsRight: [Bool]

  /// The layout of a table, or nothing where its columns cannot be made narrow enough for the width, or only so that
  /// its rows become tall.
  init?(_ table: ResultTable, options: Renderer.Options) {
    var measures = table.columns.map { Measure(Self.text(of: $0)) }
    var areNumbers = [Bool?](repeating: nil, count: measures.count)
    for row in table.rows {
      for (column, cell) in row.prefix(measures.count).enumerated() {
        guard let isNumeric = cell.isNumeric else { continue }
        areNumbers[column] = isNumeric && areNumbers[column] != false
        measures[column].add(Self.text(of: cell))
      }
    }
    alignsRight = zip(table.columns, areNumbers).map { $0.alignsRight || $1 == true }
    guard let limit = options.width else {
      widths = measures.map(\.natural)
      return
    }
    let available = limit - Self.gap * max(0, measures.count - 1)
    guard let fitted = Self.fit(measures, into: available, breaksWords: options.expansion == .never) else {
      return nil
    }
    if options.expansion == .automatic, Self.isTall(table, fitted) { return nil }
    widths = fitted
  }

  /// More rows than this are read down a column, however tall some of them are.
  private static let fewRows = 40
  /// A row of more lines than this is read more easily cell by cell.
  private static let tall = 6

  /// Whether the rows of a short table, wrapped into these widths, would be columns of single words.
  private static func isTall(_ table: ResultTable, _ widths: [Int]) -> Bool {
    guard table.rows.count <= fewRows else { return false }
    let heights = table.rows.map { row in
      zip(row, widths).map { cell, width in
        text(of: cell).split(separator: "\n").reduce(0) {
          $0 + (displayWidth($1) + max(1, width) - 1) / max(1, width)
        }
      }.max() ?? 0
    }
    return heights.reduce(0, +) > tall * heights.count
  }

  /// The columns that a row takes.
  var total: Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }

  /// Shrinks the widest columns first: all that are wider than some cap are cut to it, though not below their
  /// words, and the columns that are left over go to the first of them. Nothing where the words need more, unless they may be broken.
  static func fit(_ measures: [Measure], into available: Int, breaksWords: Bool = false) -> [Int]? {
    let keepsKeys = measures.reduce(0) { $0 + $1.keyFloor } <= available
    let widths = { (cap: Int) in
      measures.map {
        let floor = breaksWords ? min(2, $0.floor) : keepsKeys ? $0.keyFloor : $0.floor
        return max(floor, min($0.natural, cap))
      }
    }
    guard widths(0).reduce(0, +) <= available else { return nil }
    var cap = 0
    var tooWide = (measures.map(\.natural).max() ?? 0) + 1
    while cap + 1 < tooWide {
      let middle = (cap + tooWide) / 2
      if widths(middle).reduce(0, +) <= available { cap = middle } else { tooWide = middle }
    }
    var fitted = widths(cap)
    var spare = available - fitted.reduce(0, +)
    for column in fitted.indices where spare > 0 && fitted[column] == cap && measures[column].natural > cap {
      fitted[column] += 1
      spare -= 1
    }
    return fitted
  }

  /// What a cell shows, without anything that a terminal would obey; line ends stay, to be wrapped at.
  static func text(of cell: Cell) -> String { visible(cell.displayText, VisibleStyle(tab: " ")) }
  static func text(of column: Column) -> String { visible(column.name, VisibleStyle(tab: " ")) }

}

/// What the cells of a column need.
struct Measure {
  /// The columns of the widest line.
  private(set) var natural = 0
  /// The columns of the widest word, up to ``TableLayout/wholeWord``.
  var floor: Int { min(keyFloor, TableLayout.wholeWord) }
  /// The columns of the widest word, up to ``TableLayout/wholeKey``.
  private(set) var keyFloor = 0

  init(_ text: String) { add(text) }

  mutating func add(_ text: String) {
    // Most cells are plain, and after some rows no word is longer than those before.
    if let count = printableASCIICount(text) {
      natural = max(natural, count)
      if keyFloor >= min(count, TableLayout.wholeKey) { return }
    }
    for line in text.split(separator: "\n") {
      natural = max(natural, displayWidth(line))
      guard keyFloor < TableLayout.wholeKey else { continue }
      for word in line.split(separator: " ") {
        keyFloor = min(TableLayout.wholeKey, max(keyFloor, displayWidth(word)))
      }
    }
  }
}
