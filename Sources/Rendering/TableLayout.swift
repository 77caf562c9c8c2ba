import RegistryModel

/// How wide the columns of a table are, and on which side their text stands.
struct TableLayout {
  /// The blanks between two columns.
  static let gap = 2
  /// No column is made narrower than this: below, words fall apart and a row is better read line by line.
  static let narrowest = 5

  let widths: [Int]
  let alignsRight: [Bool]

  /// The layout of a table, or nothing where its columns cannot be made narrow enough for the width.
  init?(_ table: ResultTable, options: Renderer.Options) {
    var natural = table.columns.map { Self.width(of: Self.text(of: $0)) }
    var areNumbers = [Bool?](repeating: nil, count: natural.count)
    for row in table.rows {
      for (column, cell) in row.prefix(natural.count).enumerated() {
        guard let isNumeric = cell.isNumeric else { continue }
        areNumbers[column] = isNumeric && areNumbers[column] != false
        natural[column] = max(natural[column], Self.width(of: Self.text(of: cell)))
      }
    }
    alignsRight = zip(table.columns, areNumbers).map { $0.alignsRight || $1 == true }
    guard let limit = options.width else {
      widths = natural
      return
    }
    let available = limit - Self.gap * max(0, natural.count - 1)
    guard let fitted = Self.fit(natural, into: available) else { return nil }
    widths = fitted
  }

  /// Shrinks the widest columns first: all that are wider than some cap are cut to it, and the columns that are
  /// left over go to the first of them.
  static func fit(_ natural: [Int], into available: Int) -> [Int]? {
    guard natural.reduce(0, +) > available else { return natural }
    var remaining = available
    var columns = natural.count
    var cap = 0
    for width in natural.sorted() {
      cap = remaining / columns
      if width > cap { break }
      remaining -= width
      columns -= 1
    }
    guard cap >= narrowest else { return nil }
    var spare = remaining - cap * columns
    return natural.map { width in
      guard width > cap else { return width }
      defer { spare = max(0, spare - 1) }
      return cap + (spare > 0 ? 1 : 0)
    }
  }

  /// What a cell shows, without anything that a terminal would obey; line ends stay, to be wrapped at.
  static func text(of cell: Cell) -> String { visible(cell.displayText, VisibleStyle(tab: " ")) }
  static func text(of column: Column) -> String { visible(column.name, VisibleStyle(tab: " ")) }

  /// The columns of the widest line.
  private static func width(of text: String) -> Int {
    if let count = printableASCIICount(text) { return count }
    return text.split(separator: "\n").reduce(0) { max($0, displayWidth($1)) }
  }
}
