import RegistryModel

/// How wide the columns of a table are, and on which side their text stands.
struct TableLayout {
  /// The blanks between two columns.
  static let gap = 2
  /// A word up to this long is never broken to make its column narrower; dates are shorter.
  static let wholeWord = 12
  /// A word up to this long, as keys are, is broken only where the table would not fit otherwise, and then behind one of
  /// ``Wrapping``'s marks: a whole key can be copied.
  static let wholeKey = 40
  /// So many rows tell how the room is shared.
  private static let sampled = 100

  let widths: [Int]
  let alignsRight: [Bool]

  /// The layout of a table, or nothing where its columns cannot be made narrow enough for the width, or only so that
  /// its rows become tall.
  init?(_ table: ResultTable, options: Renderer.Options) {
    var measures = table.columns.map { Measure(Self.text(of: $0)) }
    // The headings are a row like the others.
    var lengths = [table.columns.map { displayWidth(Self.text(of: $0)) }]
    var areNumbers = [Bool?](repeating: nil, count: measures.count)
    for row in table.rows {
      var sizes = [Int](repeating: 0, count: measures.count)
      for (column, cell) in row.prefix(measures.count).enumerated() {
        guard let isNumeric = cell.isNumeric else { continue }
        areNumbers[column] = isNumeric && areNumbers[column] != false
        let text = Self.text(of: cell)
        measures[column].add(text)
        if options.width != nil, lengths.count < Self.sampled { sizes[column] = displayWidth(text) }
      }
      if options.width != nil, lengths.count < Self.sampled { lengths.append(sizes) }
    }
    alignsRight = zip(table.columns, areNumbers).map { $0.alignsRight || $1 == true }
    guard let limit = options.width else {
      widths = measures.map(\.natural)
      return
    }
    let available = limit - Self.gap * max(0, measures.count - 1)
    let breaksWords = options.expansion == .never
    guard let fitted = Self.fit(measures, lengths, into: available, breaksWords: breaksWords) else {
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

  /// Shares the room by need: each column has room for its words, keys as a whole where that is possible, and what is left
  /// goes where it makes the most rows less tall. Nothing where the words need more, unless they may be broken.
  /// - Parameter lengths: how much stands in the cells of the first rows.
  static func fit(
    _ measures: [Measure], _ lengths: [[Int]], into available: Int, breaksWords: Bool = false
  ) -> [Int]? {
    let naturals = measures.map(\.natural)
    if naturals.reduce(0, +) <= available { return naturals }
    guard var widths = floors(measures, available, breaksWords).map({ zip($0, naturals).map(min) }) else {
      return nil
    }
    var spare = available - widths.reduce(0, +)
    while spare > 0, let column = tallest(lengths, widths, naturals, spare) {
      widths[column.place] += column.more
      spare -= column.more
    }
    // What is left is for the rows that were not looked at.
    while spare > 0 {
      let wanting = widths.indices.filter { widths[$0] < naturals[$0] }
      guard let narrowest = wanting.min(by: { widths[$0] < widths[$1] }) else { break }
      widths[narrowest] += 1
      spare -= 1
    }
    return widths
  }

  /// What the columns must have: whole keys where that leaves room, else whole keys in the first column, else what lies
  /// between the marks behind which a word may be broken.
  private static func floors(_ measures: [Measure], _ available: Int, _ breaksWords: Bool) -> [Int]? {
    let parts = measures.map(\.floor)
    var firstWhole = parts
    if let first = measures.first { firstWhole[0] = first.keyFloor }
    var choices = [measures.map(\.keyFloor), firstWhole, parts]
    if breaksWords { choices.append(parts.map { min(2, $0) }) }
    return choices.first { $0.reduce(0, +) <= available }
  }

  /// The column that makes the rows tallest for lack of room, with how much more takes a line from them.
  private static func tallest(
    _ lengths: [[Int]], _ widths: [Int], _ naturals: [Int], _ spare: Int
  ) -> (place: Int, more: Int)? {
    var scores = [Double](repeating: 0, count: widths.count)
    var needs = [Int](repeating: .max, count: widths.count)
    for row in lengths {
      let heights = zip(row, widths).map { (max(1, $0) + max(1, $1) - 1) / max(1, $1) }
      guard let most = heights.max(), most > 1 else { continue }
      let culprits = heights.indices.filter { heights[$0] == most }
      let rest = heights.filter { $0 < most }.max() ?? 1
      for column in culprits {
        scores[column] += Double(most - rest) / Double(culprits.count)
        let needed = (row[column] + most - 2) / (most - 1) - widths[column]
        needs[column] = min(needs[column], max(1, needed))
      }
    }
    let able = scores.indices.filter { scores[$0] > 0 && widths[$0] < naturals[$0] }
    guard let place = able.max(by: { scores[$0] < scores[$1] }) else { return nil }
    return (place, min(spare, min(needs[place], naturals[place] - widths[place])))
  }

  /// What a cell shows, without anything that a terminal would obey; line ends stay, to be wrapped at.
  static func text(of cell: Cell) -> String { visible(cell.displayText, VisibleStyle(tab: " ")) }
  static func text(of column: Column) -> String { visible(column.name, VisibleStyle(tab: " ")) }

}

/// What the cells of a column need.
struct Measure {
  /// The columns of the widest line.
  private(set) var natural = 0
  /// The columns of the widest word that is not broken, or part of one that may be.
  private(set) var floor = 0
  /// The columns of the widest word, up to ``TableLayout/wholeKey``.
  private(set) var keyFloor = 0

  init(_ text: String) { add(text) }

  mutating func add(_ text: String) {
    // Most cells are plain, and after some rows no word is longer than those before.
    if let count = printableASCIICount(text) {
      natural = max(natural, count)
      if floor >= min(count, TableLayout.wholeKey) { return }
    }
    for line in text.split(separator: "\n") {
      natural = max(natural, displayWidth(line))
      for word in line.split(separator: " ") {
        let width = displayWidth(word)
        keyFloor = min(TableLayout.wholeKey, max(keyFloor, width))
        guard floor < min(width, TableLayout.wholeKey) else { continue }
        let needed =
          width <= TableLayout.wholeWord
          ? width : breakableParts(of: word).map { displayWidth($0) }.max() ?? 0
        floor = min(TableLayout.wholeKey, max(floor, needed))
      }
    }
  }
}
