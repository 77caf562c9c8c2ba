public import RegistryModel

/// A table in one of the formats for programs, or in Markdown, written part by part.
public struct StreamedTable: TableText {
  private let writer: any RowWriter
  private var count = 0

  /// - Parameters:
  ///   - format: one whose text does not depend on all rows.
  ///   - quotesTabs: whether `tsv` quotes fields as `csv` does, as spreadsheets read and write it, in place of escapes.
  /// - Returns: nothing for a format that needs the whole table first.
  public init?(_ format: Renderer.Format, _ columns: [Column], quotesTabs: Bool = false) {
    let table = ResultTable(columns: columns)
    guard !format.needsAllRows else { return nil }
    writer =
      format == .tsv && quotesTabs
      ? CSVWriter(table, options: Renderer.Options(), delimiter: "\t")
      : Renderer(format).makeWriter(for: table)
  }

  public mutating func opening() -> String {
    var text = ""
    writer.writeOpening(into: &text)
    return text
  }

  public mutating func text(_ rows: [[Cell]]) -> String {
    var text = ""
    for row in rows {
      writer.write(row, index: count, into: &text)
      count += 1
    }
    return text
  }

  public mutating func closing() -> String {
    var text = ""
    writer.writeClosing(rows: count, into: &text)
    return text
  }
}
