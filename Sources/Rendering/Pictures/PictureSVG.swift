import FoundationEssentials
import RegistryModel

/// A picture as SVG.
struct PictureSVG {
  private let picture: Picture
  private let network: NetworkDrawing?
  var drawing = SVGDrawing()
  var y = 0.0
  private(set) var width = 0.0

  static let margin = 16.0
  private static let row = 20.0
  /// A label takes no more than this.
  private static let widestLabel = 320.0
  /// The lengths of bars and of time.
  private static let room = 560.0
  /// More rows than this are no picture.
  private static let mostRows = 300

  init(_ picture: Picture) {
    self.picture = picture
    network = if case .network(let network) = picture.content { NetworkDrawing(network) } else { nil }
  }

  func svg() -> String {
    var copy = self
    return copy.drawn()
  }

  private mutating func drawn() -> String {
    let title = picture.title.isEmpty ? "Entente" : picture.title
    let room = contentWidth
    width = max(420, room + 2 * Self.margin)
    y = Self.margin + 16
    for line in wrap(title, width: Int((width - 2 * Self.margin) / 10.9)) {
      drawing.text(line, Self.margin, y, "title")
      y += 22
    }
    let below = [picture.unit, picture.ofWhen].filter { !$0.isEmpty }.joined(separator: " · ")
    if !below.isEmpty { paragraph(below) }
    y += 8
    var left = 0
    switch picture.content {
    case .bars(let bars): left = draw(bars)
    case .timeline(let spans): left = draw(spans)
    case .matrix(let matrix): left = draw(matrix)
    case .network: left = network.map { draw($0) } ?? 0
    case .map(let map): left = draw(map)
    case .ranges(let panels): left = draw(panels)
    }
    y += 20
    if left > 0 { paragraph("\(left) more are not drawn: limit or where narrows them") }
    for caveat in picture.caveats { paragraph(caveat) }
    if !picture.sources.isEmpty {
      let most = 24
      let more = picture.sources.count > most ? " and \(picture.sources.count - most) more" : ""
      paragraph("Sources: " + picture.sources.prefix(most).joined(separator: ", ") + more)
    }
    drawing.about = ([below] + picture.caveats).filter { !$0.isEmpty }.joined(separator: ". ")
    return drawing.svg(width: width, height: y + Self.margin - 8, title: title)
  }

  private mutating func paragraph(_ text: String) {
    for line in wrap(text, width: Int((width - 2 * Self.margin) / 7.7)) {
      drawing.text(line, Self.margin, y, "soft")
      y += 17
    }
  }

  /// What the labels take, up to a limit.
  private static func column(_ labels: [String]) -> Double {
    min(widestLabel, labels.map { SVGDrawing.width($0) }.max() ?? 0)
  }

  /// The same, and more where two of them would become alike by what is cut.
  private static func column(ofBars labels: [String]) -> Double {
    let usual = column(labels)
    let cut = Set(labels.map { SVGDrawing.width($0) > usual ? truncate($0, toWidth: Int(usual / 7.7)) : $0 })
    guard cut.count < Set(labels).count else { return usual }
    return min(2 * widestLabel, labels.map { SVGDrawing.width($0) }.max() ?? 0)
  }

  private var contentWidth: Double {
    switch picture.content {
    case .bars(let bars):
      Self.column(ofBars: bars.map(\.label)) + Self.room + Self.column(bars.map(\.words)) + 24
    case .timeline(let spans): Self.column(spans.map(\.label)) + Self.room + 24
    case .matrix(let matrix):
      Self.column(matrix.rows + [matrix.heading]) + 12 + steps(matrix).reduce(0, +) + slant(matrix) * 0.71
    case .network: max(Self.networkRoom - 2 * Self.margin, network?.layout.width ?? 0)
    case .map: Self.mapRoom
    case .ranges(let panels):
      Self.column(panels.flatMap(\.ranges).map(\.label)) + Self.room
        + Self.column(panels.flatMap(\.ranges).map(\.words)) + 32
    }
  }

  // MARK: Bars

  private mutating func draw(_ bars: [Picture.Bar]) -> Int {
    let shown = bars.prefix(Self.mostRows)
    let labels = Self.column(ofBars: shown.map(\.label))
    let least = min(0, shown.compactMap { $0.reach?.lowerBound }.min() ?? 0)
    let most = max(0, shown.compactMap { $0.reach?.upperBound }.max() ?? 0)
    let start = Self.margin + labels + 8
    let scale = BarScale(least: least, most: most, room: 1)
    func length(_ value: Double) -> Double {
      most > least ? Double(scale.cells(value, parts: Int(Self.room * 4))) / 4 : 0
    }
    let zero = start + length(-least)
    for bar in shown {
      drawing.label(bar.label, start - 8, y + 14, width: labels, anchor: "end")
      var end = zero
      if let reach = bar.reach {
        let (low, high) = (reach.lowerBound, reach.upperBound)
        // As far as it certainly goes, and on, lighter, to where it may.
        if bar.isPassedOver {
          let (from, to) = (zero - length(-min(0, low)), zero + length(max(0, high)))
          drawing.rectangle(from, y + 3, to - from, 14, "maybe", tip: "\(bar.label): \(bar.words)")
          end = to
        } else if low >= 0 {
          drawing.rectangle(zero, y + 3, length(low), 14, "sure", tip: "\(bar.label): \(bar.words)")
          if high > low {
            drawing.rectangle(zero + length(low), y + 3, length(high) - length(low), 14, "open")
          }
          end = zero + length(high)
        } else {
          let near = min(0, high)
          drawing.rectangle(
            zero - length(-near), y + 3, length(-near), 14, "sure", tip: "\(bar.label): \(bar.words)")
          drawing.rectangle(zero - length(-low), y + 3, length(-low) - length(-near), 14, "open")
          if high > 0 { drawing.rectangle(zero, y + 3, length(high), 14, "open") }
          end = zero + length(max(0, high))
        }
        if bar.isOpen {
          let (x, top) = (SVGDrawing.number(end + 2), SVGDrawing.number(y + 4))
          drawing.path("M\(x) \(top)l7 6l-7 6", "edge")
          end += 11
        }
      }
      drawing.text(bar.words, end + 5, y + 14)
      y += Self.row
    }
    let (x, top) = (SVGDrawing.number(zero), SVGDrawing.number(y - Double(shown.count) * Self.row))
    drawing.path("M\(x) \(top)V\(SVGDrawing.number(y))", "line")
    return bars.count - shown.count
  }

  // MARK: Time

  private mutating func draw(_ spans: [Picture.Span]) -> Int {
    let shown = spans.prefix(Self.mostRows)
    let labels = Self.column(shown.map(\.label))
    let start = Self.margin + labels + 12
    let days = shown.flatMap { [$0.first, $0.last].compactMap(\.self) }
    guard let first = days.min(), let last = days.max() else {
      paragraph("no day is known of any of them")
      return spans.count
    }
    let length = max(1, Double(last.number) - Double(first.number))
    func place(_ day: Day) -> Double {
      start + (Double(day.number) - Double(first.number)) / length * (Self.room - 12)
    }
    let top = y
    // Years, or months of a short time, whose names have room beside each other.
    var taken = -Double.infinity
    for (day, name) in Self.ticks(first, last) {
      let x = place(day)
      drawing.path(
        "M\(SVGDrawing.number(x)) \(SVGDrawing.number(top + 18))v\(SVGDrawing.number(Double(shown.count) * Self.row))",
        "line")
      let half = SVGDrawing.width(name) / 2
      guard x - half > taken + 6 else { continue }
      drawing.text(name, x, top + 12, "soft", anchor: "middle")
      taken = x + half
    }
    y += 18
    for span in shown {
      drawing.label(span.label, start - 12, y + 14, width: labels, anchor: "end")
      let tip = "\(span.label): \(Self.words(span))"
      switch (span.first, span.last) {
      case (nil, nil): drawing.text("no day is known", start, y + 14, "soft")
      case (let from, let to):
        let x = from.map(place) ?? start
        let end = to.map(place) ?? (start + Self.room - 12)
        if let from, let to, to < from {
          drawing.text("ends before it begins: \(Self.words(span))", start, y + 14, "soft")
        } else if let from, let to, from == to {
          let (cx, cy) = (SVGDrawing.number(x), SVGDrawing.number(y + 10))
          drawing.path("M\(cx) \(cy)m-5 0l5 -5l5 5l-5 5z", "sure", tip: tip)
        } else {
          drawing.rectangle(x, y + 6, max(2, end - x), 8, "open", tip: tip)
          if from != nil { drawing.rectangle(x, y + 4, 2, 12, "sure") }
          if to != nil { drawing.rectangle(end - 2, y + 4, 2, 12, "sure") }
          // What is not known points beyond the drawing.
          let middle = SVGDrawing.number(y + 5)
          if from == nil { drawing.path("M\(SVGDrawing.number(x + 5)) \(middle)l-5 5l5 5", "edge") }
          if to == nil { drawing.path("M\(SVGDrawing.number(end - 5)) \(middle)l5 5l-5 5", "edge") }
        }
      }
      y += Self.row
    }
    return spans.count - shown.count
  }

  private static func words(_ span: Picture.Span) -> String {
    func text(_ day: Day?) -> String { day.map { PartialDate(day: $0).edtf } ?? "unknown" }
    return span.first == span.last ? text(span.first) : "\(text(span.first)) to \(text(span.last))"
  }

  /// The days at which something begins that has a name: days of a short time, months, years or many years.
  private static func ticks(_ first: Day, _ last: Day) -> [(Day, String)] {
    let (from, to) = (first.civil, last.civil)
    func day(_ year: Int64, _ month: Int) -> Day { Day(year: year, month: month, day: 1) }
    guard to.year >= from.year else { return [] }
    let months = (to.year - from.year) * 12 + Int64(to.month - from.month)
    var ticks: [(Day, String)] = []
    let days = last.number - first.number
    if days <= 92 {
      let steps: [Int64] = [1, 2, 7, 14]
      let step = steps.first { days / $0 <= 9 } ?? 14
      for number in stride(from: first.number, through: last.number, by: Int(step)) {
        let day = Day(number)
        ticks.append((day, PartialDate(day: day).edtf))
      }
    } else if months <= 24 {
      for month in 0...max(0, months) {
        let count = from.year * 12 + Int64(from.month - 1) + month
        let (year, place) = (count / 12, Int(count % 12) + 1)
        let day = day(year, place)
        if day >= first {
          ticks.append((day, "\(year)-\(place < 10 ? "0" : "")\(place)"))
        }
      }
    } else {
      var step: Int64 = 1
      while (to.year - from.year) / step > 12 {
        let isTwo = "\(step)".hasPrefix("2")
        step = isTwo ? step / 2 * 5 : step * 2
      }
      for year in stride(from: from.year / step * step, through: to.year, by: Int(step)) {
        let day = day(year, 1)
        if day >= first { ticks.append((day, "\(year)")) }
      }
    }
    return ticks
  }

  // MARK: Matrix

  /// What a cell says, as a mark that needs no colour to be told.
  private enum Mark: String, CaseIterable {
    case yes, listed, stated
    case part = "in part"
    case maybe, denied
    case gone = "not today"

    var words: String { rawValue }
  }

  private static func marks(_ matrix: Picture.Matrix) -> Bool {
    let words = Set(matrix.cells.joined()).subtracting([""])
    return !words.isEmpty && words.allSatisfy { mark($0) != nil }
  }

  /// The mark of a cell: through whom it is so stands in its tip.
  private static func mark(_ words: String) -> [Mark]? {
    let parts = words.split(separator: ",").map { part in
      part.drop { $0 == " " }
    }.filter { !$0.hasPrefix("through ") && !$0.contains(" → ") }
    let found = parts.compactMap { Mark(rawValue: String($0)) }
    return found.isEmpty ? nil : found
  }

  /// More lines than this a cell has not; what is cut of it stands in its tool tip.
  private static let mostLines = 24

  /// What a cell says in lines: each of several things begins one.
  private static func lines(_ words: String, width: Double) -> [String] {
    wrap(words.replacing("; ", with: ";\n"), width: max(2, Int(width / 7.7)), maxLines: mostLines)
  }

  /// How wide the columns are: of marks all the same, of words what the longest thing in each takes, up to a limit.
  private func steps(_ matrix: Picture.Matrix) -> [Double] {
    if Self.marks(matrix) { return matrix.columns.map { _ in 22 } }
    return matrix.columns.indices.map { column in
      let things = matrix.cells.flatMap { $0[column].split(separator: "; ") }
      return min(180, max(34, (things.map { SVGDrawing.width($0) + 12 }.max() ?? 0) + 12))
    }
  }

  /// How much the headings of the columns take, along their slant.
  private func slant(_ matrix: Picture.Matrix) -> Double {
    min(240, matrix.columns.map { SVGDrawing.width($0) }.max() ?? 0)
  }

  private mutating func draw(_ matrix: Picture.Matrix) -> Int {
    let shown = matrix.rows.prefix(Self.mostRows)
    let labels = Self.column(Array(shown) + [matrix.heading])
    let start = Self.margin + labels + 12
    let steps = steps(matrix)
    let edges = steps.reduce(into: [start]) { $0.append(($0.last ?? start) + $1) }
    let areMarks = Self.marks(matrix)
    y += slant(matrix) * 0.71 + 14
    for (place, column) in matrix.columns.enumerated() {
      let x = edges[place] + steps[place] / 2
      drawing.label(column, x, y - 6, width: 240, turned: -45)
    }
    if !matrix.heading.isEmpty { drawing.text(matrix.heading, start - 12, y - 6, "soft", anchor: "end") }
    let end = edges.last ?? start
    var used: Set<Mark> = []
    for (place, name) in shown.enumerated() {
      let line = SVGDrawing.number(y)
      drawing.path("M\(SVGDrawing.number(Self.margin)) \(line)H\(SVGDrawing.number(end))", "line")
      drawing.label(name, start - 12, y + 15, width: labels, anchor: "end")
      var height = 22.0
      for (column, words) in matrix.cells[place].enumerated() where !words.isEmpty {
        let x = edges[column] + steps[column] / 2
        if areMarks, let marks = Self.mark(words) {
          used.formUnion(marks)
          for mark in marks { draw(mark, x, y + 11, tip: "\(name), \(matrix.columns[column]): \(words)") }
        } else {
          let lines = Self.lines(words, width: steps[column] - 4)
          for (number, line) in lines.enumerated() {
            drawing.text(
              line, x, y + 15 + Double(number) * 15, anchor: "middle", tip: number == 0 ? words : "")
          }
          height = max(height, 22 + Double(lines.count - 1) * 15)
        }
      }
      y += height
    }
    drawing.path(
      "M\(SVGDrawing.number(Self.margin)) \(SVGDrawing.number(y))H\(SVGDrawing.number(end))", "line")
    if !used.isEmpty { legend(Mark.allCases.filter(used.contains)) }
    return matrix.rows.count - shown.count
  }

  private mutating func draw(_ mark: Mark, _ x: Double, _ y: Double, tip: String) {
    let (cx, cy) = (SVGDrawing.number(x), SVGDrawing.number(y))
    switch mark {
    case .yes, .listed: drawing.rectangle(x - 7, y - 7, 14, 14, "sure", tip: tip)
    case .stated:
      drawing.rectangle(x - 7, y - 7, 14, 14, "edge", tip: tip)
      drawing.rectangle(x - 3, y - 3, 6, 6, "sure", tip: tip)
    case .part:
      drawing.rectangle(x - 7, y - 7, 14, 14, "edge", tip: tip)
      drawing.rectangle(x - 7, y - 7, 7, 14, "sure", tip: tip)
    case .maybe: drawing.rectangle(x - 7, y - 7, 14, 14, "maybe", tip: tip)
    case .denied: drawing.path("M\(cx) \(cy)m-6 -6l12 12m0 -12l-12 12", "against", tip: tip)
    case .gone: drawing.path("M\(cx) \(cy)m-6 0h12", "gone", tip: tip)
    }
  }

  private mutating func legend(_ marks: [Mark]) {
    y += 20
    var x = Self.margin + 8
    for mark in marks {
      let taken = SVGDrawing.width(mark.words) + 40
      if x + taken > width - Self.margin, x > Self.margin + 8 {
        x = Self.margin + 8
        y += 20
      }
      draw(mark, x, y, tip: mark.words)
      drawing.text(mark.words, x + 13, y + 4, "soft")
      x += taken
    }
    y += 14
  }

  // MARK: Readings

  /// Each measure on a scale of its own: what cannot be compared has no length in common.
  private mutating func draw(_ panels: [Picture.Panel]) -> Int {
    var left = 0
    let labels = Self.column(panels.flatMap(\.ranges).map(\.label))
    let start = Self.margin + labels + 12
    for panel in panels {
      drawing.text(panel.measure, start, y + 12, "soft")
      y += 18
      let shown = panel.ranges.prefix(Self.mostRows)
      left += panel.ranges.count - shown.count
      let bounds = panel.bounds ?? 0...0
      let length = bounds.upperBound / 2 - bounds.lowerBound / 2
      func place(_ number: Double) -> Double {
        start + (length > 0 ? (number / 2 - bounds.lowerBound / 2) / length : 0) * (Self.room - 20)
      }
      for range in shown {
        drawing.label(range.label, start - 12, y + 14, width: labels, anchor: "end")
        let from = range.least.map(place) ?? start
        let to = range.greatest.map(place) ?? (start + Self.room - 20)
        drawing.rectangle(from, y + 7, max(2, to - from), 6, "open", tip: "\(range.label): \(range.words)")
        let (middle, edge) = (SVGDrawing.number(y + 5), { (x: Double) in SVGDrawing.number(x) })
        if range.least != nil { drawing.rectangle(from, y + 4, 2, 12, "sure") }
        if range.greatest != nil { drawing.rectangle(to - 2, y + 4, 2, 12, "sure") }
        if range.least == nil { drawing.path("M\(edge(from + 5)) \(middle)l-5 5l5 5", "edge") }
        if range.greatest == nil { drawing.path("M\(edge(to - 5)) \(middle)l5 5l-5 5", "edge") }
        if let chosen = range.chosen {
          drawing.path(
            "M\(edge(place(chosen))) \(SVGDrawing.number(y + 10))m-5 0l5 -5l5 5l-5 5z", "sure",
            tip: range.words)
        }
        drawing.text(range.words, start + Self.room - 8, y + 14)
        y += Self.row
      }
      y += 8
    }
    return left
  }
}
