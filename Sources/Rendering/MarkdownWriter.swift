import RegistryModel

/// A table of GitHub-flavoured Markdown, in which data is data: what Markdown or HTML would read is escaped.
struct MarkdownWriter: RowWriter {
  private let table: ResultTable

  init(_ table: ResultTable) { self.table = table }

  func writeOpening(into text: inout String) {
    guard !table.columns.isEmpty else { return }
    writeLine(table.columns.map { Self.escaped($0.name) }, into: &text)
    writeLine(table.columns.map { $0.alignsRight ? "---:" : "---" }, into: &text)
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {
    guard !table.columns.isEmpty else { return }
    writeLine(table.columns.indices.map { Self.escaped(row.cell($0).displayText) }, into: &text)
  }

  func writeClosing(rows: Int, into text: inout String) {}

  private func writeLine(_ cells: [String], into text: inout String) {
    text += "|"
    for cell in cells { text += cell.isEmpty ? " |" : " \(cell) |" }
    text += "\n"
  }

  /// - Parameter also: further characters that mean something where the text stands.
  static func escaped(_ raw: String, _ also: String = "") -> String {
    var text = ""
    // Before the line ends are replaced, since the break is markup and the data is not.
    for character in visible(raw, VisibleStyle(tab: " ")).unicodeScalars {
      switch character {
      case "\n": text += "<br>"
      case "\\", "|", "`", "*", "_", "[", "]", "<", ">", "~":
        text += "\\"
        text.unicodeScalars.append(character)
      case "&": text += "&amp;"
      case _ where also.unicodeScalars.contains(character):
        text += "\\"
        text.unicodeScalars.append(character)
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
