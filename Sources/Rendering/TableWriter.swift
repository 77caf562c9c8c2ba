import RegistryModel

/// Aligned columns beneath a header and a rule, and a count of rows at the end.
struct TableWriter: RowWriter {
  private let table: ResultTable
  private let layout: TableLayout
  private let options: Renderer.Options
  private let marks: Marks

  init(_ table: ResultTable, layout: TableLayout, options: Renderer.Options) {
    self.table = table
    self.layout = layout
    self.options = options
    marks = Marks(ascii: options.ascii)
  }

  func writeOpening(into text: inout String) {
    writeTitle(table, options: options, into: &text)
    guard !table.columns.isEmpty else { return }
    write(table.columns.map(TableLayout.text(of:)), into: &text) { _ in \.heading }
    let rule = layout.widths.map { String(repeating: marks.rule, count: $0) }
    let line = rule.joined(separator: String(repeating: " ", count: TableLayout.gap))
    text += options.theme.mark(line, \.faint) + "\n"
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {
    guard !table.columns.isEmpty else { return }
    write(table.columns.indices.map { TableLayout.text(of: row.cell($0)) }, into: &text) {
      Self.part(of: row.cell($0))
    }
  }

  func writeClosing(rows: Int, into text: inout String) {
    text += options.theme.mark(rowCount(table), \.faint) + "\n"
  }

  /// What of the theme marks a cell.
  static func part(of cell: Cell) -> KeyPath<Theme, String>? {
    switch cell {
    case .key: \.key
    case .integer, .decimal, .real, .quantity: \.number
    case .text(let text) where text.hasPrefix("@"): \.key
    default: nil
    }
  }

  /// One row, in as many lines as its tallest cell.
  private func write(_ texts: [String], into text: inout String, part: (Int) -> KeyPath<Theme, String>?) {
    let cells = zip(texts, layout.widths).map {
      wrap($0, width: $1, maxLines: options.maxLinesPerCell, ellipsis: marks.ellipsis)
    }
    for line in 0..<(cells.map(\.count).max() ?? 0) {
      var output = ""
      // Blanks are only written before something, so that no line ends in them.
      var blanks = 0
      for (column, lines) in cells.enumerated() {
        let content = line < lines.count ? lines[line] : ""
        let padding = max(0, layout.widths[column] - displayWidth(content))
        if content.isEmpty {
          blanks += padding
        } else {
          let before = blanks + (layout.alignsRight[column] ? padding : 0)
          output += String(repeating: " ", count: before)
          output += part(column).map { options.theme.mark(content, $0) } ?? content
          blanks = layout.alignsRight[column] ? 0 : padding
        }
        blanks += TableLayout.gap
      }
      text += output + "\n"
    }
  }
}

/// The line above a table, wrapped to the width.
func writeTitle(_ table: ResultTable, options: Renderer.Options, into text: inout String) {
  guard let title = table.title, !title.isEmpty else { return }
  // A name may be of any length; two lines tell which one it is.
  let start = options.width.map { String(title.prefix(2 * $0 + 1)) } ?? title
  let shown = visible(start, VisibleStyle(newline: " ", tab: " "))
  for line in options.width.map({ wrap(shown, width: $0, maxLines: 2) }) ?? [shown] {
    text += options.theme.mark(line, \.heading) + "\n"
  }
}

/// `(1 row)`.
func rowCount(_ table: ResultTable) -> String {
  table.rows.count == 1 ? "(1 row)" : "(\(table.rows.count) rows)"
}
