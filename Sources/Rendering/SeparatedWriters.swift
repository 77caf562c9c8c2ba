import RegistryModel

/// Comma-separated values with a header (RFC 4180); lines end in `\n`.
///
/// A cell is quoted where it must be, and marked where a spreadsheet would take it for a formula (``FormulaGuard``). An
/// empty text is `""` and an empty cell nothing, so that the two can be told apart; an empty cell that stands alone is
/// quoted as well, since readers skip empty lines.
struct CSVWriter: RowWriter {
  private let table: ResultTable
  private let options: Renderer.Options
  private let delimiter: String

  init(_ table: ResultTable, options: Renderer.Options, delimiter: String = ",") {
    self.table = table
    self.options = options
    self.delimiter = delimiter
  }

  func writeOpening(into text: inout String) {
    guard !table.columns.isEmpty else { return }
    for (column, definition) in table.columns.enumerated() {
      if column > 0 { text += delimiter }
      append(FormulaGuard.guarded(definition.name), into: &text)
    }
    text += "\n"
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {
    guard !table.columns.isEmpty else { return }
    for column in table.columns.indices {
      if column > 0 { text += delimiter }
      let cell = row.cell(column)
      let content = cell.guardedText
      if !content.isEmpty || cell == .text("") || table.columns.count == 1 { append(content, into: &text) }
    }
    text += "\n"
  }

  func writeClosing(rows: Int, into text: inout String) {}

  private func append(_ raw: String, into text: inout String) {
    let content = options.sanitize ? visible(raw) : raw
    let sign = delimiter.utf8.first
    let needsQuotes =
      content.isEmpty
      || content.utf8.contains {
        $0 == sign || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
          || $0 == UInt8(ascii: "\r")
      }
    guard needsQuotes else {
      text += content
      return
    }
    text += "\""
    for (index, part) in content.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
      .enumerated()
    {
      if index > 0 { text += "\"\"" }
      text += Substring(part)
    }
    text += "\""
  }
}

/// Tab-separated values with a header; tab, line ends and backslash are escaped, so that a line is always a row, and
/// formulas marked (``FormulaGuard``).
struct TSVWriter: RowWriter {
  private let table: ResultTable
  private let options: Renderer.Options

  init(_ table: ResultTable, options: Renderer.Options) {
    self.table = table
    self.options = options
  }

  func writeOpening(into text: inout String) {
    guard !table.columns.isEmpty else { return }
    writeLine(table.columns.lazy.map { FormulaGuard.guarded($0.name) }, into: &text)
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {
    guard !table.columns.isEmpty else { return }
    writeLine(table.columns.indices.lazy.map { row.cell($0).guardedText }, into: &text)
  }

  func writeClosing(rows: Int, into text: inout String) {}

  private func writeLine(_ cells: some Collection<String>, into text: inout String) {
    var isFirst = true
    for cell in cells {
      if !isFirst { text += "\t" }
      isFirst = false
      let needsEscapes = cell.utf8.contains {
        $0 < 0x20 || $0 == UInt8(ascii: "\\") || options.sanitize && $0 >= 0x7F
      }
      text += needsEscapes ? escaped(cell) : cell
    }
    text += "\n"
  }

  private func escaped(_ cell: String) -> String {
    var text = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\t": text += "\\t"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\\": text += "\\\\"
      case _ where options.sanitize && isHidden(scalar): text += escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
