import FoundationEssentials
import RegistryModel

/// A result as a drawing of characters: what its view asks for, or else bars of its one column of amounts.
struct Chart {
  private let table: ResultTable
  private let view: ResultView
  private let width: Int
  private let ascii: Bool

  /// - Throws: why a table is not drawn.
  init(_ table: ResultTable, options: Renderer.Options) throws(ChartProblem) {
    let known = table.view.flatMap { $0.columns.allSatisfy(table.columns.indices.contains) ? $0 : nil }
    let view: ResultView
    if let known {
      guard known.columns.count >= (known.kind == .bar || known.kind == .network ? 2 : 3) else {
        throw .noMeasure
      }
      view = known
    } else {
      view = try BarColumns(table).view
    }
    if view.kind == .bar { try BarColumns.refuseUnlike(table, view.columns[1]) }
    self.table = table
    self.view = view
    width = options.width ?? 80
    ascii = options.ascii
  }

  var lines: [String] {
    switch view.kind {
    case .bar: bars
    case .timeline: timeline
    case .matrix: matrix
    case .network: network
    }
  }

  // MARK: Bars

  private var bars: [String] {
    let labels = BarColumns.labels(of: table, view)
    let cells = table.rows.map { $0.cell(view.columns[1]) }
    let reaches = cells.map { BarReach($0) }
    let most = max(0, reaches.compactMap { $0?.most }.max() ?? 0)
    let least = min(0, reaches.compactMap { $0?.least }.min() ?? 0)
    let texts = cells.map { visible($0.displayText, VisibleStyle(newline: " ", tab: " ")) }
    let names = padded(labels)
    let taken = [names, texts].map { $0.map { displayWidth($0) }.max() ?? 0 }
    let room = max(
      4, width - taken[0] - taken[1] - (reaches.contains { $0?.isOpen == true } ? 5 : 4))
    guard most > least else { return zip(names, texts).map { "\($0)  \($1)" } }
    let scale = BarScale(least: least, most: most, room: room)
    // Where something is less than nothing, every bar starts at nothing.
    let left = scale.cells(-least)
    return zip(names, zip(reaches, texts)).map { name, row in
      guard let reach = row.0 else { return "\(name)  \(row.1)" }
      return "\(name)  \(bar(reach, scale, left))  \(row.1)"
    }
  }

  /// A bar from nothing to where the number certainly reaches, and on, lighter, to where it may.
  private func bar(_ reach: BarReach, _ scale: BarScale, _ left: Int) -> String {
    let (solid, light) = ascii ? ("#", "-") : ("█", "░")
    guard reach.least >= 0 else {
      let far = min(left, scale.cells(-reach.least))
      let near = min(far, scale.cells(-min(0, reach.most)))
      let beyond = scale.cells(reach.most)
      return String(repeating: " ", count: left - far) + String(repeating: light, count: far - near)
        + String(repeating: solid, count: near) + String(repeating: light, count: beyond)
    }
    let eighths = scale.cells(reach.least, parts: 8)
    let isPart = !ascii && eighths % 8 > 0
    let rest = isPart ? ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] : ""
    let drawn = eighths / 8 + (isPart ? 1 : 0)
    let possible = reach.most > reach.least ? max(0, scale.cells(reach.most) - drawn) : 0
    // What goes beyond the number that is given has no end.
    let end = reach.isOpen ? (ascii ? ">" : "▸") : ""
    return String(repeating: " ", count: left) + String(repeating: solid, count: eighths / 8) + rest
      + String(repeating: light, count: possible) + end
  }

  // MARK: Time

  private var timeline: [String] {
    let spans = table.rows.map {
      (first: day($0.cell(view.columns[1]), last: false), last: day($0.cell(view.columns[2]), last: true))
    }
    let days = spans.flatMap { [$0.first, $0.last].compactMap(\.self) }
    let names = padded(table.rows.map { label($0, 0) })
    guard let first = days.min(), let last = days.max() else { return names }
    let room = max(8, width - (names.map { displayWidth($0) }.max() ?? 0) - 2)
    // As real numbers, which have room for what lies between any two days.
    let length = max(1, Double(last.number) - Double(first.number))
    func place(_ day: Day) -> Int {
      Int((Double(day.number) - Double(first.number)) / length * Double(room - 1))
    }
    let (line, open) = ascii ? ("=", ("<", ">")) : ("━", ("◂", "▸"))
    var drawn = zip(names, spans).map { name, span in
      guard span.first != nil || span.last != nil else { return "\(name)  ?" }
      let (start, end) = (span.first.map(place) ?? 0, span.last.map(place) ?? room - 1)
      var cells = Array(repeating: line, count: max(1, end - start + 1))
      // An end that is not known points beyond the drawing.
      if span.first == nil { cells[0] = open.0 }
      if span.last == nil { cells[cells.count - 1] = open.1 }
      return "\(name)  \(String(repeating: " ", count: min(start, room - 1)))\(cells.joined())"
    }
    let from = text(first)
    let gap = max(1, room - displayWidth(from) - displayWidth(text(last)))
    let margin = String(repeating: " ", count: (names.map { displayWidth($0) }.max() ?? 0) + 2)
    drawn.append(margin + from + String(repeating: " ", count: gap) + text(last))
    return drawn
  }

  private func day(_ cell: Cell, last: Bool) -> Day? {
    switch cell {
    case .date(let date): last ? date.latest : date.earliest
    case .text(let text): (try? PartialDate(edtf: text)).map { last ? $0.latest : $0.earliest }
    case .validity(let validity):
      known(last ? validity.bounds.endLatest : validity.bounds.startEarliest)
    default: nil
    }
  }

  private func text(_ day: Day) -> String {
    PartialDate(day: min(max(day, .distantPast), .distantFuture)).edtf
  }

  private func known(_ day: Day) -> Day? { day == .distantPast || day == .distantFuture ? nil : day }

  // MARK: Two ends

  /// The values where a row and a column meet, as a table.
  private var matrix: [String] {
    var columns: [String] = []
    var rows: [(name: String, cells: [String: String])] = []
    for row in table.rows {
      let (name, column) = (label(row, 0), label(row, 1))
      if !columns.contains(column) { columns.append(column) }
      let place = rows.firstIndex { $0.name == name } ?? rows.count
      if place == rows.count { rows.append((name, [:])) }
      // What meets in one place stands there together.
      let known = rows[place].cells[column].map { $0 + "; " } ?? ""
      rows[place].cells[column] = known + label(row, 2)
    }
    var drawn = ResultTable(columns: [Column("")] + columns.map { Column($0, alignsRight: true) })
    drawn.rows = rows.map { row in
      [.text(row.name)] + columns.map { row.cells[$0].map { .text($0) } ?? .empty }
    }
    let text = Renderer(.table, options: Renderer.Options(width: width, ascii: ascii)).render(drawn)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2).map(String.init)
  }

  /// Each end with those it leads to, and how strongly where that is told.
  private var network: [String] {
    var ends: [(name: String, to: [String])] = []
    for row in table.rows {
      let name = label(row, 0)
      let place = ends.firstIndex { $0.name == name } ?? ends.count
      if place == ends.count { ends.append((name, [])) }
      let weight = view.columns.count > 2 ? label(row, 2) : ""
      ends[place].to.append(label(row, 1) + (weight.isEmpty ? "" : " (\(weight))"))
    }
    let names = padded(ends.map(\.name))
    let arm = ascii ? " -- " : " ── "
    let indent = (names.map { displayWidth($0) }.max() ?? 0) + displayWidth(arm)
    return zip(names, ends).flatMap { name, end in
      let lines = wrap(end.to.joined(separator: ", "), width: max(10, width - indent))
      return lines.enumerated().map { index, line in
        index == 0 ? name + arm + line : String(repeating: " ", count: indent) + line
      }
    }
  }

  // MARK: Labels

  private func label(_ row: [Cell], _ part: Int) -> String {
    visible(row.cell(view.columns[part]).displayText, VisibleStyle(newline: " ", tab: " "))
  }

  /// Names of one width, none more than a third of the drawing.
  private func padded(_ names: [String]) -> [String] {
    let limit = min(names.map { displayWidth($0) }.max() ?? 0, max(4, width / 3))
    return names.map { name in
      let cut = truncate(name, toWidth: limit, ellipsis: Marks(ascii: ascii).ellipsis)
      return cut + String(repeating: " ", count: max(0, limit - displayWidth(cut)))
    }
  }
}

/// Writes a drawing as a whole; rows do not stand alone in it.
struct ChartWriter: RowWriter {
  private let table: ResultTable
  private let options: Renderer.Options
  private let lines: [String]

  init(_ table: ResultTable, _ chart: Chart, options: Renderer.Options) {
    self.table = table
    self.options = options
    lines = chart.lines
  }

  func writeOpening(into text: inout String) {
    writeTitle(table, options: options, into: &text)
    for line in lines {
      let blanks = line.reversed().prefix { $0 == " " }.count
      text += line.dropLast(blanks) + "\n"
    }
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {}

  func writeClosing(rows: Int, into text: inout String) {}
}
