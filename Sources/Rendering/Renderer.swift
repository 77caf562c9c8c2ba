public import RegistryModel

/// Writes results as text in one of the output formats.
///
/// Rendering is linear in the size of the table, and hands its text on in pieces, so that a long result needs no
/// second copy in memory. Titles and row counts only stand in the `table` format; a table's notes are left to the
/// caller, who knows whether they belong beneath it or on standard error.
public struct Renderer: Sendable {
  /// How a result is written.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    /// Aligned columns for people.
    case table
    /// `name = value`, a line for each cell and a blank line between rows.
    case line
    /// Comma-separated (RFC 4180, with `\n` as the line end).
    case csv
    /// Tab-separated, with tab, line ends and backslash written `\t`, `\n`, `\r` and `\\`.
    case tsv
    /// An array with an object for each row; the keys stand in the order of the columns.
    case json
    /// An object for each row, each on its own line.
    case jsonl
    /// A table of GitHub-flavoured Markdown.
    case markdown
    /// A page of HTML that is whole in itself: no script, nothing that is fetched.
    case html
    /// A drawing: what the result's view asks for, or bars of its last column of numbers; a table where neither is.
    case chart
    /// The same as a picture in SVG, whole in itself, for light and dark.
    case svg

    /// Whether its text depends on all rows, so that nothing can be written before the last is there.
    var needsAllRows: Bool { [.table, .line, .html, .chart, .svg].contains(self) }
  }

  /// What the output is written for.
  public struct Options: Hashable, Sendable {
    /// The columns of the terminal; nothing for no limit. Only the `table` format keeps to it.
    public var width: Int?
    /// How headings, keys and numbers are marked (`table` and `line`).
    public var theme: Theme
    /// Whether rules and marks keep to ASCII, for a terminal in the C locale.
    public var ascii: Bool
    /// Whether control characters in the data are shown as escapes in the formats for programs as well: true where
    /// the output is a terminal. The formats for people always do so.
    public var sanitize: Bool
    /// How many lines a cell may take in the `table` format before it ends in `…`.
    public var maxLinesPerCell: Int
    /// When the `table` format tells its rows line by line.
    public var expansion: Expansion
    /// Whether the keys of sources become numbers with footnotes in a table that does not fit with them (`table`).
    public var footnotes: Bool

    /// Options for a file or a pipe; a terminal sets the others.
    public init(
      width: Int? = nil, theme: Theme = .none, ascii: Bool = false, sanitize: Bool = false,
      maxLinesPerCell: Int = 12, expansion: Expansion = .automatic, footnotes: Bool = false
    ) {
      self.width = width
      self.theme = theme
      self.ascii = ascii
      self.sanitize = sanitize
      self.maxLinesPerCell = max(1, maxLinesPerCell)
      self.expansion = expansion
      self.footnotes = footnotes
    }
  }

  /// When a table is told line by line, a line for each cell.
  public enum Expansion: String, Hashable, Sendable, CaseIterable {
    /// Where its columns cannot be made narrow enough for their words, or only so that few rows fill the screen.
    case automatic = "auto"
    /// Always.
    case always = "on"
    /// Only where there are more columns than would have two cells of the terminal; words are broken before.
    case never = "off"
  }

  /// How a result is written.
  public var format: Format
  /// What the output is written for.
  public var options: Options

  /// A renderer for `format`.
  public init(_ format: Format, options: Options = Options()) {
    self.format = format
    self.options = options
  }

  /// The whole text of `table`.
  public func render(_ table: ResultTable) -> String {
    var text = ""
    render(table) { text += $0 }
    return text
  }

  /// Hands the text of `table` to `sink` in pieces of about 64 KB; what `sink` throws ends the rendering.
  public func render<Failure: Error>(
    _ table: ResultTable, to sink: (String) throws(Failure) -> Void
  ) throws(Failure) {
    var table = format == .table && table.page == nil ? shortened(table) : table
    var footnotes: [String] = []
    if format == .table, table.page == nil, options.footnotes, options.expansion != .always,
      let width = options.width,
      let numbered = Footnotes(table, width: width)
    {
      table = numbered.table
      footnotes = numbered.lines(width: width)
    }
    let writer = makeWriter(for: table)
    var text = ""
    writer.writeOpening(into: &text)
    for (index, row) in table.rows.enumerated() {
      writer.write(row, index: index, into: &text)
      if text.utf8.count >= 65_536 {
        try sink(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    writer.writeClosing(rows: table.rows.count, into: &text)
    for line in footnotes { text += options.theme.mark(line, \.faint) + "\n" }
    if !text.isEmpty { try sink(text) }
  }

  /// Why a drawing that is asked for shows the table instead; nothing where it is drawn, or none is asked for.
  public func undrawn(_ table: ResultTable) -> String? {
    let isEmpty = table.rows.isEmpty && (table.view?.kind != .network || table.beside.isEmpty)
    if format == .svg, isEmpty { return ChartProblem.nothing.words }
    guard format == .svg || format == .chart, !isEmpty else { return nil }
    do throws(ChartProblem) {
      _ = try Picture(table)
      return nil
    } catch {
      return error.words
    }
  }

  /// The table without the ends of texts that are far longer than what is shown of a cell, which need not be measured.
  private func shortened(_ table: ResultTable) -> ResultTable {
    guard let width = options.width else { return table }
    let shown = 2 * width * options.maxLinesPerCell
    // A character takes four bytes at most but for marks, and is seldom of no width.
    func isLong(_ cell: Cell) -> Bool {
      if case .text(let text) = cell { text.utf8.count > 8 * shown } else { false }
    }
    guard table.rows.contains(where: { $0.contains(where: isLong) }) else { return table }
    var table = table
    table.rows = table.rows.map { row in
      row.map { cell in
        if case .text(let text) = cell, isLong(cell) { .text(String(text.prefix(shown))) } else { cell }
      }
    }
    return table
  }

  func makeWriter(for table: ResultTable) -> any RowWriter {
    switch format {
    case .table, .markdown, .html:
      if let page = table.page { return PageWriter(page: page, form: form) }
    default: break
    }
    switch format {
    case .chart:
      if let chart = try? Chart(table, options: options) {
        return ChartWriter(table, chart, options: options)
      }
      return Renderer(.table, options: options).makeWriter(for: table)
    case .table:
      if options.expansion != .always, let layout = TableLayout(table, options: options) {
        return TableWriter(table, layout: layout, options: options)
      } else {
        return LineWriter(table, options: options, width: options.width)
      }
    case .line: return LineWriter(table, options: options, width: nil)
    case .csv: return CSVWriter(table, options: options)
    case .tsv: return TSVWriter(table, options: options)
    case .json: return JSONWriter(table, options: options, isArray: true)
    case .jsonl: return JSONWriter(table, options: options, isArray: false)
    case .markdown: return MarkdownWriter(table)
    case .html: return HTMLWriter(table)
    case .svg: return SVGWriter(table)
    }
  }

  /// How a page is written.
  private func form(_ page: Page) -> String {
    switch format {
    case .markdown: PageMarkdown().text(page)
    case .html: PageHTML().text(page)
    default: PageText(options: options).text(page)
    }
  }
}

/// One output format at work on one table.
protocol RowWriter {
  func writeOpening(into text: inout String)
  func write(_ row: [Cell], index: Int, into text: inout String)
  func writeClosing(rows: Int, into text: inout String)
}

extension [Cell] {
  /// The cell of a column; a row that is too short has empty ones.
  func cell(_ column: Int) -> Cell { column < count ? self[column] : .empty }
}

/// The marks that the formats for people use.
struct Marks {
  let rule: String
  let ellipsis: String
  let newline: String

  init(ascii: Bool) {
    rule = ascii ? "-" : "─"
    ellipsis = ascii ? "..." : "…"
    newline = ascii ? "\\n" : "↵"
  }
}
