import RegistryModel

/// Sources as numbers beneath a table, where their keys would take the room of what they attest.
struct Footnotes {
  /// The columns whose cells become numbers.
  private static let columns: Set<String> = ["sources", "other sources"]
  /// What stands before the numbers beneath.
  private static let heading = "sources"

  let table: ResultTable
  /// What the numbers mean; `1 clash`.
  let notes: [String]

  /// Nothing where the table has no such column, or fits with its sources in full.
  init?(_ table: ResultTable, width: Int) {
    let places = table.columns.indices.filter { Self.columns.contains(table.columns[$0].name) }
    guard !places.isEmpty,
      TableLayout(table, options: Renderer.Options())?.total ?? 0 > width
    else { return nil }
    var numbers: [String: Int] = [:]
    var notes: [String] = []
    func number(_ source: Cell) -> Int {
      let text = TableLayout.text(of: source)
      if let number = numbers[text] { return number }
      notes.append("\(notes.count + 1) \(text)")
      numbers[text] = notes.count
      return notes.count
    }
    var changed = table
    for row in changed.rows.indices {
      for place in places where place < changed.rows[row].count {
        switch changed.rows[row][place] {
        case .empty: continue
        case .list(let sources):
          let numbers = sources.map(number).sorted().map(String.init)
          changed.rows[row][place] = .text(numbers.joined(separator: " "))
        case let source: changed.rows[row][place] = .text(String(number(source)))
        }
      }
    }
    guard !notes.isEmpty else { return nil }
    self.table = changed
    self.notes = notes
  }

  /// The lines beneath the table.
  func lines(width: Int) -> [String] {
    let label = Self.heading + ": "
    let indent = String(repeating: " ", count: label.count)
    var lines = [label]
    for (index, note) in notes.enumerated() {
      let isFirst = lines[lines.count - 1].count == label.count
      if !isFirst, displayWidth(lines[lines.count - 1]) + 2 + displayWidth(note) > width {
        lines.append(indent)
      }
      let line = lines[lines.count - 1]
      lines[lines.count - 1] += (line == label || line == indent || index == 0 ? "" : "  ") + note
    }
    return lines.flatMap { wrap($0, width: width) }
  }
}
