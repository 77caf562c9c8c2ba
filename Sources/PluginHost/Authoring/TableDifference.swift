import RegistryModel

/// Where a table is another one than was expected: the rows and cells, as they are written.
struct TableDifference {
  /// A table as lines of cells; the first has the names of the columns.
  typealias Lines = [[String]]

  /// How many differences are told; the rest is counted.
  private static let most = 3

  /// The differences in words, the first ones; nothing where there is none.
  let words: String?

  init(expected: Lines, got: Lines) {
    var found: [String] = []
    let (wanted, names) = (expected.first ?? [], got.first ?? [])
    if wanted != names {
      for index in 0..<max(wanted.count, names.count) {
        let (one, other) = (wanted.cell(index), names.cell(index))
        if one != other {
          found.append("column \(index + 1): expected \(Self.shown(one)), got \(Self.shown(other))")
        }
      }
    }
    let (rows, others) = (expected.dropFirst(), got.dropFirst())
    for index in 1..<max(1, rows.endIndex, others.endIndex) {
      switch (rows.indices.contains(index), others.indices.contains(index)) {
      case (true, false): found.append("row \(index): expected \(Self.shown(rows[index])), got no row")
      case (false, true): found.append("row \(index): expected no row, got \(Self.shown(others[index]))")
      default:
        for column in 0..<max(rows[index].count, others[index].count) {
          let (one, other) = (rows[index].cell(column), others[index].cell(column))
          guard one != other else { continue }
          let name = wanted.cell(column) ?? names.cell(column) ?? "\(column + 1)"
          found.append("row \(index), column \(name): expected \(Self.shown(one)), got \(Self.shown(other))")
        }
      }
    }
    let rest = found.count - Self.most
    words =
      found.isEmpty
      ? nil : found.prefix(Self.most).joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
  }

  private static func shown(_ cell: String?) -> String {
    guard let cell else { return "nothing" }
    return cell.isEmpty ? "an empty cell" : String(cell.prefix(100))
  }

  private static func shown(_ row: [String]) -> String {
    String(row.joined(separator: ", ").prefix(200))
  }

  /// The lines of a text in .tsv.
  static func lines(_ text: String) -> Lines {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Files that were written elsewhere end their lines otherwise.
      let line = line.hasSuffix("\r") ? line.dropLast() : line
      return line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }.dropLast(text.hasSuffix("\n") ? 1 : 0)
  }
}

extension [String] {
  fileprivate func cell(_ index: Int) -> String? { indices.contains(index) ? self[index] : nil }
}
