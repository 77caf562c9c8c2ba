import FoundationEssentials

/// A network in the terminal: drawn where it fits, else a list of who is tied to whom.
struct NetworkChart {
  private let network: Picture.Network
  private let width: Int
  private let ascii: Bool

  /// What is more is not read in characters.
  private static let mostNodes = 24
  private static let mostTies = 40
  private static let mostLines = 40
  private static let widestName = 18

  init(_ network: Picture.Network, width: Int, ascii: Bool) {
    self.network = network
    self.width = width
    self.ascii = ascii
  }

  var lines: [String] { (drawn ?? listed) + legend }

  // MARK: Drawn

  /// Each node a mark with its label behind it, and lines between the marks; nothing where that does not fit.
  private var drawn: [String]? {
    guard network.nodes.count <= Self.mostNodes, network.ties.count <= Self.mostTies, width >= 40,
      network.ties.contains(where: { $0.from != $0.to }), !network.isWeighted
    else { return nil }
    let labels = network.nodes.map { "\(mark($0.kind)) \(label($0))" }
    let sizes = labels.map { NetworkLayout.Size(width: Double(displayWidth($0)) + 3, height: 2) }
    let layout = NetworkLayout(network, sizes: sizes, room: 1, heading: 2, aspect: 2.2, step: 2.4)
    let (columns, rows) = (Int(layout.width.rounded(.up)), Int(layout.height.rounded(.up)))
    guard columns <= width, rows <= Self.mostLines else { return nil }
    var dots = DotCanvas(columns: columns + 1, rows: rows + 1)
    // The mark is where lines meet: the left of the label.
    let places = zip(layout.places, sizes).map { place, size in
      (
        column: max(0, Int((place.x - size.width / 2 + 1).rounded())),
        row: max(0, Int((place.y - 0.5).rounded()))
      )
    }
    for tie in network.ties where tie.from != tie.to {
      let (from, to) = (places[tie.from], places[tie.to])
      dots.line(from: (from.column, from.row), to: (to.column, to.row))
    }
    var cells = dots.cells(ascii: ascii)
    for (place, label) in zip(places, labels) {
      guard cells.indices.contains(place.row) else { return nil }
      // A label has an empty cell on either side, so that no line runs into it.
      put(" ", place.column - 1, &cells[place.row])
      put(label + " ", place.column, &cells[place.row])
    }
    return cells.map { $0.joined() }
  }

  private func put(_ text: String, _ column: Int, _ row: inout [String]) {
    var column = column
    for character in text {
      let taken = displayWidth(String(character))
      guard taken > 0 else {
        if row.indices.contains(column - 1) { row[column - 1].append(character) }
        continue
      }
      while row.count <= column + taken { row.append(" ") }
      if column >= 0 { row[column] = String(character) }
      for more in 1..<max(1, taken) where column + more >= 0 { row[column + more] = "" }
      column += taken
    }
  }

  // MARK: Listed

  /// Each node with those that it is tied to, and those without a tie last.
  private var listed: [String] {
    var others = [[String]](repeating: [], count: network.nodes.count)
    // A tie stands once, with its first end; where ends are of several kinds, with the one that has more ties, so that hubs
    // are told with all that they have.
    let degrees = network.degrees
    for tie in network.ties {
      let isFrom = !isMarked || degrees[tie.from] >= degrees[tie.to]
      let (end, other) = isFrom ? (tie.from, tie.to) : (tie.to, tie.from)
      let weight = network.isWeighted && !tie.words.isEmpty ? " (\(tie.words))" : ""
      others[end].append(label(network.nodes[other]) + weight)
    }
    var order = network.nodes.indices.filter { !others[$0].isEmpty }
    if isMarked { order.sort { (others[$1].count, $0) < (others[$0].count, $1) } }
    let names = Chart.padded(
      order.map { (isMarked ? mark(network.nodes[$0].kind) + " " : "") + label(network.nodes[$0]) },
      width: width, ascii: ascii)
    let arm = ascii ? " -- " : " ── "
    let indent = (names.map { displayWidth($0) }.max() ?? 0) + displayWidth(arm)
    var lines = zip(names, order).flatMap { name, node in
      let lines = wrap(others[node].joined(separator: ", "), width: max(10, width - indent))
      return lines.enumerated().map { index, line in
        index == 0 ? name + arm + line : String(repeating: " ", count: indent) + line
      }
    }
    let alone = network.nodes.indices.filter { degrees[$0] == 0 && others[$0].isEmpty }
    if !alone.isEmpty {
      lines += wrap(
        "without a tie: " + alone.map { label(network.nodes[$0]) }.joined(separator: ", "), width: width)
    }
    return lines
  }

  // MARK: Marks

  private func label(_ node: Picture.Network.Node) -> String {
    truncate(node.label(upTo: Self.widestName), toWidth: 30, ellipsis: Marks(ascii: ascii).ellipsis)
  }

  /// Whether marks tell something.
  private var isMarked: Bool { network.kinds.count > 1 }

  private var marks: [String] { ascii ? ["o", "#", "+", "^", "."] : ["●", "■", "◆", "▲", "○"] }

  private func mark(_ kind: String) -> String {
    guard !kind.isEmpty, let place = network.kinds.firstIndex(where: { $0.name == kind }) else {
      return marks[0]
    }
    return marks[min(place, 4)]
  }

  /// What the marks stand for.
  private var legend: [String] {
    guard isMarked else { return [] }
    let kinds = network.kinds
    return [""] + wrap(kinds.map { "\(mark($0.name)) \($0.name)" }.joined(separator: "   "), width: width)
  }
}

/// Lines of dots in cells of characters: two by four in each by braille, one in ASCII.
struct DotCanvas {
  private let columns: Int
  private let rows: Int
  private var dots: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
    dots = [UInt8](repeating: 0, count: self.columns * self.rows)
  }

  /// Sets a dot, of two by four in each cell.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, x / 2 < columns, y / 4 < rows else { return }
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    dots[y / 4 * columns + x / 2] |= bits[y % 4][x % 2]
  }

  /// A line between the middles of two cells.
  mutating func line(from: (column: Int, row: Int), to: (column: Int, row: Int)) {
    let (x, y) = (from.column * 2, from.row * 4 + 2)
    let (dx, dy) = (to.column * 2 - x, to.row * 4 + 2 - y)
    let steps = max(abs(dx), abs(dy), 1)
    // Every second dot, so that a line is told from a label.
    for step in stride(from: 0, through: steps, by: 2) { set(x + dx * step / steps, y + dy * step / steps) }
  }

  func cells(ascii: Bool) -> [[String]] {
    (0..<rows).map { row in
      (0..<columns).map { column in
        let bits = dots[row * columns + column]
        if bits == 0 { return " " }
        return ascii ? "." : Unicode.Scalar(0x2800 + UInt32(bits)).map { String(Character($0)) } ?? "."
      }
    }
  }
}
