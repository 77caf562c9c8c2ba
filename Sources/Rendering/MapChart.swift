import FoundationEssentials

/// A map in the terminal: the land in dots, states in the character of what is said of them, and below what each character
/// means, with the names; where there is no room for land, these alone.
struct MapChart {
  private let map: Picture.Map
  private let width: Int
  private let ascii: Bool

  /// Land is not told in fewer columns.
  private static let leastWidth = 60
  private static let mostWidth = 120
  /// A cell is about twice as high as it is wide.
  private static let aspect = 0.5

  init(_ map: Picture.Map, width: Int, ascii: Bool) {
    self.map = map
    self.width = width
    self.ascii = ascii
  }

  var lines: [String] {
    guard width >= Self.leastWidth else {
      return wrap(
        "no land is drawn in \(width) columns, of which it needs \(Self.leastWidth)", width: max(10, width))
        + legend
    }
    return drawn + [""] + legend
  }

  /// The characters of the classes, each of another weight.
  private func mark(_ kind: Int) -> String {
    if map.isMeasure { return "\(kind + 1)" }
    let marks = ascii ? ["#", "+", "x", "o", "%", "="] : ["█", "▒", "╳", "○", "◆", "="]
    return marks[map.classes[kind].look % marks.count]
  }

  private var drawn: [String] {
    let columns = min(width, Self.mostWidth)
    let rows = Int(Outline.height(width: Double(columns), aspect: Self.aspect).rounded(.up))
    var cells = [[String]](repeating: [String](repeating: " ", count: columns), count: rows)
    let kinds = Dictionary(map.places.map { ($0.code, $0.kind) }) { first, _ in first }
    func fill(_ place: Shapes.Place, _ mark: String, isSaid: Bool) {
      let outline = Outline(place, width: Double(columns), aspect: Self.aspect)
      var isShown = false
      for row in 0..<rows where !place.isDot {
        for span in outline.spans(across: Double(row) + 0.5) {
          // A cell is of whoever has its middle.
          let (first, last) = (Int((span.from + 0.5).rounded(.down)), Int((span.to - 0.5).rounded(.down)))
          for column in max(0, first)...max(0, first, last) where column < columns && column <= last {
            cells[row][column] = mark
            isShown = true
          }
        }
      }
      // What is smaller than a cell has one, where something is said of it.
      guard !isShown, isSaid, let at = outline.largest?.middle ?? outline.rings.first?.first else { return }
      let (row, column) = (Int(at.y), Int(at.x))
      if cells.indices.contains(row), cells[row].indices.contains(column) { cells[row][column] = mark }
    }
    for place in Shapes.places where !place.isDot && kinds[place.code] == nil {
      fill(place, ascii ? "." : "·", isSaid: false)
    }
    for place in Shapes.places {
      if let kind = kinds[place.code] { fill(place, mark(kind), isSaid: true) }
    }
    return cells.map { $0.joined() }
  }

  private var legend: [String] {
    map.classes.indices.flatMap { kind in
      wrap(map.words(of: kind), width: max(10, width - 2)).enumerated().map { index, line in
        (index == 0 ? mark(kind) : " ") + " " + line
      }
    } + (map.elsewhere.isEmpty ? [] : wrap(elsewhere, width: width)) + wrap(Shapes.caveat, width: width)
  }

  private var elsewhere: String { "not on the map: " + map.elsewhere.joined(separator: ", ") }
}
