import RegistryModel

/// `name = value`, names standing right; also what a table becomes that is too wide for its terminal.
struct LineWriter: RowWriter {
  private let table: ResultTable
  private let options: Renderer.Options
  private let width: Int?
  private let names: [String]
  private let marks: Marks

  /// With a width, the writer stands in for a table: values are wrapped to it, and title and count are written.
  init(_ table: ResultTable, options: Renderer.Options, width: Int?) {
    self.table = table
    self.options = options
    self.width = width
    marks = Marks(ascii: options.ascii)
    let shown = table.columns.map { visible($0.name, VisibleStyle(newline: " ", tab: " ")) }
    let widest = shown.map { displayWidth($0) }.max() ?? 0
    // A name takes at most a third of a narrow terminal, so that something is left for the value.
    let limit = width.map { max(2, min(widest, $0 / 3)) } ?? widest
    names = shown.map { name in
      let cut = truncate(name, toWidth: limit, ellipsis: Marks(ascii: options.ascii).ellipsis)
      return String(repeating: " ", count: max(0, limit - displayWidth(cut))) + cut
    }
  }

  func writeOpening(into text: inout String) {
    if width != nil { writeTitle(table, options: options, into: &text) }
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {
    if index > 0 { text += "\n" }
    for (column, name) in names.enumerated() {
      let value = row.cell(column).displayText
      text += options.theme.mark(name, \.heading) + " = "
      guard let width else {
        text += visible(value, VisibleStyle(newline: marks.newline, tab: " ")) + "\n"
        continue
      }
      let indent = displayWidth(name) + 3
      let lines = wrap(
        visible(value, VisibleStyle(tab: " ")), width: width - indent, maxLines: options.maxLinesPerCell,
        ellipsis: marks.ellipsis)
      text += lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
    }
  }

  func writeClosing(rows: Int, into text: inout String) {
    if width != nil { text += options.theme.mark(rowCount(table), \.faint) + "\n" }
  }
}
