import RegistryModel

/// A picture as a drawing of characters.
struct Chart {
  private let picture: Picture
  private let width: Int
  private let ascii: Bool

  /// - Throws: why a table is not drawn.
  init(_ table: ResultTable, options: Renderer.Options) throws(ChartProblem) {
    picture = try Picture(table)
    width = options.width ?? 80
    ascii = options.ascii
  }

  var lines: [String] {
    switch picture.content {
    case .bars(let bars): lines(bars)
    case .timeline(let spans): lines(spans)
    case .matrix(let matrix): lines(matrix)
    case .network(let network): NetworkChart(network, width: width, ascii: ascii).lines
    case .map(let map): MapChart(map, width: width, ascii: ascii).lines
    case .ranges(let panels): panels.flatMap(lines)
    }
  }

  // MARK: Bars

  private func lines(_ bars: [Picture.Bar]) -> [String] {
    let most = max(0, bars.compactMap { $0.reach?.upperBound }.max() ?? 0)
    let least = min(0, bars.compactMap { $0.reach?.lowerBound }.min() ?? 0)
    let names = padded(bars.map(\.label))
    let taken = [names, bars.map(\.words)].map { $0.map { displayWidth($0) }.max() ?? 0 }
    let room = max(4, width - taken[0] - taken[1] - (bars.contains(where: \.isOpen) ? 5 : 4))
    guard most > least else { return zip(names, bars).map { "\($0)  \($1.words)" } }
    let scale = BarScale(least: least, most: most, room: room)
    let (light, end): (Character, Character) = ascii ? ("-", ">") : ("░", "▸")
    // Where something is less than nothing, every bar starts at nothing.
    let left = scale.cells(-least)
    return zip(names, bars).map { name, bar in
      guard let reach = bar.reach else { return "\(name)  \(bar.words)" }
      let drawn = drawn(reach, isOpen: bar.isOpen, scale, left)
      // What is no answer is lighter throughout.
      let shown = bar.isPassedOver ? String(drawn.map { $0 == " " || $0 == end ? $0 : light }) : drawn
      return "\(name)  \(shown)  \(bar.words)"
    }
  }

  /// A bar from nothing to where the number certainly reaches, and on, lighter, to where it may.
  private func drawn(_ reach: ClosedRange<Double>, isOpen: Bool, _ scale: BarScale, _ left: Int) -> String {
    let (solid, light) = ascii ? ("#", "-") : ("█", "░")
    guard reach.lowerBound >= 0 else {
      let far = min(left, scale.cells(-reach.lowerBound))
      let near = min(far, scale.cells(-min(0, reach.upperBound)))
      let beyond = scale.cells(reach.upperBound)
      return String(repeating: " ", count: left - far) + String(repeating: light, count: far - near)
        + String(repeating: solid, count: near) + String(repeating: light, count: beyond)
    }
    let eighths = scale.cells(reach.lowerBound, parts: 8)
    let isPart = !ascii && eighths % 8 > 0
    let rest = isPart ? ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] : ""
    let drawn = eighths / 8 + (isPart ? 1 : 0)
    let possible = reach.upperBound > reach.lowerBound ? max(0, scale.cells(reach.upperBound) - drawn) : 0
    // What goes beyond the number that is given has no end.
    let end = isOpen ? (ascii ? ">" : "▸") : ""
    return String(repeating: " ", count: left) + String(repeating: solid, count: eighths / 8) + rest
      + String(repeating: light, count: possible) + end
  }

  // MARK: Time

  private func lines(_ spans: [Picture.Span]) -> [String] {
    let days = spans.flatMap { [$0.first, $0.last].compactMap(\.self) }
    let names = padded(spans.map(\.label))
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
      if let first = span.first, let last = span.last, last < first {
        return "\(name)  ends before it begins: \(text(first)) to \(text(last))"
      }
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

  private func text(_ day: Day) -> String {
    PartialDate(day: min(max(day, .distantPast), .distantFuture)).edtf
  }

  // MARK: Matrix

  /// The values where a row and a column meet, as a table.
  private func lines(_ matrix: Picture.Matrix) -> [String] {
    var drawn = ResultTable(
      columns: [Column(matrix.heading)] + matrix.columns.map { Column($0, alignsRight: true) })
    drawn.rows = zip(matrix.rows, matrix.cells).map { name, cells in
      [.text(name)] + cells.map { $0.isEmpty ? .empty : .text($0) }
    }
    let text = Renderer(.table, options: Renderer.Options(width: width, ascii: ascii)).render(drawn)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2).map(String.init)
  }

  // MARK: Readings

  /// Each number of a measure between its least and its greatest.
  private func lines(_ panel: Picture.Panel) -> [String] {
    let names = padded(panel.ranges.map(\.label))
    let taken = [names, panel.ranges.map(\.words)].map { $0.map { displayWidth($0) }.max() ?? 0 }
    let room = max(8, width - taken[0] - taken[1] - 4)
    let (line, mark, open) = ascii ? ("-", "o", ("<", ">")) : ("─", "●", ("◂", "▸"))
    guard let bounds = panel.bounds else {
      return [panel.measure] + zip(names, panel.ranges).map { "\($0)  \($1.words)" }
    }
    // Halves, since the distance of the largest numbers is none.
    let length = bounds.upperBound / 2 - bounds.lowerBound / 2
    func place(_ number: Double) -> Int {
      length > 0 ? Int(((number / 2 - bounds.lowerBound / 2) / length * Double(room - 1)).rounded()) : 0
    }
    return [panel.measure]
      + zip(names, panel.ranges).map { name, range in
        var cells = [String](repeating: " ", count: room)
        let (first, last) = (range.least.map(place) ?? 0, range.greatest.map(place) ?? room - 1)
        for index in min(first, last)...max(first, last) { cells[index] = line }
        if range.least == nil { cells[0] = open.0 }
        if range.greatest == nil { cells[room - 1] = open.1 }
        if let chosen = range.chosen { cells[place(chosen)] = mark }
        return "\(name)  \(cells.joined())  \(range.words)"
      }
  }

  // MARK: Labels

  /// Names of one width, none more than a third of the drawing.
  private func padded(_ names: [String]) -> [String] { Self.padded(names, width: width, ascii: ascii) }

  /// Names of one width, none more than a third of a drawing.
  static func padded(_ names: [String], width: Int, ascii: Bool) -> [String] {
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
